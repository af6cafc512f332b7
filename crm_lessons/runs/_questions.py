"""An exercise on paper: the question, what there is to choose from, room for the answer."""

import re
from html import escape

import nbformat
import pandas as pd

from crm_lessons import show, wording
from crm_lessons.course import exercise
from crm_lessons.course.item import Figure, Item

EXERCISES = {"exercise", "quiz"}
_ASKED = re.compile(r"\.ask\(\s*[\"'](\w+)[\"']")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def is_exercise(cell: nbformat.NotebookNode) -> bool:
    """Whether a cell is tagged as an exercise or a quiz question."""
    return bool(EXERCISES & set(cell.metadata.get("tags", [])))


def asked(cell: nbformat.NotebookNode, lesson: str) -> list[Item]:
    """The exercises that a cell asks."""
    items = exercise.load(lesson) if lesson in exercise.lessons() else {}
    return [items[name] for name in _ASKED.findall(cell.source) if name in items]


def html(item: Item, number: int, *, room: bool = True, offered: pd.DataFrame | None = None) -> str:
    """The question as HTML; with ``room`` there is space to write the answer.

    ``offered`` is the table of customers to tick.
    """
    body = f"<p><b>{number}.</b> {escape(str(item.question))}</p>"
    if item.kind in ("choice", "choices", "order"):
        body += _options(item)
    elif item.kind == "table":
        body += _grid(item)
    elif offered is not None:
        body += _ticks(offered)
    elif room:
        unit = escape(str(item.figure.unit)) if item.figure else ""
        body += f'<p class="write">{escape(wording.text("teaching.answer"))}<i></i>{unit}</p>'
    if room:
        body += f'<p class="write">{escape(wording.text("teaching.because"))}<i></i></p>'
    return f'<div class="question">{body}</div>'


def _options(item: Item) -> str:
    sign = "____" if item.kind == "order" else "☐"
    lines = [
        f"<li>{sign} {letter} {escape(str(option.label))}</li>"
        for letter, option in zip(_LETTERS, item.options.values(), strict=False)
    ]
    return f'<ul class="options">{"".join(lines)}</ul>'


def _ticks(offered: pd.DataFrame) -> str:
    """The customers to choose from, with a box to tick before each."""
    table = offered.copy()
    table.index = "☐ " + table.index.astype("str")
    table.index.name = offered.index.name
    return show.table(table, rows=len(table), percent=["margin"]).html()


def _grid(item: Item) -> str:
    heads = "".join(
        f'<th scope="col">{escape(_with_unit(column))}</th>' for column in item.columns.values()
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(str(title))}</th>{"<td></td>" * len(item.columns)}</tr>'
        for title in item.rows.values()
    )
    return f'<table class="fill"><thead><tr><th></th>{heads}</tr></thead>{rows}</table>'


def _with_unit(column: Figure) -> str:
    """A column's title and its unit, unless the title says it already: "Customers"."""
    title, unit = str(column.title), str(column.unit)
    return title if unit.casefold() in title.casefold() else f"{title} ({unit})"
