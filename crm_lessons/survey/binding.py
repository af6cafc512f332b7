"""What a lesson binds of a study for its exercises; what the survey lacks is None."""

import pandas as pd

from crm_lessons.survey._study import Study
from crm_lessons.survey.chosen import asked, column, highs_of, overall_scale


def bound(
    done: Study, *, jobs: pd.Series | None = None, half_width: float = 0.1
) -> dict[str, object]:
    """The names and frames that the exercises of the survey lesson ask for.

    ``jobs`` by branch (`crm_lessons.survey._jobs.jobs_by_branch`) and the half width
    wished for are handed through.

    >>> from crm_lessons import data, survey
    >>> done = survey.study(survey.responses(data.read("dealer_survey")))
    >>> sorted(bound(done))[:4]
    ['advised', 'compared', 'covered', 'effect']
    """
    focus, reliable = done.focus, done.reliability
    overall, highs = column(focus, "overall"), set(highs_of(focus).values())
    compared = done.items["gap"].notna().any()
    covered = done.covered is not None and done.covered["coverage"].notna().any()
    return {
        "satisfied": done.satisfied,
        "overall": None if overall is None else _overall(overall, overall_scale(focus)[1]),
        "perceived": asked(focus),
        "expected": focus.expected if compared else None,
        "high": highs.pop() if len(highs) == 1 else None,
        "questions": focus.items[["title_zh", "title_en"]],
        "reliability": None if reliable is None else reliable.table.assign(raw=reliable.raw),
        "ranked": done.ranked,
        "compared": done.compared,
        "advised": done.advised,
        "items": done.items if compared else None,
        "links": done.links,
        "effect": done.effect,
        "score": done.score.to_frame("score"),
        "jobs": None if jobs is None else jobs.to_frame("jobs"),
        "half_width": half_width,
        "covered": done.covered if covered else None,
        "parts": done.parts,
    }


def _overall(answers: pd.Series, high: float) -> pd.DataFrame:
    return pd.DataFrame({"overall": answers.dropna().astype("float64"), "high": high})
