"""Intervals: how far a figure from a sample may lie from that of all customers.

A mean gets Student's interval, a share Wilson's, anything else a seeded bootstrap. Where answers
carry weights, Kish's effective number of answers, (Σw)² / Σw², takes the place of their number.
"""

from collections.abc import Callable

import numpy as np
from scipy import stats

from crm_lessons.errors import CrmError

DRAWS = 2000
Interval = tuple[float, float]
NOTHING: Interval = (float("nan"), float("nan"))


def check_confidence(confidence: float) -> None:
    """CrmError unless the confidence lies between 0 and 1."""
    if not 0 < confidence < 1:
        raise CrmError("survey_confidence", confidence=confidence)


def effective(weights: np.ndarray) -> float:
    """How many equally weighted answers say as much as these (Kish).

    >>> effective(np.array([1.0, 1.0, 1.0])), effective(np.array([2.0, 1.0, 1.0])).__round__(2)
    (3.0, 2.67)
    """
    squares = float(np.sum(weights**2))
    return float(np.sum(weights)) ** 2 / squares if squares else 0.0


def wilson(share: float, n: float, *, confidence: float = 0.95) -> Interval:
    """Wilson's interval of a share found among ``n`` answers; ``n`` may be an effective number.

    Unlike the textbook interval it stays between 0 and 1 and does not shrink to a point when all
    answers are alike. Without answers both ends are missing.

    Source: E. B. Wilson, JASA 22 (1927).

    >>> [round(end, 4) for end in wilson(0.5, 10)]
    [0.2366, 0.7634]
    """
    check_confidence(confidence)
    if not n > 0:
        return NOTHING
    if not 0 <= share <= 1:
        raise CrmError("survey_share", share=share)
    z2 = stats.norm.ppf(0.5 + confidence / 2) ** 2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = np.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    # At 0 and 1 the formula is exact but for the last digit.
    lower = 0.0 if share == 0 else max(0.0, float(middle - half))
    return lower, 1.0 if share == 1 else min(1.0, float(middle + half))


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


def bootstrap(
    parts: np.ndarray,
    weights: np.ndarray,
    statistic: Callable[[np.ndarray], np.ndarray],
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 0,
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

    Source: T. Hesterberg, The American Statistician 69 (2015).

    >>> few = np.array([[1.0], [2.0], [3.0], [4.0]])
    >>> bootstrap(few, np.ones(4), lambda means: means).round(2).tolist()
    [[1.0, 4.0]]
    """
    check_confidence(confidence)
    if draws < 1:
        raise CrmError("survey_draws", draws=draws)
    n = len(parts)
    figures = statistic(np.ones((1, parts.shape[1]))).shape[1]
    if n < 2:
        return np.full((figures, 2), np.nan)
    rows = np.column_stack([parts, weights])
    rows = rows[np.lexsort(rows.T)]  # the same respondents are drawn whatever their order
    times = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws)
    heavy = times * rows[:, -1]
    found = statistic(heavy @ rows[:, :-1] / heavy.sum(axis=1, keepdims=True))
    student = stats.t.ppf(0.5 + confidence / 2, n - 1) * np.sqrt(n / (n - 1))
    tail = float(stats.norm.cdf(-student))
    return np.nanquantile(found, [tail, 1 - tail], axis=0).T
