"""Futures that could come: purchases and money of each customer, drawn from the fitted models.

One future draws the parameters anew (they are estimates), then each customer's rate, chance of
dropping out and mean spend given the history, then the purchases themselves.
"""

import numpy as np
import pandas as pd

from crm_lessons.buying._expectations import alive
from crm_lessons.buying._histories import DAYS_IN, Histories
from crm_lessons.buying._purchases import Purchases
from crm_lessons.buying._spending import Spending
from crm_lessons.customers import DAYS_A_YEAR
from crm_lessons.sampling import stream

# Histories times futures that are simulated together.
_AT_ONCE = 500_000


def futures(
    purchases: Purchases,
    spending: Spending,
    histories: Histories,
    *,
    groups: np.ndarray,
    margin: np.ndarray,
    discount: float,
    years: float,
    draws: int,
    seed: int,
) -> np.ndarray:
    """Discounted money by future and group: an array of ``draws`` × (largest group + 1).

    ``groups`` numbers the group of each customer from 0, ``margin`` is each customer's.
    """
    rng = stream(seed)
    # In the order of the ids, so that shuffled rows draw the same futures.
    order = np.argsort(histories.people.index.astype("str").to_numpy(), kind="stable")
    people = histories.told_in(purchases.unit).people.iloc[order]
    buying = purchases.estimates.draws(draws, rng)
    if spending.price is None:
        paying = spending.estimates.draws(draws, rng)
    else:
        paying = np.full((draws, 1), spending.price)
    end = years * DAYS_A_YEAR / DAYS_IN[purchases.unit]
    time = (end, np.log1p(discount) * years / end, purchases.early)
    money = (groups[order], margin[order], int(groups.max()) + 1)
    # Many futures at a time, as far as memory goes: numpy is slow on short arrays only.
    step = max(1, _AT_ONCE // len(people))
    parts = [
        _some(people, buying[first : first + step], paying[first : first + step], money, time, rng)
        for first in range(0, draws, step)
    ]
    return np.concatenate(parts)


def _some(
    people: pd.DataFrame,
    buying: np.ndarray,
    paying: np.ndarray,
    money: tuple[np.ndarray, np.ndarray, int],
    time: tuple[float, float, int],
    rng: np.random.RandomState,
) -> np.ndarray:
    """Some futures, one for each row of parameters: who is active buys until they drop out."""
    count, (groups, margin, kinds) = len(buying), money
    end, force, early = time

    def copies(column: np.ndarray) -> np.ndarray:
        return np.tile(column, count)

    x, t_x, age, n = (
        copies(people[name].to_numpy(dtype="float64"))
        for name in ("frequency", "recency", "age", "spends")
    )
    spent = n * copies(people["spend"].fillna(0.0).clip(lower=0.0).to_numpy(dtype="float64"))
    r, alpha, a, b = np.repeat(buying, len(people), axis=0).T
    rate = rng.gamma(r + x, 1 / (alpha + age))
    leaves = rng.beta(a, b + x + early)
    p, scale = _spending(np.repeat(paying, len(people), axis=0), n, spent, rng)
    place = copies(groups) + kinds * np.repeat(np.arange(count), len(people))
    gain = copies(margin)
    there = alive((r, alpha, a, b), x, t_x, age, early=early)
    left = np.flatnonzero(rng.random(len(x)) < there)

    total, now = np.zeros(kinds * count), np.zeros(len(x))
    while left.size:
        now[left] += rng.exponential(1 / np.maximum(rate[left], 1e-300))
        left = left[now[left] < end]
        paid = scale[left] if p is None else rng.gamma(p[left], scale[left])
        paid = paid * gain[left] * np.exp(-force * now[left])
        total += np.bincount(place[left], paid, kinds * count)
        left = left[rng.random(left.size) >= leaves[left]]
    return total.reshape(count, kinds)


def _spending(
    paying: np.ndarray, n: np.ndarray, spent: np.ndarray, rng: np.random.RandomState
) -> tuple[np.ndarray | None, np.ndarray]:
    """Shape and scale of what each pays at a purchase; of one price for all no shape, the price."""
    if paying.shape[1] == 1:
        return None, paying[:, 0]
    p, q, gamma = paying.T
    return p, 1 / np.maximum(rng.gamma(p * n + q, 1 / (gamma + spent)), 1e-300)
