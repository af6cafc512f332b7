"""One trainee over one paper, as a page's server sees them: a learner whose questions were drawn.

In an exam nothing is told before it is handed in: answers wait in documents of the store (so a
power cut takes none back) and become result lines all at once, one for each question.
"""

import time
from collections.abc import Iterable, Mapping
from typing import Any

from crm_lessons import show, wording
from crm_lessons.course import asking
from crm_lessons.course.exam.papers import Paper
from crm_lessons.course.item import Item
from crm_lessons.course.results import Line
from crm_lessons.page import fragments
from crm_lessons.page.learner import LONGEST_SPENT, Learner

NO_WORDS = {"submit": "", "hint": "", "solution": "", "try_number": ""}


class OfPaper:
    """What a learner works with, as `page.checker.Checker` tells it of a lesson."""

    def __init__(self, paper: Paper, language: str) -> None:
        self.lesson, self.language = paper.lesson, language
        self.data, self.fingerprint = paper.data, paper.fingerprint
        self.words: Mapping[str, object] = {}


class Sitter(Learner):
    """A learner over a paper; ``over`` once it is handed in: then solutions are shown."""

    def __init__(
        self, paper: Paper, language: str, name: str, lines: Iterable[Line], *, over: bool = False
    ) -> None:
        super().__init__(OfPaper(paper, language), name, lines)
        self.paper, self.over = paper, over

    @property
    def items(self) -> Mapping[str, Item]:
        """The questions of the paper."""
        return self.paper.items

    def lines(self, item: Item) -> list[Line]:
        """What was done at a question of this paper; of a review those of other days are others."""
        mine = self.recorded.of(item.id) if self.recorded else []
        return [line for line in mine if line.fingerprint == self.fingerprint]

    def solved(self, item: Item) -> bool:
        """Whether the solution may be seen."""
        return self.over or super().solved(item)

    def hand_in(self, answers: Mapping[str, Mapping[str, Any]]) -> None:
        """Make a line of each question: its answer, or that there was none."""
        for item in self.items.values():
            told = answers.get(item.id, {})
            self.recorded.submission = f"{self.lesson} {item.id}"
            self.spent = min(float(told.get("seconds", 0.0)), LONGEST_SPENT)
            if self.lines(item):
                continue  # handed in already: a second time changes nothing
            self.attempt(item, told.get("answer"))
            if not self.lines(item):
                self.pass_over(item)

    def right(self) -> int:
        """How many questions are right."""
        return sum(self.correct(item) for item in self.items.values())

    def shown(self, item: Item, *, answer: object = None) -> dict[str, object]:
        """A question as the page draws it, in the language in use."""
        told = asking.asked(self, item)
        told["group"] = wording.text("exam.question", number=1 + list(self.items).index(item.id))
        table = self.paper.table(item.id)
        if table is not None:
            told["table"] = fragments.cleaned(show.table(table, rows=len(table)).html())
        if answer is not None:
            told["answer"] = answer
        return told


def seconds_left(begun: float, minutes: int) -> float:
    """How long there is still; below zero when time is up."""
    return begun + 60 * minutes - time.time()


def scored(sitter: Sitter) -> dict[str, object]:
    """What came out: how many are right of how many."""
    right, total = sitter.right(), len(sitter.items)
    return {"right": right, "total": total, "share": right / total}
