"""What is said of data where: a page leaves to reports what is meant for whoever owns the file or
types the command; a notebook whose prose nobody has made to fit says so."""

import os
from collections.abc import Mapping, Sequence

from crm_lessons import data, show, wording
from crm_lessons.course.adapted import ADAPTED
from crm_lessons.data import samples

Remarks = Sequence[tuple[str, Mapping[str, object]]]


def prose(table: data.Table) -> Remarks:
    """That the prose tells of the sample, where a notebook is run as it is on other data.

    >>> prose(data.read("shop"))
    []
    """
    fits = show.on_a_page() or os.environ.get(ADAPTED) or table.source in samples.NAMES
    return [] if fits else [("course.prose_of_sample", {})]


def remarks(said: Remarks, table: data.Table, *, first: bool = False) -> Remarks:
    """The remarks on a table; of a sample on a page what was not counted, without how to change it.

    Of the ``first`` table of a lesson also what `prose` says.

    >>> remarks([("data.duplicate_row", {"count": 3})], data.read("shop"))
    [('data.duplicate_row', {'count': 3})]
    """
    if not (show.on_a_page() and table.source in samples.NAMES):
        return [*prose(table), *said] if first else said
    counted = {f"data.{reason}" for reason in table.set_aside}
    kept = [(key, values) for key, values in said if key in counted]
    return [(f"{k}_only" if wording.has(f"{k}_only") else k, values) for k, values in kept]


def cut(rows: int, limit: int) -> Remarks:
    """Whether so many rows are all, or ``limit`` has cut them short; none without a limit.

    >>> cut(30, 30), cut(3, 0)
    ([('course.list_full', {'limit': 30})], [])
    """
    if not (limit and rows):
        return []
    key = "list_whole" if rows < limit else "list_full"
    return [(f"course.{key}_page" if show.on_a_page() else f"course.{key}", {"limit": limit})]
