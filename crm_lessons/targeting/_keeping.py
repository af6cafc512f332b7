"""What keeping is worth: five more points of retention, and what regulars bring in a year."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crm_lessons import sampling, value
from crm_lessons.customers import DAYS_A_YEAR

RETENTIONS = tuple(np.round(np.arange(0.50, 0.951, 0.01), 2))


def retention_effects(
    costs: Sequence[float] = (0.0,),
    retentions: Sequence[float] = RETENTIONS,
    *,
    points: float = 0.05,
    discount: float = 0.10,
) -> pd.DataFrame:
    """By what share more retention raises the value of a new customer, for several costs to win.

    Index: retention before; columns: acquisition cost in years' margin; see
    ``value.retention_uplift``. NaN where the cost eats the whole value before.

    >>> retention_effects((0.0, 2.5), (0.5, 0.8)).round(3).to_numpy().tolist()
    [[0.091, nan], [0.2, 0.629]]
    """
    before = pd.Series(retentions, index=pd.Index(retentions, name="retention"), dtype="float64")
    how = {"points": points, "discount": discount}
    return pd.DataFrame(
        {cost: value.retention_uplift(before, acquisition_cost=cost, **how) for cost in costs}
    )


def regulars(people: pd.DataFrame, *, least_orders: int = 2) -> dict[str, float]:
    """What customers with at least so many orders bring in a year, on average.

    ``people`` from ``customers.summarise``. Each customer's total over the years since the first
    purchase, at least one year. Returns ``n``, ``amount`` and ``profit`` (money a year; NaN where
    there is nobody, or profit is not known) with Student's interval ``lower``, ``upper`` of the
    mean profit, and ``known``: whether profit and interval are.

    >>> people = pd.DataFrame({"orders": [4, 2, 1], "tenure_days": [730.5, 300.0, 10.0],
    ...     "amount": [400.0, 100.0, 9.0], "profit": [100.0, 30.0, 2.0]})
    >>> told = regulars(people)
    >>> told["n"], told["amount"], told["profit"], round(told["upper"]), told["known"]
    (2, 150.0, 40.0, 167, True)
    """
    own = people[people["orders"] >= least_orders]
    years = (own["tenure_days"].astype("float64") / DAYS_A_YEAR).clip(lower=1.0)
    profit, lower, upper = sampling.mean_of(own["profit"].astype("float64") / years)
    amount = float((own["amount"] / years).mean())
    told = {"n": len(own), "amount": amount, "profit": profit, "lower": lower, "upper": upper}
    return told | {"known": not np.isnan(lower)}
