"""Columns that say how long something took: 00:05:30, 5分30秒, or a number whose unit is told.

Help desks give first reply and resolution as durations, in whatever unit they like. The unit
stands in the heading (``First response time (in hrs)``) or in the cells; where neither tells it, it
is asked, for 330 may be seconds or minutes.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._headings import places_of
from crm_lessons.data._parsing import UNREADABLE, narrow, present
from crm_lessons.data._plain import plain, unified
from crm_lessons.data._raw import Raw
from crm_lessons.data._schema import Field, Schema
from crm_lessons.data.findings import Findings

MINUTES = "min"  # the unit of such fields
UNITS = {"s": 1 / 60, "min": 1.0, "h": 60.0, "d": 1440.0}
_PARTS = (1440, 60, 1, 1 / 60)  # days, hours, minutes, seconds
_WORDS = {"s": r"s|secs?|seconds?|秒钟?", "min": r"m|mins?|minutes?|分钟?"}
_WORDS |= {"h": r"h|hrs?|hours?|小时|时", "d": r"d|days?|天"}
_CLOCK_WORD = r"\[?h+\]?:mm(?::ss)?|时:分(?::秒)?"
_ANY = "|".join([*_WORDS.values(), _CLOCK_WORD])
_IN_HEADING = re.compile(
    rf"[\s_]*(?:[\[(](?:in\s+|单位:?)?({_ANY})[\])]|(?:[\s_]in)?[\s_]({_ANY})|(秒钟?|分钟|小时))$"
)
_NUMBER = r"^\d+(?:\.\d+)?$"
_THOUSANDS = r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$"
_OF_THREE = r"^(?:(\d+)\s*(?:d|days?|天)[,\s]*)?(\d+):([0-5]\d):([0-5]\d(?:\.\d+)?)$"
_OF_TWO = r"^(\d+):([0-5]\d)$"
_IN_WORDS = r"^" + r"\s*".join(
    rf"(?:(\d+(?:\.\d+)?)\s*(?:{_WORDS[u]}))?" for u in ("d", "h", "min", "s")
)
_IN_WORDS += r"$"
_NOTHING = r"^[-–—/]+$"
MOMENTS = {"first_reply_minutes": "answered_at", "closing_minutes": "closed_at"}
# What Excel shows as h:mm:ss and holds as more than a day comes as a moment of 1900.
_OF_EXCEL = r"^(?:1899|190\d)-\d\d-\d\d[ t]\d\d:\d\d:\d\d"
_NO_LEAP = dt.datetime(1900, 3, 1)  # Excel holds 1900 for a leap year: before this, a day less
_MOMENT = r"^\d{4}[-/.年]\d{1,2}[-/.月]\d|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"


def unit_in(heading: str) -> tuple[str, str]:
    """A heading without the unit of time that it ends with, as `plain`, and that unit; "" without.

    ``clock`` is a unit as well: 00:05:30.

    >>> unit_in("First response time (in hrs)"), unit_in("首次响应时长（秒）")
    (('firstresponsetime', 'h'), ('首次响应时长', 's'))
    >>> unit_in("First reply time in minutes"), unit_in("Full resolution time")
    (('firstreplytime', 'min'), ('fullresolutiontime', ''))
    """
    text = unified(heading)
    found = _IN_HEADING.search(text)
    if not found or not found.start():
        return plain(text), ""
    word = next(filter(None, found.groups()))
    unit = next((u for u, words in _WORDS.items() if re.fullmatch(words, word)), "clock")
    return plain(text[: found.start()]), unit


def settled(
    raw: Raw, schema: Schema, columns: Mapping[str, str], findings: Findings, unit: str = ""
) -> tuple[Raw, dict[str, str]]:
    """The table with its durations in minutes, and ``columns`` with their headings.

    ``columns``: field → heading, as asked or known. ``unit``: of numbers whose heading names none.
    A duration that a column of moments tells besides is left as it is.
    """
    found = dict(columns)
    for field in (one for one in schema.fields.values() if one.unit == MINUTES):
        moment = schema.fields.get(MOMENTS.get(field.name, ""))
        told = {i: _filled(raw, i) for i in _places(raw, field, moment, columns)}
        known = moment and (moment.name in columns or places_of(raw.headings, moment))
        fit = [i for i, filled in told.items() if filled is not None]
        if not fit and told and moment and not known:
            found[moment.name] = raw.headings[next(iter(told))]
        if not fit:
            continue
        place = max(fit, key=lambda i: told[i])  # the first that holds anything
        is_open = _lacks_unit(raw, place, unit)
        if is_open and known:
            continue  # what it would say stands there already
        if is_open:
            more = dict(heading=raw.headings[place].strip(), example=is_open)
            findings.fault("duration_unit", raw.file, **more)
        raw = _in_minutes(raw, place, unit)
        found[field.name] = raw.headings[place]
    return raw, found


def _places(raw: Raw, field: Field, moment: Field | None, columns: Mapping[str, str]) -> list[int]:
    """Where the field may stand: as asked, else under headings that mean it, the finest first."""
    if field.name in columns:
        wanted = plain(columns[field.name])
        return [i for i, one in enumerate(raw.headings) if plain(one) == wanted][:1]
    known = {plain(one) for one in field.known_as} | {unit_in(one)[0] for one in field.known_as}
    others = {plain(one) for one in columns.values()}
    others |= {plain(one) for one in moment.known_as} if moment else set()
    names = {i: plain(one) for i, one in enumerate(raw.headings)}
    bare = {i: unit_in(one) for i, one in enumerate(raw.headings)}
    there = [i for i in names if known & {names[i], bare[i][0]} and names[i] not in others]
    order = ["clock", *UNITS, ""]
    return sorted(there, key=lambda i: order.index(bare[i][1]))


def _filled(raw: Raw, place: int) -> bool | None:
    """Whether durations are there; None where a cell is a moment, which the heading may mean."""
    kind = raw.frame.collect_schema()[f"c{place}"]
    if kind != pl.String:
        return True if kind.is_numeric() or kind == pl.Duration else None
    text = present(pl.col(f"c{place}"))
    moment = text.str.contains(_MOMENT) & ~text.str.contains(_OF_EXCEL)
    asked = raw.frame.select(a=text.is_not_null().any(), b=moment.any())
    there, moments = asked.pipe(collected).row(0)
    return None if moments else bool(there)


def _text(place: int) -> pl.Expr:
    """The cells in small letters, without signs between thousands; null where nothing is there."""
    text = present(narrow(pl.col(f"c{place}").cast(pl.String))).str.to_lowercase()
    bare = (
        pl.when(text.str.contains(_THOUSANDS)).then(text.str.replace_all(",", "")).otherwise(text)
    )
    return pl.when(~text.str.contains(_NOTHING)).then(bare)


def _lacks_unit(raw: Raw, place: int, unit: str) -> str:
    """A cell that nothing tells the unit of, such as 330 or 5:30; "" where there is none."""
    named = unit_in(raw.headings[place])[1]
    if unit or named in UNITS or raw.frame.collect_schema()[f"c{place}"] == pl.Duration:
        return ""
    text = _text(place)
    doubtful = text.str.contains(_NUMBER)
    if named != "clock":
        doubtful |= text.str.contains(_OF_TWO)
    return raw.frame.select(text.filter(doubtful).first()).pipe(collected).item() or ""


def _in_minutes(raw: Raw, place: int, unit: str) -> Raw:
    """The table with minutes in this column."""
    kind = raw.frame.collect_schema()[f"c{place}"]
    if kind == pl.Duration:
        return _with(raw, place, pl.col(f"c{place}").dt.total_microseconds() / 60e6)
    named = unit_in(raw.headings[place])[1]
    counted = named if named in UNITS else unit
    text = _text(place)
    of_two = (1, 1 / 60) if counted in ("s", "min") else (60, 1)
    minutes = pl.coalesce(
        pl.when(text.str.contains(_NUMBER)).then(
            text.cast(pl.Float64, strict=False) * UNITS.get(counted, 1.0)
        ),
        *(
            pl.when(text.str.contains(form)).then(_sum(text, form, times))
            for form, times in ((_OF_TWO, of_two), (_OF_THREE, _PARTS), (_IN_WORDS, _PARTS))
        ),
        pl.when(text.str.contains(_OF_EXCEL)).then(_of_excel(text)),
    ).round(4)
    if raw.is_typed and kind != pl.String:
        return _with(raw, place, minutes)
    return _with(raw, place, pl.coalesce(minutes.cast(pl.String), text + UNREADABLE))


def _of_excel(text: pl.Expr) -> pl.Expr:
    """Minutes of a duration that Excel shows as a moment."""
    moment = (
        text.str.replace("t", " ")
        .str.slice(0, 19)
        .str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)
    )
    first = (
        pl.when(moment < _NO_LEAP)
        .then(dt.datetime(1899, 12, 31))
        .otherwise(dt.datetime(1899, 12, 30))
    )
    return (moment - first).dt.total_seconds() / 60


def _with(raw: Raw, place: int, values: pl.Expr) -> Raw:
    frame = raw.frame.with_columns(values.alias(f"c{place}"))
    numbers = {where: rows for where, rows in raw.numbers.items() if where != place}
    return dataclasses.replace(raw, frame=frame, numbers=numbers)


def _sum(text: pl.Expr, pattern: str, times: tuple[float, ...]) -> pl.Expr:
    """The groups of a pattern, each times its minutes."""
    parts = [
        text.str.extract(pattern, group).cast(pl.Float64).fill_null(0.0) * one
        for group, one in enumerate(times, start=1)
    ]
    return pl.sum_horizontal(parts)
