"""Columns of text as computers write numbers and dates, where the column explains itself."""

from collections.abc import Collection, Mapping

import polars as pl

from crm_lessons.data import _currency_signs, _date_forms, _number_forms
from crm_lessons.data._parsing import UNREADABLE, is_of_one_line
from crm_lessons.data._raw import Raw
from crm_lessons.data._schema import Field
from crm_lessons.data.findings import Findings


def settled(
    raw: Raw,
    fields: Mapping[str, Field],
    findings: Findings,
    *,
    decimal: str,
    dates: str,
    optional: Collection[str],
) -> tuple[pl.LazyFrame, set[str]]:
    """The rows with numbers and dates in the way of computers, where their columns explain them.

    Beside them the columns in which every cell is such a number or date as it stands. ``fields``:
    column → field; ``optional``: columns that are read as empty where nothing explains them.
    """
    frame = raw.frame.with_columns(pl.col(c).cast(pl.String) for c in fields)
    frame = _without_breaks(frame, raw, fields)
    frame, plain = _with_numbers(frame, raw, fields, findings, decimal, optional)
    days = {c: f for c, f in fields.items() if f.type in ("date", "datetime")}
    odd = _date_forms.not_plain(frame, days)
    how = dict(reading=dates, excel=raw.kind == "excel", optional=optional)
    frame = _date_forms.settled(frame, _named(odd, raw), raw.file, findings, **how)
    # In Excel a formula without its value is no empty cell.
    return frame, set() if raw.kind == "excel" else plain | (set(days) - set(odd))


def _with_numbers(frame: pl.LazyFrame, raw: Raw, fields, findings, decimal: str, optional):
    numbers = {c: f for c, f in fields.items() if f.type in ("number", "integer")}
    look = _number_forms.look(frame, numbers, decimal)
    exact = {f"c{place}" for place in raw.exact}
    odd = [c for c in numbers if c in look.odd and c not in exact]
    amounts = [c for c in odd if fields[c].name == "amount"]
    _currency_signs.check(frame, _named(amounts, raw), raw.file, findings)
    how = dict(decimal=decimal, separator=raw.separator, optional=optional)
    frame = _number_forms.settled(frame, _named(odd, raw), raw.file, findings, **how)
    return frame, {c for c in look.plain if fields[c].type == "number"}


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
