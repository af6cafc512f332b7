"""Whether a score can be taken at its word: of those with 30 %, do 30 % come?"""

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import wilson
from crm_lessons.targeting._gains import paired

_EDGE = 1e-6  # log-odds of 0 and of 1 have no bound


def calibration(
    score: pd.Series, outcome: pd.Series, *, bins: int = 10, confidence: float = 0.95
) -> pd.DataFrame:
    """Said and come true, by parts of the score from low to high.

    ``score`` is a probability by customer, ``outcome`` true or false. Customers with equal scores
    stay together, so the parts can differ in size. Returns, by ``part``: ``customers`` int64,
    ``said`` (mean score), ``came`` (share), and its Wilson interval ``lower``, ``upper``.

    CrmError if ``bins`` is below 1.

    >>> ids = ["1", "2", "3", "4"]
    >>> table = calibration(pd.Series([0.2, 0.2, 0.7, 0.8], ids), pd.Series([0, 1, 1, 1], ids),
    ...     bins=2)
    >>> table[["said", "came"]].to_numpy().tolist()
    [[0.2, 0.5], [0.75, 1.0]]
    """
    if bins < 1:
        raise CrmError("targeting_bins", given=bins)
    scores, outcomes = _probabilities(score, outcome)
    part = (scores.rank(method="min") - 1) * bins // len(scores)
    part = part.rank(method="dense").astype("int64")
    groups = pd.DataFrame({"score": scores, "outcome": outcomes}).groupby(part)
    table = pd.DataFrame(
        {
            "customers": groups.size().astype("int64"),
            "said": groups["score"].mean(),
            "came": groups["outcome"].mean(),
        }
    ).rename_axis("part")
    reached = groups["outcome"].sum()
    table["lower"], table["upper"] = wilson(reached, table["customers"], confidence=confidence)
    return table


def brier(score: pd.Series, outcome: pd.Series) -> float:
    """The mean squared error of a probability: 0 is perfect; always saying the base rate p gives
    p(1 − p).

    >>> ids = ["1", "2"]
    >>> round(brier(pd.Series([0.8, 0.3], ids), pd.Series([1, 0], ids)), 4)
    0.065
    """
    scores, outcomes = _probabilities(score, outcome)
    return float(((scores - outcomes) ** 2).mean())


def slope(score: pd.Series, outcome: pd.Series) -> tuple[float, float]:
    """Intercept and slope of the outcome on the log-odds of the score: 0 and 1 for a true score.

    A slope below 1 says that high scores are too high and low ones too low (the model has learnt
    noise). Both are NaN where everybody did, nobody did, all scores are equal, or the score
    separates the two perfectly.

    >>> ids = [str(number) for number in range(8)]
    >>> said = pd.Series([0.25] * 4 + [0.75] * 4, ids)
    >>> came = pd.Series([1, 0, 0, 0, 1, 1, 1, 0], ids)
    >>> [round(abs(part), 3) for part in slope(said, came)]
    [0.0, 1.0]
    """
    scores, outcomes = _probabilities(score, outcome)
    clipped = scores.clip(_EDGE, 1 - _EDGE).to_numpy()
    odds, y = np.log(clipped / (1 - clipped)), outcomes.to_numpy()
    came, stayed = odds[y == 1], odds[y == 0]
    # Parted in either direction, or but for ties: then the slope grows without end.
    overlap = came.size and stayed.size and came.min() < stayed.max() and stayed.min() < came.max()
    if not overlap:
        return float("nan"), float("nan")
    return _newton(np.column_stack([np.ones(len(odds)), odds]), y)


def _newton(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Maximum likelihood of a logistic regression with two coefficients."""
    beta = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        weight = np.maximum(p * (1 - p), 1e-12)
        step = np.linalg.solve((x.T * weight) @ x, x.T @ (y - p))
        beta += np.clip(step, -5, 5)
        if np.abs(step).max() < 1e-10:
            break
    return float(beta[0]), float(beta[1])


def _probabilities(score: pd.Series, outcome: pd.Series) -> tuple[pd.Series, pd.Series]:
    scores, outcomes = paired(score, outcome)
    if ((scores < 0) | (scores > 1)).any():
        raise CrmError("targeting_share", given=float(scores[(scores < 0) | (scores > 1)].iloc[0]))
    return scores, outcomes
