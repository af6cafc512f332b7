"""Reading a table: the one door through which data comes in."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from crm_lessons.data import (
    _checks,
    _choosing,
    _headings,
    _orders,
    _parts,
    databases,
    files,
    places,
)
from crm_lessons.data import _schema as schemas
from crm_lessons.data import (
    _set_aside as set_aside,
)
from crm_lessons.data._parts import LEFT_OUT, Part
from crm_lessons.data._raw import Raw, Score
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import Findings, Note, told_once
from crm_lessons.data.places import Located, Source, SqlPlace
from crm_lessons.data.questionnaire import Questionnaire
from crm_lessons.data.surveys import _reading as surveys


@dataclass(frozen=True)
class Table:
    """A table that has passed every check.

    ``lines``: lazy, one row per line, columns named and typed as in datapackage.json; unknown
    columns are left out. ``set_aside``: reason → number of rows not in ``lines``;
    ``set_aside_amount``: reason → their amount. ``notes``: worth knowing, nothing to mend.
    """

    lines: pl.LazyFrame
    set_aside: Mapping[str, int]
    fingerprint: str
    source: str
    schema: str = "orders"
    set_aside_amount: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    questionnaire: Questionnaire | None = None  # of a survey

    @property
    def columns(self) -> list[str]:
        """The names of the columns of ``lines``."""
        return self.lines.collect_schema().names()


def read(
    source: Source,
    schema: str | Questionnaire = "orders",
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    latest: dt.date | str | None = None,
    others: Iterable[str] = (),
    leave_out: Mapping[str, str] | None = None,
    flip_returns: bool = False,
) -> Table:
    """Read a table and check all of it: either every cell is sound, or all faults are raised.

    ``source`` is the name of a sample (shop, dealers, complete_journey), a CSV, TSV, Excel or
    Parquet file, a folder of them, a pattern such as ``orders_*.csv``, a table or stored query of
    a database (``sql:sales/orders``, see `connections`), or a list of these that make one table.
    ``columns`` maps a field to its heading in the file where it is not recognised. ``encoding`` is
    needed for text in Big5 and the like only. ``latest``: no date may lie after it. ``others``
    names further columns of the file to be kept, as text. ``leave_out`` maps a column to values
    whose lines are set aside: ``{"customer_id": "walk-in|staff*"}``. ``flip_returns``: amounts of
    lines marked as returned are positive there and count as minus.

    ``schema`` is a kind of table, or a questionnaire (`data.questionnaire`) for a survey: then
    ``lines`` has one row per respondent with the columns of the questionnaire, answers as codes.

    Raises `errors.DataFaults` with every fault, `errors.CrmError` if there is no such file.

    >>> read("shop").lines.collect_schema()["order_date"]
    Date
    """
    asked = surveys.asked(source, schema)
    if asked is not None:
        return _survey(source, asked, dict(columns or {}), encoding, _as_date(latest))
    leaving = dict(leave_out or {})
    chosen = [*others, *leaving]
    described = _choosing.with_others(schemas.load(schema), chosen)
    located = places.locate(source, schema)
    mapping = {**located.columns, **(columns or {})}
    _headings.check_names(mapping, described)
    findings = Findings(notes=list(located.notes))
    read_parts = _read_parts(located, described, mapping, encoding, findings)
    _choosing.check_there(read_parts, chosen, findings)
    frames = [_parts.typed(part, described, findings) for part in read_parts]
    if not frames:
        findings.stop()
    frame = _frame(frames, read_parts)
    frame = _orders.flipped(frame) if flip_returns else frame
    frame = frame.with_columns(_choosing.left_out(leaving, frame).alias(LEFT_OUT))
    kept = set_aside.kept(described, frame)
    _checks.run(frame, read_parts, described, kept, _as_date(latest), findings)
    if schema == "orders":
        _orders.check(frame.filter(kept), read_parts, described, findings)
        _choosing.check_currencies(frame.filter(kept), read_parts, chosen, located.name, findings)
    findings.stop()
    lines, counts, amounts = set_aside.split(frame, read_parts, described)
    if lines.head(1).collect().is_empty():
        findings.fault("no_lines_left", located.name)
        findings.stop()
    known = [name for name in described.fields if name in frame.collect_schema()]
    return Table(
        lines=lines.select(known),
        set_aside=counts,
        fingerprint=files.fingerprint([part.raw.digest() for part in read_parts]),
        source=located.name,
        schema=schema,
        set_aside_amount=amounts,
        notes=told_once(findings.notes),
    )


def _survey(source: Source, asked: Questionnaire, columns, encoding, latest) -> Table:
    """A survey: answers read by its questionnaire, one row per respondent."""
    located = places.locate(source, asked.name)
    _headings.check_names(columns, surveys.as_schema(asked))
    findings = Findings(notes=list(located.notes))
    score = surveys.scorer(asked)
    raws = [_read_raw(place, score, encoding, findings) for place in located.places]
    found = [raw for raw in raws if raw is not None]
    frame, set_aside = surveys.read(found, asked, columns, latest, findings)
    if frame.is_empty():
        findings.fault("no_answers_left", located.name)
        findings.stop()
    return Table(
        lines=frame.lazy(),
        set_aside=set_aside,
        fingerprint=files.fingerprint([raw.digest() for raw in found]),
        source=located.name,
        schema=asked.name,
        notes=told_once(findings.notes),
        questionnaire=asked,
    )


def _read_parts(located: Located, schema: Schema, columns, encoding, findings) -> list[Part]:
    def score(row: Sequence[str]) -> int:
        mapped = {_headings.plain(h) for h in columns.values()} & {_headings.plain(c) for c in row}
        return _headings.recognised(row, schema) + len(mapped)

    found = []
    for number, place in enumerate(located.places):
        raw = _read_raw(place, score, encoding, findings)
        if raw is None:
            continue
        fields = _headings.match(raw.headings, schema, columns, findings, raw.file)
        if fields:
            scales = _headings.scales(fields, raw.headings, schema, findings, raw.file)
            found.append(Part(raw, fields, number, scales))
            _note_columns(found[-1], schema, findings)
    return found


def _read_raw(place: places.Place, score: Score, encoding, findings: Findings) -> Raw | None:
    if isinstance(place, SqlPlace):
        return databases.read_raw(place, findings)
    return files.read_raw(place, score, encoding or None, findings)


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


def _as_date(day: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day and isinstance(day, str) else day or None
