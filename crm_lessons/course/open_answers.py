"""What a class wrote to open questions, with what was proposed and what each writer decided."""

from collections.abc import Iterable

import pandas as pd

from crm_lessons import wording
from crm_lessons.course import exercise, guide, kinds
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Item
from crm_lessons.course.results import ANSWER, Line
from crm_lessons.data import personal

COLUMNS = ["nickname", "lesson", "title", "own_text", "points_found", "points_decided"]


def listed(lines: Iterable[Line], *, lesson: str | None = None) -> pd.DataFrame:
    """The last text of each trainee to each open question, in the language in use.

    One row each: ``nickname``, ``lesson``, ``title``, ``own_text`` with personal data masked,
    ``points_found`` (proposed by the words in it) and ``points_decided`` (by its writer; missing
    where nobody decided yet). ``lesson`` keeps one.
    """
    last: dict[tuple[str, str, str], tuple[Item, object]] = {}
    for line in lines:
        item = asked(line) if lesson in (None, line.lesson) else None
        if item is not None:
            last[line.nickname, line.lesson, line.item] = item, line.answer
    rows = [_row(*who, *told) for who, told in last.items()]
    table = pd.DataFrame([row for row in rows if row], columns=COLUMNS, dtype="str")
    return table.sort_values(COLUMNS[1:3] + COLUMNS[:1], kind="stable", ignore_index=True)


def asked(line: Line) -> Item | None:
    """The open question that a line answers, if it does."""
    if line.action != ANSWER or line.lesson not in exercise.lessons():
        return None
    item = exercise.load(line.lesson).get(line.item)
    return item if item is not None and item.rubric else None


def _row(nickname: str, lesson: str, _item: str, item: Item, answer: object) -> list | None:
    try:
        given = kinds.of(item).read(answer, item)[0]
    except Unreadable:
        return None
    decided = None if given.decided is None else _told(item, given.decided)
    text = personal.masked(given.text)
    return [nickname, lesson, guide.title(item), text, _told(item, given.found), decided]


def _told(item: Item, points: frozenset[str]) -> str:
    language = wording.language()
    labels = [told[language] for key, told in item.rubric["points"].items() if key in points]
    return wording.text("kinds.open_between").join(labels) or wording.text("kinds.nobody")
