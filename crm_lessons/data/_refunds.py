"""Refunds in a column of their own: whether the amount still contains them."""

from collections.abc import Sequence

import polars as pl

from crm_lessons.data._parts import Part
from crm_lessons.data.findings import Findings

REFUNDED = "refund_amount"


def deducted(
    frame: pl.LazyFrame, parts: Sequence[Part], kept: pl.Expr, how: str, findings: Findings
) -> pl.LazyFrame:
    """The frame with refunds taken off, as ``how`` says; a fault where nobody says."""
    if not {REFUNDED, "amount"} <= set(frame.collect_schema()) or how == "ignore":
        return frame
    back = pl.col(REFUNDED).abs().fill_null(0.0)
    rows = frame.filter(kept, back > 0, pl.col("amount") > 0)
    told = rows.select(
        count=pl.len(),
        back=back.sum(),
        amount=pl.col("amount").sum(),
        more=(back > pl.col("amount") + 0.011).sum(),
    ).collect(engine="streaming")
    count, money, amount, more = told.row(0)
    part = next(part for part in parts if REFUNDED in part.places)
    heading = part.raw.headings[part.places[REFUNDED]].strip()
    told = dict(heading=heading, count=count, refunded=money, amount=amount, more=more)
    if count and how != "deduct":
        findings.fault("refunds_in_column", part.raw.file, **told)
        return frame
    if count and (more or _is_repeated(frame.filter(kept))):
        findings.fault("refunds_above_amount", part.raw.file, **told)
        return frame
    if count:
        findings.note("refunds_deducted", file=part.raw.file, **told)
    off = pl.when(pl.col("amount") > 0).then((pl.col("amount") - back).round(2)).otherwise("amount")
    return frame.with_columns(off.alias("amount"))


def _is_repeated(lines: pl.LazyFrame) -> bool:
    """Whether one refund stands on several lines of an order, and would be taken off each time."""
    if "order_id" not in lines.collect_schema():
        return False
    backed = (
        lines.filter(pl.col(REFUNDED).abs() > 0)
        .group_by("order_id")
        .agg(pl.len(), same=pl.col(REFUNDED).n_unique() == 1)
    )
    found = backed.filter(pl.col("len") > 1, "same").select(pl.len())
    return bool(found.collect(engine="streaming").item())
