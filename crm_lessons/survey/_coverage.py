"""Who picks the customers asked: answers compared with the jobs done.

Staff who are judged by their customers' answers may see to it that only happy customers are asked.
Then few of their jobs have an answer, and the answers are too good.
"""

import numpy as np
import pandas as pd

from crm_lessons import sampling
from crm_lessons.errors import CrmError
from crm_lessons.sampling import holm
from crm_lessons.survey._honest import standing_out

FINE, LOW_COVERAGE, PICKS, NO_JOBS = "fine", "low_coverage", "picks_customers", "jobs_unknown"
LEAST = 10  # answers below which a mean accuses nobody
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
    the score is higher than theirs, both beyond what colleagues who honestly differ would show
    (`crm_lessons.survey._honest.standing_out`, shares on the arcsine scale). The shares are
    corrected for having looked at everybody (Holm), and a mean of fewer than ten answers counts for
    nothing. Where advisers differ honestly, somebody is named in about one survey in a hundred
    (``benchmarks/claims``). It is a reason to look, never a proof. Fewer than three members of
    staff cannot be compared and are ``fine``.

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
        ``others_mean``, ``p_score`` (one-sided; that of coverage after Holm); ``coverage_line`` and
        ``score_line``, below and above which the two would stand out;
        ``state``: ``fine``, ``low_coverage``, ``picks_customers``, ``jobs_unknown``.

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
        others = usable & (answers.index != name)
        if usable[name] and others.any():
            asked, could = int(answers[others].sum()), int(done[others].sum())
            ends = sampling.wilson(n, done[name], confidence=confidence)
            row |= {"coverage": n / done[name], "lower": ends[0], "upper": ends[1]}
            row["others_coverage"] = asked / could
        rows[name] = row
    columns = ["jobs", "n", "coverage", "lower", "upper", "others_coverage", "p_coverage"]
    columns += ["mean", "others_mean", "p_score"]
    found = pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype("float64")
    known = found[found["others_coverage"].notna()]
    angles = np.arcsin(np.sqrt(known["coverage"]))
    level = (1 - confidence) / max(len(known), 1)
    shares = standing_out(-angles, 1 / (4 * known["jobs"]), alpha=level).reindex(found.index)
    found["p_coverage"] = holm(shares["p"])
    found["coverage_line"] = np.sin(np.clip(-shares["line"], 0, np.pi / 2)) ** 2
    pooled = _pooled(table["score"], who)
    high = standing_out(found["mean"], pooled / found["n"], alpha=(1 - confidence) / 2)
    found["p_score"] = high["p"].where(found["n"] >= LEAST)
    found["score_line"] = high["line"].where(found["n"] >= LEAST)
    states = [_state(row, 1 - confidence) for row in found.itertuples()]
    found["state"] = pd.Series(states, index=found.index, dtype="str")
    return found.astype({"jobs": "Int64", "n": "int64"}).rename_axis(staff.name)


def _pooled(score: pd.Series, who: pd.Series) -> float:
    """The variance of one answer within members of staff."""
    within = score - score.groupby(who).transform("mean")
    free = len(score) - who.nunique()
    return float((within**2).sum() / free) if free > 0 else float("nan")


def _state(row: object, alpha: float) -> str:
    if np.isnan(row.coverage):
        return NO_JOBS
    if not row.p_coverage <= alpha:
        return FINE
    higher = row.p_score <= alpha / 2 and row.mean > row.others_mean
    return PICKS if higher else LOW_COVERAGE
