"""What goes with a slow answer: orders, satisfaction, complaints, as they are and on like work.

A comparison and not an experiment: buyers at night wait longer, and order less for other reasons.
What is left after hour and kind are made alike may still come of what nobody has recorded.
"""

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons.errors import CrmError
from crm_lessons.sampling import difference, welch
from crm_lessons.service._like import Fit, aligned, described, levels

EDGES = (1.0, 3.0, 5.0, 10.0)  # minutes


def bins(judged: pd.DataFrame, *, edges: Sequence[float] = EDGES) -> pd.Series:
    """The bin of each case by its minutes: ``≤ 1``, ``1–3`` … ``> 10``; an edge belongs below it.

    Who still waited when the data were taken is in the last bin from its edge on, and missing
    before it: nobody knows how long they will wait.

    >>> judged = pd.DataFrame({"minutes": [5.0, 5.1, 2.0, 9.0]})
    >>> judged["stopped"] = [True, True, False, False]
    >>> bins(judged, edges=[3, 5]).to_list()
    ['3–5', '> 5', nan, '> 5']
    """
    ends = sorted({float(edge) for edge in edges})
    if not ends or ends[0] <= 0:
        raise CrmError("service_edges", given=", ".join(map(str, edges)) or "—")
    between = [f"{low:g}–{high:g}" for low, high in itertools.pairwise(ends)]
    names = [f"≤ {ends[0]:g}", *between, f"> {ends[-1]:g}"]
    place = np.searchsorted(ends, judged["minutes"].to_numpy(), side="left")
    unknown = ~judged["stopped"].to_numpy() & (place < len(ends))
    place = np.where(unknown, -1, place)
    cut = pd.Categorical.from_codes(place, categories=names, ordered=True)
    return pd.Series(cut, judged.index, name="wait")


def follows(
    judged: pd.DataFrame,
    outcome: pd.Series,
    *,
    like: Sequence[pd.Series] = (),
    edges: Sequence[float] = EDGES,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """An outcome by how long the answer took, each bin held against the fastest one.

    Parameters
    ----------
    judged
        From `judge`.
    outcome
        Per case: yes or no (ordered, complained), or a number (satisfaction); missing ones out.
    like
        What has to be alike before bins are compared: hour, kind of question (`on_like_work`).

    Returns
    -------
    pandas.DataFrame
        Index: the `bins` that occur, the fastest first. ``n``, ``mean``, ``lower``, ``upper`` as
        they are; ``difference``, ``difference_lower``, ``difference_upper`` from the fastest
        (Newcombe's interval of shares, Welch's of means); ``adjusted``, ``adjusted_lower``,
        ``adjusted_upper`` and ``adjusted_difference`` with its ends on like work; missing in the
        first row, and where no work is alike.

    CrmError if an edge is not above 0, or no case is left.

    >>> judged = pd.DataFrame({"minutes": [0.5, 9.0] * 40, "stopped": True})
    >>> ordered = pd.Series([True, False, True, True] * 20)
    >>> follows(judged, ordered, edges=[5])[["n", "mean", "difference"]].to_numpy().tolist()
    [[40.0, 1.0, nan], [40.0, 0.5, -0.5]]
    """
    wait = bins(judged, edges=edges)
    names = list(wait.cat.categories)
    known, code, strata = aligned(outcome.reindex(judged.index), wait.cat.codes, like)
    known, strata = known[code >= 0], [one[code >= 0] for one in strata]
    code = code[code >= 0]
    if known.empty:
        raise CrmError("service_no_outcome")
    table = described(known, code, confidence=confidence)
    fit = Fit(known, code, strata)
    is_share = bool(known.isin([0.0, 1.0]).all())
    first = known[code == code.min()]
    z = stats.norm.ppf(0.5 + confidence / 2)
    raw, like_for_like = [(np.nan,) * 3], [(np.nan,) * 3]
    for place, number in enumerate(table.index[1:], start=1):
        own = known[code == number]
        raw.append(_apart(own, first, is_share, confidence))
        by, error = fit.apart(place, 0)
        like_for_like.append((by, by - z * error, by + z * error))
    ends = ("", "_lower", "_upper")
    table[[f"difference{end}" for end in ends]] = raw
    adjusted = levels(fit, known, confidence)
    adjusted[fit.joined != fit.joined[0]] = np.nan
    table[[f"adjusted{end}" for end in ends]] = adjusted
    table[[f"adjusted_difference{end}" for end in ends]] = like_for_like
    return table.set_axis(pd.Index([names[n] for n in table.index], name="wait"))


def _apart(own: pd.Series, first: pd.Series, is_share: bool, confidence: float) -> tuple:
    if is_share:
        sums = own.sum(), len(own), first.sum(), len(first)
        return tuple(difference(*sums, confidence=confidence)[2:])
    sides = [(part.mean(), part.var(), len(part)) for part in (own, first)]
    by, error, freedom, _ = welch(*sides)
    half = stats.t.ppf(0.5 + confidence / 2, freedom) * error
    return by, by - half, by + half
