"""How sure the figures of concentration are: intervals from customers drawn anew."""

import numpy as np
import pandas as pd

from crm_lessons.pareto.shares import known
from crm_lessons.sampling import DRAWS, SEED, check_confidence, stream

# Draws times customers, at most: with very many customers fewer draws are as exact.
_WORK, _LEAST = 20_000_000, 200


def intervals(
    amount: pd.Series,
    *,
    top: float = 0.20,
    k: int = 10,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Intervals of `share_of_top`, `gini` and the share of the largest ``k`` (CR k).

    Customers are drawn with replacement, as many as there are (percentile bootstrap): by how much
    would the figures differ with other customers of the same kind? The same customers give the same
    interval, whatever the order of rows. With few customers, one of whom is very large, it is too
    narrow all the same.

    Returns float64 ``lower`` and ``upper`` (shares) for ``top_share``, ``gini`` and ``largest``;
    missing with a single customer. Errors as in `share_of_top`.

    >>> intervals(pd.Series([10.0] * 20)).loc["top_share"].to_list()
    [0.2, 0.2]
    """
    check_confidence(confidence)
    values = known(amount)[::-1]
    n, rng = len(values), stream(seed)
    rows = ["top_share", "gini", "largest"]
    if n < 2:
        return pd.DataFrame(np.nan, index=rows, columns=["lower", "upper"])
    count = int(max(min(draws, _WORK // n), min(draws, _LEAST)))
    drawn = np.array([_figures(values[_again(n, rng)], top, k) for _ in range(count)])
    edge = 100 * (1 - confidence) / 2
    ends = np.nanpercentile(drawn, [edge, 100 - edge], axis=0).T.round(10)
    return pd.DataFrame(ends, index=rows, columns=["lower", "upper"])


def _again(n: int, rng: np.random.RandomState) -> np.ndarray:
    """Places drawn with replacement, in rising order."""
    return np.repeat(np.arange(n), np.bincount(rng.randint(0, n, n), minlength=n))


def _figures(falling: np.ndarray, top: float, k: int) -> tuple[float, float, float]:
    """Share of the top, Gini and CR k of amounts in falling order; missing without a total."""
    total, n = falling.sum(), len(falling)
    if total <= 0:
        return (np.nan,) * 3
    held = np.concatenate([[0.0], np.cumsum(falling)]) / total
    heads = np.arange(n + 1)
    share, largest = np.interp([top * n, min(k, n)], heads, held)
    return share, 2 * float(held[1:].sum()) / n - 1 - 1 / n, largest
