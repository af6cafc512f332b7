"""Which function computes what for an exercise.

A lesson's Python file, ``lessons/05_pareto.py``, says for each item of its YAML how the right
answer, the known wrong answers and the things to choose from come out of the bound data::

    @expects("05_pareto.share_of_top_fifth")
    def _(*, classes):
        return pareto.share_of_top(classes["amount"], 0.20)

    @known_wrong("05_pareto.share_of_top_fifth", "quoted_eighty")
    def _():
        return 0.80

The parameters are names of bound data; one with a default may be missing from the data.
"""

import importlib
import inspect
from collections.abc import Callable, Mapping

Computation = Callable[..., object]

_expected: dict[str, Computation] = {}
_wrong: dict[str, dict[str, Computation]] = {}
_offered: dict[str, Computation] = {}
_drawn: dict[str, Computation] = {}


class MissingData(LookupError):
    """A computation needs data that were not bound (``lesson.use(...)``)."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"not bound: {', '.join(names)}")
        self.names = names


def expects(item: str) -> Callable[[Computation], Computation]:
    """Register the function that computes the right answer of ``lesson.item``."""
    return _register(_expected, item, f"@expects({item!r})")


def known_wrong(item: str, mistake: str) -> Callable[[Computation], Computation]:
    """Register the function that computes the answer a known mistake leads to."""
    mistakes = _wrong.setdefault(item, {})
    return _register(mistakes, mistake, f"@known_wrong({item!r}, {mistake!r})")


def offers(item: str) -> Callable[[Computation], Computation]:
    """Register the function that makes the table to choose from: a frame indexed by customer_id."""
    return _register(_offered, item, f"@offers({item!r})")


def draws(item: str) -> Callable[[Computation], Computation]:
    """Register the function that draws the chart of a slider: Axes and a sentence for it.

    Besides bound data it may ask for ``given`` (the share the slider stands at) and ``revealed``
    (whether the right answer may be seen).
    """
    return _register(_drawn, item, f"@draws({item!r})")


def load(lesson: str) -> None:
    """Run the lesson's Python file so that its functions are registered."""
    importlib.import_module(f"crm_lessons.course.lessons.{lesson}")


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
    """Call a registered function with what it asks for; `MissingData` if that is not bound."""
    asked = inspect.signature(computation).parameters
    required = [name for name, told in asked.items() if told.default is told.empty]
    missing = [name for name in required if name not in data]
    if missing:
        raise MissingData(missing)
    return computation(**{name: data[name] for name in asked if name in data})


def _register(
    table: dict[str, Computation], key: str, named: str
) -> Callable[[Computation], Computation]:
    def keep(computation: Computation) -> Computation:
        if key in table and _place(table[key]) != _place(computation):
            raise ValueError(f"{named} is used twice: {_place(table[key])}, {_place(computation)}")
        table[key] = computation
        return computation

    return keep


def _place(computation: Computation) -> str:
    return f"{computation.__module__}, line {computation.__code__.co_firstlineno}"
