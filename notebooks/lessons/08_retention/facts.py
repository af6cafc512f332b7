"""The values of what the lesson says with figures, read off its results.

Shares are shares, points are per cent points.
"""

import pandas as pd

from crm_lessons import customers, data, sampling, targeting
from crm_lessons.course import dividing, parameters

# Further files of the lesson, as ``lesson.facts.planning`` and so on.
from . import planning as planning
from . import scoring as scoring
from . import trials as trials

Sentences = list[tuple[str, dict[str, object]]]
PARTS = (0.5, 0.25, 0.75)  # of the managers in companies that grow fast


def campaigns(whole: pd.Series, new: targeting.FirstYear) -> dict[str, float]:
    """From `overall` and `first_year`: what all campaigns cost and won, what one brings."""
    return {
        "cost": float(whole["cost"]),
        "customers": int(whole["orders"]),
        "contacts": int(whole["contacts"]),
        "response": float(whole["response"]),
        "lower": float(whole["response_lower"]),
        "upper": float(whole["response_upper"]),
        "profit": new.profit,
        "profit_lower": new.lower,
        "profit_upper": new.upper,
        "n": new.customers,
    }


def regulars(found: dict[str, float]) -> Sentences:
    """From `targeting.regulars`: what they bring in a year, where the data tell it."""
    return [("regulars" if found["known"] else "regulars_unknown", found)]


def described(people: pd.DataFrame, more: dict[str, data.Table]) -> pd.DataFrame:
    """What is known of each customer besides the orders, where there is such a table."""
    return customers.rows(more["customers"]) if "customers" in more else people


def unused(people: pd.DataFrame, counted_on: pd.Series | None, **assumed: float) -> Sentences:
    """Assumptions that were given, where the data tell what would have been assumed."""
    known = {"assumed_uplift": counted_on is not None}
    known["assumed_margin"] = "profit" in people and bool(people["profit"].notna().all())
    given = parameters.changed("08_retention", **assumed)
    return [(f"unused_{name}", {"given": assumed[name]}) for name in given if known[name]]


def growth(high: float, low: float) -> dict[str, float]:
    """Table 6.1: the odds ratio, and p for a hundred in each group."""
    p = sampling.two_prop_z(high, low, 100, 100).p
    return {"odds": sampling.odds_ratio(high, low), "p": p}


def p_by_size(high: float, low: float) -> dict[float, pd.Series]:
    """Table 6.1: p by the number of managers, for three shares of them in the first group."""
    how_many = range(20, 401, 4)
    return {part: sampling.p_against_n(high, low, how_many, share_of_first=part) for part in PARTS}


def idle(scores: pd.Series, *, wavering_from: float, sure_from: float) -> Sentences:
    """Cuts of the score that were given and tell no customer from another."""
    cuts = {"wavering_from": wavering_from, "sure_from": sure_from}
    lines = {name: (cut, scores.dropna() >= cut) for name, cut in cuts.items()}
    return dividing.idle("08_retention", lines)
