"""How well a score sorts: whom one reaches by contacting the highest scores first."""

import numpy as np
import pandas as pd
from scipy.stats import norm
from sklearn.metrics import roc_auc_score

from crm_lessons.errors import CrmError


def gains(score: pd.Series, outcome: pd.Series, *, bins: int = 10) -> pd.DataFrame:
    """The gains and lift table of a score.

    Parameters
    ----------
    score
        By customer; only the order of the scores counts. Missing scores are left out.
    outcome
        By customer, true or false: who responded, bought, stayed.
    bins
        Parts of equal size, the highest scores first; fewer where there are fewer customers.

    Returns
    -------
    pandas.DataFrame
        Index ``part`` 1 … bins. ``customers`` int64; ``reached`` float64, of them the outcome is
        true; ``rate``; from the top down to here ``share_contacted``, ``share_reached`` (of all
        for whom the outcome is true) and ``lift`` (share reached over share contacted). Customers
        with equal scores are taken in random order, on average: so nothing depends on their order.

    Raises
    ------
    CrmError
        If ``bins`` is below 1.

    Examples
    --------
    >>> ids = ["1", "2", "3", "4"]
    >>> gains(pd.Series([0.9, 0.8, 0.2, 0.1], ids), pd.Series([1, 1, 1, 0], ids), bins=2)[
    ...     ["reached", "lift"]].round(3).to_numpy().tolist()
    [[2.0, 1.333], [1.0, 1.0]]
    """
    if bins < 1:
        raise CrmError("targeting_bins", given=bins)
    counts, reached = _steps(score, outcome)
    n = int(counts[-1])
    edges = np.unique(np.round(np.arange(bins + 1) * n / bins).astype("int64"))
    held = np.interp(edges, counts, reached)
    table = pd.DataFrame({"customers": np.diff(edges), "reached": np.diff(held)})
    table["rate"] = table["reached"] / table["customers"]
    table["share_contacted"] = edges[1:] / n
    table["share_reached"] = held[1:] / held[-1]
    table["lift"] = table["share_reached"] / table["share_contacted"]
    return table.set_index(pd.RangeIndex(1, len(table) + 1, name="part"))


def gains_curve(score: pd.Series, outcome: pd.Series) -> pd.DataFrame:
    """The same as a curve from (0, 0) to (1, 1): ``share_contacted`` and ``share_reached``.

    >>> ids = ["1", "2"]
    >>> gains_curve(pd.Series([0.9, 0.1], ids), pd.Series([1, 0], ids)).to_numpy().tolist()
    [[0.0, 0.0], [0.5, 1.0], [1.0, 1.0]]
    """
    counts, reached = _steps(score, outcome)
    shares = {"share_contacted": counts / counts[-1], "share_reached": reached / reached[-1]}
    return pd.DataFrame(shares)


def auc(score: pd.Series, outcome: pd.Series) -> float:
    """The chance that the score is higher for one who did than for one who did not.

    0.5 is tossing a coin, 1 perfect; NaN where everybody did, or nobody.

    >>> ids = ["1", "2", "3"]
    >>> auc(pd.Series([0.9, 0.1, 0.1], ids), pd.Series([1, 1, 0], ids))
    0.75
    """
    scores, outcomes = paired(score, outcome)
    if outcomes.nunique() < 2:
        return float("nan")
    return float(roc_auc_score(outcomes, scores))


def auc_interval(
    score: pd.Series, outcome: pd.Series, *, confidence: float = 0.95
) -> tuple[float, float]:
    """The interval of `auc`, within 0 and 1; NaN where there is none.

    Source: J. A. Hanley & B. J. McNeil, Radiology 143 (1982), formula for rating methods.

    >>> ids = [str(number) for number in range(40)]
    >>> score, outcome = pd.Series(range(40), ids), pd.Series([0, 1, 0, 1, 1] * 8, ids)
    >>> [round(end, 2) for end in auc_interval(score, outcome)]
    [0.36, 0.72]
    """
    area, (_, outcomes) = auc(score, outcome), paired(score, outcome)
    hits, others = int(outcomes.sum()), int((1 - outcomes).sum())
    if np.isnan(area):
        return float("nan"), float("nan")
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    square = area * (1 - area) + (hits - 1) * (one - area**2) + (others - 1) * (two - area**2)
    half = float(norm.ppf(0.5 + confidence / 2) * np.sqrt(square / (hits * others)))
    return max(area - half, 0.0), min(area + half, 1.0)


def paired(score: pd.Series, outcome: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Score and outcome of the customers who have both, sorted by customer.

    Raises CrmError where customers are listed twice or none has both.
    """
    for series in (score, outcome):
        if series.index.has_duplicates:
            raise CrmError("targeting_twice", value=series.index[series.index.duplicated()][0])
    both = pd.DataFrame({"score": score.astype("float64"), "outcome": outcome}).dropna()
    if both.empty:
        raise CrmError("targeting_nobody")
    both = both.sort_index()
    outcomes = both["outcome"].astype("int64")
    if not outcomes.isin([0, 1]).all():
        raise CrmError("targeting_outcome")
    return both["score"], outcomes


def _steps(score: pd.Series, outcome: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """How many customers, and how many of them reached, down to each distinct score."""
    scores, outcomes = paired(score, outcome)
    if not outcomes.any():
        raise CrmError("targeting_none_reached")
    groups = outcomes.groupby(scores.to_numpy()).agg(["size", "sum"]).iloc[::-1].cumsum()
    return np.append(0, groups["size"]), np.append(0, groups["sum"])
