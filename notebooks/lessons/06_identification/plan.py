"""Whom to call first, whom to keep aside by lot, and how many deals to expect of them."""

import numpy as np
import pandas as pd

from crm_lessons import sampling, targeting
from crm_lessons.customers import worklist
from crm_lessons.lacking import Lacking, is_lacking, passed_on

Sentences = list[tuple[str, dict[str, object]]]
REASONS = {
    "likeliest": worklist.Reason("call", 0, "sales"),
    "likely": worklist.Reason("call", 1, "sales"),
    "worth": worklist.Reason("call", 2, "sales"),
}
DAYS = 1, 3, 7


@passed_on
def profit_of(leads: pd.DataFrame, given: float = 0.0) -> float | Lacking:
    """The mean gross profit of a deal: the one given, else that of the leads."""
    if given:
        return given
    noted = leads.loc[leads["state"] == "won", "profit"] if "profit" in leads else pd.Series()
    return float(noted.mean()) if noted.notna().any() else Lacking("no_profit")


@passed_on
def planned(
    chances: object,
    leads: pd.DataFrame,
    *,
    profit: object,
    cost: float,
    places: int,
    control: float,
) -> pd.DataFrame:
    """Every open lead with its chance and what is to be done: contact, control or leave.

    So many are chosen that ``places`` are left to call once the control group is drawn. Without a
    profit the likeliest are chosen, and nothing is said of gains.
    """
    chance = chances.now
    worth = chance.fillna(0.0) > 0
    found = pd.DataFrame({"chance": chance})
    if not is_lacking(profit):
        found["expected_gain"] = targeting.expected_gain(chance, profit, cost)
        worth = targeting.worth_contacting(found["expected_gain"])
    wanted = round(places / (1 - control))
    rank = chance.where(worth).rank(ascending=False, method="first", na_option="bottom")
    chosen = worth & (rank <= wanted)
    part = pd.Series("leave", chance.index, dtype="str")
    strata = (rank[chosen] - 1) * 4 // max(int(chosen.sum()), 1)
    aside = targeting.control_group(strata.astype("int64").astype("str"), share=control)
    part[chosen] = np.where(aside.reindex(part.index[chosen]), "control", "contact")
    found["arrangement"] = part
    found["waited_days"] = leads["age_days"].reindex(found.index)
    if "salesperson" in leads:
        found["salesperson"] = leads["salesperson"].reindex(found.index)
    return found.sort_values("chance", ascending=False, kind="stable").rename_axis("lead_id")


@passed_on
def parts(plan: pd.DataFrame) -> pd.DataFrame:
    """How many to call, to keep aside and to leave, and their mean chance."""
    groups = plan.groupby("arrangement")["chance"]
    table = pd.DataFrame({"leads_known": groups.size(), "chance": groups.mean()})
    order = [name for name in targeting.PARTS if name in table.index]
    return table.loc[order].rename_axis("arrangement")


@passed_on
def expected(plan: pd.DataFrame, chances: object) -> Sentences:
    """Deals of those called, with a range from how the same choice went one window ago; what the
    control group can show."""
    called = plan["arrangement"] == "contact"
    if not called.any():
        return []
    told: dict[str, object] = {"n": int(called.sum())}
    aside = _aside(plan)
    if is_lacking(chances.before):
        return [("expected_untried", told), *aside]
    share = (plan["arrangement"] != "leave").mean()
    tried, bought = targeting.called_first(chances.before, float(share))
    told["deals"] = float(plan["chance"][called].sum())
    _, low, high = targeting.likely_deals(bought, tried, told["n"])
    told |= {"lower": int(low), "upper": int(high), "tried": tried, "bought": bought}
    told["said"] = float(chances.before["score"].nlargest(tried).sum())
    return [("expected", told), *aside]


def _aside(plan: pd.DataFrame) -> Sentences:
    """How many the lot keeps aside, and how much calling must add for them to show it."""
    n, kept = ((plan["arrangement"] == name).sum() for name in ("contact", "control"))
    if not kept:
        return [("no_control", {})]
    usual = float(plan["chance"][plan["arrangement"] != "leave"].mean())
    points = 100 * sampling.detectable(n, kept, share=usual)
    return [("kept_aside", {"n": int(kept), "usual": usual, "points": points})]


@passed_on
def to_call(plan: pd.DataFrame, leads: pd.DataFrame, *, limit: int) -> pd.DataFrame:
    """The list of today: those to call, the likeliest first."""
    called = plan[plan["arrangement"] == "contact"]
    third = np.arange(len(called)) * 3 // max(len(called), 1)
    rows = pd.DataFrame({"lead_id": called.index.array, "chance": called["chance"].array})
    if "expected_gain" in called:
        rows["expected_gain"] = called["expected_gain"].array
    rows["reason"] = np.array(list(REASONS))[third] if len(called) else ""
    rows = rows.head(limit)
    filled = worklist.filled(rows, REASONS, today=leads.attrs["as_of"], days=DAYS)
    known = called["salesperson"].head(limit) if "salesperson" in called else None
    return filled.assign(who="" if known is None else known.fillna("").astype("str").array)
