"""What holds for order lines alone: an order has one customer and one date, a return is a minus."""

from collections.abc import Sequence

import polars as pl

from crm_lessons.data import _customer_ids, _order_days
from crm_lessons.data._collecting import collected
from crm_lessons.data._parts import Part
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import LISTED, Findings, shorten

NEEDED = ("order_id", "order_date", "customer_id", "amount")

_GROUPED = {"order": pl.UInt64} | dict.fromkeys(("differs", "several", "constant"), pl.Boolean)

_RULES = {
    "customer_id": ("order_of_two_customers", pl.lit(True)),
    "order_date": ("order_of_two_dates", pl.col("amount") >= 0),
}


def grouped(frame: pl.LazyFrame) -> pl.DataFrame:
    """The orders with several lines or of two customers or dates: what all checks ask of orders.

    ``order``: a hash of the number, since groups of numbers are cheap, of text not; ``differs``:
    two customers or dates; ``several``: lines; ``constant``: one amount, not 0, on all of them.
    """
    if not set(NEEDED) <= set(frame.collect_schema()):
        return pl.DataFrame(schema=_GROUPED)
    hashed = frame.drop_nulls(["order_id", "customer_id"]).select(
        "amount",
        order=pl.col("order_id").hash(),
        customer_id=pl.col("customer_id").hash(),
        order_date=pl.when(_RULES["order_date"][1]).then("order_date"),
    )
    differs = [pl.col(name).min() != pl.col(name).max() for name in _RULES]
    low, high = pl.col("amount").min(), pl.col("amount").max()
    orders = hashed.group_by("order").agg(
        pl.any_horizontal(*differs).alias("differs"),
        (pl.len() > 1).alias("several"),
        ((low == high) & (high != 0)).fill_null(False).alias("constant"),
    )
    return orders.filter(pl.col("differs") | pl.col("several")).pipe(collected)


def check(
    frame: pl.LazyFrame,
    orders: pl.DataFrame,
    parts: Sequence[Part],
    schema: Schema,
    findings: Findings,
) -> dict[str, str]:
    """Report order ids of two customers or two dates, and returns that would count as sales.

    ``orders``: what `grouped` makes of the frame. Ids of one order that differ by habit only are
    one customer: each such id is given with the one that it stands for.
    """
    _check_returns(frame, parts, findings)
    doubtful = orders.filter("differs")["order"]
    if not doubtful.len():
        return {}
    lines = frame.select("file", "row", *NEEDED).drop_nulls(["order_id", "customer_id"])
    suspects = lines.filter(pl.col("order_id").hash().is_in(doubtful.implode()))
    suspects = suspects.pipe(collected).sort("file", "row")
    same = _customer_ids.same_people(suspects, parts[0].raw.file, findings)
    suspects = suspects.with_columns(pl.col("customer_id").replace(same))
    for name, (key, counts) in _RULES.items():
        rows = suspects.filter(counts, pl.col(name).is_not_null())
        several = int(orders["several"].sum()) if name == "order_date" else None
        _report(rows, name, key, parts, schema, findings, several=several)
    return same


def flipped(frame: pl.LazyFrame, findings: Findings) -> pl.LazyFrame:
    """The lines with a minus where a line is marked as returned and its amount has none.

    So is a line of pieces that came back, a quantity below 0. A note says if there is none.
    """
    present = frame.collect_schema()
    marks = [pl.col("returned")] if "returned" in present else []
    marks += [pl.col("quantity") < 0] if "quantity" in present else []
    marked = pl.any_horizontal(pl.lit(False), *marks).fill_null(False)
    plus = marked & (pl.col("amount") > 0) if "amount" in present else pl.lit(False)
    if frame.select(plus.any()).pipe(collected).item():
        return negated(frame, marked)
    findings.note("flipped_nothing")
    return frame


def negated(frame: pl.LazyFrame, where: pl.Expr) -> pl.LazyFrame:
    """The lines with a minus where they are marked and their amount has none.

    What belongs to the amount (quantity, discount, profit) changes its sign as well.
    """
    present = frame.collect_schema()
    if "amount" not in present:
        return frame
    plus = where.fill_null(False) & (pl.col("amount") > 0)
    less = {n: pl.col(n).abs() for n in ("amount", "quantity") if n in present}
    less |= {n: pl.col(n) for n in ("discount", "profit") if n in present}
    return frame.with_columns(
        pl.when(plus).then(-value).otherwise(pl.col(name)).alias(name)
        for name, value in less.items()
    )


def _check_returns(frame: pl.LazyFrame, parts: Sequence[Part], findings: Findings) -> None:
    """Lines marked as returned whose amounts are positive: whether they are sales nobody knows."""
    if not {"returned", "amount"} <= set(frame.collect_schema()):
        return
    plus = frame.filter(pl.col("returned"), pl.col("amount") > 0)
    told = plus.group_by("file").agg(pl.len(), pl.col("amount").sum()).sort("file").pipe(collected)
    for part in parts:
        for _, count, amount in told.filter(pl.col("file") == part.number).iter_rows():
            heading = part.raw.headings[part.places["returned"]].strip()
            more = dict(heading=heading, count=count, amount=amount)
            findings.fault("returned_is_plus", part.raw.file, **more)


def check_quantities(count: int, amount: float, parts: Sequence[Part], findings: Findings) -> None:
    """Lines of pieces below 0 whose amounts are positive: returns that would count as sales.

    ``count``, ``amount``: how many there are, and what they amount to.
    """
    if count:
        part = next(part for part in parts if "quantity" in part.places)
        heading = part.raw.headings[part.places["quantity"]].strip()
        told = dict(heading=heading, count=count, amount=amount)
        findings.fault("quantity_is_minus", part.raw.file, **told)


def _report(
    rows: pl.DataFrame, name: str, key: str, parts, schema, findings: Findings, *, several=None
) -> None:
    """A fault for each order of several values; one question where that is the habit of a file.

    ``several``: how many orders have several lines, where there is such a question.
    """
    firsts = rows.group_by("order_id", maintain_order=True).agg(
        pl.col(name).first().alias("first"), pl.col("file", "row").first().name.prefix("first_")
    )
    differing = rows.join(firsts, on="order_id").filter(pl.col(name) != pl.col("first"))
    differing = differing.unique("order_id", keep="first", maintain_order=True)
    file = parts[0].raw.file
    if several is not None and _order_days.is_asked(differing, several, file, findings):
        return
    faults, by_number = [], {part.number: part for part in parts}
    for row in differing.head(LISTED).iter_rows(named=True):
        part, first_part = by_number[row["file"]], by_number[row["first_file"]]
        told = dict(order=shorten(row["order_id"]), first=str(row["first"]))
        told |= dict(first_place=first_part.spot(row["first_row"]))
        heading = part.heading(schema.fields[name])
        record = {part.heading(schema.fields["order_id"]): row["order_id"]}
        faults.append(part.fault(key, row["row"], heading, row[name], record, told))
    findings.add(faults, differing.height)
