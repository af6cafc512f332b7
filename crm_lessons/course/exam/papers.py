"""The paper of one trainee: the questions of the exam with figures and an order of their own.

A paper is made from the seed of the class and the name and from nothing else, so it can be made
again: on another machine, for the answer key, after the exam.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from crm_lessons import data
from crm_lessons.course.exam.bank import Question
from crm_lessons.course.exam.composing import Exam
from crm_lessons.course.exam.drawing import Draw, Drawn
from crm_lessons.course.item import Item


@dataclass(frozen=True)
class Paper:
    """What is asked of one trainee. ``lesson`` is the name under which the answers are kept.

    ``drawn`` are the figures by question, of those that have any.
    """

    lesson: str
    items: Mapping[str, Item]
    drawn: Mapping[str, Drawn]
    fingerprint: str

    @property
    def data(self) -> dict[str, object]:
        """What the known wrong answers are computed from."""
        return {"drawn": self.drawn}

    def table(self, name: str) -> pd.DataFrame | None:
        """The table that is shown with a question, None where there is none."""
        return self.drawn[name].table if name in self.drawn else None


def paper(exam: Exam, who: str) -> Paper:
    """The paper of a trainee; names that differ by case, width or blanks only have the same.

    CrmError if there are too few questions.
    """
    key = (exam.seed, data.folded(who))
    order = Draw("order", *key).shuffled(exam.chosen())
    return of_questions(exam.name, order, *key)


def of_questions(name: str, questions: Iterable[Question], *seed: object) -> Paper:
    """A paper of these questions in this order, drawn from a seed."""
    asked = {one.name: one.asked(*seed) for one in questions}
    told = "\x1f".join(map(str, (name, *seed, *asked))).encode()
    return Paper(
        lesson=name,
        items={key: item for key, (item, _) in asked.items()},
        drawn={key: drawn for key, (_, drawn) in asked.items() if drawn is not None},
        fingerprint=hashlib.sha256(told).hexdigest()[:16],
    )
