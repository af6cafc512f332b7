"""Orders whose total stands on a line of its own, beside the lines it is the sum of."""

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._parts import LEFT_OUT, NO_LINE, NO_SALE
from crm_lessons.data.findings import Findings, shorten

CENT = 0.011
MOSTLY = 0.8  # of the orders with several lines, from which their largest amount is their total
PEEKED = 20_000  # lines, which tell how a table is made
_COUNTS = ~pl.any_horizontal(NO_LINE, LEFT_OUT, NO_SALE) & pl.col("order_id").is_not_null()


def _orders(lines: pl.LazyFrame) -> pl.DataFrame:
    """The orders with several lines: largest amount, sum, how many times the one is in the other.

    ``times`` is 0 where it is no whole number of at least 2; ``alike``: all amounts are equal.
    """
    size = pl.col("amount").abs()
    orders = (
        lines.drop_nulls(["order_id", "amount"])
        .group_by("order_id")
        .agg(
            pl.len().alias("lines"),
            most=size.max(),
            total=pl.col("amount").sum().abs(),
            alike=size.max() - size.min() < CENT,
        )
        .filter(pl.col("lines") > 1, pl.col("most") > 0)
        .sort("order_id")
        .pipe(collected)
    )
    times = (pl.col("total") / pl.col("most")).round()
    fits = (pl.col("total") - times * pl.col("most")).abs() < CENT * pl.col("lines")
    return orders.with_columns(times=pl.when(fits & (times >= 2)).then(times).otherwise(0))


def check(lines: pl.LazyFrame, file: str, findings: Findings) -> None:
    """A fault where the total of an order seems to stand beside its lines, and all would count.

    The largest amount of nearly every order is the sum of its others; or of its lines, of which a
    payment repeats it once more.
    """
    orders = _orders(lines.head(PEEKED))
    differing = orders.filter(~pl.col("alike"))
    if orders.height < 2 or differing.is_empty():
        return
    times = differing["times"].mode().min()
    if not times or (differing["times"] == times).mean() < MOSTLY:
        return
    if (orders["times"] == times).mean() < MOSTLY:
        return
    everything = _orders(lines)
    fitting = everything.filter(pl.col("times") == times)
    sums = lines.select(pl.col("amount").sum()).pipe(collected).item()
    example = fitting.filter(~pl.col("alike")).row(0, named=True)
    findings.fault(
        "order_total_beside",
        file,
        several=everything.height,
        fitting=fitting.height,
        example=shorten(example["order_id"]),
        amount=example["most"],
        by_line=sums,
        by_total=sums - float((fitting["total"] - fitting["most"]).sum()),
    )


def further(frame: pl.LazyFrame, file: str, findings: Findings, *, asked: bool) -> pl.Expr:
    """The lines beside the one that bears the order's total: that of the largest amount.

    Where the largest amount of an order is no total of its others: a fault if it was ``asked`` for,
    else there are no such lines.
    """
    orders = _orders(frame.filter(_COUNTS))
    wrong = orders.filter(pl.col("times") == 0)
    if wrong.height and not asked:
        return pl.lit(False)
    if wrong.height:
        told = dict(count=wrong.height, order=shorten(wrong["order_id"][0]))
        findings.fault("order_without_total", file, **told)
    size = pl.when(_COUNTS).then(pl.col("amount").abs().fill_null(-1.0))
    first = size.rank("ordinal", descending=True).over("order_id") == 1
    return _COUNTS & ~first.fill_null(True)
