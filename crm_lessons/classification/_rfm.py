"""RFM: how recently, how often and for how much a customer bought, each as a score."""

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from crm_lessons.classification._segments import lowest_recent, region_of, segment_of, segments
from crm_lessons.errors import CrmError

# Each measure, its score, and whether more of it is better.
MEASURES = {"recency_days": ("r", False), "orders": ("f", True), "amount": ("m", True)}


def rfm(
    people: pd.DataFrame,
    *,
    bins: int = 5,
    cuts: Mapping[str, Sequence[float]] | None = None,
    win_back_after: int = 30,
) -> pd.DataFrame:
    """Score every customer from 1 to ``bins`` (best) on recency, frequency and amount.

    Without cut points a score is the customer's place among those who bought. Equal customers have
    equal scores, whatever the order of the rows, so a tie is never torn apart:

    - frequency and amount are counted from the worst, (fewer) × bins // customers + 1: where half
      of all customers ordered once, all of them score 1 for frequency and nobody scores 2;
    - recency is counted from the best, bins − (more recent) × bins // customers: a tie takes the
      better place, and whoever bought on the last day has the best score, however many they are.

    A place says nothing of days: where nearly everybody comes every week, the last fifth was here a
    fortnight ago. So whoever bought in the last ``win_back_after`` days has at least the lowest
    recency score that counts as recent (4 of 5), and is in no segment of lost customers.

    Parameters
    ----------
    people
        From ``customers.summarise``: ``recency_days``, ``orders``, ``amount``. A customer without
        a purchase (only refunds) or with a missing measure has no scores and is not counted.
    bins
        How many scores there are, at least 2.
    cuts
        Ascending cut points for any of the three measures, ``bins`` − 1 each, instead of ranks:
        ``{"recency_days": [30, 90, 180, 365]}`` gives 5 for at most 30 days and 1 for more than
        365. A customer exactly on a cut has the better score: "at most 30 days" and "at least
        1,000 yuan" both include the number.
    win_back_after
        Days since the last purchase up to which nobody is called lost, included. Whoever gives cut
        points for ``recency_days`` has stated the days, and it is not asked.

    Returns
    -------
    pandas.DataFrame
        Index and order of ``people``. ``recency_days`` Int64, ``orders`` int64 and ``amount``
        float64 as given; ``r``, ``f``, ``m`` Int64 from 1 to ``bins``; ``segment`` text (see
        `crm_lessons.classification._segments`), both missing where there are no scores.

    Raises
    ------
    CrmError
        There are fewer than two bins, the cut points do not fit, or the days are negative.

    This recency is days since the last purchase to the day of the analysis; the models of
    repeat buying use another one, the time from the first purchase to the last.

    Source: training notes, "RFM 模型" (the three measures; the notes give no rule for scores).

    Examples
    --------
    >>> people = pd.DataFrame({"recency_days": [3, 40, 200], "orders": [9, 1, 1],
    ...                        "amount": [900.0, 80.0, 60.0]}, index=["1", "2", "3"])
    >>> rfm(people, bins=3)[["r", "f", "m"]].to_numpy().tolist()
    [[3, 3, 3], [2, 1, 2], [1, 1, 1]]
    >>> rfm(people, cuts={"recency_days": [30, 90, 180, 365]})["r"].to_list()
    [5, 4, 2]
    """
    given = dict(cuts or {})
    _check(bins, given, win_back_after)
    measures = people[list(MEASURES)]
    bought = measures[measures.notna().all(axis=1) & (measures["orders"] > 0)]
    scores = {}
    for measure, (score, more_is_better) in MEASURES.items():
        values = bought[measure].to_numpy(dtype="float64")
        if measure in given:
            found = _by_cuts(values, given[measure], more_is_better)
        else:
            places = _places(values, bins)
            found = places + 1 if more_is_better else bins - places
        scores[score] = pd.Series(found, index=bought.index, dtype="Int64")
    if "recency_days" not in given:
        here = bought["recency_days"].astype("float64") <= win_back_after
        scores["r"] = scores["r"].mask(here, scores["r"].clip(lower=lowest_recent(bins=bins)))
    scored = pd.DataFrame(scores).reindex(people.index)
    return measures.join(scored).assign(segment=segment_of(scored, bins=bins))


def crowded(scored: pd.DataFrame, *, above: float = 0.20) -> pd.DataFrame:
    """The values that more than ``above`` of those who have scores share, from the result of `rfm`.

    Such a tie fills more than one fifth, so some scores go to nobody. Returns, index ``measure``
    (recency_days, orders, amount; those with such a value only): ``value`` float64, ``customers``
    int64, ``share`` float64.

    >>> people = pd.DataFrame({"recency_days": [3, 4, 5], "orders": [1, 1, 2],
    ...                        "amount": [9.0, 8.0, 7.0]})
    >>> crowded(rfm(people), above=0.4)["customers"].to_dict()
    {'orders': 2}
    """
    known = scored.dropna(subset=["r", "f", "m"])
    counts = {measure: known[measure].astype("float64").value_counts() for measure in MEASURES}
    rows = [
        (measure, count.sort_index().idxmax(), int(count.max()), count.max() / len(known))
        for measure, count in counts.items()
        if len(known) > 1 and count.max() > above * len(known) * (1 + 1e-9)
    ]
    table = pd.DataFrame(rows, columns=["measure", "value", "customers", "share"])
    return table.astype({"value": "float64", "customers": "int64", "share": "float64"}).set_index(
        "measure"
    )


