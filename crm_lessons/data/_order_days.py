"""Orders whose lines bear several dates: instalments, part deliveries, numbers used again."""

from collections.abc import Sequence

import polars as pl

from crm_lessons.data import _exports
from crm_lessons.data._collecting import collected
from crm_lessons.data._parts import Part
from crm_lessons.data._plain import plain
from crm_lessons.data.findings import Findings, shorten

FEWEST = 2  # orders of several dates, below which a date is a slip
MOSTLY = 0.5  # of the orders with several lines, from which several dates are a habit
# A refund may come later than the order whose number it bears, so its date does not count.
SALE = (pl.col("amount") >= 0).fill_null(True)
_NEEDED = {"order_id", "order_date", "amount"}


def counts_instalments(headings: Sequence[str]) -> bool:
    """Whether a column says which of several payments a line is.

    >>> counts_instalments(["Order", "Instalment no"]), counts_instalments(["期数"])
    (True, True)
    """
    known = [plain(word) for word in _exports.words("doubtful")["instalments"]]
    return any(word in plain(heading) for heading in headings for word in known)


def settled(
    frame: pl.LazyFrame, parts: Sequence[Part], how: str, findings: Findings
) -> pl.LazyFrame:
    """The lines with one date an order, where ``how`` or a column of instalments says which.

    ``first``: an order counts once, on its first day. ``each``: each of its days is an order of
    its own, whose number the day completes.
    """
    counted = any(counts_instalments(part.raw.headings) for part in parts)
    if not (how or counted) or not set(frame.collect_schema()) >= _NEEDED:
        return frame
    days = pl.when(SALE).then("order_date")
    first = days.min().over("order_id")
    differs = pl.col("order_id").is_not_null() & (first != days.max().over("order_id"))
    number = pl.col("order_id").filter(differs).n_unique()
    count = frame.select(number).pipe(collected).item()
    if not count:
        if how:
            told = dict(option="order_days", value=how)
            findings.note("option_unused", file=parts[0].raw.file, **told)
        return frame
    findings.note(f"order_days_{how or 'first'}", file=parts[0].raw.file, count=count)
    where = (differs & SALE).fill_null(False)
    if how == "each":
        own = pl.format("{} {}", "order_id", "order_date")
        return frame.with_columns(pl.when(where).then(own).otherwise("order_id").alias("order_id"))
    day = pl.when(where).then(first).otherwise("order_date").alias("order_date")
    return frame.with_columns(day)


def is_asked(differing: pl.DataFrame, several: int, file: str, findings: Findings) -> bool:
    """Whether so many orders have several dates that it is a question, which is then a fault.

    ``differing``: a line of each of these orders, with its date and the ``first`` of the order.
    ``several``: how many orders have several lines.
    """
    if differing.height < max(FEWEST, MOSTLY * several):
        return False
    example = differing.row(0, named=True)
    told = dict(order=shorten(example["order_id"]), first=str(example["first"]))
    told |= dict(count=differing.height, several=several, other=str(example["order_date"]))
    findings.fault("order_of_several_dates", file, **told)
    return True
