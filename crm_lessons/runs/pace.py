"""How long the core path of a lesson takes: what is read, decided and answered on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import nbformat

from crm_lessons.course.item import Item, Text
from crm_lessons.runs import _questions, depth, lessons

HAN_A_MINUTE, MINUTES_A_DECISION, MINUTES_A_QUESTION = 300, 1.5, 0.5
MOST_CHARACTERS, MOST_DECISIONS, MOST_QUESTIONS, MOST_MINUTES = 4500, 7, 5, 45
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Pace:
    """What a core path holds: Chinese characters to read, decisions, quiz questions."""

    characters: int
    decisions: int
    questions: int

    @property
    def minutes(self) -> float:
        """300 characters a minute, a minute and a half for a decision, half of one for a question.

        >>> Pace(4500, 6, 5).minutes
        26.5
        """
        thinking = MINUTES_A_DECISION * self.decisions + MINUTES_A_QUESTION * self.questions
        return self.characters / HAN_A_MINUTE + thinking


def of(lesson: str, *, deeper: bool = False) -> Pace:
    """The pace of a lesson's core path, or of what goes deeper, counted in its Chinese edition.

    What is read is prose, computed sentences, and the questions with what there is to choose from;
    in tables of data one looks things up.
    """
    everything = nbformat.read(lessons.edition_path(lesson, "zh"), as_version=4).cells
    cells = [cell for cell in everything if depth.is_deeper(cell) == deeper]
    items = [item for cell in cells for item in _questions.asked(cell, lesson)]
    read = [text for cell in cells for text in _read(cell)]
    read += [text.zh for item in items for text in _texts(item)]
    groups = [item.group for item in items]
    characters = sum(len(_HAN.findall(text)) for text in read)
    return Pace(characters, groups.count("decisions"), groups.count("quiz"))


def _read(cell: nbformat.NotebookNode) -> Iterator[str]:
    if cell.cell_type == "markdown":
        yield cell.source
    for output in cell.get("outputs", []):
        yield output.get("data", {}).get("text/markdown", "")


def _texts(item: Item) -> Iterator[Text]:
    yield item.question
    yield from item.rows.values()
    yield from (option.label for option in item.options.values())
