"""Counting the rows of a text file in a second way, by its quotes, separators and line ends alone.

A reader of CSV forgives a stray quote and loses the lines up to the next one. So quotes are looked
at first: sound ones open a cell at its start and close it at its end. Whoever reads then must find
as many rows as are counted here.
"""

import csv
import io
from dataclasses import dataclass

import numpy as np

from crm_lessons.data.findings import Findings

BLOCK = 1 << 22  # bytes looked at together
_QUOTE, _LINE, _RETURN = ord('"'), ord("\n"), ord("\r")


@dataclass(frozen=True)
class Count:
    """What a text holds: rows, cells, whether line breaks stand in cells, whether all is regular.

    ``regular``: no quote stands within a cell that has none at its start.
    """

    rows: int
    cells: int
    breaks: bool = False
    regular: bool = True


def count(data: bytes, separator: str, file: str, findings: Findings, before: int) -> Count | None:
    """Rows and cells; None, and a fault with its row, where a quote is not closed or text follows

    a closing one. ``before`` is added to the number of the row.
    """
    lines = data.count(b"\n") + (not data.endswith(b"\n") and bool(data))
    if b'"' not in data:
        return Count(lines, lines + data.count(separator.encode()))
    found = _all_quoted(data, separator) or _by_signs(data, separator)
    if found is None:
        return _by_cells(data, separator, file, findings, before)
    ends, cells = found
    rows = ends + (not data.endswith(b"\n"))
    return Count(rows, rows + cells, breaks=rows < lines)


def _all_quoted(data: bytes, separator: str) -> tuple[int, int] | None:
    """The same as `_by_signs` in a third of the time, where every cell of the text is in quotes.

    Then nothing stands between a quote that closes and the next one but what divides two cells.
    """
    signs = np.frombuffer(data, dtype=np.uint8)
    if signs[0] != _QUOTE:
        return None
    ends, cells, held = 0, 0, np.empty(0, dtype=np.int64)
    for start in range(1, len(signs), BLOCK):
        found = np.flatnonzero(signs[start : start + BLOCK] == _QUOTE) + start
        places = np.concatenate([held, found])
        half = len(places) // 2
        closes, opens = places[: 2 * half].reshape(half, 2).T
        held, gap = places[2 * half :], opens - closes
        first, last = signs[closes + 1], signs[opens - 1]
        divided = int(np.count_nonzero((gap == 2) & (first == ord(separator))))
        broken = int(np.count_nonzero((gap == 2) & (first == _LINE)))
        broken += int(np.count_nonzero((gap == 3) & (first == _RETURN) & (last == _LINE)))
        if divided + broken + int(np.count_nonzero(gap == 1)) != half:
            return None
        ends, cells = ends + broken, cells + divided
    rest = data[held[0] + 1 :] if len(held) else None
    return (ends + (rest != b""), cells) if rest in (b"", b"\n", b"\r\n") else None


def _by_signs(data: bytes, separator: str) -> tuple[int, int] | None:
    """Line ends and separators outside quotes; None where a quote stands anywhere but at an edge.

    Quotes open and close in turn; one that is doubled closes and opens at once.
    """
    signs = np.frombuffer(data, dtype=np.uint8)
    divides = ord(separator)
    inside, ends, cells = 0, 0, 0
    for start in range(0, len(signs), BLOCK):
        block = signs[start : start + BLOCK]
        quotes = block == _QUOTE
        within = np.bitwise_xor.accumulate(quotes.view(np.uint8)) ^ inside
        places = np.flatnonzero(quotes) + start
        opens = within[places - start] == 1
        if not _are_at_edges(signs, places, opens, divides):
            return None
        outside = within == 0
        ends += int(np.count_nonzero((block == _LINE) & outside))
        cells += int(np.count_nonzero((block == divides) & outside))
        inside = int(within[-1])
    return None if inside else (ends, cells)


def _are_at_edges(signs: np.ndarray, places: np.ndarray, opens: np.ndarray, divides: int) -> bool:
    """Whether each quote has an edge of a cell, or the other half of a pair, on its outer side."""
    outer = np.where(opens, places - 1, places + 1)
    at_end = (outer < 0) | (outer >= len(signs))
    beside = signs[np.clip(outer, 0, len(signs) - 1)]
    fits = at_end | (beside == divides) | (beside == _LINE) | (beside == _QUOTE)
    return bool((fits | (~opens & (beside == _RETURN))).all())


def _by_cells(
    data: bytes, separator: str, file: str, findings: Findings, before: int
) -> Count | None:
    """The same cell by cell, for a text with quotes inside cells, as in a 5" pipe."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")
    csv.field_size_limit(max(csv.field_size_limit(), len(data)))
    reader = csv.reader(text, delimiter=separator, strict=True)
    rows = cells = 0
    breaks = False
    first_line = 0
    try:
        for row in reader:
            rows += 1
            cells += len(row) or 1
            breaks = breaks or reader.line_num > first_line + 1
            first_line = reader.line_num
    except csv.Error as error:
        key = "unclosed_quote" if "end of data" in str(error) else "text_after_quote"
        findings.row_fault(key, file, rows + 1 + before, text_of_line(data, first_line))
        return None
    return Count(rows, cells, breaks, regular=False)


def text_of_line(data: bytes, lines_before: int) -> str:
    """The start of a line, to be shown in a message."""
    line = io.BytesIO(data).readlines()[lines_before : lines_before + 1]
    return line[0][:200].decode(errors="ignore") if line else ""
