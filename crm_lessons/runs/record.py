"""Pages of one's own: the record of a lesson or of the course on one page, and the certificate."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

import nbformat
import pandas as pd

from crm_lessons import show, wording, writing
from crm_lessons.course import in_kernel, record, results
from crm_lessons.course.record import Mistake, Worked
from crm_lessons.errors import CrmError
from crm_lessons.runs import _printing, _whole_run, lessons
from crm_lessons.runs._composing import Page
from crm_lessons.runs.timetable import told as lesson_told

MOST_MISTAKES, LINES_TO_WRITE = 5, 3
CHECKED = 5  # sentences on how it was checked: record.checked_1 …
_SENTENCE = re.compile(r"^\d\. (.+)$", re.MULTILINE)
_CODE = "from crm_lessons.course import in_kernel\nin_kernel.hand_over_record(lesson, {!r}, {!r})"


@dataclass(frozen=True)
class Wanted:
    """Whose record: the result ``file``, the ``nickname`` in it, ``made`` is today."""

    file: Path
    nickname: str
    made: date


def of_lesson(wanted: Wanted, lesson: str, *, out: Path, pdf: bool = False) -> list[Path]:
    """The record of one lesson as a page (and PDF); the lesson runs once, for what was decided."""
    chosen = lessons.find(lesson)
    done = {one.lesson: one for one in record.worked(record.lines(wanted.file, wanted.nickname))}
    if chosen.name not in done:
        raise CrmError("record_not_begun", lesson=chosen.name, nickname=wanted.nickname)
    code = _CODE.format(str(wanted.file.resolve()), wanted.nickname)
    ran = show.handed_over(_whole_run.run(chosen, wording.language(), code))
    text = render_lesson(wanted, done[chosen.name], ran)
    return _written(text, wanted, chosen.name, out, pdf)


def of_course(wanted: Wanted, *, out: Path, pdf: bool = False) -> list[Path]:
    """The record of all lessons as a page (and PDF)."""
    text = render_course(wanted, record.worked(record.lines(wanted.file, wanted.nickname)))
    return _written(text, wanted, "course", out, pdf)


def certificate(wanted: Wanted, *, out: Path, pdf: bool = False) -> list[Path]:
    """What was done and how it was checked, as a page (and PDF)."""
    text = render_certificate(wanted, record.worked(record.lines(wanted.file, wanted.nickname)))
    return _written(text, wanted, "certificate", out, pdf)


def render_lesson(wanted: Wanted, done: Worked, ran: Mapping[str, object]) -> str:
    """The page of one lesson; ``ran`` is what `in_kernel.hand_over_record` handed over."""
    page = Page(wording.text("record.title", nickname=wanted.nickname), texts="record")
    page.html(f"<p><b>{escape(lesson_told(done.lesson))}</b></p>")
    _progress(page, done)
    if sentences := take_away(done.lesson, wording.language()):
        page.heading("sentences")
        page.prose("\n".join(f"{n}. {one}" for n, one in enumerate(sentences, start=1)))
    decided = ran.get(in_kernel.DECIDED)
    if decided is not None and len(decided):
        page.heading("decided")
        for one in decided.itertuples():
            page.html(f"<p><b>{escape(one.question)}</b> {escape(one.own_answer)}</p>")
    _mistakes(page, done.mistakes)
    for title, table in (ran.get(in_kernel.TAKEN_HOME) or {}).items():
        page.html(f"<h2>{escape(title)}</h2>{table}")
    _to_write(page, "next")
    _footer(page, wanted)
    return page.render(style="record")


def render_course(wanted: Wanted, done: Sequence[Worked]) -> str:
    """The page of the course."""
    page = Page(wording.text("record.title", nickname=wanted.nickname), texts="record")
    page.heading("lessons")
    page.table(table(done))
    every = sorted((m for one in done for m in one.mistakes), key=lambda m: -m.times)
    _mistakes(page, every)
    _to_write(page, "own_sentences")
    _to_write(page, "next")
    _footer(page, wanted)
    return page.render(style="record")


def render_certificate(wanted: Wanted, done: Sequence[Worked]) -> str:
    """The certificate: what was done, how it was checked, what it cannot prove."""
    page = Page(wording.text("record.certificate"), texts="record")
    days = {"first": min(one.first for one in done), "last": max(one.last for one in done)}
    page.say("certified", nickname=wanted.nickname, **days)
    page.table(table(done))
    page.heading("checked")
    page.bullets(wording.text(f"record.checked_{n}") for n in range(1, CHECKED + 1))
    _footer(page, wanted)
    page.html(f'<p class="sign">{escape(wording.text("record.sign"))}</p>')
    return page.render(style="record")


def table(done: Sequence[Worked]) -> pd.DataFrame:
    """One row for each lesson: how far, on which days."""
    rows = [
        {
            "lesson": lesson_told(one.lesson),
            "right_of_all": f"{one.correct}/{one.items}",
            "deeper_right": one.deeper,
            "first_day": one.first.isoformat(),
            "last_day": one.last.isoformat(),
        }
        for one in done
    ]
    return pd.DataFrame(rows)


def take_away(lesson: str, language: str) -> list[str]:
    """What the lesson gives to take away: the list above the cell of one's results."""
    cells = nbformat.read(lessons.edition_path(lesson, language), as_version=4).cells
    place = next((n for n, c in enumerate(cells) if "lesson.summary()" in c.source), 0)
    return _SENTENCE.findall(cells[place - 1].source) if place else []


def _progress(page: Page, done: Worked) -> None:
    told = {"answered": done.answered, "items": done.items, "correct": done.correct}
    page.say("progress", **told, first=done.first, last=done.last)
    if done.data > 1:
        page.say("several_data")


def _mistakes(page: Page, found: Sequence[Mistake]) -> None:
    page.heading("mistakes")
    if not found:
        page.say("no_mistakes")
    for one in found[:MOST_MISTAKES]:
        name = wording.text("record.mistake", exercise=one.exercise, mistake=one.mistake)
        page.html(f"<p><b>{escape(name)}</b> {escape(one.advice)}</p>")
    if len(found) > MOST_MISTAKES:
        page.say("more_mistakes", count=len(found) - MOST_MISTAKES)


def _to_write(page: Page, key: str) -> None:
    page.heading(key)
    page.html('<p class="write"></p>' * LINES_TO_WRITE)


def _footer(page: Page, wanted: Wanted) -> None:
    told = {"made": wanted.made, "file": wanted.file.name, "sha": record.checksum(wanted.file)}
    page.html(f'<p class="foot">{escape(wording.text("record.footer", **told))}</p>')


def _written(text: str, wanted: Wanted, name: str, out: Path, pdf: bool) -> list[Path]:
    writing.ready(out)
    chromium = _printing.chromium() if pdf else None
    who = results.file_name(wanted.nickname).removesuffix(".jsonl")
    target = out / f"{who}_{name}_{wording.language()}.html"
    writing.text(target, text)
    return [target] if chromium is None else [target, _printing.pdf(target, chromium)]
