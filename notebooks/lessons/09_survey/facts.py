"""The values of what the lesson says with figures, read off a study of a survey.

A function gives a list of sentences, each with its values; where there is nothing to say it is
empty. Codes of branches, staff and items stand in lists; the lesson says them in words.
"""

import numpy as np
import pandas as pd

from crm_lessons import survey, wording
from crm_lessons.sampling import mean_interval, moments
from crm_lessons.survey import Study

# Further files of the lesson, as ``lesson.facts.tables`` and so on.
from . import branches as branches
from . import planned as planned
from . import staff as staff
from . import tables as tables
from . import trained as trained
from .bound import bound as bound

Sentences = list[tuple[str, dict[str, object]]]


def known(study: Study) -> Sentences:
    """What the survey lacks, in words, and of which branch the figures are."""
    words = [wording.text(f"09_survey.lacking_{name}") for name in study.lacking]
    told = wording.text("course.between").join(words)
    said: Sentences = [("lacking", {"lacking": told})] if words else []
    own = {"branch": [study.branch], "n": len(study.focus.people)}
    return said + ([("of_branch", own)] if study.branch else [])


def covered(study: Study, jobs: pd.Series | None) -> Sentences:
    """From what share of the jobs (by branch) answers come, and where it is remarkably small.

    Names that order lines and survey write in two ways are told first.
    """
    alike = {} if jobs is None else jobs.attrs.get("alike", {})
    pairs = "; ".join(f"“{one}” = “{other}”" for one, other in sorted(alike.items()))
    written: Sentences = [("jobs_alike", {"pairs": pairs})] if alike else []
    return written + _covered(study, jobs)


def _covered(study: Study, jobs: pd.Series | None) -> Sentences:
    if jobs is None or study.ranked is None:
        return []
    both = pd.DataFrame({"n": study.ranked["n"], "jobs": jobs}).astype("float64").dropna()
    both = both[(both["jobs"] > 0) & (both["n"] <= both["jobs"])]
    if both.empty or (study.branch and study.branch not in both.index):
        return []
    n, done = both.sum() if not study.branch else both.loc[study.branch]
    told = {"n": int(n), "jobs": int(done), "share": n / done}
    rest = both.sum() - both
    others = (rest["n"] / rest["jobs"]).where(rest["jobs"] > 0)
    little = both.index[both["n"] / both["jobs"] < others / 2]
    said: Sentences = [("covered", told)]
    if study.branch:
        own = {"branch": [study.branch], "others": others[study.branch]}
        said = [("covered_branch", told | own)] if pd.notna(own["others"]) else said
        little = little.intersection([study.branch])
    return said + ([("covered_little", {"branches": sorted(little)})] if len(little) else [])


def means(study: Study) -> Sentences:
    """What was perceived and expected on average, before they are compared."""
    if "expectations" in study.lacking:
        return []
    row = study.index.iloc[0]
    return [("means", {name: float(row[name]) for name in ("perceived", "expected")})]


def three_ways(study: Study) -> Sentences:
    """Ratio and gap, or that there are no expectations; and top-two-box.

    Of a single answer only that it is single: it has no interval, and no report should rest on it.
    """
    row = study.index.iloc[0]
    told = {"n": int(row["n"]), "perceived": row["perceived"], "expected": row["expected"]}
    if told["n"] < 2:
        return [("single_answer", told | {"compare": "perceived"})]
    top = {"top": row["top_two"], "lower": row["top_two_lower"], "upper": row["top_two_upper"]}
    top_two = ("top_two", told | top | {"compare": "top", "kind": "percent"})
    if pd.isna(row["ratio"]):
        lower, upper = _ends_of_the_mean(study)
        alone = told | {"lower": lower, "upper": upper, "compare": "perceived"}
        return [("no_expectations", alone), top_two]
    return [*((way, told | _with_ends(row, way)) for way in ("ratio", "gap")), top_two]


def _with_ends(row: pd.Series, way: str) -> dict[str, object]:
    ends = {"lower": row[f"{way}_lower"], "upper": row[f"{way}_upper"]}
    return {way: row[way], "compare": way} | ends


def _ends_of_the_mean(study: Study) -> tuple[float, float]:
    found = study.focus.people
    score = study.score.reindex(found.index).to_frame("score").dropna()
    weights = survey.respondent_weights(score, found.get("weight"))
    ends = mean_interval(*moments(score["score"].to_numpy(), weights.to_numpy()))
    return tuple(np.clip(ends, *study.focus.ends))


def satisfied(study: Study) -> Sentences:
    """The share whose overall answer is one of the two best."""
    return [] if study.satisfied is None else [("satisfied", study.satisfied)]


def nps(study: Study) -> Sentences:
    """The net promoter score and its interval."""
    if study.nps is None:
        return []
    row = study.nps.iloc[0]
    told = {name: float(row[name]) for name in ("nps", "promoters", "detractors")}
    told |= {"n": int(row["n"]), "lower": row["nps_lower"], "upper": row["nps_upper"]}
    return [("nps", told)]


def two_levels(found: survey.Responses) -> Sentences:
    """That of two levels only one is a good answer."""
    return [("two_levels", {})] if found.has_two_levels else []


def weakest(study: Study) -> Sentences:
    """The aspect with the largest shortfall; without expectations the lowest mean.

    Beside it those that these answers do not tell from it.
    """
    if study.few:
        return [("items_too_few", planned.few(study))]
    if study.aspects is None:
        return [("one_aspect", {})]
    by = "gap" if study.aspects["gap"].notna().any() else "perceived"
    table = study.aspects.dropna(subset=[by]).sort_index()
    last = str(table[by].idxmin())
    others = [str(name) for name in table.index if name != last]
    told = {"aspect": [last], "n": int(table.loc[last, "n"]), "mean": float(table.loc[last, by])}
    told |= {end: float(table.loc[last, f"gap_{end}"]) for end in ("lower", "upper")}
    open_ = survey.not_told_from(study.focus, last, others)
    told |= {"rivals": list(open_.index), "seen": open_.max()}
    return [(f"lowest_{by}" if len(open_) else f"weakest_{by}", told)]


def alpha(study: Study) -> Sentences:
    """Both alphas and how many respondents were used.

    Where everybody gives an item the same answer nothing correlates with it, and there is no
    standardised alpha.
    """
    one = study.reliability
    if one is None:
        return [("no_alpha", {})]
    parts = ("raw", "lower", "upper", "standardised", "items", "n", "left_out")
    key = "alpha_raw" if pd.isna(one.standardised) else "alpha"
    return [(key, {name: getattr(one, name) for name in parts})]


def best_without(study: Study) -> Sentences:
    """The item without which alpha is higher."""
    one = study.reliability
    if one is None:
        return []
    if one.best_without is None:
        return [("alpha_all_help", {})]
    value = one.table.loc[one.best_without, "alpha_if_deleted"]
    told = {"item": [one.best_without], "alpha": value, "n": one.n}
    return [("alpha_best_without", told | {"lower": one.lower, "upper": one.upper})]
