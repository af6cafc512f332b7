"""Which questions an exam asks: the same for everybody in a class, with other figures for each.

Places are given out one by one: the next goes to the lesson that has fewest, and there to the
question whose level, then aim, then sort (drawn or quiz) has been asked least; chance settles what
is left, by the seed of the class. So twenty questions on four lessons are five of each, of all
levels that there are.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from crm_lessons import writing
from crm_lessons.course.exam import bank
from crm_lessons.course.exam.bank import Question
from crm_lessons.course.exam.drawing import Draw
from crm_lessons.course.exam.templates import EXAM, LEVELS
from crm_lessons.data import bounded_yaml
from crm_lessons.errors import CrmError

MOST_QUESTIONS, MOST_MINUTES, LARGEST_SEED = 200, 600, 10**9


@dataclass(frozen=True)
class Exam:
    """What is asked in how long. The seed and a trainee's name are all that a paper hangs on.

    ``aims`` keeps questions to these aims of the lessons (``"20_ours.2"``), ``levels`` to these
    levels; without aims all count, quiz questions of no stated aim too.
    """

    lessons: tuple[str, ...]
    questions: int = 20
    minutes: int = 40
    seed: int = 1
    levels: tuple[int, ...] = LEVELS
    aims: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        bounds = {"questions": MOST_QUESTIONS, "minutes": MOST_MINUTES, "seed": LARGEST_SEED}
        for name, most in bounds.items():
            given = getattr(self, name)
            if type(given) is not int or not 1 <= given <= most:
                raise CrmError("exam_number", name=name, given=given, most=most)
        if not self.levels or not set(self.levels) <= set(LEVELS):
            raise CrmError("exam_levels", given=", ".join(map(str, self.levels)))

    @property
    def name(self) -> str:
        """How result files call it."""
        return f"{EXAM}-{self.seed}"

    def chosen(self) -> list[Question]:
        """The questions; CrmError if there are too few."""
        left = {lesson: self._offered(lesson) for lesson in self.lessons}
        there = sum(map(len, left.values()))
        if there < self.questions:
            raise CrmError("exam_too_few", wanted=self.questions, there=there)
        chance = Draw("choose", self.seed)
        ranks = {lesson: chance.shuffled(list(named)) for lesson, named in left.items()}
        order = {lesson: place for place, lesson in enumerate(chance.shuffled(self.lessons))}
        taken: list[Question] = []
        asked: Counter = Counter()
        while len(taken) < self.questions:
            waiting = [lesson for lesson in left if left[lesson]]
            lesson = min(waiting, key=lambda one: (asked[one], order[one]))
            name = min(left[lesson], key=lambda one: _need(left[lesson][one], asked, ranks[lesson]))
            question = left[lesson].pop(name)
            asked.update([lesson, *_sorts(question)])
            taken.append(question)
        return taken

    def _offered(self, lesson: str) -> dict[str, Question]:
        if lesson not in bank.lessons():
            raise CrmError("exam_no_questions", lesson=lesson)
        return {
            name: one
            for name, one in bank.questions(lesson).items()
            if one.level in self.levels and (not self.aims or f"{lesson}.{one.aim}" in self.aims)
        }

    def write(self, path: Path) -> Path:
        """Keep it in a small file, from which it can be opened elsewhere."""
        told = {
            key: list(one) if isinstance(one, tuple) else one for key, one in asdict(self).items()
        }
        writing.text(path, yaml.safe_dump(told, allow_unicode=True, sort_keys=False))
        return path


def read(path: Path) -> Exam:
    """An exam from its file; CrmError if it is none."""
    try:
        told = bounded_yaml.read(path)
        return Exam(**{key: tuple(v) if isinstance(v, list) else v for key, v in told.items()})
    except (OSError, yaml.YAMLError, TypeError, ValueError, AttributeError) as error:
        raise CrmError("exam_file", path=path) from error


def _sorts(question: Question) -> list[tuple]:
    lesson = question.lesson
    return [
        ("level", lesson, question.level),
        ("aim", lesson, question.aim),
        ("drawn", lesson, question.template is not None),
    ]


def _need(question: Question, asked: Mapping, rank: list[str]) -> tuple:
    return (*(asked[one] for one in _sorts(question)), rank.index(question.name))
