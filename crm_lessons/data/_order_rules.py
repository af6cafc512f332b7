"""What is asked of order lines before they count: prices, levels, refunds, cancelled orders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from crm_lessons.data import (
    _beside,
    _choosing,
    _discounts,
    _levels,
    _order_days,
    _orders,
    _prices,
    _refunds,
    _statuses,
    _unknown_states,
)
from crm_lessons.data import _set_aside as set_aside
from crm_lessons.data._levels import Level
from crm_lessons.data._options import Options
from crm_lessons.data._parts import Part
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import Findings

# Faults that one answer settles; beside them it is worth asking what else there is to ask.
QUESTIONS = {"status_no_sale", "document_plus", "direction_plus", "quantity_is_minus"}
QUESTIONS |= {"payments_are_minus", "paid_beforehand", "refunds_in_column", "discount_beside_price"}
QUESTIONS |= {"discount_named", "status_in_doubt", "refunds_in_columns"}
QUESTIONS |= {
    "several_currencies",
    "amount_and_tax",
    "amounts_without_order",
    "order_of_several_dates",
    "order_total_fits",
    "order_total_repeated",
    "order_total_beside",
    "debit_and_credit",
    "credits_are_most",
}


@dataclass(frozen=True)
class Reading:
    """The parts of a table that is being read, how it is to be read, and what was found out."""

    parts: Sequence[Part]
    schema: Schema
    options: Options
    source: str
    findings: Findings

    @property
    def level(self) -> Level:
        """What amounts belong to, as it was asked or is known of an export."""
        if self.options.amount_is:
            return Level(self.options.amount_is)
        known = {part.export.amount_is if part.export else "" for part in self.parts}
        own = "amount" not in self.options.columns and len(known) == 1
        return Level(known.pop(), by_export=True) if own else Level()

    @property
    def is_numbered(self) -> bool:
        """Whether orders have numbers, rather than being a customer's day."""
        return all("order_id" in part.places for part in self.parts)

    @property
    def refunds(self) -> str:
        """What to do with a column of refunds, as it was asked or is known of an export."""
        known = [part.export.refunds if part.export else "" for part in self.parts]
        return self.options.refunds or (known[0] if len(set(known)) == 1 else "")


def applied(frame: pl.LazyFrame, told: Reading, kinds: Mapping[str, str]) -> pl.LazyFrame:
    """The frame with amounts as they count, and a mark on lines that their order has counted for.

    Questions that only a person can answer are faults.
    """
    findings = told.findings
    frame = _order_days.settled(frame, told.parts, told.options.order_days, findings)
    kept = set_aside.kept(told.schema, frame)
    frame = _prices.settled(frame, told.parts, kept, told.options, findings)
    frame = _discounts.deducted(frame, told.parts, kept, told.options.discount, findings)
    level = told.level if told.is_numbered else Level("line")
    frame = _levels.marked(frame, level, told.source, findings)
    kept = set_aside.kept(told.schema, frame)
    asked = _statuses.check(frame.filter(kept), told.parts, kinds, told.options, findings)
    _unknown_states.ask(frame.filter(kept), told.parts, kinds, told.options, findings)
    frame = frame.with_columns(asked.alias(set_aside.ASKED))
    return _refunds.deducted(frame, told.parts, kept, told.refunds, findings)


def check(
    lines: pl.LazyFrame,
    told: Reading,
    chosen: Sequence[str],
    twice: pl.DataFrame,
    figures: set_aside.Figures,
) -> dict[str, str]:
    """Report orders of two customers or dates, totals on every line, several currencies.

    ``figures``: what one pass over all lines has found out (see `_set_aside.figures`). Gives the
    customer ids that stand for others (see `_orders.check`).
    """
    findings, grouped = told.findings, _orders.grouped(lines)
    same = _orders.check(lines, grouped, told.parts, told.schema, findings)
    minus = (figures.get(one, 0) for one in (set_aside.MINUS, set_aside.MINUS_AMOUNT))
    _orders.check_quantities(*minus, told.parts, findings)
    _choosing.check_currencies(lines, told.parts, chosen, told.source, findings)
    _choosing.check_units(told.parts, findings)
    if are_questions(findings) and told.is_numbered and not told.options.amount_is:
        before = findings.total
        counted = any(_order_days.counts_instalments(part.raw.headings) for part in told.parts)
        counted |= bool(told.options.order_days) or "order_of_several_dates" in _keys(findings)
        _levels.check(lines, grouped, twice, told.source, findings, by_instalment=counted)
        if findings.total == before:
            _beside.check(lines, told.source, findings)
    return same


def are_questions(findings: Findings) -> bool:
    """Whether there are no faults, or only such as one answer settles."""
    return _keys(findings) <= QUESTIONS


def _keys(findings: Findings) -> set[str]:
    return {fault.key for fault in findings.faults}
