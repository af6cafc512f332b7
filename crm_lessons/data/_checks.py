"""What must hold in a table: cells readable and present, values within bounds, no sums as lines."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._computed import BAD
from crm_lessons.data._parsing import why_unreadable
from crm_lessons.data._parts import LEFT_OUT, NO_LINE, NO_SALE, TOTAL_ROW, TOTALS, Part, is_needed
from crm_lessons.data._schema import Field, Schema
from crm_lessons.data.findings import LISTED, Findings
from crm_lessons.errors import Fault

USUAL = ("order_date", dt.date(2000, 1, 1))  # earlier days are told, for they may be mistakes


@dataclass(frozen=True)
class Check:
    """A rule about one field and the rows that break it; no key: the value itself says why."""

    field: Field | None
    where: pl.Expr
    key: str | None = None
    more: dict[str, object] = field(default_factory=dict)
    note: bool = False  # worth knowing, and no fault

    @property
    def is_needless(self) -> bool:
        """Whether it tells unreadable cells of a column that the table can do without."""
        return self.note and self.key is None


def run(
    frame: pl.LazyFrame,
    parts: Sequence[Part],
    schema: Schema,
    kept: pl.Expr,
    latest: dt.date | None,
    findings: Findings,
    *,
    earliest: dt.date | None = None,
    beside: Sequence[pl.Expr] = (),
) -> dict[str, Any]:
    """Hold every row against every rule; one pass counts, a second one only looks at faults.

    ``kept`` tells the rows that stay in the table: what is set aside need only be readable.
    No date may lie after ``latest`` or before ``earliest``, where they are given. ``beside``:
    further figures of the frame that the same pass finds; they are returned by their names.
    """
    needless, present = _needless(parts, schema), set(frame.collect_schema())
    checks = list(_checks(present, schema, kept, (earliest, latest), needless))
    counts = [check.where.fill_null(False).sum().alias(str(i)) for i, check in enumerate(checks)]
    found = frame.select(*counts, *beside).pipe(collected).row(0, named=True)
    for i, check in enumerate(checks):
        total = found.pop(str(i))
        if total and check.is_needless:
            _note_unreadable(check, frame, parts, schema, total, findings)
        elif total and check.note:
            findings.note(check.key, count=total, first=_earliest(frame, check))
        elif total:
            findings.add(faults(check, frame, parts, schema), total)
    return found


def _checks(
    present: set[str], schema: Schema, kept: pl.Expr, bounds, needless: set[str]
) -> Iterable[Check]:
    line = ~pl.col(TOTAL_ROW) & ~pl.any_horizontal(NO_LINE, *{LEFT_OUT, NO_SALE} & present)
    yield Check(None, pl.col(TOTAL_ROW) & kept, "total_row")
    for one in schema.fields.values():
        if one.name not in present:
            continue
        if BAD + one.name in present:
            yield Check(one, line & pl.col(BAD + one.name), note=one.name in needless)
        sound = line & kept & _readable(one, present)
        if one.required:
            yield Check(one, sound & pl.col(one.name).is_null(), "missing_value")
        yield from _bounds(one, sound, *bounds)


def _needless(parts: Sequence[Part], schema: Schema) -> set[str]:
    """The columns whose values order lines can do without; of other tables none."""
    if schema.name != "orders":
        return set()
    fields = [f for f in schema.fields.values() if f.type != "string"]
    return {f.name for f in fields if not any(is_needed(f, part, schema) for part in parts)}


def _note_unreadable(check, frame, parts, schema: Schema, total: int, findings: Findings) -> None:
    first = faults(check, frame, parts, schema)[0]
    findings.note("optional_unreadable", count=total, heading=first.column, value=first.value)


def _readable(one: Field, present: set[str]) -> pl.Expr:
    """Where neither the cell nor a cell it is computed from is unreadable: one fault each."""
    # Null where a row comes from a file in which nothing could be unreadable.
    factors = one.computed_from if one.type == "number" else ()
    names = [BAD + n for n in (one.name, *factors) if BAD + n in present]
    marks = [pl.col(name).fill_null(False) for name in names]
    return ~pl.any_horizontal(pl.lit(False), *marks)


def _bounds(
    one: Field, line: pl.Expr, earliest: dt.date | None, latest: dt.date | None
) -> Iterable[Check]:
    value = pl.col(one.name)
    minimum = str(earliest) if earliest and one.type in ("date", "datetime") else one.minimum
    low, high = _limit(one, minimum), _limit(one, one.maximum)
    if low is not None:
        yield Check(one, line & (value < low), "too_small", {"limit": minimum})
    if one.name == USUAL[0] and earliest is None:
        unusual = line & (value < USUAL[1])
        yield Check(one, unusual, "before_2000", note=True)
    if high is not None:
        yield Check(one, line & (value > high), "too_large", {"limit": one.maximum})
    if latest is not None and one.type in ("date", "datetime"):
        day = value.cast(pl.Date)
        yield Check(one, line & (day > latest), "in_the_future", {"latest": str(latest)})
    if one.pattern is not None:
        fits = value.str.contains(f"^(?:{one.pattern})$")
        yield Check(one, line & ~fits, "wrong_pattern", {"pattern": one.pattern})


def _earliest(frame: pl.LazyFrame, check: Check) -> str:
    rows = frame.filter(check.where.fill_null(False))
    day = pl.col(check.field.name).min().cast(pl.String)  # Python knows no year 0
    return rows.select(day).pipe(collected).item()


def _limit(one: Field, limit: float | str | None):
    if limit is None or one.type not in ("date", "datetime"):
        return limit
    moment = dt.datetime.fromisoformat(str(limit))
    return moment if one.type == "datetime" else moment.date()


def faults(check: Check, frame: pl.LazyFrame, parts: Sequence[Part], schema: Schema) -> list[Fault]:
    """The first rows that break a rule, each with the value as it stands in the file."""
    rows = frame.filter(check.where.fill_null(False)).select("file", "row")
    places = rows.sort("file", "row").head(LISTED).pipe(collected)
    faults = []
    for part in parts:
        numbers = places.filter(pl.col("file") == part.number)["row"].to_list()
        if numbers:
            faults += [_fault(check, part, row, c, schema) for row, c in _cells(part, numbers)]
    return faults


def _cells(part: Part, rows: list[int]) -> list[tuple[int, list[str | None]]]:
    """Row number and cells, as text, of these rows of a file."""
    frame = part.raw.frame.filter(pl.col("row").is_in(rows))
    as_text = [_as_text(n, t) for n, t in frame.collect_schema().items() if n != "row"]
    table = frame.select("row", *as_text).pipe(collected).sort("row")
    return [(row, cells) for row, *cells in table.rows()]


def _as_text(name: str, dtype: pl.DataType) -> pl.Expr:
    cell = pl.lit(None) if dtype.is_nested() or dtype == pl.Binary else pl.col(name)
    return cell.cast(pl.String).alias(name)


def _fault(check: Check, part: Part, row: int, cells: list[str | None], schema: Schema) -> Fault:
    position = part.position(check.field) if check.field else _total_position(cells)
    value = cells[position]
    key = check.key or (why_unreadable(check.field, value) if value else "missing_value")
    spoilt = part.raw.spoilt().get((row, position)) if key == "missing_value" else None
    if spoilt is not None:
        key, value = ("excel_error", spoilt) if spoilt else ("formula_without_value", value)
    heading = part.raw.headings[position].strip()
    return part.fault(key, row, heading, value, part.record(cells, schema), check.more)


def _total_position(cells: list[str | None]) -> int:
    return next(i for i, cell in enumerate(cells) if cell and cell.strip() in TOTALS)
