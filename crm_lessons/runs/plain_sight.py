"""Whether a lesson gives an answer away before its question: what a reader has seen by then.

That is all that stands above the question (prose, sentences, tables, what describes a chart) and
the solutions of the questions above. Deeper parts count as read. What was the answer to a question
above is known, and gives nothing away.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import nbformat

from crm_lessons.course import given_away
from crm_lessons.course.item import Item
from crm_lessons.runs import _questions

_ROW = re.compile(r"<tr.*?>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd].*?>(.*?)</t[hd]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ALT = re.compile(r'alt="([^"]*)"')
_MARKDOWN = re.compile(r"[*`|]+")


def leaks(
    cells: Iterable[nbformat.NotebookNode],
    lesson: str,
    marks: Mapping[str, given_away.Marks],
    solutions: Mapping[str, str],
) -> Iterator[tuple[str, str, str]]:
    """Each question with what gives its answer away and where: item, what is said, the piece.

    ``cells`` have run; ``marks`` and ``solutions`` are those of the questions on the same data.
    """
    said: list[str] = []
    tables: list[list[list[str]]] = []
    known: set[float] = set()
    for cell in cells:
        if not _questions.is_exercise(cell):
            _read(cell, said, tables)
        for item in _questions.asked(cell, lesson):
            if item.id in marks:
                asked = marks[item.id]
                new = [one for one in asked["figures"] if one[0] not in known]
                yield from _of(item, {**asked, "figures": new}, said, tables)
                known |= {one[0] for one in new}
            said += given_away.pieces([solutions.get(item.id, "")])


def _of(item: Item, marks: given_away.Marks, said: list[str], tables: list) -> Iterator[tuple]:
    question = str(item.question)
    for text in said:
        yield from ((item.id, one, text) for one in given_away.told_by(marks, text, question))
    for rows in tables:
        for one in given_away.shown_by(marks, rows, question):
            yield item.id, one, " | ".join(rows[0])


def _read(cell: nbformat.NotebookNode, said: list[str], tables: list) -> None:
    """Add what a cell says, and the tables it shows."""
    if cell.cell_type == "markdown":
        said += given_away.pieces([_MARKDOWN.sub(" ", cell.source)])
    for output in cell.get("outputs", []):
        html = output.get("data", {}).get("text/html", "")
        told = [output.get("data", {}).get("text/markdown", ""), *_ALT.findall(html)]
        told.append(output.get("metadata", {}).get("image/png", {}).get("alt", ""))
        said += given_away.pieces(told)
        rows = [_CELL.findall(row) for row in _ROW.findall(html)]
        if rows:
            tables.append([[_TAG.sub("", one) for one in row] for row in rows if row][1:])
