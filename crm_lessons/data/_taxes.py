"""Amounts with and without tax: which column is which, by what adds up."""

import dataclasses
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from crm_lessons.data import _exports, _number_forms
from crm_lessons.data._collecting import collected
from crm_lessons.data._headings import places_of
from crm_lessons.data._raw import Raw
from crm_lessons.data._schema import Schema
from crm_lessons.data._suggesting import positions
from crm_lessons.data.findings import Findings

FEW = 60  # columns, up to which those that add up are looked for
CENT = 0.011
MOSTLY = 0.95  # of the lines on which amount and tax must make the amount with tax
SEEN = 0.9  # of a column's first values that read as numbers


@dataclass(frozen=True)
class Pair:
    """The columns of an amount without tax, of its tax, and of both.

    ``rate``: tax to amount over all rows, which sums among the lines leave as it is.
    """

    net: str
    tax: str
    gross: str
    rate: float


def settled(
    raw: Raw, schema: Schema, columns: Mapping[str, str], findings: Findings
) -> dict[str, str]:
    """The column of the amount, where columns with and without tax stand side by side.

    Where a heading names one of them only, or somebody chose, a note says which one it is. Else a
    fault asks; the amount with tax goes on, which is what a customer pays and what other exports
    call an amount.
    """
    taxes = [i for i, heading in enumerate(raw.headings) if _is_tax(heading)]
    if not taxes or raw.is_typed or len(raw.headings) > FEW:
        return {}
    named = [i for i in places_of(raw.headings, schema.fields["amount"]) if i not in taxes]
    if "amount" in columns:
        named = [i for i, h in enumerate(raw.headings) if h.strip() == columns["amount"].strip()]
    pair = _found(raw, taxes, named)
    if pair is None:
        return {}
    told = dataclasses.asdict(pair)
    chosen = {raw.headings[i].strip() for i in named}
    if len(chosen) == 1:
        key = "amount_with_tax" if pair.gross in chosen else "amount_without_tax"
        findings.note(key, file=raw.file, **told)
        return {}
    findings.fault("amount_and_tax", raw.file, **told)
    return {"amount": pair.gross}


def _is_tax(heading: str) -> bool:
    """Whether this is money for the state, rather than a rate, a number, or an amount and its tax.

    >>> _is_tax("税额"), _is_tax("VAT"), _is_tax("税率"), _is_tax("Amount incl. tax")
    (True, True, False, False)
    """
    taxes, others = (_any_of(name) for name in ("taxes", "no_taxes"))
    return bool(taxes.search(heading)) and not others.search(heading)


@functools.cache
def _any_of(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_exports.words("doubtful")[name]), re.IGNORECASE)


def _found(raw: Raw, taxes: Sequence[int], named: Sequence[int]) -> Pair | None:
    """The pair that adds up on nearly every line; headings that name an amount go first."""
    seen = {i: one for i, one in positions(raw.frame, raw.headings) if one.numbers >= SEEN}
    may = sorted(set(seen) - set(taxes), key=lambda i: (i not in named, i))
    taxes = [i for i in taxes if i in seen]
    if not taxes or len(may) < 2:
        return None
    table = _numbers(raw, [*taxes, *may])
    for tax in taxes:
        if not (table[f"c{tax}"].abs() > CENT).any():
            continue
        for net in may:
            for gross in may:
                if _adds_up(table, net, tax, gross) and (not named or {net, gross} & {*named}):
                    names = (raw.headings[i].strip() for i in (net, tax, gross))
                    if len(named) > 1 and not {*named} <= {net, gross}:
                        return None  # a third one may be the amount as well
                    rows = table.select(pl.col(f"c{net}", f"c{tax}").abs()).drop_nulls().sum()
                    rate = rows[f"c{tax}"][0] / (rows[f"c{net}"][0] or 1.0)
                    return Pair(*names, rate)
    return None


def _adds_up(table: pl.DataFrame, net: int, tax: int, gross: int) -> bool:
    if net == gross:
        return False
    rows = table.select(f"c{net}", f"c{tax}", f"c{gross}").drop_nulls()
    off = (rows[f"c{net}"] + rows[f"c{tax}"] - rows[f"c{gross}"]).abs() < CENT
    return rows.height > 0 and off.sum() >= MOSTLY * rows.height


def _numbers(raw: Raw, places: Sequence[int]) -> pl.DataFrame:
    """The columns as numbers; what is in doubt about how they are written is told elsewhere."""
    columns = {raw.headings[i]: f"c{i}" for i in places}
    text = raw.frame.select(pl.col(c).cast(pl.String) for c in columns.values())
    written = dict(separator=raw.separator)
    plain = _number_forms.settled(text, columns, raw.file, Findings(), **written)
    return plain.select(pl.col(*columns.values()).cast(pl.Float64, strict=False)).pipe(collected)
