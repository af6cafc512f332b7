"""What data cannot give, said as a value.

An analysis or a lesson hands over a `Lacking` where a result would stand, and everything that shows
results (``lesson.say``, ``draw``, ``table``, ``ask`` …) passes over it, and over nothing else. So a
cell needs no ``if``, and a result that failed is still seen to fail.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Lacking:
    """There is no such result in these data; ``why`` is for who reads the code, such as
    ``"no_profit"``. It counts as false."""

    why: str = ""

    def __bool__(self) -> bool:
        return False


def unless(there: object, result: object, why: str = "") -> object:
    """The result if ``there`` holds, else `Lacking`: ``unless(len(before), moved, "no_year")``.

    ``there`` may itself be `Lacking`, so what follows from a lacking result lacks as well.

    >>> unless(0, "a table", "no_rows"), unless(3, "a table", "no_rows")
    (Lacking(why='no_rows'), 'a table')
    """
    return result if there else Lacking(why)


def known(result: object, why: str = "") -> object:
    """The result of an analysis that gives None where there is none: then `Lacking`.

    >>> known(None, "no_branches"), known(0.4)
    (Lacking(why='no_branches'), 0.4)
    """
    return Lacking(why) if result is None else result


def is_lacking(result: object) -> bool:
    """Whether a result is declared lacking.

    >>> is_lacking(Lacking("no_profit")), is_lacking(None)
    (True, False)
    """
    return isinstance(result, Lacking)


def or_none(result: object) -> object:
    """A result for who knows None as "there is none".

    >>> or_none(Lacking()), or_none(3)
    (None, 3)
    """
    return None if is_lacking(result) else result


def passed_on(function: Callable) -> Callable:
    """Have a function return the first lacking thing it is given, instead of working with it.

    >>> passed_on(max)(Lacking("no_profit"), 3)
    Lacking(why='no_profit')
    """

    @functools.wraps(function)
    def passing(*given: object, **named: object) -> object:
        lacking = next(filter(is_lacking, [*given, *named.values()]), None)
        return function(*given, **named) if lacking is None else lacking

    return passing
