"""Intervals: how far a figure from a sample may lie from that of all customers.

A mean gets Student's interval, anything else a seeded bootstrap; shares are in
`crm_lessons.sampling._shares`. Where answers carry weights, Kish's effective number of answers,
(Σw)² / Σw², takes the place of their number.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons.errors import CrmError
from crm_lessons.sampling._random import DRAWS, SEED, stream

_AT_ONCE = 4_000_000  # draws times distinct answers that are held in memory together
_ALIKE = 1e-12
Interval = tuple[float, float]
NOTHING: Interval = (float("nan"), float("nan"))


def check_confidence(confidence: float) -> None:
    """CrmError unless the confidence lies between 0 and 1."""
    if not 0 < confidence < 1:
        raise CrmError("confidence_range", confidence=confidence)


def effective(weights: np.ndarray) -> float:
    """How many equally weighted answers say as much as these (Kish).

    >>> effective(np.array([1.0, 1.0, 1.0])), effective(np.array([2.0, 1.0, 1.0])).__round__(2)
    (3.0, 2.67)
    """
    squares = float(np.sum(weights**2))
    return float(np.sum(weights)) ** 2 / squares if squares else 0.0


def moments(values: np.ndarray, weights: np.ndarray) -> tuple[float, float, float]:
    """Weighted mean, unbiased variance and effective number of values without gaps.

    With equal weights these are the ordinary ones. The variance of a single value is missing.

    >>> moments(np.array([1.0, 2.0, 3.0]), np.ones(3))
    (2.0, 1.0, 3.0)
    """
    n = effective(weights)
    if not n:
        return float("nan"), float("nan"), 0.0
    # Sums of levels are exact, sums of shares are not.
    total = float(np.sum(weights))
    mean = float(np.sum(weights * values)) / total
    spread = float(np.sum(weights * (values - mean) ** 2)) / total
    return mean, spread * n / (n - 1) if n > 1 + 1e-9 else float("nan"), n


def moments_seen(values: np.ndarray, weights: np.ndarray) -> tuple[float, float, float]:
    """`moments` of answers in whole levels; where all are alike, as if some unseen were not.

    Six customers who all say 4 do not show that everybody does. Of n alike up to z² ÷ (n + z²) may
    still answer otherwise (Wilson, 95 %), and by a level at least: that share is the variance.

    >>> [round(x, 3) for x in moments_seen(np.array([4.0] * 6), np.ones(6))]
    [4.0, 0.39, 6.0]
    """
    mean, variance, n = moments(values, weights)
    square = float(stats.norm.ppf(0.975)) ** 2
    return mean, square / (n + square) if variance < _ALIKE else variance, n


def mean_interval(mean: float, variance: float, n: float, *, confidence: float = 0.95) -> Interval:
    """Student's interval of a mean; missing for a single answer.

    >>> [round(end, 3) for end in mean_interval(2.0, 1.0, 3.0)]
    [-0.484, 4.484]
    """
    check_confidence(confidence)
    if not n > 1 + 1e-9 or np.isnan(variance):
        return NOTHING
    half = float(stats.t.ppf(0.5 + confidence / 2, n - 1) * np.sqrt(variance / n))
    return mean - half, mean + half


def mean_of(values: pd.Series, *, confidence: float = 0.95) -> tuple[float, float, float]:
    """The mean of those known with Student's interval: mean, lower, upper.

    >>> [round(part, 2) for part in mean_of(pd.Series([1.0, 2.0, 3.0, None]))]
    [2.0, -0.48, 4.48]
    """
    known = values.dropna().to_numpy(dtype="float64")
    if not len(known):
        return (float("nan"),) * 3
    side = moments(known, np.ones(len(known)))
    return float(side[0]), *mean_interval(*side, confidence=confidence)


def ratio_of(part: pd.Series, whole: pd.Series) -> tuple[float, float]:
    """The total of ``part`` over that of ``whole``, and its standard error over customers.

    A margin or a share of an amount: customers are drawn, and with each both of theirs. Linearised:
    √(n/(n − 1) · Σ(part − ratio · whole)²) ÷ Σ whole; missing without a total or with one customer.

    Source: W. G. Cochran, Sampling Techniques (1977), section 6.3.

    >>> [round(x, 3) for x in ratio_of(pd.Series([30.0, 10.0]), pd.Series([100.0, 100.0]))]
    [0.2, 0.1]
    """
    both = pd.DataFrame({"part": part, "whole": whole}).astype("float64").dropna()
    n, total = len(both), float(both["whole"].sum())
    if n < 2 or not total:
        return (float(both["part"].sum() / total) if total else float("nan")), float("nan")
    ratio = float(both["part"].sum() / total)
    off = both["part"] - ratio * both["whole"]
    return ratio, float(np.sqrt(n / (n - 1) * (off**2).sum()) / abs(total))


def bootstrap(
    parts: np.ndarray,
    weights: np.ndarray,
    statistic: Callable[[np.ndarray], np.ndarray],
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> np.ndarray:
    """Bootstrap intervals of figures made of weighted sums over respondents.

    Respondents are drawn with replacement ``draws`` times, each with all answers. The percentiles
    are widened as Student's t is wider than the normal curve (Hesterberg's expanded percentiles),
    since with few respondents plain percentiles are too narrow.

    Parameters
    ----------
    parts
        Respondents × parts; their order changes nothing.
    statistic
        Weighted means of the parts (draws × parts) in, figures (draws × figures) out.

    Returns
    -------
    numpy.ndarray
        Figures × (lower, upper); missing with a single respondent.

    Raises
    ------
    CrmError
        Unless there is at least one draw and the confidence lies between 0 and 1.

    Source: T. Hesterberg, The American Statistician 69 (2015).

    >>> few = np.array([[1.0], [2.0], [3.0], [4.0]])
    >>> bootstrap(few, np.ones(4), lambda means: means).round(2).tolist()
    [[1.0, 4.0]]
    """
    check_confidence(confidence)
    if draws < 1:
        raise CrmError("sampling_draws", draws=draws)
    n = len(parts)
    figures = statistic(np.ones((1, parts.shape[1]))).shape[1]
    if n < 2:
        return np.full((figures, 2), np.nan)
    # Sorted, so that the same respondents are drawn whatever their order; who gave the same answers
    # is drawn together, so that ten thousand respondents cost little more than a hundred.
    rows, counts = np.unique(np.column_stack([parts, weights]), axis=0, return_counts=True)
    random, found = stream(seed), []
    step = max(1, _AT_ONCE // len(rows))
    for start in range(0, draws, step):
        heavy = random.multinomial(n, counts / n, size=min(step, draws - start)) * rows[:, -1]
        found.append(statistic(heavy @ rows[:, :-1] / heavy.sum(axis=1, keepdims=True)))
    found = np.concatenate(found)
    student = stats.t.ppf(0.5 + confidence / 2, n - 1) * np.sqrt(n / (n - 1))
    tail = float(stats.norm.cdf(-student))
    return np.nanquantile(found, [tail, 1 - tail], axis=0).T
