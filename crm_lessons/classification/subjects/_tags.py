"""Tags of members by their record of transactions (notes A16b): several may hold at once."""

import pandas as pd

from crm_lessons.classification.rules import answer, flag, number


def tag_campaign(people: pd.DataFrame, *, discount_share: float = 0.60) -> pd.Series:
    """At least 60 % of the orders at a discount, however few orders.

    >>> tag_campaign(pd.DataFrame({"discount_share": [0.6, 0.5]})).to_list()
    ['yes', 'no']
    """
    return answer(people, number(people, "discount_share") >= discount_share)


def tag_one_product(people: pd.DataFrame, *, product_share: float = 0.80) -> pd.Series:
    """At least 80 % of the amount on one product.

    >>> tag_one_product(pd.DataFrame({"main_product_share": [0.8, 0.79]})).to_list()
    ['yes', 'no']
    """
    return answer(people, number(people, "main_product_share") >= product_share)


def tag_many_channels(people: pd.DataFrame, *, channels: int = 3) -> pd.Series:
    """Ordered through at least three channels.

    >>> tag_many_channels(pd.DataFrame({"channels": [3, 2]})).to_list()
    ['yes', 'no']
    """
    return answer(people, number(people, "channels") >= channels)


def tag_sends_back(people: pd.DataFrame, *, refund_share: float = 0.20) -> pd.Series:
    """Refunds of at least 20 % of what was bought.

    >>> tag_sends_back(pd.DataFrame({"amount": [80.0, 90.0], "refunds": [20.0, 10.0]})).to_list()
    ['yes', 'no']
    """
    bought = number(people, "amount") + number(people, "refunds")
    share = (number(people, "refunds") / bought.mask(bought <= 0)).round(9)
    return answer(people, share >= refund_share)


def tag_once_only(people: pd.DataFrame, *, orders: int = 1) -> pd.Series:
    """One order at most.

    >>> tag_once_only(pd.DataFrame({"orders": [1, 2]})).to_list()
    ['yes', 'no']
    """
    return answer(people, number(people, "orders") <= orders)


def tag_brings_others(people: pd.DataFrame, *, referred: int = 1) -> pd.Series:
    """Brought at least one customer.

    >>> tag_brings_others(pd.DataFrame({"referred": [1, 0]})).to_list()
    ['yes', 'no']
    """
    return answer(people, number(people, "referred") >= referred)


NOTES = "A16b"
SCHEMES = (
    flag("tag_campaign", tag_campaign, ("discount_share",), NOTES),
    flag("tag_one_product", tag_one_product, ("main_product_share",), NOTES),
    flag("tag_many_channels", tag_many_channels, ("channels",), NOTES),
    flag("tag_sends_back", tag_sends_back, ("amount", "refunds"), NOTES),
    flag("tag_once_only", tag_once_only, ("orders",), NOTES),
    flag("tag_brings_others", tag_brings_others, ("referred",), NOTES),
)
