"""Answers that stand in a file as bare numbers, though the questionnaire lists words.

5 may be the code of "very satisfied", or the fifth option of a list that begins with "very
satisfied": the same file, the scale upside down. Which it is the other questions tell, those
answered in words or in points: who is satisfied recommends. Where they contradict the codes,
reading stops; where nothing contradicts, a note says what was taken for what.
"""

from collections.abc import Mapping, Sequence
from statistics import NormalDist  # SciPy would take every command a second to import

import numpy as np
import polars as pl

from crm_lessons import wording
from crm_lessons.data.findings import Findings
from crm_lessons.data.questionnaire import EXPECTED, Question, Questionnaire, Scale
from crm_lessons.data.surveys._points import in_numbers

FEWEST = 8  # respondents, below which nothing is concluded
CONFIDENCE = 0.95


class Taken:
    """Which number was taken for which word, in the language in use when a message is read."""

    def __init__(self, scales: Sequence[Scale]) -> None:
        self.scales = scales

    def __str__(self) -> str:
        comma, language = wording.text("cli.comma"), wording.language()
        ranked = [sorted(one.answers, key=lambda answer: answer.code) for one in self.scales]
        ends = [answer for answers in ranked for answer in (answers[-1], answers[0])]
        return comma.join(f"{one.code:g} = {one.text[language]}" for one in ends)


def check(
    frame: pl.DataFrame,
    asked: Questionnaire,
    counts: Sequence[Mapping[str, Mapping[str, int]]],
    file: str,
    findings: Findings,
) -> None:
    """A note for each scale whose numbers were taken for codes; a fault where others contradict.

    ``counts``: of each file, question to how many answered, and how many by a bare number.
    """
    doubtful = {
        name: question
        for name, question in asked.questions.items()
        if name in frame.columns
        and _is_doubtful(question.scale, frame[name])
        and in_numbers(name, counts)
    }
    if not doubtful:
        return
    sure = {
        name: question
        for name, question in asked.questions.items()
        if name in frame.columns and name not in doubtful and question.role != EXPECTED
    }
    seen = _correlation(_level(frame, doubtful), _level(frame, sure)) if sure else None
    scales = {question.scale.name: question.scale for question in doubtful.values()}
    if seen is not None and seen < 0:
        for name, scale in scales.items():
            told = dict(scale=name, taken=Taken([scale]), questionnaire=asked.source)
            findings.fault("numbers_contradict", file, correlation=f"{seen:.2f}", **told)
        return
    told = dict(scales=", ".join(scales), taken=Taken(list(scales.values())))
    findings.note("numbers_taken", file=file, questionnaire=asked.source, **told)


def _is_doubtful(scale: Scale, held: pl.Series) -> bool:
    """Whether the numbers may be places of options, which differ from the codes, and none has said.

    0.85 is no option of a list, nor is 9 one of a list of five.
    """
    codes = [one.code for one in scale.answers]
    places = list(range(1, len(codes) + 1))
    if not codes or scale.numbers or codes == places:
        return False
    return set(held.drop_nulls().unique().to_list()) <= set(map(float, places))


def _level(frame: pl.DataFrame, questions: Mapping[str, Question]) -> np.ndarray:
    """How good each respondent's answers are on average, 0 to 1; NaN without any."""
    parts = []
    for name, question in questions.items():
        scale, values = question.scale, frame[name].to_numpy().astype("float64")
        share = (values - scale.low) / (scale.high - scale.low)
        parts.append(1 - share if question.reverse else share)
    table = np.column_stack(parts)
    known = np.isfinite(table)
    count = known.sum(axis=1)
    return np.where(known, table, 0).sum(axis=1) / np.where(count > 0, count, np.nan)


def _correlation(first: np.ndarray, second: np.ndarray) -> float | None:
    """The correlation, if it is clearly not 0 (Fisher's interval); else None."""
    known = np.isfinite(first) & np.isfinite(second)
    n = int(known.sum())
    if n < FEWEST or np.ptp(first[known]) < 1e-9 or np.ptp(second[known]) < 1e-9:
        return None
    seen = float(np.corrcoef(first[known], second[known])[0, 1])
    half = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2) / np.sqrt(n - 3)
    return seen if abs(np.arctanh(np.clip(seen, -1 + 1e-12, 1 - 1e-12))) > half else None
