"""How large a workbook is once it is unpacked, found out before anything is made of it.

A workbook is a zip of XML. Some kilobytes of it can mean gigabytes: a single cell in the last row
and column, a long text that a million cells refer to, a row that is repeated a million times. Of
xls and xlsb, which are no XML, another process finds it out (`_trial`).
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from crm_lessons.data import _trial

CELLS = 20_000_000  # of the area that is used: a sheet full of rows, nineteen columns wide
UNPACKED = 500_000_000  # bytes of XML, and of text that cells refer to
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_SHARED = re.compile(rb"""\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})""")
_TEXT = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.DOTALL)
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']\d{4,}")
_SLICE, _LONGEST = 1 << 24, 1 << 10  # bytes looked at together; of what is looked for in them


def excess(path: Path) -> dict[str, str] | None:
    """What is beyond the bounds, in figures for a message; None where nothing is.

    Raises what `zipfile` raises where the sizes that the file tells are not true.
    """
    if not zipfile.is_zipfile(path):
        return _by_trial(path)
    with zipfile.ZipFile(path) as book:
        unpacked = sum(part.file_size for part in book.infolist())
        if unpacked > UNPACKED:
            return _told(megabytes=unpacked)
        if "xl/workbook.bin" in book.namelist():
            return _by_trial(path)
        cells = text = 0
        lengths = None
        for name, content in _parts(book):
            if "/worksheets/" in name:
                cells = max(cells, _area(content))
                lengths = _lengths(book) if lengths is None else lengths
                text += _shared(content, lengths)
            elif name == "content.xml":
                cells = max(cells, _area_of_ods(content))
    if cells > CELLS:
        return _told(cells=cells)
    return _told(megabytes=text) if text > UNPACKED else None


def _by_trial(path: Path) -> dict[str, str] | None:
    cells = _trial.cells(path)
    if cells is None:
        bound = f"{_trial.MEMORY / 1e9:g} GB"
        return {"kind": "trial", "bound": bound, "seconds": f"{_trial.SECONDS}"}
    return _told(cells=cells) if cells > CELLS else None


def _told(*, cells: int = 0, megabytes: int = 0) -> dict[str, str]:
    size = f"{megabytes / 1e6:,.0f} MB" if megabytes else f"{cells:,}"
    bound = f"{UNPACKED / 1e6:,.0f} MB" if megabytes else f"{CELLS:,}"
    return {"kind": "size" if megabytes else "cells", "size": size, "bound": bound}


def _parts(book: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every part with its content: reading to the end proves the size that the file tells."""
    for part in book.infolist():
        yield part.filename, book.read(part)


def _area(sheet: bytes) -> int:
    """Rows times columns up to the last cell of an xlsx sheet."""
    width = height = 0
    for found in _slices(_REFERENCE, sheet):
        width = max(width, *map(_column, {letters for letters, _ in found}))
        height = max(height, *map(int, {row for _, row in found}))
    return width * height


def _slices(pattern: re.Pattern[bytes], content: bytes) -> Iterator[list]:
    """What is found, some of it at a time: all at once it takes many times the content."""
    for start in range(0, len(content), _SLICE):
        found = pattern.findall(content, start, start + _SLICE + _LONGEST)
        if found:
            yield found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _lengths(book: zipfile.ZipFile) -> np.ndarray:
    """The lengths of the texts that cells refer to."""
    if "xl/sharedStrings.xml" not in book.namelist():
        return np.zeros(0, dtype=np.int64)
    texts = _TEXT.finditer(book.read("xl/sharedStrings.xml"))
    return np.fromiter((one.end() - one.start() for one in texts), dtype=np.int64)


def _shared(sheet: bytes, lengths: np.ndarray) -> int:
    """The bytes of text that the cells of a sheet refer to, each time anew."""
    if not len(lengths) or len(sheet) // 20 * int(lengths.max()) <= UNPACKED:
        return 0
    total = 0
    for found in _slices(_SHARED, sheet):
        used = np.array(found, dtype=np.int64)
        total += int(lengths[used[used < len(lengths)]].sum())
    return total


def _area_of_ods(content: bytes) -> int:
    """Rows times columns of the largest table, with what is repeated; 0 where nothing much is."""
    if not _REPEATED.search(content):
        return 0
    largest = rows = last = width = 0
    for _, part in ElementTree.iterparse(io.BytesIO(content)):
        if part.tag.endswith("}table-row"):
            rows += _times(part, "rows")
            filled = _filled(part)
            last, width = (rows, max(width, filled)) if filled else (last, width)
            part.clear()
        elif part.tag.endswith("}table"):
            largest = max(largest, last * width)
            rows = last = width = 0
    return largest


def _filled(row: ElementTree.Element) -> int:
    """How many cells a row has up to its last one that holds anything."""
    place = filled = 0
    for cell in row:
        place += _times(cell, "columns")
        filled = place if len(cell) else filled
    return filled


def _times(element: ElementTree.Element, what: str) -> int:
    found = (v for k, v in element.items() if k.endswith(f"}}number-{what}-repeated"))
    return int(next(found, "1"))