def segment_table(scored: pd.DataFrame) -> pd.DataFrame:
    """Heads, amounts and the action of each segment, from the result of `rfm`.

    Returns a frame with the index ``segment`` (all of them, also when empty, in the order of the
    file): ``customers`` int64, ``customer_share``, ``amount``, ``amount_share`` float64 (of those
    who have a segment), ``amount_per_customer``, ``median_recency_days`` and
    ``orders_per_customer`` float64 (NaN in an empty segment), ``action`` and ``channel`` text.

    >>> people = pd.DataFrame({"recency_days": [3, 40], "orders": [9, 1], "amount": [90.0, 10.0]})
    >>> table = segment_table(rfm(people, bins=2))
    >>> table.loc["general_win_back", ["customers", "amount_share"]].to_list()
    [1.0, 0.1]
    """
    names = [segment.segment for segment in segments()]
    groups = scored.dropna(subset=["segment"]).groupby("segment")
    customers = groups.size().reindex(names, fill_value=0).astype("int64")
    amount = groups["amount"].sum().round(2).reindex(names, fill_value=0.0)
    orders = groups["orders"].sum().reindex(names)
    recency = groups["recency_days"].median().astype("float64").reindex(names)
    heads = customers.where(customers > 0)
    table = pd.DataFrame(
        {
            "customers": customers,
            "customer_share": customers / heads.sum(),
            "amount": amount,
            "amount_share": amount / (amount.sum() or np.nan),
            "amount_per_customer": amount / heads,
            "median_recency_days": recency,
            "orders_per_customer": orders / heads,
            "action": [segment.action for segment in segments()],
            "channel": [segment.channel for segment in segments()],
        }
    )
    return table.rename_axis("segment")


def rfm_tiles(scored: pd.DataFrame, *, bins: int = 5) -> pd.DataFrame:
    """Customers by recency and frequency score: what the RFM map shows, from `rfm`.

    Returns one row for each pair of scores, index ``(r, f)``: ``customers`` int64, ``amount``
    float64, ``amount_per_customer`` float64 (NaN where nobody is) and ``region`` (value, develop,
    keep or win_back).

    >>> people = pd.DataFrame({"recency_days": [3, 40], "orders": [9, 1], "amount": [90.0, 10.0]})
    >>> rfm_tiles(rfm(people, bins=2), bins=2)["region"].to_dict()
    {(1, 1): 'win_back', (1, 2): 'keep', (2, 1): 'develop', (2, 2): 'value'}
    """
    scores = range(1, bins + 1)
    every = pd.MultiIndex.from_product([scores, scores], names=["r", "f"])
    groups = scored.dropna(subset=["r", "f"]).astype({"r": "int64", "f": "int64"})
    groups = groups.groupby(["r", "f"])["amount"]
    customers = groups.size().reindex(every, fill_value=0).astype("int64")
    amount = groups.sum().round(2).reindex(every, fill_value=0.0).astype("float64")
    return pd.DataFrame(
        {
            "customers": customers,
            "amount": amount,
            "amount_per_customer": amount / customers.where(customers > 0),
            "region": [region_of(r, f, bins=bins) for r, f in every],
        }
    )


def _check(bins: int, cuts: dict[str, Sequence[float]], win_back_after: int) -> None:
    if bins < 2:
        raise CrmError("rfm_bins", bins=bins)
    if not win_back_after >= 0:
        raise CrmError("rfm_win_back", days=win_back_after)
    for measure, points in cuts.items():
        if measure not in MEASURES:
            raise CrmError("rfm_cut_measure", measure=measure, known=", ".join(MEASURES))
        ascending = all(one < other for one, other in itertools.pairwise(points))
        if len(points) != bins - 1 or not ascending:
            raise CrmError("rfm_cuts", measure=measure, points=list(points), count=bins - 1)


def _places(values: np.ndarray, bins: int) -> np.ndarray:
    """The part, from 0, of each value by how many are smaller; equal values are in the first."""
    return np.searchsorted(np.sort(values), values, side="left") * bins // max(len(values), 1)


def _by_cuts(values: np.ndarray, points: Sequence[float], more_is_better: bool) -> np.ndarray:
    """Scores by cut points; a value on a cut has the better score, whichever way is better."""
    if more_is_better:
        return np.searchsorted(points, values, side="right") + 1
    return len(points) + 1 - np.searchsorted(points, values, side="left")
