"""What customers do: how recently, at what price, by what habit (notes A7, A8.3, A11.3, A19)."""

import pandas as pd

from crm_lessons.classification.rules import (
    ORDERED,
    Scheme,
    among_top,
    answer,
    check_rising,
    decide,
    flag,
    number,
)
from crm_lessons.classification.subjects._value import per_order


def behaviour(people: pd.DataFrame, *, dormant_after: int = 90, lost_after: int = 365) -> pd.Series:
    """Active, dormant or lost by the days since the last purchase.

    Up to 90 days, the 90th included: active. Up to 365 days, that day included: dormant. More:
    lost. The notes name the classes without a limit; the days are parameters.

    >>> behaviour(pd.DataFrame({"recency_days": [90, 91, 365, 366]})).to_list()
    ['active', 'dormant', 'dormant', 'lost']
    """
    check_rising(dormant_after=dormant_after, lost_after=lost_after)
    days = number(people, "recency_days")
    return decide(
        people, {"active": days <= dormant_after, "dormant": days <= lost_after, "lost": True}
    )


def price_sensitive(
    people: pd.DataFrame, *, discount_share: float = 0.60, orders: int = 3
) -> pd.Series:
    """Whether at least 60 % of the orders were placed at a discount (`customers.habits`).

    With fewer than ``orders`` orders nothing can be told.

    >>> people = pd.DataFrame({"discount_share": [0.6, 0.59, 1.0], "orders": [5, 5, 1]})
    >>> price_sensitive(people).to_list()
    ['yes', 'no', nan]
    """
    enough = number(people, "orders") >= orders
    share = number(people, "discount_share").where(enough.fillna(False).astype("bool"))
    return answer(people, share >= discount_share)


def habitual(
    people: pd.DataFrame, *, cv: float = 0.80, product_share: float = 0.50, orders: int = 4
) -> pd.Series:
    """Whether a customer buys at regular intervals and mostly the same product.

    The coefficient of variation of the intervals is at most ``cv`` (purchases at random times have
    1) and the main product holds at least half of the amount. With fewer than ``orders`` orders
    nothing can be told.

    >>> people = pd.DataFrame(
    ...     {"interval_cv": [0.8, 0.9], "main_product_share": [0.5, 0.9], "orders": [6, 6]})
    >>> habitual(people).to_list()
    ['yes', 'no']
    """
    enough = (number(people, "orders") >= orders).fillna(False).astype("bool")
    regular = number(people, "interval_cv").where(enough) <= cv
    same = number(people, "main_product_share").where(enough) >= product_share
    return answer(people, regular & same)


def platform(
    people: pd.DataFrame,
    *,
    high: float = 0.20,
    active_days: int = 90,
    satisfaction: int = 4,
    power: float = 0.50,
    few_orders: int = 2,
) -> pd.Series:
    """The two types of platform users that the notes define; the others are ``other``.

    High-value active: amount among the top 20 %, bought within 90 days, satisfaction 4 or more.
    Potential stock: amount per order among the top half, two orders at most.

    >>> people = pd.DataFrame({"amount": [900.0, 500.0, 20.0], "orders": [6, 1, 2],
    ...     "recency_days": [5, 300, 10], "satisfaction": [4, None, 5]})
    >>> platform(people).to_list()
    ['high_value_active', 'potential_stock', 'other']
    """
    loyal = (
        among_top(people["amount"], high)
        & (number(people, "recency_days") <= active_days)
        & (number(people, "satisfaction") >= satisfaction)
    )
    rising = among_top(per_order(people), power) & (number(people, "orders") <= few_orders)
    return decide(people, {"high_value_active": loyal, "potential_stock": rising, "other": True})


SCHEMES = (
    Scheme(
        "behaviour", behaviour, ("recency_days",), ("active", "dormant", "lost"), ORDERED, "A11.3"
    ),
    flag("price_sensitive", price_sensitive, ("discount_share", "orders"), "A8.3"),
    flag("habitual", habitual, ("interval_cv", "main_product_share", "orders"), "A19"),
    Scheme(
        "platform",
        platform,
        ("amount", "orders", "recency_days", "satisfaction"),
        ("high_value_active", "potential_stock", "other"),
        notes="A7",
    ),
)
