"""How many answers next time, and what to mend first: values of what the lesson says of it."""

import pandas as pd

from crm_lessons import sampling, survey, wording
from crm_lessons.lacking import Lacking, is_lacking, passed_on
from crm_lessons.survey import Study

Sentences = list[tuple[str, dict[str, object]]]
FARTHEST = 1000  # answers, up to which the curve of sample sizes is drawn


def spread(study: Study, half_width: float) -> Sentences:
    """The standard deviation of one score, and the answers needed where customers are many.

    There is none where all scores are alike, or there is only one.
    """
    if study.branch:
        return []
    sd = float(study.score.std(ddof=1))
    if not sd > 0:
        return [("no_spread", {})]
    many = survey.answers_for_width(half_width, sd=sd)
    return [
        ("spread", {"sd": sd, "width": half_width, "many": many} | {"n": int(study.score.count())})
    ]


def jobs_to_plan(study: Study, jobs: pd.Series | None) -> pd.Series | Lacking:
    """The jobs by branch, where a next round can be planned: scores differ, branches are known."""
    plans = not study.branch and study.score.std(ddof=1) > 0
    return jobs if plans and jobs is not None else Lacking("nothing_to_plan")


def smallest(jobs: pd.Series | Lacking) -> Sentences:
    """From `jobs_to_plan`: the branch with fewest jobs; nothing if nobody knows."""
    known = jobs.dropna().sort_index() if isinstance(jobs, pd.Series) else ()
    if not len(known):
        return []
    return [("smallest_branch", {"branch": [known.idxmin()], "jobs": int(known.min())})]


@passed_on
def plan(jobs: pd.Series, study: Study, **wished: float) -> pd.DataFrame:
    """`survey.plan` for the spread of the scores."""
    return survey.plan(jobs, sd=study.score.std(), **wished)


def enough(table: pd.DataFrame | Lacking, study: Study, response: float) -> Sentences:
    """How many branches have enough answers, which need more, and which cannot get them."""
    if is_lacking(table):
        return []
    have = study.ranked["n"].reindex(table.index).fillna(0) >= table["needed"]
    told = {
        "known": len(table),
        "have": int(have.sum()),
        "more": sorted(table.index[~have]),
        "unable": sorted(table.index[~table["enough"] & ~have]),
        "response": response,
    }
    say = "plan_unable" if told["unable"] else "plan_short" if told["more"] else "plan_enough"
    return [(say, told)]


@passed_on
def answered(jobs: pd.Series, study: Study) -> pd.Series:
    """How many answers each branch has."""
    return study.ranked["n"]


@passed_on
def curve(answers: pd.Series, study: Study) -> pd.DataFrame:
    """How exact so many answers are, as far as the largest branch, 100 at least."""
    reach = max(100, min(int(answers.max() * 1.15), FARTHEST))
    return survey.curve(sd=study.score.std(), largest=reach)


def mend(study: Study) -> Sentences:
    """What to mend first, and by what it was ranked."""
    if study.few:
        return [("items_too_few", few(study))]
    if study.mended.empty:
        return [("nothing_to_mend", _would_be_found(study))]
    by = "low" if "expectations" in study.lacking else "gap"
    linked = "" if "overall" in study.lacking else "_linked"
    told = {"items": list(study.mended.index), "n": int(study.index["n"].iloc[0])}
    return [(f"mend_{by}{linked}", told | {"asked": len(study.items)})]


def few(study: Study) -> dict[str, object]:
    """Of how few answers nothing is named."""
    place = [study.branch] if study.branch else [wording.text("09_survey.all_branches")]
    return {"branch": place, "n": int(study.index["n"].iloc[0]), "minimum": study.minimum}


def _would_be_found(study: Study) -> dict[str, object]:
    error = study.items["gap_error"].dropna()
    seen = sampling.detectable_change(error, comparisons=len(error))
    return {"n": int(study.index["n"].iloc[0]), "least": seen.min(), "most": seen.max()}
