"""Who answered twice: repeated rows, a number used twice, a customer who answered again."""

from collections.abc import Sequence

import polars as pl

from crm_lessons.data._parts import Part
from crm_lessons.data.findings import LISTED, Findings
from crm_lessons.data.questionnaire import Questionnaire


def kept(
    frame: pl.DataFrame, asked: Questionnaire, parts: Sequence[Part], findings: Findings
) -> tuple[pl.DataFrame, dict[str, int]]:
    """The answers that count, and how many do not, by reason.

    A row without any answer, and a row that repeats another in every column, are set aside. One
    response number with different contents is a fault. A customer who answers again in the same
    round counts as ``asked.repeats`` says: the last answer, the first, all, or a fault.
    """
    counts: dict[str, int] = {}
    questions = [name for name in asked.questions if name in frame.columns]
    silent = pl.all_horizontal(pl.col(questions).is_null())
    frame = _apart(frame, ~silent, "no_answers", counts)
    about = [name for name in (*asked.columns, *questions) if name in frame.columns]
    frame = _apart(frame, pl.struct(about).is_first_distinct(), "same_answers", counts)
    if "respondent_id" in frame.columns:
        again = frame.filter(~pl.col("respondent_id").is_first_distinct())
        _report(again, frame, "respondent_id", "respondent_twice", asked, parts, findings)
    if "customer_id" in frame.columns and asked.repeats != "all":
        frame = _once(frame, asked, parts, findings, counts)
    findings.stop()
    return frame, counts


def _apart(frame: pl.DataFrame, stays: pl.Expr, reason: str, counts: dict) -> pl.DataFrame:
    left = frame.filter(stays)
    counts[reason] = frame.height - left.height
    return left


def _once(frame, asked: Questionnaire, parts, findings: Findings, counts: dict) -> pl.DataFrame:
    """One answer of a customer in a round; those who gave no number cannot repeat."""
    within = [name for name in ("round",) if name in frame.columns]
    key = pl.struct("customer_id", *within)
    order = [name for name in ("answered_on", "file", "row") if name in frame.columns]
    latest_first = asked.repeats == "last"
    ranked = frame.sort(order, descending=latest_first, nulls_last=True, maintain_order=True)
    stays = pl.col("customer_id").is_null() | key.is_first_distinct()
    if asked.repeats == "fault":
        again = ranked.filter(~stays)
        _report(again, ranked, "customer_id", "customer_twice", asked, parts, findings)
        return frame
    left = ranked.filter(stays).sort("file", "row")
    counts["answered_again"] = frame.height - left.height
    return left


def _report(again, frame, name: str, key: str, asked, parts, findings: Findings) -> None:
    by_number = {part.number: part for part in parts}
    firsts = frame.group_by(name, maintain_order=True).agg(pl.col("file", "row").first())
    first = {value: (file, row) for value, file, row in firsts.rows()}
    faults = []
    for row in again.sort("file", "row").head(LISTED).iter_rows(named=True):
        part, (file, line) = by_number[row["file"]], first[row[name]]
        told = dict(first_place=by_number[file].spot(line))
        heading = part.heading(asked.columns[name])
        record = {heading: row[name]}
        faults.append(part.fault(key, row["row"], heading, row[name], record, told))
    findings.add(faults, again.height)
