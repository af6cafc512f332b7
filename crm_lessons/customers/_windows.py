"""What each customer bought before and after a day of their own, such as the day of a survey."""

import datetime as dt
from collections.abc import Mapping

import narwhals as nw
import pandas as pd

from crm_lessons.customers._lines import as_text, cents, collected, days, last_day, opened, within
from crm_lessons.errors import CrmError


def around(
    orders: object,
    moments: pd.Series,
    *,
    before: int = 365,
    after: int = 365,
    by: str | None = None,
    where: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """What customers bought in the days up to a day of their own, and in the days that followed.

    The day itself belongs to the time before: ``before`` days ending with it, then ``after`` days
    beginning with the next. An order counts if one of its lines is zero or more (a refund is no
    purchase); money is net of refunds.

    Parameters
    ----------
    orders
        Order lines, as for `customers.summarise`.
    moments
        Customer id to day (dates or text); customers without a day are left out.
    by
        A column of which the distinct values are counted, such as ``salesperson``.

    Returns
    -------
    pandas.DataFrame
        Index ``customer_id`` (text, sorted), everyone in ``moments`` with a day. ``orders_before``,
        ``orders_after`` int64; ``amount_before``, ``amount_after`` float64, to the cent;
        ``profit_before``, ``profit_after`` float64, NaN where the lines do not tell; ``days_seen``
        int64, for how many of the days after the data go on; ``bought_before`` and
        ``bought_again`` boolean, the latter missing for everybody whose ``days_seen`` fall short
        (those who have bought already too, or a rate would count the quick ones only); with ``by``
        also ``{by}_count`` int64, its distinct values in the orders before.

    Raises
    ------
    CrmError
        A customer has two days; else as `customers.summarise`.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["7", "7", "8"], "order_id": ["1", "2", "3"],
    ...     "order_date": pd.to_datetime(["2025-01-01", "2025-03-01", "2026-01-10"]),
    ...     "amount": [50.0, 70.0, 20.0]})
    >>> asked = pd.Series({"7": "2025-01-01", "8": "2025-02-01"})
    >>> found = around(lines, asked, after=90)
    >>> found["orders_before"].to_list(), found["orders_after"].to_list()
    ([1, 0], [1, 0])
    """
    asked = _moments(moments)
    scope = dict(where or {})
    lines = opened(orders, others=[*scope, *([by] if by else [])])
    end = last_day(lines)
    if asked.empty or end is None:
        return _empty(by)
    first = (asked.min() - pd.Timedelta(days=before)).date() + dt.timedelta(days=1)
    last = (asked.max() + pd.Timedelta(days=after)).date()
    placed = _orders(within(lines, first, last, scope), by)
    placed = placed[placed["customer_id"].isin(asked.index)]
    offset = (placed["order_date"] - placed["customer_id"].map(asked)).dt.days
    earlier = placed[(offset <= 0) & (offset > -before)]
    later = placed[(offset > 0) & (offset <= after)]
    seen = (pd.Timestamp(end) - asked).dt.days.clip(lower=0, upper=after).astype("int64")
    found = pd.concat([_sums(earlier, asked, "before"), _sums(later, asked, "after")], axis=1)
    found["days_seen"] = seen
    found["bought_before"] = (found["orders_before"] > 0).astype("boolean")
    again = (found["orders_after"] > 0).astype("boolean")
    found["bought_again"] = again.mask(seen < after)
    if by:
        counts = earlier[earlier["best_line"] >= 0].groupby("customer_id")[by].nunique()
        found[f"{by}_count"] = counts.reindex(asked.index).fillna(0).astype("int64")
    return found.sort_index()


def _moments(moments: pd.Series) -> pd.Series:
    known = moments.dropna()
    known = known.set_axis(as_text(pd.Series(known.index)).array)
    twice = known.index[known.index.duplicated()]
    if len(twice):
        raise CrmError("listed_twice", column="customer_id", value=twice[0], count=twice.nunique())
    return days(known).rename_axis("customer_id").sort_index()


def _orders(lines: nw.LazyFrame, by: str | None) -> pd.DataFrame:
    """One row per customer, order and day (and value of ``by``)."""
    keys = ["customer_id", "order_id", "order_date", *([by] if by else [])]
    profit = "profit" in lines.collect_schema()
    amount = nw.col("amount")
    sums = [nw.col("amount").sum(), amount.max().alias("best_line")]
    if profit:
        sums += [nw.col("profit").sum(), nw.col("profit").max().alias("known_profit")]
    frame = collected(lines.group_by(*keys).agg(*sums))
    known = frame["profit"].where(frame["known_profit"].notna()) if profit else float("nan")
    return frame.assign(
        customer_id=as_text(frame["customer_id"]),
        order_date=days(frame["order_date"]),
        profit=known,
    )


def _sums(placed: pd.DataFrame, asked: pd.Series, when: str) -> pd.DataFrame:
    bought = placed[placed["best_line"] >= 0].groupby("customer_id")["order_id"].nunique()
    money = placed.groupby("customer_id")[["amount", "profit"]].sum(min_count=1)
    money = money.reindex(asked.index).apply(cents)
    nothing = ~asked.index.isin(placed["customer_id"])
    known = placed["profit"].notna().any()
    return pd.DataFrame(
        {
            f"orders_{when}": bought.reindex(asked.index).fillna(0).astype("int64"),
            f"amount_{when}": money["amount"].fillna(0.0),
            f"profit_{when}": money["profit"].mask(nothing & known, 0.0),
        }
    )


def _empty(by: str | None) -> pd.DataFrame:
    kinds = {
        f"{name}_{when}": kind
        for when in ("before", "after")
        for name, kind in {"orders": "int64", "amount": "float64", "profit": "float64"}.items()
    }
    kinds |= {"days_seen": "int64", "bought_before": "boolean", "bought_again": "boolean"}
    kinds |= {f"{by}_count": "int64"} if by else {}
    index = pd.Index([], name="customer_id", dtype="str")
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()}, index=index)
