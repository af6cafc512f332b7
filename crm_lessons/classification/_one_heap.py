"""A customer base as it would be without groups: what clusters have to stand out from."""

import numpy as np
from sklearn.isotonic import isotonic_regression

_BINS = 30
_LONGEST = 5_000  # whole numbers that are counted one by one; a longer range is cut into bins
_PEAKS = 12  # as many of the fullest places are tried as the peak


def in_one_heap(
    measures: np.ndarray, counted: tuple[bool, ...], rng: np.random.RandomState
) -> np.ndarray:
    """The same customers with every measure in one heap: no gap, no second peak.

    Each keeps its rank in each measure, so that measures go together as they did; only the
    distribution of a measure is replaced by the nearest one that rises to a single peak and falls
    (maximum likelihood with one mode, by isotonic regression). Counts stay counts: that most bought
    once is no group. What then still looks grouped is the work of the method.

    ``measures``: customers × measures, on the scale they are clustered on; ``counted``: which are
    log(1 + x) of whole numbers. ``rng`` breaks ties.

    Source: T. Robertson, F. Wright & R. Dykstra, Order Restricted Statistical Inference (1988).

    >>> two = np.r_[np.zeros(40), np.full(40, 9.0)][:, None]
    >>> one = in_one_heap(two, (False,), np.random.RandomState(1))
    >>> bool(((one > 3) & (one < 6)).sum() > 8)
    True
    """
    flat = [
        _flattened(column, whole, rng) for column, whole in zip(measures.T, counted, strict=True)
    ]
    return np.column_stack(flat)


def _flattened(values: np.ndarray, whole: bool, rng: np.random.RandomState) -> np.ndarray:
    order = np.lexsort((rng.random_sample(len(values)), values))
    place = np.empty(len(values))
    place[order] = (np.arange(len(values)) + 0.5) / len(values)
    low, high = values.min(), values.max()
    if low == high:
        return values
    counts = np.rint(np.expm1(values)).astype("int64")
    if whole and np.ptp(counts) < _LONGEST:
        chance = _one_peak(np.bincount(counts - counts.min()))
        steps = np.searchsorted(np.cumsum(chance), place)
        return np.log1p(counts.min() + np.minimum(steps, len(chance) - 1).astype("float64"))
    heights, edges = np.histogram(values, bins=_BINS)
    return np.interp(place, np.r_[0.0, np.cumsum(_one_peak(heights))], edges)


def _one_peak(heights: np.ndarray) -> np.ndarray:
    """The likeliest shares that rise to one peak and fall from there; they sum to 1."""
    heights = heights.astype("float64")
    best, found = -np.inf, heights / heights.sum()
    for peak in np.argsort(-heights, kind="stable")[:_PEAKS]:
        rising = isotonic_regression(heights[: peak + 1])
        falling = isotonic_regression(heights[peak:], increasing=False)
        shape = np.r_[rising[:-1], max(rising[-1], falling[0]), falling[1:]]
        shares = shape / shape.sum()
        fit = float((heights * np.log(np.maximum(shares, 1e-300))).sum())
        if fit > best:
            best, found = fit, shares
    return found
