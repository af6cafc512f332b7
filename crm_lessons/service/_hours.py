"""Opening hours, and how much of them lies between two moments.

On the line of all seconds the open stretches are laid out once, with the time worked before each;
how much was worked between two moments is then the difference of two places on that line. Both
ends go through UTC, so an hour that summer time takes away or gives is neither lost nor counted
twice. Ten million cases take seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.service._calendar import CHINA, HOLIDAY, WORKING_WEEKEND, day_kinds, known_years

CLOSED, AS_USUAL = "closed", "as_usual"
DAY = 24 * 60  # minutes
SECOND = 1_000_000  # microseconds: the unit of every moment here
NOWHEN = np.iinfo(np.int64).min
Stretch = tuple[int, int]  # minutes after midnight: opens, closes; 1440 is the end of the day


@dataclass(frozen=True)
class Hours:
    """When somebody is there: by weekday (0 is Monday), in the local time of ``zone``.

    ``holidays``: ``closed``, or ``as_usual``. ``working_weekends``: the weekday whose hours hold on
    a weekend that is worked. ``own``: days to whether they are worked, before the library's.
    """

    name: str
    days: Mapping[int, tuple[Stretch, ...]]
    zone: str = "Asia/Shanghai"
    country: str = CHINA
    holidays: str = CLOSED
    working_weekends: int = 0
    own: Mapping[object, bool] = field(default_factory=dict)

    @property
    def minutes_a_week(self) -> int:
        """Open minutes of a week without holidays."""
        return sum(closes - opens for day in self.days.values() for opens, closes in day)


@dataclass(frozen=True)
class Clock:
    """Open time laid out: at each of ``edges`` (UTC) so much has been ``worked``; microseconds."""

    edges: np.ndarray
    worked: np.ndarray

    def at(self, moments: np.ndarray) -> np.ndarray:
        """Open time up to each moment, from the start of this clock.

        Between two edges it grows as time does or not at all, so the line is exact: every figure
        is a whole number far below 2^53.
        """
        return np.interp(moments, self.edges, self.worked).astype("int64")

    def when(self, worked: np.ndarray) -> np.ndarray:
        """The first moment at which so much has been worked; `NOWHEN` beyond the clock."""
        place = np.searchsorted(self.worked, worked, side="left")
        inside = np.minimum(place, len(self.worked) - 1)
        found = self.edges[inside] - (self.worked[inside] - worked)
        return np.where(place < len(self.worked), found, NOWHEN)


def clock(hours: Hours, first: pd.Timestamp, last: pd.Timestamp) -> Clock:
    """The open stretches of the days from ``first`` to ``last`` (local), as a `Clock`.

    CrmError as of `day_kinds`.
    """
    kinds = day_kinds(first, last, country=hours.country, own=hours.own)
    weekday = kinds.index.day_of_week.to_numpy().copy()
    weekday[(kinds == WORKING_WEEKEND).to_numpy()] = hours.working_weekends
    shut = (kinds == HOLIDAY).to_numpy() & (hours.holidays == CLOSED)
    opens, closes = [], []
    for number, stretches in hours.days.items():
        own = kinds.index[(weekday == number) & ~shut]
        for start, end in stretches:
            opens.append(own + pd.Timedelta(minutes=start))
            closes.append(own + pd.Timedelta(minutes=end))
    if not sum(map(len, opens)):
        begin = utc([pd.Timestamp(first).normalize()], hours.zone, lenient=True)
        return Clock(begin, np.zeros(1, dtype="int64"))
    # In an hour that comes twice, a shop opens at its first and closes at its second time.
    starts = np.sort(utc(_joined(opens), hours.zone, lenient=True))
    ends = np.sort(utc(_joined(closes), hours.zone, lenient=False, last=True))
    ends = np.maximum(ends, starts)
    starts[1:] = np.maximum(starts[1:], ends[:-1])
    edges = np.column_stack([starts, ends]).ravel()
    length = np.column_stack([np.zeros_like(starts), ends - starts]).ravel()
    worked = np.cumsum(length)
    kept = np.append(True, edges[1:] > edges[:-1])  # stretches that meet are one
    return Clock(edges[kept], worked[kept])


def _joined(parts: list[pd.DatetimeIndex]) -> pd.DatetimeIndex:
    return parts[0].append(parts[1:]) if len(parts) > 1 else parts[0]


def utc(times: object, zone: str, *, lenient: bool = False, last: bool = False) -> np.ndarray:
    """Microseconds since 1970 in UTC; `NOWHEN` where there is no time.

    Times without a zone are local times of ``zone``; those with one are what they are. A local time
    that comes twice, or never, when clocks are changed raises CrmError; the ends of opening hours
    (``lenient``, ``last``) take the first or the last of the two.
    """
    found = pd.DatetimeIndex(times)
    if found.tz is None:
        found = _localized(found, zone, lenient, last)
    whole = found.tz_convert("UTC").as_unit("us")
    return np.where(whole.isna(), NOWHEN, whole.asi8)


def _localized(found: pd.DatetimeIndex, zone: str, lenient: bool, last: bool) -> pd.DatetimeIndex:
    if lenient or last:
        first = np.full(len(found), not last)
        return found.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
    told = found.tz_localize(zone, ambiguous="NaT", nonexistent="NaT")
    unclear = found[told.isna() & found.notna()]
    if len(unclear):
        raise CrmError("service_two_times", zone=zone, time=str(unclear[0]), count=len(unclear))
    return told


def open_time(start: pd.Series, end: pd.Series, hours: Hours) -> pd.Series:
    """Open time between two moments of each row, as timedelta64[us]; negative where they cross.

    Times without a zone are local times of the hours. NaT where either is missing. CrmError where
    a local time is unclear (`utc`), or the calendar ends (`day_kinds`).

    >>> shop = Hours("shop", {day: ((540, 1110),) for day in range(5)})
    >>> friday = pd.Series([pd.Timestamp("2025-03-07 18:00")])
    >>> monday = pd.Series([pd.Timestamp("2025-03-10 10:00")])
    >>> open_time(friday, monday, shop)[0]
    Timedelta('0 days 01:30:00')
    """
    begin, stop = utc(start, hours.zone), utc(end, hours.zone)
    known = (begin != NOWHEN) & (stop != NOWHEN)
    spent = np.full(len(begin), NOWHEN)
    if known.any():
        laid = covering(hours, np.concatenate([begin[known], stop[known]]))
        spent[known] = laid.at(stop[known]) - laid.at(begin[known])
    return pd.Series(spent.view("timedelta64[us]"), index=start.index)


def covering(hours: Hours, moments: np.ndarray, *, ahead: int = 0) -> Clock:
    """A clock over all these moments, and ``ahead`` microseconds of open time after them.

    It ends with the last year that is known where that comes before what is asked ahead.
    """
    ends = pd.DatetimeIndex(np.array([moments.min(), moments.max()]).view("datetime64[us]"))
    first, last = ends.tz_localize("UTC").tz_convert(hours.zone).tz_localize(None)
    further = last
    if ahead and hours.minutes_a_week:
        weeks = 2 + 2 * ahead // (hours.minutes_a_week * 60 * SECOND)
        further = last + pd.Timedelta(days=7 * int(min(weeks, 520)))
    if hours.country == CHINA:
        years = [known_years()[1], *(pd.Timestamp(day).year for day in hours.own)]
        further = max(min(further, pd.Timestamp(max(years), 12, 31)), last)
    return clock(hours, first - pd.Timedelta(days=1), further)
