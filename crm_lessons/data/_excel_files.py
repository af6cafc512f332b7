"""Excel workbooks: which sheet, every cell as text, formulas that were never computed."""

import dataclasses
import datetime as dt
import functools
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import python_calamine as calamine

from crm_lessons.data import _sheets, _workbook_size, guarding
from crm_lessons.data._collecting import collected
from crm_lessons.data._parsing import MISSING
from crm_lessons.data._raw import PEEKED, Raw, Score, from_rows, heading_row
from crm_lessons.data.findings import Findings

_SPOILT = re.compile(rb"""<(?:\w+:)?f[\s>/]|t=["']e["']""")
# Excel keeps 15 digits; a longer number has lost its last ones, and is written as Excel shows it.
EXACT = 10**15


def read(path: Path, label: str, score: Score, wanted: str, findings: Findings) -> list[Raw]:
    """The tables of a workbook; none, and a fault, if it cannot be read.

    Sheets with the same headings are one table. ``wanted`` names sheets, ``2024|2025`` or ``*``;
    else the sheets that name most fields are read.
    """
    with _told(label, findings):
        book = _opened(path, label, findings)
        if book is None:
            return []
        chosen = _sheets.chosen(_sheets.visible(book, score, text), wanted, score, label, findings)
        found = [_table(path, book, name, label, chosen, score, findings) for name in chosen.names]
        if not chosen.names and not findings.total:
            findings.fault("empty_file", label)
        return [raw for raw in found if raw is not None]
    return []


def first_sheet(path: Path, label: str, findings: Findings) -> list[list[str | None]]:
    """Every cell of the first sheet as text; none, and a fault, if it cannot be read."""
    with _told(label, findings):
        book = _opened(path, label, findings)
        if book is not None and book.sheet_names:
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
            return [[text(cell) for cell in row] for row in rows]
    return []


@contextmanager
def _told(label: str, findings: Findings) -> Iterator[None]:
    """A fault in place of whatever the libraries say of a workbook."""
    try:
        yield
    except calamine.PasswordError:
        findings.fault("excel_password", label)
    except guarding.OF_WORKBOOKS:
        findings.fault("damaged_excel", label)


def _table(path, book, name: str, label: str, chosen, score: Score, findings) -> Raw | None:
    """One sheet; of several, each bears its name in a column."""
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    file = f"{label}[{name}]" if chosen.others or len(chosen.names) > 1 else label
    if not rows:
        findings.fault("empty_file", file)
        return None
    raw = _raw(path, name, file, rows, score, findings)
    if raw is None:
        return None
    merged = tuple((a + 1, c, b + 1) for (a, c), (b, _) in sheet.merged_cell_ranges or () if b > a)
    rows_hidden, columns_hidden = _sheets.hidden(path, _part, name)
    told = [raw.headings[i].strip() for i in sorted(columns_hidden) if i < len(raw.headings)]
    if any(told):
        findings.note("hidden_columns", file=file, headings=", ".join(filter(None, told)))
    raw = dataclasses.replace(raw, merged=merged, hidden=rows_hidden)
    return _sheets.with_name(raw, name) if len(chosen.names) > 1 else raw


def _opened(path: Path, label: str, findings: Findings) -> calamine.CalamineWorkbook | None:
    """The workbook; None, and a fault, where it would take more memory than a table may."""
    excess = _workbook_size.excess(path)
    if excess is None:
        return calamine.CalamineWorkbook.from_path(path)
    findings.fault(f"workbook_too_large_{excess['kind']}", label, **excess)
    return None


