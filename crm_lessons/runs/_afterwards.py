"""What a lesson shows once a question is answered. On a page it comes then; on paper, where all
lies open, it would stand below its question, so it is left out or has a blank there.

A guess is answered by the chart it is about and hides nothing.
"""

import html
import re
from collections.abc import Mapping

import pandas as pd

from crm_lessons import wording
from crm_lessons.course import given_away, kinds
from crm_lessons.course.item import Item
from crm_lessons.runs._blanks import BLANK

HIGHEST = 12  # rows of a table of results; a longer one is a list to look things up in
_TAG = re.compile(r"<[^>]*>")


class Afterwards:
    """The questions asked up to here, and what would answer them."""

    def __init__(self) -> None:
        self._asked: list[tuple[str, given_away.Marks]] = []
        self._last: list[tuple[str, given_away.Marks]] = []  # further charts are of other things

    def ask(self, item: Item, marks: given_away.Marks, offered: pd.DataFrame | None) -> None:
        """From now on what is shown must not answer this question.

        Whoever is right is named as in the table to tick (``offered``): an id may be a word.
        """
        if item.is_guess or item.group == "quiz":
            return
        rows = kinds.of(item).form(item, offered).rows if marks["ids"] else ()
        called = {row.id.upper(): row.label for row in rows}
        ids = [called.get(one, one) for one in marks["ids"]] or _right_options(marks)
        self._last = [(str(item.question), {**marks, "ids": ids, "texts": []})]
        self._asked += self._last

    def told_by(self, text: str) -> bool:
        """Whether a chart, described in words, answers the question it stands below."""
        pieces = given_away.pieces([html.unescape(text)])
        return any(
            list(given_away.told_by(marks, piece, question))
            for question, marks in self._last
            for piece in pieces
        )

    def shown_by(self, table: str) -> bool:
        """Whether a small HTML table names all that were to be found."""
        text = html.unescape(_TAG.sub(" ", table))
        small = table.count("<tr") - 1 <= HIGHEST
        return small and any(
            marks["ids"] and given_away.names_all(marks, text) for _, marks in self._asked
        )

    def blanked(self, text: str) -> str:
        """A sentence with a blank where it answers one of the questions."""
        for question, marks in self._asked:
            text = given_away.hidden(marks, text, question, BLANK)
        return text


def _right_options(marks: given_away.Marks) -> list[str]:
    """Several right options as they are called; one alone, or an order, may stand anywhere."""
    place = wording.LANGUAGES.index(wording.language())
    several = len(marks["texts"]) > 1 and not any(marks["in_order"])
    return [pair[place] for pair in marks["texts"]] if several else []


def left_out() -> Mapping[str, str]:
    """What stands on paper in place of a result."""
    return {"text/markdown": wording.text("teaching.result_later")}
