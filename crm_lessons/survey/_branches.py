"""Branches compared so that noise is not rewarded.

A raw mean of few answers lies high or low by luck. So every branch gets an interval, a minimum
number of answers, tests against each of the others with Holm's correction for having looked at many
pairs, and beside its raw mean a shrunken one (empirical Bayes): few answers are pulled towards the
mean of all branches, many answers hardly move. (Against all others taken together a middling branch
would be called worse as soon as one of them is excellent.)
"""

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons.sampling import detectable_change, holm, holm_levels, mean_interval, welch
from crm_lessons.survey._comparing import answered, clustered, sides
from crm_lessons.survey._shrinkage import shrunken

MINIMUM = 30
BETTER, WORSE, NOISE, TOO_FEW, ALONE = "better", "worse", "noise", "too_few", "alone"
VERDICTS = (BETTER, WORSE, NOISE, TOO_FEW, ALONE)


def ranking(
    score: pd.Series,
    groups: pd.Series,
    *,
    respondents: pd.Series | None = None,
    staff: pd.Series | None = None,
    minimum: int = MINIMUM,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Every branch with its interval, its shrunken estimate and a verdict, the highest mean first.

    Parameters
    ----------
    score
        Per respondent, such as `crm_lessons.survey._scores.scores`; NaN is left out.
    groups
        Respondent to branch; who has none is left out.
    respondents
        Weight of each respondent, 1 where none is given.
    staff
        Respondent to who served them: then branches are compared beyond what single members of
        staff do to a branch, and those of a branch may not be thought part of it.
    minimum
        A branch with fewer answers gets no verdict but ``too_few``; exactly as many are enough.
    confidence
        Of Student's intervals, of the shrunken ones, and one minus the level of the tests.

    Returns
    -------
    pandas.DataFrame
        Index: the branches. ``rank`` and ``n`` int64; ``mean``, ``sd``, ``lower``, ``upper``;
        ``shrunken``, ``shrunken_lower``, ``shrunken_upper``; ``weight_of_own`` (how much of the
        shrunken mean is the branch's own, 0 to 1); ``beats`` and ``beaten_by`` int64, the branches
        from which it differs beyond chance (`pairs`); ``rank_best`` and ``rank_worst`` int64, the
        places it may have with that confidence, for all branches at once; ``verdict``: ``better``
        if it beats more than half of the others that have enough answers, ``worse`` if it is beaten
        by more than half, else ``noise``; ``too_few``; ``alone`` where no other branch has enough
        answers.

    Examples
    --------
    >>> score = pd.Series([5.0, 4.0] * 30 + [3.0, 4.0] * 30 + [5.0] * 8)
    >>> branch = pd.Series(["east"] * 60 + ["west"] * 60 + ["small"] * 8)
    >>> ranking(score, branch)["verdict"].to_dict()
    {'small': 'too_few', 'east': 'better', 'west': 'worse'}
    """
    known, weight, names, by = answered(score, groups, respondents, staff)
    parts = sides(known, weight, names)
    if by is not None:
        parts, _ = clustered(parts, known, names, by)
    counts = names.value_counts()
    rows = {}
    for name, (mean, variance, n) in parts.items():
        ends = mean_interval(mean, variance, n, confidence=confidence)
        row = {"n": counts[name], "mean": mean, "sd": np.sqrt(variance)}
        rows[name] = row | dict(zip(("lower", "upper"), ends, strict=True))
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis(groups.name)
    table = table.join(shrunken(parts, confidence=confidence))
    how = {"respondents": respondents, "staff": staff, "minimum": minimum}
    compared = pairs(score, groups, **how, confidence=confidence)
    apart = compared[compared["verdict"] == BETTER]
    for column, side_of in (("beats", "first"), ("beaten_by", "second")):
        table[column] = apart[side_of].value_counts().reindex(table.index, fill_value=0)
    # Who is beaten by two is third at best, and who beats two is third from the end at worst.
    table["rank_best"], table["rank_worst"] = 1 + table["beaten_by"], len(table) - table["beats"]
    others = int((counts >= minimum).sum()) - 1
    verdicts = [_verdict(row, minimum, others) for row in table.itertuples()]
    return _ranked(table.assign(verdict=pd.Series(verdicts, index=table.index, dtype="str")))


def pairs(
    score: pd.Series,
    groups: pd.Series,
    *,
    respondents: pd.Series | None = None,
    staff: pd.Series | None = None,
    minimum: int = MINIMUM,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Every two branches: the difference, its interval, p with Holm's correction, a verdict.

    Parameters are those of `ranking`. Pairs with a branch below the minimum are listed and not
    tested. The interval of a pair is taken at the level at which Holm's procedure judged it, so
    interval and verdict never contradict one another: it leaves out 0 if and only if the verdict
    is ``better``.

    Returns a frame with ``first`` (the higher mean), ``second``, ``difference``, ``lower``,
    ``upper``, ``p``, ``p_holm``, ``verdict`` (``better``: the first is, beyond chance;
    ``noise``: no difference shown; ``too_few``) and ``detectable`` (the true difference that would
    be shown four times out of five, with Bonferroni's level), the smallest p first.

    >>> score = pd.Series([5.0, 4.0] * 30 + [3.0, 4.0] * 30)
    >>> found = pairs(score, pd.Series(["east"] * 60 + ["west"] * 60))
    >>> found[["first", "second", "difference", "verdict"]].to_numpy().tolist()
    [['east', 'west', 1.0, 'better']]
    """
    known, weight, names, by = answered(score, groups, respondents, staff)
    counts = names.value_counts()
    parts, most = sides(known, weight, names), float("inf")
    if by is not None:
        parts, most = clustered(parts, known, names, by)
    order = sorted(parts, key=lambda name: (-round(parts[name][0], 12), name))
    rows = []
    for place, first in enumerate(order):
        for second in order[place + 1 :]:
            difference, error, freedom, p = welch(parts[first], parts[second], most=most)
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
    looks, tested = int(table["p"].notna().sum()), table["error"].where(table["p"].notna())
    table["detectable"] = detectable_change(tested, confidence=confidence, comparisons=looks)
    names_first = ["first", "second", "difference", "lower", "upper", "p", "p_holm", "verdict"]
    names_first += ["detectable"]
    return table[names_first].astype({"first": "str", "second": "str"})


def _verdict(row: object, minimum: int, others: int) -> str:
    if row.n < minimum:
        return TOO_FEW
    if others < 1:
        return ALONE
    if row.beats > others / 2:
        return BETTER
    return WORSE if row.beaten_by > others / 2 else NOISE


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    decimals = ["mean", "sd", "lower", "upper", "shrunken", "shrunken_lower", "shrunken_upper"]
    decimals += ["weight_of_own"]
    whole = ["n", "beats", "beaten_by", "rank_best", "rank_worst"]
    table = table.astype(dict.fromkeys(decimals, "float64") | dict.fromkeys(whole, "int64"))
    rank = table["mean"].round(12).rank(method="min", ascending=False).astype("int64")
    ordered = table.assign(rank=rank).sort_index()
    ordered = ordered.sort_values("mean", ascending=False, kind="stable")
    places = ["rank", "rank_best", "rank_worst"]
    return ordered[[*places, "n", *decimals, "beats", "beaten_by", "verdict"]]
