"""One row per customer, and the value that carries most of a customer's amount."""

import datetime as dt
from collections.abc import Mapping

import narwhals as nw
import pandas as pd

from crm_lessons.customers import _limited
from crm_lessons.customers._lines import (
    Day,
    as_text,
    cents,
    collected,
    day,
    days,
    last_day,
    nothing_left,
    opened,
    taken,
)


def summarise(
    orders: object,
    *,
    as_of: Day = None,
    since: Day = None,
    by: str | None = None,
    where: Mapping[str, object] | None = None,
    memory: str | None = None,
) -> pd.DataFrame:
    """One row per customer from order lines; on refunds see `crm_lessons.customers`.

    Parameters
    ----------
    orders
        Order lines: a ``data.Table``, the path of a Parquet file, or a frame of pandas, Polars
        (eager or lazy), PyArrow, DuckDB, PySpark or Dask, with the columns ``customer_id``,
        ``order_id``, ``order_date`` (dates or datetimes; the time of day is cut off), ``amount``
        and, if there is one, ``profit``.
    as_of
        The day of the analysis, a date or ISO text; lines after it are left out. By default the
        last date in the data, whatever ``where`` keeps.
    since
        The first day that counts, itself included.
    by
        A further column to group by, such as ``"salesperson"``; the index is then
        ``(by, customer_id)``, both text. An order with two salespeople counts with each. Lines
        without a value in it are left out.
    where
        Keeps the lines with these values: ``{"department": "after_sales"}``; the label of a code
        (``售后服务``, or how it begins, if no other begins so) stands for the code.
    memory
        At most so much memory for the grouping, such as ``"4GB"``: DuckDB does it and writes to
        disk what does not fit. For lines of Parquet files and Polars; the result is the same. By
        default what the variable ``CRM_LESSONS_MEMORY`` says; without it Polars does the work.

    Returns
    -------
    pandas.DataFrame
        Index ``customer_id`` (text, sorted). Columns: ``orders`` int64, distinct orders that are
        purchases; ``lines`` int64; ``first_order`` and ``last_order`` datetime64[us], of purchases,
        NaT if there are only refunds; ``recency_days`` and ``tenure_days`` Int64, days from the
        last and the first purchase to ``as_of``; ``amount`` float64, net of refunds, rounded to
        the cent; ``profit`` float64, the sum of what is known, NaN if nothing is; ``refunds``
        float64, the negative lines as a positive sum.

    Raises
    ------
    CrmError
        A column is missing, dates are not dates, amounts are not numbers, a file is not Parquet,
        a date cannot be read, or no line is left.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "customer_id": ["007", "007", "007", "008"],
    ...     "order_id": ["1", "1", "2", "3"],
    ...     "order_date": pd.to_datetime(["2026-01-05", "2026-01-05", "2026-02-01", "2026-01-20"]),
    ...     "amount": [60.0, 40.0, -25.0, 80.0],
    ... })
    >>> people = summarise(lines)
    >>> people.loc["007", ["orders", "lines", "recency_days", "amount", "refunds"]].to_dict()
    {'orders': 1.0, 'lines': 3.0, 'recency_days': 27.0, 'amount': 75.0, 'refunds': 25.0}
    """
    scope = dict(where or {})
    extra = [by] if by else []
    limit = memory or _limited.default(orders)
    if limit:
        with _limited.within(limit, orders, [*scope, *extra]) as lines:
            return _summarised(lines, since, as_of, scope, extra)
    return _summarised(orders, since, as_of, scope, extra)


def _summarised(
    orders: object, since: Day, as_of: Day, scope: Mapping[str, object], extra: list[str]
) -> pd.DataFrame:
    chosen = taken(orders, since, as_of, scope, others=extra)
    lines = chosen.lines.drop_nulls(extra) if extra else chosen.lines
    totals = collected(_per_customer(lines, [*extra, "customer_id"]))
    if totals.empty:
        raise chosen.nothing_left()
    return _finished(totals, [*extra, "customer_id"], chosen.end)


def main(
    orders: object,
    column: str,
    *,
    as_of: Day = None,
    since: Day = None,
    where: Mapping[str, object] | None = None,
) -> pd.Series:
    """The value of a column that carries most of a customer's amount: the salesperson in charge.

    Parameters and errors as in `summarise`. Of two values with equal amounts the one that sorts
    first is taken. A customer without any value in the column is not in the result.

    >>> lines = pd.DataFrame({
    ...     "customer_id": ["007", "007", "008"],
    ...     "order_id": ["1", "2", "3"],
    ...     "order_date": pd.to_datetime(["2026-01-05", "2026-02-01", "2026-01-20"]),
    ...     "amount": [60.0, 75.0, 80.0],
    ...     "salesperson": ["Li", "Wang", "Li"],
    ... })
    >>> main(lines, "salesperson").to_dict()
    {'007': 'Wang', '008': 'Li'}
    """
    people = summarise(orders, as_of=as_of, since=since, where=where, by=column)
    ranked = (
        people["amount"]
        .reset_index()
        .sort_values(["customer_id", "amount", column], ascending=[True, False, True])
    )
    return ranked.drop_duplicates("customer_id").set_index("customer_id")[column]


