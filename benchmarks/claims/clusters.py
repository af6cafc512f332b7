"""Clusters where there are none, and where four groups were planted: ``clusters`` of lesson 03.

    python -m benchmarks.claims.clusters [REPEATS]

Without groups: purchases of BG/NBD (CDNOW's parameters, and those of a shop with more repeaters),
smooth heaps of counts, and evenly spread customers. Four groups: their centres lie 5.7 of their
standard deviations apart.
"""

import sys

import numpy as np
import pandas as pd

from crm_lessons.classification import clusters

WEEK = 7


def bought(
    rng: np.random.Generator,
    n: int,
    *,
    rate: tuple[float, float] = (0.243, 4.414),
    leaving: tuple[float, float] = (0.793, 2.426),
    weeks: float = 78,
) -> pd.DataFrame:
    """Customers of BG/NBD with Gamma-Gamma spending, as ``customers.summarise`` gives them."""
    rows = []
    for _ in range(n):
        now, each = rng.uniform(0, weeks - 1), rng.gamma(rate[0], 1 / rate[1])
        leaves, scale = rng.beta(*leaving), 1 / rng.gamma(3.74, 1 / 15.44)
        orders, last, amount = 1, now, rng.gamma(6.25, scale)
        while orders < 300 and rng.random() > leaves:
            now += rng.exponential(1 / each)
            if now > weeks:
                break
            orders, last, amount = orders + 1, now, amount + rng.gamma(6.25, scale)
        rows.append((WEEK * (weeks - last), orders, amount))
    return table_of(np.array(rows))


def table_of(values: np.ndarray) -> pd.DataFrame:
    """Recency, orders and amount in the units of a summary."""
    found = pd.DataFrame(values, columns=["recency_days", "orders", "amount"])
    found["orders"] = found["orders"].round().clip(lower=1).astype("int64")
    return found.round({"recency_days": 0, "amount": 2})


def cloud(rng: np.random.Generator, n: int) -> pd.DataFrame:
    """One heap on the scale of logarithms, its measures correlated."""
    related = [[1, -0.5, -0.4], [-0.5, 1, 0.8], [-0.4, 0.8, 1]]
    return table_of(np.exp(rng.multivariate_normal([4, 1.2, 5], related, n)))


def even(rng: np.random.Generator, n: int) -> pd.DataFrame:
    """Evenly spread over the logarithms."""
    return table_of(np.exp(rng.uniform(0, 1, (n, 3)) * [5, 3, 6]))


def four(rng: np.random.Generator, n: int, apart: float = 5.7) -> pd.DataFrame:
    """Four groups whose centres lie so many of their standard deviations apart."""
    centres = np.array([[1, 1, 4], [1, 4, 1], [4, 1, 1], [4, 4, 4]], dtype="float64")
    noise = rng.normal(0, np.sqrt(18) / apart, (n, 3))
    return table_of(np.expm1(np.clip(centres[rng.integers(0, 4, n)] + noise, 0, None)))


SHOP = {"rate": (0.3, 4.0), "leaving": (0.3, 4.0), "weeks": 104}
WORLDS = {
    "BG/NBD, CDNOW": bought,
    "BG/NBD, shop": lambda rng, n: bought(rng, n, **SHOP),
    "one cloud": cloud,
    "evenly spread": even,
    "four groups": four,
}


def found(world: str, *, n: int, repeats: int) -> float:
    """The share of customer bases in which there are clusters."""
    bases = (WORLDS[world](np.random.default_rng(seed), n) for seed in range(repeats))
    return float(np.mean([clusters(base).found for base in bases]))


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    for world in WORLDS:
        for n in (60, 200, 400):
            print(f"{world}, n = {n}: {found(world, n=n, repeats=repeats):.3f}", flush=True)


if __name__ == "__main__":
    main()
