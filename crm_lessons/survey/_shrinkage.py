"""Shrunken means: few answers are pulled towards the mean of all branches."""

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons.sampling import Side

_SPREADS = 60  # how many true spreads of branches are tried


def shrunken(parts: dict[str, Side], *, confidence: float = 0.95) -> pd.DataFrame:
    """Hierarchical means of branches, given ``(mean, variance, n)`` of each.

    The variance of one answer is pooled over branches. How much branches truly differ is not known
    either: every spread (standard deviation τ of their true means) from 0 up to three times what
    is seen counts as equally likely beforehand, and estimate and interval are averages over all of
    them by how well each fits the answers. An interval that takes the likeliest τ for certain
    holds in .83 to .94 of cases for a nominal .95; this one in .92 to .96
    (``benchmarks/claims/survey.py``).

    Returns, by branch: ``shrunken``, ``shrunken_lower``, ``shrunken_upper``, and
    ``weight_of_own``, how much of the estimate is the branch's own, 0 to 1.

    Source: A. Gelman, Bayesian Analysis 1 (2006), for the prior on τ.

    >>> even = {"a": (4.0, 1.0, 50.0), "b": (4.0, 1.0, 8.0)}
    >>> shrunken(even)["shrunken"].round(9).to_list()
    [4.0, 4.0]
    """
    table = pd.DataFrame.from_dict(parts, orient="index", columns=["mean", "variance", "n"])
    free = (table["n"] - 1).clip(lower=0)
    known = table["variance"].notna() & (free > 0)
    columns = ["shrunken", "shrunken_lower", "shrunken_upper", "weight_of_own"]
    if not known.any():
        return pd.DataFrame(np.nan, index=table.index, columns=columns)
    pooled = float((table["variance"] * free)[known].sum() / free[known].sum())
    mean, error = table["mean"].to_numpy(), (pooled / table["n"]).to_numpy()
    if pooled > 0:
        found, spread, own = _averaged(mean, error)
    else:  # all answers of a branch alike: nothing is pulled
        found, spread, own = mean, np.zeros(len(mean)), np.ones(len(mean))
    half = stats.t.ppf(0.5 + confidence / 2, float(free[known].sum())) * spread
    values = [found, found - half, found + half, own]
    return pd.DataFrame(dict(zip(columns, values, strict=True)), index=table.index)


def _averaged(mean: np.ndarray, error: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Estimate, its standard deviation and the weight of one's own, averaged over the spreads."""
    if len(mean) == 1:
        return mean, np.sqrt(error), np.ones(1)
    most = 3 * max(float(np.std(mean, ddof=1)), float(np.sqrt(error.mean())))
    between = np.linspace(0, most, _SPREADS)[:, None] ** 2
    total = error + between
    of_middle = 1 / (1 / total).sum(axis=1, keepdims=True)
    middle = of_middle * (mean / total).sum(axis=1, keepdims=True)
    misfit = np.log(total).sum(axis=1) + ((mean - middle) ** 2 / total).sum(axis=1)
    fit = 0.5 * (np.log(of_middle[:, 0]) - misfit)
    chance = np.exp(fit - fit.max())
    chance /= chance.sum()
    own = between / total
    drawn = middle + own * (mean - middle)
    variance = own * error + (1 - own) ** 2 * of_middle
    found = chance @ drawn
    return found, np.sqrt(chance @ (variance + drawn**2) - found**2), chance @ own
