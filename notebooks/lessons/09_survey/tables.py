"""The tables of a survey as a page shows them: what was not asked is left out, values in words."""

import pandas as pd

from crm_lessons import wording
from crm_lessons.lacking import Lacking, passed_on
from crm_lessons.survey import Study

# The columns of an index that a page shows: no figure without its interval.
WAYS = ["ratio", "gap", "top_two"]
ENDS = [f"{way}{end}" for way in WAYS for end in ("", "_lower", "_upper")]
SHORT = ["n", "perceived", "expected", *ENDS]
# What a page shows of wide tables before one asks for the whole: what is judged, and its interval.
GAP = ["gap", "gap_lower", "gap_upper"]
GAPS = ["perceived", "expected", *GAP]
BRANCHES = ["n", *GAP, "weakest"]
ROUNDS = ["mean_before", "mean_after", "change", "lower", "upper"]
MENDED = [*GAP, "link", "shortfall"]
PAIRS = ["first", "second", "difference", "lower", "upper", "p_holm"]
# The columns of an action list, and those its words are made of.
SHOWN = ["branch", "reason", "subject", "basis", "channel", "due", "who"]
VALUED = ["reason", "value"]


def aspects(study: Study) -> pd.DataFrame | Lacking:
    """The index of each aspect with its intervals, and without what was not asked."""
    if study.aspects is None:
        return Lacking("one_aspect")
    return study.aspects[SHORT].dropna(axis="columns", how="all")


def whole_index(study: Study) -> pd.DataFrame:
    """The index of all answers, or of the branch in question, and below it that of every branch."""
    own = study.index.rename({"all": study.branch or wording.text("09_survey.all_answers")})
    if study.by_branch is None or study.branch:
        return own.rename_axis("answers_of")
    return pd.concat([own, study.by_branch]).rename_axis("answers_of")


def by_branch(study: Study) -> pd.DataFrame | Lacking:
    """Every branch with its index, the intervals, and its weakest aspect."""
    if study.by_branch is None or study.branch:
        return Lacking("no_branches")
    wished = ["n", "perceived", *ENDS, "weakest"]
    found = study.by_branch[[name for name in wished if name in study.by_branch]]
    found = found.sort_values("perceived", ascending=False, kind="stable")
    return found.dropna(axis="columns", how="all")


def reliability(study: Study) -> pd.DataFrame | Lacking:
    """What each item does to alpha."""
    return Lacking("no_alpha") if study.reliability is None else study.reliability.table


def compared(study: Study) -> pd.DataFrame | Lacking:
    """The comparison by pairs without its verdict, for those who are to find it."""
    if study.compared is None:
        return Lacking("no_branches")
    return study.compared[["first", "second", "difference", "lower", "upper", "p", "p_holm"]]


@passed_on
def two_rounds(effect: pd.DataFrame) -> pd.DataFrame:
    """The table of before and after with titles of its own."""
    return effect.rename(columns={"before": "mean_before", "after": "mean_after"})


@passed_on
def rounds_alone(effect: pd.DataFrame) -> pd.DataFrame:
    """Before and after in both groups, exact enough to compute with, and nothing computed."""
    both = two_rounds(effect).loc[["treated", "control"]]
    means = {name: both[name].map("{:.3f}".format) for name in ("mean_before", "mean_after")}
    return both.assign(**means)[["mean_before", "n_before", "mean_after", "n_after"]]


def mended(study: Study) -> pd.DataFrame | Lacking:
    """The items to mend with what ranks them; what the survey cannot say is left out."""
    if study.mended.empty:
        return Lacking("nothing_to_mend")
    found = study.mended.assign(link=study.links.reindex(study.mended.index))
    found = found[["n", "gap", "gap_lower", "gap_upper", "top_two", "link", "shortfall"]]
    found = found.drop(columns="link") if "overall" in study.lacking else found
    return found.dropna(axis="columns", how="all")


def todo(table: pd.DataFrame, branch: str = "") -> pd.DataFrame:
    """The action list with its values in words; what concerns every branch says so."""
    places = table["branch"].replace("", wording.text("09_survey.all_branches"))
    found = table.assign(branch=places, basis=[_basis(*row) for row in table[VALUED].to_numpy()])
    numbers = [wording.text("09_survey.response_number", number=one) for one in table["subject"]]
    found["subject"] = table["subject"].mask(table["is_response"], pd.Series(numbers, table.index))
    if branch or not (table["branch"] != "").any():
        found = found.drop(columns="branch")
    return found[[name for name in SHOWN if name in found]]


def _basis(reason: str, value: float) -> str:
    """What an action rests on; an item without a gap is judged by its top-two-box."""
    key = "mend_low" if reason == "mend_item" and value >= 0 else reason
    return wording.text(f"09_survey.basis_{key}", value=value, short=abs(value))
