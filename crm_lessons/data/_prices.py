"""A price that may be of one piece or of the whole line: the data decide, or whoever asked."""

from collections.abc import Sequence

import polars as pl

from crm_lessons.data import _exports
from crm_lessons.data._collecting import collected
from crm_lessons.data._headings import plain
from crm_lessons.data._options import Options
from crm_lessons.data._parts import Part
from crm_lessons.data.findings import Findings

# Headings that mean the one in some files and the other in others.
DOUBTFUL = frozenset(plain(one) for one in _exports.words("doubtful")["prices"])
CLEAR = 4  # times as many products speak for the one as for the other


def settled(
    frame: pl.LazyFrame, parts: Sequence[Part], kept: pl.Expr, options: Options, findings: Findings
) -> pl.LazyFrame:
    """The frame with the amount that the data suggest; a fault where they suggest none.

    A product bought in several quantities tells: its price stays the same, or grows with them.
    """
    doubtful = [part for part in parts if _is_doubtful(part, options)]
    if not doubtful or not {"unit_price", "quantity"} <= set(frame.collect_schema()):
        return frame
    numbers = [part.number for part in doubtful]
    lines = frame.filter(kept, pl.col("file").is_in(numbers)).drop_nulls(["unit_price", "quantity"])
    by_piece, by_line = pl.col("unit_price") * pl.col("quantity"), pl.col("unit_price")
    totals = lines.select(a=by_piece.sum(), b=by_line.sum()).pipe(collected).row(0)
    if abs(totals[0] - totals[1]) < 0.01:
        return frame
    piece, line = _votes(lines)
    heading = doubtful[0].raw.headings[doubtful[0].places["unit_price"]].strip()
    file = doubtful[0].raw.file
    if piece and piece >= CLEAR * line:
        return frame
    if line and line >= CLEAR * piece:
        findings.notes = [n for n in findings.notes if n.key != "computed"]
        findings.note("price_is_of_line", file=file, heading=heading, products=line)
        here = pl.col("file").is_in(numbers)
        amount = pl.when(here).then("unit_price").otherwise("amount").alias("amount")
        return frame.with_columns(amount).drop("unit_price")
    quantity = doubtful[0].raw.headings[doubtful[0].places["quantity"]].strip()
    told = dict(heading=heading, quantity=quantity, by_piece=totals[0], by_line=totals[1])
    findings.fault("price_or_total", file, **told)
    return frame


def _is_doubtful(part: Part, options: Options) -> bool:
    if "amount" in part.places or not {"unit_price", "quantity"} <= set(part.places):
        return False
    known = part.export is not None or "unit_price" in options.columns
    return not known and plain(part.raw.headings[part.places["unit_price"]]) in DOUBTFUL


def _votes(lines: pl.LazyFrame) -> tuple[int, int]:
    """Products with one price at several quantities, and with one price a piece at several."""
    if "product" not in lines.collect_schema():
        return 0, 0
    sold = lines.filter(pl.col("quantity") > 0, pl.col("unit_price") > 0, pl.col("product") != "")
    found = []
    for price in (pl.col("unit_price"), (pl.col("unit_price") / pl.col("quantity"))):
        grouped = sold.group_by("product", price.round(4).alias("price"))
        several = grouped.agg(pl.col("quantity").n_unique().alias("n")).filter(pl.col("n") > 1)
        products = several.select(pl.col("product").n_unique())
        found.append(int(products.pipe(collected).item()))
    return found[0], found[1]
