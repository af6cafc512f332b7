"""What runs in the kernel of a lesson after its last cell, for the instructor's tools.

Only there are the data at hand that the lesson bound for its exercises.
"""

import json
import pickle
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from crm_lessons import show, wording
from crm_lessons.course import (
    _checking,
    asking,
    codes,
    exercise,
    folders,
    given_away,
    kinds,
    results,
    take_home,
)
from crm_lessons.course._lesson import Lesson
from crm_lessons.course.item import Item
from crm_lessons.errors import CrmError

ANSWERS, SOLUTIONS, RECHECKED = "right_answers", "solutions", "rechecked"
MARKS = "marks"
DECIDED, TAKEN_HOME, TAKEN_ROWS = "decisions", "taken_home", 5
OFFERED = "offered_"  # and the exercise: the table of customers to choose from
DRAWN = "drawn_"  # and the exercise: its chart ``before`` it was answered, and ``after``
_MIDDLE = 50  # per cent: where a slider stands at first


def hand_over_solutions(lesson: Lesson) -> None:
    """Hand over the solution of each exercise, and what a handout shows or must not show.

    ``solutions`` maps exercises to answer and reasoning in words; ``right_answers`` holds for each
    the ``figures`` (numbers, shares as parts of one) and ``customers`` (ids) that are right,
    ``marks`` what would give it away (`given_away.marks`).
    """
    items = exercise.load(lesson.name)
    told = {name: _checking.solution(item, lesson.session.data) for name, item in items.items()}
    show.hand_over(SOLUTIONS, told)
    answers, marks = {}, {}
    for item in items.values():
        if (table := _checking.offered(item, lesson.session.data)) is not None:
            show.hand_over(OFFERED + item.id, table)
        if (found := _right(item, lesson)) is None:
            continue
        kind = kinds.of(item)
        answers[item.id] = {"figures": kind.figures(found), "customers": kind.ids(found)}
        marks[item.id] = given_away.marks(item, lesson.session.data)
        if item.input:
            show.hand_over(DRAWN + item.id, _drawn(item, lesson, found))
    show.hand_over(ANSWERS, answers)
    show.hand_over(MARKS, marks)


def _drawn(item: Item, lesson: Lesson, right: float) -> dict[str, dict[str, str]]:
    """The chart of a slider before and after; none where it cannot be drawn."""
    found = _MIDDLE if item.is_guess else min(max(round(right * 100), 1), 100)
    places = {"before": (_MIDDLE, False), "after": (found, True)}
    drawn = {
        when: asking.drawn(
            item, lesson.session.data, percent=percent, revealed=revealed, narrow=False
        )
        for when, (percent, revealed) in places.items()
    }
    return drawn if all("png" in one for one in drawn.values()) else {}


def together(answers: Iterable[Mapping[str, list]]) -> dict[str, list]:
    """The figures and customers of several exercises."""
    told = list(answers)
    return {part: [one for each in told for one in each[part]] for part in ("figures", "customers")}


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


def hand_over_record(lesson: Lesson, file: str, nickname: str) -> None:
    """Hand over what one trainee decided, in words, and the tables of what is taken home.

    ``file`` is the trainee's result file; answers on other data than these do not count.
    """
    session = lesson.session
    place = results.folder() / results.file_name(nickname)
    place.write_bytes(Path(file).read_bytes())
    session.sign_in(nickname)
    show.hand_over(DECIDED, take_home.decided(session))
    try:
        made = take_home.tables(session)
    except CrmError:  # nothing to take home, or nothing without an answer
        made = {}
    titles = {name: wording.text(take_home.sheet(lesson.name, name)) for name in made}
    words = codes.of(lesson.name) | session.words
    show.hand_over(
        TAKEN_HOME,
        {
            titles[name]: show.table(table, rows=TAKEN_ROWS, codes=words).html()
            for name, table in made.items()
            if name != DECIDED and len(table)
        },
    )


def keep_bound(lesson: Lesson, path: str) -> None:
    """Write what checking needs to a file that this lesson's own page will read, nobody else.

    ``data`` is what the lesson bound, ``asked`` each question as `asking.asked` tells it, ``words``
    those of its codes. A slider has its ``picture`` as everybody finds it: drawing is slow.
    """
    session = lesson.session
    there = {name: item for name, item in session.items.items() if not session.lacks(item)}
    asked = {name: asking.asked(session, item) for name, item in there.items()}
    for name, item in there.items():
        if item.input:
            asked[name]["picture"] = _at_first(item, session.data, int(asked[name]["answer"]))
    told = {"data": session.data, "fingerprint": session.fingerprint, "asked": asked}
    told["words"] = dict(session.words)
    Path(path).write_bytes(pickle.dumps(told))


def _at_first(item: Item, data: Mapping[str, object], percent: int) -> dict[str, object]:
    """The chart of a slider before anybody moves it, for a page and for a phone (PNG, base 64)."""
    wide, narrow = (
        asking.drawn(item, data, percent=percent, revealed=False, narrow=one)
        for one in (False, True)
    )
    told = {"percent": percent, "alt": wide["alt"]}
    return told | {"wide": wide["png"], "narrow": narrow["png"]} if "png" in wide else told


def try_answers(lesson: Lesson) -> None:
    """CrmError unless every right answer is accepted and every known wrong one gets its advice.

    Exercises whose data are declared lacking are passed over. Of the others it is handed over what
    would give the answer away, and the solution.
    """
    items = exercise.load(lesson.name) if lesson.name in exercise.lessons() else {}
    asked = [item for item in items.values() if not lesson.session.lacks(item)]
    if found := [fault for item in asked for fault in _faults(item, lesson.session.data)]:
        told = "".join(f"\n- {folders.ANSWERS}.py, {one}" for one in found)
        raise CrmError("lesson_incomplete", lesson=lesson.name, problems=told)
    data = lesson.session.data
    hidden = [item for item in asked if not item.in_sight]
    show.hand_over(MARKS, {item.id: given_away.marks(item, data) for item in hidden})
    show.hand_over(SOLUTIONS, {item.id: _checking.solution(item, data) for item in asked})


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
