"""The shop's calendar: campaigns stretch or shrink time, and buying happens in stretched time.

A day of Double 11 lasts as long as four plain days. Buying times drawn in stretched weeks and laid
on the calendar give a seasonal shop whose BG/NBD parameters can still be recovered.
"""

from bisect import bisect_right
from datetime import date, timedelta
from itertools import accumulate

START = date(2022, 10, 21)
END = date(2025, 10, 20)
DAYS = (END - START).days + 1
WEEKS = DAYS / 7

SPRING_FESTIVALS = (date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29))
FACTORS = {"double_11": 4.0, "mid_year": 2.2, "new_year": 1.6, "spring_festival": 0.25}
CAMPAIGNS = ("double_11", "mid_year", "new_year")


def windows() -> list[tuple[str, date, date]]:
    """Name, first and last day of every special time in the period."""
    found = []
    for year in range(START.year, END.year + 1):
        found.append(("double_11", date(year, 11, 1), date(year, 11, 11)))
        found.append(("mid_year", date(year, 6, 1), date(year, 6, 18)))
    for feast in SPRING_FESTIVALS:
        found.append(("new_year", feast - timedelta(28), feast - timedelta(8)))
        found.append(("spring_festival", feast - timedelta(3), feast + timedelta(6)))
    inside = [w for w in found if w[1] >= START and w[2] <= END]
    return sorted(inside, key=lambda window: window[1])


def _season_of_days() -> list[str]:
    names = [""] * DAYS
    for name, first, last in windows():
        for day in range((first - START).days, (last - START).days + 1):
            names[day] = name
    return names


SEASON = _season_of_days()
_weights = [FACTORS.get(name, 1.0) for name in SEASON]
# Scaled so that the whole period is as long in stretched weeks as on the calendar.
_ENDS = [total * WEEKS / sum(_weights) for total in accumulate(_weights)]


def day_of(week: float) -> int:
    """Calendar day (0 = first day) on which the stretched week falls."""
    return min(bisect_right(_ENDS, week), DAYS - 1)


def week_of(day: int) -> float:
    """Stretched week at the beginning of a calendar day."""
    return _ENDS[day - 1] if day else 0.0


def on(day: int) -> date:
    return START + timedelta(day)


def day_number(when: date) -> int:
    return (when - START).days
