"""A table of customers to tick: one row each, readable as a table, operable by keyboard."""

from collections.abc import Iterable
from html import escape

import ipywidgets as w

from crm_lessons import wording
from crm_lessons.course import kinds
from crm_lessons.course._session import Session
from crm_lessons.course.forms import _parts
from crm_lessons.course.forms._inputs import Input, tick
from crm_lessons.course.item import Item
from crm_lessons.show import columns

LONG = 6  # columns of a terminal; what is longer wraps in the narrow column of ids


class TickTable(Input):
    """A box to tick in each row. Whoever ticks a customer unticks "nobody", and the reverse."""

    def __init__(self, item: Item, session: Session, form: kinds.Form) -> None:
        super().__init__(item, session, form)
        self.ticks = {row.id: tick(row.label) for row in self.form.rows}
        self.nobody = tick(self.form.nobody)
        self.counter = _parts.html("", "crm-note")
        children = [self.note, *self._rows(), self.nobody, self.counter]
        self.widget = _parts.column(children, *self._classes())
        for box in self.ticks.values():
            box.observe(self._ticked, "value")
        self.nobody.observe(self._nobody_ticked, "value")
        self._count()

    def answer(self) -> list[str] | str:
        if self.nobody.value:
            return kinds.NOBODY
        return [customer for customer, box in self.ticks.items() if box.value]

    def fill(self, raw: object) -> None:
        chosen = self.filled(raw) or ()
        self.nobody.value = chosen == kinds.NOBODY
        for customer, box in self.ticks.items():
            box.value = chosen != kinds.NOBODY and customer.upper() in chosen

    def _rows(self) -> list[w.Widget]:
        if not self.form.columns:
            return []
        first, *heads = self.form.columns
        titles = _cells([head.title for head in heads], heads, heard=False)
        rows = [_parts.row([_parts.html(escape(first.title), "crm-tick"), titles])]
        _parts.classed(rows[0], "crm-line", "crm-head")
        for row in self.form.rows:
            cells = _cells(row.cells, heads, heard=True)
            rows.append(_parts.row([self.ticks[row.id], cells], "crm-line"))
        return rows

    def _classes(self) -> list[str]:
        """Rows that have titles need more room than rows that have ids."""
        longest = max((columns.width(box.description) for box in self.ticks.values()), default=0)
        return ["crm-customers", *(["crm-titled"] if longest > LONG else [])]

    def _ticked(self, change: dict) -> None:
        if change["new"]:
            self.nobody.value = False
        self._count()

    def _nobody_ticked(self, change: dict) -> None:
        if change["new"]:
            for box in self.ticks.values():
                box.value = False

    def _count(self) -> None:
        ticked = sum(box.value for box in self.ticks.values())
        self.counter.value = escape(wording.text("forms.ticked", ticked=ticked))


def _cells(texts: Iterable[str], heads: list[kinds.Column], *, heard: bool) -> w.HTML:
    """The cells after the first one; who hears the page hears the title before each."""
    spans = []
    for head, text in zip(heads, texts, strict=True):
        title = f'<span class="crm-heard">{escape(head.title)} </span>' if heard else ""
        spans.append(f'<span class="crm-{head.side}">{title}{escape(text)}</span>')
    return _parts.html(f'<div class="crm-cells">{"".join(spans)}</div>', "crm-grow")
