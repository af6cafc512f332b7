"""Names that differ by habit only, case, width or blanks, are one name: branches, staff, rounds."""

from collections.abc import Iterable

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data.findings import Findings
from crm_lessons.data.surveys._words import plain

OF_SURVEYS = ("branch", "adviser", "round", "group")
OF_ORDERS = ("branch", "salesperson")
MANY = 100_000  # different names, beyond which a column holds no branches and no staff


def folded(
    frame: pl.LazyFrame, columns: Iterable[str], file: str, findings: Findings
) -> pl.LazyFrame:
    """The table with each name written in one way, the most frequent; a note tells which.

    The first in the alphabet counts among equally frequent ones.
    """
    present = frame.collect_schema()
    for column in columns:
        if present.get(column) != pl.String:
            continue
        held = frame.select(pl.col(column).unique()).pipe(collected)
        several = _several(held[column].drop_nulls())
        if not several:
            continue
        ways = pl.Series(sorted(name for names in several for name in names))
        rows = frame.filter(pl.col(column).is_in(ways.implode())).group_by(column).len()
        often = dict(rows.pipe(collected).iter_rows())
        ranked = [sorted(names, key=lambda one: (-often[one], one)) for names in several]
        told = "; ".join(" = ".join(f"“{one}”" for one in names) for names in sorted(ranked))
        findings.note("names_folded", file=file, names=told)
        one = {name: names[0] for names in ranked for name in names[1:]}
        frame = frame.with_columns(pl.col(column).replace(one))
    return frame


def _several(held: pl.Series) -> list[list[str]]:
    """The names that are written in several ways."""
    if held.len() > MANY:
        return []
    written: dict[str, list[str]] = {}
    for name in held:
        written.setdefault(plain(name), []).append(name)
    return [names for names in written.values() if len(names) > 1]
