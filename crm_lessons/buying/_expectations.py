"""What BG/NBD and MBG/NBD say of a customer: still active or not, what is to come."""

import numpy as np
import pandas as pd

from crm_lessons.buying._histories import DAYS_IN, Histories
from crm_lessons.buying._hypergeometric import purchases_if_alive
from crm_lessons.buying._purchases import Purchases
from crm_lessons.errors import CrmError


def p_alive(model: Purchases, histories: Histories) -> pd.Series:
    """The probability that each customer is still active at the end of the history.

    ``1 / (1 + a / (b + x - 1) · ((alpha + T) / (alpha + t_x)) ** (r + x))`` for x > 0. **For
    customers who bought once it is 1 by construction**: in BG/NBD nobody can drop out before a
    repeat purchase. Read theirs as "not known", never as "loyal". In MBG/NBD they can, and b + x
    stands for b + x - 1, for x = 0 too. Returns float64 in [0, 1].
    """
    chance = alive(model.parameters, *_figures(model, histories), early=model.early)
    return pd.Series(chance, index=histories.people.index, name="p_alive")


def expected_purchases(model: Purchases, histories: Histories, *, horizon: float) -> pd.Series:
    """The expected number of purchases of each customer in the next ``horizon`` units of time.

    Equation 10 of Fader, Hardie & Lee (2005), with b + 1 for b in MBG/NBD, times P(alive). The unit
    is ``model.unit``: 26 weeks are ``horizon=26`` of a model fitted in weeks. Returns float64, 0 or
    more, rising with ``horizon``. Raises CrmError unless ``horizon`` is zero or more.
    """
    check_horizon(horizon)
    x, t_x, age = _figures(model, histories)
    expected = purchases_if_alive(model.while_active, x, age, horizon)
    expected *= alive(model.parameters, x, t_x, age, early=model.early)
    return pd.Series(expected, index=histories.people.index, name="expected_purchases")


def expected_purchases_of_new(model: Purchases, *, horizon: float) -> float:
    """The expected number of repeat purchases in the first ``horizon`` units of a new customer.

    Equation 9 of the paper; in MBG/NBD the first purchase is the last one for some.
    """
    check_horizon(horizon)
    start = np.zeros(1)
    stays = alive(model.parameters, start, start, start, early=model.early)
    return float((stays * purchases_if_alive(model.while_active, start, start, horizon))[0])


def expected_repeats(model: Purchases, joined: pd.Series, days: pd.DatetimeIndex) -> np.ndarray:
    """Repeat purchases expected up to each of some days: the sum of E[X(t)], t since joining.

    ``joined``: how many customers joined on each day, as `customers.repeats_by_day` counts them.
    """
    came = joined[joined > 0]
    gone = (days.to_numpy()[:, None] - came.index.to_numpy()[None, :]) / np.timedelta64(1, "D")
    gone = np.maximum(gone, 0.0)
    # E[X(t)] for every number of days that somebody can have been here.
    ages = np.unique(gone)
    start = np.zeros(len(ages))
    curve = purchases_if_alive(model.while_active, start, start, ages / DAYS_IN[model.unit])
    curve = curve * alive(model.parameters, start, start, start, early=model.early)
    return np.interp(gone, ages, curve) @ came.to_numpy()


def alive_grid(model: Purchases, *, age: float, most: int = 12, steps: int = 120) -> pd.DataFrame:
    """P(alive) of customers of one age, by how often and how lately they bought, for a map.

    Rows: ``frequency`` 1 to ``most``; columns: time since the last purchase, from 0 to ``age`` in
    ``steps`` + 1 places, in the model's unit. Nobody can have come back at their very beginning, so
    the last column is the limit. Raises CrmError for an impossible ``age``.
    """
    check_horizon(age)
    if most < 2:
        raise ValueError("a map needs at least 2 rows")
    since = np.linspace(0.0, age, steps + 1)
    frequency = np.arange(1, most + 1)
    rows = [
        alive(model.parameters, np.full(steps + 1, float(x)), age - since, age, early=model.early)
        for x in frequency
    ]
    return pd.DataFrame(
        rows,
        index=pd.Index(frequency, name="frequency"),
        columns=pd.Index(since, name="since_last"),
    )


def alive(
    parameters: tuple[float | np.ndarray, ...],
    x: np.ndarray,
    t_x: np.ndarray,
    age: np.ndarray | float,
    *,
    early: int = 0,
) -> np.ndarray:
    """P(alive) of arrays; the parameters may be arrays too, one set for each history."""
    r, alpha, a, b = parameters
    odds = np.log(a / (b + np.maximum(x + early, 1) - 1))
    odds = odds + (r + x) * np.log((alpha + age) / (alpha + t_x))
    # Far beyond 700 the exponential is infinite; the probability is 0 long before.
    return np.where(x + early > 0, 1 / (1 + np.exp(np.minimum(odds, 700.0))), 1.0)


def check_horizon(horizon: float) -> None:
    """Refuse a horizon that is negative or no number."""
    if not np.isfinite(horizon) or horizon < 0:
        raise CrmError("horizon_impossible", found=horizon)


def _figures(model: Purchases, histories: Histories) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    people = histories.told_in(model.unit).people
    return tuple(people[n].to_numpy(dtype="float64") for n in ("frequency", "recency", "age"))
