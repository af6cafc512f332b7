"""A long file of answers, one row per respondent and question, turned into one per respondent."""

from collections.abc import Mapping, Sequence

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._parts import Part
from crm_lessons.data.findings import LISTED, Findings, shorten
from crm_lessons.data.questionnaire import Questionnaire
from crm_lessons.data.surveys import _wide
from crm_lessons.data.surveys._heading_texts import bare
from crm_lessons.data.surveys._headings import ANSWER, QUESTION, Names
from crm_lessons.data.surveys._words import plain


def places(
    headings: Sequence[str], names: Names, columns: Mapping[str, str]
) -> tuple[int, int] | None:
    """Where question and answer stand; None if the file is wide: names questions in its heading."""
    if any(names.find(heading) for heading in headings):
        return None
    found = []
    for field, known in (("question", QUESTION), ("answer", ANSWER)):
        words = [columns[field]] if field in columns else known
        wanted = {plain(word) for word in words}
        fits = (i for i, h in enumerate(headings) if {plain(h), bare(h)} & wanted)
        found.append(next(fits, None))
    return None if None in found else (found[0], found[1])


def codes(
    part: Part,
    typed: pl.DataFrame,
    where: tuple[int, int],
    asked: Questionnaire,
    names: Names,
    findings: Findings,
) -> tuple[pl.DataFrame, _wide.Missing]:
    """Columns `respondent_id`, one for each question; and what is missing in each.

    ``typed``: the respondent columns of every row, read already.
    """
    cells = part.raw.frame.pipe(collected)
    table = pl.DataFrame(
        {
            "row": cells["row"],
            "respondent_id": typed["respondent_id"],
            "question": cells[f"c{where[0]}"].cast(pl.String),
            "text": cells[f"c{where[1]}"].cast(pl.String),
        }
    )
    known = {text: names.find(text or "") for text in table["question"].unique().to_list()}
    table = table.with_columns(
        name=pl.col("question").replace_strict(known, return_dtype=pl.String)
    )
    _note_left_out([text for text, name in known.items() if name is None], part, findings)
    heading = " ".join(part.raw.headings[where[1]].split())
    people = table["respondent_id"].drop_nulls().unique(maintain_order=True)
    made, missing = people.to_frame(), {}
    for name, question in asked.questions.items():
        own = table.filter(pl.col("name") == name)
        if own.is_empty():
            continue

        column_told = f"{heading} ({' '.join(own['question'][0].split())[:40]})"
        fault = _wide.answer_fault(question, asked, part, typed, column_told)
        code, counts = _wide.coded(own["text"], own["row"], question, asked, findings, fault)
        column = own.select("row", "respondent_id", code.alias(name))
        column = column.drop_nulls("respondent_id")
        _report_twice(column, name, part, column_told, findings)
        counts["empty"] += len(people) - column["respondent_id"].n_unique()
        answered = column.drop_nulls(name).unique(
            "respondent_id", keep="first", maintain_order=True
        )
        made = made.join(
            answered.drop("row"), on="respondent_id", how="left", maintain_order="left"
        )
        missing[name] = counts
    return made, missing


def people(
    typed: pl.DataFrame, asked: Questionnaire, part: Part, findings: Findings
) -> pl.DataFrame:
    """One row per respondent: what stands on the first of his rows that says it."""
    about = [name for name in asked.columns if name in typed.columns and name != "respondent_id"]
    grouped = typed.drop_nulls("respondent_id").group_by("respondent_id", maintain_order=True)
    firsts = grouped.agg(
        pl.col("file", "row").first(),
        *(pl.col(name).drop_nulls().first() for name in about),
        *(pl.col("row").filter(pl.col(n).is_not_null()).first().alias(f"row {n}") for n in about),
    )
    joined = typed.join(firsts, on="respondent_id", suffix=" first")
    for name in about:
        other = joined.filter(pl.col(name) != pl.col(f"{name} first")).sort("row")
        other = other.filter(pl.col("respondent_id").is_first_distinct())  # one message each
        heading = part.heading(asked.columns[name])
        faults = [
            part.fault(
                "respondent_differs",
                *(row["row"], heading, row[name]),
                _wide.record(part, asked, typed, row["row"]),
                dict(
                    respondent=shorten(row["respondent_id"]),
                    first=shorten(row[f"{name} first"]),
                    first_place=part.spot(row[f"row {name}"]),
                ),
            )
            for row in other.head(LISTED).iter_rows(named=True)
        ]
        findings.add(faults, other.height)
    return firsts.select("file", "row", "respondent_id", *about)


def _note_left_out(texts: Sequence[str | None], part: Part, findings: Findings) -> None:
    told = sorted(" ".join(text.split())[:30] for text in texts if text)
    if told:
        shown = ", ".join(told[:10]) + (" …" if len(told) > 10 else "")
        findings.note("questions_left_out", file=part.raw.file, questions=shown)


def _report_twice(column: pl.DataFrame, name: str, part, heading: str, findings: Findings) -> None:
    """A respondent who answers a question twice, in different ways."""
    given = column.drop_nulls(name)
    firsts = given.group_by("respondent_id", maintain_order=True).first()
    both = given.join(firsts, on="respondent_id", suffix=" first")
    other = both.filter(pl.col(name) != pl.col(f"{name} first")).sort("row")
    faults = [
        part.fault(
            "question_twice",
            *(row["row"], heading, f"{row[name]:g}"),
            {"respondent_id": row["respondent_id"]},
            dict(
                respondent=shorten(row["respondent_id"]),
                first=f"{row[f'{name} first']:g}",
                first_place=part.spot(row["row first"]),
            ),
        )
        for row in other.head(LISTED).iter_rows(named=True)
    ]
    findings.add(faults, other.height)
