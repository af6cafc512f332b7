"""Futures that could come: purchases and money of each customer, drawn from the fitted models.

One future draws the parameters anew (they are estimates), then each customer's rate, chance of
dropping out and mean spend given the history, then the purchases themselves.
"""

import numpy as np

from crm_lessons.buying.expectations import p_alive
from crm_lessons.buying.histories import DAYS_A_YEAR, DAYS_IN, Histories
from crm_lessons.buying.purchases import Purchases
from crm_lessons.buying.spending import Spending


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
    rng = np.random.default_rng(seed)
    # In the order of the ids, so that shuffled rows draw the same futures.
    order = np.argsort(histories.people.index.astype("str").to_numpy(), kind="stable")
    sorted_ = Histories(histories.people.iloc[order], histories.unit).told_in(purchases.unit)
    buying = purchases.estimates.draws(draws, rng)
    paying = spending.estimates.draws(draws, rng)
    terms = (groups[order], margin[order], int(groups.max()) + 1, discount, years)
    return np.array(
        [
            _one(purchases.with_parameters(b), spending.with_parameters(s), sorted_, terms, rng)
            for b, s in zip(buying, paying, strict=True)
        ]
    )


def _one(
    purchases: Purchases,
    spending: Spending,
    histories: Histories,
    terms: tuple[np.ndarray, np.ndarray, int, float, float],
    rng: np.random.Generator,
) -> np.ndarray:
    """One future: everybody who is still active buys until they drop out or the time is over."""
    groups, margin, count, discount, years = terms
    people = histories.people
    active = rng.random(len(people)) < p_alive(purchases, histories).to_numpy()
    here = people[active]
    x, age, n = (here[name].to_numpy(dtype="float64") for name in ("frequency", "age", "spends"))
    spent = n * here["spend"].fillna(0.0).clip(lower=0.0).to_numpy(dtype="float64")
    rate = rng.gamma(purchases.r + x, 1 / (purchases.alpha + age))
    leaves = rng.beta(purchases.a, purchases.b + x)
    scale = 1 / rng.gamma(spending.p * n + spending.q, 1 / (spending.gamma + spent))
    group, gain = groups[active], margin[active]
    end = years * DAYS_A_YEAR / DAYS_IN[purchases.unit]
    force = np.log1p(discount) * years / end

    total, now, left = np.zeros(count), np.zeros(len(here)), np.arange(len(here))
    while left.size:
        now[left] += rng.exponential(1 / np.maximum(rate[left], 1e-300))
        left = left[now[left] < end]
        money = rng.gamma(spending.p, scale[left]) * gain[left] * np.exp(-force * now[left])
        total += np.bincount(group[left], money, count)
        left = left[rng.random(left.size) >= leaves[left]]
    return total
