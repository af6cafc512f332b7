"""The good-customer score card (notes F5): seven traits, weights that sum to 1."""

from collections.abc import Mapping

import pandas as pd

from crm_lessons.classification.rules import ORDERED, Scheme, check_rising, decide, number
from crm_lessons.errors import CrmError

# Equal but for match and clear need, which the notes name first. A proposal: they give no weights.
WEIGHTS = {
    "match": 0.20,
    "need_clarity": 0.20,
    "regularity": 0.12,
    "payment": 0.12,
    "tenure": 0.12,
    "suggestions": 0.12,
    "cheap_to_serve": 0.12,
}
LATEST_PAYMENT, LONG_TENURE, MANY_SUGGESTIONS = 60, 1095, 5  # days, days, a year


def traits(people: pd.DataFrame) -> pd.DataFrame:
    """The seven traits of each customer, each from 0 (poor) to 1 (good), missing where unknown.

    ``match`` and ``need_clarity``: the account manager's 1–5. ``regularity``: 1 less the
    coefficient of variation of the intervals. ``payment``: 1 when paid in time, 0 at 60 days late.
    ``tenure``: 1 from three years. ``suggestions``: 1 from five a year. ``cheap_to_serve``: 1 less
    the cost to serve over gross profit; 0 where there is no profit.

    >>> people = pd.DataFrame({"match": [5], "need_clarity": [3], "interval_cv": [0.25],
    ...     "payment_delay_days": [15], "tenure_days": [1095], "suggestions": [0],
    ...     "cost_to_serve": [20.0], "profit": [100.0]})
    >>> traits(people).iloc[0].to_list()
    [1.0, 0.5, 0.75, 0.75, 1.0, 0.0, 0.8]
    """
    profit, cost = number(people, "profit"), number(people, "cost_to_serve")
    scores = {
        "match": (number(people, "match") - 1) / 4,
        "need_clarity": (number(people, "need_clarity") - 1) / 4,
        "regularity": 1 - number(people, "interval_cv"),
        "payment": 1 - number(people, "payment_delay_days") / LATEST_PAYMENT,
        "tenure": number(people, "tenure_days") / LONG_TENURE,
        "suggestions": number(people, "suggestions") / MANY_SUGGESTIONS,
        "cheap_to_serve": (1 - cost / profit.mask(profit <= 0)).mask(profit <= 0, 0.0),
    }
    return pd.DataFrame(scores, index=people.index).clip(0.0, 1.0)


def score(people: pd.DataFrame, *, weights: Mapping[str, float] = WEIGHTS) -> pd.Series:
    """The weighted sum of the traits, 0 to 1; missing if a trait that carries weight is.

    Raises CrmError if the weights name another trait, are negative, or do not sum to 1.
    """
    unknown = set(weights) - set(WEIGHTS)
    total = round(sum(weights.values()), 9)
    if unknown or total != 1 or min(weights.values()) < 0:
        raise CrmError("weights_wrong", total=total, known=", ".join(WEIGHTS))
    found = traits(people)
    parts = [found[name] * weight for name, weight in weights.items() if weight]
    return pd.concat(parts, axis=1).sum(axis=1, skipna=False).round(9)


def good_customer(
    people: pd.DataFrame,
    *,
    weights: Mapping[str, float] = WEIGHTS,
    good: float = 0.60,
    fair: float = 0.40,
) -> pd.Series:
    """Good (0.60 or more), fair (0.40 or more) or weak, by the score card.

    >>> people = pd.DataFrame({"match": [5, 1], "need_clarity": [3, 3], "interval_cv": [0.25, 1.0],
    ...     "payment_delay_days": [15, 60], "tenure_days": [1095, 10], "suggestions": [0, 0],
    ...     "cost_to_serve": [20.0, 20.0], "profit": [100.0, -1.0]})
    >>> good_customer(people).to_list()
    ['good', 'weak']
    """
    check_rising(fair=fair, good=good)
    points = score(people, weights=weights)
    return decide(people, {"good": points >= good, "fair": points >= fair, "weak": True})


SCHEMES = (
    Scheme(
        "good_customer",
        good_customer,
        (
            "match",
            "need_clarity",
            "interval_cv",
            "payment_delay_days",
            "tenure_days",
            "suggestions",
            "cost_to_serve",
            "profit",
        ),
        ("good", "fair", "weak"),
        ORDERED,
        "F5",
    ),
)
