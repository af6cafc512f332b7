"""The values of what the lesson says with figures, read off a study of a survey.

A function gives a list of sentences, each with its values; where there is nothing to say it is
empty. Codes of branches, staff and items stand in lists; the lesson says them in words.
"""

import numpy as np
import pandas as pd

from crm_lessons import survey, wording
from crm_lessons.lacking import Lacking, unless
from crm_lessons.sampling import mean_interval, moments
from crm_lessons.survey import Study
from crm_lessons.wording import names

# Further files of the lesson, as ``lesson.facts.tables`` and so on.
from . import planned as planned
from . import staff as staff
from . import tables as tables
from .bound import bound as bound

Sentences = list[tuple[str, dict[str, object]]]
BETTER, WORSE, TOO_FEW = "better", "worse", "too_few"


def known(study: Study) -> Sentences:
    """What the survey lacks, in words, and of which branch the figures are."""
    words = [wording.text(f"09_survey.lacking_{name}") for name in study.lacking]
    told = wording.text("course.between").join(words)
    said: Sentences = [("lacking", {"lacking": told})] if words else []
    own = {"branch": [study.branch], "n": len(study.focus.people)}
    return said + ([("of_branch", own)] if study.branch else [])


def covered(study: Study, jobs: pd.Series | None) -> Sentences:
    """From what share of the jobs (by branch) answers come, and where it is remarkably small."""
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
    """The aspect with the largest shortfall; without expectations the lowest mean."""
    if study.few:
        return [("items_too_few", planned.few(study))]
    if study.aspects is None:
        return [("one_aspect", {})]
    by = "gap" if study.aspects["gap"].notna().any() else "perceived"
    return [("weakest_aspect", {"aspect": [str(study.aspects[by].sort_index().idxmin())]})]


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
    return [("alpha_best_without", {"item": [one.best_without], "alpha": value})]


def no_branches(study: Study) -> Sentences:
    """That branches cannot be compared, where they cannot."""
    return [("no_branches", {})] if study.ranked is None else []


def standing(study: Study) -> Sentences:
    """Where the branch in question stands among the others; its interval is told by the chart."""
    if study.ranked is None or not study.branch:
        return []
    row = study.ranked.loc[study.branch]
    told = {"mean": float(row["mean"]), "rank": int(row["rank"]), "n": int(row["n"])}
    told |= {"branch": [study.branch], "branches": len(study.ranked)}
    return [("standing", told | {"verdict": names.code(row["verdict"], "codes.verdict.")})]


def first(study: Study) -> Sentences:
    """The branch with the highest mean, raw and (where known) shrunken."""
    if study.ranked is None or study.branch:
        return []
    row = study.ranked.iloc[0]
    told = {name: float(row[name]) for name in ("mean", "shrunken")}
    key = "first_single" if pd.isna(row["shrunken"]) else "first_of_all"
    return [(key, told | {"branch": [study.ranked.index[0]], "n": int(row["n"])})]


def ranking(study: Study, minimum: int) -> Sentences:
    """How many branches and pairs were compared, and how many pairs differ."""
    if study.ranked is None or study.branch:
        return []
    tested = study.compared[study.compared["verdict"] != TOO_FEW]
    told = {
        "branches": len(study.ranked),
        "judged": int((study.ranked["n"] >= minimum).sum()),
        "minimum": minimum,
        "pairs": len(tested),
        "differ": int((tested["verdict"] == BETTER).sum()),
    }
    return [("ranking", told)]


def verdicts(study: Study, minimum: int) -> Sentences:
    """The branches that are better or worse beyond chance, or have too few answers."""
    if study.ranked is None or study.branch:
        return []
    better, worse, few = (_with_verdict(study.ranked, one) for one in (BETTER, WORSE, TOO_FEW))
    said: Sentences = [("better", {"better": better, "worse": worse})]
    said += not_shown(study)
    return said + ([("too_few", {"branches": few, "minimum": minimum})] if few else [])


def not_shown(study: Study) -> Sentences:
    """For how many pairs no difference was shown, and which would have been; of a branch, its own.

    Beside it, where advisers are known, that a branch may stand out by one of them.
    """
    if study.compared is None:
        return []
    open_ = study.compared[study.compared["verdict"] == "noise"]
    if study.branch:
        open_ = open_[open_[["first", "second"]].eq(study.branch).any(axis=1)]
    clustered: Sentences = [] if "adviser" in study.lacking else [("by_adviser", {})]
    if open_.empty:
        return [] if study.branch else clustered
    told = {"least": open_["detectable"].min(), "most": open_["detectable"].max()}
    return [("not_shown", {"pairs": len(open_)} | told), *clustered]


def _with_verdict(ranked: pd.DataFrame, verdict: str) -> list[str]:
    return sorted(ranked.index[ranked["verdict"] == verdict])


def no_bonus(study: Study) -> Sentences:
    """That nothing supports a bonus by branch, where nothing does."""
    return [("no_bonus", {})] if study.advised is None else []


def rounds(study: Study) -> pd.DataFrame | Lacking:
    """Before and after; a branch alone has none."""
    return unless(study.effect is not None and not study.branch, study.effect, "no_effect")


def effect(study: Study) -> Sentences:
    """The changes, the effect, and whether branches that drift of themselves could do the same."""
    if study.branch:
        return []
    if study.effect is None:
        return [("no_effect", {})]
    row = study.effect.loc["effect"]
    told = {group: study.effect.loc[group, "change"] for group in ("treated", "control")}
    told |= {"effect": row["change"], "lower": row["lower"], "upper": row["upper"]}
    if "effect_by_branch" not in study.effect.index:
        return [("effect_of_answers", told)]
    branches = study.effect.loc["effect_by_branch"]
    counts = {arm: int(study.effect.loc[arm, "branches"]) for arm in ("treated", "control")}
    told |= {f"{arm}_branches": n for arm, n in counts.items()}
    verdict = _beyond_chance(row, branches)
    if pd.isna(branches["lower"]):
        return [("effect_two_branches", told)]
    told |= {"wide_lower": branches["lower"], "wide_upper": branches["upper"]}
    return [("effect", told), (f"effect_{verdict}", told)]


def _beyond_chance(answers: pd.Series, branches: pd.Series) -> str:
    """``real``; ``few`` where only the answers say so; ``noise``."""
    clear = [row["lower"] > 0 or row["upper"] < 0 for row in (branches, answers)]
    return "real" if clear[0] else "few" if clear[1] else "noise"
