"""Branches compared so that noise is not rewarded.

A raw mean of few answers lies high or low by luck. So every branch gets an interval, a minimum
number of answers, a test against all others with Holm's correction for having looked at many
branches, and beside its raw mean a shrunken one (empirical Bayes): few answers are pulled towards
the mean of all branches, many answers hardly move.
"""

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons.survey import intervals
from crm_lessons.survey.comparing import answered, holm, holm_levels, side, sides, welch
from crm_lessons.survey.shrinkage import shrunken

MINIMUM = 30
BETTER, WORSE, NOISE, TOO_FEW, ALONE = "better", "worse", "noise", "too_few", "alone"
VERDICTS = (BETTER, WORSE, NOISE, TOO_FEW, ALONE)


def ranking(
    score: pd.Series,
    groups: pd.Series,
    *,
    respondents: pd.Series | None = None,
    minimum: int = MINIMUM,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Every branch with its interval, its shrunken estimate and a verdict, the highest mean first.

    Parameters
    ----------
    score
        Per respondent, such as `crm_lessons.survey.scores.scores`; NaN is left out.
    groups
        Respondent to branch; who has none is left out.
    respondents
        Weight of each respondent, 1 where none is given.
    minimum
        A branch with fewer answers gets no verdict but ``too_few``; exactly as many are enough.
    confidence
        Of Student's intervals, of the shrunken ones, and one minus the level of the tests.

    Returns
    -------
    pandas.DataFrame
        Index: the branches. ``rank`` and ``n`` int64; ``mean``, ``sd``, ``lower``, ``upper``;
        ``shrunken``, ``shrunken_lower``, ``shrunken_upper``; ``weight_of_own`` (how much of the
        shrunken mean is the branch's own, 0 to 1); ``against_others`` (its mean less that of all
        other answers), ``p`` and ``p_holm`` of that difference, missing if not tested; ``verdict``:
        ``better`` or ``worse`` than the others, ``noise``, ``too_few``, ``alone`` (the others
        together have too few).

    Examples
    --------
    >>> score = pd.Series([5.0, 4.0] * 30 + [3.0, 4.0] * 30 + [5.0] * 8)
    >>> branch = pd.Series(["east"] * 60 + ["west"] * 60 + ["small"] * 8)
    >>> ranking(score, branch)["verdict"].to_dict()
    {'small': 'too_few', 'east': 'better', 'west': 'worse'}
    """
    known, weight, names = answered(score, groups, respondents)
    parts = sides(known, weight, names)
    counts = names.value_counts()
    rows = {}
    for name, (mean, variance, n) in parts.items():
        ends = intervals.mean_interval(mean, variance, n, confidence=confidence)
        others = side(known, weight, names != name)
        enough, compared = counts[name] >= minimum, counts.sum() - counts[name] >= minimum
        difference, _, _, p = welch((mean, variance, n), others)
        rows[name] = {
            "n": counts[name],
            "mean": mean,
            "sd": np.sqrt(variance),
            "lower": ends[0],
            "upper": ends[1],
            "against_others": difference,
            "p": p if enough and compared else np.nan,
            "compared": compared,
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis(groups.name)
    table = table.join(shrunken(parts, confidence=confidence))
    table["p_holm"] = holm(table["p"])
    table["verdict"] = [_verdict(row, minimum, 1 - confidence) for row in table.itertuples()]
    return _ranked(table)


def pairs(
    score: pd.Series,
    groups: pd.Series,
    *,
    respondents: pd.Series | None = None,
    minimum: int = MINIMUM,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Every two branches: the difference, its interval, p with Holm's correction, a verdict.

    Parameters are those of `ranking`. Pairs with a branch below the minimum are listed and not
    tested. The interval of a pair is taken at the level at which Holm's procedure judged it, so
    interval and verdict never contradict one another: it leaves out 0 if and only if the verdict
    is ``better``.

    Returns a frame with ``first`` (the higher mean), ``second``, ``difference``, ``lower``,
    ``upper``, ``p``, ``p_holm`` and ``verdict`` (``better``: the first truly is; ``noise``;
    ``too_few``), the smallest p first.

    >>> score = pd.Series([5.0, 4.0] * 30 + [3.0, 4.0] * 30)
    >>> found = pairs(score, pd.Series(["east"] * 60 + ["west"] * 60))
    >>> found[["first", "second", "difference", "verdict"]].to_numpy().tolist()
    [['east', 'west', 1.0, 'better']]
    """
    known, weight, names = answered(score, groups, respondents)
    counts = names.value_counts()
    parts = sides(known, weight, names)
    order = sorted(parts, key=lambda name: (-round(parts[name][0], 12), name))
    rows = []
    for place, first in enumerate(order):
        for second in order[place + 1 :]:
            difference, error, freedom, p = welch(parts[first], parts[second])
            enough = min(counts[first], counts[second]) >= minimum
            row = {"first": first, "second": second, "difference": difference}
            rows.append(row | {"p": p if enough else np.nan, "error": error, "freedom": freedom})
    columns = ["first", "second", "difference", "p", "error", "freedom"]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[2:], "float64"))
    table = table.sort_values(["p", "first", "second"])
    table = table.reset_index(drop=True)
    table["p_holm"] = holm(table["p"])
    level = holm_levels(table["p"], 1 - confidence)
    half = stats.t.ppf(1 - level / 2, table["freedom"]) * table["error"]
    table["lower"], table["upper"] = table["difference"] - half, table["difference"] + half
    differs = (table["p_holm"] <= 1 - confidence).to_numpy()
    verdict = np.where(table["p"].isna(), TOO_FEW, np.where(differs, BETTER, NOISE))
    table["verdict"] = pd.Series(verdict, index=table.index, dtype="str")
    names_first = ["first", "second", "difference", "lower", "upper", "p", "p_holm", "verdict"]
    return table[names_first].astype({"first": "str", "second": "str"})


def _verdict(row: object, minimum: int, alpha: float) -> str:
    if row.n < minimum:
        return TOO_FEW
    if not row.compared:
        return ALONE
    if not row.p_holm <= alpha:
        return NOISE
    return BETTER if row.against_others > 0 else WORSE


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    columns = ["n", "mean", "sd", "lower", "upper", "shrunken", "shrunken_lower", "shrunken_upper"]
    columns += ["weight_of_own", "against_others", "p", "p_holm"]
    rank = table["mean"].round(12).rank(method="min", ascending=False).astype("int64")
    table = table.astype(dict.fromkeys(columns, "float64") | {"n": "int64", "verdict": "str"})
    table.insert(0, "rank", rank)
    ordered = table.sort_index().sort_values("mean", ascending=False, kind="stable")
    return ordered[["rank", *columns, "verdict"]]
