"""Whether satisfaction, money and a change of adviser go together: values of what is said of it."""

import numpy as np
import pandas as pd

from crm_lessons import wording
from crm_lessons.errors import CrmError
from crm_lessons.lacking import Lacking, is_lacking
from crm_lessons.loyalty import Study, profit_per_points
from crm_lessons.sampling import rate_difference, rate_ratio

Sentences = list[tuple[str, dict[str, object]]]
VERY, SATISFIED = 5, 4
SIX, SEVEN = 6.0, 7.0
MANY_ORDERS = 5  # from here on customers count as equally busy


def six_times(levels: pd.DataFrame | Lacking) -> Sentences:
    """The ratio of very satisfied to satisfied, from the rates by level, and what follows.

    ``verdict``: ``refuted`` if the whole interval lies below 6; ``impossible`` if even everybody of
    the very satisfied buying again would not make 6; ``open`` if 6 or 7 lies inside.
    """
    found = None if is_lacking(levels) else _ratio(levels)
    if found is None:
        return []
    verdict = "open"
    if found["upper"] < SIX:
        verdict = "impossible" if found["most"] < SIX else "refuted"
    elif found["lower"] > SEVEN:
        verdict = "more"
    return [("six_times", found | {"say": f"six_{verdict}", "verdict": verdict})]


def no_ratio(levels: pd.DataFrame | Lacking) -> Sentences:
    """Why there is no such ratio, where there is none."""
    if is_lacking(levels):
        return [(levels.why, {})]
    return [("six_unknown", {})] if _ratio(levels) is None else []


def _ratio(levels: pd.DataFrame) -> dict[str, float] | None:
    try:
        found = rate_ratio(levels, VERY, SATISFIED)
    except CrmError:
        return None
    return None if np.isnan(found["ratio"]) else found


def five_points(done: Study) -> Sentences:
    """Profit that goes with five points more satisfaction."""
    if done.bought is None:
        return [("needs_orders", {})]
    seen = done.bought[done.bought["bought_again"].notna().to_numpy()]
    try:
        found = profit_per_points(done.score, seen["profit_after"])
    except CrmError:
        return [("five_points_unknown", {})]
    unknown = np.isnan(found["change_share"])
    return [("five_points_unknown", {}) if unknown else ("five_points", found)]


def staff(done: Study, *, at_least: int = 2) -> Sentences:
    """Customers with several advisers against those with one: how many did not come back.

    Only customers with ``at_least`` orders in the year before can have met two. ``raw`` compares
    all of them, ``within`` those with equally many orders.
    """
    if done.bought is None or "salesperson_count" not in done.bought:
        return [("no_staff", {})]
    busy = done.bought[done.bought["orders_before"] >= at_least]
    left, several = ~busy["bought_again"], busy["salesperson_count"] > 1
    orders = busy["orders_before"].clip(upper=MANY_ORDERS)
    raw, within = rate_difference(left, several), rate_difference(left, several, orders)
    if np.isnan(within["difference"]):
        return [("no_staff", {})]
    told = {"several": within["exposed"], "one": within["others"], "raw": raw["difference"]}
    told |= {name: within[name] for name in ("difference", "lower", "upper")}
    in_words = ("raw", "difference", "lower", "upper")
    return [("staff", told | {f"{name}_told": _points(told[name]) for name in in_words})]


def _points(difference: float) -> str:
    key = "higher_by" if difference >= 0 else "lower_by"
    return wording.text(f"10_loyalty.{key}", points=abs(difference) * 100)
