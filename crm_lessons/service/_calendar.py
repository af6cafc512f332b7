"""Which days are worked: public holidays and working weekends of China, or a table of one's own.

China moves weekends: before a long holiday a Saturday or Sunday is worked. The days come from the
library chinesecalendar (MIT; 2004 to 2026 in version 1.11, one year more each autumn); `holidays`
(MIT) gives the same days but one in 2005 at ninety times the size; `workalendar` ends in 2023.
Nothing is guessed beyond the last year that it knows.
"""

from collections.abc import Mapping

import chinese_calendar
import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError

USUAL, HOLIDAY, WORKING_WEEKEND = "usual", "holiday", "working_weekend"
CHINA, NOBODYS = "cn", "none"
COUNTRIES = (CHINA, NOBODYS)
Days = Mapping[object, bool]


def known_years() -> tuple[int, int]:
    """The first and the last year whose holidays the library knows.

    >>> known_years()[0]
    2004
    """
    listed = chinese_calendar.holidays
    return min(listed).year, max(listed).year


def day_kinds(
    first: object, last: object, *, country: str = CHINA, own: Days | None = None
) -> pd.Series:
    """What each day from ``first`` to ``last`` is: usual, a holiday, or a weekend that is worked.

    Parameters
    ----------
    country
        ``cn``, or ``none``: no public holidays but those of ``own``.
    own
        Day to whether it is worked; it overrides the library. A year in which it has any day is
        taken to be told whole by it where the library ends.

    Returns
    -------
    pandas.Series
        Index: the days. Text: ``usual`` (Monday to Friday worked, weekends not, as the hours have
        it), ``holiday``, ``working_weekend``.

    Raises
    ------
    CrmError
        An unknown country, or a day in a year that neither knows.

    >>> day_kinds("2025-01-26", "2025-01-29").to_list()
    ['working_weekend', 'usual', 'holiday', 'holiday']
    """
    days = pd.date_range(pd.Timestamp(first).normalize(), pd.Timestamp(last).normalize())
    kinds = pd.Series(USUAL, index=days, dtype="str")
    told = {pd.Timestamp(day).normalize(): bool(worked) for day, worked in (own or {}).items()}
    if country not in COUNTRIES:
        raise CrmError("service_country", given=country, known=", ".join(COUNTRIES))
    if country == CHINA:
        _check_years(days, {day.year for day in told})
        kinds[days.isin(pd.DatetimeIndex(list(chinese_calendar.holidays)))] = HOLIDAY
        kinds[days.isin(pd.DatetimeIndex(list(chinese_calendar.workdays)))] = WORKING_WEEKEND
    own_days = pd.Series(list(told.values()), pd.DatetimeIndex(list(told)), dtype="bool")
    own_days = own_days[own_days.index.isin(days)]
    worked = own_days.index[own_days]
    kinds[own_days.index[~own_days]] = HOLIDAY
    kinds[worked] = np.where(worked.day_of_week < 5, USUAL, WORKING_WEEKEND)
    return kinds


def _check_years(days: pd.DatetimeIndex, told: set[int]) -> None:
    first, last = known_years()
    years = np.unique(days.year)
    unknown = [int(y) for y in years if not first <= y <= last and y not in told]
    if unknown:
        raise CrmError("service_calendar_ends", year=unknown[-1], first=first, last=last)
