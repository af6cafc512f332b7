"""The uplift to count on: what a trial found, less what was found because it stood out."""

import numpy as np
import pandas as pd
from scipy.stats import chi2, norm

from crm_lessons.targeting._trial import deviations

# Groups are told apart at this level; one effect for all must be this many standard errors.
ALIKE, CLEAR = 0.05, 3.0
# True effects, in standard errors, among which the likeliest is taken.
_TRUE = np.linspace(0, 12, 1201)


def proven(table: pd.DataFrame) -> pd.Series:
    """The uplift to count on in each group: what is clear, shrunk to what will come again.

    A group is picked because its figure was high, and the next campaign brings less: the winner's
    curse. What is not clear counts as 0; what is clear counts as the mean of two estimates. One is
    the true effect under which a figure that high is likeliest, *given that it was high enough to
    be picked* (Zhong & Prentice 2008): just over the line little is left. The other draws each
    group towards all together, the more the less the groups differ (empirical Bayes, the spread
    by DerSimonian & Laird 1986).

    Where the groups do not differ (Cochran's Q, p above 0.05) their common effect is taken for all,
    if it is three standard errors from 0; else each group's own, if the interval of
    `uplift_by_group`, which holds for all groups at once, leaves out 0. What was promised against
    what came in simulated trials stands in ``benchmarks/claims/uplift.py``.

    ``table`` from `uplift_by_group`. By group, float64, named ``uplift``.

    >>> table = pd.DataFrame({"treated": [900, 900], "control": [900, 900],
    ...     "treated_share": [0.5, 0.3], "control_share": [0.3, 0.3],
    ...     "uplift": [0.2, 0.0], "lower": [0.15, -0.05], "upper": [0.25, 0.05]})
    >>> proven(table).round(2).to_list()
    [0.2, 0.0]
    """
    known = table[(table["treated"] > 0) & (table["control"] > 0)]
    found = pd.Series(0.0, table.index, name="uplift")
    if known.empty:
        return found
    uplift, error, apart = deviations(known)
    if len(known) > 1 and chi2.sf(apart, len(known) - 1) > ALIKE:
        mean, of_mean = _together(uplift, error, 0.0)
        kept = max(0.0, 1 - (of_mean / mean) ** 2) if mean else 0.0
        found[known.index] = (_likeliest(mean, of_mean, CLEAR) + mean * kept) / 2
        # What is not clear counts for nothing, whatever the second estimate says.
        return found if abs(mean) > CLEAR * of_mean else found * 0.0
    line = norm.ppf(1 - 0.025 / len(table))
    drawn = _drawn_together(uplift, error, apart) if len(known) > 1 else known["uplift"]
    for name, row in known.iterrows():
        value = float(row["uplift"])
        # The interval decides what is clear: nothing is counted on whose line touches 0.
        end = value - row["lower"] if value > 0 else row["upper"] - value
        if abs(value) > end:
            found[name] = (_likeliest(value, end / line, line) + float(drawn[name])) / 2
    return found


def _together(uplift: pd.Series, error: pd.Series, spread: float) -> tuple[float, float]:
    """The mean of all groups and its standard error, with the variance between them."""
    weight = 1 / (error**2 + spread)
    return float((weight * uplift).sum() / weight.sum()), float(weight.sum() ** -0.5)


def _drawn_together(uplift: pd.Series, error: pd.Series, apart: float) -> pd.Series:
    """Each group's uplift drawn towards the mean of all: empirical Bayes."""
    weight = 1 / error**2
    scale = weight.sum() - (weight**2).sum() / weight.sum()
    spread = max(0.0, (apart - (len(uplift) - 1)) / scale)
    mean, _ = _together(uplift, error, spread)
    return mean + (uplift - mean) * spread / (spread + error**2)


def _likeliest(value: float, error: float, line: float) -> float:
    """The likeliest true effect, given that ``value`` lies beyond ``line`` standard errors."""
    far = abs(value) / error if error > 0 else np.inf
    if not line < far <= _TRUE[-1]:
        return value if far > line else 0.0
    chance = norm.sf(line - _TRUE) + norm.cdf(-line - _TRUE)
    return float(np.sign(value) * error * _TRUE[np.argmax(norm.pdf(far - _TRUE) / chance)])
