"""A table as it stands in a file, before anything in it is understood."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from crm_lessons.data.findings import Findings, shorten

# The heading row is the one of the first rows that names most fields.
PEEKED = 10
NAMED = 4  # fields that a row names which may be all the heading there is
COLUMNS = 20_000  # Excel has 16,384; a wider row is no table, or its line ends are lost

Score = Callable[[Sequence[str]], int]  # headings → how many fields they name


Cells = Mapping[tuple[int, int], str]  # (row, position) → what stands there


@dataclass(frozen=True)
class Raw:
    """A table as it stands in a file: columns `row` (of a spreadsheet), `c0`, `c1`, …"""

    file: str
    headings: list[str]
    frame: pl.LazyFrame
    kind: str  # "text", "excel", "parquet" or "sql"
    digest: Callable[[], str] = str  # SHA-256 of the content, as hex
    numeric: frozenset[int] = frozenset()  # positions of Excel columns that hold numbers
    exact: frozenset[int] = frozenset()  # positions of those that hold nothing else
    numbers: Mapping[int, pl.Series] = field(default_factory=dict)  # position of the others → rows
    separator: str = ""  # of the cells of a text file
    breaks: bool = False  # whether cells of a text file hold line breaks
    left: int = 0  # rows that were told in a note and not read
    spoilt: Callable[[], Cells] = field(default=dict)  # formulas: no value ("") or an error
    merged: tuple[tuple[int, int, int], ...] = ()  # first row, position, last row of merged cells
    beside: frozenset[int] = frozenset()  # positions of columns that the file does not hold itself
    hidden: frozenset[int] = frozenset()  # rows of a sheet that are hidden
    above: tuple[tuple[str, ...], ...] = ()  # rows of a text file above its headings
    keys: tuple[int, ...] = ()  # positions of what tells records of a database apart

    @property
    def is_typed(self) -> bool:
        """Whether columns have types of their own, rather than all being text."""
        return self.kind in ("parquet", "sql")

    @property
    def has_row_numbers(self) -> bool:
        """Whether a reader finds a row by its number; a database has no such thing."""
        return self.kind != "sql"


def heading_row(
    rows: Sequence[Sequence[str]], score: Score, file: str, findings: Findings
) -> int | None:
    """The number of the row that holds the headings, 1 if none is like headings; else None.

    A title above them is passed over and noted. Rows above that name fields as well are a heading
    over several rows: a fault, unless this row names enough, and all that those above name, or
    whoever gives the ``score`` puts them together; then it is the first of them.
    """
    widest = max((len(row) for row in rows[:PEEKED]), default=0)
    if widest > COLUMNS:
        findings.fault("too_many_columns", file, columns=widest, bound=COLUMNS)
        return None
    scores = [score(row) for row in rows[:PEEKED]]
    best = scores.index(max(scores))
    if scores[best] >= NAMED:  # in a second language below, all the same
        while best + 1 < len(scores) and scores[best + 1] >= NAMED:
            best += 1
    enough = scores[best] > 1
    if getattr(score, "several_rows", False):
        # Whoever asks puts them together, from the first one on.
        best = next((place for place, one in enumerate(scores) if one), 0)
    if best == 0 or not enough:
        return 1
    over = [cell for row in rows[:best] for cell in row if cell.strip()]
    above = " ".join(cell.strip() for cell in over)
    whole = scores[best] >= NAMED and score([*rows[best], *over]) == scores[best]
    naming = [place for place in range(best) if scores[place] and sum(map(bool, rows[place])) > 1]
    if not whole and naming:
        if not getattr(score, "joins_rows", False):
            findings.row_fault("heading_not_first", file, 1, above, heading_row=best + 1)
            return None
        best = naming[0]  # whoever asks puts them together
        above = " ".join(cell.strip() for row in rows[:best] for cell in row if cell.strip())
    if above:
        findings.note("rows_above", file=file, row=best + 1, above=shorten(above))
    return best + 1


def from_rows(file: str, rows: pl.DataFrame, kind: str, *, heading: int = 1, **more) -> Raw:
    """A raw table from text columns `row`, `c0`, …; rows without any value are left out."""
    cells = [name for name in rows.columns if name != "row"]
    headings = rows.filter(pl.col("row") == heading).select(cells).row(0)
    body = rows.filter(pl.col("row") > heading, pl.any_horizontal(pl.col(cells).is_not_null()))
    again = _repeated(body, dict(zip(cells, headings, strict=True)))
    if again.len():
        body = body.filter(~pl.col("row").is_in(again.implode()))
    left = more.pop("left", 0) + again.len()
    return Raw(file, [h or "" for h in headings], body.lazy(), kind, left=left, **more)


def _repeated(body: pl.DataFrame, headings: Mapping[str, str | None]) -> pl.Series:
    """The rows that are the headings once more: a page of its own, or files put together."""
    named = {cell: heading for cell, heading in headings.items() if heading}
    if not named:
        return pl.Series(dtype=pl.UInt32)
    first = next(iter(named))
    may = body.filter(pl.col(first) == named[first])
    return may.filter(pl.all_horizontal(pl.col(c) == h for c, h in named.items()))["row"]
