"""Which columns of a file are which: its tables with the places of the fields they hold."""

import dataclasses
from collections.abc import Sequence

from crm_lessons.data import (
    _date_parts,
    _datev,
    _discounts,
    _durations,
    _exports,
    _further,
    _groups,
    _heading_rows,
    _headings,
    _headless,
    _minor_units,
    _pivots,
    _raws,
    _refunds,
    _sides,
    _statuses,
    _suggesting,
    _taxes,
)
from crm_lessons.data._options import Options
from crm_lessons.data._parts import Part
from crm_lessons.data._raw import Raw, Score
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import Findings
from crm_lessons.data.places import Located


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
        raw = _with_headings(raw, schema, score, findings) if is_orders else raw
        if raw is None:
            continue
        raw = _datev.understood(raw, findings) if is_orders else raw
        export = _exports.recognised(raw.headings) if is_orders else None
        part = _part(raw, schema, columns, export, number, options, findings)
        if part is not None and is_orders:
            part = _refunds.with_money(part, schema) if "returned" not in columns else part
            asked = _refunds.REFUNDED in columns
            part = _further.found(_refunds.found(part, schema, findings, asked=asked))
            part = _discounts.found(part, schema, findings)
            part, own = _with_statuses(part, schema)
            kinds |= own
        if part is not None:
            found.append(part)
            _note_columns(part, schema, findings)
    return found, kinds


def _with_headings(raw: Raw, schema: Schema, score: Score, findings: Findings) -> Raw | None:
    """The table under one row of headings; None, and a fault, where only a person can name them."""
    named = None if score(raw.headings) else _headless.numbered(raw)
    if named and not score(named.headings):
        _headless.ask(named, findings)
        return None
    return _heading_rows.joined(named or raw, schema, score, findings)


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
