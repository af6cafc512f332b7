"""A table as it stands in a file, before anything in it is understood."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from crm_lessons.data.findings import Findings

# The heading row is the one of the first rows that names most fields.
PEEKED = 10

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
    spoilt: Callable[[], Cells] = field(default=dict)  # formulas: no value ("") or an error
    keys: tuple[int, ...] = ()  # positions of what tells records of a database apart

    @property
    def is_typed(self) -> bool:
        """Whether columns have types of their own, rather than all being text."""
        return self.kind in ("parquet", "sql")

    @property
    def has_row_numbers(self) -> bool:
        """Whether a reader finds a row by its number; a database has no such thing."""
        return self.kind != "sql"


def check_first_row(
    rows: Sequence[Sequence[str]], score: Score, file: str, findings: Findings
) -> bool:
    """Whether the headings stand in the first row; a title above them is a fault."""
    scores = [score(row) for row in rows[:PEEKED]]
    best = scores.index(max(scores))
    if best and scores[best] > 1:
        first = " ".join(cell for cell in rows[0] if cell)
        findings.row_fault("heading_not_first", file, 1, first, heading_row=best + 1)
    return best == 0 or scores[best] <= 1


def from_rows(file: str, rows: pl.DataFrame, kind: str, **more) -> Raw:
    """A raw table from text columns `row`, `c0`, …; rows without any value are left out."""
    cells = [name for name in rows.columns if name != "row"]
    heading = rows.filter(pl.col("row") == 1).select(cells).row(0)
    body = rows.filter(pl.col("row") > 1, pl.any_horizontal(pl.col(cells).is_not_null()))
    return Raw(file, [h or "" for h in heading], body.lazy(), kind, **more)
