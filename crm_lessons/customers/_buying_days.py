"""When and for how much each customer bought: days with a purchase, the first and the later ones.

All orders of one customer on one day are one purchase here: whoever forgets the milk and orders
again an hour later has not come back. Refunds are told apart as in `crm_lessons.customers`.
"""

from collections.abc import Mapping

import narwhals as nw
import pandas as pd

from crm_lessons.customers._lines import Day, as_text, cents, collected, day, days, taken


def buying_days(
    orders: object,
    *,
    as_of: Day = None,
    since: Day = None,
    where: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """One row per customer with a purchase; parameters and errors as in `customers.summarise`.

    Returns
    -------
    pandas.DataFrame
        Index ``customer_id`` (text, sorted). Columns: ``days`` int64, days with a purchase;
        ``orders`` int64, the orders on them; ``first_day`` and ``last_day`` datetime64[us];
        ``spent`` float64, the lines of zero or more; ``spent_first``, the part of it on the first
        day; ``refunded``, the negative lines as a positive sum; all rounded to the cent.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "customer_id": ["007", "007", "007", "008"],
    ...     "order_id": ["1", "2", "3", "4"],
    ...     "order_date": pd.to_datetime(["2026-01-05", "2026-01-05", "2026-02-01", "2026-01-20"]),
    ...     "amount": [60.0, 40.0, 75.0, 80.0],
    ... })
    >>> found = buying_days(lines)
    >>> found.loc["007", ["days", "orders", "spent", "spent_first"]].to_list()
    [2.0, 3.0, 175.0, 100.0]
    """
    chosen = taken(orders, since, as_of, where, if_there=())
    on_days = by_day(chosen.lines)
    first = on_days.group_by("customer_id").agg(
        nw.len().alias("days"),
        *(nw.col(name).sum() for name in ("orders", "spent")),
        nw.col("order_date").min().alias("first_day"),
        nw.col("order_date").max().alias("last_day"),
    )
    began = on_days.join(first.select("customer_id", "first_day"), on="customer_id")
    began = began.filter(nw.col("order_date") == nw.col("first_day"))
    found = _indexed(first).sort_index()
    if found.empty:
        raise chosen.nothing_left()
    back = chosen.lines.filter(nw.col("amount") < 0)
    back = back.group_by("customer_id").agg(nw.col("amount").sum())
    return pd.DataFrame(
        {
            "days": found["days"].astype("int64"),
            "orders": found["orders"].astype("int64"),
            "first_day": days(found["first_day"]),
            "last_day": days(found["last_day"]),
            "spent": cents(found["spent"]),
            "spent_first": cents(_indexed(began.select("customer_id", "spent"))["spent"]),
            "refunded": cents(-_indexed(back)["amount"].reindex(found.index).fillna(0.0)),
        }
    )


def repeats_by_day(
    orders: object,
    *,
    joined_by: Day = None,
    as_of: Day = None,
    since: Day = None,
    where: Mapping[str, object] | None = None,
    leave_out: pd.Index | None = None,
) -> pd.DataFrame:
    """How many customers joined, and how many came back, on each day on which anybody did.

    Only customers whose first purchase is not after ``joined_by`` count, and none of ``leave_out``.
    Returns a frame indexed by ``day`` (datetime64[us], sorted) with ``joined`` and ``repeats``,
    both int64.

    >>> lines = pd.DataFrame({"customer_id": ["007", "007", "008"], "order_id": ["1", "2", "3"],
    ...     "order_date": pd.to_datetime(["2026-01-05", "2026-02-01", "2026-02-01"]),
    ...     "amount": [60.0, 40.0, 75.0]})
    >>> repeats_by_day(lines)["repeats"].to_list(), repeats_by_day(lines)["joined"].to_list()
    ([0, 1], [1, 1])
    """
    on_days = by_day(taken(orders, since, as_of, where, if_there=()).lines)
    if leave_out is not None and len(leave_out):
        text = nw.col("customer_id").cast(nw.String)
        on_days = on_days.filter(~text.is_in([str(one) for one in leave_out]))
    first = on_days.group_by("customer_id").agg(nw.col("order_date").min().alias("first_day"))
    placed = on_days.select("customer_id", "order_date").join(first, on="customer_id")
    counted = collected(placed.group_by("first_day", "order_date").agg(nw.len().alias("count")))
    counted = counted.assign(
        first_day=days(counted["first_day"]), order_date=days(counted["order_date"])
    )
    if joined_by:
        counted = counted[counted["first_day"] <= pd.Timestamp(day(joined_by))]
    joined = counted["first_day"] == counted["order_date"]
    table = pd.DataFrame(
        {
            "joined": counted["count"].where(joined, 0).groupby(counted["order_date"]).sum(),
            "repeats": counted["count"].where(~joined, 0).groupby(counted["order_date"]).sum(),
        }
    )
    return table.astype("int64").rename_axis("day").sort_index()


def by_day(lines: nw.LazyFrame) -> nw.LazyFrame:
    """One row per customer and day with a purchase: orders and what was paid for them.

    An order that stretches over two days is bought on its first one. Lines below zero are no
    purchase, so what is left after taking them out is exactly the orders that are purchases.
    """
    return (
        on_first_days(lines)
        .group_by("customer_id", "order_date")
        .agg(nw.len().alias("orders"), nw.col("amount").sum().alias("spent"))
    )


def on_first_days(lines: nw.LazyFrame) -> nw.LazyFrame:
    """One row per order that is a purchase, on its first day: what was paid for it."""
    bought = lines.filter(nw.col("amount") >= 0)
    placed = bought.group_by("customer_id", "order_id").agg(
        nw.col("order_date").min(), nw.col("amount").sum()
    )
    return _to_days(placed)


def _to_days(lines: nw.LazyFrame) -> nw.LazyFrame:
    """The time of day cut off."""
    date = nw.col("order_date")
    if isinstance(lines.collect_schema()["order_date"], nw.Datetime):
        lines = lines.with_columns(date.dt.truncate("1d"))
        # Spark puts the zone of its session back when it truncates.
        if lines.collect_schema()["order_date"].time_zone:
            lines = lines.with_columns(date.dt.replace_time_zone(None))
    return lines


def _indexed(lines: nw.LazyFrame) -> pd.DataFrame:
    found = collected(lines)
    return found.assign(customer_id=as_text(found["customer_id"])).set_index("customer_id")
