"""Dates that only their column explains: 03/04/2024, 05-Mar-24, Jan 2025, 45664, 1736244119.

One such cell alone may be read in several ways, a whole column seldom. What the column settles is
rewritten with the year first; the rest stays, and reading calls it a fault.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from crm_lessons.data import _month_names, _other_years
from crm_lessons.data._collecting import collected, held
from crm_lessons.data._parsing import BLANKS, EXCEL_EPOCH, GAP, SERIAL, narrow, year_first
from crm_lessons.data.findings import Findings

ORDERS = {"mdy": (3, 1, 2), "dmy": (3, 2, 1), "ymd": (1, 2, 3)}  # where year, month, day stand

_NUMERIC = (
    rf"^(\d{{1,2}}){GAP}[-/.]{GAP}(\d{{1,2}}){GAP}[-/.]{GAP}(\d{{4}}|\d{{2}})(?:[\sT,]+(.*))?$"
)
_UNIX = (
    r"^(?:[3-9]\d{8}|1\d{9}|[3-9]\d{11}|1\d{12})(?:\.\d+)?$"  # 1979 to 2033; in thousandths, too
)
_TEXT = "text of dates"  # a column beside the others, for as long as it is looked at
_FEW, _MANY = 10, 15  # years: data span few; a day of the month taken for a year makes many
_PERIODS = {
    "month": _month_names.without_day,
    "week": _other_years.first_of_week,
    "quarter": _other_years.first_of_quarter,
}
_LIKE = {  # cheaper, and true of all of them
    "month": _month_names.is_like_month,
    "week": _other_years.is_like_week,
    "quarter": _other_years.is_like_quarter,
}
_NOTES = {"mdy": "month_first", "dmy": "day_first", "ymd": "year_first"}


@dataclass(frozen=True)
class Seen:
    """What the cells of a column are: how many in all, of what kind, and the bounds of numbers."""

    cells: int
    serial: int
    unix: int
    month: int  # without a day
    week: int
    quarter: int
    eras: int  # of Minguo or Japanese years
    numeric: int
    long: int  # years of four digits, at the end
    named: int
    short: int  # years of two digits
    example: str | None
    first_serial: str | None
    low: tuple[int | None, ...] = ()
    high: tuple[int | None, ...] = ()


def not_plain(frame: pl.LazyFrame, columns: Collection[str]) -> list[str]:
    """The columns that hold more than dates in the way of computers, 2024-03-05."""
    if not columns:
        return []
    odd = [(pl.col(c).is_not_null() & (plain(pl.col(c)).is_null())).any().alias(c) for c in columns]
    row = frame.select(odd).pipe(collected).row(0, named=True)
    return [column for column in columns if row[column]]


def plain(text: pl.Expr) -> pl.Expr:
    """A date in the way of computers; null where it is written in any other."""
    day = text.str.to_date("%Y-%m-%d", strict=False)
    return pl.when((text.str.len_bytes() == 10) & (day.dt.year() > 999)).then(day)


def settled(
    frame: pl.LazyFrame,
    columns: Mapping[str, str],
    file: str,
    findings: Findings,
    *,
    optional: Collection[str] = (),
    reading: str = "",
    excel: bool = False,
    moments: Collection[str] = (),
) -> pl.LazyFrame:
    """The rows with such dates written year first, where their column or ``reading`` explains them.

    ``columns``: heading → column of text. A note says how a column was read. A column of numbers
    that count days or seconds is a fault that says so, unless ``reading`` allows it; in ``excel``
    numbers are days. Seconds count from Greenwich, which is kept with ``moments``. An ``optional``
    column that nothing explains is read as empty, with a note.
    """
    for heading, column in columns.items():
        seen = _seen(frame, column)
        if seen.eras and seen.eras == seen.cells:
            findings.note("years_of_an_era", file=file, heading=heading, example=seen.example)
            frame = frame.with_columns(_other_years.year_first(_bare(column)).alias(column))
            continue
        kind = _counted(seen, excel)
        if kind:
            if kind != reading:
                _ask_what_counts(kind, seen, heading, file, findings)
            zone = pl.lit("Z" if kind == "unix" and column in moments else "")
            counted = _from_count(pl.col(column), kind) + zone
            frame = frame.with_columns(counted.alias(column))
            continue
        if seen.serial and not excel:  # beside dates, days that Excel counts
            if reading != "excel":
                _ask_what_counts("excel", seen, heading, file, findings)
            counted = _from_count(_bare(column).str.extract(f"({SERIAL})", 1), "excel")
            frame = frame.with_columns(pl.coalesce(counted, pl.col(column)).alias(column))
        order = reading if reading in ORDERS else _order(seen)
        if seen.numeric and not order and column in optional:
            findings.note("dates_doubtful", file=file, heading=heading, example=seen.example)
            frame = frame.with_columns(pl.lit(None, pl.String).alias(column))
            continue
        frame = held(_rewritten(frame, column, order, seen.named > 0))
        _say(seen, order, reading, heading, file, findings)
    return frame


def _seen(frame: pl.LazyFrame, column: str) -> Seen:
    # Once for all that is looked for below, which is much; of a small file it is kept.
    frame, text = held(frame.select(_bare(column).alias(column))), pl.col(column)
    parts = [text.str.extract(_NUMERIC, i).cast(pl.Int32, strict=False) for i in (1, 2, 3)]
    parted = frame.with_columns(part.alias(f"part{i}") for i, part in enumerate(parts))
    parts = [pl.col(f"part{i}") for i in range(3)]
    is_numeric = parts[0].is_not_null()
    long = is_numeric & (parts[2] > 99)
    has_names = frame.select(text.str.contains(_month_names.LETTERS).any())
    named, short = pl.lit(False), is_numeric & ~long
    if has_names.pipe(collected).item():
        named, short = _month_names.is_named(text), short | _month_names.is_short(text)
    told = {
        "cells": (text != "").sum(),
        "serial": text.str.contains(SERIAL).sum(),
        "unix": text.str.contains(_UNIX).sum(),
        **_rare(frame, text),
        "numeric": is_numeric.sum(),
        "long": long.sum(),
        "named": named.sum(),
        "short": short.sum(),
        "first_serial": text.filter(text.str.contains(SERIAL)).first(),
        "example": pl.coalesce(text.filter(is_numeric).first(), text.filter(text != "").first()),
    }
    bounds = {f"low{i}": p.min() for i, p in enumerate(parts)}
    bounds |= {f"high{i}": p.max() for i, p in enumerate(parts)}
    row = parted.select(**told, **bounds).pipe(collected).row(0, named=True)
    low, high = (tuple(row[f"{end}{i}"] for i in range(3)) for end in ("low", "high"))
    return Seen(**{name: row[name] or 0 for name in told}, low=low, high=high)


def _rare(frame: pl.LazyFrame, text: pl.Expr) -> dict[str, pl.Expr]:
    """How many cells are periods, how many dates of other eras.

    None where the first cells tell that the column is nothing such: one that cannot be a period, or
    none that can be of another era only.
    """
    may_be = {kind: (is_like(text) | (text == "")).all() for kind, is_like in _LIKE.items()}
    eras = text.str.contains(_other_years.SURE).any()
    first = frame.head(1000).select(**may_be, eras=eras).pipe(collected).row(0, named=True)
    such = {kind: _PERIODS[kind](text).is_not_null() for kind in _LIKE if first[kind]}
    such |= {"eras": text.str.contains(_other_years.MAY)} if first["eras"] else {}
    return {kind: such[kind].sum() if kind in such else pl.lit(0) for kind in first}


def _counted(seen: Seen, excel: bool) -> str:
    """What the cells of the column count, if all of them do: days, seconds, months."""
    for kind in ("unix", "month", "week", "quarter"):
        if seen.cells and getattr(seen, kind) == seen.cells:
            return kind
    return "excel" if seen.cells and seen.serial == seen.cells and not excel else ""


def _ask_what_counts(kind: str, seen: Seen, heading: str, file: str, findings: Findings) -> None:
    example = seen.first_serial if kind == "excel" else seen.example
    shown = pl.select(_from_count(pl.lit(example), kind)).item()
    told = {"heading": heading, "example": example, "day": shown[:10]}
    findings.fault(f"dates_are_{kind}", file, **told)


def _from_count(text: pl.Expr, kind: str) -> pl.Expr:
    """The moment that a number counts to, as text; seconds are those of Greenwich.

    A month begins on its first day, as weeks and quarters do.
    """
    if kind in _PERIODS:
        return _PERIODS[kind](narrow(text).str.strip_chars(BLANKS))
    number = narrow(text).str.strip_chars(BLANKS).cast(pl.Float64, strict=False)
    if kind == "excel":
        moment = pl.lit(EXCEL_EPOCH) + pl.duration(seconds=(number * 86400).round().cast(pl.Int64))
    else:
        seconds = pl.when(number > 1e11).then(number / 1000).otherwise(number)
        moment = pl.from_epoch(seconds.floor().cast(pl.Int64), "s")
    return moment.dt.to_string("%Y-%m-%d %H:%M:%S")


def _order(seen: Seen) -> str:
    """The only order in which all numbers are dates; "" if there is none or more than one."""
    if not seen.numeric:
        return ""
    valid = [order for order, places in ORDERS.items() if _is_possible(seen, places)]
    if len(valid) > 1 and "ymd" in valid:
        spans = {o: seen.high[ORDERS[o][0] - 1] - seen.low[ORDERS[o][0] - 1] for o in valid}
        if min(spans.values()) <= _FEW:
            valid = [order for order in valid if spans[order] <= _MANY]
    return valid[0] if len(valid) == 1 else ""


def _is_possible(seen: Seen, places: tuple[int, int, int]) -> bool:
    year, month, day = (place - 1 for place in places)
    if seen.long and year != 2:
        return False
    return seen.low[month] >= 1 and seen.high[month] <= 12 and seen.high[day] <= 31


def _rewritten(frame: pl.LazyFrame, column: str, order: str, has_names: bool) -> pl.LazyFrame:
    """The rows with the year first, where the order or the name of a month tells it."""
    if not order and not has_names:
        return frame
    text, groups = pl.col(_TEXT), [f"{_TEXT} {place}" for place in range(4)]
    frame = frame.with_columns(_bare(column).alias(_TEXT))
    forms = [_month_names.year_first(text)] if has_names else []
    if order:
        parts = [text.str.extract(_NUMERIC, place) for place in (*ORDERS[order], 4)]
        frame = frame.with_columns(part.alias(n) for n, part in zip(groups, parts, strict=True))
        forms.append(year_first(*map(pl.col, groups)))
    frame = frame.with_columns(pl.coalesce(*forms, pl.col(column)).alias(column))
    return frame.drop(_TEXT, *(groups if order else ()))


def _say(seen: Seen, order: str, reading: str, heading: str, file: str, findings) -> None:
    told = {"file": file, "heading": heading}
    if order and seen.numeric and not reading:
        findings.note(_NOTES[order], **told)
    if seen.short and (order or seen.named):
        findings.note("short_years", **told)


def _bare(column: str) -> pl.Expr:
    return narrow(pl.col(column)).str.strip_chars(BLANKS).str.strip_chars_start("'")
