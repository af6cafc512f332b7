"""What runs in the kernel of a lesson after its last cell, for the instructor's tools.

Only there are the data at hand that the lesson bound for its exercises.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from crm_lessons import show
from crm_lessons.course import _checking, exercise, folders, kinds
from crm_lessons.course._lesson import Lesson
from crm_lessons.course.item import Item
from crm_lessons.errors import CrmError

ANSWERS, SOLUTIONS, RECHECKED = "right_answers", "solutions", "rechecked"
OFFERED = "offered_"  # and the exercise: the table of customers to choose from


def hand_over_solutions(lesson: Lesson) -> None:
    """Hand over the solution of each exercise, and what a handout shows or must not show.

    ``solutions`` maps exercises to answer and reasoning in words; ``right_answers`` holds the
    ``figures`` (numbers, shares as parts of one) and ``customers`` (ids) that are right answers.
    """
    items = exercise.load(lesson.name)
    told = {name: _checking.solution(item, lesson.session.data) for name, item in items.items()}
    show.hand_over(SOLUTIONS, told)
    figures, customers = [], []
    for item in items.values():
        if (table := _checking.offered(item, lesson.session.data)) is not None:
            show.hand_over(OFFERED + item.id, table)
        if (found := _right(item, lesson)) is not None:
            figures += kinds.of(item).figures(found)
            customers += kinds.of(item).ids(found)
    show.hand_over(ANSWERS, {"figures": figures, "customers": customers})


def hand_over_recheck(lesson: Lesson, lines: str) -> None:
    """Check recorded answers once more; ``lines`` is a JSON file of lists (item, answer).

    The outcomes are handed over in the same order; missing where there is no such exercise.
    """
    items = exercise.load(lesson.name)
    asked = json.loads(Path(lines).read_text(encoding="utf-8"))
    outcomes = [
        _checking.check(items[name], answer, lesson.session.data).state if name in items else None
        for name, answer in asked
    ]
    show.hand_over(RECHECKED, pd.DataFrame({"again": pd.Series(outcomes, dtype="str")}))


def try_answers(lesson: Lesson) -> None:
    """CrmError unless every right answer is accepted and every known wrong one gets its advice.

    Exercises whose data are declared lacking are passed over.
    """
    items = exercise.load(lesson.name) if lesson.name in exercise.lessons() else {}
    asked = [item for item in items.values() if not lesson.session.lacks(item)]
    if found := [fault for item in asked for fault in _faults(item, lesson.session.data)]:
        told = "".join(f"\n- {folders.ANSWERS}.py, {one}" for one in found)
        raise CrmError("lesson_incomplete", lesson=lesson.name, problems=told)


def _faults(item: Item, data: Mapping[str, object]) -> Iterator[str]:
    kind = kinds.of(item)
    try:
        right = kind.given(_checking.right_answer(item, data), item)
    except Exception as error:  # the writer's own code, which may raise anything
        yield kinds.said("right_refused", item=item.id, reason=f"{type(error).__name__}: {error}")
        return
    if (outcome := _checking.check(item, right, data)).state != _checking.CORRECT:
        yield kinds.said("right_refused", item=item.id, reason=outcome.advice)
        return
    wrong = _checking.known_wrong_answers(item, data)
    for mistake in item.mistakes:
        known = mistake in wrong
        outcome = _checking.check(item, kind.given(wrong[mistake], item), data) if known else None
        if outcome is None or outcome.mistake != mistake:
            yield kinds.said("wrong_not_met", item=item.id, mistake=mistake)


def _right(item: Item, lesson: Lesson) -> object:
    try:
        return _checking.right_answer(item, lesson.session.data)
    except Exception:  # data that one exercise cannot be computed from must not stop the others
        return None
