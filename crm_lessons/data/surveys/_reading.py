"""A survey's files → one row per respondent, checked against the questionnaire."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from crm_lessons.data import _checks, _folding, _parts, samples
from crm_lessons.data import _headings as plain_headings
from crm_lessons.data._collecting import collected
from crm_lessons.data._parts import NO_LINE, Part
from crm_lessons.data._raw import Raw
from crm_lessons.data._schema import Field, Schema
from crm_lessons.data.findings import LISTED, Findings
from crm_lessons.data.questionnaire import Questionnaire
from crm_lessons.data.surveys import (
    _as_exported,
    _days,
    _gaps,
    _heading_rows,
    _headings,
    _notes,
    _option_marks,
    _option_numbers,
    _points,
    _repeats,
    _respondents,
)
from crm_lessons.data.surveys import _long as long
from crm_lessons.data.surveys import _wide as wide
from crm_lessons.data.surveys._headings import Names
from crm_lessons.data.surveys._loading import questionnaire


def asked(source: object, schema: object) -> Questionnaire | None:
    """The questionnaire that a survey is read by; None for every other table."""
    if isinstance(schema, Questionnaire):
        return schema
    by_file = str(schema).lower().endswith((".yaml", ".yml"))
    if by_file or schema in samples.SURVEYS:
        return questionnaire(schema)
    sample = isinstance(source, str) and source in samples.SURVEYS
    return questionnaire(source) if sample and schema == "orders" else None


def with_others(asked: Questionnaire, names: Iterable[str]) -> Questionnaire:
    """The questionnaire with further columns of the file, by their headings, as plain text.

    One that a file does not have is no fault here: it may be a column of the order lines.
    """
    known = {*asked.columns, *asked.questions}
    wanted = [name for name in names if _headings.column_of(name, asked) not in known]
    new = {name: _respondents.other(name) for name in wanted}
    return replace(asked, columns={**asked.columns, **new}, others=tuple(new)) if new else asked


def as_schema(asked: Questionnaire) -> Schema:
    """Columns and questions as one schema: the names that `columns` may map."""
    fields = {q.name: Field(q.name, "number", q.text) for q in asked.questions.values()}
    fields |= {name: Field(name, "string", {}) for name in ("question", "answer")}  # of a long file
    return Schema(asked.name, {**asked.columns, **fields})


def read(
    raws: Sequence[Raw],
    asked: Questionnaire,
    columns: Mapping[str, str],
    latest: dt.date | None,
    findings: Findings,
) -> tuple[pl.DataFrame, dict[str, int]]:
    """All files of one survey together, and what was set aside. Faults go to ``findings``."""
    names = Names(asked)
    files = [_file(raw, i, asked, names, columns, findings) for i, raw in enumerate(raws)]
    if not files:
        findings.stop()
    parts_read = [one.part for one in files]
    numbered = all("respondent_id" in part.places for part in parts_read)
    needed = _schema(asked, {"respondent_id"} if numbered else set())
    typed = pl.concat([one.typed for one in files], how="diagonal").lazy()
    _checks.run(typed, parts_read, needed, pl.lit(True), latest, findings)
    made = [_people(one, asked, names, findings) for one in files]
    file, counts = parts_read[0].raw.file, [missing for _, missing in made]
    _gaps.check(counts, asked, file, findings)
    findings.stop()
    frame = pl.concat([people for people, _ in made], how="diagonal")
    frame = _folding.folded(frame.lazy(), _folding.OF_SURVEYS, file, findings).pipe(collected)
    _check_weights(frame, asked, parts_read, findings)
    _gaps.check_among(frame, asked, file, findings)
    for checked in (_option_numbers, _points):
        checked.check(frame, asked, counts, file, findings)
    _note_missing(counts, findings)
    _notes.ids(frame, findings)
    kept, set_aside = _repeats.kept(frame, asked, parts_read, findings)
    no_lines = sum(one.no_lines for one in files)
    more = {"no_line": no_lines} if no_lines else {}
    return _in_order(kept, asked), {**more, **set_aside}


@dataclass(frozen=True)
class _File:
    """A file, its respondent columns read, and where its answers stand."""

    part: Part
    typed: pl.DataFrame
    wide: Mapping[str, int]
    long: tuple[int, int] | None
    no_lines: int = 0  # sums and remarks below the answers


def _file(raw: Raw, number: int, asked, names: Names, columns, findings: Findings) -> _File:
    if long.places(raw.headings, names, columns) is None:
        raw = _as_exported.undone(raw)
        raw = _heading_rows.joined(raw, asked, names, findings)
    asked_by_hand = {n: h for n, h in columns.items() if n in asked.questions}
    where = long.places(raw.headings, names, columns)
    wide_places = {}
    if where is None:
        told = (names, asked_by_hand, findings, raw.file)
        wide_places = _headings.match_questions(raw.headings, *told)
    taken = {*wide_places.values(), *(where or ())}
    free = ["" if i in taken else _headings.asked_for(h) for i, h in enumerate(raw.headings)]
    if where is None:
        left = [h for i, h in enumerate(raw.headings) if i not in taken]
        _headings.report_missing(wide_places, left, asked, findings, raw.file)
    others = {n: _headings.asked_for(h) for n, h in columns.items() if n in asked.columns}
    found = {}
    free = _respondents.without_rivals(free, asked.columns, others)
    if others or plain_headings.recognised(free, asked.schema):
        found = plain_headings.match(free, asked.schema, others, findings, raw.file)
    # A long file says by its response numbers which answers belong together.
    spared = {*asked.others} if where else {*asked.others, "respondent_id"}
    wanted = [name for name in asked.columns if name not in {*spared, *found, *others}]
    _headings.report_columns(wanted, free, asked, findings, raw.file)
    if "answered_on" in found:
        raw = _with_days(raw, found["answered_on"], asked, findings)
    raw = _option_marks.undone(raw, found, asked, findings)
    part = Part(raw, found, number)
    _notes.left_out(part, taken, findings)
    _notes.doubtful(raw, findings)
    typed = _parts.typed(part, asked.schema, findings, strict=True).pipe(collected)
    numeric = [name for name, place in found.items() if place in raw.numeric]
    if "customer_id" in numeric:
        findings.note("ids_are_numbers", file=raw.file, headings=raw.headings[found["customer_id"]])
    no_lines = typed.filter(NO_LINE)["row"]
    if len(no_lines):
        answers = raw.frame.filter(~pl.col("row").is_in(no_lines.implode()))
        part = replace(part, raw=replace(raw, frame=answers))
        typed = typed.filter(~pl.col(NO_LINE))
    return _File(part, typed, wide_places, where, len(no_lines))


def _with_days(raw: Raw, place: int, asked: Questionnaire, findings: Findings) -> Raw:
    told = dict(heading=" ".join(raw.headings[place].split()), questionnaire=asked.source)
    return replace(raw, frame=_days.readable(raw, place, asked.day_order, findings, told))


def _people(one: _File, asked: Questionnaire, names: Names, findings: Findings):
    """One row per respondent with all answers; and the answers that are missing."""
    if one.long is None:
        answers, missing = wide.codes(one.part, one.typed, one.wide, asked, findings)
        people = _numbered(one.typed, one.part.number)
        return pl.concat([people, answers.drop("row")], how="horizontal"), missing
    if "respondent_id" not in one.typed.columns:
        return one.typed, {}  # a fault already
    answers, missing = long.codes(one.part, one.typed, one.long, asked, names, findings)
    heading = [one.part.raw.headings[place] for place in one.long]
    _headings.report_missing(missing, heading, asked, findings, one.part.raw.file)
    about = long.people(one.typed, asked, one.part, findings)
    return about.join(answers, on="respondent_id", how="left", maintain_order="left"), missing


def _check_weights(frame: pl.DataFrame, asked: Questionnaire, parts_read, findings: Findings):
    """Nobody can say for the reader what an answer without a weight should count."""
    if "weight" not in frame.columns:
        return
    if frame.height and (frame["weight"] == 0).fill_null(False).all():
        findings.fault("weights_all_zero", parts_read[0].raw.file)
    missing = frame.filter(pl.col("weight").is_null()).sort("file", "row")
    by_number = {part.number: part for part in parts_read}
    faults = []
    for file, row in missing.select("file", "row").head(LISTED).rows():
        part = by_number[file]
        known = "weight" in part.places
        heading = part.heading(asked.columns["weight"]) if known else "weight"
        faults.append(part.fault("weight_missing", row, heading, None, {}, {}))
    findings.add(faults, missing.height)


def _schema(asked: Questionnaire, required: set[str]) -> Schema:
    """The respondent columns, these of them required: as columns, or in every cell."""
    fields = {n: replace(f, required=n in required) for n, f in asked.columns.items()}
    return Schema(asked.name, fields)


def _numbered(frame: pl.DataFrame, file: int) -> pl.DataFrame:
    """A file without response numbers: the row in the file is the number, 2-17 in a second one."""
    if "respondent_id" in frame.columns:
        return frame
    row = pl.col("row").cast(pl.String).str.zfill(len(str(frame["row"].max() or 0)))
    number = pl.format("{}-{}", pl.lit(file + 1), row) if file else row
    return frame.with_columns(number.alias("respondent_id"))


def _note_missing(missing: Sequence[Mapping], findings: Findings) -> None:
    total = {kind: 0 for kind in (wide.EMPTY, wide.CODED)}
    for gaps in missing:
        for counts in gaps.values():
            for kind in total:
                total[kind] += counts.get(kind, 0)
    if any(total.values()):
        findings.note("answers_missing", **total)


def _in_order(frame: pl.DataFrame, asked: Questionnaire) -> pl.DataFrame:
    wanted = [*asked.columns, *asked.questions]
    return frame.select([name for name in wanted if name in frame.columns])
