"""An exercise on paper: the question, what there is to choose from, room for the answer."""

import re
from html import escape

import nbformat
import pandas as pd

from crm_lessons import show, wording
from crm_lessons.course import codes, exercise, kinds
from crm_lessons.course.item import Item
from crm_lessons.runs import _on_paper

WRITTEN_LINES = 7  # of an open question
HIGHEST = 12  # rows of a table to tick; a longer one stands in two parts
EXERCISES = {"exercise", "quiz"}
_ASKED = re.compile(r"\.ask\(\s*[\"'](\w+)[\"']")


def is_exercise(cell: nbformat.NotebookNode) -> bool:
    """Whether a cell is tagged as an exercise or a quiz question."""
    return bool(EXERCISES & set(cell.metadata.get("tags", [])))


def asked(cell: nbformat.NotebookNode, lesson: str) -> list[Item]:
    """The exercises that a cell asks."""
    items = exercise.load(lesson) if lesson in exercise.lessons() else {}
    return [items[name] for name in _ASKED.findall(cell.source) if name in items]


def html(
    item: Item,
    number: int,
    *,
    room: bool = True,
    because: bool = True,
    offered: pd.DataFrame | None = None,
    figures: str = "",
) -> str:
    """The question as HTML; with ``room`` there is space to write the answer, and ``because``.

    ``offered`` is the table of customers to tick, ``figures`` a table to read, as HTML.
    """
    form = kinds.of(item).form(item, offered)
    body = f"<p><b>{number}.</b> {escape(asked_off_screen(item))}</p>"
    body += figures + _options(form) + _grid(form) + _book(form)
    body += _ticks(form, offered, item.lesson)
    written = form.unit or (form.control == kinds.LINES and not form.rows)
    if room and written:
        told, unit = escape(wording.text("teaching.answer")), escape(form.unit)
        body += f'<p class="write">{told}<i></i>{unit}</p>'
    if room and form.control == kinds.WRITING:
        lines = '<p class="write"><i></i></p>' * WRITTEN_LINES
        parts = [f"<p><b>{escape(part.label)}</b></p>" for part in form.rows] or [""]
        body += "".join(part + lines for part in parts)
    elif room and because:
        body += f'<p class="write">{escape(wording.text("teaching.because"))}<i></i></p>'
    return f'<div class="question">{body}</div>'


def asked_off_screen(item: Item) -> str:
    """What is asked, without the sentence that speaks of a slider."""
    return _on_paper.prose(str(item.question), wording.language())


def _options(form: kinds.Form) -> str:
    if not form.options:
        return ""
    sign = "____" if form.control == kinds.STEPS else "☐"
    lines = [f"<li>{sign} {one.letter} {escape(one.label)}</li>" for one in form.options]
    return f'<ul class="options">{"".join(lines)}</ul>'


def _ticks(form: kinds.Form, offered: pd.DataFrame | None, lesson: str) -> str:
    """The customers to choose from, with a box to tick before each."""
    if form.control != kinds.LINES or offered is None:
        return ""
    half = -(-len(offered) // 2) if len(offered) > HIGHEST else len(offered)
    parts = [offered.iloc[:half], offered.iloc[half:]]
    told = "".join(f"<div>{ticks(part, lesson)}</div>" for part in parts if len(part))
    return f'<div class="side-by-side">{told}</div>'


def ticks(offered: pd.DataFrame, lesson: str) -> str:
    """A table of customers with a box to tick before each; called as on a page, codes in words."""
    words = codes.of_lesson(lesson)
    asked = "question" in offered.columns[:1]  # then by its question, not by its id
    named = show.table(offered, rows=len(offered), codes=words).cells[1:]
    table = offered.drop(columns="question") if asked else offered.copy()
    table.index = [f"☐ {line[asked]}" for line in named]
    table.index.name = "question" if asked else offered.index.name
    return show.table(table, rows=len(table), percent=["margin"], codes=words).html()


def book(form: kinds.Form) -> list[list[str]]:
    """The records of a ledger to correct by hand: heads first, a blank for what is to be done."""
    if form.control != kinds.BOOK:
        return []
    heads = ["", *(one.title for one in form.columns), wording.text("teaching.correct_by_hand")]
    rows = [[row.label, *row.cells, ""] for row in form.rows]
    return [heads, *rows, [""] * len(heads)]


def _book(form: kinds.Form) -> str:
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in book(form)
    )
    log = "".join(f"<p>☐ {escape(told)}</p>" for told in form.log)
    return f'<table class="fill correct">{lines}</table>{log}' if lines else ""


def _grid(form: kinds.Form) -> str:
    if form.control != kinds.GRID:
        return ""
    heads = "".join(f'<th scope="col">{escape(one.title)}</th>' for one in form.columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(row.label)}</th>{"<td></td>" * len(form.columns)}</tr>'
        for row in form.rows
    )
    return f'<table class="fill"><thead><tr><th></th>{heads}</tr></thead>{rows}</table>'
