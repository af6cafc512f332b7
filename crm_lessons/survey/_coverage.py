"""Who picks the customers asked: answers compared with the jobs done.

Staff who are judged by their customers' answers may see to it that only happy customers are asked.
Then few of their jobs have an answer, and the answers are too good.
"""

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons import sampling
from crm_lessons.errors import CrmError
from crm_lessons.sampling import holm, welch

FINE, LOW_COVERAGE, PICKS, NO_JOBS = "fine", "low_coverage", "picks_customers", "jobs_unknown"
STATES = (FINE, LOW_COVERAGE, PICKS, NO_JOBS)


def coverage(
    score: pd.Series,
    staff: pd.Series,
    jobs: pd.Series,
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How much of each member of staff's work was asked about, and whether it looks chosen.

    ``picks_customers``: answers come from a smaller share of the jobs than with the colleagues, and
    the score is higher than theirs, both beyond chance (Fisher's exact test, which knows that the
    colleagues' share is a sample too, and Welch's t-test, each with Holm's correction). It is a
    reason to look, never a proof.

    Parameters
    ----------
    score, staff
        Per respondent; who has no score or member of staff is left out.
    jobs
        Member of staff to jobs done in the period of the survey. A member of staff with more
        answers than jobs, or without jobs, is ``jobs_unknown``.

    Returns
    -------
    pandas.DataFrame
        Index: staff in alphabetical order. ``jobs`` Int64, ``n`` int64 answers; ``coverage`` with
        ``lower`` and ``upper`` (Wilson), ``others_coverage``, ``p_coverage``; ``mean``,
        ``others_mean``, ``p_score`` (both p after Holm); ``state``: ``fine``, ``low_coverage``,
        ``picks_customers``, ``jobs_unknown``.

    Raises
    ------
    CrmError
        If nobody counts.
    """
    sampling.check_confidence(confidence)
    table = pd.DataFrame({"score": score.astype("float64"), "who": staff.reindex(score.index)})
    table = table.dropna().sort_values("score")
    if table.empty:
        raise CrmError("survey_nobody_counts")
    who = table["who"].astype("str")
    answers = who.value_counts().sort_index().rename_axis(staff.name)
    done = jobs.reindex(answers.index).astype("float64")
    usable = done.notna() & (done > 0) & (answers <= done)
    rows = {}
    for name, n in answers.items():
        mine, rest = (table.loc[those, "score"].to_numpy() for those in (who == name, who != name))
        sides = [sampling.moments(part, np.ones(len(part))) for part in (mine, rest)]
        row = {"jobs": done[name], "n": n, "mean": sides[0][0], "others_mean": sides[1][0]}
        row["p_score"] = welch(*sides)[3] if min(len(mine), len(rest)) > 1 else np.nan
        others = usable & (answers.index != name)
        if usable[name] and others.any():
            asked, could = int(answers[others].sum()), int(done[others].sum())
            ends = sampling.wilson(n, done[name], confidence=confidence)
            # Of all jobs and all answers, how likely are so few of the answers on these jobs?
            p = stats.hypergeom.cdf(n, could + int(done[name]), asked + n, int(done[name]))
            row |= {"coverage": n / done[name], "lower": ends[0], "upper": ends[1]}
            row |= {"others_coverage": asked / could, "p_coverage": float(p)}
        rows[name] = row
    columns = ["jobs", "n", "coverage", "lower", "upper", "others_coverage", "p_coverage"]
    columns += ["mean", "others_mean", "p_score"]
    found = pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype("float64")
    found["p_coverage"], found["p_score"] = holm(found["p_coverage"]), holm(found["p_score"])
    states = [_state(row, 1 - confidence) for row in found.itertuples()]
    found["state"] = pd.Series(states, index=found.index, dtype="str")
    return found.astype({"jobs": "Int64", "n": "int64"}).rename_axis(staff.name)


def _state(row: object, alpha: float) -> str:
    if np.isnan(row.coverage):
        return NO_JOBS
    if not row.p_coverage <= alpha:
        return FINE
    higher = row.p_score <= alpha and row.mean > row.others_mean
    return PICKS if higher else LOW_COVERAGE
