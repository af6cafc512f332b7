"""Empirical-Bayes means: few answers are pulled towards the mean of all branches."""

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons.sampling import Side


def shrunken(parts: dict[str, Side], *, confidence: float = 0.95) -> pd.DataFrame:
    """Empirical-Bayes means of branches, given ``(mean, variance, n)`` of each.

    The variance of one answer is pooled over branches; the variance between branches is DerSimonian
    and Laird's estimate, and 0 where the branches differ no more than chance would make them: then
    all get the mean of all. The interval adds the uncertainty of that mean and leaves out the one
    of the variance between branches, so it is too narrow: it
    holds in .83 to .94 of cases for a nominal .95, with many branches of ten answers as well.

    >>> even = {"a": (4.0, 1.0, 50.0), "b": (4.0, 1.0, 8.0)}
    >>> shrunken(even)["shrunken"].to_list()
    [4.0, 4.0]
    """
    table = pd.DataFrame.from_dict(parts, orient="index", columns=["mean", "variance", "n"])
    free = (table["n"] - 1).clip(lower=0)
    known = table["variance"].notna() & (free > 0)
    columns = ["shrunken", "shrunken_lower", "shrunken_upper", "weight_of_own"]
    if not known.any():
        return pd.DataFrame(np.nan, index=table.index, columns=columns)
    pooled = float((table["variance"] * free)[known].sum() / free[known].sum())
    error = pooled / table["n"]
    between = between_variance(table["mean"], error)
    if not between + pooled > 0:  # all answers alike
        own = pd.Series(1.0, index=table.index)
        middle, of_middle = float(table["mean"].mean()), 0.0
    else:
        own = between / (between + error)
        heavy = 1 / (between + error)
        middle, of_middle = float((heavy * table["mean"]).sum() / heavy.sum()), 1 / heavy.sum()
    found = middle + own * (table["mean"] - middle)
    spread = np.sqrt(own * error + (1 - own) ** 2 * of_middle)
    half = stats.norm.ppf(0.5 + confidence / 2) * spread
    values = [found, found - half, found + half, own]
    return pd.DataFrame(dict(zip(columns, values, strict=True)))


def between_variance(mean: pd.Series, error: pd.Series) -> float:
    """How much branches differ beyond chance: DerSimonian and Laird's variance, never below 0.

    ``error`` is the variance of each mean. Source: Controlled Clinical Trials 7 (1986).

    >>> between_variance(pd.Series([4.0, 4.0, 4.0]), pd.Series([0.1, 0.1, 0.1]))
    0.0
    """
    if len(mean) < 2 or not (error > 0).all():
        return float(mean.var(ddof=1)) if len(mean) > 1 else 0.0
    heavy = 1 / error
    middle = (heavy * mean).sum() / heavy.sum()
    excess = float((heavy * (mean - middle) ** 2).sum()) - (len(mean) - 1)
    return max(0.0, excess / float(heavy.sum() - (heavy**2).sum() / heavy.sum()))
