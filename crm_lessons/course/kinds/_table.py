"""A small table of figures to fill in."""

from collections.abc import Iterator, Mapping

import pandas as pd

from crm_lessons import wording
from crm_lessons.course import _answers
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Figure, Item
from crm_lessons.course.kinds import _entry
from crm_lessons.course.kinds._form import GRID, Column, Entry, Form
from crm_lessons.course.kinds._kind import KINDS, Computed, Kind
from crm_lessons.course.kinds._number import Number


class Table(Kind):
    """Figures in rows and columns: ``{"A": {"customers": "89"}, …}`` or such a frame."""

    name = "table"
    keys = frozenset({"rows", "columns"})

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
        return all(_right_cells(given, wanted, item))

    def recognised(self, given: dict, wrong: dict, item: Item) -> bool:
        return all(
            any(_nearly(one, wrong[cell], item.columns[cell[1]]) for one in _many(value))
            for cell, value in given.items()
        )

    def mistake(self, given: dict, wanted: dict, item: Item) -> str | None:
        mirror = dict(zip(item.rows, reversed(item.rows), strict=True))
        turned = {(mirror[row], column): value for (row, column), value in wanted.items()}
        return "upside_down" if self.recognised(given, turned, item) else None

    def not_yet(self, given: dict, wanted: dict, item: Item) -> str:
        """How many cells are right, but not which."""
        right = _right_cells(given, wanted, item)
        return wording.text("kinds.not_yet_table", right=sum(right), total=len(right))

    def show(self, wanted: dict, item: Item, offered: pd.DataFrame | None = None) -> str:
        rows = []
        for row, title in item.rows.items():
            # Of what was typed, which may be read in several ways, the likeliest.
            told = {name: _many(wanted[row, name])[0] for name in item.columns}
            figures = wording.text("course.between").join(_told(told, item.columns))
            rows.append(wording.text("kinds.table_row", row=title, figures=figures))
        return "\n".join(rows)

    def given(self, wanted: dict, item: Item) -> dict:
        return {row: {c: repr(float(wanted[row, c])) for c in item.columns} for row in item.rows}

    def form(self, item: Item, offered: pd.DataFrame | None = None) -> Form:
        rows = tuple(Entry(key, str(title)) for key, title in item.rows.items())
        columns = tuple(Column(key, _with_unit(one)) for key, one in item.columns.items())
        note = wording.text("kinds.fill_table")
        return Form(GRID, note, keyboard="decimal", rows=rows, columns=columns)

    def filled(self, raw: object, item: Item) -> dict[str, dict[str, str]]:
        cells = {cell: _cell(raw, *cell) for cell in _cells(item)}
        texts = {cell: "" if value is None else str(value) for cell, value in cells.items()}
        return {row: {column: texts[row, column] for column in item.columns} for row in item.rows}

    def in_a_cell(self, answer: str, item: Item, between: str) -> str:
        return ""  # a whole table does not fit into a cell

    def figures(self, wanted: dict) -> list[float]:
        return list(wanted.values())

    def problems(self, entry: Mapping, computed: Computed) -> Iterator[str]:
        figures = {name for name, kind in KINDS.items() if isinstance(kind, Number)}
        for key in ("rows", "columns"):
            if not entry.get(key):
                yield _entry.said("table_needs", entry=key)
        for row, told in (entry.get("rows") or {}).items():
            yield from _entry.text_problems(told, "row", name=row)
        for column, told in (entry.get("columns") or {}).items():
            for problem in _column_problems(told, figures):
                yield _entry.said("in_column", column=column, problem=problem)


def _column_problems(told: Mapping, figures: set[str]) -> Iterator[str]:
    yield from _entry.text_problems(told.get("title"), "title")
    yield from _entry.figure_problems(told)
    if told.get("kind") not in figures:
        yield _entry.said("column_kind", known=", ".join(sorted(figures)))


def _told(row: Mapping[str, float], columns: Mapping[str, Figure]) -> Iterator[str]:
    """The figures of a row: one with its unit, several each with the title of its column."""
    for name, column in columns.items():
        kind = KINDS[column.kind]
        if len(columns) == 1:
            yield kind.written(row[name], column)
        else:
            figure = kind.bare(row[name], column)
            yield wording.text("kinds.table_cell", column=column.title, figure=figure)


def _with_unit(column: Figure) -> str:
    """A column's title and its unit, unless the title says it already: "Customers"."""
    if str(column.unit).casefold() in str(column.title).casefold():
        return str(column.title)
    return wording.text("kinds.column", title=column.title, unit=column.unit)


def _cells(item: Item) -> list[tuple[str, str]]:
    return [(row, column) for row in item.rows for column in item.columns]


def _cell(raw: object, row: str, column: str) -> object:
    line = raw.get(row) if isinstance(raw, Mapping) else None
    return line.get(column) if isinstance(line, Mapping) else None


def _readings(value: object, column: Figure) -> tuple[float, ...]:
    return KINDS[column.kind].readings(value, column)


def _right_cells(given: dict, wanted: dict, item: Item) -> list[bool]:
    """For each cell whether it is right."""
    return [
        any(item.columns[cell[1]].tolerance.allows(one, wanted[cell]) for one in _many(value))
        for cell, value in given.items()
    ]


def _nearly(given: float, value: float, column: Figure) -> bool:
    return KINDS[column.kind].nearly(given, value, column)


def _many(value: object) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)
