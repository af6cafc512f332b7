"""Amounts in two columns, debit and credit, of which each line fills one."""

import dataclasses
from collections.abc import Mapping

import polars as pl

from crm_lessons.data import _exports
from crm_lessons.data._collecting import collected
from crm_lessons.data._headings import names_of, plain
from crm_lessons.data._parsing import cell
from crm_lessons.data._plain import unit_of
from crm_lessons.data._raw import Raw
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import Findings

AMOUNT = "amount"  # the field, and the heading of the column that is added
DEBIT, CREDIT = "debit", "credit"
_ONLY = "_only"
_FEW = 0.5  # of the lines of one side, up to which the other is taken for what came back


def joined(
    raw: Raw, schema: Schema, columns: Mapping[str, str], sales_on: str, findings: Findings
) -> Raw:
    """The table with one amount on each line, where there are a debit and a credit instead.

    Lines of the side that ``sales_on`` does not name count as minus, or are left out (``…_only``).
    Where both sides bear amounts and nobody says which are sales, that is a fault. ``columns``:
    field → heading, as it was asked or is known.
    """
    named = {unit_of(h)[0] for h in raw.headings}
    places = _places(raw)
    if AMOUNT in columns or named & names_of(schema.fields[AMOUNT]) or len(places) < 2:
        return raw
    text = {side: cell(place) for side, place in places.items()}
    filled = {side: one.str.contains("[1-9]").fill_null(False) for side, one in text.items()}
    counts = raw.frame.select(one.sum().alias(side) for side, one in filled.items())
    debits, credits = counts.pipe(collected).row(0)
    most, least = (DEBIT, CREDIT) if debits >= credits else (CREDIT, DEBIT)
    few, many = sorted((debits, credits))
    told = {side: raw.headings[place].strip() for side, place in places.items()}
    if few and not sales_on:
        ways = [most, most + _ONLY] if few <= _FEW * many else [most + _ONLY, most]
        more = dict(debit=told[DEBIT], credit=told[CREDIT], debits=debits, credits=credits)
        more |= dict(heading=f"{told[DEBIT]} / {told[CREDIT]}", ways=[*ways, least, least + _ONLY])
        findings.fault("debit_and_credit", raw.file, **more)
    sales = sales_on.removesuffix(_ONLY) or most
    other = CREDIT if sales == DEBIT else DEBIT
    away = pl.lit(False)
    if sales_on.endswith(_ONLY):
        away = filled[other] & ~filled[sales]
    dropped = few if other == least else many
    key = "one_side_left_out" if sales_on.endswith(_ONLY) else "amount_of_two_sides"
    more = dict(sales=told[sales], other=told[other], count=dropped)
    findings.note(key, file=raw.file, **more)
    amount = (
        pl.when(filled[sales] & filled[other])
        .then(text[sales] + " / " + text[other])  # no number: a fault that names the row
        .when(filled[other])
        .then(_turned(text[other]))
        .otherwise(pl.coalesce(text[sales], text[other]))
    )
    place = len(raw.headings)
    frame = raw.frame.filter(~away).with_columns(amount.alias(f"c{place}"))
    return dataclasses.replace(
        raw,
        headings=[*raw.headings, AMOUNT],
        frame=frame,
        beside=raw.beside | {place},
        left=raw.left + (dropped if sales_on.endswith(_ONLY) else 0),
    )


def used(raw: Raw) -> set[int]:
    """Where the columns stand that the added amount was made of."""
    is_made = any(raw.headings[place] == AMOUNT for place in raw.beside)
    return set(_places(raw).values()) if is_made else set()


def _places(raw: Raw) -> dict[str, int]:
    """Where debit and credit stand, in this order, if each stands once."""
    found = {}
    for side, words in _exports.words("doubtful")["sides"].items():
        known = {plain(word) for word in words}
        places = [i for i, h in enumerate(raw.headings) if unit_of(h)[0] in known]
        if len(places) == 1:
            found[side] = places[0]
    return found


def _turned(text: pl.Expr) -> pl.Expr:
    """The number with the other sign; brackets are a minus."""
    bare = text.str.replace(r"^\((.*)\)$", "-$1")
    return pl.when(bare.str.starts_with("-")).then(bare.str.slice(1)).otherwise("-" + bare)
