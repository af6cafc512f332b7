"""What was known of the customers some time ago, and who of them bought again since."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lessons import customers
from crm_lessons.customers import Day
from crm_lessons.errors import CrmError

FEATURES = ("orders", "recency_days", "tenure_days", "order_amount", "interval_share")


def features(people: pd.DataFrame) -> pd.DataFrame:
    """A few sensible figures per customer to score by, from ``customers.summarise``.

    All on a log scale, because ten days more mean much after five and little after five hundred:
    ``orders``, ``recency_days`` (days silent), ``tenure_days``, ``order_amount`` (money per
    purchase), and ``interval_share``: days silent over the customer's own mean interval, missing
    after a single purchase. float64, indexed by customer, sorted. Customers with nothing but
    refunds are left out.

    >>> people = pd.DataFrame({"orders": [3], "recency_days": [10], "tenure_days": [30],
    ...     "amount": [300.0], "refunds": [0.0]}, index=pd.Index(["007"], name="customer_id"))
    >>> features(people).round(2).iloc[0].to_list()
    [1.39, 2.4, 3.43, 4.62, 0.69]
    """
    known = people[people["orders"] > 0].sort_index()
    silent, since = known["recency_days"].astype("float64"), known["tenure_days"].astype("float64")
    orders = known["orders"].astype("float64")
    interval = ((since - silent) / (orders - 1)).where((orders > 1) & (since > silent))
    bought = (known["amount"] + known["refunds"]).clip(lower=0.0) / orders
    found = pd.DataFrame(
        {
            "orders": orders,
            "recency_days": silent,
            "tenure_days": since,
            "order_amount": bought,
            "interval_share": silent / interval,
        }
    )
    return np.log1p(found)


def history(
    orders: object,
    *,
    days: int = 180,
    as_of: Day = None,
    where: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """Customers as they stood ``days`` before the day of the analysis, and what they did since.

    Parameters
    ----------
    orders, as_of, where
        As in ``customers.summarise``.
    days
        How long "since" is. Someone stayed who made a purchase in it.

    Returns
    -------
    pandas.DataFrame
        Index ``customer_id``: the columns of `features` as of then, ``stayed`` bool,
        ``later_orders`` int64 (purchases since), ``later_profit`` float64 (NaN if not known).
        Nobody can be told whose first purchase came later. Empty where the data do not reach back
        that far.

    Raises
    ------
    CrmError
        If ``days`` is below 1.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["007", "008", "007"], "order_id": ["1", "2", "3"],
    ...     "order_date": pd.to_datetime(["2025-01-01", "2025-01-05", "2025-09-01"]),
    ...     "amount": [50.0, 70.0, 40.0]})
    >>> history(lines, days=180)["stayed"].to_dict()
    {'007': True, '008': False}
    """
    if days < 1:
        raise CrmError("targeting_days", given=days)
    end = customers.day_of(customers.summarise(orders, as_of=as_of, where=where))
    cut = end - pd.Timedelta(days=days)
    scope = {"where": where}
    before = _people(orders, as_of=cut.date(), **scope)
    later = _people(orders, since=(cut + pd.Timedelta(days=1)).date(), as_of=end.date(), **scope)
    if before is None:
        empty = {name: pd.Series(dtype="float64") for name in (*FEATURES, "later_profit")}
        empty |= {"stayed": pd.Series(dtype="bool"), "later_orders": pd.Series(dtype="int64")}
        order = [*FEATURES, "stayed", "later_orders", "later_profit"]
        return pd.DataFrame(empty)[order].rename_axis("customer_id")
    known = features(before)
    blank = pd.DataFrame({"orders": 0, "profit": np.nan}, index=known.index)
    since = blank if later is None else later.reindex(known.index)
    bought = since["orders"].fillna(0).astype("int64")
    profit = since["profit"].astype("float64").where(bought > 0)
    return known.assign(stayed=bought > 0, later_orders=bought, later_profit=profit)


def _people(orders: object, **period: object) -> pd.DataFrame | None:
    try:
        return customers.summarise(orders, **period)
    except CrmError as error:
        if error.key != "no_orders_left":
            raise
        return None
