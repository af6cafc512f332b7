"""Dates whose month has a name: 05-Mar-24, March 5, 2024, 5. März 2024, 12 de marzo de 2024."""

import functools

import polars as pl
from babel import Locale

from crm_lessons.data import _parsing

LOCALES = ("en", "de", "fr", "es", "it", "pt", "nl")
_REST = r"(?:[\sT,]+(.*))?$"
_YEAR = r"(\d{4}|\d{2})"
_DAY_OF_WEEK = r"(?:[\p{L}-]{2,14}\.?,?\s+)?"
LETTERS = r"\p{L}{3}"  # no month has a shorter name


@functools.cache
def numbers() -> dict[str, str]:
    """Month, in small letters and without a point → its number; what is two months is none."""
    found: dict[str, set[int]] = {}
    for locale in map(Locale.parse, LOCALES):
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[form][width].items():
                    found.setdefault(name.lower().rstrip("."), set()).add(number)
    found.setdefault("sept", {9})
    return {name: f"{min(ns):02d}" for name, ns in found.items() if len(ns) == 1 and name}


@functools.cache
def _patterns() -> dict[str, tuple[int, int, int, int]]:
    """How such dates are written → the groups of year, month, day and time."""
    name = "|".join(sorted(numbers(), key=len, reverse=True))
    number = r"(\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
    of = r"(?:\s+(?:de|of|del))?"
    gap = r"[-\s/.,']*"
    return {
        rf"(?i)^{_DAY_OF_WEEK}{number}{of}{gap}({name})\.?{of}{gap}{_YEAR}{_REST}": (3, 2, 1, 4),
        rf"(?i)^{_DAY_OF_WEEK}({name})\.?[-\s/]*{number},?[-\s/']+{_YEAR}{_REST}": (3, 1, 2, 4),
        rf"(?i)^(\d{{4}})[-\s/.]*({name})\.?[-\s/.]*(\d{{1,2}}){_REST}": (1, 2, 3, 4),
    }


@functools.cache
def _months() -> dict[str, tuple[int, int]]:
    """How months without a day are written → the groups of year and month."""
    name = "|".join(sorted(numbers(), key=len, reverse=True))
    return {
        r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$": (1, 2),
        r"^((?:19|20)\d{2})(0[1-9]|1[0-2])$": (1, 2),
        r"^(\d{1,2})\s*[-/.]\s*(\d{4})$": (2, 1),
        rf"(?i)^({name})\.?[-\s/.,']*{_YEAR}$": (2, 1),
        rf"(?i)^(\d{{4}})[-\s/.]*({name})\.?$": (1, 2),
    }


def without_day(text: pl.Expr) -> pl.Expr:
    """The first day of a month as ``2024-03-01``: 2024-03, 202403, 03/2024, Mar 2024, Mar-24."""
    forms = []
    for pattern, (year, month) in _months().items():
        number = text.str.extract(pattern, month).str.to_lowercase()
        number = number.replace(numbers()).str.zfill(2)
        number = pl.when(number.is_in([f"{i:02}" for i in range(1, 13)])).then(number)
        first = _parsing.year_first(
            text.str.extract(pattern, year), number, pl.lit("01"), pl.lit("")
        )
        forms.append(first)
    return pl.coalesce(forms)


def is_like_month(text: pl.Expr) -> pl.Expr:
    """Whether it is written as a month without a day; 2024-13 is too."""
    return pl.any_horizontal(text.str.contains(pattern) for pattern in _months())


def is_named(text: pl.Expr) -> pl.Expr:
    """Whether the month has a name."""
    return pl.any_horizontal(text.str.contains(pattern) for pattern in _patterns())


def is_short(text: pl.Expr) -> pl.Expr:
    """Whether the month has a name and the year two digits."""
    years = [text.str.extract(pattern, places[0]) for pattern, places in _patterns().items()]
    return pl.coalesce(years).str.len_bytes() == 2


def year_first(text: pl.Expr) -> pl.Expr:
    """Such a date as ``2024-03-05`` and its time; null where it is none."""
    forms = []
    for pattern, places in _patterns().items():
        year, month, day, time = (text.str.extract(pattern, place) for place in places)
        month = month.str.to_lowercase().replace_strict(numbers(), default=None)
        forms.append(_parsing.year_first(year, month, day, time))
    return pl.coalesce(forms)
