"""Shares from samples: Wilson's interval, and how far two shares lie apart."""

from typing import NamedTuple

import numpy as np
from scipy.stats import norm

from crm_lessons.errors import CrmError
from crm_lessons.sampling._intervals import check_confidence


class Difference(NamedTuple):
    """Two shares, their difference (first − second), and its interval."""

    first: float
    second: float
    difference: float
    lower: float
    upper: float


def wilson(successes: object, n: object, *, confidence: float = 0.95) -> tuple:
    """Wilson's interval of a share: lower and upper; NaN where ``n`` is 0.

    Unlike the textbook interval it stays between 0 and 1 and does not shrink to a point when all
    answers are alike. Single counts give floats, arrays and Series give arrays. Where answers carry
    weights both are effective numbers (`crm_lessons.sampling.effective`), so they may be broken.

    CrmError unless the counts fit: 0 ≤ successes ≤ n.

    Source: E. B. Wilson, JASA 22 (1927).

    >>> [round(end, 4) for end in wilson(8, 10)], [round(end, 4) for end in wilson(5, 10)]
    ([0.4902, 0.9433], [0.2366, 0.7634])
    """
    check_confidence(confidence)
    n, successes = np.asarray(n, dtype="float64"), np.asarray(successes, dtype="float64")
    # What is not a number fails every comparison.
    if not ((n >= 0) & (successes >= 0) & (successes <= n)).all():
        raise CrmError("sampling_counts")
    z = norm.ppf(0.5 + confidence / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = successes / n
        middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # At 0 and at n the interval ends there exactly; rounding must not push it beyond.
    lower = np.where(n > 0, np.where(successes == 0, 0.0, np.maximum(middle - half, 0.0)), np.nan)
    upper = np.where(n > 0, np.where(successes == n, 1.0, np.minimum(middle + half, 1.0)), np.nan)
    return (lower, upper) if lower.ndim else (float(lower), float(upper))


def difference(
    successes: float, n: float, other_successes: float, other_n: float, *, confidence: float = 0.95
) -> Difference:
    """How far two shares lie apart, with Newcombe's interval (hybrid of two Wilson intervals).

    Everything is NaN where one of the groups is empty.

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998), method 10.

    >>> [round(value, 3) for value in difference(38, 100, 22, 100)]
    [0.38, 0.22, 0.16, 0.033, 0.28]
    """
    if not n or not other_n:
        return Difference(*[float("nan")] * 5)
    first, second = float(successes / n), float(other_successes / other_n)
    low, up = wilson(successes, n, confidence=confidence)
    other_low, other_up = wilson(other_successes, other_n, confidence=confidence)
    apart = first - second
    below = np.hypot(first - low, other_up - second)
    above = np.hypot(up - first, second - other_low)
    return Difference(first, second, apart, float(apart - below), float(apart + above))
