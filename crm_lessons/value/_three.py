"""The three lifetime values of the notes, for the same customers, and whether they agree.

The notes call three different things the lifetime value of a customer:

1. ``all_value`` (000 L735): all value created, here the profit so far, plus that of the customers
   brought in, plus what the information is worth;
2. ``transactions`` (002 L278): profit per transaction × number of transactions − maintenance cost;
3. ``long_run`` (004 L6): yearly *revenue* × 30 years, certain and undiscounted.

They cannot be added, and need not put customers in the same order. Say which one a figure is.
"""

import numpy as np
import pandas as pd

from crm_lessons.customers import DAYS_A_YEAR
from crm_lessons.errors import CrmError
from crm_lessons.value._basics import clv_simple
from crm_lessons.value.formulas import POSITIVE, SHARE, checked

THREE = ("all_value", "transactions", "long_run")


def profit_of(people: pd.DataFrame, *, margin: float | None = None) -> pd.Series:
    """The gross profit of each customer: the column ``profit``, or amount × ``margin``.

    ``margin`` (share of sales) is used where a customer's profit is unknown, or there is no column.
    Without it the unknown stays unknown; if nothing is known at all that is an error.

    >>> profit_of(pd.DataFrame({"amount": [100.0]}), margin=0.25).to_list()
    [25.0]
    """
    known = people["profit"] if "profit" in people else pd.Series(np.nan, people.index)
    if margin is not None:
        known = known.fillna(people["amount"] * checked("margin", margin, SHARE))
    if not known.notna().any():
        raise CrmError("value_no_profit")
    return known.astype("float64").round(2).rename("profit")


def brought_profit(profit: pd.Series, referrers: pd.Series) -> pd.Series:
    """The profit of the customers each one brought in directly; 0 for who brought nobody.

    ``profit`` is indexed by customer; ``referrers`` says for a customer who brought him (missing:
    nobody). Nobody brings himself. A customer without known profit adds nothing.

    >>> profit = pd.Series({"1": 10.0, "2": 5.0, "3": 7.0})
    >>> brought_profit(profit, pd.Series({"2": "1", "3": "1"})).to_dict()
    {'1': 12.0, '2': 0.0, '3': 0.0}
    """
    pairs = referrers.dropna().astype("str")
    pairs = pairs[pairs != pairs.index.astype("str")]
    found = profit.reindex(pairs.index).groupby(pairs).sum()
    return found.reindex(profit.index).fillna(0.0).round(2).rename("brought")


def three_values(
    people: pd.DataFrame,
    *,
    margin: float | None = None,
    referrers: pd.Series | None = None,
    maintenance: float | pd.Series = 0.0,
    information: float = 0.0,
    years: float = 30.0,
) -> pd.DataFrame:
    """All three for each customer, in money.

    Parameters
    ----------
    people
        `customers.summarise`: ``orders``, ``amount``, ``tenure_days`` and, if known, ``profit``.
    margin
        Gross margin, for customers whose profit is unknown (`profit_of`).
    referrers
        Who brought whom; without it nobody is known to have brought anyone.
    maintenance
        Cost of keeping each customer over the same time, one figure or one for each; unknown
        is taken as nothing spent.
    information
        What the information on one customer is worth (`information_value` of one record).
    years
        How long the notes let a customer go on buying.

    Returns
    -------
    pandas.DataFrame
        Index of ``people``; `THREE`, float64, rounded to cents. ``long_run`` divides the amount by
        the years since the first purchase, of which there is at least one: who came last week has
        not bought a year's worth in that week. Missing where it cannot be worked out.

    Raises
    ------
    CrmError
        If there is no customer.

    Examples
    --------
    >>> people = pd.DataFrame({"orders": [104], "amount": [4160.0], "profit": [832.0],
    ...     "tenure_days": [730.5]}, index=["007"])
    >>> three_values(people, maintenance=100).iloc[0].to_list()
    [832.0, 732.0, 62400.0]
    """
    if people.empty:
        raise CrmError("nothing_known")
    checked("years", years, POSITIVE)
    profit = profit_of(people, margin=margin)
    brought = 0.0 if referrers is None else brought_profit(profit, referrers)
    many = isinstance(maintenance, pd.Series)
    kept = maintenance.reindex(people.index).fillna(0.0) if many else maintenance
    orders = people["orders"].astype("float64")
    # Only refunds, no purchase: there is no profit per transaction to multiply.
    each = (profit / orders.where(orders > 0)).astype("float64")
    known = people["tenure_days"].astype("float64") / DAYS_A_YEAR
    yearly = people["amount"].clip(lower=0.0) / known.clip(lower=1.0)
    values = {
        "all_value": profit + brought + information,
        "transactions": clv_simple(each, orders, kept),
        "long_run": yearly * years,
    }
    return pd.DataFrame(values, dtype="float64").round(2)


def rank_agreement(values: pd.DataFrame) -> pd.DataFrame:
    """How far each two columns put customers in the same order: Spearman's rank correlation.

    1 is the same order, 0 no relation, −1 the reverse. Returns, index (``first``, ``second``):
    ``customers`` with both known, int64; ``spearman`` float64, missing where fewer than three
    customers or all equal.

    >>> rank_agreement(pd.DataFrame({"a": [1, 2, 3, 4], "b": [10, 20, 40, 30]}))["spearman"].item()
    0.8
    """
    columns = list(values.columns)
    rows = []
    for place, first in enumerate(columns):
        for second in columns[place + 1 :]:
            both = values[[first, second]].dropna()
            alike = len(both) < 3 or both.nunique().min() < 2
            found = np.nan if alike else both[first].corr(both[second], method="spearman")
            rows.append((first, second, len(both), round(found, 12)))
    table = pd.DataFrame(rows, columns=["first", "second", "customers", "spearman"])
    return table.set_index(["first", "second"])
