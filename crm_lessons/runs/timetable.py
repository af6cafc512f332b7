"""A class on a calendar: which lesson on which day, from the guides and a wish.

A day holds so many class hours of 45 minutes, as the training notes count. A lesson is not broken
off for the night unless it is longer than a day; what is left of a day is practice.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from crm_lessons import service, wording
from crm_lessons.course import guide
from crm_lessons.course.guide import DEEPER
from crm_lessons.errors import CrmError
from crm_lessons.runs import lessons, pace

CLASS_HOUR, BREAK = 45, 10  # minutes
HOURS = 12  # the course of the training notes: six units of two class hours
SHORTEST_PRACTICE = 10  # minutes: less is a break that runs over
MOST_DAYS = 400  # looked at for class days
PRACTICE = ""  # the lesson of a sitting without one
WEEKEND, HOLIDAY, NOT_ON = "weekend", "holiday", "not_on"
Share = tuple[str, int, bool]  # lesson, minutes, whether it goes on from the day before


@dataclass(frozen=True)
class Wish:
    """What is asked for; ``hours`` are class hours of 45 minutes, ``not_on`` days without class.

    ``without``: lessons left out. ``country`` as in `service.day_kinds`.
    """

    role: str
    first: date
    hours: int = HOURS
    hours_a_day: int = 2
    begin: time = time(9)
    not_on: frozenset[date] = frozenset()
    without: frozenset[str] = frozenset()
    weekends: bool = False
    country: str = "cn"


@dataclass(frozen=True)
class Sitting:
    """Part of a day: a lesson (`PRACTICE` without one), how deep, whether it was begun before."""

    lesson: str
    depth: str
    begin: datetime
    minutes: int
    goes_on: bool = False

    @property
    def end(self) -> datetime:
        """When it ends."""
        return self.begin + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Timetable:
    """The sittings by time, the days passed over with their reason, and years whose public
    holidays nobody knows yet."""

    wish: Wish
    sittings: tuple[Sitting, ...]
    passed_over: tuple[tuple[date, str], ...]
    unknown_years: tuple[int, ...]

    def days(self) -> list[date]:
        """The days of class."""
        return sorted({one.begin.date() for one in self.sittings})


def roles() -> list[str]:
    """All roles that guides name."""
    return sorted({role for name in guide.guides() for role in guide.load(name).roles})


def path(role: str, *, without: Iterable[str] = ()) -> dict[str, str]:
    """The lessons of a role in teaching order, and how deep; CrmError for an unknown role."""
    named = {name: guide.load(name).roles for name in guide.guides()}
    found = {name: depths.get(role, "") for name, depths in named.items()}
    if not any(found.values()):
        known = sorted({one for depths in named.values() for one in depths})
        raise CrmError("plan_unknown_role", given=role, known=", ".join(known))
    left_out = set(without)
    if strange := sorted(left_out - {name for name, depth in found.items() if depth}):
        raise CrmError("plan_not_on_path", lessons=", ".join(strange), role=role_told(role))
    return {name: depth for name, depth in found.items() if depth and name not in left_out}


def minutes(lesson: str, depth: str) -> int:
    """Class minutes: those of the guide; with what goes deeper, its pace to the next five more."""
    told = guide.load(lesson).minutes
    if depth != DEEPER:
        return told
    return told + 5 * math.ceil(pace.of(lesson, deeper=True).minutes / 5)


def role_told(role: str) -> str:
    """What a role is called; its own name where wording has none."""
    key = f"plan.role_{role}"
    return wording.text(key) if wording.has(key) else role


def timetable(wish: Wish) -> Timetable:
    """The lessons of a role on days of class; CrmError says what in a wish cannot be met."""
    taken = path(wish.role, without=wish.without)
    return arranged(wish, {name: (depth, minutes(name, depth)) for name, depth in taken.items()})


def arranged(wish: Wish, taken: Mapping[str, tuple[str, int]]) -> Timetable:
    """As `timetable`, of lessons whose depth and class minutes are known."""
    for name, bound in (("hours", 200), ("hours_a_day", 8)):
        if not 1 <= getattr(wish, name) <= bound:
            raise CrmError("plan_hours", given=getattr(wish, name), bound=bound)
    daily = wish.hours_a_day * CLASS_HOUR
    shares = _dealt({name: length for name, (_, length) in taken.items()}, daily)
    _check_hours(wish, shares)
    count = math.ceil(wish.hours / wish.hours_a_day)
    kinds = _kinds(wish)
    _check_first(wish, kinds)
    days = _open_days(kinds, count)
    if len(days) < count:
        raise CrmError("plan_no_days", count=count, found=len(days), first=wish.first)
    if unused := sorted(day for day in wish.not_on if not _closes(day, wish, days)):
        raise CrmError("plan_not_on_unused", day=unused[0], first=days[0], last=days[-1])
    left = wish.hours * CLASS_HOUR
    sittings: list[Sitting] = []
    for place, day in enumerate(days):
        today = shares[place] if place < len(shares) else []
        sittings += _day(wish, day, today, min(daily, left), taken)
        left -= daily
    over = tuple((day, kind) for day, kind in kinds.items() if kind and day < days[-1])
    known = service.known_years()
    years = {day.year for day in days} if wish.country == "cn" else set()
    unknown = tuple(sorted(year for year in years if not known[0] <= year <= known[1]))
    return Timetable(wish, tuple(sittings), over, unknown)


def _dealt(lengths: dict[str, int], daily: int) -> list[list[Share]]:
    """Lessons by day, in order; one goes on the next day only if no day can hold it whole."""
    days: list[list[Share]] = [[]]
    free = daily
    for name, length in lengths.items():
        if length > free and free < daily:
            days.append([])
            free = daily
        goes_on = False
        while length > 0:
            if free == 0:
                days.append([])
                free = daily
            taken = min(length, free)
            days[-1].append((name, taken, goes_on))
            length, free, goes_on = length - taken, free - taken, True
    return days


def _check_hours(wish: Wish, shares: list[list[Share]]) -> None:
    last = sum(length for _, length, _ in shares[-1])
    needed = (len(shares) - 1) * wish.hours_a_day + math.ceil(last / CLASS_HOUR)
    if needed > wish.hours:
        told = {"role": role_told(wish.role), "needed": needed, "hours": wish.hours}
        listed = {name.partition("_")[0]: None for day in shares for name, _, _ in day}
        raise CrmError("plan_too_few_hours", **told, lessons=" ".join(listed))


def _kinds(wish: Wish) -> dict[date, str]:
    """Each day from the first on: why there is no class, or empty."""
    days = [wish.first + timedelta(days=n) for n in range(MOST_DAYS)]
    first, last = service.known_years()
    known = [day for day in days if first <= day.year <= last] if wish.country == "cn" else []
    holidays = service.day_kinds(known[0], known[-1], country="cn") if known else {}
    return {day: _why_not(day, wish, holidays) for day in days}


def _why_not(day: date, wish: Wish, holidays: Mapping) -> str:
    if day in wish.not_on:
        return NOT_ON
    if holidays.get(day.isoformat()) == HOLIDAY:
        return HOLIDAY
    return WEEKEND if day.weekday() >= 5 and not wish.weekends else ""


def _closes(day: date, wish: Wish, days: list[date]) -> bool:
    """Whether a day without class falls among the days of class."""
    return days[0] <= day <= days[-1] and (wish.weekends or day.weekday() < 5)


def _check_first(wish: Wish, kinds: dict[date, str]) -> None:
    if reason := kinds[wish.first]:
        following = next((day for day, kind in kinds.items() if not kind), None)
        if following is not None:
            raise CrmError(f"plan_first_{reason}", day=wish.first, next=following)


def _open_days(kinds: dict[date, str], count: int) -> list[date]:
    return [day for day, reason in kinds.items() if not reason][:count]


def _day(
    wish: Wish, day: date, today: list[Share], free: int, taken: Mapping[str, tuple[str, int]]
) -> Iterator[Sitting]:
    begin = datetime.combine(day, wish.begin)
    for name, length, goes_on in today:
        yield Sitting(name, taken[name][0], begin, length, goes_on)
        begin, free = begin + timedelta(minutes=length + BREAK), free - length
    if free >= SHORTEST_PRACTICE:
        yield Sitting(PRACTICE, "", begin, free)


def told(lesson: str) -> str:
    """Number and title of a lesson, or what practice is called."""
    if lesson == PRACTICE:
        return wording.text("plan.practice")
    found = lessons.find(lesson)
    return f"{lesson.partition('_')[0]} {found.title[wording.language()]}"
