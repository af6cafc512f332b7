"""How sure the figures of concentration are: intervals from customers drawn anew."""

import functools

import numpy as np
import pandas as pd

from crm_lessons.pareto.shares import known
from crm_lessons.sampling import DRAWS, SEED, check_confidence, stream

# Draws times customers, at most: with very many customers fewer draws are as exact.
_WORK, _LEAST = 20_000_000, 200
_AT_ONCE = 500_000  # draws times customers that lie in memory together


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
    n = len(values)
    rows = ["top_share", "gini", "largest"]
    if n < 2:
        return pd.DataFrame(np.nan, index=rows, columns=["lower", "upper"])
    count = int(max(min(draws, _WORK // n), min(draws, _LEAST)))
    drawn = _drawn(values.tobytes(), count, seed, top, k)
    edge = 100 * (1 - confidence) / 2
    ends = np.nanpercentile(drawn, [edge, 100 - edge], axis=0).T.round(10)
    return pd.DataFrame(ends, index=rows, columns=["lower", "upper"])


@functools.lru_cache(maxsize=4)  # a report tells each figure in a sentence of its own
def _drawn(values: bytes, count: int, seed: int, top: float, k: int) -> np.ndarray:
    """The figures of customers drawn anew, ``count`` times: one row a draw, some draws at once."""
    falling, rng = np.frombuffer(values), stream(seed)
    n = len(falling)
    size = max(1, _AT_ONCE // n)
    parts = []
    for start in range(0, count, size):
        rows = min(size, count - start)
        places = rng.randint(0, n, (rows, n)) + n * np.arange(rows)[:, None]
        times = np.bincount(places.ravel(), minlength=rows * n).reshape(rows, n)
        parts.append(_figures(falling, times, top, k))
    return np.concatenate(parts)


def _figures(falling: np.ndarray, times: np.ndarray, top: float, k: int) -> np.ndarray:
    """Share of the top, Gini and CR k; missing without a total.

    ``falling``: amounts in falling order; ``times``: how often each was drawn, one row a draw. What
    the first heads hold grows in straight lines, each as long as a customer was drawn often.
    """
    n = falling.size
    heads, amounts = times.cumsum(axis=1), times * falling
    held = amounts.cumsum(axis=1)
    total = held[:, -1]
    # A customer drawn t times stands t times in a row: Σ t × held − f × t × (t − 1) / 2.
    twice = np.einsum("ij,ij->i", times, amounts) - total
    under = np.einsum("ij,ij->i", times, held) - twice / 2
    found = np.empty((len(times), 3))
    with np.errstate(divide="ignore", invalid="ignore"):
        found[:, 0] = _held_by(top * n, falling, heads, held) / total
        found[:, 1] = 2 * (under / total) / n - 1 - 1 / n
        found[:, 2] = _held_by(min(k, n), falling, heads, held) / total
    found[total <= 0] = np.nan
    return found


def _held_by(first: float, falling: np.ndarray, heads: np.ndarray, held: np.ndarray) -> np.ndarray:
    """What the ``first`` heads of each draw hold together."""
    place = (heads < first).sum(axis=1).clip(max=falling.size - 1)
    rows = np.arange(len(heads))
    return held[rows, place] - falling[place] * (heads[rows, place] - first)
