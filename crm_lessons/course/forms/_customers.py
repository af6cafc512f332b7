"""A table of customers to tick: one row each, readable as a table, operable by keyboard."""

from html import escape

import ipywidgets as w
import pandas as pd

from crm_lessons import show, wording
from crm_lessons.course import _checking
from crm_lessons.course._session import Session
from crm_lessons.course.forms import _parts, _written
from crm_lessons.course.forms._inputs import Input, tick
from crm_lessons.course.item import Item
from crm_lessons.show import columns

NOBODY = "none"
LONG = 6  # columns of a terminal; what is longer wraps in the narrow column of ids


class TickTable(Input):
    """A box to tick in each row. Whoever ticks a customer unticks "nobody", and the reverse."""

    def __init__(self, item: Item, session: Session) -> None:
        super().__init__(item)
        frame = _checking.offered(item, session.data)
        self.ticks: dict[str, w.Checkbox] = {}
        self.nobody = tick(wording.text("forms.nobody"))
        self.counter = _parts.html("", "crm-note")
        rows = [] if frame is None else self._rows(frame)
        note = _parts.html(escape(_written.note(item)), "crm-note")
        self.widget = _parts.column([note, *rows, self.nobody, self.counter], *self._classes())
        for box in self.ticks.values():
            box.observe(self._ticked, "value")
        self.nobody.observe(self._nobody_ticked, "value")
        self._count()

    def answer(self) -> list[str] | str:
        if self.nobody.value:
            return NOBODY
        return [customer for customer, box in self.ticks.items() if box.value]

    def fill(self, raw: object) -> None:
        chosen = self.read(raw)
        self.nobody.value = chosen == frozenset()
        for customer, box in self.ticks.items():
            box.value = customer.upper() in (chosen or ())

    def _rows(self, frame: pd.DataFrame) -> list[w.Widget]:
        table = show.table(frame, rows=len(frame))
        # The box of a row is named by its customer, an item of a survey by its title.
        begin = _checking.named_by(frame)
        titles, *lines = [line[begin:] for line in table.cells]
        sides = table.sides[begin:]
        first = _parts.html(escape(titles[0]), "crm-tick")
        rows = [_parts.row([first, _cells(titles, titles, sides)], "crm-line", "crm-head")]
        for customer, line in zip(frame.index, lines, strict=True):
            box = self.ticks[str(customer)] = tick(line[0])
            rows.append(_parts.row([box, _cells(line, titles, sides)], "crm-line"))
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


def _cells(line: list[str], titles: list[str], sides: list[str]) -> w.HTML:
    """The cells after the first one; who hears the page hears the title before each."""
    spans = []
    for title, text, side in zip(titles[1:], line[1:], sides[1:], strict=True):
        heard = "" if line is titles else f'<span class="crm-heard">{escape(title)} </span>'
        spans.append(f'<span class="crm-{side}">{heard}{escape(text)}</span>')
    return _parts.html(f'<div class="crm-cells">{"".join(spans)}</div>', "crm-grow")
