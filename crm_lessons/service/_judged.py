"""Each case against its rule: in time, late, or open and not yet due."""

import numpy as np
import pandas as pd

from crm_lessons.customers.wanted import times
from crm_lessons.errors import CrmError
from crm_lessons.service._hours import NOWHEN, SECOND, Clock, covering, utc
from crm_lessons.service._rules import Rule
from crm_lessons.service._tickets import timed

KEPT, LATE, OPEN = "kept", "late", "open"
VERDICTS = (KEPT, LATE, OPEN)
AUTOMATIC = "automatic_at"
ZONE = "Asia/Shanghai"


def judge(
    cases: pd.DataFrame, rule: Rule, *, as_of: object = None, zone: str = ZONE
) -> pd.DataFrame:
    """Judge every case that a rule applies to: those whose clock has started.

    Parameters
    ----------
    cases
        One row a case, with the columns that the rule names (datetimes, NaT where it has not
        happened) and, if automatic replies count, ``automatic_at``.
    as_of
        When the data were taken; the last of all times in those columns where none is given. What
        happens later is not known yet: a later stop leaves the case open, a later start out.
    zone
        Of times that name none, on a calendar clock; hours have their own.

    Returns
    -------
    pandas.DataFrame
        Index: the cases (of a rule that ends with ``closed_at`` without those of `tickets` that are
        closed nobody knows when). ``started`` (local time), ``due`` (local; the moment at which the
        limit is used up, NaT beyond the calendar), ``minutes`` float64 (on the rule's clock, until
        the stop or else until ``as_of``), ``stopped`` bool, ``verdict``: ``kept`` (stopped by the
        limit, or exactly at it), ``late`` (stopped later, or still open and overdue), ``open`` (not
        yet due, so neither); ``decided`` bool: by ``as_of`` the limit was over, so that the verdict
        could not have been another one. Shares are taken of the decided: a case of the last minutes
        would be seen only if it was answered fast. ``attrs["limit"]`` is the limit in minutes.

    Raises
    ------
    CrmError
        A column is missing or holds no times, nothing has started, a case stops before it starts,
        or as of `crm_lessons.service.open_time`.

    >>> from crm_lessons.service import rules
    >>> answers = ["2024-11-11 20:05:00", "2024-11-11 20:05:01", None]
    >>> cases = pd.DataFrame({"asked_at": pd.to_datetime(["2024-11-11 20:00:00"] * 3),
    ...     "answered_at": pd.to_datetime(answers)})
    >>> judge(cases, rules()["first_answer"], as_of="2024-11-11 20:04:00")["verdict"].to_list()
    ['open', 'open', 'open']
    >>> judge(cases, rules()["first_answer"])["verdict"].to_list()
    ['kept', 'late', 'late']
    """
    cases = timed(cases) if rule.stops == "closed_at" else cases
    local = rule.hours.zone if rule.hours else zone
    starts, stops = times(cases, rule.starts), times(cases, rule.stops)
    begin, end = utc(starts, local), utc(stops, local)
    if rule.automatic:
        automatic = utc(times(cases, AUTOMATIC), local)
        end = np.where(_earlier(automatic, end), automatic, end)
    now = max(begin.max(initial=NOWHEN), end.max(initial=NOWHEN))
    if as_of is not None:
        now = int(utc([pd.Timestamp(as_of)], local)[0])
    applies = (begin != NOWHEN) & (begin <= now)
    if not applies.any():
        raise CrmError("service_nothing_started", rule=rule.name, column=rule.starts)
    begin, index = begin[applies], cases.index[applies]
    end = np.where(end[applies] <= now, end[applies], NOWHEN)
    stopped = end != NOWHEN
    _check_order(begin, end, stopped, index, rule)
    spent, whole, due = _spent(begin, np.where(stopped, end, now), now, rule)
    limit = rule.limit.value // 1000  # microseconds
    late = spent > limit
    verdict = np.where(late, 1, np.where(stopped, 0, 2))  # places in VERDICTS
    table = pd.DataFrame(
        {
            "started": _local(begin, local),
            "due": _local(due, local),
            "minutes": spent / (60 * SECOND),
            "stopped": stopped,
            "verdict": pd.array(VERDICTS, dtype="str").take(verdict),
            "decided": whole > limit,
        }
    ).set_index(index)
    table.attrs["limit"] = rule.minutes
    return table


def _spent(
    begin: np.ndarray, end: np.ndarray, now: int, rule: Rule
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """On the rule's clock, from each start: to its end, to now; and when the limit is used up."""
    limit = rule.limit.value // 1000
    if rule.hours is None:
        return end - begin, now - begin, begin + limit
    if not rule.hours.minutes_a_week:
        raise CrmError("service_never_open", hours=rule.hours.name)
    laid: Clock = covering(rule.hours, np.append(begin, now), ahead=limit)
    before = laid.at(begin)
    return laid.at(end) - before, laid.at(np.array([now])) - before, laid.when(before + limit)


def _earlier(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return (one != NOWHEN) & ((other == NOWHEN) | (one < other))


def _check_order(begin, end, stopped, index: pd.Index, rule: Rule) -> None:
    crossed = np.flatnonzero(stopped & (end < begin))
    if len(crossed):
        told = {"case": str(index[crossed[0]]), "count": len(crossed)}
        raise CrmError("service_stops_first", starts=rule.starts, stops=rule.stops, **told)


def _local(moments: np.ndarray, zone: str) -> pd.DatetimeIndex:
    """UTC microseconds as local times without a zone; NaT for `NOWHEN`."""
    times = pd.DatetimeIndex(moments.view("datetime64[us]"))
    return times.tz_localize("UTC").tz_convert(zone).tz_localize(None)
