"""Times of day in columns of moments: halves of a day, zones written beside them, none at all.

Two moments can only be set against each other on one clock. What a file leaves open here (which
zone its times are of, what a day without a time means) is asked or said, never guessed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._parsing import UNREADABLE, moment, present
from crm_lessons.data.findings import Findings

LOCAL = "Asia/Shanghai"  # of the shop, where nobody names another; such offsets need no question
NEVER = r"^\s*(?:[-–—]+|/|未回复|未解决|未处理|无)\s*$"  # in place of a moment that has not come
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
_MORNING, _AFTERNOON = r"(?i:a\.?m\.?)|上午|凌晨|早上", r"(?i:p\.?m\.?)|下午|中午"
_HALF = rf"({_MORNING}|{_AFTERNOON})"
_BEFORE = rf"^(.*?[\d日号])[T\s,]*{_HALF}\s*(\d{{1,2}})(:\d{{2}}.*)$"  # 2024-11-11 下午8:05
_AFTER = rf"^(.*\d)[T\s,]+(\d{{1,2}})(:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?)\s*{_HALF}(.*)$"  # 8:05 PM
_OFFSET = r"(?:Z|(?:UTC|GMT)?\s*[+-]\d{1,2}:?(?:\d{2})?|UTC|GMT)"
_ZONED = rf"^(.*{_CLOCK})\s*({_OFFSET})(?:\s*(?:UTC|\([^)]{{1,40}}\)))?$"
_SECONDS = r":\d{2}:\d{2}"


@dataclass(frozen=True)
class Clock:
    """``zone``: whose local time moments become. ``written_in``: the zone of those without one."""

    zone: str = ""
    written_in: str = ""


AS_WRITTEN = Clock()


def settled(
    frame: pl.LazyFrame,
    columns: Mapping[str, str],
    file: str,
    findings: Findings,
    clock: Clock,
    *,
    excel: bool = False,
    needed: Collection[str] = (),
    exact: Collection[str] = (),
) -> pl.LazyFrame:
    """The rows with moments of text on one clock, that of the shop, in hours of 24.

    ``columns``: heading → column of text. ``needed``: those headings under which a day alone says
    nothing; ``exact``: those under which seconds matter. Offsets that are not the shop's, or stand
    beside times without one, are a fault unless ``clock`` settles them; a day without a time is
    told, and where nothing has one and it is needed, a fault.
    """
    if not columns:
        return frame
    halves = [pl.col(c).str.contains(_HALF).any().alias(c) for c in columns.values()]
    found = frame.select(halves).pipe(collected).row(0, named=True)
    frame = frame.with_columns(_of_24_hours(c).alias(c) for c, has in found.items() if has)
    seen = {heading: _seen(frame, c) for heading, c in columns.items()}
    offsets = sorted({one for told in seen.values() for one in told["offsets"] or ()})
    bare = sum(told["clocked"] - told["zoned"] for told in seen.values())
    if _asks(offsets, bare, clock):
        named = next(h for h, told in seen.items() if told["zoned"])
        told = dict(heading=named, example=seen[named]["example"], bare=bare)
        told |= dict(offsets=", ".join(map(_named, offsets)))
        findings.fault(_question(bare, clock), file, **told)
    if offsets or clock.written_in:
        here = clock.zone or LOCAL
        how = dict(zone=here, written_in=clock.written_in, excel=excel)
        frame = frame.with_columns(_local(c, **how).alias(c) for c in columns.values())
        _check_twice(frame, columns, here, file, findings)
        if clock.zone or clock.written_in:
            findings.note("times_brought", file=file, zone=here)
    _say_without(seen, file, findings, needed, exact)
    return frame


def typed(
    frame: pl.LazyFrame, columns: Mapping[str, str], file: str, findings: Findings, clock: Clock
) -> pl.LazyFrame:
    """The same for moments that have a type: those with a zone, and days alone."""
    dtypes = frame.collect_schema()
    zones = {h: dtypes[c].time_zone for h, c in columns.items() if dtypes[c] == pl.Datetime}
    told = {zone for zone in zones.values() if zone}
    bare = [heading for heading, zone in zones.items() if not zone]
    if told and ((bare and not clock.written_in) or (not clock.zone and told != {LOCAL})):
        named = next(h for h, zone in zones.items() if zone)
        more = dict(heading=named, example=zones[named], offsets=", ".join(sorted(told)))
        more |= dict(bare=len(bare))
        findings.fault(_question(len(bare), clock), file, **more)
    here = clock.zone or LOCAL
    for heading, zone in zones.items():
        if zone or clock.written_in:
            column = pl.col(columns[heading])
            known = column if zone else _placed(column, clock.written_in)
            local = known.dt.convert_time_zone(here).dt.replace_time_zone(None)
            frame = frame.with_columns(local.alias(columns[heading]))
    for heading in (h for h, c in columns.items() if dtypes[c] == pl.Date):
        findings.note("days_without_times", file=file, heading=heading)
    return frame


def _check_twice(frame: pl.LazyFrame, columns, zone: str, file: str, findings: Findings) -> None:
    """A fault where a local time comes twice when clocks are changed: its order would be lost."""
    if zone in (LOCAL, "UTC"):
        return
    for heading, column in columns.items():
        local = moment(pl.col(column))
        twice = local.is_not_null() & _placed(local, zone).is_null()
        told = frame.select(n=twice.sum(), example=pl.col(column).filter(twice).first())
        count, example = told.pipe(collected).row(0)
        if count:
            more = dict(heading=heading, zone=zone, count=count, example=example)
            findings.fault("times_twice", file, **more)


def _of_24_hours(column: str) -> pl.Expr:
    """8:05 PM and 下午8:05 as 20:05; what is no such time stays as it is."""
    text = pl.col(column)
    found = []
    for pattern, (day, half, hour, rest, end) in ((_BEFORE, (1, 2, 3, 4, 0)), (_AFTER, _PLACES)):
        number = text.str.extract(pattern, hour).cast(pl.Int32, strict=False)
        late = text.str.extract(pattern, half).str.contains(rf"^(?:{_AFTERNOON})$")
        of_day = number % 12 + pl.when(late).then(12).otherwise(0)
        after = text.str.extract(pattern, end) if end else pl.lit("")
        clock = of_day.cast(pl.String).str.zfill(2) + text.str.extract(pattern, rest) + after
        whole = text.str.extract(pattern, day) + " " + clock
        found.append(pl.when(number.is_between(1, 12)).then(whole))
    return pl.coalesce(*found, text)


_PLACES = (1, 4, 2, 3, 5)


def _seen(frame: pl.LazyFrame, column: str) -> dict:
    """How many cells have a time, one with seconds, a zone; the offsets, and the first of them."""
    text = pl.col(column)
    zoned = text.str.contains(_ZONED)
    told = frame.select(
        cells=present(text).is_not_null().sum(),
        clocked=text.str.contains(_CLOCK).sum(),
        seconds=text.str.contains(_SECONDS).sum(),
        zoned=zoned.sum(),
        offsets=_minutes(text).filter(zoned).unique().implode(),
        example=text.filter(zoned).first(),
        counted=text.str.contains(r"^\d+(\.\d+)?$").sum(),
    )
    return told.pipe(collected).row(0, named=True)


def _asks(offsets: list[int], bare: int, clock: Clock) -> bool:
    """Whether what is written leaves the time of day open."""
    if not offsets:
        return False
    return (bare > 0 and not clock.written_in) or (not clock.zone and offsets != [8 * 60])


def _question(bare: int, clock: Clock) -> str:
    """What is asked first: the zone of times without one, then that of the shop."""
    return "zones_beside_none" if bare and not clock.written_in else "times_of_zones"


def _minutes(text: pl.Expr) -> pl.Expr:
    """The offset of a moment from UTC in minutes; null without one."""
    offset = text.str.extract(_ZONED, 2)
    sign = pl.when(offset.str.contains("-")).then(-1).otherwise(1)
    hours = offset.str.extract(r"[+-](\d{1,2})", 1).cast(pl.Int32, strict=False).fill_null(0)
    rest = offset.str.extract(r"[+-]\d{1,2}:?(\d{2})$", 1).cast(pl.Int32, strict=False)
    return pl.when(offset.is_not_null()).then(sign * (60 * hours + rest.fill_null(0)))


def _local(column: str, *, zone: str, written_in: str, excel: bool) -> pl.Expr:
    """The moment as text on the clock of the zone; unreadable where it comes twice or never."""
    text = pl.col(column)
    bare = text.str.extract(_ZONED, 1)
    away = moment(bare, excel=excel).dt.offset_by((-_minutes(text)).cast(pl.String) + "m")
    known = away.dt.replace_time_zone("UTC")
    forms = [_text_at(known, zone)]
    if written_in:
        has_time = text.str.contains(_CLOCK) | text.str.contains(r"^\d+\.\d+$")
        own = moment(text, excel=excel)
        placed = _text_at(_placed(own, written_in), zone)
        unclear = pl.when(own.is_not_null()).then(text + UNREADABLE)
        forms.append(pl.when(has_time & bare.is_null()).then(pl.coalesce(placed, unclear)))
    return pl.coalesce(*forms, text)


def _placed(local: pl.Expr, zone: str) -> pl.Expr:
    """Local times as moments; null where the clocks are changed and one comes twice or never."""
    return local.dt.replace_time_zone(zone, ambiguous="null", non_existent="null")


def _text_at(known: pl.Expr, zone: str) -> pl.Expr:
    return known.dt.convert_time_zone(zone).dt.to_string("%Y-%m-%d %H:%M:%S%.f")


def _named(minutes: int) -> str:
    """An offset as it is written, +08:00."""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _say_without(seen: Mapping[str, dict], file: str, findings, needed, exact) -> None:
    """What days without times, and times without seconds, mean for waits."""
    for heading, told in seen.items():
        days = told["cells"] - told["clocked"] - told["counted"]
        if days and days == told["cells"] and heading in needed:
            findings.fault("no_times_of_day", file, heading=heading)
        elif days and days == told["cells"]:
            findings.note("days_without_times", file=file, heading=heading)
        elif days:
            findings.note("some_without_times", file=file, heading=heading, count=days)
        elif heading in exact and told["clocked"] and not told["seconds"]:
            findings.note("times_without_seconds", file=file, heading=heading)
