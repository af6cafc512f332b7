"""The sheets of a workbook: which of them make the table, and what is hidden in them."""

import dataclasses
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import python_calamine as calamine

from crm_lessons.data._headings import plain
from crm_lessons.data._raw import PEEKED, Raw, Score
from crm_lessons.data.findings import Findings

COLUMN = "sheet"  # the heading of the column that says from which sheet a row is
NEARLY = 0.75  # of the fields that the best sheet names, from which another may be meant as well
FEWEST = 3  # fields that a sheet names which may be meant
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")


@dataclass(frozen=True)
class Sheet:
    """A visible sheet with cells: how many fields it names, and by which headings."""

    name: str
    score: int
    headings: frozenset[str]

    def is_like(self, other: "Sheet", score: Score) -> bool:
        """Whether it has the same columns, as far as they are fields of the table."""
        return bool(self.score) and not score(sorted(self.headings ^ other.headings))


@dataclass(frozen=True)
class Chosen:
    """The sheets to be read, and those that hold cells and are not."""

    names: Sequence[str] = ()
    others: Sequence[str] = ()


def visible(book, score: Score, text: Callable[[object], str | None]) -> list[Sheet]:
    """The visible sheets that hold cells, in their order."""
    found = []
    for one in book.sheets_metadata:
        is_sheet = one.typ == calamine.SheetTypeEnum.WorkSheet
        if not is_sheet or one.visible != calamine.SheetVisibleEnum.Visible:
            continue
        rows = book.get_sheet_by_name(one.name).to_python(skip_empty_area=False, nrows=PEEKED)
        told = [[text(cell) or "" for cell in row] for row in rows]
        if told:
            best = max(told, key=score)
            headings = frozenset(plain(h) for h in best if h.strip())
            found.append(Sheet(one.name, score(best), headings))
    return found


def chosen(
    sheets: Sequence[Sheet], wanted: str, score: Score, file: str, findings: Findings
) -> Chosen:
    """The sheets that make the table; a fault where only a person can say which."""
    if wanted:
        return _named(sheets, wanted, file, findings)
    best = max(sheets, key=lambda one: one.score, default=None)
    if best is None:
        return Chosen()
    alike = [s.name for s in sheets if s.is_like(best, score)]
    names = alike if best.score >= FEWEST else [best.name]
    rest = [s for s in sheets if s.name not in names]
    rivals = [s for s in rest if s.score >= max(FEWEST, NEARLY * best.score)]
    if rivals:
        told = _listed([*names, *(s.name for s in rivals)])
        findings.fault("sheets_differ", file, sheets=told)
        return Chosen()
    if len(names) > 1:
        findings.note("sheets_together", file=file, sheets=_listed(names))
    if rest:
        others = _listed(s.name for s in rest)
        findings.note("sheet_chosen", file=file, sheet=_listed(names), others=others)
    return Chosen(names, [s.name for s in rest])


def _named(sheets: Sequence[Sheet], wanted: str, file: str, findings: Findings) -> Chosen:
    if wanted.strip() == "*":
        return Chosen([s.name for s in sheets])
    known = {s.name.strip().casefold(): s.name for s in sheets}
    asked = [name.strip() for name in wanted.split("|") if name.strip()]
    missing = [name for name in asked if name.casefold() not in known]
    if missing:
        told = _listed(s.name for s in sheets)
        findings.fault("no_such_sheet", file, sheet=missing[0], sheets=told)
        return Chosen()
    names = list(dict.fromkeys(known[name.casefold()] for name in asked))
    return Chosen(names, [s.name for s in sheets if s.name not in names])


def with_name(raw: Raw, name: str) -> Raw:
    """The table with a column that says from which sheet it is."""
    if COLUMN in raw.headings:
        return raw
    place = len(raw.headings)
    frame = raw.frame.with_columns(pl.lit(name).alias(f"c{place}"))
    headings = [*raw.headings, COLUMN]
    return dataclasses.replace(raw, headings=headings, frame=frame, beside=frozenset({place}))


def hidden(path: Path, part: Callable, sheet: str) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the rows, and the positions of the columns, that an xlsx sheet hides."""
    if not zipfile.is_zipfile(path):
        return frozenset(), frozenset()
    with zipfile.ZipFile(path) as book:
        name = part(book, sheet)
        content = book.read(name) if name else b""
    if not _HIDDEN.search(content):
        return frozenset(), frozenset()
    rows = (int(_number(tag, b"r")) for tag in _ROW.findall(content) if _HIDDEN.search(tag))
    columns = [
        range(_number(tag, b"min") - 1, min(_number(tag, b"max"), 16384))
        for tag in _COLUMN.findall(content)
        if _HIDDEN.search(tag)
    ]
    return frozenset(rows), frozenset(i for one in columns for i in one)


def _number(tag: bytes, name: bytes) -> int:
    found = re.search(rb"\b" + name + rb"""=["'](\d+)["']""", tag)
    return int(found[1]) if found else 0


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
