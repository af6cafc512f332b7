"""All that can be asked without a lesson's data: drawn questions, and the quiz of each lesson.

A quiz question states its answer, so the figures stay; its options are shuffled. Its level is 1,
or 3 where it stands beside the core path. What a lesson asks of its data has no place here; the
drawn questions rehearse it.
"""

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from crm_lessons.course import _registry, exercise, guide
from crm_lessons.course.answers import Answers
from crm_lessons.course.exam import templates
from crm_lessons.course.exam.drawing import Draw, Drawn
from crm_lessons.course.exam.templates import EXAM, Template
from crm_lessons.course.item import Item

QUIZ = "quiz"
_LETTER = re.compile(r"\b[A-E]\b")
REVIEW = "review"  # under which name answers to a review are kept


@dataclass(frozen=True)
class Question:
    """One that can be asked; ``aim`` counts the aims of the guide from 1, 0
    where none names it; ``template`` is None of a quiz."""

    lesson: str
    item: Item
    level: int
    aim: int = 0
    rehearses: tuple[str, ...] = ()
    template: Template | None = None

    @property
    def name(self) -> str:
        """How result files call it: ``lesson.question``."""
        return self.item.id

    def asked(self, *seed: object) -> tuple[Item, Drawn | None]:
        """The question for a seed: other figures, or the options in another order."""
        if self.template:
            item, drawn = self.template.draw(*seed)
        else:
            item, drawn = self.item, None
        if any(_LETTER.search(one.label.en) for one in item.options.values()):
            return item, drawn  # "A. class C" would mislead
        order = Draw("options", self.name, *seed).shuffled(list(item.options))
        options = {key: item.options[key] for key in order}
        return dataclasses.replace(item, options=options), drawn


def lessons() -> list[str]:
    """The lessons that questions can be asked of."""
    return sorted({*templates.lessons(), *exercise.lessons()})


def questions(lesson: str) -> dict[str, Question]:
    """The questions of a lesson by name, the drawn ones first."""
    drawn = templates.load(lesson).values() if lesson in templates.lessons() else ()
    found = [Question(lesson, t.item, t.level, t.aim, t.rehearses, t) for t in drawn]
    if lesson in exercise.lessons():
        aims = _aims(lesson)
        quiz = [one for one in exercise.load(lesson).values() if _stands_alone(one)]
        found += [_quiz(one, aims.get(one.id, 0)) for one in quiz]
    return {one.name: one for one in found}


def known(names: Iterable[str]) -> dict[str, Item]:
    """The items of these names, the places of their texts unfilled; unknown ones are left out."""
    names = list(names)
    found: dict[str, Item] = {}
    for lesson in dict.fromkeys(name.partition(".")[0] for name in names):
        if lesson in lessons():
            found |= {name: one.item for name, one in questions(lesson).items()}
    return {name: found[name] for name in names if name in found}


def advice(lesson: str, item: str, mistake: object) -> str:
    """The advice that trainees were given, of a lesson or an exam, in the language in use; empty
    where no mistake was recognised, or the question is no longer there."""
    try:
        asked = known([item]) if is_paper(lesson) else exercise.load(lesson)
        return "" if pd.isna(mistake) else exercise.advice(asked[item], mistake)
    except (KeyError, ValueError, ImportError):
        return ""


def is_paper(lesson: str) -> bool:
    """Whether result lines under this name are of an exam or a review and not of a lesson."""
    return lesson == REVIEW or is_exam(lesson)


def is_exam(lesson: str) -> bool:
    """Whether result lines under this name are of an exam.

    >>> is_exam("exam-7"), is_exam("20_ours")
    (True, False)
    """
    return lesson.startswith(f"{EXAM}-")


def _stands_alone(item: Item) -> bool:
    return item.group == QUIZ and item.answer is not None and _registry.offered(item.name) is None


def _aims(lesson: str) -> dict[str, int]:
    """Which of the lesson's aims, from 1, an exercise tests; the first that names it."""
    aims = guide.load(lesson).aims if lesson in guide.guides() else ()
    named = [(name, place) for place, aim in enumerate(aims, start=1) for name in aim.items]
    return dict(reversed(named))


def _quiz(item: Item, aim: int) -> Question:
    name = f"{item.lesson}.{item.id}"
    wrong: Mapping = _registry.wrong(item.name)
    _registry.keep(f"{EXAM}.{name}", Answers(wrong=wrong))
    made = dataclasses.replace(item, lesson=EXAM, id=name, group=templates.GROUP, hints=())
    return Question(item.lesson, made, max(templates.LEVELS) if item.deeper else 1, aim)
