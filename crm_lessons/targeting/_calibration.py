"""Whether a score can be taken at its word: of those with 30 %, do 30 % come?"""

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import wilson
from crm_lessons.targeting._gains import paired


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


def _probabilities(score: pd.Series, outcome: pd.Series) -> tuple[pd.Series, pd.Series]:
    scores, outcomes = paired(score, outcome)
    if ((scores < 0) | (scores > 1)).any():
        raise CrmError("targeting_share", given=float(scores[(scores < 0) | (scores > 1)].iloc[0]))
    return scores, outcomes
