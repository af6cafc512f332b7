"""The values of what the lesson says with figures: customers by definition, claims, modules."""

import functools
from pathlib import Path

import pandas as pd
import yaml

from crm_lessons import classification, customers, data
from crm_lessons.customers import worklist
from crm_lessons.lacking import Lacking, is_lacking, passed_on

Sentences = list[tuple[str, dict[str, object]]]
HERE = Path(__file__).parent
UNSORTED = "unsorted"
REASONS = {
    "not_asked": worklist.Reason("ask", 1, "sales"),
    "no_power_known": worklist.Reason("ask", 2, "sales"),
}
DAYS = 3, 7, 14


@functools.cache
def told(name: str) -> dict:
    """One of the lesson's own YAML files."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def leads(more: dict[str, data.Table]) -> pd.DataFrame | Lacking:
    """One row per enquiry, where there is a table of them."""
    if "leads" not in more:
        return Lacking("no_leads")
    found = customers.rows(more["leads"], key="lead_id")
    return found if "customer_id" in found else found.assign(customer_id=pd.NA)


def staff(orders: data.Table) -> set[str] | None:
    """The names of the sellers, where the orders tell them."""
    if "salesperson" not in customers.columns(orders):
        return None
    return set(customers.summarise(orders, by="salesperson").index.get_level_values(0).dropna())


def counted(
    people: pd.DataFrame, asked: pd.DataFrame | Lacking, sellers: set[str] | None, days: int
) -> pd.DataFrame:
    """`classification.definition_counts` of everybody known."""
    table = classification.definitions(
        people, leads=None if is_lacking(asked) else asked, staff=sellers, active_days=days
    )
    return classification.definition_counts(table)


def buyers(counts: pd.DataFrame) -> pd.DataFrame:
    """The definitions that look at purchases alone."""
    return counts.loc[:"buyer"]


def by_orders(counts: pd.DataFrame, days: int) -> dict[str, object]:
    people = counts["people"].astype("float64")
    return {name: int(people[name]) for name in ("buyer", "current", "repeat")} | {"days": days}


def wide(counts: pd.DataFrame) -> Sentences:
    """How far the widest count lies above the narrowest."""
    known = counts["people"].dropna().astype("int64")
    if "audience" not in known:
        return [("no_leads", {})]
    told = {"audience": int(known["audience"]), "buyer": int(known["buyer"])}
    told |= {"few": int(known.min()), "times": known["audience"] / max(known.min(), 1)}
    return [("wide", told)]


def short(people: pd.DataFrame, days: int) -> Sentences:
    """Whether the data reach back less far than the days within which somebody is current."""
    span = int(people["tenure_days"].max())
    return [("short", {"span": span, "days": days})] if span < days else []


def unknown(counts: pd.DataFrame) -> Sentences:
    n = counts.loc["needy", "unknown"]
    return [] if pd.isna(n) or not n else [("not_asked", {"n": int(n)})]


@passed_on
def two_lists(people: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """What the lists of buyers and of enquiries hold, and how many stand on both."""
    both = int(asked["customer_id"].dropna().isin(people.index).sum())
    heads = {"buyers": len(people), "enquiries": len(asked), "on_both": both}
    table = pd.DataFrame({"people": pd.Series(heads, dtype="int64")})
    return table.rename_axis("list_of")


@passed_on
def to_ask(asked: pd.DataFrame, people: pd.DataFrame, *, today: object, limit: int) -> pd.DataFrame:
    """Enquiries of whom nobody knows a need, or the power to buy: the newest first."""
    open_ones = asked[~asked["customer_id"].isin(people.index)]
    flags = {name: open_ones.get(name, pd.Series(pd.NA, open_ones.index)) for name in _FLAGS}
    need, power = (flags[name].astype("boolean") for name in _FLAGS)
    missing = open_ones[need.isna() | (need & power.isna()).fillna(False)]
    newest = missing.sort_index()
    if "created_on" in newest:
        newest = newest.sort_values("created_on", ascending=False, kind="stable")
    reason = need.reindex(newest.index).isna().map({True: "not_asked", False: "no_power_known"})
    rows = pd.DataFrame({"lead_id": newest.index.array, "reason": reason.array})
    if "created_on" in newest:
        rows["created_on"] = newest["created_on"].array
    return worklist.filled(rows.head(limit), REASONS, today=today, days=DAYS)


_FLAGS = ("has_need", "has_power")


def ten() -> pd.DataFrame:
    """Ten people from the street, by what is known of them."""
    names = list(told("people"))
    return pd.DataFrame({"known_of": names}, index=pd.Index(range(1, 11), name="person_no"))


def matrix() -> pd.DataFrame:
    """For each of the ten whether each of four definitions calls them a customer."""
    rows = told("people")
    return pd.DataFrame.from_dict(rows, orient="index").astype("bool")


def twelve() -> pd.DataFrame:
    """Twelve definitions of CRM in short."""
    names = list(told("definitions"))
    return pd.DataFrame({"crm_is": names}, index=pd.Index(names, name="definition_no"))


def tagged() -> pd.DataFrame:
    """How many of the twelve speak of each of three things."""
    tags = pd.Series(told("definitions")).explode()
    table = tags.value_counts().reindex(["strategy", "process", "technology"]).to_frame("claims")
    return table.rename_axis("crm_side")


def modules() -> pd.DataFrame:
    """Which sample table feeds which of the five modules, index the tables."""
    fed = {name: set(uses) for name, uses in told("modules").items()}
    every = ["customer_information", "sales", "marketing", "service", "reports"]
    rows = {name: [one in uses for one in every] for name, uses in fed.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=every)
    return table.rename_axis(index="fed_by", columns="crm_module")


def register() -> pd.DataFrame:
    """All claims of the notes with ``status`` and ``error``, where the error lies."""
    lies = {claim: kind for kind, ids in told("errors").items() for claim in ids}
    claims = data.claims().set_index("claim_id")
    return claims.assign(error=[lies.get(claim, UNSORTED) for claim in claims.index])


def by(claims: pd.DataFrame, column: str) -> pd.DataFrame:
    """How many claims stand in each group, the largest first."""
    counts = claims.groupby(column).size().sort_index().sort_values(ascending=False, kind="stable")
    return counts.to_frame("claims").rename_axis(column)


def sourced(claims: pd.DataFrame) -> dict[str, object]:
    """How many of all statements can be computed, and how many name a source."""
    n = len(claims)
    return {
        "n": n,
        "checkable": int(claims["status"].eq("checkable").sum()),
        "unsourced": int(claims["status"].eq("unsourced").sum()),
        "share": float(claims["status"].eq("unsourced").mean()),
    }
