"""What stands around and between the lines of a text file: rules, remarks, a last separator."""

import csv
import io
import re
from collections.abc import Sequence

import polars as pl
import pyarrow.csv as pc

from crm_lessons.data._raw import PEEKED

_RULE = re.compile(r"[\s|+]*[-=_]{3}[-=_|+\s]*")  # what a list for printing draws between its rows


def is_rule(text: str) -> bool:
    """Whether a row is a line drawn with signs, and holds nothing.

    >>> is_rule("|-----+----|"), is_rule("-5")
    (True, False)
    """
    return bool(_RULE.fullmatch(text))


def with_closed_heading(data: bytes, separator: str) -> bytes:
    """The text with a separator behind its headings, where one stands behind each of the rows.

    A row that ends with the separator has an empty cell more than a heading that does not.
    """
    end = data.find(b"\n")
    head = data[: max(end, 0)].rstrip(b"\r")
    rows = data[end + 1 :].lstrip(b"\r\n")
    sign = separator.encode()
    first = rows[: rows.find(b"\n") if b"\n" in rows else None].rstrip(b"\r")
    if end < 0 or head.count(b'"') % 2 or head.endswith(sign) or not first.endswith(sign):
        return data
    widths = [len(_cells(line.decode(errors="ignore"), separator)) for line in (head, first)]
    return head + sign + data[len(head) :] if widths[1] == widths[0] + 1 else data


def without_ticks(data: bytes, separator: str) -> bytes:
    """The text without the sign that WeChat's bills put before each cell, so that it stays text."""
    rows = data[data.find(b"\n") + 1 :].lstrip(b"\r\n")
    if not rows.startswith(b"`"):
        return data
    sign = separator.encode()
    return data.replace(sign + b"`", sign).replace(b"\n`", b"\n")


def _cells(line: str, separator: str) -> list[str]:
    return next(csv.reader(io.StringIO(line, newline=""), delimiter=separator), [])


def short_at_end(faulty: Sequence[pc.InvalidRow], kept: pl.DataFrame, separator: str) -> int:
    """How many of the last rows are shorter than the heading and do not start like a line.

    One that does is a line that broke off; so are many. What follows a rule or an empty row is a
    remark, however it starts.
    """
    lines = kept.slice(1)  # below the headings
    usual = {shape(cell) for end in (lines.head(100), lines.tail(100)) for cell in end["c0"]}
    empty = _empty_at_end(faulty, kept)
    place, found, unlike, passed = kept.height + len(faulty), 0, True, 0
    for row in reversed(faulty):
        while place in empty:
            place -= 1
        if row.number != place or row.actual_columns >= row.expected_columns:
            break
        place -= 1
        passed += 1
        unlike = unlike and shape(next(iter(_cells(row.text, separator)), "")) not in usual
        found = passed if unlike or is_rule(row.text) else found
    if kept.height and kept.tail(1).select(pl.all_horizontal(pl.all().is_null())).item():
        found = passed
    return found if found <= PEEKED else 0


def _empty_at_end(faulty: Sequence[pc.InvalidRow], kept: pl.DataFrame) -> set[int]:
    """The numbers of the empty rows below the last one that holds as much as the heading."""
    numbers, place = {row.number for row in faulty}, kept.height + len(faulty)
    flags = kept.tail(PEEKED).select(pl.all_horizontal(pl.all().is_null())).to_series().to_list()
    found = set()
    while flags:
        if place not in numbers:
            if not flags.pop():
                break
            found.add(place)
        place -= 1
    return found


def shape(text: str | None) -> str:
    """A cell with a digit for digits and a letter for letters: what ids have in common.

    >>> shape("A1003"), shape("Exported by: Bob")
    ('a9', 'a a: a')
    """
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", (text or "").strip()))
