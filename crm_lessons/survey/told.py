"""The values of the computed sentences in ``wording/survey.yaml``, read off a study.

``lesson.say("ranking", **survey.told.ranking(study, 30))``: each function returns the placeholders
of the sentence of its name. Codes of branches, staff and items stand in lists; the lesson says them
in words.
"""

import numpy as np
import pandas as pd

from crm_lessons import wording
from crm_lessons.sampling import mean_interval, moments
from crm_lessons.survey import _staff as scoring
from crm_lessons.survey._branches import BETTER, TOO_FEW, WORSE
from crm_lessons.survey._branches import ranking as ranking_of
from crm_lessons.survey._coverage import NO_JOBS, PICKS
from crm_lessons.survey._planning import answers_for_width
from crm_lessons.survey._scores import respondent_weights
from crm_lessons.survey._study import Study
from crm_lessons.survey.chosen import scale_of, without_staff
from crm_lessons.wording import names

WEIGHTS = (0.2, 0.34, 0.5, 0.7, 1.0)


def three_ways(study: Study) -> dict[str, dict[str, float]]:
    """Sentence to values: ratio and gap, or that there are no expectations; and top-two-box.

    Of a single answer only that it is single: it has no interval, and no report should rest on it.
    """
    row = study.index.iloc[0]
    told = {"n": int(row["n"]), "perceived": row["perceived"], "expected": row["expected"]}
    if told["n"] < 2:
        return {"single_answer": told}
    top = {"top": row["top_two"], "lower": row["top_two_lower"], "upper": row["top_two_upper"]}
    if pd.isna(row["ratio"]):
        lower, upper = _ends_of_the_mean(study)
        return {"no_expectations": told | {"lower": lower, "upper": upper}, "top_two": told | top}
    return {
        way: told | {way: row[way], "lower": row[f"{way}_lower"], "upper": row[f"{way}_upper"]}
        for way in ("ratio", "gap")
    } | {"top_two": told | top}


def means(study: Study) -> dict[str, float]:
    """Of what was perceived and expected on average, before they are compared."""
    return {name: float(study.index.iloc[0][name]) for name in ("perceived", "expected")}


def _ends_of_the_mean(study: Study) -> tuple[float, float]:
    found = study.focus.people
    score = study.score.reindex(found.index).to_frame("score").dropna()
    weights = respondent_weights(score, found.get("weight"))
    ends = mean_interval(*moments(score["score"].to_numpy(), weights.to_numpy()))
    return tuple(np.clip(ends, *scale_of(study.focus)))


def nps(study: Study) -> dict[str, float]:
    """Of the net promoter score and its interval."""
    row = study.nps.iloc[0]
    told = {name: float(row[name]) for name in ("nps", "promoters", "detractors")}
    return told | {"n": int(row["n"]), "lower": row["nps_lower"], "upper": row["nps_upper"]}


def alpha(study: Study) -> tuple[str, dict[str, float]]:
    """The sentence on both alphas and how many respondents were used, and its values.

    Where everybody gives an item the same answer nothing correlates with it, and there is no
    standardised alpha.
    """
    one = study.reliability
    parts = ("raw", "lower", "upper", "standardised", "items", "n", "left_out")
    key = "alpha_raw" if pd.isna(one.standardised) else "alpha"
    return key, {name: getattr(one, name) for name in parts}


def best_without(study: Study) -> tuple[str, dict[str, object]]:
    """The sentence on the item to drop, and its values."""
    one = study.reliability
    if one.best_without is None:
        return "alpha_all_help", {}
    value = one.table.loc[one.best_without, "alpha_if_deleted"]
    return "alpha_best_without", {"item": [one.best_without], "alpha": value}


def ranking(study: Study, minimum: int) -> dict[str, int]:
    """How many branches and pairs were compared, and how many pairs differ."""
    tested = study.compared[study.compared["verdict"] != TOO_FEW]
    return {
        "branches": len(study.ranked),
        "judged": int((study.ranked["n"] >= minimum).sum()),
        "minimum": minimum,
        "pairs": len(tested),
        "differ": int((tested["verdict"] == BETTER).sum()),
    }


def verdicts(ranked: pd.DataFrame) -> dict[str, list[str]]:
    """The branches that are truly better, truly worse, or have too few answers."""
    return {
        word: sorted(ranked.index[ranked["verdict"] == verdict])
        for word, verdict in (("better", BETTER), ("worse", WORSE), ("branches", TOO_FEW))
    }


def standing(study: Study) -> dict[str, object]:
    """Where the branch in question stands among the others; its interval is told by the chart."""
    row = study.ranked.loc[study.branch]
    told = {"mean": float(row["mean"]), "rank": int(row["rank"]), "n": int(row["n"])}
    told["branches"] = len(study.ranked)
    return told | {
        "branch": [study.branch],
        "verdict": names.code(row["verdict"], "codes.verdict."),
    }


def first(study: Study) -> tuple[str, dict[str, object]]:
    """The sentence on the branch with the highest mean, raw and (where known) shrunken."""
    row = study.ranked.iloc[0]
    told = {name: float(row[name]) for name in ("mean", "shrunken")}
    key = "first_single" if pd.isna(row["shrunken"]) else "first_of_all"
    return key, told | {"branch": [study.ranked.index[0]], "n": int(row["n"])}


