"""Whether a column holds a value that a person has typed: compared in the column's own type."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

import polars as pl

from crm_lessons.data._parsing import parse_day, truth_of


def holds(name: str, meant: Iterable[object], dtype: pl.DataType) -> pl.Expr:
    """Where the column has one of these values; ``*`` in one stands for any text."""
    column, given = pl.col(name), [str(one) for one in meant]
    plain = [one for one in given if "*" not in one]
    patterns = (_like(column, one, dtype) for one in given if "*" in one)
    return pl.any_horizontal(pl.lit(False), _one_of(column, plain, dtype), *patterns)


def _like(column: pl.Expr, value: str, dtype: pl.DataType) -> pl.Expr:
    pattern = re.escape(value).replace(r"\*", ".*")
    return _shown(column, dtype).str.contains(f"(?s)^(?:{pattern})$")


def _one_of(column: pl.Expr, values: list[str], dtype: pl.DataType) -> pl.Expr:
    """All values at once: one by one they would take their number times as long."""
    if dtype.is_numeric():
        return column.cast(pl.Float64).is_in(_known(as_number, values))
    if dtype in (pl.Date, pl.Datetime):
        return column.cast(pl.Date).is_in(_known(as_day, values))
    if dtype == pl.Boolean:
        return column.is_in(_known(as_truth, values))
    return _shown(column, dtype).is_in(values)


def _known(read: Callable[[str], Any], values: Iterable[str]) -> list:
    found = map(read, values)
    return [one for one in found if one is not None]


def _shown(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """The column as people see it: 2, not 2.0."""
    text = column.cast(pl.String)
    return text.str.strip_suffix(".0") if dtype.is_float() else text


def as_number(value: object) -> float | None:
    """A number that was typed; None if it is none.

    >>> as_number("2"), as_number("１,200.50"), as_number("two")
    (2.0, 1200.5, None)
    """
    bare = unicodedata.normalize("NFKC", str(value)).strip().replace(",", "")
    try:
        return float(bare)
    except ValueError:
        return None


def as_day(value: object) -> dt.date | None:
    """A date that was typed, the year first; None if it is none.

    >>> as_day("2024/3/5"), as_day("2024年3月5日") == as_day(dt.date(2024, 3, 5)), as_day("May")
    (datetime.date(2024, 3, 5), True, None)
    """
    return parse_day(str(value).strip())


def as_truth(value: object) -> bool | None:
    """True or false from what was typed, 是 or no; None if it is neither.

    >>> as_truth("是"), as_truth("False"), as_truth("perhaps")
    (True, False, None)
    """
    return truth_of(str(value))
