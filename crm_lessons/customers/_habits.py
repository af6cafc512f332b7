"""How customers buy: at a discount, at what intervals, which products, through which channels."""

from collections.abc import Mapping

import narwhals as nw
import numpy as np
import pandas as pd

from crm_lessons.customers._lines import Day, as_text, collected, days, taken

OPTIONAL = ("discount", "product", "channel")


def habits(
    orders: object,
    *,
    as_of: Day = None,
    since: Day = None,
    where: Mapping[str, object] | None = None,
    discount_from: float = 0.15,
) -> pd.DataFrame:
    """One row per customer with a purchase: how this customer buys.

    Parameters as in `customers.summarise`; ``discount``, ``product`` and ``channel`` are used if
    the lines have them. Only lines of zero or more count: a refund is no purchase.

    discount_from
        From which discount an order counts as bought at a discount, itself included: the order's
        discount over its price before discount (amount + discount).

    Returns
    -------
    pandas.DataFrame
        Index ``customer_id`` (text, sorted). Columns: ``buying_days`` int64, days with a purchase;
        ``interval_days`` float64, mean days between them; ``interval_cv`` float64, the
        coefficient of variation of those intervals (standard deviation with n in the denominator
        over mean; purchases at random times have about 1), NaN below two intervals;
        ``discount_share`` float64, the share of orders bought at a discount; ``main_product``
        text and ``main_product_share`` float64 of the amount (of two equal products the one that
        sorts first); ``products`` Int64, how many kinds; ``main_channel``, ``channels`` likewise.
        NaN where the lines do not tell.

    Raises
    ------
    CrmError
        As `customers.summarise`; no purchase is left.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "customer_id": ["007", "007", "007", "008"],
    ...     "order_id": ["1", "2", "3", "4"],
    ...     "order_date": pd.to_datetime(["2026-01-01", "2026-01-11", "2026-01-31", "2026-01-20"]),
    ...     "amount": [85.0, 95.0, 20.0, 80.0],
    ...     "discount": [15.0, 5.0, 0.0, 0.0],
    ...     "product": ["tissues", "tissues", "coffee", "coffee"],
    ... })
    >>> found = habits(lines).round(3)
    >>> found.loc["007", ["interval_days", "interval_cv", "discount_share"]].to_list()
    [15.0, 0.333, 0.333]
    >>> found["main_product"].to_dict(), found["products"].to_dict()
    ({'007': 'tissues', '008': 'coffee'}, {'007': 2, '008': 1})
    """
    chosen = taken(orders, since, as_of, where, if_there=OPTIONAL)
    bought = chosen.lines.filter(nw.col("amount") >= 0)
    placed = _orders(bought)
    if placed.empty:
        raise chosen.nothing_left()
    parts = [
        _intervals(placed),
        _discounts(placed, discount_from),
        _main(bought, "product", "products"),
        _main(bought, "channel", "channels"),
    ]
    return pd.concat(parts, axis=1).rename_axis("customer_id").sort_index()


def _orders(bought: nw.LazyFrame) -> pd.DataFrame:
    """One row per order: customer, day, amount and discount."""
    there = [name for name in ("discount",) if name in bought.collect_schema()]
    orders = bought.group_by("customer_id", "order_id").agg(
        nw.col("order_date").min(), *(nw.col(name).sum() for name in ("amount", *there))
    )
    frame = collected(orders)
    if not there:
        frame["discount"] = np.nan
    return frame.assign(
        customer_id=as_text(frame["customer_id"]), order_date=days(frame["order_date"])
    )


def _intervals(placed: pd.DataFrame) -> pd.DataFrame:
    """Days between one day with a purchase and the next: how many, how long, how even."""
    on = placed[["customer_id", "order_date"]].drop_duplicates()
    on = on.sort_values(["customer_id", "order_date"])
    gaps = on.groupby("customer_id")["order_date"].diff().dt.days
    grouped = gaps.groupby(on["customer_id"])
    mean, spread = grouped.mean(), grouped.std(ddof=0)
    return pd.DataFrame(
        {
            "buying_days": grouped.size().astype("int64"),
            "interval_days": mean.astype("float64"),
            "interval_cv": (spread / mean).where(grouped.count() >= 2).astype("float64"),
        }
    )


def _discounts(placed: pd.DataFrame, discount_from: float) -> pd.Series:
    """The share of a customer's orders bought at a discount."""
    off, price = placed["discount"], placed["amount"] + placed["discount"]
    # Rounded, so that 15 of 100 is 0.15 whatever the order of the lines.
    share = (off / price.where(price > 0)).fillna(0.0).round(9)
    at_discount = (share >= discount_from).astype("float64").where(off.notna())
    return at_discount.groupby(placed["customer_id"]).mean().rename("discount_share")


def _main(bought: nw.LazyFrame, column: str, how_many: str) -> pd.DataFrame:
    """The value of a column that carries most of a customer's purchases, and its share."""
    names = [f"main_{column}", f"main_{column}_share", how_many]
    kinds = {names[0]: "str", names[1]: "float64", names[2]: "Int64"}
    if column not in bought.collect_schema():
        empty = {name: pd.Series(dtype=kind) for name, kind in kinds.items()}
        return pd.DataFrame(empty)
    known = bought.drop_nulls(column).group_by("customer_id", column).agg(nw.col("amount").sum())
    sums = collected(known)
    sums = sums.assign(
        customer_id=as_text(sums["customer_id"]),
        value=as_text(sums[column]),
        amount=sums["amount"].round(6),
    )
    sums = sums.sort_values(["customer_id", "amount", "value"], ascending=[True, False, True])
    grouped = sums.groupby("customer_id")
    total = grouped["amount"].sum()
    first = grouped[["value", "amount"]].first()
    found = pd.DataFrame(
        {
            names[0]: first["value"],
            names[1]: first["amount"] / total.where(total > 0),
            names[2]: grouped.size(),
        }
    )
    return found.astype(kinds)
