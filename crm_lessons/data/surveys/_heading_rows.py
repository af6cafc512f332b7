"""Headings that take several rows, as form tools export them, put together into one.

Qualtrics writes codes, then questions, then a row of ImportIds; SurveyMonkey writes the stem of a
matrix once and its items below it, and "Response" below any other question; a merged cell in a
workbook leaves the same.
"""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from crm_lessons.data import _headings as plain_headings
from crm_lessons.data._collecting import collected
from crm_lessons.data._raw import Raw
from crm_lessons.data.findings import Findings
from crm_lessons.data.questionnaire import Questionnaire
from crm_lessons.data.surveys._heading_texts import asked_for
from crm_lessons.data.surveys._headings import Names
from crm_lessons.data.surveys._words import plain

IMPORT_ID = '"ImportId"'
# What stands below a heading that has nothing below it.
_NOTHING_BELOW = {"response", "open-endedresponse", "回答", "答案"}
ROWS = 2  # below the first: how many may belong to the headings


class Score:
    """What tells the heading row of a survey from other rows; the first that does is the first."""

    several_rows = True  # those above the one that names most belong to it

    def __init__(self, asked: Questionnaire) -> None:
        self.asked, self.names = asked, Names(asked)

    def __call__(self, row: Sequence[str]) -> int:
        cells = [cell for cell in row if cell and IMPORT_ID not in cell]
        found = {self.names.find(cell) for cell in cells} - {None}
        known = plain_headings.recognised([asked_for(cell) for cell in cells], self.asked.schema)
        return len(found) + known


def joined(raw: Raw, asked: Questionnaire, names: Names, findings: Findings) -> Raw:
    """The table with one row of headings; rows that belonged to them are no answers."""
    first = raw.frame.head(ROWS).select(pl.exclude("row").cast(pl.String)).pipe(collected).rows()
    rows = [[cell or "" for cell in row] for row in first]
    headings, used = list(raw.headings), 0
    for row in rows:
        if is_import_ids(row):
            used += 1
            continue
        better = _below(headings, row, asked, names)
        if better is None:
            break
        headings, used = better, used + 1
    if not used:
        return raw
    findings.note("heading_rows", file=raw.file, rows=used + 1)
    return replace(raw, headings=headings, frame=raw.frame.slice(used))


def is_import_ids(row: Sequence[str]) -> bool:
    """Whether a row holds what Qualtrics calls its columns."""
    given = [cell for cell in row if cell.strip()]
    return bool(given) and sum(IMPORT_ID in cell for cell in given) * 2 > len(given)


def says_nothing_below(cell: str) -> bool:
    """Whether a form tool says so that the heading above stands alone."""
    return plain(cell) in _NOTHING_BELOW


def _below(
    above: Sequence[str], row: Sequence[str], asked: Questionnaire, names: Names
) -> list[str] | None:
    """The headings with this row below them; None if it is a row of answers."""
    made, stem = [], ""
    before = after = 0
    spans = any(cell.strip() and not head.strip() for head, cell in zip(above, row, strict=True))
    for heading, cell in zip(above, row, strict=True):
        stem = heading if heading.strip() else stem
        best = _best(heading, stem if spans else "", cell, asked, names)
        made.append(best)
        before += _known(heading, asked, names)
        after += _known(best, asked, names)
    says_response = sum(says_nothing_below(cell) for cell in row)
    return made if after > before + (not spans) or says_response > 1 else None


def _best(heading: str, stem: str, cell: str, asked: Questionnaire, names: Names) -> str:
    """Which of the two rows, or both together, names the column."""
    if not cell.strip() or says_nothing_below(cell):
        return heading
    both = f"{stem} - {cell}" if stem.strip() else cell
    for one in (both, cell, heading):
        if _known(one, asked, names):
            return one
    return heading if stem.strip() and heading.strip() else both


def _known(heading: str, asked: Questionnaire, names: Names) -> bool:
    if not heading.strip():
        return False
    if names.find(heading):
        return True
    return bool(plain_headings.recognised([asked_for(heading)], asked.schema))
