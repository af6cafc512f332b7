"""What an amount belongs to: the line it stands on, or the whole order, whose lines repeat it."""

import dataclasses
from dataclasses import dataclass

import polars as pl

from crm_lessons.data import _beside
from crm_lessons.data._collecting import collected
from crm_lessons.data._computed import BAD
from crm_lessons.data._further import COUNTS_BY
from crm_lessons.data._parts import LEFT_OUT, NO_LINE, NO_SALE
from crm_lessons.data.findings import Findings, shorten

SAME_ORDER = "same order"  # a further line of an order whose amount has counted
CENT = 0.011
_COUNTS = ~pl.any_horizontal(NO_LINE, LEFT_OUT, NO_SALE) & pl.col("order_id").is_not_null()
MOSTLY = 0.8  # of the orders with several lines, from which one amount on all of them tells


@dataclass(frozen=True)
class Level:
    """What amounts belong to, and where that is known from."""

    amount_is: str = ""
    by_export: bool = False


def marked(frame: pl.LazyFrame, level: Level, file: str, findings: Findings) -> pl.LazyFrame:
    """The frame with a mark on further lines of orders whose amount is the order's own.

    That is so where it is asked for, or where amounts stand on one line of each order and the
    other lines of it are empty.
    """
    present = frame.collect_schema()
    no = frame.with_columns(pl.lit(False).alias(SAME_ORDER))
    if not {"order_id", "amount"} <= set(present) or level.amount_is == "line":
        return no
    if COUNTS_BY in present and (level.by_export or not level.amount_is):
        return frame.with_columns(_told_again().alias(SAME_ORDER))
    if level.amount_is == "total":
        further = _beside.further(frame, file, findings, asked=not level.by_export)
        return frame.with_columns(further.fill_null(False).alias(SAME_ORDER))
    if level.amount_is != "order":
        if not _once_an_order(frame, present):
            return no
        findings.note("amount_once_an_order", file=file)
    else:
        differing = _differing(frame)
        if differing.height and level.by_export:
            return no
        _report_differing(differing, file, findings)
    place = pl.col("file").cast(pl.UInt64) * 2**32 + pl.col("row")
    rank = pl.when(_COUNTS).then(place + pl.col("amount").is_null().cast(pl.UInt64) * 2**56)
    further = _COUNTS & (rank != rank.min().over("order_id"))
    return frame.with_columns(further.fill_null(False).alias(SAME_ORDER))


def _told_again() -> pl.Expr:
    """Lines that tell an amount of their order once more: of a payment, beside each product."""
    keys = ["file", "order_id", COUNTS_BY, "amount"]
    again = pl.col("row") != pl.col("row").min().over(keys)
    return (_COUNTS & pl.col(COUNTS_BY).is_not_null() & again).fill_null(False)


