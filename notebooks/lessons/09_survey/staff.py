"""Who seems to pick customers, and how staff rank: values of what the lesson says of it."""

import pandas as pd

from crm_lessons import survey
from crm_lessons.course import dividing
from crm_lessons.lacking import Lacking, is_lacking, passed_on
from crm_lessons.survey import Study

Sentences = list[tuple[str, dict[str, object]]]
WEIGHTS = (0.2, 0.34, 0.5, 0.7, 1.0)
PICKS = "picks_customers"


def picked(study: Study, minimum: int) -> Sentences:
    """Who seems to pick customers, and what becomes of the branches without their answers."""
    covered = study.covered_here
    if covered is None:
        return [("no_advisers", {})]
    found = covered[covered["state"] == PICKS]
    if not len(found):
        lines = covered[["coverage_line", "score_line"]].dropna().median()
        if lines.isna().any():
            jobs = (covered["state"] != "jobs_unknown").any()
            return [("nobody_compared" if jobs else "no_jobs", {})]
        told = {"coverage": lines["coverage_line"], "score": lines["score_line"]}
        return [("nobody_picked", told | {"others": covered["coverage"].median()})]
    told = {"coverage": found["coverage"].mean(), "others": found["others_coverage"].mean()}
    said: Sentences = [("picked", told | {"advisers": len(found)})]
    compared = study.ranked is not None and not study.branch
    return said + (_without_picked(study, minimum) if compared else [])


def _without_picked(study: Study, minimum: int) -> Sentences:
    staff = study.covered.index[study.covered["state"] == PICKS]
    people = study.found.without_staff(staff).people
    ranked = survey.ranking(
        study.score.reindex(people.index),
        people["branch"],
        respondents=people.get("weight"),
        minimum=minimum,
    )
    before, after = study.ranked["verdict"], ranked["verdict"]
    if before.reindex(after.index).equals(after):
        return [("picked_hides_nothing", {})]
    return [("without_picked", {"worse": sorted(ranked.index[ranked["verdict"] == "worse"])})]


def ranks(study: Study, customer_weight: float) -> pd.DataFrame | Lacking:
    """The ranks of staff under several weights and the one in use."""
    if study.branch:
        return Lacking("one_branch")
    if study.parts is None or len(study.parts.dropna()) < 2 or len(study.parts.columns) < 2:
        return Lacking("fewer_than_two")
    weights = sorted({*WEIGHTS, customer_weight})
    return survey.ranks_by_weight(study.parts, customer_weights=weights)


def moved(ranks: pd.DataFrame | Lacking, customer_weight: float, study: Study) -> Sentences:
    """Who is first under the weight in use, the least and the largest weight, and how surely."""
    if is_lacking(ranks):
        return [] if ranks.why == "one_branch" else [("no_ranks", {})]
    least, most = min(ranks.columns), max(ranks.columns)
    firsts = {weight: sorted(ranks.index[(ranks[weight] == 1).fillna(False)]) for weight in ranks}
    told = {
        "customer": customer_weight,
        "first_staff": firsts[customer_weight],
        "least": least,
        "first_least": firsts[least],
        "most": most,
        "first_most": firsts[most],
    }
    sure = survey.first_rate(study.parts, _errors(study), customer_weight=customer_weight)
    told["sure"] = float(sure.reindex(firsts[customer_weight]).max())
    return [("staff_moved", told), ("staff_left_out", {"minimum": survey.STAFF_MINIMUM})]


def _errors(study: Study) -> pd.Series:
    """The standard error of each adviser's mean, with one variance for all."""
    table = pd.DataFrame({"score": study.score, "who": study.found.column("adviser")}).dropna()
    groups = table.groupby("who")["score"]
    n, free = groups.size(), max(len(table) - groups.ngroups, 1)
    within = ((table["score"] - groups.transform("mean")) ** 2).sum() / free
    return (within / n) ** 0.5


@passed_on
def scores(ranks: pd.DataFrame, parts: pd.DataFrame, weight: float) -> pd.DataFrame:
    """The scores under the weight in use, where there are `ranks`."""
    return survey.staff_scores(parts, customer_weight=weight)


def idle(
    study: Study,
    ranks: pd.DataFrame | Lacking,
    *,
    minimum: int,
    at_least: float,
    customer_weight: float,
) -> Sentences:
    """Limits that were given and tell no branch or answer from another, weights without parts."""
    people = study.found.people
    branches = people["branch"].value_counts() if "branch" in people else pd.Series(dtype="int64")
    lines = {
        "minimum": (minimum, pd.Series([len(people), *branches]) >= minimum),
        "at_least": (at_least, study.score.isna()),
        "customer_weight": (customer_weight, pd.Series([False, not is_lacking(ranks)])),
    }
    return dividing.idle("09_survey", lines)
