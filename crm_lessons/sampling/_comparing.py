"""Means compared: Welch's test, and Holm's correction for having looked at many differences.

Who looks at many branches finds differences by chance alone; Holm's correction keeps the chance of
even one false finding at the level of the test.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons.errors import CrmError
from crm_lessons.sampling._intervals import check_confidence

Side = tuple[float, float, float]  # mean, variance of one answer, (effective) number of answers


def holm(p: pd.Series) -> pd.Series:
    """Holm's adjusted p-values; a missing one was not tested and does not count.

    CrmError unless each lies between 0 and 1.

    Source: S. Holm, Scandinavian Journal of Statistics 6 (1979).

    >>> holm(pd.Series([0.01, 0.04, 0.03], index=["a", "b", "c"])).round(2).to_dict()
    {'a': 0.03, 'b': 0.06, 'c': 0.06}
    """
    tested = p.dropna().sort_values(kind="stable")
    if len(tested) and not tested.between(0, 1).all():
        raise CrmError("sampling_p_values")
    factor = np.arange(len(tested), 0, -1)
    adjusted = np.minimum(np.maximum.accumulate(tested.to_numpy() * factor), 1.0)
    return pd.Series(adjusted, index=tested.index, dtype="float64").reindex(p.index)


def holm_levels(p: pd.Series, alpha: float) -> np.ndarray:
    """The level at which Holm's procedure judges each p, ascending, missing ones last.

    It stops at the first that is not small enough; all after it are judged at its level.
    """
    tested = int(p.notna().sum())
    levels = alpha / np.maximum(tested - np.arange(len(p)), 1)
    failed = np.flatnonzero(~(p.to_numpy() <= levels))
    if len(failed):
        levels[failed[0] :] = levels[failed[0]]
    return levels


def contrast(change: float, parts: Sequence[Side]) -> tuple[float, float, float]:
    """Standard error, degrees of freedom (Welch and Satterthwaite) and p of a change in means.

    ``change`` is a sum of the means of ``parts``, each taken once with either sign. All three are
    missing where a variance is; where nobody differs from anybody, the error is 0 and p 0 or 1.

    >>> [round(x, 3) for x in contrast(0.5, [(4.0, 1.0, 20.0), (3.5, 1.0, 20.0)])]
    [0.316, 38.0, 0.122]
    """
    errors = [(variance / n if n else np.nan, n) for _, variance, n in parts]
    total = sum(part for part, _ in errors)
    if np.isnan(total):
        return float("nan"), float("nan"), float("nan")
    if not total > 0:
        return 0.0, float("inf"), float(abs(change) < 1e-12)
    freedom = float(total**2 / sum(part**2 / (n - 1) for part, n in errors if part > 0))
    error = float(np.sqrt(total))
    return error, freedom, 2 * float(stats.t.sf(abs(change) / error, freedom))


def change_interval(
    change: float, parts: Sequence[Side], *, confidence: float = 0.95
) -> tuple[float, float, float]:
    """Lower and upper end and p of a change in means, as `contrast` takes it.

    >>> [round(x, 3) for x in change_interval(0.5, [(4.0, 1.0, 20.0), (3.5, 1.0, 20.0)])]
    [-0.14, 1.14, 0.122]
    """
    check_confidence(confidence)
    error, freedom, p = contrast(change, parts)
    half = float(stats.t.ppf(0.5 + confidence / 2, freedom)) * error
    return change - half, change + half, p


def detectable_change(
    error: object, *, power: float = 0.8, confidence: float = 0.95, comparisons: int = 1
) -> object:
    """The smallest true change of means that a test will show with this power.

    ``error`` is the standard error of the change (a number, an array or a Series: so is the
    result, in the same unit); ``comparisons`` how many changes are looked at (Bonferroni; Holm
    shows a little more).

    Formula: (z₁₋α⁄₂ + z_power) · error. Source: W. G. Cochran, Sampling Techniques (1977).

    >>> round(detectable_change(0.1), 3), round(detectable_change(0.1, comparisons=10), 3)
    (0.28, 0.365)
    """
    check_confidence(confidence)
    level = (1 - confidence) / max(comparisons, 1)
    return float(stats.norm.ppf(1 - level / 2) + stats.norm.ppf(power)) * error


def detectable_r_squared(
    n: int, predictors: int, *, power: float = 0.8, confidence: float = 0.95
) -> float:
    """The smallest true share explained (R²) that the F-test of a regression shows with this power.

    NaN where there are too few answers to test. Source: J. Cohen, Statistical Power Analysis for
    the Behavioral Sciences (1988), chapter 9.

    >>> round(detectable_r_squared(100, 5), 2), round(detectable_r_squared(1000, 5), 3)
    (0.12, 0.013)
    """
    free = n - predictors - 1
    if free < 1:
        return float("nan")
    line = stats.f.ppf(confidence, predictors, free)
    low, high = 0.0, 100.0 * (predictors + n)
    for _ in range(60):
        middle = (low + high) / 2
        enough = stats.ncf.sf(line, predictors, free, middle) >= power
        low, high = (low, middle) if enough else (middle, high)
    return float(high / (high + n))


def welch(
    first: Side, second: Side, *, most: float = float("inf")
) -> tuple[float, float, float, float]:
    """Difference of two means, its standard error, degrees of freedom and p (Welch's t-test).

    ``most``: no more degrees of freedom than that, where answers come in clusters.

    >>> [round(x, 3) for x in welch((4.0, 1.0, 20.0), (3.5, 1.0, 20.0))]
    [0.5, 0.316, 38.0, 0.122]
    """
    difference = first[0] - second[0]
    error, freedom, p = contrast(difference, [first, second])
    if freedom > most and error > 0:
        freedom, p = most, 2 * float(stats.t.sf(abs(difference) / error, most))
    return difference, error, freedom, p
