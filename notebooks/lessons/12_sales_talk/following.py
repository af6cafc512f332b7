"""The leads of a company, contact by contact: share and chance, when to stop, whom to contact."""

import numpy as np
import pandas as pd

from crm_lessons import followup
from crm_lessons.lacking import Lacking, passed_on

from . import apart

Sentences = list[tuple[str, dict[str, object]]]
POSTER = followup.NOTES
BAND = "4–11"
FEWEST = 3  # numbers of contacts that make a line


@passed_on
def by_contact(contacts: pd.DataFrame) -> pd.DataFrame:
    return followup.by_contact(contacts)


@passed_on
def counts(table: pd.DataFrame) -> pd.DataFrame:
    """What the exercise offers: who was contacted a k-th time, and how many of them bought."""
    shown = table[["reached", "deals"]]
    return shown.set_axis(["leads_contacted", "deals"], axis=1).rename_axis("contact_no")


@passed_on
def poster(table: pd.DataFrame) -> Sentences:
    """Where deals closed, beside what the poster says."""
    if not table["deals"].sum():
        return []
    found = followup.needed(table, POSTER)
    values = {"deals": int(table["deals"].sum()), "leads": int(table["reached"].iloc[0])}
    seen = found["seen"]
    return [("poster", values | {"early": seen.iloc[0], "late": seen.iloc[-1]})]


@passed_on
def two_things(table: pd.DataFrame) -> Sentences:
    """Share and chance of the fourth contact side by side."""
    if 4 not in table.index or not table.loc[4, "reached"] or not table["deals"].sum():
        return []
    row = table.loc[4]
    told = {"deals": int(row["deals"]), "all": int(table["deals"].sum())}
    told |= {"n": int(row["reached"]), "share": row["share_of_deals"]}
    return [("two_things", told | {name: row[name] for name in ("hazard", "lower", "upper")})]


@passed_on
def would_need(table: pd.DataFrame) -> Sentences:
    """What late contacts would have to close for the poster to be right."""
    if not table["deals"].sum():
        return []
    row = followup.needed(table, POSTER).loc[BAND]
    if pd.isna(row["times"]):
        return []
    told = {"needed": row["needed"], "hazard": row["hazard"], "times": row["times"]}
    return [("would_need", told | {"n": int(row["contacts"])})]


@passed_on
def without_keenness(seen: pd.DataFrame, chance: float, *, most: int = 11) -> Sentences:
    """The share of late deals where every contact has one chance and nobody is given up.

    ``seen``: said beside what was seen only.
    """
    table = followup.expected(chance, 1.0, most=most)
    told = {"chance": chance, "most": most, "share": float(table.loc[4:, "share_of_deals"].sum())}
    return [("without_keenness", told)]


@passed_on
def got_there(contacts: pd.DataFrame) -> Sentences:
    """How many are keen at the first contact, and how many of those who get to the fifth."""
    if "intention_level" not in contacts:
        return []
    shares = followup.who_gets_there(contacts, contacts["intention_level"])
    keen = shares.reindex(columns=["H", "A"], fill_value=0.0).sum(axis=1)
    if 5 not in keen.index or np.isnan(keen[5]):
        return []
    n = (contacts["contact_no"] == 5).sum()
    return [("got_there", {"first": keen[1], "fifth": keen[5], "n": int(n)})]


@passed_on
def rule(table: pd.DataFrame, *, profit: float, cost: float) -> pd.DataFrame | Lacking:
    if not table["deals"].sum() or len(table) < FEWEST:
        return Lacking("too_few_deals")
    return followup.stop_rule(followup.smoothed(table), profit=profit, contact_cost=cost)


@passed_on
def profit_of(contacts: pd.DataFrame, given: float = 0.0) -> float | Lacking:
    """The mean gross profit of a deal: the one given, else that of the records."""
    if given:
        return given
    noted = contacts.loc[contacts["deal"], "profit"] if "profit" in contacts else None
    known = noted is not None and noted.notna().any()
    return float(noted.mean()) if known else Lacking("no_profit")


