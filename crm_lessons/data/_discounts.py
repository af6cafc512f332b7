"""A discount beside price and quantity, from which the amount is made: whether it comes off."""

import dataclasses
import re
from collections.abc import Sequence

import polars as pl

from crm_lessons.data import _advice
from crm_lessons.data._collecting import collected
from crm_lessons.data._computed import BAD
from crm_lessons.data._discount_marks import are_there, share
from crm_lessons.data._parts import Part
from crm_lessons.data._schema import Schema
from crm_lessons.data._suggesting import fits, positions
from crm_lessons.data.findings import Findings, shorten

DISCOUNT = "discount"
_OFF = re.compile(
    r"(?:coupon|voucher|points?|loyalty|promo\w*)\b.*(?:value|amount|discount|used|redeem|paid|money)"
    r"|redeemed|(?:积分|红包|优惠券|代金券|礼券|会员|活动|店铺|平台)(?:抵扣|优惠|抵现|立减|减免)|抵扣金?额?$",
    re.I,
)
SHOWN = 3  # names of discounts in a message


def found(part: Part, schema: Schema, findings: Findings) -> Part:
    """The part with money off a computed amount under a heading that no list knows: points.

    Where several columns hold some and none was chosen, a fault asks which it is.
    """
    field, there = schema.fields.get(DISCOUNT), set(part.places)
    if field is None or {DISCOUNT, "amount"} & there or not {"unit_price", "quantity"} <= there:
        return part
    used, headings = set(part.places.values()), part.raw.headings
    may = [i for i, h in enumerate(headings) if i not in used and _OFF.search(h)]
    held = positions(part.raw.frame, headings, may) if may else []
    fit = [(i, one) for i, one in held if fits(field, one) and set("".join(one.values)) - set("0.")]
    if len(fit) > 1:
        rivals, first = ", ".join(one.heading for _, one in fit), fit[0][1].heading
        told = dict(field=DISCOUNT, rivals=rivals, choice=_advice.choice(DISCOUNT, first))
        findings.row_fault("two_headings", part.raw.file, 1, first, **told, first=first)
    return dataclasses.replace(part, places={**part.places, DISCOUNT: fit[0][0]}) if fit else part


def deducted(
    frame: pl.LazyFrame, parts: Sequence[Part], kept: pl.Expr, how: str, findings: Findings
) -> pl.LazyFrame:
    """The frame with discounts taken off computed amounts, as ``how`` says; a fault if nobody says.

    ``deduct``: money off the line; ``rate``: a share of it, 0.05, or 5 where some are above 1;
    ``paid``: the share that is paid, 0.9, or 9 (九折), or 90.
    """
    may = [part for part in parts if DISCOUNT in part.places and "amount" not in part.places]
    if not may or DISCOUNT not in frame.collect_schema():
        return frame
    frame, has_names = _without_names(frame, may, kept, how, findings)
    if how == "ignore" or has_names:
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


def _without_names(
    frame: pl.LazyFrame, may: Sequence[Part], kept: pl.Expr, how: str, findings: Findings
) -> tuple[pl.LazyFrame, bool]:
    """The frame in which a name, 新人券, is no faulty figure, and whether there are names.

    What comes off by a name nobody knows: a fault, unless discounts are to be ignored.
    """
    bad = BAD + DISCOUNT
    if bad not in frame.collect_schema():
        return frame, False
    unread = frame.filter(kept, pl.col(bad)).select("file", "row", "amount").pipe(collected)
    found = pl.concat([_names(part, unread) for part in may])
    if found.is_empty():
        return frame, False
    first = may[0]
    told = dict(
        heading=first.raw.headings[first.places[DISCOUNT]].strip(),
        count=found.height,
        amount=float(found["amount"].sum()),
        names=", ".join(shorten(one) for one in sorted(set(found["cell"]))[:SHOWN]),
    )
    if how == "ignore":
        findings.note("discount_names_ignored", file=first.raw.file, **told)
    else:
        findings.fault("discount_named", first.raw.file, **told)
    named = pl.any_horizontal(
        (pl.col("file") == file) & pl.col("row").is_in(rows["row"].implode())
        for (file,), rows in found.group_by("file")
    )
    return frame.with_columns((pl.col(bad) & ~named).alias(bad)), True


def _names(part: Part, unread: pl.DataFrame) -> pl.DataFrame:
    """The rows of a file whose discount is a name: words, and no share that words can say."""
    rows = unread.filter(pl.col("file") == part.number)
    cell = pl.col(f"c{part.places[DISCOUNT]}").cast(pl.String).str.strip_chars()
    here = part.raw.frame.filter(pl.col("row").is_in(rows["row"].implode()))
    held = here.select("row", cell=cell).pipe(collected)
    held = held.filter(held["cell"].str.contains(r"\p{L}.*\p{L}").fill_null(False))
    is_name = [share(one) is None for one in held["cell"]]
    return rows.join(held.filter(pl.Series(is_name, dtype=pl.Boolean)), on="row")


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
