"""Customers, or items of a survey, to tick in a table."""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from crm_lessons import show, wording
from crm_lessons.course import _answers, codes
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Item
from crm_lessons.course.kinds import _entry
from crm_lessons.course.kinds._form import LINES, Column, Entry, Form
from crm_lessons.course.kinds._kind import NOBODY, Computed, Kind


class Customers(Kind):
    """A set of customers by id; zeros at the front count, capitals do not."""

    name = "customers"

    def read(self, raw: object, item: Item) -> tuple[frozenset[str], ...]:
        return (frozenset(i.upper() for i in _answers.customer_ids(raw)),)

    def wanted(self, value: Iterable[str], item: Item) -> frozenset[str]:
        return frozenset(str(i).upper() for i in value)

    def mistake(self, given: frozenset, wanted: frozenset, item: Item) -> str | None:
        if not given or not wanted:
            return None if given else "nobody"
        if sorted(i.lstrip("0") for i in given) == sorted(i.lstrip("0") for i in wanted):
            return "zeros"
        if given < wanted:
            return "too_few"
        return "too_many" if given > wanted else None

    def show(self, wanted: frozenset, item: Item, offered: pd.DataFrame | None = None) -> str:
        """Whoever is ticked is called as in the table to tick."""
        rows = () if offered is None else self.form(item, offered).rows
        words = {row.id.upper(): row.label for row in rows}
        listed = wording.text("course.between").join(words.get(i, i) for i in sorted(wanted))
        return listed or wording.text("kinds.nobody")

    def given(self, wanted: frozenset, item: Item) -> object:
        return sorted(wanted) or NOBODY

    def form(self, item: Item, offered: pd.DataFrame | None = None) -> Form:
        note, nobody = wording.text("kinds.tick_customers"), wording.text("kinds.tick_nobody")
        if offered is None:
            return Form(LINES, note, nobody=nobody)
        table = show.table(offered, rows=len(offered), codes=codes.of_lesson(item.lesson))
        # The box of a row is named by its customer, an item of a survey by its title.
        begin = 1 if "question" in offered.columns[:1] else 0
        titles, *lines = [line[begin:] for line in table.cells]
        named = zip(offered.index, lines, strict=True)
        rows = tuple(Entry(str(key), line[0], cells=tuple(line[1:])) for key, line in named)
        heads = zip(titles, table.sides[begin:], strict=True)
        columns = tuple(Column(title, title, side=side) for title, side in heads)
        return Form(LINES, note, rows=rows, columns=columns, nobody=nobody)

    def filled(self, raw: object, item: Item) -> list[str] | str | None:
        try:
            return None if raw is None else sorted(self.read(raw, item)[0]) or NOBODY
        except Unreadable:
            return None

    def ids(self, wanted: frozenset) -> list[str]:
        return sorted(wanted)

    def problems(self, entry: Mapping, computed: Computed) -> Iterator[str]:
        if not computed.offered:
            yield _entry.said("nothing_offered")