@passed_on
def brings(rule: pd.DataFrame) -> pd.DataFrame:
    """What the exercise offers: what each contact brings on average, in whole units of money."""
    shown = rule[["brings", "brings_lower", "brings_upper"]].round().astype("Int64")
    return shown.rename_axis("contact_no")


@passed_on
def stop(rule: pd.DataFrame, *, profit: float, cost: float) -> Sentences:
    last = rule.attrs["stop_after"]
    told = {"profit": profit, "cost": cost, "stop": last}
    if not last:
        return [("stop_at_once", told)]
    sure = rule.index[rule["verdict"] == "worth"]
    if sure.empty:
        return [("stop_unsure", told)]
    told["sure"] = int(sure.max())
    return [("stop" if (rule["verdict"] == "unclear").any() else "stop_sure", told)]


@passed_on
def levels(contacts: pd.DataFrame, *, profit: float, cost: float) -> pd.DataFrame | Lacking:
    """After which contact to stop for each level of intention."""
    if "intention_level" not in contacts:
        return Lacking("no_levels")
    found = {}
    for level, own in contacts.groupby("intention_level"):
        seen = followup.by_contact(own)
        own_rule = rule(seen, profit=profit, cost=cost)
        stopped = own_rule.attrs["stop_after"] if isinstance(own_rule, pd.DataFrame) else pd.NA
        found[level] = (int(seen["reached"].iloc[0]), stopped)
    table = pd.DataFrame.from_dict(
        found, orient="index", columns=["leads_known", "last_contact_no"]
    )
    table = table.astype({"last_contact_no": "Int64"})
    return table.rename_axis("intention_level").sort_index()


@passed_on
def intervals(contacts: pd.DataFrame) -> pd.DataFrame | Lacking:
    """Deals and refusals by the days since the contact before, among like leads."""
    if "intention_level" not in contacts:
        return Lacking("no_levels")
    like = ("contact_no", "intention_level")
    deals = followup.by_gap(contacts, like=like)
    refused = followup.by_gap(contacts, "refused", like=like)
    table = deals[["n", "mean", "adjusted", "adjusted_lower", "adjusted_upper"]]
    names = ["contacts_made", "deals_as_they_are", "deals_alike", "lower", "upper"]
    table = table.set_axis(names, axis=1).assign(refused_alike=refused["adjusted"])
    return table.rename_axis("days_since")


@passed_on
def too_short(contacts: pd.DataFrame) -> Sentences:
    """The shortest interval against the next, as it is and among like leads."""
    if "intention_level" not in contacts:
        return []
    found = followup.by_gap(contacts, like=("contact_no", "intention_level")).iloc[1:]
    row = found.iloc[0]
    if pd.isna(row["adjusted_difference"]):
        return []
    told = {"n": int(found["n"].sum()), "gap": found.index[0]}
    names = ("adjusted_difference", "adjusted_difference_lower", "adjusted_difference_upper")
    told |= dict(zip(("apart", "lower", "upper"), (100 * row[name] for name in names), strict=True))
    told["seen"] = apart.seen((told["upper"] - told["lower"]) / 2)
    return [("too_short" if told["lower"] > 0 else "too_short_unclear", told)]


@passed_on
def waiting(contacts: pd.DataFrame, rule: pd.DataFrame, *, gap: float) -> pd.DataFrame:
    """All open leads whose interval is over, whichever contact comes next, with what it brings.

    Where to stop is for whoever takes the list home, so nobody is left out by the rule here.
    """
    every = rule.assign(worth=rule["brings"])
    found = followup.due(contacts, every, gap=gap).drop(columns=["worth"])
    return found.round({"brings": 0}).astype({"silent_days": "int64", "brings": "int64"})
