"""Did the improvement work? Before and after, with a control group (difference in differences).

A rise after a measure may be the season or a new questionnaire. Branches without the measure rise
for those reasons too; what the others rose more is the effect of the measure, if both would have
moved alike without it. That assumption cannot be tested by two rounds.
"""

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons import sampling
from crm_lessons.errors import CrmError
from crm_lessons.sampling import Side
from crm_lessons.survey._scores import respondent_weights


def difference_in_differences(
    score: pd.Series,
    *,
    treated: pd.Series,
    after: pd.Series,
    groups: pd.Series | None = None,
    respondents: pd.Series | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """The change of the treated, of the control group, and how much more the treated changed.

    Answers are taken as independent: different people before and after (the same people asked twice
    would give a narrower interval). With ``groups`` each branch is compared with itself and counts
    once, so that a shift of answers from one branch to another changes nothing, and a second test
    asks whether branches that drift of themselves could differ so.

    Parameters
    ----------
    score
        Per respondent; NaN is left out.
    treated, after
        Respondent to True or False: whether in a branch with the measure, whether asked after it.
    groups
        Respondent to branch. A branch without two answers in both rounds is left out.
    respondents
        Weight of each respondent, 1 where none is given.
    confidence
        Of the intervals (Student's t with Welch and Satterthwaite's degrees of freedom).

    Returns
    -------
    pandas.DataFrame
        Rows ``treated``, ``control``, ``effect``: ``before``, ``after`` (means; missing for the
        effect), ``n_before``, ``n_after`` Int64, ``change``, ``lower``, ``upper``, ``p``. With
        ``groups`` also ``effect_by_branch``: Student's t of the changes of branches, with
        branches − 2 degrees of freedom (no interval and no p with two branches), and ``branches``
        Int64 of each row.

    Raises
    ------
    CrmError
        Unless each of the four groups has two answers.

    Examples
    --------
    >>> score = pd.Series([3.0, 4, 4, 5, 3, 4, 3, 4])
    >>> treated = pd.Series([True] * 4 + [False] * 4)
    >>> after = pd.Series([False, False, True, True] * 2)
    >>> difference_in_differences(score, treated=treated, after=after)["change"].to_list()
    [1.0, 0.0, 1.0]
    """
    table = pd.DataFrame({"score": score.astype("float64")})
    table["treated"], table["after"] = treated.reindex(score.index), after.reindex(score.index)
    table["weight"] = respondent_weights(table, respondents)
    if groups is not None:
        table["branch"] = groups.reindex(score.index)
    table = table.dropna()
    table = table[table["weight"] > 0].sort_values(["score", "weight"])
    if groups is not None:
        return by_branch(table, confidence)
    flags = [table[name].astype("bool") for name in ("treated", "after")]
    cells = {
        (group, when): table[(flags[0] == group) & (flags[1] == when)]
        for group in (True, False)
        for when in (False, True)
    }
    if min(len(part) for part in cells.values()) < 2:
        raise CrmError("survey_four_groups")
    found = {
        key: sampling.moments(part["score"].to_numpy(), part["weight"].to_numpy())
        for key, part in cells.items()
    }
    rows = {}
    for name, group in (("treated", True), ("control", False)):
        before, later = found[group, False], found[group, True]
        rows[name] = {
            "before": before[0],
            "after": later[0],
            "n_before": len(cells[group, False]),
            "n_after": len(cells[group, True]),
            **_tested(later[0] - before[0], [before, later], confidence),
        }
    change = rows["treated"]["change"] - rows["control"]["change"]
    rows["effect"] = _tested(change, list(found.values()), confidence)
    return _as_table(rows)


def _as_table(rows: dict[str, dict[str, float]], *more: str) -> pd.DataFrame:
    out = pd.DataFrame.from_dict(rows, orient="index")
    out = out[["before", "after", "n_before", "n_after", "change", "lower", "upper", "p", *more]]
    return out.astype(dict.fromkeys(("n_before", "n_after", *more), "Int64")).rename_axis("arm")


def _tested(change: float, sides: list[Side], confidence: float) -> dict[str, float]:
    lower, upper, p = sampling.change_interval(change, sides, confidence=confidence)
    return {"change": change, "lower": lower, "upper": upper, "p": p}


def by_branch(table: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """`difference_in_differences` of a table with a column ``branch``: every branch counts once."""
    sides = {
        key: sampling.moments(part["score"].to_numpy(), part["weight"].to_numpy())
        for key, part in table.groupby(["treated", "branch", "after"])
        if len(part) > 1
    }
    arms = {
        arm: [(sides[arm, name, False], sides[arm, name, True], name) for name in _of(sides, arm)]
        for arm in (True, False)
    }
    if not all(arms.values()):
        raise CrmError("survey_four_groups")
    rows, every, changes = {}, [], {}
    counts = table.groupby(["treated", "branch", "after"]).size()
    for title, arm in (("treated", True), ("control", False)):
        k = len(arms[arm])
        scaled = [(m, v / k**2, n) for pair in arms[arm] for m, v, n in pair[:2]]
        before, later = (sum(pair[i][0] for pair in arms[arm]) / k for i in (0, 1))
        asked = [
            int(sum(counts[arm, pair[2], when] for pair in arms[arm])) for when in (False, True)
        ]
        rows[title] = {"before": before, "after": later, "branches": k}
        rows[title] |= dict(zip(("n_before", "n_after"), asked, strict=True))
        rows[title] |= _tested(later - before, scaled, confidence)
        changes[arm] = np.array([pair[1][0] - pair[0][0] for pair in arms[arm]])
        every += scaled
    change, k = rows["treated"]["change"] - rows["control"]["change"], sum(map(len, arms.values()))
    rows["effect"] = _tested(change, every, confidence) | {"branches": k}
    rows["effect_by_branch"] = _of_branches(changes, confidence) | {"branches": k}
    return _as_table(rows, "branches")


def _of(sides: dict[tuple, Side], arm: bool) -> list[str]:
    """The branches of an arm that answered in both rounds."""
    asked = [{name for a, name, when in sides if a == arm and when == w} for w in (False, True)]
    return sorted(asked[0] & asked[1])


def _of_branches(changes: dict[bool, np.ndarray], confidence: float) -> dict[str, float]:
    """Student's t of the changes of branches, with one variance for both arms."""
    treated, control = changes[True], changes[False]
    effect, free = float(treated.mean() - control.mean()), len(treated) + len(control) - 2
    if free < 1:
        return {"change": effect, "lower": np.nan, "upper": np.nan, "p": np.nan}
    squares = sum(((side - side.mean()) ** 2).sum() for side in (treated, control))
    error = float(np.sqrt(squares / free * (1 / len(treated) + 1 / len(control))))
    half = float(stats.t.ppf(0.5 + confidence / 2, free)) * error
    p = 2 * float(stats.t.sf(abs(effect) / error, free)) if error > 0 else float(effect == 0)
    return {"change": effect, "lower": effect - half, "upper": effect + half, "p": p}
