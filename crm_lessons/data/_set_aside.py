"""Lines that are left out and counted: repeated rows, lines without a customer."""

import math
from collections.abc import Sequence

import polars as pl

from crm_lessons.data._levels import SAME_ORDER
from crm_lessons.data._options import Options
from crm_lessons.data._parts import LEFT_OUT, NO_LINE, NO_SALE, Part
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import Findings

ASKED = "asked"  # a line that may be no sale, and whoever runs this is asked

Counts = dict[str, int]
Amounts = dict[str, float]


def kept(schema: Schema, frame: pl.LazyFrame) -> pl.Expr:
    """The rows that stay: wanted, no sums and remarks; of order lines, those with a customer."""
    is_line, present = ~pl.any_horizontal(NO_LINE, LEFT_OUT, NO_SALE), frame.collect_schema()
    if SAME_ORDER in present:
        is_line &= ~pl.col(SAME_ORDER)
    if schema.name == "orders" and "customer_id" in present:
        return is_line & pl.col("customer_id").is_not_null()
    return is_line


def split(
    frame: pl.LazyFrame, parts: Sequence[Part], schema: Schema, twice: pl.DataFrame
) -> tuple[pl.LazyFrame, Counts, Amounts]:
    """The lines that stay; how many do not, by reason; and what they amount to.

    A line is counted under one reason: a repeated line without a customer lacks a customer.
    ``twice``: rows that repeat others.
    """
    counts, amounts, lines = {}, {}, frame
    below = sum(part.raw.left for part in parts)
    marks = {NO_LINE: "no_line", LEFT_OUT: "left_out", NO_SALE: "no_sale", SAME_ORDER: "same_order"}
    for mark in (one for one in marks if one in frame.collect_schema()):
        reason = marks[mark]
        if lines.select(pl.col(mark).any()).collect(engine="streaming").item():
            counts[reason], amounts[reason] = sums(lines.filter(pl.col(mark)))
            lines = lines.filter(~pl.col(mark))
    if below:
        counts["no_line"] = counts.get("no_line", 0) + below
    for reason in ("no_line", "no_sale", "same_order"):
        amounts.pop(reason, None)  # sums of others, or counted: no amount that is missing
    stays = kept(schema, frame)
    if schema.name == "orders":
        count, amount = sums(lines.filter(~stays))
        counts["missing_customer"], amounts["missing_customer"] = count, amount
        lines = lines.filter(stays) if count else lines
    repeats = _key().is_in(twice.select(_key()).to_series().implode())
    counts["duplicate_row"] = 0
    if not twice.is_empty():
        count, amount = sums(lines.filter(repeats))
        counts["duplicate_row"], amounts["duplicate_row"] = count, amount
        lines = lines.filter(~repeats)
    return lines, counts, amounts


def check_share(
    frame: pl.LazyFrame, twice: pl.DataFrame, options: Options, source: str, findings: Findings
) -> None:
    """A fault where much of the sales is set aside without anybody having asked for it.

    Sales are positive amounts; what was left out on purpose, or is asked about, is no part of them.
    """
    if not {"amount", "customer_id"} <= set(frame.collect_schema()):
        return
    marks = (NO_LINE, LEFT_OUT, NO_SALE, SAME_ORDER, ASKED)
    sales = frame.filter(~pl.any_horizontal(*marks), pl.col("amount") > 0)
    nobody = pl.col("customer_id").is_null()
    amount = pl.col("amount")
    sums = sales.select(all=amount.sum(), none=amount.filter(nobody).sum())
    total, none = sums.collect(engine="streaming").row(0)
    if none == total:
        return  # nothing is left, which is another fault
    again = 0.0
    if twice.height:
        repeats = sales.filter(~nobody, _key().is_in(twice.select(_key()).to_series().implode()))
        again = repeats.select(amount.sum()).collect(engine="streaming").item()
    for key, money in (("much_without_customer", none), ("much_repeated", again)):
        if money > options.most_set_aside * total:
            told = dict(amount=money, share=money / total, enough=_enough(money / total))
            findings.fault(key, source, most=options.most_set_aside, **told)


def _enough(share: float) -> float:
    """The share, rounded up to a hundredth: what to allow so that it passes."""
    return math.ceil(share * 100 - 1e-9) / 100


def sums(lines: pl.LazyFrame) -> tuple[int, float]:
    """How many lines, and their amount to the cent (0.0 where a table has no amounts)."""
    has_amount = "amount" in lines.collect_schema()
    amount = pl.col("amount").sum().round(2) if has_amount else pl.lit(0.0).alias("amount")
    return lines.select(pl.len(), amount).collect(engine="streaming").row(0)


def _key() -> pl.Expr:
    """File and row in one number."""
    return pl.col("file").cast(pl.UInt64) * 2**32 + pl.col("row")
