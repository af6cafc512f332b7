"""What runs in the kernel of a lesson after its last cell, for the instructor's tools.

Only there are the data at hand that the lesson bound for its exercises.
"""

import json
from pathlib import Path

import pandas as pd

from crm_lessons import show
from crm_lessons.course import checking, exercise
from crm_lessons.course.kinds import KINDS
from crm_lessons.course.lesson import Lesson

ANSWERS, SOLUTIONS, RECHECKED = "right_answers", "solutions", "rechecked"


def hand_over_solutions(lesson: Lesson) -> None:
    """Hand over the right answer of each exercise as text, and its solution with the reasoning."""
    items = exercise.load(lesson.name)
    show.hand_over(ANSWERS, {name: _right(item, lesson) for name, item in items.items()})
    told = {name: checking.solution(item, lesson.bound) for name, item in items.items()}
    show.hand_over(SOLUTIONS, told)


def hand_over_recheck(lesson: Lesson, lines: str) -> None:
    """Check recorded answers once more; ``lines`` is a JSON file of lists (item, answer).

    The outcomes are handed over in the same order; None where the lesson has no such exercise.
    """
    items = exercise.load(lesson.name)
    asked = json.loads(Path(lines).read_text(encoding="utf-8"))
    outcomes = [
        checking.check(items[name], answer, lesson.bound).state if name in items else None
        for name, answer in asked
    ]
    show.hand_over(RECHECKED, pd.DataFrame({"again": pd.Series(outcomes, dtype="str")}))


def _right(item, lesson: Lesson) -> str:
    try:
        return KINDS[item.kind].show(checking.right_answer(item, lesson.bound), item)
    except Exception:  # data that an exercise cannot be computed from must not stop the others
        return ""
