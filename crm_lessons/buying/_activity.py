"""Is a customer's silence long for this customer? One state for each, for every list."""

import numpy as np
import pandas as pd

from crm_lessons.buying._histories import Histories
from crm_lessons.buying._purchases import FEW_REPEATERS, fit

NEW, ACTIVE, SILENT = "new", "active", "silent"
# A silence this rare while a customer is active is out of the ordinary: one in twenty.
RARE = 0.05
# Nobody is silent before so many days, however often they came.
AT_LEAST = 30
# Bought once, and not since so many days: a convention, for there is no rhythm to hold it against.
ONCE = 180


def activity(
    people: pd.DataFrame, *, rare: float = RARE, at_least: int = AT_LEAST, once: int = ONCE
) -> pd.Series:
    """The state of each customer with a purchase: ``new``, ``active`` or ``silent``.

    - ``silent``: an active customer with this history would be silent for so long, or longer, in
      fewer than ``rare`` of cases (`silence`), and for more than ``at_least`` days;
    - ``new``: bought on one day only, and not longer than ``once`` days ago. Beyond that such a
      customer is ``silent`` by convention: nobody knows a rhythm;
    - ``active``: the others.

    Of active customers at most ``rare`` are called silent by chance, also with two or three
    purchases: their own interval counts for little yet, and that of all customers for much.
    Measured in ``benchmarks/claims/lifetime.py``.

    ``people`` is from `customers.summarise`: ``orders``, ``recency_days``, ``tenure_days``.
    Returns text by customer; without a purchase a customer is not in it.

    >>> table = pd.DataFrame({"orders": [9, 9, 1, 1], "tenure_days": [400, 400, 20, 300],
    ...     "recency_days": [30, 300, 20, 300]}, index=["often", "stopped", "fresh", "past"])
    >>> activity(table).to_dict()
    {'often': 'active', 'stopped': 'silent', 'fresh': 'new', 'past': 'silent'}
    """
    known = people[people["recency_days"].notna()]
    since = known["recency_days"].astype("float64")
    repeated = _frequency(known) > 0
    long = (silence(known) < rare) & (since > at_least)
    state = np.where(repeated, np.where(long, SILENT, ACTIVE), np.where(since > once, SILENT, NEW))
    return pd.Series(state, index=known.index, name="activity", dtype="str")


def silence(people: pd.DataFrame) -> pd.Series:
    """How many of the active customers with this history would be silent for as long, or longer.

    ``((alpha + t) / (alpha + t + s)) ** (r + x)`` for x repeat purchases within t days and s days
    of silence: the tail of the posterior predictive (Lomax) distribution of the next interval,
    where intervals are exponential and rates Gamma(r, alpha). r and alpha are those of all
    customers by `fit`, which allows for those who left. Of fewer than ``FEW_REPEATERS`` who came
    back nothing is learnt about the others: then r and alpha are 0, which is right for each alone.
    ``people`` as in `activity`; float64 by customer, 1 where there is no interval to go by.

    >>> one = pd.DataFrame({"orders": [3], "tenure_days": [100], "recency_days": [50]})
    >>> float(silence(one)[0])
    0.25
    """
    x = _frequency(people)
    since = people["recency_days"].astype("float64")
    between = people["tenure_days"].astype("float64") - since
    r, alpha = _rhythm(x, between, since)
    with np.errstate(divide="ignore", invalid="ignore"):
        tail = np.log((alpha + between) / (alpha + between + since))
    return np.exp((r + x) * tail).where(r + x > 0, 1.0).rename("silence")


def _rhythm(x: pd.Series, between: pd.Series, since: pd.Series) -> tuple[float, float]:
    """r and alpha of the rates of all customers, in days; 0 where too few came back."""
    known = between.notna()
    if (x > 0).sum() < FEW_REPEATERS:
        return 0.0, 0.0
    told = pd.DataFrame({"frequency": x, "recency": between.where(x > 0, 0.0)})
    told = told.assign(age=between + since)[known]
    base = fit(Histories(told, "day"))
    return base.r, base.alpha


def _frequency(people: pd.DataFrame) -> pd.Series:
    """Repeat purchases; orders of one day only are one purchase."""
    apart = (people["tenure_days"] > people["recency_days"]).fillna(False).to_numpy(dtype="bool")
    return (people["orders"] - 1).clip(lower=0).where(apart, 0).astype("int64")
