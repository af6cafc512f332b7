"""Which answers of a survey are meant, and which of its columns it has."""

import pandas as pd

from crm_lessons import data
from crm_lessons.data import folded
from crm_lessons.errors import CrmError
from crm_lessons.survey._responses import Responses
from crm_lessons.survey._scope import those
from crm_lessons.survey._scores import scores


def score_of(found: Responses, at_least: float = 0.5) -> pd.Series:
    """Per respondent the weighted mean of the items, else the overall answer."""
    return scores(asked(found), weights=weights_of(found), at_least=at_least)


def branch_of(found: Responses) -> pd.Series | None:
    """Member of staff to branch, by most answers; None without either."""
    if {"branch", "adviser"} - set(found.people):
        return None
    counted = found.people.groupby(["adviser", "branch"]).size().reset_index(name="n")
    counted = counted.sort_values(["n", "branch"], ascending=[False, True])
    return counted.drop_duplicates("adviser").set_index("adviser")["branch"].sort_index()


def without_staff(found: Responses, staff: pd.Index) -> Responses:
    """The survey without the answers about some members of staff."""
    return those(found, ~found.people["adviser"].isin(list(staff)))


def branch_code(found: Responses, branch: str) -> str:
    """The branch as the survey calls it; its name in words will do. Empty stays empty."""
    if not branch:
        return ""
    branches = column(found, "branch")
    known = [] if branches is None else sorted(branches.dropna().unique())
    words = {} if found.questionnaire is None else found.questionnaire.labels("branch")
    words = data.labels("branch") | words
    for code in known:
        if folded(branch) in (folded(code), folded(words.get(code, code))):
            return code
    told = ", ".join(words.get(code, code) for code in known)
    raise CrmError("survey_no_branch", given=branch, known=told or "–")


def in_branch(found: Responses, branch: str) -> Responses:
    """Only the answers of one branch, given by its code; empty takes all."""
    return those(found, found.people["branch"] == branch) if branch else found


def column(found: Responses, name: str) -> pd.Series | None:
    column = found.people.get(name)
    return None if column is None or column.isna().all() else column


def asked(found: Responses) -> pd.DataFrame:
    """The items that were asked as perceived; the overall answer where there are none."""
    answers = found.perceived.dropna(axis="columns", how="all")
    if len(answers.columns) or "overall" not in found.people:
        return answers
    return found.people[["overall"]]


def weights_of(found: Responses) -> dict[str, float]:
    """The weight of each item that was asked."""
    return found.items["weight"].reindex(asked(found).columns).fillna(1.0).to_dict()


def highs_of(found: Responses) -> dict[str, float]:
    """The best level of each item that was asked, or of the overall answer in their place."""
    names = asked(found).columns
    if found.scale is not None:
        return dict.fromkeys(names, found.scale[1])
    return found.items["high"].reindex(names).fillna(overall_scale(found)[1]).to_dict()


def scale_of(found: Responses) -> tuple[float, float]:
    """The lowest and the highest mean there can be of the items, or of the overall answer."""
    scales = found.items.reindex(asked(found).columns)[["low", "high"]].dropna()
    if found.scale is not None or scales.empty:
        return found.scale or overall_scale(found)
    return float(scales["low"].min()), float(scales["high"].max())


def top_of(low: float, high: float) -> float:
    """From which level on an answer is one of the two best; the best alone where there are two.

    >>> top_of(1, 5), top_of(0, 10), top_of(0, 1)
    (4, 9, 1)
    """
    return high - 1 if high - low > 1 else high


def tops_of(found: Responses) -> dict[str, float]:
    """`top_of` each item that was asked."""
    scales = found.items.reindex(asked(found).columns)[["low", "high"]]
    scales = scales.fillna(dict(zip(("low", "high"), overall_scale(found), strict=True)))
    tops = {name: top_of(*ends) for name, *ends in scales.itertuples()}
    if found.scale is None:
        return tops
    low, high = found.scale
    share = {n: (tops[n] - ends.low) / (ends.high - ends.low) for n, ends in scales.iterrows()}
    return {name: round(low + one * (high - low), 9) for name, one in share.items()}


def has_two_levels(found: Responses) -> bool:
    """Whether an item, or the overall answer, knows but two answers."""
    scales = found.items.loc[found.items.index.isin(asked(found).columns), ["low", "high"]]
    low, high = overall_scale(found)
    return bool((scales["high"] - scales["low"] <= 1).any()) or high - low <= 1


def overall_scale(found: Responses) -> tuple[float, float]:
    """The lowest and the highest overall answer there can be; 1 and 5 where nothing is said."""
    asked_of = {} if found.questionnaire is None else found.questionnaire.questions
    scale = getattr(asked_of.get("overall"), "scale", None)
    return (1.0, 5.0) if scale is None else (float(scale.low), float(scale.high))


def unhappy_to(found: Responses) -> float:
    """The overall answers up to which a customer is rung back: the lowest quarter of the scale."""
    low, high = overall_scale(found)
    return low + (high - low) / 4


def links(found: Responses) -> pd.Series:
    """How closely each item goes with the overall answer: a correlation, not a cause.

    1 for every item where nothing overall was asked; missing for an item that does not vary.
    """
    answers, overall = asked(found), column(found, "overall")
    if overall is None or "overall" in answers:
        return pd.Series(1.0, index=answers.columns)
    spread = {name: one[overall.notna()].std() for name, one in answers.items()}
    known = [name for name, sd in spread.items() if sd > 0 and overall.std() > 0]
    return answers[known].corrwith(overall).reindex(answers.columns)
