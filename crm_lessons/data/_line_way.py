"""Tables of lines, orders above all: headings, types, checks, what is set aside."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl

from crm_lessons.data import (
    _checks,
    _choosing,
    _customer_ids,
    _date_parts,
    _datev,
    _duplicates,
    _durations,
    _exports,
    _filling,
    _folding,
    _further,
    _groups,
    _heading_rows,
    _headings,
    _minor_units,
    _order_rules,
    _orders,
    _own_words,
    _parts,
    _pivots,
    _raws,
    _refunds,
    _sides,
    _statuses,
    _suggesting,
    _sums,
    _taxes,
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
    parts, kinds = parts_of(located, described, options, findings)
    whole = _choosing.with_others(described, [*kinds, *_further.NAMES])
    _choosing.check_there(parts, [*chosen, *_own_words.columns(plain.name, options)], findings)
    if plain.name == "orders":
        more = [*chosen, *kinds, _choosing.CURRENCY]
        parts = _without_gaps(parts, whole, more, options, findings)
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


def parts_of(
    located: Located, schema: Schema, options: Options, findings: Findings
) -> tuple[list[Part], dict[str, str]]:
    """The parts of a table, and the columns that say what became of an order, with their kind."""
    columns = {**located.columns, **options.columns}
    _headings.check_names(columns, schema)
    is_orders = schema.name == "orders"

    def score(row: Sequence[str]) -> int:
        mapped = {_headings.plain(h) for h in columns.values()} & {_headings.plain(c) for c in row}
        by_export = _exports.score(row) if is_orders else 0
        return max(_headings.recognised(row, schema), by_export) + len(mapped)

    score.joins_rows = is_orders
    found, kinds = [], {}
    for number, raw in enumerate(_raws.of(located, score, options, findings)):
        raw = _heading_rows.joined(raw, schema, score, findings) if is_orders else raw
        if raw is None:
            continue
        raw = _datev.understood(raw, findings) if is_orders else raw
        export = _exports.recognised(raw.headings) if is_orders else None
        part = _part(raw, schema, columns, export, number, options, findings)
        if part is not None and is_orders:
            part = _refunds.with_money(part, schema) if "returned" not in columns else part
            part = _further.found(_refunds.found(part, schema))
            part, own = _with_statuses(part, schema)
            kinds |= own
        if part is not None:
            found.append(part)
            _note_columns(part, schema, findings)
    return found, kinds


def _part(
    raw, schema: Schema, columns, export, number: int, options: Options, findings: Findings
) -> Part | None:
    """The recognised columns of a raw table; what is asked for goes before what is known."""
    by_export = export.mapping(raw.headings) if export else {}
    by_export = {n: h for n, h in by_export.items() if n not in columns and n in schema.fields}
    asked = {_headings.plain(h) for h in columns.values()}
    by_export = {n: h for n, h in by_export.items() if _headings.plain(h) not in asked}

    def suggest(field, free):
        return _suggesting.best(field, _suggesting.columns(raw.frame, raw.headings, free))

    both = {**by_export, **columns}
    if schema.name == "orders":
        raw = _groups.spread(raw, schema, both, findings)
        raw = _date_parts.joined(raw, schema, both, findings)
        raw = _sides.joined(raw, schema, both, options.sales_on, findings)
        both |= _taxes.settled(raw, schema, both, findings)
        if _pivots.is_one(raw.headings, schema, both, findings, raw.file):
            return None
    raw, both = _durations.settled(raw, schema, both, findings, options.durations)
    places = _headings.match(raw.headings, schema, both, findings, raw.file, suggest)
    if not places:
        return None
    if by_export:
        told = ", ".join(f"{name} = {heading}" for name, heading in by_export.items())
        findings.note("known_export", file=raw.file, system=export.title, columns=told)
    scales = _headings.scales(places, raw.headings, schema, findings, raw.file)
    if export and export.minor_units:
        scales |= _minor_units.scales(raw, places, schema, findings)
    return Part(raw, places, number, scales, export)


def _with_statuses(part: Part, schema: Schema) -> tuple[Part, dict[str, str]]:
    """The part with the columns that say what became of an order, if they are no field already."""
    own = _statuses.columns(part.raw.headings, part.export)
    free = [i for i in range(len(part.raw.headings)) if i not in part.places.values()]
    if not part.export and len(free) <= _statuses.WIDE:
        own |= _statuses.by_values(_suggesting.columns(part.raw.frame, part.raw.headings, free))
    positions = {h.strip(): i for i, h in reversed(list(enumerate(part.raw.headings)))}
    names = {position: name for name, position in part.places.items()}
    kinds, places = {}, dict(part.places)
    for heading, kind in own.items():
        name = names.get(positions[heading], heading)
        if name in schema.fields and schema.fields[name].type != "string":
            continue  # returned: a column with rules of its own
        kinds[name] = kind
        places[name] = positions[heading]
    return dataclasses.replace(part, places=places), kinds


def _note_columns(part: Part, schema: Schema, findings: Findings) -> None:
    """Say which columns are left out, and which ids may have lost their zeros in Excel."""
    used = {*part.places.values(), *part.raw.beside, *_sides.used(part.raw)}
    left = [h.strip() for i, h in enumerate(part.raw.headings) if i not in used and h.strip()]
    if left:
        findings.note("columns_left_out", file=part.raw.file, headings=", ".join(left))
    known = {n: i for n, i in part.places.items() if n in schema.fields}
    ids = [n for n, i in known.items() if schema.fields[n].is_id and i in part.raw.numeric]
    if ids:
        told = ", ".join(part.raw.headings[part.places[name]] for name in ids)
        findings.note("ids_are_numbers", file=part.raw.file, headings=told)


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
