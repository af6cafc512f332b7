"""Which driver to work on first: how much it matters against how well it is done."""

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import mean_interval

CONFIDENCE = 0.95


def importance_performance(
    importance: pd.Series,
    performance: pd.Series,
    *,
    importance_cut: float | None = None,
    performance_cut: float | None = None,
    lower: pd.Series | None = None,
    upper: pd.Series | None = None,
    answers: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Which driver to work on first: how much it matters against how well it is done.

    ``importance`` is the ``share`` of `drivers`, ``performance`` a mean score or an index. The cuts
    are the means unless given; a driver exactly on a cut counts as high. With the interval of the
    importance, ``certain`` says whether it lies on one side of the cut as a whole. With the
    ``answers`` (respondents × drivers) that ``performance`` is the mean of, it asks the same of the
    performance: whether respondents put the driver above or below their mean of all drivers by
    more than chance would, with all drivers looked at together (Bonferroni).

    Returns a frame with the index ``driver``: ``importance``, ``performance`` float64, ``quadrant``
    text (``improve``: matters, done badly; ``keep``: matters, done well; ``later``: neither;
    ``enough``: matters little, done well), ``certain`` bool (False without an interval). The most
    important first; a driver without one of the two is left out.

    CrmError if no driver is known.

    >>> matters = pd.Series({"speed": 0.6, "price": 0.3, "shop": 0.1})
    >>> done = pd.Series({"speed": 3.0, "price": 4.5, "shop": 3.0})
    >>> importance_performance(matters, done)["quadrant"].to_dict()
    {'speed': 'improve', 'price': 'enough', 'shop': 'later'}
    """
    table = pd.DataFrame({"importance": importance, "performance": performance}).dropna()
    if table.empty:
        raise CrmError("nothing_known")
    cut = table["importance"].mean() if importance_cut is None else importance_cut
    line = table["performance"].mean() if performance_cut is None else performance_cut
    # Rounded, so that the last digit of a mean does not decide on which side equals stand.
    matters, good = ((table - [cut, line]).round(9) >= 0).to_numpy().T
    names = np.where(matters, np.where(good, "keep", "improve"), np.where(good, "enough", "later"))
    certain = pd.Series(False, index=table.index)
    if lower is not None and upper is not None:
        certain = (lower.reindex(table.index) >= cut) | (upper.reindex(table.index) < cut)
        if answers is not None:
            certain &= _apart(answers[list(table.index)])
    table = table.assign(quadrant=pd.array(names, dtype="str"), certain=certain)
    table = table.sort_index().sort_values("importance", ascending=False, kind="stable")
    return table.rename_axis("driver")


def _apart(answers: pd.DataFrame) -> pd.Series:
    """Whether each driver is surely above or below what the same respondents say of all."""
    beside = answers.sub(answers.mean(axis=1), axis=0).agg(["mean", "var", "count"]).T
    confidence = 1 - (1 - CONFIDENCE) / len(beside)
    ends = [mean_interval(*row, confidence=confidence) for row in beside.itertuples(index=False)]
    return pd.Series([lower > 0 or upper < 0 for lower, upper in ends], index=beside.index)
