"""Lines that are left out and counted: repeated rows, lines without a customer."""

from collections.abc import Sequence

import polars as pl

from crm_lessons.data import _duplicates
from crm_lessons.data._parts import LEFT_OUT, NO_LINE, Part
from crm_lessons.data._schema import Schema

Counts = dict[str, int]
Amounts = dict[str, float]


def kept(schema: Schema, frame: pl.LazyFrame) -> pl.Expr:
    """The rows that stay: wanted, no sums and remarks; of order lines, those with a customer."""
    is_line = ~pl.col(NO_LINE) & ~pl.col(LEFT_OUT)
    if schema.name == "orders" and "customer_id" in frame.collect_schema():
        return is_line & pl.col("customer_id").is_not_null()
    return is_line


def split(
    frame: pl.LazyFrame, parts: Sequence[Part], schema: Schema
) -> tuple[pl.LazyFrame, Counts, Amounts]:
    """The lines that stay; how many do not, by reason; and what they amount to.

    A line is counted under one reason: a repeated line without a customer lacks a customer.
    """
    counts, amounts, lines = {}, {}, frame
    below = sum(part.raw.left for part in parts)
    for mark, reason in ((NO_LINE, "no_line"), (LEFT_OUT, "left_out")):
        if lines.select(pl.col(mark).any()).collect(engine="streaming").item():
            counts[reason], amounts[reason] = _sum(lines.filter(pl.col(mark)))
            lines = lines.filter(~pl.col(mark))
    if below:
        counts["no_line"] = counts.get("no_line", 0) + below
    amounts.pop("no_line", None)  # a sum of others, no amount that is missing
    stays = kept(schema, frame)
    if schema.name == "orders":
        count, amount = _sum(lines.filter(~stays))
        counts["missing_customer"], amounts["missing_customer"] = count, amount
        lines = lines.filter(stays) if count else lines
    twice = _duplicates.repeated(parts)
    repeats = _key().is_in(twice.select(_key()).to_series().implode())
    counts["duplicate_row"] = 0
    if not twice.is_empty():
        count, amount = _sum(lines.filter(repeats))
        counts["duplicate_row"], amounts["duplicate_row"] = count, amount
        lines = lines.filter(~repeats)
    return lines, counts, amounts


def _sum(lines: pl.LazyFrame) -> tuple[int, float]:
    """How many lines, and their amount to the cent (0.0 where a table has no amounts)."""
    has_amount = "amount" in lines.collect_schema()
    amount = pl.col("amount").sum().round(2) if has_amount else pl.lit(0.0).alias("amount")
    return lines.select(pl.len(), amount).collect(engine="streaming").row(0)


def _key() -> pl.Expr:
    """File and row in one number."""
    return pl.col("file").cast(pl.UInt64) * 2**32 + pl.col("row")
