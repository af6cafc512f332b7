"""A course for one role on paper and in a calendar: a page, a workbook, a calendar file.

For each day it says which lessons, what to print, and what the guides want prepared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from pathlib import Path

import pandas as pd

from crm_lessons import show, wording, writing
from crm_lessons.course import folders, guide
from crm_lessons.course.guide import DEEPER
from crm_lessons.runs import _printing, calendar_file, check_sheets, pace
from crm_lessons.runs._composing import Page
from crm_lessons.runs.timetable import (
    PRACTICE,
    Sitting,
    Timetable,
    Wish,
    role_told,
    timetable,
    told,
)

_HEADS = ("time", "what", "minutes")


@dataclass(frozen=True)
class Plan:
    """Where the files lie (no PDF unless asked for), and the timetable in them."""

    timetable: Timetable
    html: Path
    excel: Path
    calendar: Path
    pdf: Path | None = None


def plan(wish: Wish, *, out: Path, made: date, pdf: bool = False) -> Plan:
    """Write the plan of a course; ``made`` is today. CrmError says what in a wish cannot be met."""
    found = timetable(wish)
    writing.ready(out)
    chromium = _printing.chromium() if pdf else None
    stem = out / f"plan_{wish.role}_{wish.first}_{wording.language()}"
    html, excel, calendar = (stem.with_suffix(end) for end in (".html", ".xlsx", ".ics"))
    writing.text(html, render(found))
    tables = {"timetable": rows(found), "to_prepare": preparations(found)}
    show.excel(excel, tables, titles={name: f"plan.sheet_{name}" for name in tables})
    stamp = datetime.combine(made, time(), UTC)
    text = calendar_file.calendar(_events(found), name=_title(wish), stamp=stamp)
    with writing.beside(calendar) as draft:
        draft.write_bytes(text.encode())
    printed = _printing.pdf(html, chromium) if chromium else None
    return Plan(found, html, excel, calendar, printed)


def render(found: Timetable) -> str:
    """The page as text, in the language in use."""
    wish = found.wish
    page = Page(_title(wish), texts="plan")
    days = found.days()
    page.say(
        "summary",
        lessons=len({one.lesson for one in found.sittings if one.lesson != PRACTICE}),
        days=len(days),
        hours=wish.hours,
        first=day_told(days[0]),
        last=day_told(days[-1]),
    )
    for sentence in remarks(found):
        page.html(f"<p>{escape(sentence)}</p>")
    for number, day in enumerate(days, start=1):
        page.heading("day_heading", number=number, day=day_told(day))
        today = [one for one in found.sittings if one.begin.date() == day]
        page.html(_table(today))
        begun = [one for one in today if one.lesson != PRACTICE and not one.goes_on]
        for key, tell in (("to_print", _to_print), ("to_prepare", _to_prepare)):
            if items := [text for one in begun for text in tell(one)]:
                page.heading(key, 3)
                page.bullets(items)
    return page.render(style="teaching")


def remarks(found: Timetable) -> list[str]:
    """What is worth knowing of a plan: days passed over, holidays that nobody knows yet."""
    told_days = [
        wording.text(f"plan.over_{reason}", day=day_told(day))
        for day, reason in found.passed_over
        if reason != "weekend"
    ]
    between = wording.text("plan.between")
    said = [wording.text("plan.passed_over", days=between.join(told_days))] if told_days else []
    if found.unknown_years:
        said.append(wording.text("plan.unknown_holidays", year=found.unknown_years[0]))
    return said


def rows(found: Timetable) -> pd.DataFrame:
    """One row for each sitting: day, begin, end, lesson, minutes in class and alone."""
    listed = [
        {
            "class_day": day_told(one.begin.date()),
            "begins": f"{one.begin:%H:%M}",
            "ends": f"{one.end:%H:%M}",
            "lesson": _what(one),
            "class_minutes": one.minutes,
            "minutes_alone": _alone(one),
        }
        for one in found.sittings
    ]
    return pd.DataFrame(listed).astype({"minutes_alone": "Int64"})


def preparations(found: Timetable) -> pd.DataFrame:
    """What to print and prepare: day, lesson, what to do, and a column to tick."""
    listed = [
        (day_told(one.begin.date()), told(one.lesson), text, "")
        for one in found.sittings
        if one.lesson != PRACTICE and not one.goes_on
        for text in [*_to_print(one), *_to_prepare(one)]
    ]
    columns = ["class_day", "lesson", "to_do", "ready"]
    return pd.DataFrame(listed, columns=columns, dtype="str")


def day_told(day: date) -> str:
    """A day with its weekday, in the language in use."""
    weekday = wording.text(f"plan.weekday_{day.weekday()}")
    return wording.text("plan.day", day=day, weekday=weekday)


def _title(wish: Wish) -> str:
    return wording.text("plan.title", role=role_told(wish.role))


def _what(one: Sitting) -> str:
    name = told(one.lesson)
    if one.depth == DEEPER:
        name = wording.text("plan.deeper", lesson=name)
    return wording.text("plan.goes_on", lesson=name) if one.goes_on else name


def _alone(one: Sitting) -> int | None:
    """Minutes for one who works alone: what the core path takes, with what goes deeper if asked."""
    if one.lesson == PRACTICE or one.goes_on:
        return None
    taken = pace.of(one.lesson).minutes
    if one.depth == DEEPER:
        taken += pace.of(one.lesson, deeper=True).minutes
    return round(taken)


def _to_print(one: Sitting) -> list[str]:
    number = one.lesson.partition("_")[0]
    deeper = " --deeper" if one.depth == DEEPER else ""
    language = wording.language()
    made = [f"crm-lessons handout {number} --pdf{deeper} --language {language}"]
    if folders.read(one.lesson, check_sheets.FILE):
        made.append(f"crm-lessons sheets {number} --pdf --language {language}")
    return [*made, f"crm-lessons slides {number}{deeper} --language {language}"]


def _to_prepare(one: Sitting) -> list[str]:
    return [str(text) for text in guide.load(one.lesson).prepare]


def _table(today: Iterable[Sitting]) -> str:
    heads = "".join(f'<th scope="col">{_text(f"head_{key}")}</th>' for key in _HEADS)
    cells = ""
    for one in today:
        alone = _alone(one)
        key = "in_class" if alone is None else "in_class_alone"
        long = wording.text(f"plan.{key}", minutes=one.minutes, alone=alone)
        cells += (
            f"<tr><td>{one.begin:%H:%M}–{one.end:%H:%M}</td>"
            f'<th scope="row">{escape(_what(one))}</th><td>{escape(long)}</td></tr>'
        )
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>"
    return f'<div class="crm-table-wrap">{table}</div>'


def _events(found: Timetable) -> list[calendar_file.Event]:
    events = []
    for one in found.sittings:
        about = [*_to_print(one), *_to_prepare(one)] if one.lesson != PRACTICE else []
        told_about = "" if one.goes_on else "\n".join(about)
        events.append(calendar_file.Event(one.begin, one.end, _what(one), told_about))
    return events


def _text(key: str) -> str:
    return escape(wording.text(f"plan.{key}"))
