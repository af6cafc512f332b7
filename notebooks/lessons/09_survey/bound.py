"""What the lesson binds of a study for its exercises; an exercise is not asked without it."""

import pandas as pd

from crm_lessons.lacking import known, unless
from crm_lessons.survey import Study

from . import planned


def bound(
    done: Study, *, jobs: pd.Series | None = None, half_width: float = 0.1
) -> dict[str, object]:
    """The names and frames that `answers` explains, `Lacking` where the survey has none.

    ``jobs`` by branch (`survey.work`) and the half width wished for are handed through.
    """
    focus, reliable = done.focus, done.reliability
    overall, highs = focus.column("overall"), set(focus.highs.values())
    expected = "expectations" not in done.lacking
    covered = done.covered is not None and done.covered["coverage"].notna().any()
    to_plan = planned.jobs_to_plan(done, jobs)
    several = done.parts is not None and min(done.parts.shape) > 1
    return {
        "satisfied": known(done.satisfied),
        "overall": None if overall is None else _overall(overall, focus.overall_scale[1]),
        "perceived": focus.asked,
        "expected": unless(expected, focus.expected),
        "high": highs.pop() if len(highs) == 1 else None,
        "questions": focus.items[["title_zh", "title_en"]],
        "reliability": known(None if reliable is None else _with_raw(reliable)),
        "ranked": known(done.ranked),
        "compared": unless(done.compared is not None and len(done.compared), done.compared),
        "advised": known(done.advised),
        "items": unless(expected and not done.mended.empty, done.items),
        "links": unless("overall" not in done.lacking, done.links),
        "effect": known(done.effect),
        "score": done.score.to_frame("score"),
        "jobs": unless(planned.smallest(to_plan), None if jobs is None else jobs.to_frame("jobs")),
        "half_width": half_width,
        "covered": unless(covered, done.covered),
        "parts": unless(several, done.parts),
    }


def _overall(answers: pd.Series, high: float) -> pd.DataFrame:
    return pd.DataFrame({"overall": answers.dropna().astype("float64"), "high": high})


def _with_raw(reliable: object) -> pd.DataFrame:
    return reliable.table.assign(raw=reliable.raw)
