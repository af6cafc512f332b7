"""Tables of lines, orders above all: headings, types, checks, what is set aside."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl

from crm_lessons.data import _checks, _choosing, _headings, _orders, _parts, _raws, files
from crm_lessons.data import _set_aside as set_aside
from crm_lessons.data._options import Options
from crm_lessons.data._parts import LEFT_OUT, Part
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import Findings, told_once
from crm_lessons.data.places import Located


def read(
    located: Located, plain: Schema, options: Options, others: list[str], latest: dt.date | None
) -> dict[str, Any]:
    """What makes up the `Table` of these places; DataFaults with every fault."""
    leaving = options.leave_out
    chosen = [*others, *leaving]
    described = _choosing.with_others(plain, chosen)
    mapping = {**located.columns, **options.columns}
    _headings.check_names(mapping, described)
    findings = Findings(notes=list(located.notes))
    read_parts = _read_parts(located, described, mapping, options, findings)
    _choosing.check_there(read_parts, chosen, findings)
    written = dict(decimal=options.decimal, dates=options.dates)
    frames = [_parts.typed(part, described, findings, **written) for part in read_parts]
    if not frames:
        findings.stop()
    frame = _frame(frames, read_parts)
    frame = _orders.flipped(frame) if options.flip_returns else frame
    frame = frame.with_columns(_choosing.left_out(leaving, frame).alias(LEFT_OUT))
    kept = set_aside.kept(described, frame)
    earliest = dt.date.fromisoformat(options.earliest) if options.earliest else None
    _checks.run(frame, read_parts, described, kept, latest, findings, earliest=earliest)
    if plain.name == "orders":
        _orders.check(frame.filter(kept), read_parts, described, findings)
        _choosing.check_currencies(frame.filter(kept), read_parts, chosen, located.name, findings)
    findings.stop()
    lines, counts, amounts = set_aside.split(frame, read_parts, described)
    if lines.head(1).collect().is_empty():
        findings.fault("no_lines_left", located.name)
        findings.stop()
    known = [name for name in described.fields if name in frame.collect_schema()]
    return dict(
        lines=lines.select(known),
        set_aside=counts,
        fingerprint=files.fingerprint([part.raw.digest() for part in read_parts]),
        source=located.name,
        schema=plain.name,
        set_aside_amount=amounts,
        notes=told_once(findings.notes),
        currency=options.currency,
    )


def _read_parts(located: Located, schema: Schema, columns, options, findings) -> list[Part]:
    def score(row: Sequence[str]) -> int:
        mapped = {_headings.plain(h) for h in columns.values()} & {_headings.plain(c) for c in row}
        return _headings.recognised(row, schema) + len(mapped)

    found = []
    for number, raw in enumerate(_raws.of(located, score, options, findings)):
        fields = _headings.match(raw.headings, schema, columns, findings, raw.file)
        if fields:
            scales = _headings.scales(fields, raw.headings, schema, findings, raw.file)
            found.append(Part(raw, fields, number, scales))
            _note_columns(found[-1], schema, findings)
    return found


def _note_columns(part: Part, schema: Schema, findings: Findings) -> None:
    """Say which columns are left out, and which ids may have lost their zeros in Excel."""
    used = set(part.places.values())
    left = [h.strip() for i, h in enumerate(part.raw.headings) if i not in used and h.strip()]
    if left:
        findings.note("columns_left_out", file=part.raw.file, headings=", ".join(left))
    ids = [n for n, i in part.places.items() if schema.fields[n].is_id and i in part.raw.numeric]
    if ids:
        told = ", ".join(part.raw.headings[part.places[name]] for name in ids)
        findings.note("ids_are_numbers", file=part.raw.file, headings=told)


def _frame(frames: list[pl.LazyFrame], read_parts: list[Part]) -> pl.LazyFrame:
    """All files as one frame. Text is parsed once, here; a Parquet file stays lazy."""
    frame = pl.concat(frames, how="diagonal") if len(frames) > 1 else frames[0]
    if all(part.raw.kind == "parquet" for part in read_parts):
        return frame
    return frame.collect(engine="streaming").lazy()
