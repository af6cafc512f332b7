"""Columns of text as computers write numbers and dates, where the column explains itself."""

from collections.abc import Collection, Mapping

import polars as pl

from crm_lessons.data import (
    _clocks,
    _currency_signs,
    _date_forms,
    _discount_marks,
    _number_forms,
    _number_marks,
)
from crm_lessons.data._clocks import AS_WRITTEN, Clock
from crm_lessons.data._parsing import UNREADABLE, is_of_one_line
from crm_lessons.data._raw import Raw
from crm_lessons.data._schema import Field
from crm_lessons.data.findings import Findings

TYPED = "typed "  # prefix of what Excel holds as a number
WITHOUT_TIME_NOTHING = ("sent_at", "in_at")  # waits are counted from them in minutes
TO_THE_SECOND = ("sent_at",)


def settled(
    raw: Raw,
    fields: Mapping[str, Field],
    findings: Findings,
    *,
    decimal: str,
    dates: str,
    optional: Collection[str],
    sales_on: str = "",
    clock: Clock = AS_WRITTEN,
) -> tuple[pl.LazyFrame, set[str]]:
    """The rows with numbers and dates in the way of computers, where their columns explain them.

    Beside them the columns in which every cell is such a number or date as it stands. ``fields``:
    column → field; ``optional``: columns that are read as empty where nothing explains them.
    """
    frame = raw.frame.with_columns(pl.col(c).cast(pl.String) for c in fields)
    frame = _without_breaks(frame, raw, fields)
    moments = [c for c, f in fields.items() if f.type == "datetime"]
    frame = frame.with_columns(pl.col(c).str.replace(_clocks.NEVER, "") for c in moments)
    frame, plain = _with_numbers(frame, raw, fields, findings, decimal, optional, sales_on)
    days = {c: f for c, f in fields.items() if f.type in ("date", "datetime")}
    odd = _date_forms.not_plain(frame, days)
    how = dict(reading=dates, excel=raw.kind == "excel", optional=optional)
    frame = _date_forms.settled(frame, _named(odd, raw), raw.file, findings, moments=moments, **how)
    frame = _on_one_clock(frame, raw, {c: fields[c] for c in moments}, findings, clock)
    # In Excel a formula without its value is no empty cell.
    return frame, set() if raw.kind == "excel" else plain | (set(days) - set(odd))


def _on_one_clock(
    frame: pl.LazyFrame, raw: Raw, moments: Mapping[str, Field], findings: Findings, clock: Clock
) -> pl.LazyFrame:
    named = {
        kind: {raw.headings[int(c[1:])].strip() for c, f in moments.items() if f.name in names}
        for kind, names in {"needed": WITHOUT_TIME_NOTHING, "exact": TO_THE_SECOND}.items()
    }
    how = dict(excel=raw.kind == "excel", **named)
    return _clocks.settled(frame, _named(moments, raw), raw.file, findings, clock, **how)


def _with_numbers(
    frame: pl.LazyFrame, raw: Raw, fields, findings, decimal: str, optional, sales_on: str
):
    numbers = {c: f for c, f in fields.items() if f.type in ("number", "integer")}
    rates = [c for c, f in numbers.items() if f.name == "discount"]
    frame = _discount_marks.as_shares(frame, rates)
    typed = {f"c{i}": rows for i, rows in raw.numbers.items() if f"c{i}" in numbers}
    frame = _without_typed(frame, typed)
    look = _number_forms.look(frame, numbers, decimal)
    exact = {f"c{place}" for place in raw.exact}
    odd = [c for c in numbers if c in look.odd and c not in exact]
    amounts = [c for c in odd if fields[c].name == "amount"]
    told = (_named(odd, raw), amounts, raw.file, findings)
    frame = _number_marks.understood(frame, *told, sales_on=sales_on)
    yen = _currency_signs.is_japanese(raw.headings)
    _currency_signs.check(frame, _named(amounts, raw), raw.file, findings, yen=yen)
    how = dict(decimal=decimal, separator=raw.separator, optional=optional)
    frame = _number_forms.settled(frame, _named(odd, raw), raw.file, findings, **how)
    frame = frame.with_columns(pl.coalesce(TYPED + c, c).alias(c) for c in typed)
    return frame, {c for c in look.plain if fields[c].type == "number"}


def _without_typed(frame: pl.LazyFrame, typed: Mapping[str, pl.Series]) -> pl.LazyFrame:
    """The rows with texts alone in columns that hold numbers as well, which stand beside them.

    A cell that Excel holds as a number says nothing of how the others are written.
    """
    is_number = {c: pl.col("row").is_in(rows.implode()) for c, rows in typed.items()}
    aside = [pl.when(one).then(c).alias(TYPED + c) for c, one in is_number.items()]
    return frame.with_columns(*aside, *(pl.when(~one).then(c) for c, one in is_number.items()))


def _named(columns: Collection[str], raw: Raw) -> dict[str, str]:
    """Heading → column."""
    return {raw.headings[int(column[1:])].strip(): column for column in columns}


def _without_breaks(frame: pl.LazyFrame, raw: Raw, fields: Mapping[str, Field]) -> pl.LazyFrame:
    """The rows with a mark on ids, dates and numbers that reach over lines: rows run together."""
    if not raw.breaks:
        return frame
    return frame.with_columns(
        pl.when(pl.col(c).str.contains(r"[\r\n]"))
        .then(pl.col(c) + UNREADABLE)
        .otherwise(c)
        .alias(c)
        for c, field in fields.items()
        if is_of_one_line(field)
    )
