"""What is worth knowing of a survey's file though nothing in it needs mending."""

import polars as pl

from crm_lessons.data import _headings as plain_headings
from crm_lessons.data._collecting import collected
from crm_lessons.data._parts import Part
from crm_lessons.data._raw import Raw
from crm_lessons.data.findings import Findings
from crm_lessons.data.surveys import _respondents
from crm_lessons.data.surveys._heading_texts import asked_for


def left_out(part: Part, taken: set[int], findings: Findings) -> None:
    """Which columns are not read; those that may name a person are named once more."""
    used = {*taken, *part.places.values()}
    all_left = (h for i, h in enumerate(part.raw.headings) if i not in used and h.strip())
    left = [" ".join(heading.split())[:30] for heading in all_left]
    if left:
        findings.note("columns_left_out", file=part.raw.file, headings=", ".join(left))
    personal = [heading for heading in left if _respondents.is_personal(heading)]
    if personal:
        findings.note("personal_left_out", headings=", ".join(personal))


def doubtful(raw: Raw, findings: Findings) -> None:
    """Responses that the form tool itself calls a test or unsound: they count; a note says so."""
    for place, heading in enumerate(raw.headings):
        marks = _respondents.DOUBTFUL.get(plain_headings.plain(asked_for(heading)))
        if marks is None:
            continue
        counts = (
            raw.frame.group_by(pl.col(f"c{place}").cast(pl.String).alias("mark"))
            .len()
            .pipe(collected)
        )
        held = {mark: n for mark, n in counts.iter_rows() if mark}
        bad = {mark: n for mark, n in held.items() if mark.casefold() in marks}
        good = max(held.keys() - bad.keys(), key=lambda mark: (held[mark], mark), default=None)
        if bad and good:
            told = dict(heading=heading.strip(), marks=", ".join(sorted(bad)), good=good)
            findings.note("doubtful_responses", file=raw.file, count=sum(bad.values()), **told)


def ids(frame: pl.DataFrame, findings: Findings) -> None:
    """Customers known by their telephone numbers would stand in lists and reports."""
    if "customer_id" not in frame.columns:
        return
    known = frame["customer_id"].drop_nulls()
    phones = known.str.contains(r"^1[3-9]\d{9}$").sum() or 0
    if phones * 2 > len(known):
        findings.note("ids_are_phones", count=phones)
