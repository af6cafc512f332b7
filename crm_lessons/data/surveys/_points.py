"""Points that seem to stand on another scale than the one the questionnaire names.

On 0 to 10 somebody goes beyond 5; where nobody does, the question was most likely asked from 1 to
5, and the worst would be made of the best. Where a tool has exported the numbers of options, 1 is
the first of them, which is 0.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from crm_lessons.data.findings import Findings
from crm_lessons.data.questionnaire import OPTIONS, Questionnaire, Scale
from crm_lessons.data.surveys._wide import ANSWERED, NUMBERS

FEWEST = 8  # answers, below which nothing is concluded
SHORT = 5  # where the usual shorter scale ends

Counts = Sequence[Mapping[str, Mapping[str, int]]]


def check(
    frame: pl.DataFrame, asked: Questionnaire, counts: Counts, file: str, findings: Findings
) -> None:
    """A fault for each scale to 10 of which only 1 to 5 is used; a note where 1 may be 0.

    ``counts``: of each file, question to how many answered, and how many by a bare number.
    """
    by_options = any(
        q.scale.numbers == OPTIONS or (q.scale.answers and in_numbers(q.name, counts))
        for q in asked.questions.values()
    )
    for scale in {q.scale.name: q.scale for q in asked.questions.values()}.values():
        names = [q.name for q in asked.questions.values() if q.scale.name == scale.name]
        values = _values(frame, names)
        if not _is_open(scale) or len(values) == 0 or values.min() < 1:
            continue
        told = dict(scale=scale.name, questions=", ".join(names), questionnaire=asked.source)
        told |= dict(low=f"{scale.low:g}", high=f"{scale.high:g}", count=len(values))
        if len(values) >= FEWEST and values.max() <= SHORT:
            findings.fault("points_too_low", file, **told)
        elif by_options and scale.low == 0 and all(in_numbers(name, counts) for name in names):
            findings.note("points_or_options", file=file, **told)


def _is_open(scale: Scale) -> bool:
    """Whether the scale goes to 10 at least, and nobody has said what its numbers are."""
    return not scale.answers and scale.whole and scale.high >= 10 and not scale.numbers


def _values(frame: pl.DataFrame, names: Sequence[str]) -> pl.Series:
    held = [frame[name].drop_nulls() for name in names if name in frame.columns]
    return pl.concat(held) if held else pl.Series([], dtype=pl.Float64)


def in_numbers(name: str, counts: Counts) -> bool:
    """Whether every answer to a question stands as a bare number."""
    found = [one[name] for one in counts if name in one]
    answered = sum(one.get(ANSWERED, 0) for one in found)
    return answered > 0 and sum(one.get(NUMBERS, 0) for one in found) == answered
