"""Tables of lines, orders above all: headings, types, checks, what is set aside."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl

from crm_lessons.data import (
    _checks,
    _choosing,
    _currencies,
    _customer_ids,
    _duplicates,
    _filling,
    _folding,
    _further,
    _one_each,
    _order_rules,
    _orders,
    _own_words,
    _parts,
    _recognising,
    _refunds,
    _statuses,
    _sums,
    files,
)
from crm_lessons.data import _set_aside as set_aside
from crm_lessons.data._clocks import Clock
from crm_lessons.data._collecting import collected
from crm_lessons.data._options import Options
from crm_lessons.data._order_rules import Reading
from crm_lessons.data._parts import LEFT_OUT, NO_SALE, Part
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import Findings, joined, told_once
from crm_lessons.data.places import Located


def read(
    located: Located, plain: Schema, options: Options, others: list[str], latest: dt.date | None
) -> dict[str, Any]:
    """What makes up the `Table` of these places; DataFaults with every fault."""
    chosen = [*others, *options.leave_out, *options.minus]
    findings = Findings(notes=list(located.notes))
    described = _choosing.with_others(plain, chosen)
    parts, kinds = _recognising.parts_of(located, described, options, findings)
    whole = _choosing.with_others(described, [*kinds, *_further.NAMES])
    if plain.name == "orders":
        parts = _currencies.beside(parts, wanted=_choosing.CURRENCY in chosen)
        more = [*chosen, *kinds, _choosing.CURRENCY]
        parts = _without_gaps(parts, whole, more, options, findings)
    _choosing.check_there(parts, [*chosen, *_own_words.columns(plain.name, options)], findings)
    written = {name: getattr(options, name) for name in ("decimal", "dates", "sales_on")}
    written["clock"] = Clock(options.zone, options.written_in)
    frames = [_parts.typed(part, whole, findings, **written) for part in parts]
    if not frames:
        findings.stop()
    frame = _refunds.of_receivers(_frame(frames, parts), parts)
    frame = _orders.flipped(frame, findings) if options.flip_returns else frame
    frame = _as_asked(frame, options, findings)
    frame = _own_words.as_codes(frame, plain.name, options, parts, findings)
    no_sale = _statuses.without_amount(frame, kinds) if kinds else pl.lit(False)
    frame = frame.with_columns(no_sale.alias(NO_SALE))
    told = Reading(parts, whole, options, located.name, findings)
    twice = _duplicates.repeated(parts) if not options.keep_repeats else _duplicates.NONE
    if plain.name == "orders":
        frame = _order_rules.applied(frame, told, kinds)
    kept = set_aside.kept(whole, frame)
    _note_hidden(frame.filter(kept), parts, findings)
    earliest = dt.date.fromisoformat(options.earliest) if options.earliest else None
    figures = set_aside.figures(whole, frame)
    asked = pl.col(set_aside.ASKED) if set_aside.ASKED in frame.collect_schema() else pl.lit(False)
    found = _checks.run(
        frame, parts, whole, kept & ~asked, latest, findings, earliest=earliest, beside=figures
    )
    if plain.name == "orders":
        staying = set_aside.staying(frame, whole, found)
        same = _order_rules.check(staying, told, others, twice, found)
        frame = frame.with_columns(pl.col("customer_id").replace(same)) if same else frame
    elif not options.keep_repeats:
        staying = set_aside.staying(frame, whole, found)
        _one_each.check(staying, parts, plain, twice, findings)
    _own_words.ask(frame.filter(kept), plain.name, located.name, parts, findings)
    if not _order_rules.are_questions(findings):
        findings.stop()
    lines, counts, amounts = set_aside.split(frame, parts, whole, twice, found)
    if counts.get("missing_customer") or counts["duplicate_row"]:
        set_aside.check_share(frame, twice, found, options, located.name, findings)
    findings.stop()
    if lines.head(1).pipe(collected).is_empty():
        findings.fault("no_lines_left", located.name)
        findings.stop()
    if plain.name == "orders":
        lines = _folding.folded(lines, _folding.OF_ORDERS, located.name, findings)
        _customer_ids.note(lines, parts, findings)
    return dict(
        lines=_choosing.outer(lines, [n for n in described.fields if n in lines.collect_schema()]),
        set_aside=counts,
        fingerprint=files.fingerprint([part.raw.digest() for part in parts]),
        source=located.name,
        schema=plain.name,
        set_aside_amount=amounts,
        notes=told_once(findings.notes),
        currency=options.currency.upper() or _choosing.currency_of(lines, parts, findings),
    )


def _without_gaps(
    parts: list[Part], schema: Schema, more: Sequence[str], options: Options, findings: Findings
) -> list[Part]:
    """Parts without sums among their lines, and with the fields of orders on each line of them."""
    parts = [_sums.without(part, findings, options.decimal) for part in parts]
    parts = [_filling.filled(part, schema, more, options, findings) for part in parts]
    if options.fill_down and all(note.key != "filled_down" for note in findings.notes):
        told = dict(option="fill_down", value="true")
        findings.note("option_unused", file=joined([part.raw.file for part in parts]), **told)
    return parts


def _as_asked(frame: pl.LazyFrame, options: Options, findings: Findings) -> pl.LazyFrame:
    """The frame with a mark on lines to be left out, and a minus on those that count so."""
    frame = frame.with_columns(_choosing.marked(options.leave_out, frame).alias(LEFT_OUT))
    if options.minus:
        frame = _orders.negated(frame, _choosing.marked(options.minus, frame))
    for name in ("leave_out", "minus"):
        _choosing.note_unmatched(name, getattr(options, name), frame, findings)
    return frame


def _note_hidden(lines: pl.LazyFrame, parts: Sequence[Part], findings: Findings) -> None:
    """Say how many lines stand in hidden rows of a sheet, and what they amount to."""
    for part in (one for one in parts if one.raw.hidden):
        rows = pl.Series(sorted(part.raw.hidden), dtype=pl.UInt32)
        found = lines.filter(pl.col("file") == part.number, pl.col("row").is_in(rows.implode()))
        count, amount = set_aside.sums(found)
        if count:
            findings.note("hidden_rows", file=part.raw.file, count=count, amount=amount)


def _frame(frames: list[pl.LazyFrame], read_parts: list[Part]) -> pl.LazyFrame:
    """All files as one frame. Text is parsed once, here; a Parquet file stays lazy."""
    frame = pl.concat(frames, how="diagonal") if len(frames) > 1 else frames[0]
    if all(part.raw.kind == "parquet" for part in read_parts):
        return frame
    return frame.pipe(collected).lazy()