def _counting(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame.filter(_COUNTS)


def _once_an_order(frame: pl.LazyFrame, present: pl.Schema) -> bool:
    """Whether amounts are missing, and only on further lines of orders that have exactly one."""
    if not frame.select(pl.col("amount").null_count()).pipe(collected).item():
        return False
    bad = pl.col(BAD + "amount").fill_null(False) if BAD + "amount" in present else pl.lit(False)
    lines = _counting(frame).select("order_id", "amount", gap=pl.col("amount").is_null() & ~bad)
    if not lines.select(pl.col("gap").any()).pipe(collected).item():
        return False
    if BAD + "unit_price" in present:  # computed, and a factor is missing
        return False
    orders = lines.group_by("order_id").agg(
        gaps=pl.col("gap").sum(), amounts=pl.col("amount").count()
    )
    wrong = (pl.col("amounts") > 1) | ((pl.col("gaps") > 0) & (pl.col("amounts") != 1))
    return not orders.select(wrong.any()).pipe(collected).item()


def _differing(frame: pl.LazyFrame) -> pl.DataFrame:
    """The orders whose lines bear several amounts."""
    amounts = {"low": pl.col("amount").min(), "high": pl.col("amount").max()}
    orders = _counting(frame).group_by("order_id").agg(**amounts)
    wrong = orders.filter(pl.col("high") - pl.col("low") > CENT).sort("order_id")
    return wrong.pipe(collected)


def _report_differing(found: pl.DataFrame, file: str, findings: Findings) -> None:
    """A fault where amounts are to count once an order, and orders have several."""
    if found.height:
        order, low, high = found.row(0)
        told = dict(count=found.height, order=shorten(order), low=low, high=high)
        findings.fault("order_of_two_amounts", file, **told)


def check(
    lines: pl.LazyFrame,
    grouped: pl.DataFrame,
    twice: pl.DataFrame,
    file: str,
    findings: Findings,
    *,
    by_instalment: bool = False,
) -> None:
    """A fault where the amount of an order seems to stand on each of its lines.

    ``grouped``: the orders, as `_orders.grouped` finds them. ``twice``: rows that repeat others,
    which do not count. ``by_instalment``: lines are payments of a day each. The fault
    says which answer is the likelier, ``line`` or ``order``.
    """
    several = grouped.filter("several")
    if not several.height or several["constant"].sum() < MOSTLY * several.height:
        return
    # Repeated rows make equal amounts, too: they are left aside, and the orders counted again.
    rows = lines.filter(pl.col("order_id").hash().is_in(several["order"].implode()))
    table = rows.join(twice.lazy(), on=["file", "row"], how="anti").pipe(collected)
    table = table.filter(pl.len().over("order_id") > 1)
    if table.is_empty():
        return
    told = _evidence(table)
    if told.equal < MOSTLY * told.several or told.lines_fit or not told.tells:
        return
    sums = lines.select(pl.col("amount").sum()).pipe(collected).item()
    more = dataclasses.asdict(told) | {"by_line": sums, "by_order": sums - told.repeated}
    of_line = by_instalment or _goes_with_lines(lines)
    more["likely"] = "line" if of_line and not told.orders_fit else "order"
    key = "order_total_fits" if told.orders_fit else "order_total_repeated"
    findings.fault(key, file, **more)


def _goes_with_lines(lines: pl.LazyFrame) -> bool:
    """Whether amounts look like those of lines: the same for all, or one for each product."""
    amounts = lines.group_by("amount").len().pipe(collected)["len"]
    if amounts.max() >= MOSTLY * amounts.sum():
        return True
    if "product" not in lines.collect_schema():
        return False
    sold = lines.drop_nulls("product").group_by("product")
    several = sold.agg(
        orders=pl.col("order_id").n_unique(), prices=pl.col("amount").n_unique()
    ).filter(pl.col("orders") > 1)
    prices = several.pipe(collected)["prices"]
    return len(prices) > 1 and (prices == 1).sum() >= MOSTLY * len(prices)


@dataclass(frozen=True)
class Evidence:
    """Orders with several lines, those with one amount on all, and what prices make of them."""

    several: int
    equal: int
    repeated: float  # money that would count again
    example: str
    amount: float
    lines_fit: bool
    orders_fit: int
    differing: bool  # lines of such an order say another product, price or quantity

    @property
    def tells(self) -> bool:
        """Whether it is worth a question: one order whose lines differ in nothing known is not."""
        return self.equal > 1 or self.differing or self.orders_fit > 0


def _evidence(table: pl.DataFrame) -> Evidence:
    priced = {"unit_price", "quantity"} <= set(table.columns)
    product = pl.col("unit_price") * pl.col("quantity") if priced else pl.lit(None, pl.Float64)
    table = table.with_columns(product.alias("product of line"))
    known = [n for n in ("product", "unit_price", "quantity") if n in table.columns]
    orders = (
        table.sort("file", "row")
        .group_by("order_id", maintain_order=True)
        .agg(
            pl.len().alias("lines"),
            low=pl.col("amount").min(),
            high=pl.col("amount").max(),
            total=pl.col("product of line").sum(),
            differing=pl.any_horizontal(pl.lit(False), *(pl.col(n).n_unique() > 1 for n in known)),
            fitting=((pl.col("product of line") - pl.col("amount")).abs() < CENT).sum(),
        )
        .with_columns(equal=(pl.col("low") == pl.col("high")) & (pl.col("high") != 0))
    )
    equal = orders.filter("equal")
    fits = (equal["total"] - equal["high"]).abs() < CENT * equal["lines"]
    example = equal.row(0, named=True) if equal.height else {"order_id": "", "high": 0.0}
    return Evidence(
        several=orders.height,
        equal=equal.height,
        repeated=float((equal["high"] * (equal["lines"] - 1)).sum()),
        example=shorten(example["order_id"]) or "",
        amount=example["high"],
        lines_fit=priced and orders["fitting"].sum() >= MOSTLY * table.height,
        orders_fit=int(fits.sum()) if priced else 0,
        differing=bool(equal["differing"].any()),
    )