def totals(
    orders: object,
    column: str,
    *,
    as_of: Day = None,
    since: Day = None,
    where: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """The amount of each value of a column, the largest first: who pays, through which channel.

    Parameters and errors as in `summarise`. Returns a frame indexed by the column's values (text)
    with ``customers`` int64, ``amount`` float64 and ``share`` of the whole amount, float64. Lines
    without a value in the column are left out.
    """
    groups = summarise(orders, as_of=as_of, since=since, where=where, by=column).groupby(level=0)
    table = pd.DataFrame(
        {"customers": groups.size().astype("int64"), "amount": cents(groups["amount"].sum())}
    )
    table = table.assign(share=table["amount"] / table["amount"].sum())
    return table.sort_index().sort_values("amount", ascending=False, kind="stable")


def year_start(orders: object, *, as_of: Day = None) -> dt.date:
    """The first day of the year that ends on ``as_of``, by default on the last date in the data.

    >>> year_start([], as_of="2025-12-31")
    datetime.date(2025, 1, 1)
    """
    end = last_day_of(orders, as_of=as_of)
    return (end - pd.DateOffset(years=1) + pd.Timedelta(days=1)).date()


def last_day_of(orders: object, *, as_of: Day = None) -> pd.Timestamp:
    """The day of the analysis: ``as_of``, by default the last date in the data.

    CrmError if there is no line.

    >>> last_day_of([], as_of="2025-12-31")
    Timestamp('2025-12-31 00:00:00')
    """
    end = day(as_of) or last_day(opened(orders, if_there=()))
    if end is None:
        raise nothing_left()
    return pd.Timestamp(end)


def day_of(people: pd.DataFrame) -> pd.Timestamp:
    """The day of the analysis that `summarise` counted recency from, read back from its result."""
    return (people["last_order"] + pd.to_timedelta(people["recency_days"], unit="D")).max()


def _per_customer(lines: nw.LazyFrame, keys: list[str]) -> nw.LazyFrame:
    """Lines to orders, orders to customers, in one scan.

    Two traps of Narwhals shape this: over Dask `n_unique` counts wrongly, hence the way by orders;
    and some engines drop a condition inside `agg`, hence bare columns there.
    """
    amount, day, best = nw.col("amount"), nw.col("order_date"), nw.col("best_line")
    profit = ["profit"] if "profit" in lines.collect_schema() else []
    sums = ["amount", "refunds", *profit]
    orders = (
        lines.with_columns(refunds=nw.when(amount < 0).then(-amount).otherwise(0.0))
        .group_by(*keys, "order_id")
        .agg(
            nw.len().alias("lines"),
            *(nw.col(name).sum() for name in sums),
            *(nw.col(name).max().alias("known_profit") for name in profit),
            amount.max().alias("best_line"),
            day.min().alias("first_line"),
            day.max().alias("last_line"),
        )
    )
    return (
        orders.with_columns(
            orders=nw.when(best >= 0).then(1).otherwise(0),
            first_order=nw.when(best >= 0).then(nw.col("first_line")),
            last_order=nw.when(best >= 0).then(nw.col("last_line")),
        )
        .group_by(*keys)
        .agg(
            *(nw.col(name).sum() for name in ["orders", "lines", *sums]),
            *(nw.col("known_profit").max() for _ in profit),
            nw.col("first_order").min(),
            nw.col("last_order").max(),
            nw.col("last_line").max(),
        )
    )


def _finished(totals: pd.DataFrame, keys: list[str], end: dt.date | None) -> pd.DataFrame:
    """The result with its index, its order and its dtypes."""
    totals = totals.assign(**{key: as_text(totals[key]) for key in keys})
    totals = totals.set_index(keys).sort_index()
    first, last = days(totals["first_order"]), days(totals["last_order"])
    today = days(totals["last_line"]).max() if end is None else pd.Timestamp(end)
    known = totals["profit"].where(totals["known_profit"].notna()) if "profit" in totals else None
    return pd.DataFrame(
        {
            "orders": totals["orders"].astype("int64"),
            "lines": totals["lines"].astype("int64"),
            "first_order": first,
            "last_order": last,
            "recency_days": (today - last).dt.days.astype("Int64"),
            "tenure_days": (today - first).dt.days.astype("Int64"),
            "amount": cents(totals["amount"]),
            "profit": float("nan") if known is None else cents(known),
            "refunds": cents(totals["refunds"]),
        },
        index=totals.index,
    )
