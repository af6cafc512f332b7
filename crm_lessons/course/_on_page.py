"""What is told where: a page shows of a wide table what fits a phone, and of data it leaves to
reports what is meant for whoever owns the file or types the command; a notebook whose prose nobody
has made to fit says so."""

import os
from collections.abc import Mapping, Sequence

import pandas as pd

from crm_lessons import data, show, wording
from crm_lessons.course.adapted import ADAPTED
from crm_lessons.data import samples

_DOING = ("reason", "at_stake", "channel", "due")  # of an action list
MOST_COLUMNS = 5  # of a table on a page, beside what names its rows: as many as a phone shows
Shown = show.Table | show.Folded
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
    counted = {f"data.{one}{way}" for one in table.set_aside for way in ("", "_without_amount")}
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


def tables(frame: pd.DataFrame, first: Sequence[str], **options: object) -> list[Shown]:
    """A table; of a wide one on a page the columns ``first``, and the whole behind one line.

    Columns of ``first`` that the frame has not are passed over; without any, those that come first.

    >>> len(tables(pd.DataFrame({"amount": [1.5]}), ["profit"]))
    1
    """
    whole = show.table(frame, **options)
    wanted = [name for name in first if name in frame] or _first(list(frame))
    if (
        not show.on_a_page()
        or len(frame.columns) <= MOST_COLUMNS
        or len(wanted) == len(list(frame))
    ):
        return [whole]
    line = wording.text("show.all_columns", columns=len(whole.cells[0]))
    return [show.table(frame[wanted], **options), show.Folded(whole, line, kind="crm-whole")]


def of_actions(todo: pd.DataFrame) -> list[str]:
    """What a phone shows of an action list: whom to see to, why, for how much, how, by when.

    >>> of_actions(pd.DataFrame(columns=["customer_id", "at_stake", "due", "reason"]))
    ['customer_id', 'reason', 'at_stake', 'due']
    """
    doing = [name for name in _DOING if name in todo]
    whom = ["subject"] if "subject" in todo else list(todo.columns[:1])
    return [*whom, *doing] if doing else []


def _first(names: list[str]) -> list[str]:
    """As many columns as fit; an interval is not cut in two."""
    further = names[MOST_COLUMNS : MOST_COLUMNS + 1]
    return names[:MOST_COLUMNS] + [name for name in further if str(name).endswith("upper")]
