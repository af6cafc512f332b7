"""Dates as form tools write them, year first: month names, two digits for the year, no date at all.

Where the day and the month stand is settled by the column, or by the questionnaire (``order``).
"""

import calendar
import re

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._raw import Raw
from crm_lessons.data.findings import Findings

ORDERS = ("day_first", "month_first")
NEVER = "1980-01-01"  # what LimeSurvey writes where it keeps no dates

_MONTHS = {name.casefold(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: i for name, i in _MONTHS.items()} | {"sept": 9}
_NAME = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY, _GAP = r"(\d{1,2})(?:st|nd|rd|th)?", r"[\s\-.,/]+"
_NAMED = (  # where year, month and day stand among the groups
    (re.compile(rf"\b{_DAY}[\s\-./]*{_NAME}{_GAP}(\d{{4}}|\d\d)\b"), (3, 2, 1)),
    (re.compile(rf"\b{_NAME}[\s\-./]*{_DAY}{_GAP}(\d{{4}})\b"), (3, 1, 2)),
    (re.compile(rf"\b(\d{{4}}){_GAP}{_NAME}{_GAP}{_DAY}\b"), (1, 2, 3)),
)
# What stands around a date and changes no day: the half of the day, its zone, the day of the week.
_AROUND = re.compile(
    r"(?:上午|下午|中午|晚上|凌晨|早上|星期[一二三四五六日天]|周[一二三四五六日])\s*"
    r"|\s*\[(?:gmt|utc)[^\]]*\]$|^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"^\s*(\d{1,2})([-/.])(\d{1,2})\2(\d\d)(?!\d)")
_YEAR_LAST = re.compile(r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")


def readable(raw: Raw, place: int, order: str, findings: Findings, told: dict) -> pl.LazyFrame:
    """The rows of a file with the dates of one column written year first where that is sure.

    Dates of which nobody can tell the day from the month are one fault, with the line to write.
    """
    column = f"c{place}"
    if raw.frame.collect_schema()[column] != pl.String:
        return raw.frame
    text = raw.frame.select(pl.col(column).drop_nulls().unique()).pipe(collected)[column].to_list()
    made = {one: _year_first(one) for one in text}
    order = order or _settled(list(made.values()))
    if order:
        made = {one: _in_order(day, order) for one, day in made.items()}
    if NEVER in {day[:10] for day in made.values()}:
        findings.note("no_dates_kept", file=raw.file)
        made = {one: None if day[:10] == NEVER else day for one, day in made.items()}
    open_ = sorted(one for one, day in made.items() if day and _YEAR_LAST.match(day))
    changed = {one: day for one, day in made.items() if day != one}
    frame = raw.frame.with_columns(pl.col(column).replace(changed))
    if not open_:
        return frame
    count = raw.frame.select(pl.col(column).is_in(open_).sum()).pipe(collected).item()
    findings.fault("days_unsettled", raw.file, shown=open_[0], count=count, **told)
    return frame.with_columns(pl.lit(None, pl.String).alias(column))


def _year_first(text: str) -> str:
    """A date with the name of its month as 2025-03-05; with a short year as 5/3/2025."""
    text = _AROUND.sub(" ", text).strip()
    for pattern, (year, month, day) in _NAMED:
        if found := pattern.search(text.casefold()):
            full = found[year] if len(found[year]) == 4 else f"20{found[year]}"
            return f"{full}-{_MONTHS[found[month]]:02d}-{int(found[day]):02d}"
    return _SHORT_YEAR.sub(r"\1\g<2>\3\g<2>20\4", text)


def _settled(texts: list[str]) -> str:
    """What comes first, where one of the numbers passes 12 somewhere and the other nowhere."""
    found = [match for text in texts if (match := _YEAR_LAST.match(text))]
    if not found:
        return ""
    first, second = (max(int(match[i]) for match in found) for i in (1, 2))
    if first <= 12 < second:
        return "month_first"
    return "day_first" if second <= 12 < first else ""


def _in_order(text: str, order: str) -> str:
    form = r"\3-\1-\2" if order == "month_first" else r"\3-\2-\1"
    return _YEAR_LAST.sub(form, text)
