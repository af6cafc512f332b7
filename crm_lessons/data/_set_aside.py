"""Lines that are left out and counted: repeated rows, lines without a customer."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._levels import SAME_ORDER
from crm_lessons.data._options import Options
from crm_lessons.data._parts import LEFT_OUT, NO_LINE, NO_SALE, Part
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import Findings

ASKED = "asked"  # a line that may be no sale, and whoever runs this is asked

# A row may bear several marks: the first one is the reason why it does not stay.
MARKS = {NO_LINE: "no_line", LEFT_OUT: "left_out", NO_SALE: "no_sale", SAME_ORDER: "same_order"}
COUNT, AMOUNT, SALES, OF_NOBODY = "count of ", "amount of ", "sales", "sales to nobody"
MINUS, MINUS_AMOUNT = "pieces below 0", "amount of pieces below 0"  # whose amounts are positive

Counts = dict[str, int]
Amounts = dict[str, float]
Figures = Mapping[str, Any]


def kept(schema: Schema, frame: pl.LazyFrame) -> pl.Expr:
    """The rows that stay: wanted, no sums and remarks; of order lines, those with a customer."""
    is_line, present = ~pl.any_horizontal(NO_LINE, LEFT_OUT, NO_SALE), frame.collect_schema()
    if SAME_ORDER in present:
        is_line &= ~pl.col(SAME_ORDER)
    if schema.name == "orders" and "customer_id" in present:
        return is_line & pl.col("customer_id").is_not_null()
    return is_line


def figures(schema: Schema, frame: pl.LazyFrame) -> list[pl.Expr]:
    """What one pass has to find out for `staying`, `split` and `check_share`."""
    present = frame.collect_schema()
    amount = pl.col("amount") if "amount" in present else pl.lit(0.0)
    found, is_left = [], pl.lit(True)
    for reason, where in _reasons(schema, present).items():
        here = is_left & where
        found.append(here.sum().alias(COUNT + reason))
        found.append(pl.when(here).then(amount).sum().round(2).alias(AMOUNT + reason))
        is_left &= ~where
    if {"amount", "customer_id"} <= set(present):
        sale = _is_sale(present)
        nobody = sale & pl.col("customer_id").is_null()
        found.append(pl.when(sale).then(amount).sum().alias(SALES))
        found.append(pl.when(nobody).then(amount).sum().alias(OF_NOBODY))
    if {"amount", "quantity"} <= set(present):
        minus = kept(schema, frame) & (pl.col("quantity") < 0) & (pl.col("amount") > 0)
        found.append(minus.fill_null(False).sum().alias(MINUS))
        found.append(pl.when(minus).then("amount").sum().alias(MINUS_AMOUNT))
    return found


def _reasons(schema: Schema, present: Collection[str]) -> dict[str, pl.Expr]:
    """Reason → the rows it holds for; of several the first one counts."""
    found = {reason: pl.col(mark) for mark, reason in MARKS.items() if mark in present}
    if schema.name == "orders" and "customer_id" in present:
        found["missing_customer"] = pl.col("customer_id").is_null()
    return found


def _is_sale(present: Collection[str]) -> pl.Expr:
    """Positive amounts; what was left out on purpose, or is asked about, is no part of them."""
    marks = [mark for mark in (*MARKS, ASKED) if mark in present]
    return (~pl.any_horizontal(*marks) & (pl.col("amount") > 0)).fill_null(False)


def staying(frame: pl.LazyFrame, schema: Schema, told: Figures) -> pl.LazyFrame:
    """The lines that stay, repeated ones among them; no look at marks that stand nowhere."""
    reasons = _reasons(schema, frame.collect_schema())
    held = [where for reason, where in reasons.items() if told[COUNT + reason]]
    return frame.filter(~one for one in held) if held else frame


def split(
    frame: pl.LazyFrame, parts: Sequence[Part], schema: Schema, twice: pl.DataFrame, told: Figures
) -> tuple[pl.LazyFrame, Counts, Amounts]:
    """The lines that stay; how many do not, by reason; and what they amount to.

    A line is counted under one reason: a repeated line without a customer lacks a customer.
    ``twice``: rows that repeat others. ``told``: what the `figures` of the frame are.
    """
    reasons = [*_reasons(schema, frame.collect_schema())]
    counts = {r: told[COUNT + r] for r in reasons if told[COUNT + r] or r == "missing_customer"}
    amounts = {reason: told[AMOUNT + reason] for reason in counts}
    below = sum(part.raw.left for part in parts)
    if below:
        counts["no_line"] = counts.get("no_line", 0) + below
    for reason in ("no_line", "no_sale", "same_order"):
        amounts.pop(reason, None)  # sums of others, or counted: no amount that is missing
    if schema.name == "orders" and "missing_customer" not in counts:
        counts["missing_customer"], amounts["missing_customer"] = 0, 0.0
    lines = staying(frame, schema, told)
    counts["duplicate_row"] = 0
    if not twice.is_empty():
        repeats = is_among(twice)
        counts["duplicate_row"], amounts["duplicate_row"] = sums(lines.filter(repeats))
        lines = lines.filter(~repeats)
    return lines, counts, amounts


def check_share(
    frame: pl.LazyFrame,
    twice: pl.DataFrame,
    told: Figures,
    options: Options,
    source: str,
    findings: Findings,
) -> None:
    """A fault where much of the sales is set aside without anybody having asked for it."""
    if SALES not in told:
        return
    total, none, again = told[SALES], told[OF_NOBODY], 0.0
    nobody = pl.col("customer_id").is_null()
    if none == total:
        return  # nothing is left, which is another fault
    if twice.height:
        rows = frame.filter(is_among(twice))
        # All of their positive amounts first, which costs little: mostly that is too little.
        for asked in (pl.col("amount") > 0, _is_sale(frame.collect_schema()) & ~nobody):
            again = sums(rows.filter(asked))[1]
            if again <= options.most_set_aside * total:
                break
    for key, money in (("much_without_customer", none), ("much_repeated", again)):
        if money > options.most_set_aside * total:
            share = money / total
            more = dict(amount=money, share=share, enough=_enough(share))
            findings.fault(key, source, most=options.most_set_aside, **more)


def _enough(share: float) -> float:
    """The share, rounded up to a hundredth: what to allow so that it passes."""
    return math.ceil(share * 100 - 1e-9) / 100


def sums(lines: pl.LazyFrame) -> tuple[int, float]:
    """How many lines, and their amount to the cent (0.0 where a table has no amounts)."""
    has_amount = "amount" in lines.collect_schema()
    amount = pl.col("amount").sum().round(2) if has_amount else pl.lit(0.0).alias("amount")
    return lines.select(pl.len(), amount).pipe(collected).row(0)


def is_among(twice: pl.DataFrame) -> pl.Expr:
    return _key().is_in(twice.select(_key()).to_series().implode())


def _key() -> pl.Expr:
    """File and row in one number."""
    return pl.col("file").cast(pl.UInt64) * 2**32 + pl.col("row")
