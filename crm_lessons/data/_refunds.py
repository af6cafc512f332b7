"""Refunds in a column of their own: whether the amount still contains them."""

import dataclasses
import re
from collections.abc import Sequence

import polars as pl

from crm_lessons.data import _further as further
from crm_lessons.data._collecting import collected
from crm_lessons.data._parts import Part
from crm_lessons.data._schema import Schema
from crm_lessons.data._suggesting import Column, columns, fits, positions
from crm_lessons.data.findings import Findings

REFUNDED, MARKED = "refund_amount", "returned"
_MARKS = {"0", "1", "0.0", "1.0"}
CENT = 0.011
_STEMS = re.compile(r"refund|returns$|退款|退货|退还|erstatt|rembours|reembols|rimbors", re.I)
_NO_MONEY = re.compile(
    r"date|time|\bat$|\bon$|by$|stat(?!t)|reason|count|qty|quantity|number|\bno\b|\bid|type|fee|tax|flag"
    r"|日期|时间|状态|原因|数量|件数|编号|单号|类型|手续费|服务费|税|标[记志]|是否|渠道|方式",
    re.I,
)


def found(part: Part, schema: Schema, findings: Findings, *, asked: bool) -> Part:
    """The part with a column of refunds that no list of headings knows: its name and its values.

    Where several columns hold some a fault asks, unless the column was ``asked`` for: each may
    hold a part (of the goods, of the postage), and taking off one of them would leave the rest.
    """
    field, raw = schema.fields.get(REFUNDED), part.raw
    if field is None or asked or (part.export and REFUNDED in part.places):
        return part
    known = part.places.get(REFUNDED)
    used = {place for place in part.places.values() if place != known}
    may = [i for i, h in enumerate(raw.headings) if i not in used and _is_called_so(h)]
    may = [known, *(i for i in may if i != known)] if known is not None else may
    if not may or may == [known]:
        return part
    held = [(i, one) for i, one in positions(raw.frame, raw.headings, may)]
    fit = [(i, one) for i, one in held if fits(field, one) and _is_money(one)]
    if len({tuple(one.values) for _, one in fit}) > 1:
        rivals = ", ".join(one.heading for _, one in fit)
        findings.fault("refunds_in_columns", raw.file, rivals=rivals, field=REFUNDED)
    if known is not None or not fit:
        return part
    return dataclasses.replace(part, places={**part.places, REFUNDED: fit[0][0]})


def _is_money(column: Column) -> bool:
    """Whether there is anything but zeros, and more than a mark of 0 and 1."""
    there = any(set(value) & set("123456789") for value in column.values)
    return there and not set(column.values) <= _MARKS


def with_money(part: Part, schema: Schema) -> Part:
    """The part with sums of refunds under a heading of marks ("Refunded") where these stand."""
    place = part.places.get(MARKED)
    if place is None or REFUNDED in part.places or REFUNDED not in schema.fields:
        return part
    for one in columns(part.raw.frame, part.raw.headings, [place]):
        if fits(schema.fields[REFUNDED], one) and _is_money(one):
            places = {n: i for n, i in part.places.items() if n != MARKED}
            return dataclasses.replace(part, places={**places, REFUNDED: place})
    return part


def of_receivers(frame: pl.LazyFrame, parts: Sequence[Part]) -> pl.LazyFrame:
    """The frame with refunds under the customer who got them, where a column says who did.

    That is so where the sender of the refund is the shop, to whom other lines were paid: some
    exports turn sender and receiver round for a refund, some leave them as they were.
    """
    if not {further.RECEIVER, "amount", "customer_id"} <= set(frame.collect_schema()):
        return frame
    here = pl.col("file").is_in([part.number for part in parts if further.RECEIVER in part.places])
    paid = frame.filter(here, pl.col("amount") > 0).select(pl.col(further.RECEIVER).unique())
    shops = paid.pipe(collected)[further.RECEIVER].drop_nulls()
    back = here & (pl.col("amount") < 0).fill_null(False)
    if shops.len():
        back &= pl.col("customer_id").is_in(shops.implode()).fill_null(False)
    customer = pl.when(back).then(further.RECEIVER).otherwise("customer_id").alias("customer_id")
    return frame.with_columns(customer).drop(further.RECEIVER)


