"""A wide file of answers, one row per respondent: text to codes, every bad answer a fault."""

import dataclasses
from collections.abc import Callable, Mapping

import polars as pl

from crm_lessons import wording
from crm_lessons.data._collecting import collected
from crm_lessons.data._parts import TOTAL_ROW, Part
from crm_lessons.data.findings import LISTED, CountedFault, Findings
from crm_lessons.data.questionnaire import Question, Questionnaire, Scale
from crm_lessons.data.surveys._words import CODED, EMPTY, GAP, Reader, is_bare_number
from crm_lessons.errors import Fault

# Beside what is missing: how many were answered, and of these by a bare number.
NUMBERS, ANSWERED = "numbers", "answered"
Missing = dict[str, dict[str, int]]  # question → why → how often


class Answers:
    """The answers of a scale in the language in use when a message is read."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale

    def __str__(self) -> str:
        return self.scale.told(wording.language())


def codes(
    part: Part,
    typed: pl.DataFrame,
    places: Mapping[str, int],
    asked: Questionnaire,
    findings: Findings,
) -> tuple[pl.DataFrame, Missing]:
    """Columns `row` and one for each question, Float64; and what is missing in each.

    ``typed``: the respondent columns of the same rows; a row of sums is a fault as a whole there.
    """
    cells = part.raw.frame.pipe(collected)
    made, missing = {"row": cells["row"]}, {}
    for name, question in asked.questions.items():
        if name not in places:
            continue
        text = cells[f"c{places[name]}"].cast(pl.String)
        text = text.set(typed[TOTAL_ROW].fill_null(False), None)
        heading = " ".join(part.raw.headings[places[name]].split())
        fault = answer_fault(question, asked, part, typed, heading)

        made[name], missing[name] = coded(text, cells["row"], question, asked, findings, fault)
    return pl.DataFrame(made), missing


def answer_fault(
    question: Question, asked: Questionnaire, part: Part, typed: pl.DataFrame, heading: str
) -> Callable[[int, str, str], Fault]:
    """What makes the fault of an answer that the scale of its question does not know."""
    told = {"answers": Answers(question.scale), "questionnaire": asked.source}

    def fault(row: int, value: str, key: str) -> Fault:
        return part.fault(key, row, heading, value, record(part, asked, typed, row), told)

    return fault


def record(part: Part, asked: Questionnaire, typed: pl.DataFrame, row: int) -> dict[str, str]:
    """What tells a row apart where rows have no numbers: the number of the response."""
    if part.raw.has_row_numbers or "respondent_id" not in part.places:
        return {}
    number = typed.filter(pl.col("row") == row)["respondent_id"][0]
    return {part.heading(asked.columns["respondent_id"]): number}


def coded(
    text: pl.Series,
    rows: pl.Series,
    question: Question,
    asked: Questionnaire,
    findings: Findings,
    fault: Callable[[int, str, str], Fault],
) -> tuple[pl.Series, dict[str, int]]:
    """The codes of one column; people give few different answers, so each text is read once."""
    reader = Reader(question, asked)
    read = {value: reader.read(value) for value in text.unique().to_list()}
    known = {value: code for value, (code, _) in read.items() if code is not None}
    values = text.replace_strict(known, default=None, return_dtype=pl.Float64)
    why = {value: reason for value, (_, reason) in read.items() if reason}
    counts = dict(text.value_counts(name="count").iter_rows())
    gaps = {reason for reason in why.values() if reason.startswith(GAP)}
    bad = {value: key for value, key in why.items() if key not in {EMPTY, CODED, *gaps}}
    if bad:
        wrong = pl.DataFrame({"row": rows, "text": text}).filter(text.is_in(list(bad)))
        firsts = wrong.group_by("text").agg(pl.col("row").min()).sort("row")
        each = [_counted(fault(row, one, bad[one]), counts[one]) for one, row in firsts.rows()]
        findings.add(each[:LISTED], len(each))
    numbers = [value for value in known if is_bare_number(value)]
    missing = {
        kind: sum(counts[value] for value, reason in why.items() if reason == kind)
        for kind in (EMPTY, CODED, *sorted(gaps))
    }
    missing |= {NUMBERS: sum(counts[one] for one in numbers), ANSWERED: values.count()}
    return values, missing


def _counted(fault: Fault, count: int) -> Fault:
    """The fault of the first row, which says in how many rows the same stands."""
    if type(fault) is not Fault:
        return fault
    parts = {field.name: getattr(fault, field.name) for field in dataclasses.fields(fault)}
    return CountedFault(**parts | {"more": {**fault.more, "count": count}})
