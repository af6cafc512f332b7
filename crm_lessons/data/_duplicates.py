"""Identical rows: the same line exported twice. They are found by all columns of the file."""

from collections.abc import Sequence

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._parts import Part

NONE = pl.DataFrame(schema={"file": pl.UInt16, "row": pl.UInt32})


def repeated(parts: Sequence[Part]) -> pl.DataFrame:
    """`file`, `row` of every row that repeats an earlier one, in the same file or another.

    Columns that we do not know count as well: two lines that differ there are two lines. A hash
    finds the candidates, since nearly all rows of a large table are different; they are compared.
    """
    hashes = [_hashes(part) for part in parts]
    everything = pl.concat([h.get_column("hash") for h in hashes], rechunk=True)
    ordered = everything.sort()
    twice = ordered.filter(ordered == ordered.shift()).unique()
    if twice.is_empty():
        return NONE
    found = [_candidates(p, h, twice) for p, h in zip(parts, hashes, strict=True)]
    rows = pl.concat(found, how="diagonal_relaxed")
    cells = pl.struct(pl.exclude("file", "row"))
    return rows.filter(~cells.is_first_distinct()).select("file", "row")


def _hashes(part: Part) -> pl.DataFrame:
    """`row` and a hash of the whole row; columns in the order of their headings."""
    cells = pl.struct(f"c{i}" for i in _order(part)).hash()
    return part.raw.frame.select("row", cells.alias("hash")).pipe(collected)


def _order(part: Part) -> list[int]:
    """Positions of the columns by heading, so that files of other column order compare, too."""
    own = (i for i in range(len(part.raw.headings)) if i not in part.raw.beside)
    return sorted(own, key=lambda i: (part.raw.headings[i], i))


def _candidates(part: Part, hashes: pl.DataFrame, twice: pl.Series) -> pl.DataFrame:
    numbers = hashes.filter(pl.col("hash").is_in(twice.implode())).get_column("row")
    order = _order(part)
    named = [pl.col(f"c{i}").alias(f"c{place}") for place, i in enumerate(order)]
    rows = part.raw.frame.filter(pl.col("row").is_in(numbers.implode()))
    place = pl.lit(part.number, pl.UInt16).alias("file")
    return rows.select(place, "row", *named).pipe(collected).sort("row")
