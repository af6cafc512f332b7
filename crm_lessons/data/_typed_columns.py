"""Columns that a Parquet file holds with a type already, brought to the type of their field.

Nothing is done that is not needed: a table in our own types stays as lazy as it was.
"""

from dataclasses import dataclass

import polars as pl

from crm_lessons.data._parsing import BLANKS, MISSING, TYPES, UNREADABLE, WIDE_DIGITS, whole
from crm_lessons.data._schema import Field

_TRACES = ("E+", "e+", "\ufffd", "'", '"', "\n", "\r", UNREADABLE)  # of programs, in ids
EXACT = 2**53  # beyond it a float no longer tells one whole number from the next


@dataclass(frozen=True)
class Parsed:
    """A column's value, and where something is there that yields no value (None: nowhere)."""

    value: pl.Expr
    unreadable: pl.Expr | None = None


def is_read_as_text(field: Field, dtype: pl.DataType) -> bool:
    """Text, and 20240305 kept as a number."""
    return dtype == pl.String or (dtype.is_integer() and field.type in ("date", "datetime"))


def parse_typed(field: Field, column: pl.Expr, dtype: pl.DataType) -> Parsed | None:
    """A field's value from a column of this type; None if the types have nothing in common."""
    if dtype == pl.Null:
        return Parsed(column.cast(TYPES[field.type]))
    if field.type == "string":
        is_flag = dtype == pl.Boolean and not field.is_id
        return Parsed(column.cast(pl.String)) if is_flag else _to_text(column, dtype)
    if field.type in ("date", "datetime"):
        return _to_moment(field, column, dtype)
    if field.type == "boolean":
        return _to_boolean(column, dtype)
    return _to_number(field, column, dtype)


def may_be_untidy(field: Field, text: pl.Expr) -> pl.Expr:
    """Where `is_untidy` may be true, at half its cost: a blank stands somewhere in the text."""
    marks = [*BLANKS, *_TRACES, *WIDE_DIGITS] if field.is_id else [*BLANKS]
    words = text.is_in((*MISSING, *field.codes)) | text.str.contains_any(marks)
    if field.is_id:
        words |= text.str.ends_with(".0") | text.str.starts_with("#")
    return words


def is_untidy(field: Field, text: pl.Expr) -> pl.Expr:
    """Where the text of a column may still need parsing: a cheap test for millions."""
    untidy = (text.str.strip_chars(BLANKS) != text) | text.is_in((*MISSING, *field.codes))
    if field.is_id:
        untidy |= text.str.ends_with(".0") | text.str.starts_with("#")
        untidy |= text.str.contains_any([*_TRACES, *WIDE_DIGITS])
    return untidy


def _to_text(column: pl.Expr, dtype: pl.DataType) -> Parsed | None:
    if dtype.is_float():
        number = column.fill_nan(None)
        value = whole(number).cast(pl.String)
        return Parsed(value, (number != number.round()) | (number.abs() > EXACT))
    if dtype.is_integer() or dtype in (pl.Categorical, pl.Enum):
        return Parsed(column.cast(pl.String))
    return None


def _to_moment(field: Field, column: pl.Expr, dtype: pl.DataType) -> Parsed | None:
    if dtype not in (pl.Date, pl.Datetime):
        return None
    if dtype == TYPES[field.type]:
        return Parsed(column)
    local = column.dt.replace_time_zone(None) if dtype == pl.Datetime else column
    return Parsed(local.cast(TYPES[field.type]))


def _to_boolean(column: pl.Expr, dtype: pl.DataType) -> Parsed | None:
    if dtype == pl.Boolean:
        return Parsed(column)
    if dtype.is_numeric():
        return Parsed(column == 1, ~column.is_in([0, 1]))
    return None


def _to_number(field: Field, column: pl.Expr, dtype: pl.DataType) -> Parsed | None:
    if dtype == pl.Int64 and field.type == "integer":
        return Parsed(column)
    if dtype.is_integer() or dtype.is_decimal():
        value = column.cast(pl.Float64)
        return Parsed(whole(value) if field.type == "integer" else value)
    if not dtype.is_float():
        return None
    number = column.cast(pl.Float64).fill_nan(None)
    if field.type == "integer":
        return Parsed(whole(number), (number != number.round()) | number.is_infinite())
    return Parsed(number, number.is_infinite())
