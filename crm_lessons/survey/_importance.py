"""Which driver to work on first: how much it matters against how well it is done."""

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError

QUADRANTS = ("improve", "keep", "later", "enough")


def importance_performance(
    importance: pd.Series,
    performance: pd.Series,
    *,
    importance_cut: float | None = None,
    performance_cut: float | None = None,
    lower: pd.Series | None = None,
    upper: pd.Series | None = None,
) -> pd.DataFrame:
    """Which driver to work on first: how much it matters against how well it is done.

    ``importance`` is the ``share`` of `drivers`, ``performance`` a mean score or an index. The cuts
    are the means unless given; a driver exactly on a cut counts as high. With the interval of the
    importance, ``certain`` says whether it lies on one side of the cut as a whole.

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
    table = table.assign(quadrant=pd.array(names, dtype="str"), certain=certain)
    table = table.sort_index().sort_values("importance", ascending=False, kind="stable")
    return table.rename_axis("driver")
