"""Excel workbooks: which sheet, every cell as text, formulas that were never computed."""

import datetime as dt
import functools
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import python_calamine as calamine

from crm_lessons.data._parsing import MISSING
from crm_lessons.data._raw import PEEKED, Raw, Score, from_rows, heading_row
from crm_lessons.data.findings import Findings

_SPOILT = re.compile(rb"""<(?:\w+:)?f[\s>/]|t=["']e["']""")
# Excel keeps 15 digits; a longer number has lost its last ones, and is written as Excel shows it.
EXACT = 10**15


def read(path: Path, label: str, score: Score, findings: Findings) -> Raw | None:
    """The rows of the sheet that names most fields; None, and a fault, if it cannot be read."""
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        name, others = _sheet(book, score)
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False) if name else []
    except calamine.PasswordError:
        findings.fault("excel_password", label)
        return None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError):
        findings.fault("damaged_excel", label)
        return None
    file = f"{label}[{name}]" if others else label
    if not rows:
        findings.fault("empty_file", file)
        return None
    if others:
        findings.note("sheet_chosen", file=label, sheet=name, others=", ".join(others))
    return _raw(path, name, file, rows, score, findings)


def _raw(path, name, file, rows, score: Score, findings: Findings) -> Raw | None:
    first = [[text(cell) or "" for cell in row] for row in rows[:PEEKED]]
    heading = heading_row(first, score, file, findings)
    if heading is None:
        return None
    columns = list(zip(*rows, strict=True))
    frame = pl.DataFrame(
        {"row": range(1, len(rows) + 1)}
        | {f"c{i}": [text(cell) for cell in column] for i, column in enumerate(columns)},
        schema={"row": pl.UInt32} | {f"c{i}": pl.String for i in range(len(columns))},
    )
    numeric = (i for i, column in enumerate(columns) if _holds_numbers(column[heading:]))
    raw = from_rows(
        file,
        frame,
        "excel",
        heading=heading,
        numeric=frozenset(numeric),
        exact=frozenset(i for i, column in enumerate(columns) if _is_exact(column[heading:])),
        spoilt=functools.cache(lambda: spoilt_cells(path, name)),
    )
    if raw.frame.collect().is_empty():
        findings.fault("no_rows", file)
    return raw


def _sheet(book: calamine.CalamineWorkbook, score: Score) -> tuple[str | None, list[str]]:
    """The sheet that names most fields in its first rows, and the other sheets that hold cells."""
    scores = {}
    for sheet in book.sheets_metadata:
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != calamine.SheetVisibleEnum.Visible:
            continue
        rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False, nrows=PEEKED)
        if rows:
            scores[sheet.name] = max(score([text(c) or "" for c in row]) for row in rows)
    best = max(scores, key=scores.get, default=None)
    return best, [name for name in scores if name != best]


def text(cell: object) -> str | None:
    """A cell as text: whole numbers without a point, dates as ISO, an empty cell as None.

    >>> text(17850.0), text(0.5), text(""), text(1.2345678901234567e17)
    ('17850', '0.5', None, '1.23456789012346E+17')
    """
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        if abs(cell) >= EXACT:
            return f"{cell:.14E}"
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ")
    return str(cell) or None


def _holds_numbers(cells: Iterable[object]) -> bool:
    return any(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)


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
