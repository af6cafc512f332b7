"""Is this answer right, and if not, which mistake was made?

`check` never raises and never tells the right answer: what goes wrong inside a computation is
logged and the outcome is ``cannot_check``.
"""

import logging
from collections.abc import Mapping

import pandas as pd

from crm_lessons import show, wording
from crm_lessons.course import _answers, _registry, exercise, kinds
from crm_lessons.course._answers import Unreadable
from crm_lessons.course._outcome import (
    CANNOT_CHECK,
    COMPARE,
    CORRECT,
    NOT_ATTEMPTED,
    NOT_YET,
    Outcome,
)
from crm_lessons.course.item import Item
from crm_lessons.course.kinds import Form
from crm_lessons.errors import CrmError

UNREADABLE = "unreadable"

_log = logging.getLogger(__name__)


def check(item: Item, raw: object, data: Mapping[str, object]) -> Outcome:
    """Check an answer as typed, chosen or given by code against the bound data."""
    try:
        return _check(item, raw, data)
    except Exception:
        _log.warning("checking %s failed", item.name, exc_info=True)
        return Outcome(CANNOT_CHECK, wording.text("course.cannot_check"))


def solution(item: Item, data: Mapping[str, object]) -> str:
    """The solution: its reasoning and the right answer on the bound data, if it can be computed."""
    try:
        answer = kinds.of(item).show(right_answer(item, data), item, offered(item, data))
    except Exception:
        _log.warning("no solution for %s", item.name, exc_info=True)
        return str(item.solution)
    return wording.text("course.solution", answer=answer, reasoning=item.solution)


def offered(item: Item, data: Mapping[str, object]) -> pd.DataFrame | None:
    """The table of customers to choose from (index customer_id); None if it cannot be made."""
    computation = _registry.offered(item.name)
    if computation is None:
        return None
    try:
        return _registry.compute(computation, data)
    except Exception:
        _log.warning("nothing to choose from for %s", item.name, exc_info=True)
        return None


def form(item: Item, data: Mapping[str, object]) -> Form:
    """What there is to answer, as plain data for whoever draws it."""
    return kinds.of(item).form(item, offered(item, data))


def picture(
    item: Item, data: Mapping[str, object], *, given: float, revealed: bool
) -> show.Picture | None:
    """The chart of a slider item as it looks at ``given``; None if it cannot be drawn."""
    computation = _registry.drawn(item.name)
    try:
        told = {**data, "given": given, "revealed": revealed}
        axes, alt = _registry.compute(computation, told)
        return show.chart(axes, alt=alt)
    except Exception:
        _log.warning("no chart for %s", item.name, exc_info=True)
        return None


def _check(item: Item, raw: object, data: Mapping[str, object]) -> Outcome:
    kind = kinds.of(item)
    try:
        if _answers.is_empty(_answers.bounded(raw)):
            return Outcome(NOT_ATTEMPTED, wording.text("course.not_attempted"))
        readings = kind.read(raw, item)
    except Unreadable as told:
        return Outcome(CANNOT_CHECK, str(told), UNREADABLE)
    try:
        wanted = right_answer(item, data)
    except _registry.MissingData as told:
        names = wording.text("course.between").join(told.names)
        return Outcome(CANNOT_CHECK, wording.text("course.missing_data", names=names))
    except CrmError as told:
        return Outcome(CANNOT_CHECK, wording.text("course.cannot_check_because", reason=told))
    if any(kind.same(given, wanted, item) for given in readings):
        praise = [wording.text("course.correct"), kind.praise(wanted, item)]
        return Outcome(CORRECT, wording.text("course.space").join(filter(None, praise)))
    mistake = _known_mistake(item, readings, data)
    mistake = mistake or _mistake_of_the_kind(item, readings, wanted)
    if mistake == COMPARE:
        return Outcome(CANNOT_CHECK, exercise.advice(item, mistake), mistake)
    if mistake is None:
        return Outcome(NOT_YET, kind.not_yet(readings[0], wanted, item))
    return Outcome(NOT_YET, exercise.advice(item, mistake), mistake)


def right_answer(item: Item, data: Mapping[str, object]) -> object:
    """The right answer on the bound data, in the form of a reading of its kind."""
    computation = _registry.expected(item.name)
    value = item.answer if computation is None else _registry.compute(computation, data)
    return kinds.of(item).wanted(value, item)


def known_wrong_answers(item: Item, data: Mapping[str, object]) -> dict[str, object]:
    """The known wrong answers on these data by mistake, without those that happen to be right."""
    wanted = right_answer(item, data)
    found = {}
    for mistake in item.mistakes:
        try:
            value = _registry.compute(_registry.wrong(item.name)[mistake], data)
            value = kinds.of(item).wanted(value, item)
        except Exception:
            # One wrong answer that these data do not yield must not stop the checking.
            _log.debug("no known wrong answer %s of %s", mistake, item.name, exc_info=True)
            continue
        if not kinds.of(item).same(value, wanted, item):
            found[mistake] = value
    return found


def _known_mistake(item: Item, readings: tuple, data: Mapping[str, object]) -> str | None:
    recognised = kinds.of(item).recognised
    for mistake, value in known_wrong_answers(item, data).items():
        if any(recognised(given, value, item) for given in readings):
            return mistake
    return None


def _mistake_of_the_kind(item: Item, readings: tuple, wanted: object) -> str | None:
    found = (kinds.of(item).mistake(given, wanted, item) for given in readings)
    return next((mistake for mistake in found if mistake), None)
