"""What a learner answers with, for each kind of item: a box, options, ticks, boxes in a table.

Each has ``widget``; ``answer()`` gives what a plain function would be given, ``fill(raw)`` shows an
earlier answer (None clears it), and ``on_enter`` is called when Enter is pressed in a box.
"""

from collections.abc import Callable, Mapping
from html import escape

import ipywidgets as w

from crm_lessons import wording
from crm_lessons.course import _checking
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.forms import _parts, _written
from crm_lessons.course.item import Item
from crm_lessons.course.kinds import KINDS


class Input:
    """The common part. ``read(raw)`` is an earlier answer in the form of its kind, or None."""

    widget: w.DOMWidget

    def __init__(self, item: Item) -> None:
        self.item = item
        self.on_enter: Callable[[], None] = lambda: None

    def read(self, raw: object) -> object:
        try:
            return None if raw is None else KINDS[self.item.kind].read(raw, self.item)[0]
        except Unreadable:
            return None


class Box(Input):
    """A number or a share, with its unit beside the box."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self.box = text_box(
            description=wording.text("forms.your_answer"),
            placeholder=wording.text(f"forms.{item.kind}_example"),
        )
        _parts.on_enter(self.box, lambda: self.on_enter())
        unit = _parts.html(escape(str(item.figure.unit)), "crm-unit")
        tolerance = _parts.html(escape(_checking.tolerance(item)), "crm-note")
        self.widget = _parts.column([_parts.row([self.box, unit]), tolerance])

    def answer(self) -> str:
        return self.box.value

    def fill(self, raw: object) -> None:
        self.box.value = "" if raw is None else str(raw)


class OneOption(Input):
    """One of several options, each a wide button."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self.ids = list(item.options)
        self.radio = w.RadioButtons(
            options=_written.options(item), index=None, layout=w.Layout(width="auto")
        )
        _parts.classed(self.radio, "crm-options")
        self.widget = self.radio

    def answer(self) -> str | None:
        return None if self.radio.index is None else self.ids[self.radio.index]

    def fill(self, raw: object) -> None:
        chosen = self.read(raw)
        self.radio.index = None if chosen is None else self.ids.index(chosen)


class SeveralOptions(Input):
    """Options to tick, as many as are meant."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        labels = _written.options(item)
        self.ticks = {key: tick(label) for key, label in zip(item.options, labels, strict=True)}
        note = _parts.html(escape(_written.note(item)), "crm-note")
        self.widget = _parts.column([note, *self.ticks.values()], "crm-options")

    def answer(self) -> list[str]:
        return [key for key, box in self.ticks.items() if box.value]

    def fill(self, raw: object) -> None:
        chosen = self.read(raw) or frozenset()
        for key, box in self.ticks.items():
            box.value = key in chosen


class TableOfBoxes(Input):
    """A small table with a box for each figure."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self.boxes = {
            (row, column): self._box(row, column) for row in item.rows for column in item.columns
        }
        heads = [_parts.html("", "crm-head")]
        for column in item.columns.values():
            title = wording.text("forms.column_of_table", column=column.title, unit=column.unit)
            heads.append(_parts.html(escape(title), "crm-head"))
        cells = []
        for row, title in item.rows.items():
            cells.append(_parts.html(escape(str(title)), "crm-head"))
            cells += [self.boxes[row, column] for column in item.columns]
        columns = f"minmax(3em, auto) repeat({len(item.columns)}, minmax(6em, 12em))"
        grid = w.GridBox([*heads, *cells], layout=w.Layout(grid_template_columns=columns))
        note = _parts.html(escape(_written.note(item)), "crm-note")
        self.widget = _parts.column([_parts.classed(grid, "crm-boxes"), note])

    def answer(self) -> dict[str, dict[str, str]]:
        return {
            row: {column: self.boxes[row, column].value for column in self.item.columns}
            for row in self.item.rows
        }

    def fill(self, raw: object) -> None:
        for (row, column), box in self.boxes.items():
            line = raw.get(row) if isinstance(raw, Mapping) else None
            value = line.get(column, "") if isinstance(line, Mapping) else ""
            box.value = str(value)

    def _box(self, row: str, column: str) -> w.Text:
        figure = self.item.columns[column]
        told = {"row": self.item.rows[row], "column": figure.title, "unit": figure.unit}
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
