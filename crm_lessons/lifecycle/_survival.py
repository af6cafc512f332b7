"""Who is still there after so long: Kaplan-Meier, the median, and the log-rank test."""

import itertools
import warnings

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons.errors import CrmError
from crm_lessons.sampling import check_confidence, holm


def staying(last: pd.DataFrame, *, as_of: object) -> pd.DataFrame:
    """How long each customer was watched, and whether they were lost by then: for `survival`.

    Outside a contract leaving is never seen. What can be seen is the day on which a silence grew
    longer than the limit: on it somebody is lost for the first time, and up to it or to ``as_of``
    they count as there. So a customer is censored where the data end, never counted as leaving.

    ``last`` from `customers.last_spells`. Returns by customer ``days`` int64 and ``left`` bool.

    >>> last = pd.DataFrame({"first_day": pd.to_datetime(["2024-01-01", "2025-01-01"]),
    ...     "first_lost": pd.to_datetime(["2025-01-05", None])})
    >>> staying(last, as_of="2025-06-01")["days"].to_list()
    [370, 151]
    """
    left = last["first_lost"].notna()
    until = last["first_lost"].fillna(pd.Timestamp(as_of))
    days = (until - last["first_day"]).dt.days.astype("int64")
    return pd.DataFrame({"days": days, "left": left})


def survival(
    time: pd.Series, left: pd.Series, *, groups: pd.Series | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Kaplan-Meier: the share still there after so long, with log-log intervals.

    Parameters
    ----------
    time
        How long each was watched, in any unit.
    left
        Whether they left at the end of it; where false they are censored: gone from view only.
    groups
        Customer to group; missing ones are left out. None: everybody, as the group ``all``.

    Returns
    -------
    pandas.DataFrame
        One row for each ``group`` and time at which somebody left, the first at 0: ``time``,
        ``at_risk`` int64 (watched for at least so long), ``left`` int64, ``share``, ``lower``,
        ``upper`` float64; NaN where the interval cannot be told.

    Raises
    ------
    CrmError
        Times are missing or negative, or nobody is left.

    >>> table = survival(pd.Series([1.0, 2.0, 2.0, 3.0]), pd.Series([True, True, False, True]))
    >>> table["share"].round(3).to_list()
    [1.0, 0.75, 0.5, 0.0]
    """
    check_confidence(confidence)
    parts = [
        _curve(own, confidence).assign(group=name)
        for name, own in _known(time, left, groups).groupby("group", sort=True)
    ]
    columns = ["group", "time", "at_risk", "left", "share", "lower", "upper"]
    return pd.concat(parts, ignore_index=True)[columns]


def median(table: pd.DataFrame) -> pd.Series:
    """When half are gone, by group: the first time at which at most half are there; NaN before."""
    gone = table[table["share"] <= 0.5 + 1e-12].groupby("group")["time"].min()
    return gone.reindex(table["group"].unique()).astype("float64").rename("median")


def compare(time: pd.Series, left: pd.Series, groups: pd.Series) -> pd.DataFrame:
    """Log-rank tests of each two groups: whether they leave alike.

    Returns ``group``, ``other``, ``z`` (positive: the first leaves sooner), ``chi2`` = z², ``p``
    and ``p_holm``, which holds for all pairs together. NaN where nobody left, or where nobody of
    one group was still watched when those of the other left.

    Source: N. Mantel, Cancer Chemotherapy Reports 50 (1966).

    >>> time, left = pd.Series([1.0, 2, 3, 9, 9, 9]), pd.Series([True] * 6)
    >>> compare(time, left, pd.Series(list("aaabbb")))[["group", "other"]].iloc[0].to_list()
    ['a', 'b']
    """
    parts = {name: own for name, own in _known(time, left, groups).groupby("group", sort=True)}
    rows = []
    for one, other in itertools.combinations(parts, 2):
        z, p = float("nan"), float("nan")
        if parts[one]["left"].any() or parts[other]["left"].any():
            with np.errstate(invalid="ignore"):
                test = stats.logrank(_censored(parts[one]), _censored(parts[other]))
            z, p = float(test.statistic), float(test.pvalue)
        rows.append({"group": one, "other": other, "z": z, "chi2": z**2, "p": p})
    table = pd.DataFrame(rows, columns=["group", "other", "z", "chi2", "p"])
    known = table["p"].notna()
    return table.assign(p_holm=pd.Series(holm(table.loc[known, "p"]), table.index[known]))


def _known(time: pd.Series, left: pd.Series, groups: pd.Series | None) -> pd.DataFrame:
    named = pd.Series("all", time.index) if groups is None else groups.reindex(time.index)
    table = pd.DataFrame({"time": time.astype("float64"), "left": left.astype("bool")})
    table = table.assign(group=named)[named.notna()]
    if table.empty or not (table["time"] >= 0).all():
        raise CrmError("lifecycle_watched")
    return table


def _censored(own: pd.DataFrame) -> stats.CensoredData:
    return stats.CensoredData(
        uncensored=own.loc[own["left"], "time"], right=own.loc[~own["left"], "time"]
    )


def _curve(own: pd.DataFrame, confidence: float) -> pd.DataFrame:
    if not own["left"].any():
        return _rows([0.0], own, [1.0], [1.0], [1.0])
    sf = stats.ecdf(_censored(own)).sf
    with warnings.catch_warnings():  # where nobody, or everybody, has left there is no interval
        warnings.simplefilter("ignore", RuntimeWarning)
        ends = sf.confidence_interval(confidence, method="log-log")
    gone = np.isin(sf.quantiles, own.loc[own["left"], "time"].unique())
    start = [] if gone[0] and sf.quantiles[0] == 0 else [0.0]
    ones = [1.0] * len(start)
    return _rows(
        [*start, *sf.quantiles[gone]],
        own,
        [*ones, *sf.probabilities[gone]],
        [*ones, *ends.low.probabilities[gone]],
        [*ones, *ends.high.probabilities[gone]],
    )


def _rows(times: list, own: pd.DataFrame, share: list, lower: list, upper: list) -> pd.DataFrame:
    watched = np.sort(own["time"].to_numpy())
    gone = np.sort(own.loc[own["left"], "time"].to_numpy())
    table = pd.DataFrame({"time": times, "share": share, "lower": lower, "upper": upper})
    at_risk = len(watched) - np.searchsorted(watched, times, side="left")
    left = np.searchsorted(gone, times, side="right") - np.searchsorted(gone, times, side="left")
    return table.assign(at_risk=at_risk, left=left).astype({"at_risk": "int64", "left": "int64"})
