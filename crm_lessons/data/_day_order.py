"""Dates with the year last: 03/04/2024 alone may be March or April, a whole column seldom is."""

from collections.abc import Mapping

import polars as pl

from crm_lessons.data.findings import Findings

_YEAR_LAST = r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})"
PEEKED = 1000  # rows after which a column without such dates is taken to have none
_FIRST, _SECOND = "$3-$1-$2", "$3-$2-$1"  # where the month stands


def settled(
    frame: pl.LazyFrame, columns: Mapping[str, str], file: str, findings: Findings
) -> pl.LazyFrame:
    """The rows with such dates written year first, where their column shows what comes first.

    ``columns``: heading → column of text. One of the two numbers exceeds 12 somewhere and the other
    nowhere; a note says so. Otherwise nothing changes, and reading calls each of them a fault.
    """
    for heading, column in columns.items():
        how = _order(frame, column) if _any(frame.head(PEEKED), column) else None
        if how:
            frame = frame.with_columns(pl.col(column).str.replace(_YEAR_LAST, how))
            key = "month_first" if how == _FIRST else "day_first"
            findings.note(key, file=file, heading=heading)
    return frame


def _any(frame: pl.LazyFrame, column: str) -> bool:
    found = frame.select(pl.col(column).str.contains(_YEAR_LAST).any())
    return bool(found.collect().item())


def _order(frame: pl.LazyFrame, column: str) -> str | None:
    """How to write the dates anew; None if the column does not tell."""
    numbers = [pl.col(column).str.extract(_YEAR_LAST, i).cast(pl.Int8).max() for i in (1, 2)]
    first, second = frame.select(a=numbers[0], b=numbers[1]).collect(engine="streaming").row(0)
    if first <= 12 < second:
        return _FIRST
    return _SECOND if second <= 12 < first else None
