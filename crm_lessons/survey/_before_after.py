"""Did the improvement work? Before and after, with a control group (difference in differences).

A rise after a measure may be the season or a new questionnaire. Branches without the measure rise
for those reasons too; what the others rose more is the effect of the measure, if both would have
moved alike without it. That assumption cannot be tested by two rounds.
"""

import pandas as pd

from crm_lessons import sampling
from crm_lessons.errors import CrmError
from crm_lessons.sampling import Side
from crm_lessons.survey._scores import respondent_weights


def difference_in_differences(
    score: pd.Series,
    *,
    treated: pd.Series,
    after: pd.Series,
    respondents: pd.Series | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """The change of the treated, of the control group, and how much more the treated changed.

    Answers are taken as independent: different people before and after (the same people asked twice
    would give a narrower interval).

    Parameters
    ----------
    score
        Per respondent; NaN is left out.
    treated, after
        Respondent to True or False: whether in a branch with the measure, whether asked after it.
    respondents
        Weight of each respondent, 1 where none is given.
    confidence
        Of the intervals (Student's t with Welch and Satterthwaite's degrees of freedom).

    Returns
    -------
    pandas.DataFrame
        Rows ``treated``, ``control``, ``effect``: ``before``, ``after`` (means; missing for the
        effect), ``n_before``, ``n_after`` Int64, ``change``, ``lower``, ``upper``, ``p``.

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
    table = table.dropna()
    table = table[table["weight"] > 0].sort_values(["score", "weight"])
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
    out = pd.DataFrame.from_dict(rows, orient="index")
    out = out[["before", "after", "n_before", "n_after", "change", "lower", "upper", "p"]]
    return out.astype({"n_before": "Int64", "n_after": "Int64"}).rename_axis("arm")


def _tested(change: float, sides: list[Side], confidence: float) -> dict[str, float]:
    lower, upper, p = sampling.change_interval(change, sides, confidence=confidence)
    return {"change": change, "lower": lower, "upper": upper, "p": p}
