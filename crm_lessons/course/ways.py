"""Ways of reading files, given as parameters: ``zone`` of the first, ``cases_zone`` of another.

A lesson has one parameter for all ways of a file, ``reading`` and ``cases_reading``; whoever types
names the way alone, as the messages say it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from crm_lessons import data
from crm_lessons.course import typed
from crm_lessons.errors import CrmError


def gathered(known: Iterable[str], given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values, with ways of reading given by their own names in the parameter for all of them.

    >>> gathered(["cases", "cases_reading"], {"cases_zone": "UTC"})
    {'cases_reading': {'zone': 'UTC'}}
    """
    for reading in filter(typed.is_reading, known):
        ways = {way: name for name, way in _ways(reading).items() if way not in known}
        own = {ways[n]: v for n, v in given.items() if n in ways}
        rest = {n: v for n, v in given.items() if n not in ways}
        before = rest.get(reading) or {}
        try:
            before = typed.pairs(before) if isinstance(before, str) else before
        except ValueError:
            continue  # the check tells of it
        given = rest | {reading: {**before, **own}} if own else rest
    return given


def names(known: Iterable[str]) -> list[str]:
    """What may be typed for a way of reading, with the files of these parameters.

    >>> names(["cases_reading"])[:2]
    ['cases_columns', 'cases_encoding']
    """
    return [way for one in filter(typed.is_reading, known) for way in _ways(one).values()]


def without_file(known: Mapping[str, Any], checked: Mapping[str, Any]) -> dict[str, CrmError]:
    """An error for each way of reading a further file that is not given: it changes nothing."""
    found = {}
    for name in (n for n in known if typed.is_reading(n) and n != typed.READING):
        file = name.removesuffix(f"_{typed.READING}")
        if checked.get(name) and file in known and not checked.get(file, known[file].default):
            found[name] = CrmError("reading_without_file", name=name, file=file)
    return found


def _ways(reading: str) -> dict[str, str]:
    """Each way of reading → what is typed for it, where ``reading`` takes them all."""
    return {way: reading.removesuffix(typed.READING) + way for way in data.OPTIONS}
