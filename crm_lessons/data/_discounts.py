"""A discount beside price and quantity, from which the amount is made: whether it comes off."""

from collections.abc import Sequence

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._discount_marks import are_there
from crm_lessons.data._parts import Part
from crm_lessons.data.findings import Findings

DISCOUNT = "discount"


def deducted(
    frame: pl.LazyFrame, parts: Sequence[Part], kept: pl.Expr, how: str, findings: Findings
) -> pl.LazyFrame:
    """The frame with discounts taken off computed amounts, as ``how`` says; a fault if nobody says.

    ``deduct``: money off the line; ``rate``: a share of it, 0.05, or 5 where some are above 1;
    ``paid``: the share that is paid, 0.9, or 9 (九折), or 90.
    """
    may = [part for part in parts if DISCOUNT in part.places and "amount" not in part.places]
    if not may or DISCOUNT not in frame.collect_schema() or how == "ignore":
        return frame
    here = pl.col("file").is_in([part.number for part in may])
    off = pl.col(DISCOUNT).abs()
    rows = frame.filter(kept, here, off > 0).drop_nulls("amount")
    told = rows.select(
        count=pl.len(), discount=off.sum(), most=off.max(), amount=pl.col("amount").sum()
    )
    count, money, most, amount = told.pipe(collected).row(0)
    if not count:
        return frame
    heading = may[0].raw.headings[may[0].places[DISCOUNT]].strip()
    told = dict(heading=heading, count=count, discount=money, amount=amount, most=most)
    told["shares"] = _says_shares(may)
    unfit = how in ("deduct", "paid") if told["shares"] else how != "deduct" and most > 100
    if not how or unfit:
        findings.fault("discount_beside_price", may[0].raw.file, **told)
        return frame
    findings.note(f"discount_{how}", file=may[0].raw.file, heading=heading, count=count)
    money_off = _money(off, how, most)
    less = pl.col("amount") - pl.col("amount").sign() * money_off
    amount = pl.when(here & (off > 0)).then(less).otherwise("amount").round(4)
    return frame.with_columns(amount.alias("amount"))


def _says_shares(parts: Sequence[Part]) -> bool:
    """Whether cells say themselves that they are shares that come off: 10%, 九折."""
    cells = ((part.raw.frame, pl.col(f"c{part.places[DISCOUNT]}")) for part in parts)
    return any(frame.select(are_there(cell)).pipe(collected).item() for frame, cell in cells)


def _money(off: pl.Expr, how: str, most: float) -> pl.Expr:
    """What comes off a line."""
    if how == "deduct":
        return off
    if how == "rate":
        return pl.col("amount").abs() * off / (1 if most <= 1 else 100)
    whole = 1 if most <= 1 else 10 if most <= 10 else 100
    return pl.col("amount").abs() * (1 - off / whole)
