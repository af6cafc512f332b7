"""A record of one's own: how far, which mistakes with which advice, from one's result file.

It is for the trainee, to keep or print. What it says can be no better than the file it is read
from, which lies on the trainee's machine and can be edited.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crm_lessons import writing
from crm_lessons.course import exercise, guide, results
from crm_lessons.course._outcome import CORRECT, NOT_YET
from crm_lessons.course.results import ANSWER, Line
from crm_lessons.errors import CrmError


@dataclass(frozen=True)
class Mistake:
    """What went wrong at an exercise, how often, and the advice that was given."""

    exercise: str
    mistake: str
    advice: str
    times: int


@dataclass(frozen=True)
class Worked:
    """One lesson as one worked through it.

    ``items`` of the core path that can be right, those ``answered`` and at last ``correct``;
    ``deeper``: right answers beyond it; ``data``: data sets that answers were computed from.
    """

    lesson: str
    first: date
    last: date
    items: int
    answered: int
    correct: int
    deeper: int
    data: int
    mistakes: tuple[Mistake, ...]

    @property
    def whole(self) -> bool:
        """Whether every exercise of the core path was answered right at last."""
        return self.items > 0 and self.correct == self.items


def lines(file: Path, nickname: str) -> list[Line]:
    """The sound lines of one person in a result file; CrmError where there are none."""
    found = [n for n in results.read(file).values() if n and n.nickname == nickname]
    if not found:
        raise CrmError("record_nothing", path=file, nickname=nickname)
    return found


def checksum(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits; it changes with every byte of the file."""
    return hashlib.sha256(writing.ordinary(file).read_bytes()).hexdigest()


def worked(told: Iterable[Line]) -> list[Worked]:
    """Each known lesson in which something was answered, in teaching order."""
    by_lesson: dict[str, list[Line]] = {}
    for line in told:
        if line.action == ANSWER and line.lesson in exercise.lessons():
            by_lesson.setdefault(line.lesson, []).append(line)
    return [_worked(lesson, of_it) for lesson, of_it in sorted(by_lesson.items())]


def _worked(lesson: str, told: Sequence[Line]) -> Worked:
    known = exercise.load(lesson)
    core = {name for name, item in known.items() if not item.deeper and not item.is_guess}
    right = {line.item for line in told if line.outcome == CORRECT}
    days = [line.moment.astimezone().date() for line in told]
    return Worked(
        lesson,
        min(days),
        max(days),
        len(core),
        len({line.item for line in told} & core),
        len(right & core),
        len(right & exercise.deeper(lesson)),
        len({line.fingerprint for line in told if line.fingerprint}),
        tuple(_mistakes(lesson, told)),
    )


def _mistakes(lesson: str, told: Sequence[Line]) -> list[Mistake]:
    """Those that are known and still have an advice, the frequent ones first."""
    known = exercise.load(lesson)
    counts: dict[tuple[str, str], int] = {}
    for line in told:
        if line.outcome == NOT_YET and line.mistake and line.item in known:
            counts[line.item, line.mistake] = counts.get((line.item, line.mistake), 0) + 1
    found = []
    for (name, mistake), times in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        try:
            advice = exercise.advice(known[name], mistake)
        except (KeyError, ValueError):  # of an earlier edition of the lesson
            continue
        told_short = guide.mistake_told(known[name], mistake)
        found.append(Mistake(guide.title(known[name]), told_short, advice, times))
    return found
