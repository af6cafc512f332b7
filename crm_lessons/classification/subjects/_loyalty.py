"""Loyalty, of which the notes have six definitions (A4, A6.3, A8.1, A9.2): flags and classes.

What people do, what they feel and what they tell others are kept apart: the three flags overlap
far less than the one word suggests.
"""

import pandas as pd

from crm_lessons.classification.rules import (
    ORDERED,
    Scheme,
    answer,
    check_rising,
    decide,
    flag,
    number,
)


def loyal_behaviour(people: pd.DataFrame, *, orders: int = 4, within: int = 180) -> pd.Series:
    """Loyal in deed: at least 4 orders, the last one 180 days ago at most.

    >>> loyal_behaviour(pd.DataFrame({"orders": [4, 3], "recency_days": [180, 5]})).to_list()
    ['yes', 'no']
    """
    return answer(people, _buys_on(people, orders, within))


def loyal_attitude(
    people: pd.DataFrame, *, satisfaction: int = 4, probability: float = 0.70
) -> pd.Series:
    """Loyal at heart: satisfaction 4 or more of 5, and buys again with at least 70 %.

    >>> people = pd.DataFrame({"satisfaction": [4, 5], "repurchase_probability": [0.7, 0.69]})
    >>> loyal_attitude(people).to_list()
    ['yes', 'no']
    """
    glad = number(people, "satisfaction") >= satisfaction
    return answer(people, glad & (number(people, "repurchase_probability") >= probability))


def loyal_advocacy(people: pd.DataFrame, *, recommends: int = 9) -> pd.Series:
    """Loyal in word: recommends with 9 or 10 of 10, a promoter.

    >>> loyal_advocacy(pd.DataFrame({"recommends": [9, 8, None]})).to_list()
    ['yes', 'no', nan]
    """
    return answer(people, number(people, "recommends") >= recommends)


def loyalty_four(
    people: pd.DataFrame, *, new_days: int = 90, orders: int = 4, within: int = 180
) -> pd.Series:
    """Loyal, old, new or potential customers.

    Potential: no transaction yet. New: the first purchase 90 days ago at most. Loyal: older, and
    loyal in deed (see `loyal_behaviour`). Old: the rest. The notes define neither old nor new. A
    customer seen by refunds only has bought at a time unknown and is missing.

    >>> people = pd.DataFrame({"orders": [6, 6, 1, 0], "recency_days": [9, 9, 200, None],
    ...     "tenure_days": [91, 90, 200, None], "refunds": [0.0, 0.0, 0.0, 0.0]})
    >>> loyalty_four(people).to_list()
    ['loyal', 'new', 'old', 'potential']
    """
    none_yet = (number(people, "orders") == 0) & (number(people, "refunds") == 0)
    return decide(
        people,
        {
            "potential": none_yet,
            "new": number(people, "tenure_days") <= new_days,
            "loyal": _buys_on(people, orders, within),
            "old": True,
        },
    )


def loyalty_three(
    people: pd.DataFrame,
    *,
    orders: int = 4,
    within: int = 180,
    satisfaction: int = 4,
    recommends: int = 9,
    lost_after: int = 365,
) -> pd.Series:
    """Loyal, ordinary or lost, from frequency, satisfaction and word of mouth.

    Lost: the last purchase more than 365 days ago. Loyal: loyal in deed, satisfied (4 or more) and
    a promoter (9 or more), all three. Ordinary: the rest. Whoever buys loyally and has not been
    asked is missing; whoever does not is ordinary, asked or not.

    >>> people = pd.DataFrame({"orders": [6, 6, 1], "recency_days": [9, 9, 366],
    ...     "satisfaction": [5, None, 5], "recommends": [9, 9, 10]})
    >>> loyalty_three(people).to_list()
    ['loyal', nan, 'lost']
    """
    check_rising(within=within, lost_after=lost_after)
    told = (number(people, "satisfaction") >= satisfaction) & (
        number(people, "recommends") >= recommends
    )
    return decide(
        people,
        {
            "lost": number(people, "recency_days") > lost_after,
            "loyal": _buys_on(people, orders, within) & told,
            "ordinary": True,
        },
    )


def _buys_on(people: pd.DataFrame, orders: int, within: int) -> pd.Series:
    return (number(people, "orders") >= orders) & (number(people, "recency_days") <= within)


SCHEMES = (
    Scheme(
        "loyalty_four",
        loyalty_four,
        ("orders", "recency_days", "tenure_days", "refunds"),
        ("loyal", "old", "new", "potential"),
        notes="A4",
    ),
    Scheme(
        "loyalty_three",
        loyalty_three,
        ("orders", "recency_days", "satisfaction", "recommends"),
        ("loyal", "ordinary", "lost"),
        ORDERED,
        "A6.3",
    ),
    flag("loyal_behaviour", loyal_behaviour, ("orders", "recency_days"), "A9.2"),
    flag("loyal_attitude", loyal_attitude, ("satisfaction", "repurchase_probability"), "A4"),
    flag("loyal_advocacy", loyal_advocacy, ("recommends",), "A8.1"),
)
