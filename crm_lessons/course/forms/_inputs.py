"""What a learner answers with, for each control of a form: a box, options, ticks, a grid of boxes.

Each is drawn from the plain description of the form and has ``widget``; ``answer()`` gives what a
plain function would be given, ``fill(raw)`` shows an earlier answer (None clears it), and
``on_enter`` is called when Enter is pressed in a box.
"""

from collections.abc import Callable
from html import escape

import ipywidgets as w

from crm_lessons import wording
from crm_lessons.course import kinds
from crm_lessons.course._session import Session
from crm_lessons.course.forms import _parts, _written
from crm_lessons.course.item import Item


class Input:
    """The common part. ``filled(raw)`` is an earlier answer as the control shows it, or None."""

    widget: w.DOMWidget

    def __init__(self, item: Item, session: Session, form: kinds.Form) -> None:
        self.item, self.session, self.form = item, session, form
        self.note = _parts.html(escape(self.form.note), "crm-note")
        self.on_enter: Callable[[], None] = lambda: None

    def filled(self, raw: object) -> object:
        return kinds.of(self.item).filled(raw, self.item)

    def lettered(self) -> list[str]:
        """The labels of the options with their letters."""
        return _written.options(self.form)


class Box(Input):
    """A number or a share, with its unit beside the box."""

    def __init__(self, item: Item, session: Session, form: kinds.Form) -> None:
        super().__init__(item, session, form)
        self.box = text_box(description=self.form.label, placeholder=self.form.example)
        _parts.on_enter(self.box, lambda: self.on_enter())
        unit = _parts.html(escape(self.form.unit), "crm-unit")
        self.widget = _parts.column([_parts.row([self.box, unit]), self.note])

    def answer(self) -> str:
        return self.box.value

    def fill(self, raw: object) -> None:
        self.box.value = self.filled(raw) or ""


class OneOption(Input):
    """One of several options, each a wide button."""

    def __init__(self, item: Item, session: Session, form: kinds.Form) -> None:
        super().__init__(item, session, form)
        self.ids = [option.id for option in self.form.options]
        self.radio = w.RadioButtons(
            options=self.lettered(), index=None, layout=w.Layout(width="auto")
        )
        _parts.classed(self.radio, "crm-options")
        self.widget = self.radio

    def answer(self) -> str | None:
        return None if self.radio.index is None else self.ids[self.radio.index]

    def fill(self, raw: object) -> None:
        chosen = self.filled(raw)
        self.radio.index = None if chosen is None else self.ids.index(chosen)


class SeveralOptions(Input):
    """Options to tick, as many as are meant."""

    def __init__(self, item: Item, session: Session, form: kinds.Form) -> None:
        super().__init__(item, session, form)
        named = zip(self.form.options, self.lettered(), strict=True)
        self.ticks = {option.id: tick(label) for option, label in named}
        self.widget = _parts.column([self.note, *self.ticks.values()], "crm-options")

    def answer(self) -> list[str]:
        return [key for key, box in self.ticks.items() if box.value]

    def fill(self, raw: object) -> None:
        chosen = self.filled(raw) or ()
        for key, box in self.ticks.items():
            box.value = key in chosen


class TableOfBoxes(Input):
    """A small table with a box for each figure."""

    def __init__(self, item: Item, session: Session, form: kinds.Form) -> None:
        super().__init__(item, session, form)
        rows, columns = self.form.rows, self.form.columns
        self.boxes = {(r.id, c.id): self._box(r, c) for r in rows for c in columns}
        heads = [_parts.html("", "crm-head")]
        for column in columns:
            told = {"column": column.title, "unit": column.unit}
            title = wording.text("forms.column_of_table", **told)
            heads.append(_parts.html(escape(title), "crm-head"))
        cells = []
        for row in rows:
            cells.append(_parts.html(escape(row.label), "crm-head"))
            cells += [self.boxes[row.id, column.id] for column in columns]
        widths = f"minmax(3em, auto) repeat({len(columns)}, minmax(6em, 12em))"
        grid = w.GridBox([*heads, *cells], layout=w.Layout(grid_template_columns=widths))
        self.widget = _parts.column([_parts.classed(grid, "crm-boxes"), self.note])

    def answer(self) -> dict[str, dict[str, str]]:
        return {
            row.id: {column.id: self.boxes[row.id, column.id].value for column in self.form.columns}
            for row in self.form.rows
        }

    def fill(self, raw: object) -> None:
        told = self.filled(raw)
        for (row, column), box in self.boxes.items():
            box.value = told[row][column]

    def _box(self, row: kinds.Entry, column: kinds.Column) -> w.Text:
        told = {"row": row.label, "column": column.title, "unit": column.unit}
        box = text_box(tooltip=wording.text("forms.box_of_table", **told))
        _parts.on_enter(box, lambda: self.on_enter())
        return box


def text_box(**options: object) -> w.Text:
    """A box to type in; its label takes the room it needs."""
    layout = w.Layout(width="auto")
    made = w.Text(style={"description_width": "initial"}, layout=layout, **options)
    return _parts.classed(made, "crm-box")


def tick(label: str) -> w.Checkbox:
    """A box to tick with its label."""
    made = w.Checkbox(description=label, indent=False, layout=w.Layout(width="auto"))
    return _parts.classed(made, "crm-tick")
