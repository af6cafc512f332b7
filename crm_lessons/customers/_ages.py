"""Customers by the month or quarter of their first purchase, and what they did in later ones."""

from collections.abc import Mapping

import narwhals as nw
import pandas as pd

from crm_lessons.customers._lines import Day, cents, collected, last_day, taken
from crm_lessons.errors import CrmError

MONTHS_IN = {"month": 1, "quarter": 3}


def cohort_counts(
    orders: object,
    *,
    per: str = "month",
    as_of: Day = None,
    since: Day = None,
    where: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """How many of those who first bought in a period bought in each later one, and for how much.

    ``per`` is ``"month"`` or ``"quarter"``; other parameters and errors as in
    `customers.summarise`. With ``since``, or a file that begins late, old customers look new.

    Returns a frame with ``cohort`` and ``period`` int64 (whole periods since the year 0),
    ``customers`` int64 who bought, and ``amount`` float64, net of refunds; sorted. ``attrs`` holds
    ``end``, the day of the analysis, and ``months``, the length of a period.

    >>> lines = pd.DataFrame({"customer_id": ["7", "7", "8"], "order_id": ["1", "2", "3"],
    ...     "order_date": pd.to_datetime(["2025-01-05", "2025-03-01", "2025-01-20"]),
    ...     "amount": [50.0, 70.0, 20.0]})
    >>> found = cohort_counts(lines)
    >>> (found["period"] - found["cohort"]).to_list(), found["customers"].to_list()
    ([0, 2], [2, 1])
    """
    if per not in MONTHS_IN:
        raise CrmError("lifecycle_period", found=per, known=", ".join(MONTHS_IN))
    months = MONTHS_IN[per]
    chosen = taken(orders, since, as_of, where, if_there=())
    date, period = nw.col("order_date"), nw.col("period")
    placed = chosen.lines.with_columns(
        period=((date.dt.year() * 12 + date.dt.month() - 1) // months).cast(nw.Int64),
        bought=nw.when(nw.col("amount") >= 0).then(1).otherwise(0),
    )
    by_period = placed.group_by("customer_id", "period").agg(
        nw.col("amount").sum(), nw.col("bought").max()
    )
    bought = by_period.filter(nw.col("bought") == 1)
    first = bought.group_by("customer_id").agg(period.min().alias("cohort"))
    joined = by_period.join(first, on="customer_id", how="inner")
    counted = collected(
        joined.group_by("cohort", "period").agg(nw.col("bought").sum(), nw.col("amount").sum())
    )
    if counted.empty:
        raise chosen.nothing_left()
    counted = counted.rename(columns={"bought": "customers"})
    counted = counted.astype({"cohort": "int64", "period": "int64", "customers": "int64"})
    counted = counted.assign(amount=cents(counted["amount"]))
    # A refund before the first purchase belongs to nobody's age.
    counted = counted[counted["period"] >= counted["cohort"]]
    found = counted.sort_values(["cohort", "period"], ignore_index=True)
    found.attrs.update(end=pd.Timestamp(chosen.end or last_day(chosen.lines)), months=months)
    return found[["cohort", "period", "customers", "amount"]]
