"""The export as columns: one heading each, though a form tool may have written several rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from crm_lessons.data import files, places
from crm_lessons.data._collecting import collected
from crm_lessons.data._raw import Raw
from crm_lessons.data.findings import Findings
from crm_lessons.data.surveys import _as_exported
from crm_lessons.data.surveys._heading_rows import is_import_ids, says_nothing_below
from crm_lessons.data.surveys._heading_texts import beside
from crm_lessons.data.surveys._words import NOTHING, plain

_CODE = re.compile(r"^Q\d+(?:[._]\w+)?$")


@dataclass(frozen=True)
class Column:
    """A column of the export: its heading, the stem it stands under, and the answers given."""

    heading: str
    stem: str
    answers: list[str]

    @property
    def distinct(self) -> list[str]:
        """Every answer once, in the order of the file; spellings of one answer count as one."""
        return list({plain(one): one.strip() for one in reversed(self.answers)}.values())[::-1]


def _score(row: Sequence[str]) -> int:
    """The first row with two cells or more is that of the headings."""
    return int(sum(bool(cell and cell.strip()) for cell in row) > 1) * 2


def columns(source: str, encoding: str | None = None) -> list[Column]:
    """The columns of a file; DataFaults if it cannot be read."""
    findings = Findings()
    (place, *_) = places.files_of(source)
    raws = files.read_raw(place, _score, encoding, findings)
    findings.stop()
    headings, stems, frame = _headed(_as_exported.undone(raws[0]))
    made, about = [], beside(headings)
    for i, heading in enumerate(headings):
        if i in about:
            continue
        text = frame[f"c{i}"].cast(pl.String).fill_null("").to_list()
        given = [one for one in text if plain(one).strip("()[]【】") not in NOTHING]
        if heading.strip():
            made.append(Column(" ".join(heading.split()), stems[i], given))
    return made


def _headed(raw: Raw) -> tuple[list[str], list[str], pl.DataFrame]:
    """Headings, stems of matrices, and the rows of answers."""
    frame = raw.frame.pipe(collected)
    cells = [name for name in frame.columns if name != "row"]
    rows = [
        [cell or "" for cell in row] for row in frame.head(2).select(cells).cast(pl.String).rows()
    ]
    headings, stems = list(raw.headings), [""] * len(raw.headings)
    ids = next((i for i, row in enumerate(rows) if is_import_ids(row)), None)
    codes = sum(bool(_CODE.match(heading)) for heading in headings)
    if ids == 1 or (ids is None and codes > 1 and rows and _all_new(rows[0], frame, cells)):
        below = rows[0]
        headings = [
            cell if cell.strip() else above for above, cell in zip(headings, below, strict=True)
        ]
        return headings, stems, frame.slice(1 if ids is None else 2)
    if ids == 0:
        return headings, stems, frame.slice(1)
    if rows and _spans(headings, rows[0]):
        return *_spanned(headings, rows[0]), frame.slice(1)
    return headings, stems, frame


def _all_new(row: Sequence[str], frame: pl.DataFrame, cells: Sequence[str]) -> bool:
    """Whether no cell of the row comes again in its column: answers would."""
    rest = frame.slice(1)
    again = (
        cell in set(rest[name].cast(pl.String))
        for name, cell in zip(cells, row, strict=True)
        if cell
    )
    return rest.height > 0 and not any(again)


def _spans(headings: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a stem spans columns that the row below names, as in SurveyMonkey."""
    if sum(says_nothing_below(cell) and bool(cell.strip()) for cell in below) > 1:
        return True
    return any(
        not above.strip() and cell.strip() for above, cell in zip(headings, below, strict=True)
    )


def _spanned(headings: Sequence[str], below: Sequence[str]) -> tuple[list[str], list[str]]:
    made, stems, stem = [], [], ""
    for above, cell in zip(headings, below, strict=True):
        stem = above if above.strip() else stem
        alone = says_nothing_below(cell) or not cell.strip()
        made.append(above if alone else cell)
        stems.append("" if alone else stem)
    return made, stems
