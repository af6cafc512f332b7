"""Headings over several rows: names below names, names in a second language, a row of units."""

import dataclasses
import re
import unicodedata
from collections.abc import Sequence

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._headings import names_of, recognised
from crm_lessons.data._parsing import BLANKS, MISSING
from crm_lessons.data._plain import currency_in, plain, unit_of
from crm_lessons.data._raw import Raw, Score
from crm_lessons.data._schema import Schema
from crm_lessons.data._suggesting import Column
from crm_lessons.data.findings import Findings, shorten

MOST = 3  # rows of headings below the first
PEEKED = 200  # lines that tell what a column holds
FEWEST = 2  # columns of dates and numbers over which a row of names stands
DIGITS = 4  # of what stands among dates, from which it names none
MOSTLY = 0.5  # of the values, for sums and remarks stand among them
_HAN = re.compile(r"[\u4e00-\u9fff]$")


def joined(raw: Raw, schema: Schema, score: Score, findings: Findings) -> Raw | None:
    """The table with one row of headings where further ones stand below it.

    Such a row holds words only, over columns of dates and numbers. Where the first row names all
    that a line needs, the further one is another language, or units, which join the headings of
    amounts; else both make the headings together. None, and a fault, where names stand below that
    nothing tells how to put with those above.
    """
    if raw.is_typed:
        return raw
    for _ in range(MOST):
        below = _row_of_names(raw, schema)
        if below is None:
            break
        number, names = below
        headings = _together(raw.headings, names, schema, score)
        said = shorten(" ".join(name for name in names if name))
        findings.note("heading_below", file=raw.file, row=number, text=said)
        frame = raw.frame.filter(pl.col("row") != number)
        raw = dataclasses.replace(raw, headings=headings, frame=frame)
    first = raw.frame.head(1).pipe(collected)
    if first.height and score([first[f"c{i}"][0] or "" for i in range(len(raw.headings))]) > 1:
        above = shorten(" ".join(h.strip() for h in raw.headings if h.strip()))
        told = dict(heading_row=int(first["row"][0]))
        findings.row_fault("heading_not_first", raw.file, 1, above, **told)
        return None
    return raw


def _row_of_names(raw: Raw, schema: Schema) -> tuple[int, list[str]] | None:
    """Number and cells of the first row below the headings, if it holds names and no values."""
    cells = [f"c{i}" for i in range(len(raw.headings))]
    head = raw.frame.head(PEEKED + 1).select("row", *(pl.col(c).cast(pl.String) for c in cells))
    rows = head.pipe(collected)
    if rows.height < 2:
        return None
    names = [(rows[c][0] or "").strip(BLANKS) for c in cells]
    if any(_holds(Column("", [unicodedata.normalize("NFKC", name)])) for name in names if name):
        return None
    values = [Column("", _values(rows[c][1:])) for c in cells]
    held = zip(raw.headings, names, map(_holds, values), strict=True)
    over = [(heading, name, kind) for heading, name, kind in held if name and kind]
    over_dates = [name for _, name, kind in over if kind == "date"]
    are_names = len(over) >= FEWEST and over_dates
    if any(sum(map(str.isdigit, name)) >= DIGITS for name in over_dates):
        return None  # a day that there is not, 2024-02-30, is a fault and no name
    are_units = over and all(_with_unit(h, name) != h.strip() for h, name, _ in over)
    return (int(rows["row"][0]), names) if are_names or are_units else None


def _holds(column: Column) -> str:
    """What most values of a column are: ``date``, ``number``, else nothing."""
    dates, numbers = column.dates, column.numbers
    if max(dates, numbers, min(1.0, dates + numbers)) <= MOSTLY:
        return ""
    return "date" if 2 * dates >= numbers and dates else "number"  # some may be Excel's numbers


def _values(column: pl.Series) -> list[str]:
    kept = column.str.strip_chars(BLANKS).drop_nulls()
    return kept.filter(~kept.is_in(MISSING)).to_list()


def _together(
    above: Sequence[str], below: Sequence[str], schema: Schema, score: Score
) -> list[str]:
    """One heading for each column out of two rows of them."""
    above = [one.strip() for one in above]
    if _is_whole(above, schema, score):
        return [_with_unit(one, unit) for one, unit in zip(above, below, strict=True)]
    spread, last = [], ""
    for over, name in zip(above, below, strict=True):
        last = over or (last if name else "")  # a cell merged over several columns
        spread.append(last)
    found: list[str] = []
    known: set[str] = set()
    for over, name in zip(spread, below, strict=True):
        heading = _heading(over, name, schema, known)
        known |= _fields(heading, schema)
        found.append(heading)
    return found


def _heading(over: str, name: str, schema: Schema, known: set[str]) -> str:
    """The first of both together, the lower and the upper one that names a field not yet named."""
    gap = "" if _HAN.search(over) else " "
    both = f"{over}{gap}{name}" if over and name else over or name
    for heading in (both, name, _with_unit(over, name)):
        fields = _fields(heading, schema)
        if heading and fields and not fields & known:
            return heading
    return both


def _fields(heading: str, schema: Schema) -> set[str]:
    names = {plain(heading), unit_of(heading)[0]}
    return {f.name for f in schema.fields.values() if names & names_of(f)}


def _is_whole(headings: Sequence[str], schema: Schema, score: Score) -> bool:
    """Whether a row names what a line needs, each once."""
    found = [name for heading in headings for name in _fields(heading, schema)]
    needed = {f.name for f in schema.required if f.name != "order_id"}
    enough = needed <= set(found) or score(headings) > recognised(headings, schema)
    return enough and len({plain(h) for h in headings if h}) == sum(map(bool, headings))


def _with_unit(heading: str, unit: str) -> str:
    """The heading with a unit of money that stands below it."""
    named = f"{heading} ({unit.strip('()（）[] ')})"
    has_unit = unit and heading and (unit_of(named)[1] != 1.0 or currency_in(named))
    return named if has_unit else heading.strip()
