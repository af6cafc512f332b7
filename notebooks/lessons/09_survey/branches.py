"""What the lesson says of branches: their standing, who differs, what could not be shown.

As in `facts`, a function gives a list of sentences, each with its values.
"""

import pandas as pd

from crm_lessons.survey import Study
from crm_lessons.wording import names

Sentences = list[tuple[str, dict[str, object]]]
BETTER, WORSE, TOO_FEW = "better", "worse", "too_few"


def no_branches(study: Study) -> Sentences:
    """That branches cannot be compared, where they cannot."""
    return [("no_branches", {})] if study.ranked is None else []


def standing(study: Study) -> Sentences:
    """Where the branch in question stands among the others; its interval is told by the chart."""
    if study.ranked is None or not study.branch:
        return []
    row = study.ranked.loc[study.branch]
    told = {"mean": float(row["mean"]), "rank": int(row["rank"]), "n": int(row["n"])}
    told |= {"best": int(row["rank_best"]), "worst": int(row["rank_worst"])}
    told |= {"branch": [study.branch], "branches": len(study.ranked)}
    return [("standing", told | {"verdict": names.code(row["verdict"], "codes.verdict.")})]


def first(study: Study) -> Sentences:
    """The branch with the highest mean, raw and (where known) shrunken."""
    if study.ranked is None or study.branch:
        return []
    row = study.ranked.iloc[0]
    told = {name: float(row[name]) for name in ("mean", "lower", "upper", "shrunken")}
    told |= {"low": float(row["shrunken_lower"]), "high": float(row["shrunken_upper"])}
    told |= {"best": int(row["rank_best"]), "worst": int(row["rank_worst"])}
    no_interval = row[["lower", "shrunken"]].isna().any()
    key = "first_single" if no_interval else "first_of_all"
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
    said: Sentences = []
    if pairs := int((study.compared["verdict"] != TOO_FEW).sum()):
        n = int(study.ranked.loc[study.ranked["verdict"] != TOO_FEW, "n"].sum())
        told = {"better": better, "worse": worse, "pairs": pairs, "n": n}
        said = [("better", told), *not_shown(study)]
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
    clustered: Sentences = [(_advisers_told(study), {})]
    if open_.empty:
        return [] if study.branch else clustered
    told = {"least": open_["detectable"].min(), "most": open_["detectable"].max()}
    return [("not_shown", {"pairs": len(open_)} | told), *clustered]


def _advisers_told(study: Study) -> str:
    """Whether what single advisers do to a branch could be taken into the bonus."""
    if "adviser" in study.lacking:
        return "by_adviser_unknown"
    return "by_adviser" if study.covered is not None else "by_adviser_unknown"


def _with_verdict(ranked: pd.DataFrame, verdict: str) -> list[str]:
    return sorted(ranked.index[ranked["verdict"] == verdict])


def no_bonus(study: Study) -> Sentences:
    """That nothing supports a bonus by branch, where nothing does."""
    return [("no_bonus", {})] if study.advised is None else []
