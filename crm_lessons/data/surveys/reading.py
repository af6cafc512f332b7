"""A survey's files → one row per respondent, checked against the questionnaire."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from crm_lessons.data import checks, parts, samples
from crm_lessons.data import headings as plain_headings
from crm_lessons.data.findings import Findings
from crm_lessons.data.parts import Part
from crm_lessons.data.questionnaire import Questionnaire, questionnaire
from crm_lessons.data.raw import Raw, Score
from crm_lessons.data.schema import Field, Schema
from crm_lessons.data.surveys import headings, repeats, wide
from crm_lessons.data.surveys.headings import Names


def asked(source: object, schema: object) -> Questionnaire | None:
    """The questionnaire that a survey is read by; None for every other table."""
    if isinstance(schema, Questionnaire):
        return schema
    by_file = str(schema).lower().endswith((".yaml", ".yml"))
    if by_file or schema in samples.SURVEYS:
        return questionnaire(schema)
    sample = isinstance(source, str) and source in samples.SURVEYS
    return questionnaire(source) if sample and schema == "orders" else None


def as_schema(asked: Questionnaire) -> Schema:
    """Columns and questions as one schema: the names that `columns` may map."""
    fields = {q.name: Field(q.name, "number", q.text) for q in asked.questions.values()}
    return Schema(asked.name, {**asked.columns, **fields})


def scorer(asked: Questionnaire) -> Score:
    """What tells the heading row of a survey from other rows."""
    names = Names(asked)
    return lambda row: headings.score(row, asked, names)


def read(
    raws: Sequence[Raw],
    asked: Questionnaire,
    columns: Mapping[str, str],
    latest: dt.date | None,
    findings: Findings,
) -> tuple[pl.DataFrame, dict[str, int]]:
    """All files of one survey together, and what was set aside. Faults go to ``findings``."""
    names = Names(asked)
    read_parts, frames, missing = [], [], []
    for number, raw in enumerate(raws):
        part, places = _part(raw, number, asked, names, columns, findings)
        read_parts.append(part)
        answers, gaps = wide.codes(part, places, asked, findings)
        typed = parts.typed(part, asked.schema, findings).collect(engine="streaming")
        typed = _numbered(typed, len(raws) > 1)
        frames.append(pl.concat([typed, answers.drop("row")], how="horizontal"))
        missing.append(gaps)
    if not frames:
        findings.stop()
    frame = pl.concat(frames, how="diagonal")
    needed = _schema(asked, {"respondent_id"} if _all_numbered(read_parts) else set())
    checks.run(frame.lazy(), read_parts, needed, pl.lit(True), latest, findings)
    findings.stop()
    _note_missing(missing, findings)
    kept, set_aside = repeats.kept(frame, asked, read_parts, findings)
    return _in_order(kept, asked), set_aside


def _part(raw, number: int, asked: Questionnaire, names: Names, columns, findings: Findings):
    """The file with its respondent columns placed, and the places of the questions."""
    questions = {n: h for n, h in columns.items() if n in asked.questions}
    told = (names, questions, findings, raw.file)
    places = headings.match_questions(raw.headings, asked, *told)
    headings.report_missing(places, raw.headings, asked, findings, raw.file)
    free = [h if i not in places.values() else "" for i, h in enumerate(raw.headings)]
    others = {n: h for n, h in columns.items() if n not in asked.questions}
    wanted = _schema(asked, set(asked.columns) - {"respondent_id"})
    found = {}
    if wanted.required or plain_headings.recognised(free, wanted):
        found = plain_headings.match(free, wanted, others, findings, raw.file)
    part = Part(raw, found, number)
    used = {*places.values(), *found.values()}
    left = [" ".join(h.split()) for i, h in enumerate(raw.headings) if i not in used and h.strip()]
    if left:
        findings.note("columns_left_out", file=raw.file, headings=", ".join(left))
    return part, places


def _schema(asked: Questionnaire, required: set[str]) -> Schema:
    """The respondent columns, these of them required: as columns, or in every cell."""
    fields = {n: replace(f, required=n in required) for n, f in asked.columns.items()}
    return Schema(asked.name, fields)


def _all_numbered(read_parts: Sequence[Part]) -> bool:
    return all("respondent_id" in part.places for part in read_parts)


def _numbered(frame: pl.DataFrame, many: bool) -> pl.DataFrame:
    """A file without response numbers: the row in the file is the number."""
    if "respondent_id" in frame.columns:
        return frame
    row = pl.col("row").cast(pl.String)
    number = pl.format("{}-{}", pl.col("file") + 1, row) if many else row
    return frame.with_columns(number.alias("respondent_id"))


def _note_missing(missing: Sequence[Mapping], findings: Findings) -> None:
    total = {kind: 0 for kind in (wide.EMPTY, wide.CODED)}
    for gaps in missing:
        for counts in gaps.values():
            for kind, count in counts.items():
                total[kind] += count
    if any(total.values()):
        findings.note("answers_missing", **total)


def _in_order(frame: pl.DataFrame, asked: Questionnaire) -> pl.DataFrame:
    wanted = [*asked.columns, *asked.questions]
    return frame.select([name for name in wanted if name in frame.columns])