def _is_called_so(heading: str) -> bool:
    return bool(_STEMS.search(heading.strip())) and not _NO_MONEY.search(heading.strip())


def deducted(
    frame: pl.LazyFrame, parts: Sequence[Part], kept: pl.Expr, how: str, findings: Findings
) -> pl.LazyFrame:
    """The frame with refunds taken off, as ``how`` says; a fault where nobody says."""
    if not {REFUNDED, "amount"} <= set(frame.collect_schema()) or how == "ignore":
        return frame
    by_order = how == "order" and "order_id" in frame.collect_schema()
    if by_order:
        frame = frame.with_columns(_once_an_order(kept).alias(REFUNDED))
    back = pl.col(REFUNDED).abs().fill_null(0.0)
    is_sale, apart = pl.col("amount") > 0, _stands_apart(frame.filter(kept), back)
    sold = pl.col("amount").sum().over("order_id") if by_order else pl.col("amount")
    marked = frame.filter(kept).with_columns(more=is_sale & (back > sold + CENT))
    rows = marked.filter(back > 0, is_sale | apart)
    told = rows.select(
        count=pl.len(), back=back.sum(), amount=pl.col("amount").sum(), more=pl.col("more").sum()
    ).pipe(collected)
    count, money, amount, more = told.row(0)
    part = next(part for part in parts if REFUNDED in part.places)
    heading = part.raw.headings[part.places[REFUNDED]].strip()
    told = dict(heading=heading, count=count, refunded=money, amount=amount, more=more)
    if count and not how:
        findings.fault("refunds_in_column", part.raw.file, **told)
        return frame
    if count and (more or _repeated(frame.filter(kept)).height):
        told["way"] = _way(frame.filter(kept), by_order)
        findings.fault("refunds_above_amount", part.raw.file, **told)
        return frame
    if count:
        findings.note("refunds_deducted", file=part.raw.file, **told)
    off = pl.when(is_sale | apart).then((pl.col("amount") - back).round(2)).otherwise("amount")
    return frame.with_columns(off.alias("amount"))


def _stands_apart(lines: pl.LazyFrame, back: pl.Expr) -> pl.Expr:
    """Lines of 0 with a refund of what another line of their order sold, which tells none."""
    no = (pl.col("amount") == 0) & (back > 0)
    if "order_id" not in lines.collect_schema() or not collected(lines.select(no.any())).item():
        return pl.lit(False)
    sold = pl.col("amount") > 0
    orders = lines.group_by("order_id").agg(
        sales=pl.col("amount").filter(sold).sum(),
        own=back.filter(sold).sum(),
        apart=back.filter(no).sum(),
    )
    found = orders.filter(pl.col("own") == 0, pl.col("apart") <= pl.col("sales") + CENT)
    numbers = found.filter(pl.col("apart") > 0).pipe(collected)["order_id"]
    return no & pl.col("order_id").is_in(numbers.implode())


def _once_an_order(kept: pl.Expr) -> pl.Expr:
    """The refund of each order on its largest line, and on no other."""
    size = pl.when(kept).then("amount").fill_null(float("-inf"))
    is_largest = size.rank("ordinal", descending=True).over("order_id") == 1
    return pl.when(is_largest).then(pl.col(REFUNDED).abs().max().over("order_id"))


def _repeated(lines: pl.LazyFrame) -> pl.DataFrame:
    """The orders in which one refund stands on several lines, and would be taken off each time.

    ``one``: whether these lines bear one amount as well, which may then be the order's.
    """
    if "order_id" not in lines.collect_schema():
        return pl.DataFrame(schema={"one": pl.Boolean})
    backed = lines.filter(pl.col(REFUNDED).abs() > 0).group_by("order_id")
    orders = backed.agg(
        pl.len(), same=pl.col(REFUNDED).n_unique() == 1, one=pl.col("amount").n_unique() == 1
    )
    return orders.filter(pl.col("len") > 1, "same").pipe(collected)


def _way(lines: pl.LazyFrame, by_order: bool) -> str:
    """The option whose ``order`` may settle it beside ``refunds=ignore``; "" if none is left."""
    orders = _repeated(lines)
    if by_order:
        return ""
    return "refunds" if orders.height and not orders["one"].all() else "amount_is"
