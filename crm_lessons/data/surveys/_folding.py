"""Names that differ by habit only, case, width or blanks, are one name: branches, staff, rounds."""

from collections import Counter

import polars as pl

from crm_lessons.data.findings import Findings
from crm_lessons.data.surveys._words import plain

FOLDED = ("branch", "adviser", "round", "group")


def folded(frame: pl.DataFrame, file: str, findings: Findings) -> pl.DataFrame:
    """The table with each name written in one way, the most frequent; a note tells which.

    The first in the alphabet counts among equally frequent ones.
    """
    for column in FOLDED:
        if column not in frame.columns:
            continue
        counts = Counter(dict(frame[column].drop_nulls().value_counts().iter_rows()))
        written: dict[str, list[str]] = {}
        for name in sorted(counts, key=lambda one: (-counts[one], one)):
            written.setdefault(plain(name), []).append(name)
        several = [names for names in written.values() if len(names) > 1]
        if not several:
            continue
        told = "; ".join(" = ".join(f"“{one}”" for one in names) for names in sorted(several))
        findings.note("names_folded", file=file, names=told)
        one = {name: names[0] for names in several for name in names[1:]}
        frame = frame.with_columns(pl.col(column).replace(one))
    return frame
