"""What a new customer brings in the first year: the other side of what winning one costs."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from crm_lessons import customers, sampling
from crm_lessons.customers import Day


class FirstYear(NamedTuple):
    """``customers`` counted, and what each brought on average in the first year (money).

    ``lower`` and ``upper`` are Student's interval (95 %) of the mean profit.
    """

    customers: int
    amount: float
    profit: float
    lower: float = float("nan")
    upper: float = float("nan")


def first_year(
    orders: object,
    *,
    as_of: Day = None,
    where: Mapping[str, object] | None = None,
    leave_out: pd.Index | None = None,
) -> FirstYear:
    """What customers brought in their first 365 days, those who came once included.

    Counted are those who came in the twelve months before the last twelve, so that each has a
    full year behind. Parameters as in ``customers.summarise``; ``leave_out`` are customers no
    campaign wins, such as corporate accounts: a few of them would pull up the mean for everybody.
    NaN where nobody came then, or profit is not known.

    >>> lines = pd.DataFrame({"customer_id": ["1", "1", "2"], "order_id": ["a", "b", "c"],
    ...     "order_date": pd.to_datetime(["2024-03-01", "2024-06-01", "2025-12-01"]),
    ...     "amount": [10.0, 30.0, 5.0], "profit": [1.0, 3.0, 1.0]})
    >>> first_year(lines)
    FirstYear(customers=1, amount=40.0, profit=4.0, lower=nan, upper=nan)
    """
    people = customers.summarise(orders, as_of=as_of, where=where)
    last = customers.day_of(people)
    came = people["first_order"].drop([] if leave_out is None else leave_out, errors="ignore")
    start, end = (last - pd.DateOffset(months=months) for months in (24, 12))
    arrived = came[(came > start) & (came <= end)]
    if arrived.empty:
        return FirstYear(0, float("nan"), float("nan"))
    # The day of arrival itself, and 364 days after it.
    year = customers.around(orders, arrived, before=1, after=364, where=where)
    amount, profit = (
        year[f"{name}_before"] + year[f"{name}_after"] for name in ("amount", "profit")
    )
    return FirstYear(len(arrived), float(amount.mean()), *sampling.mean_of(profit))
