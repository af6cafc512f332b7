"""Deadlines as declared rules: read from a small YAML file and checked."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import yaml

from crm_lessons import wording
from crm_lessons.data import bounded_yaml
from crm_lessons.errors import CrmError
from crm_lessons.service._calendar import CHINA, COUNTRIES
from crm_lessons.service._hours import AS_USUAL, CLOSED, DAY, Hours

CALENDAR = "calendar"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHIPPED = Path(__file__).with_name("rules.yaml")
_UNITS = {"s": "s", "min": "min", "h": "h", "d": "D"}
_LIMIT = re.compile(r"(\d+(?:\.\d+)?) ?(s|min|h|d)")
_STRETCH = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_HOURS = {"zone", "calendar", "holidays", "working_weekends", "days", "own"}
_RULE = {*wording.LANGUAGES, "starts", "stops", "limit", "clock", "automatic"}


@dataclass(frozen=True)
class Rule:
    """A deadline: the clock runs from ``starts`` to ``stops``, and ``limit`` itself is in time.

    ``starts`` and ``stops`` name columns of the table that is judged. ``hours`` None: a calendar
    clock, every hour counts. ``automatic``: whether an automatic reply stops it too.
    """

    name: str
    title: Mapping[str, str]
    starts: str
    stops: str
    limit: pd.Timedelta
    hours: Hours | None = None
    automatic: bool = False

    @property
    def minutes(self) -> float:
        """The limit in minutes."""
        return self.limit / pd.Timedelta(minutes=1)


def rules(path: str | Path = SHIPPED) -> dict[str, Rule]:
    """The rules of a YAML file by name; those of the training notes where none is given.

    ``rules.yaml`` in this room shows the shape of the file. CrmError for what is no such file, with
    the place of what is wrong.

    >>> told = rules()
    >>> told["first_answer"].limit, told["refund"].minutes
    (Timedelta('0 days 00:05:00'), 1440.0)
    """
    path = Path(path)
    try:
        told = bounded_yaml.read(path)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CrmError("service_rules_file", file=path.name) from error
    parts = _mapping(told, path.name, {"hours", "rules"})
    hours = {
        str(name): _hours(str(name), _mapping(one, f"hours.{name}", _HOURS))
        for name, one in _mapping(parts.get("hours", {}), "hours").items()
    }
    return {
        str(name): _rule(str(name), _mapping(one, f"rules.{name}", _RULE), hours)
        for name, one in _mapping(parts.get("rules"), "rules").items()
    }


def _wrong(place: str, given: object, wanted: str) -> CrmError:
    told = "" if given is None else str(given)
    return CrmError("service_rules_value", place=place, given=told, wanted=wanted)


def _mapping(given: object, place: str, known: set[str] | None = None) -> dict:
    return bounded_yaml.mapping(given, place, _wrong, known)


def _one_of(given: object, place: str, known: tuple) -> object:
    if given not in known or type(given) not in {type(one) for one in known}:
        raise _wrong(place, given, ", ".join(map(str, known)))
    return given


def _rule(name: str, told: dict, hours: Mapping[str, Hours]) -> Rule:
    place = f"rules.{name}"
    for part in ("starts", "stops"):
        if not isinstance(told.get(part), str) or not told[part]:
            raise _wrong(f"{place}.{part}", told.get(part, ""), "answered_at, closed_at …")
    limit = _LIMIT.fullmatch(str(told.get("limit", "")).strip())
    if not limit or not float(limit[1]) > 0:
        raise _wrong(f"{place}.limit", told.get("limit", ""), "5 min, 12 h, 3 d")
    clock = _one_of(told.get("clock", CALENDAR), f"{place}.clock", (CALENDAR, *hours))
    return Rule(
        name=name,
        title={language: str(told.get(language, name)) for language in wording.LANGUAGES},
        starts=told["starts"],
        stops=told["stops"],
        limit=pd.Timedelta(float(limit[1]), _UNITS[limit[2]]),
        hours=hours.get(clock),
        automatic=_one_of(told.get("automatic", False), f"{place}.automatic", (True, False)),
    )


def _hours(name: str, told: dict) -> Hours:
    place = f"hours.{name}"
    zone = told.get("zone", "Asia/Shanghai")
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, TypeError, OSError) as error:
        raise _wrong(f"{place}.zone", zone, "Asia/Shanghai, Europe/Berlin, UTC") from error
    days: dict[int, tuple] = {}
    for span, stretches in _mapping(told.get("days"), f"{place}.days").items():
        for day in _weekdays(span, f"{place}.days"):
            if day in days:
                raise _wrong(f"{place}.days", span, "mon-fri, sat, sun")
            days[day] = _stretches(stretches, f"{place}.days.{span}")
    own = _mapping(told.get("own", {}), f"{place}.own")
    for day, worked in own.items():
        if not isinstance(day, dt.date) or not isinstance(worked, bool):
            raise _wrong(f"{place}.own", f"{day}: {worked}", "2027-02-06: true")
    weekend = told.get("working_weekends", WEEKDAYS[0])
    return Hours(
        name=name,
        days=days,
        zone=zone,
        country=_one_of(told.get("calendar", CHINA), f"{place}.calendar", COUNTRIES),
        holidays=_one_of(told.get("holidays", CLOSED), f"{place}.holidays", (CLOSED, AS_USUAL)),
        working_weekends=WEEKDAYS.index(_one_of(weekend, f"{place}.working_weekends", WEEKDAYS)),
        own=own,
    )


def _weekdays(span: object, place: str) -> range:
    first, _, last = str(span).partition("-")
    last = last or first
    if first not in WEEKDAYS or last not in WEEKDAYS[WEEKDAYS.index(first) :]:
        raise _wrong(place, span, "mon-fri, sat, sun")
    return range(WEEKDAYS.index(first), WEEKDAYS.index(last) + 1)


def _stretches(given: object, place: str) -> tuple[tuple[int, int], ...]:
    found, end = [], 0
    for one in given if isinstance(given, list) else [given]:
        told = _STRETCH.fullmatch(str(one).replace(" ", ""))
        parts = list(map(int, told.groups())) if told else [0, 60, 0, 60]
        opens, closes = parts[0] * 60 + parts[1], parts[2] * 60 + parts[3]
        if max(parts[1], parts[3]) >= 60 or not end <= opens < closes <= DAY:
            raise _wrong(place, one, "[09:00-12:00, 13:00-24:00]")
        found.append((opens, closes))
        end = closes
    return tuple(found)
