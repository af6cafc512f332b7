"""The slides of a question: what is asked with what there is to choose from, and, where a chart
answers it, that chart with the answer on the next one."""

import base64
import io
from collections.abc import Iterable, Mapping

import nbformat
import pandas as pd
from PIL import Image

from crm_lessons import wording
from crm_lessons.course import in_kernel, kinds
from crm_lessons.course.item import Item
from crm_lessons.runs import _questions
from crm_lessons.runs._blanks import without_answers
from crm_lessons.runs.slides import blocks
from crm_lessons.runs.slides import slide as worth
from crm_lessons.runs.slides.slide import Line, Picture, Run, Slide

_BOX, _STEP = "☐", "__"
_HIGHEST = 16  # rows of a table to tick that stand below one another


class Asked:
    """The questions of a lesson in one language, with what the kernel told of them."""

    def __init__(
        self, lesson: str, handed: Mapping[str, object], cells: Iterable[nbformat.NotebookNode]
    ) -> None:
        self.lesson, self._handed = lesson, handed
        coming = {item.id for cell in cells for item in self.items(cell) or []}
        answers = handed[in_kernel.ANSWERS].items()
        self._open = {item: told for item, told in answers if item in coming}

    def items(self, cell: nbformat.NotebookNode) -> list[Item] | None:
        """The questions of a cell that go on slides; None if it asks none. A quiz does not."""
        if not _questions.is_exercise(cell):
            return None
        if "quiz" in cell.metadata.get("tags", []):
            return []
        return _questions.asked(cell, self.lesson)

    def slides(self, item: Item) -> tuple[Slide, Slide | None]:
        """The question, and its chart with the answer if it has one."""
        self._open.pop(item.id, None)
        asked = self._asked(item)
        drawn = self._handed.get(in_kernel.DRAWN + item.id)
        if not drawn:
            return asked, None
        asked.picture = picture(**drawn["before"])
        title = wording.text("teaching.slide_answer", title=asked.title)
        told = [] if item.is_guess else [Line((Run(drawn["after"]["alt"]),))]
        after = Slide(title, worth.ANSWER, told)
        after.picture = picture(**drawn["after"])
        return asked, after

    def blanked(self, text: str) -> str:
        """A text with blanks for the answers of the questions that are still to come."""
        return without_answers(text, in_kernel.together(self._open.values()))

    def _asked(self, item: Item) -> Slide:
        offered = self._handed.get(in_kernel.OFFERED + item.id)
        form = kinds.of(item).form(item, offered)
        asked = Slide(str(item.title or ""), worth.QUESTION, is_question=True)
        asked.lines = [Line((Run(_questions.asked_off_screen(item)),))]
        mark = _STEP if form.control == kinds.STEPS else _BOX
        for one in form.options:
            asked.lines.append(Line((Run(f"{one.letter} {one.label}"),), mark))
        asked.lines += [Line((Run(told),), _BOX) for told in form.log]
        book = _questions.book(form)
        asked.table = _grid(form) or book or _ticks(form, offered, item.lesson)
        return asked


def _grid(form: kinds.Form) -> list[list[str]]:
    if form.control != kinds.GRID:
        return []
    heads = ["", *(one.title for one in form.columns)]
    return [heads, *([row.label, *([""] * len(form.columns))] for row in form.rows)]


def _ticks(form: kinds.Form, offered: pd.DataFrame | None, lesson: str) -> list[list[str]]:
    if form.control != kinds.LINES or offered is None:
        return []
    (piece,) = blocks.pieces(_questions.ticks(offered, lesson))
    return _side_by_side(piece.rows)


def _side_by_side(rows: list[list[str]]) -> list[list[str]]:
    """A long table in parts that stand next to one another, an empty column between them."""
    head, *body = rows
    parts = -(-len(body) // _HIGHEST)
    height = -(-len(body) // parts)
    body += [[""] * len(head)] * (parts * height - len(body))
    columns = [[head, *body[n * height : (n + 1) * height]] for n in range(parts)]
    return [
        [cell for n, row in enumerate(told) for cell in ([""] * bool(n) + row)]
        for told in zip(*columns, strict=True)
    ]


def picture(png: str, alt: str) -> Picture:
    """A chart as the notebook has it, in base 64."""
    content = base64.b64decode(png)
    width, height = Image.open(io.BytesIO(content)).size
    return Picture(content, alt, width, height)
