"""Which function computes what for an exercise.

A lesson's ``answers.py`` holds a block of computations for each item (see `answers`). Parameters
are names of bound data; one with a default may be missing from the data.
"""

import inspect
from collections.abc import Collection, Mapping

from crm_lessons.course import folders
from crm_lessons.course.answers import Answers, Computation, computation

_expected: dict[str, Computation] = {}
_wrong: dict[str, dict[str, Computation]] = {}
_offered: dict[str, Computation] = {}
_drawn: dict[str, Computation] = {}
_needs: dict[str, set[str]] = {}


class Bound(dict):
    """Data that will not change any more: what is computed from them is computed once."""

    def __init__(self, *told: object) -> None:
        super().__init__(*told)
        self.computed: dict[Computation, object] = {}


class MissingData(LookupError):
    """A computation needs data that were not bound (``lesson.use(...)``)."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"not bound: {', '.join(names)}")
        self.names = names


def load(lesson: str) -> None:
    """Run the lesson's Python file so that its functions are registered."""
    for table in (_expected, _wrong, _offered, _drawn, _needs):
        for name in [name for name in table if name.startswith(f"{lesson}.")]:
            del table[name]
    found = vars(folders.module(lesson, folders.ANSWERS) or object).items()
    for name, block in [(n, b) for n, b in found if isinstance(b, Answers)]:
        keep(f"{lesson}.{name}", block)


def keep(item: str, block: Answers) -> None:
    """Register the computations of an item under its full name, ``lesson.item``."""
    if block.right is not None:
        _expected[item] = computation(block.right)
    _wrong[item] = {mistake: computation(told) for mistake, told in block.wrong.items()}
    if block.offered is not None:
        _offered[item] = block.offered
    if block.drawn is not None:
        _drawn[item] = block.drawn
    asked = [_expected.get(item), _offered.get(item)]
    _needs[item] = {*block.needs, *(name for one in asked if one for name in _required(one))}


def needs(item: str) -> Collection[str]:
    """The names of what must be bound before an item can be asked."""
    return _needs.get(item, set())


def expected(item: str) -> Computation | None:
    """The function for the right answer of an item, or None."""
    return _expected.get(item)


def wrong(item: str) -> Mapping[str, Computation]:
    """The functions for the known wrong answers of an item, by mistake."""
    return _wrong.get(item, {})


def offered(item: str) -> Computation | None:
    """The function for the table to choose from, or None."""
    return _offered.get(item)


def drawn(item: str) -> Computation | None:
    """The function for the chart of a slider, or None."""
    return _drawn.get(item)


def items_of(lesson: str) -> set[str]:
    """The full names of all items of a lesson that some function is registered for."""
    names = {*_expected, *_wrong, *_offered, *_drawn}
    return {name for name in names if name.startswith(f"{lesson}.")}


def compute(computation: Computation, data: Mapping[str, object]) -> object:
    """Call a registered function with what it asks for; `MissingData` if that is not bound.

    From data that are `Bound` it is called once; nobody may change what it gave.
    """
    if not isinstance(data, Bound):
        return _called(computation, data)
    if computation not in data.computed:
        data.computed[computation] = _called(computation, data)
    return data.computed[computation]


def _called(computation: Computation, data: Mapping[str, object]) -> object:
    asked = inspect.signature(computation).parameters
    missing = [name for name in _required(computation) if name not in data]
    if missing:
        raise MissingData(missing)
    return computation(**{name: data[name] for name in asked if name in data})


def _required(computation: Computation) -> list[str]:
    asked = inspect.signature(computation).parameters
    return [name for name, told in asked.items() if told.default is told.empty]
