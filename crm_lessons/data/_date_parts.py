"""Dates that stand in columns of their own: a year, a month and a day."""

import dataclasses
from collections.abc import Mapping

import polars as pl

from crm_lessons.data import _exports
from crm_lessons.data._collecting import collected
from crm_lessons.data._headings import names_of, plain
from crm_lessons.data._parsing import cell, year_first
from crm_lessons.data._raw import Raw
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import Findings

NAME = "order_date"  # the field, and the heading of the column that is added
_YEAR, _NUMBER = r"^(\d{4}|\d{2})(?:\.0+)?\s*\p{L}?$", r"^(\d{1,2})(?:\.0+)?\s*\p{L}?$"


def joined(raw: Raw, schema: Schema, columns: Mapping[str, str], findings: Findings) -> Raw:
    """The table with a date on each line, where only its parts stand there; a note says so.

    Without a day it is a month, which reading asks about. ``columns``: field → heading, as it was
    asked or is known.
    """
    named = {plain(h) for h in raw.headings}
    if NAME in columns or named & names_of(schema.fields[NAME]):
        return raw
    found = {
        part: _place(raw, words) for part, words in _exports.words("doubtful")["dates"].items()
    }
    places = [place for place in found.values() if place is not None]
    if found["year"] is None or found["month"] is None or not _are_parts(raw, found):
        return raw
    told = " + ".join(raw.headings[place].strip() for place in places)
    findings.note("date_of_parts", file=raw.file, headings=told)
    return with_date(raw, _date(found))


def with_date(raw: Raw, date: pl.Expr) -> Raw:
    """The table with a further column, which holds the date of the order."""
    place = len(raw.headings)
    frame = raw.frame.with_columns(date.alias(f"c{place}"))
    return dataclasses.replace(
        raw, headings=[*raw.headings, NAME], frame=frame, beside=raw.beside | {place}
    )


def _place(raw: Raw, words: list[str]) -> int | None:
    """Where the only heading stands that is one of the words."""
    known = {plain(word) for word in words}
    places = [i for i, heading in enumerate(raw.headings) if plain(heading) in known]
    return places[0] if len(places) == 1 else None


def _are_parts(raw: Raw, found: Mapping[str, int | None]) -> bool:
    """Whether years look like years and days like days of a month, as far as they are there."""
    tests = {"year": _YEAR, "day": _NUMBER}
    asked = [
        cell(place).str.contains(tests[part]).fill_null(True).all().alias(part)
        for part, place in found.items()
        if part in tests and place is not None
    ]
    return all(raw.frame.select(asked).pipe(collected).row(0))


def _date(found: Mapping[str, int | None]) -> pl.Expr:
    """The date as text: with the year first where the month is a number, else with its name."""
    year = cell(found["year"]).str.extract(_YEAR)
    months = {name: str(i) for i, name in enumerate(_exports.words("doubtful")["months"], start=1)}
    word = cell(found["month"]).replace(months)
    month = word.str.extract(_NUMBER)
    if found["day"] is None:
        return pl.coalesce(year + "-" + month, word + " " + year)
    day = cell(found["day"]).str.extract(_NUMBER)
    return pl.coalesce(year_first(year, month, day, pl.lit("")), day + " " + word + " " + year)
