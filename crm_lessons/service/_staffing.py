"""How many people at what hour: arrivals by half-hour, waiting for an agent, agents needed.

Times are in minutes. An agent who looks after ``at_once`` chats counts as so many places, and
``handling`` is then the time that a chat takes *while* an agent has so many: longer than alone.
Arrivals are taken as random at a steady rate within a window, times as exponential: real days
scatter more, so a plan for the mean day is short on half of the days (see `arrivals`).
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import mean_of
from crm_lessons.service import _queue
from crm_lessons.value.formulas import AMOUNT, COUNT, POSITIVE, Figure, Range, checked, formula

WINDOW = 30.0  # minutes
_SHARE = Range(0, 1, open_low=True, open_high=True)
_OFF = Range(0, 1, open_high=True)
_ONE = Range(1, whole=True)
_MOST = 20_000  # agents; what needs more is a wrong unit


def arrivals(
    started: pd.Series,
    *,
    window: float = WINDOW,
    days: Iterable[object] | None = None,
    busy: float = 0.9,
) -> pd.DataFrame:
    """How many arrive in each window of a day: on the mean day and on a busy one.

    Parameters
    ----------
    started
        When each chat, call or case began; missing times are left out.
    window
        Minutes; a day must hold a whole number of them.
    days
        The days that count, whether somebody came or not (open days, the days of a campaign).
        None: every day from the first to the last.
    busy
        The share of days that brought no more than ``busy_day``.

    Returns
    -------
    pandas.DataFrame
        Index ``time_of_day`` (text, ``"09:30"``), all windows of a day. ``days``, ``count`` int64;
        ``mean`` a day with its interval ``lower`` and ``upper`` over days, ``busy_day`` float64.

    Raises
    ------
    CrmError
        No time is known, no day counts, or the windows do not fill a day.

    >>> table = arrivals(pd.Series(pd.to_datetime(["2025-11-11 20:05", "2025-11-11 20:10"])))
    >>> table.loc["20:00", ["days", "count", "mean"]].to_list()
    [1.0, 2.0, 2.0]
    """
    checked("window", window, POSITIVE)
    checked("share", busy, _SHARE)
    many = round(1440 / window)
    if abs(many * window - 1440) > 1e-6:
        raise CrmError("service_windows", window=window)
    known = started.dropna()
    on = known.dt.normalize()
    open_days = pd.date_range(on.min(), on.max()) if days is None and len(on) else days
    open_days = pd.DatetimeIndex(list(() if open_days is None else open_days)).normalize().unique()
    if known.empty or open_days.empty:
        raise CrmError("service_no_arrivals")
    place = open_days.get_indexer(on)
    slot = ((known - on).dt.total_seconds() // (60 * window)).to_numpy().astype("int64")
    cells = (place * many + slot)[place >= 0]
    by_day = np.bincount(cells, minlength=len(open_days) * many).reshape(len(open_days), many)
    means = [mean_of(pd.Series(one, dtype="float64")) for one in by_day.T]
    begins = [pd.Timestamp(0) + pd.Timedelta(minutes=window * one) for one in range(many)]
    return pd.DataFrame(
        {
            "days": np.full(many, len(open_days), dtype="int64"),
            "count": by_day.sum(axis=0).astype("int64"),
            "mean": [one[0] for one in means],
            "lower": [max(one[1], 0.0) if one[1] == one[1] else one[1] for one in means],
            "upper": [one[2] for one in means],
            "busy_day": np.quantile(by_day, busy, axis=0, method="higher").astype("float64"),
        },
        index=pd.Index([f"{one:%H:%M}" for one in begins], name="time_of_day"),
    )


def queue(
    arriving: Figure,
    agents: object,
    *,
    handling: float,
    limit: float,
    patience: float | None = None,
    at_once: int = 1,
    window: float = WINDOW,
) -> pd.DataFrame:
    """What customers meet with so many agents at work: Erlang C, with ``patience`` Erlang A.

    Parameters
    ----------
    arriving
        How many come in a window; a number, or a Series by window.
    agents
        Whole numbers of agents who are there and not on a break; a number, or as many as windows.
    handling
        Minutes that one chat takes, after-work included.
    limit
        Minutes within which an answer is in time; an answer exactly at it is.
    patience
        Minutes after which those who wait have gone away on average (not those who went away: the
        mean of those is too short). None: nobody does, and where more work comes than can be done
        the queue grows without end: ``in_time`` 0, ``mean_wait`` infinite.
    at_once
        Chats that an agent looks after at the same time.

    Returns
    -------
    pandas.DataFrame
        Index: that of a Series given, else the agents. ``arriving``, ``agents``, ``load`` in
        erlangs (chats going on if nobody waited), ``occupancy`` (of the places, at most 1),
        ``waiting`` (share who do not get an answer at once), ``in_time`` (share of *all* who come
        that is answered within the limit), ``mean_wait`` minutes of all, ``abandoned``. Where
        nobody comes the shares are missing.

    Raises
    ------
    CrmError
        A figure cannot be: a time of 0 or less, agents that are not whole.

    Source: Koole, Call Center Mathematics (2007), ch. 4 (Erlang C); Mandelbaum & Zeltyn, The
    Palm/Erlang-A Queue (2005).

    Examples
    --------
    >>> told = queue(360, 55, handling=4, limit=0.25)
    >>> told[["waiting", "in_time", "mean_wait"]].round(3).iloc[0].to_list()
    [0.239, 0.846, 0.136]
    """
    for name, value in {"handling": handling, "window": window}.items():
        checked(name, value, POSITIVE)
    checked("limit", limit, AMOUNT)
    checked("at_once", at_once, _ONE)
    if patience is not None:
        checked("patience", patience, POSITIVE)
    coming = _arriving(arriving)
    staff = _staff(agents)
    index = coming.index if isinstance(coming, pd.Series) else None
    many, people = np.broadcast_arrays(np.atleast_1d(np.asarray(coming, float)), staff)
    rate, places = many / window, people.astype("int64") * int(at_once)
    known = np.nan_to_num(rate)
    if patience is None:
        found = _queue.patient(known, handling, places, limit)
    else:
        found = _queue.impatient(known, handling, places, limit, patience)
    told = {name: np.where(rate > 0, one, np.nan) for name, one in found.items()}
    table = pd.DataFrame(told, index=pd.Index(people) if index is None else index)
    load = rate * handling
    served = load * (1 - np.nan_to_num(table["abandoned"].to_numpy()))
    with np.errstate(divide="ignore", invalid="ignore"):
        used = np.where(places > 0, np.minimum(served / places, 1.0), np.nan)
    first = {"arriving": many, "agents": people.astype("int64"), "load": load, "occupancy": used}
    return pd.concat([pd.DataFrame(first, index=table.index), table], axis=1)


def staffing(
    arriving: Figure,
    *,
    handling: float,
    limit: float,
    share: float = 0.8,
    patience: float | None = None,
    at_once: int = 1,
    shrinkage: float = 0.0,
    window: float = WINDOW,
) -> pd.DataFrame:
    """The fewest agents who answer a ``share`` of all in time, window by window, and one less.

    ``shrinkage``: the share of paid time in which an agent cannot answer (breaks, meetings,
    training, sickness): ``rostered`` = agents / (1 − shrinkage), rounded up. Other arguments as in
    `queue`.

    Returns the columns of `queue` for the agents needed (0 where nobody comes), then ``rostered``
    int64, and ``in_time_less``, ``mean_wait_less``, ``abandoned_less``: the same with one less.

    CrmError if a figure cannot be; a share of 1 is out of any number's reach.

    >>> table = staffing(100, handling=3, limit=1 / 3, shrinkage=0.3, share=0.8)
    >>> table[["agents", "rostered", "in_time", "in_time_less"]].round(3).iloc[0].to_list()
    [14.0, 20.0, 0.888, 0.796]
    """
    checked("share", share, _SHARE)
    checked("shrinkage", shrinkage, _OFF)
    how = {"handling": handling, "limit": limit, "patience": patience}
    how |= {"at_once": at_once, "window": window}
    coming = _arriving(arriving)
    series = coming if isinstance(coming, pd.Series) else pd.Series([float(coming)])
    missing = queue(series, 0, **how)["in_time"].isna().to_numpy()
    agents = np.where(missing, 0, _fewest(series, share, missing, how))
    table = queue(series, agents, **how)
    less = queue(series, np.maximum(agents - 1, 0), **how)
    told = ["in_time", "mean_wait", "abandoned"]
    less = less[told].where(pd.Series(agents > 0, series.index), axis=0).add_suffix("_less")
    paid = np.ceil(agents / (1 - shrinkage) - 1e-9).astype("int64")
    return pd.concat([table.assign(rostered=paid), less], axis=1)


@formula(arriving=AMOUNT)
def _arriving(arriving: Figure) -> Figure:
    return arriving


def _staff(agents: object) -> np.ndarray:
    found = np.atleast_1d(np.asarray(agents))
    for one in np.unique(found):
        checked("agents", one.item(), COUNT)
    return found.astype("int64")


def _fewest(series: pd.Series, share: float, done: np.ndarray, how: dict) -> np.ndarray:
    """More agents never answer fewer in time, so halving the gap finds the fewest."""

    def enough(agents: np.ndarray) -> np.ndarray:
        return done | (queue(series, agents, **how)["in_time"].to_numpy() >= share - 1e-12)

    low, high = np.zeros(len(series), dtype="int64"), np.ones(len(series), dtype="int64")
    while not (met := enough(high)).all():
        low, high = np.where(met, low, high), np.where(met, high, 2 * high)
        if high.max() > _MOST:
            raise CrmError("service_agents_most", most=_MOST)
    while (high - low > 1).any():
        middle = (low + high) // 2
        met = enough(middle)
        low, high = np.where(met, low, middle), np.where(met, middle, high)
    return high
