"""The kind of answer that fills in a small table of figures."""

from collections.abc import Mapping

import pandas as pd

from crm_lessons import wording
from crm_lessons.course import _answers
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Figure, Item
from crm_lessons.course.kinds._figures import Number, Share

FIGURES = {"number": Number(), "share": Share()}


class Table:
    """Figures in rows and columns: ``{"A": {"customers": "89"}, …}`` or such a frame."""

    def read(self, raw: object, item: Item) -> tuple[dict, ...]:
        raw = raw.T.to_dict() if isinstance(raw, pd.DataFrame) else raw
        cells = {cell: _cell(raw, *cell) for cell in _cells(item)}
        empty = [cell for cell, value in cells.items() if _answers.is_empty(value)]
        if empty:
            raise Unreadable("table", empty=len(empty), total=len(cells))
        return ({cell: _readings(value, item.columns[cell[1]]) for cell, value in cells.items()},)

    def wanted(self, value: object, item: Item) -> dict:
        frame = pd.DataFrame(value)
        return {(row, column): float(frame.loc[row, column]) for row, column in _cells(item)}

    def same(self, given: dict, wanted: dict, item: Item) -> bool:
        return all(self.right_cells(given, wanted, item))

    def right_cells(self, given: dict, wanted: dict, item: Item) -> list[bool]:
        """For each cell whether it is right."""
        return [
            any(item.columns[cell[1]].tolerance.allows(one, wanted[cell]) for one in _many(value))
            for cell, value in given.items()
        ]

    def mistake(self, given: dict, wanted: dict, item: Item) -> str | None:
        mirror = dict(zip(item.rows, reversed(item.rows), strict=True))
        turned = {(mirror[row], column): value for (row, column), value in wanted.items()}
        return "upside_down" if self.same(given, turned, item) else None

    def show(self, wanted: dict, item: Item) -> str:
        rows = []
        for row, title in item.rows.items():
            shown = [
                FIGURES[c.kind].written(wanted[row, name], c) for name, c in item.columns.items()
            ]
            figures = wording.text("course.between").join(shown)
            rows.append(wording.text("course.table_row", row=title, figures=figures))
        return "\n".join(rows)


def _cells(item: Item) -> list[tuple[str, str]]:
    return [(row, column) for row in item.rows for column in item.columns]


def _cell(raw: object, row: str, column: str) -> object:
    line = raw.get(row) if isinstance(raw, Mapping) else None
    return line.get(column) if isinstance(line, Mapping) else None


def _readings(value: object, column: Figure) -> tuple[float, ...]:
    return FIGURES[column.kind].readings(value, column)


def _many(value: object) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)
