"""What the lesson says of the training, before and after, with a control group.

As in `facts`, a function gives a list of sentences, each with its values.
"""

import pandas as pd
from scipy import stats

from crm_lessons.lacking import Lacking, unless
from crm_lessons.survey import Study

Sentences = list[tuple[str, dict[str, object]]]


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
    told["seen"] = _would_show(branches, sum(counts.values()))
    return [("effect", told), (f"effect_{verdict}", told)]


def _would_show(row: pd.Series, branches: int) -> float:
    """The effect that would be shown four times out of five with these branches and their drift.

    Student's t: the lines of level and power, each with branches − 2 degrees of freedom.
    """
    free = branches - 2
    error = (row["upper"] - row["lower"]) / 2 / stats.t.ppf(0.975, free)
    return float(error * (stats.t.ppf(0.975, free) + stats.t.ppf(0.8, free)))


def _beyond_chance(answers: pd.Series, branches: pd.Series) -> str:
    """``real``; ``few`` where only the answers say so; ``noise``."""
    clear = [row["lower"] > 0 or row["upper"] < 0 for row in (branches, answers)]
    return "real" if clear[0] else "few" if clear[1] else "noise"