def picked(study: Study) -> tuple[str, dict[str, object]]:
    """The sentence on who seems to pick customers, and its values."""
    covered = study.covered_here
    if covered is None:
        return "no_advisers", {}
    found = covered[covered["state"] == PICKS]
    if len(found):
        told = {"coverage": found["coverage"].mean(), "others": found["others_coverage"].mean()}
        return "picked", told | {"staff": list(found.index)}
    known = (covered["state"] != NO_JOBS).any()
    return ("nobody_picked" if known else "no_jobs"), {}


def chief(parts: pd.DataFrame, customer_weight: float) -> dict[str, object]:
    """The weights of the parts and whether the customer's is the largest."""
    weights = scoring.part_weights(parts.columns, customer_weight=customer_weight)
    others = [weight for name, weight in weights.items() if name != scoring.CUSTOMER]
    scored = scoring.staff_scores(parts, customer_weight=customer_weight)
    return {
        "customer": weights[scoring.CUSTOMER],
        "others": len(others),
        "other": others[0] if others else 0.0,
        "chief": scoring.chief_examiner(weights),
        "first_staff": list(scored.index[:1]),
    }


def staff_moved(ranks: pd.DataFrame, customer_weight: float) -> dict[str, object]:
    """Who is first under the weight in use, the least and the largest weight."""
    least, most = min(ranks.columns), max(ranks.columns)
    firsts = {weight: sorted(ranks.index[(ranks[weight] == 1).fillna(False)]) for weight in ranks}
    return {
        "customer": customer_weight,
        "first_staff": firsts[customer_weight],
        "least": least,
        "first_least": firsts[least],
        "most": most,
        "first_most": firsts[most],
    }


def effect(table: pd.DataFrame) -> dict[str, object]:
    """The changes, the effect with its interval, and in words whether it is more than chance."""
    row = table.loc["effect"]
    found = "real" if row["lower"] > 0 or row["upper"] < 0 else "noise"
    return {
        "treated": table.loc["treated", "change"],
        "control": table.loc["control", "change"],
        "effect": row["change"],
        "lower": row["lower"],
        "upper": row["upper"],
        "verdict": wording.text(f"survey.effect_{found}"),
    }


def spread(study: Study, half_width: float) -> dict[str, float]:
    """The standard deviation of one score, and the answers needed where customers are many.

    Empty where all scores are alike, or there is only one.
    """
    sd = float(study.score.std(ddof=1))
    if not sd > 0:
        return {}
    return {"sd": sd, "width": half_width, "many": answers_for_width(half_width, sd=sd)}


def plan(table: pd.DataFrame, answers: pd.Series, response: float) -> dict[str, object]:
    """How many branches have enough answers, which need more, and which cannot get them."""
    have = answers.reindex(table.index).fillna(0) >= table["needed"]
    return {
        "known": len(table),
        "have": int(have.sum()),
        "more": sorted(table.index[~have]),
        "unable": sorted(table.index[~table["enough"] & ~have]),
        "response": response,
    }


def lacking(study: Study) -> str:
    """What the survey lacks, in words."""
    words = [wording.text(f"survey.lacking_{name}") for name in study.lacking]
    return wording.text("course.between").join(words)


def weakest(aspects: pd.DataFrame) -> list[str]:
    """The aspect with the largest shortfall; without expectations the lowest mean."""
    by = "gap" if aspects["gap"].notna().any() else "perceived"
    return [str(aspects[by].sort_index().idxmin())]


def again(study: Study, minimum: int) -> tuple[str, dict[str, object]]:
    """What becomes of the branches without the answers that seem picked."""
    staff = study.covered.index[study.covered["state"] == PICKS]
    people = without_staff(study.found, staff).people
    ranked = ranking_of(
        study.score.reindex(people.index),
        people["branch"],
        respondents=people.get("weight"),
        minimum=minimum,
    )
    before, after = study.ranked["verdict"], ranked["verdict"]
    if before.reindex(after.index).equals(after):
        return "picked_hides_nothing", {}
    return "without_picked", {"worse": verdicts(ranked)["worse"]}


def ranks(study: Study, customer_weight: float) -> pd.DataFrame | None:
    """The ranks of staff under several weights and the one in use; None with fewer than two."""
    if study.parts is None or len(study.parts.dropna()) < 2 or len(study.parts.columns) < 2:
        return None
    weights = sorted({*WEIGHTS, customer_weight})
    return scoring.ranks_by_weight(study.parts, customer_weights=weights)


def smallest(jobs: pd.Series | None) -> dict[str, object]:
    """The branch with fewest jobs; empty if nobody knows."""
    known = None if jobs is None else jobs.dropna().sort_index()
    if known is None or known.empty:
        return {}
    return {"branch": [known.idxmin()], "jobs": int(known.min())}


def reach(ranked: pd.DataFrame) -> int:
    """How far the curve of sample sizes is drawn: as far as the largest branch, 100 at least."""
    return max(100, min(int(ranked["n"].max() * 1.15), 1000))


def mend(study: Study) -> tuple[str, dict[str, object]]:
    """The sentence on what to mend first, by what it was ranked, and its values."""
    if study.mended.empty:
        return "nothing_to_mend", {}
    by = "low" if "expectations" in study.lacking else "gap"
    linked = "" if "overall" in study.lacking else "_linked"
    return f"mend_{by}{linked}", {"items": list(study.mended.index)}