def _raw(path, name, file, rows, score: Score, findings: Findings) -> Raw | None:
    first = [[text(cell) or "" for cell in row] for row in rows[:PEEKED]]
    heading = heading_row(first, score, file, findings)
    if heading is None:
        return None
    columns = list(zip(*rows, strict=True))
    frame = pl.DataFrame(
        {"row": range(1, len(rows) + 1)}
        | {f"c{i}": _texts(column) for i, column in enumerate(columns)},
        schema={"row": pl.UInt32} | {f"c{i}": pl.String for i in range(len(columns))},
    )
    bodies = [column[heading:] for column in columns]
    numeric = frozenset(i for i, body in enumerate(bodies) if any(map(_is_number, body)))
    exact = frozenset(i for i, body in enumerate(bodies) if _is_exact(body))
    raw = from_rows(
        file,
        frame,
        "excel",
        heading=heading,
        numeric=numeric,
        exact=exact,
        numbers={i: _rows_of_numbers(columns[i]) for i in numeric - exact},
        spoilt=functools.cache(lambda: spoilt_cells(path, name)),
    )
    if raw.frame.pipe(collected).is_empty():
        findings.fault("no_rows", file)
    return raw


def _texts(column: Sequence[object]) -> list[str | None]:
    """A column as text; of an area with one cell far away, most columns hold nothing."""
    if column.count("") == len(column):
        return [None] * len(column)
    return [text(cell) for cell in column]


def text(cell: object) -> str | None:
    """A cell as text: whole numbers without a point, dates as ISO, an empty cell as None.

    >>> text(17850.0), text(0.5), text(""), text(1.2345678901234567e17)
    ('17850', '0.5', None, '1.23456789012346E+17')
    """
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        if not math.isfinite(cell):
            return str(cell)
        if abs(cell) >= EXACT:
            return f"{cell:.14E}"
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ")
    return str(cell) or None


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _rows_of_numbers(column: Sequence[object]) -> pl.Series:
    rows = [row for row, cell in enumerate(column, start=1) if _is_number(cell)]
    return pl.Series(rows, dtype=pl.UInt32)


def _is_exact(cells: Iterable[object]) -> bool:
    """Whether there are numbers and no text, so that no sign before decimals is in question."""
    return all(not isinstance(cell, str) or not cell.strip() for cell in cells)


def spoilt_cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """(row, position) of the cells of an xlsx sheet that read as empty and are not.

    The value is "" for a formula without a computed value (a program wrote the file, and values
    come when Excel saves it), or the error that Excel shows, such as ``#DIV/0!``. ``#N/A`` is no
    error here: it says that nothing is there.
    """
    if not zipfile.is_zipfile(path):
        return {}
    found = {}
    with zipfile.ZipFile(path) as book:
        part = _part(book, sheet)
        # Parsing costs seconds a million cells, so first a look whether there is any need.
        if part is None or not _SPOILT.search(book.read(part)):
            return {}
        for _, cell in ElementTree.iterparse(book.open(part)):
            if _tag(cell) != "c":
                continue
            what = _what_is_wrong(cell)
            if what is not None:
                found[place(cell.get("r", "A1"))] = what
            cell.clear()
    return found


def _what_is_wrong(cell: ElementTree.Element) -> str | None:
    parts = {_tag(part): part.text for part in cell}
    value = parts.get("v") or ""
    if cell.get("t") == "e":
        return None if value in MISSING else value
    return "" if "f" in parts and not value else None


def _part(book: zipfile.ZipFile, sheet: str) -> str | None:
    """The part of the package that holds this sheet."""
    if "xl/workbook.xml" not in book.namelist():
        return None
    workbook = ElementTree.fromstring(book.read("xl/workbook.xml"))
    ids = {e.get("name"): _relation(e) for e in workbook.iter() if _tag(e) == "sheet"}
    relations = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    targets = {e.get("Id"): e.get("Target", "") for e in relations}
    target = targets.get(ids.get(sheet), "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _relation(element: ElementTree.Element) -> str | None:
    return next((value for name, value in element.items() if name.endswith("}id")), None)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def place(reference: str) -> tuple[int, int]:
    """Row and position of a cell reference.

    >>> place("A1"), place("AB12")
    ((1, 0), (12, 27))
    """
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - 64
    return int(digits), position - 1
