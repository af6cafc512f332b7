"""For each chart of a survey one sentence, computed from the same frame."""

import pandas as pd

from crm_lessons import wording
from crm_lessons.charts._bars import words_of
from crm_lessons.charts._survey_branches import movers
from crm_lessons.charts._survey_items import sides, worst_first
from crm_lessons.wording import names


def describe_gaps(table: pd.DataFrame, *, codes: names.Codes = "") -> str:
    """Say which item falls short most and which least.

    >>> table = pd.DataFrame({"n": [50, 50], "perceived": [3.5, 4.4], "expected": [4.5, 4.4],
    ...     "gap": [-1.0, 0.0]}, index=["wait", "price"])
    >>> with wording.using("en"):
    ...     print(describe_gaps(table))  # doctest: +NORMALIZE_WHITESPACE
    Expected against perceived, 2 items: the largest shortfall is wait (−1.00), the smallest price
    (+0.00).
    """
    shown = worst_first(table)
    kind = "gap" if shown["gap"].notna().any() else "perceived"
    known = shown.dropna(subset=[kind])
    worst, best = known.iloc[0], known.iloc[-1]
    told = {
        "items": len(shown),
        "worst": names.code(worst.name, codes),
        "worst_value": worst[kind],
        "best": names.code(best.name, codes),
        "best_value": best[kind],
    }
    key = "alt_gaps" if kind == "gap" else "alt_means"
    return wording.text(f"charts_survey.{key}", **told).replace("-", "−")


def describe_answer_levels(table: pd.DataFrame, *, codes: names.Codes = "") -> str:
    """Say which item has most unhappy answers and which most happy ones.

    >>> table = pd.DataFrame({1: [0.5, 0.0], 2: [0.0] * 2, 3: [0.0, 0.1], 4: [0.5, 0.0],
    ...     5: [0.0, 0.9], "n": [4, 4]}, index=["wait", "price"])
    >>> with wording.using("en"):
    ...     print(describe_answer_levels(table))  # doctest: +NORMALIZE_WHITESPACE
    Answers to 2 items, n = 4 at most: most unhappy answers to wait (50%), most happy ones to price
    (90%).
    """
    _, below, above = sides(table)
    told = {
        "items": len(below),
        "n": int(table["n"].max()),
        "worst": names.code(below.sort_index().idxmax(), codes),
        "worst_share": below.max(),
        "best": names.code(above.sort_index().idxmax(), codes),
        "best_share": above.max(),
    }
    return wording.text("charts_survey.alt_levels", **told)


def describe_branch_ranking(table: pd.DataFrame, *, codes: names.Codes | None = None) -> str:
    """Say of each branch its mean, its interval and the verdict.

    >>> table = pd.DataFrame({"n": [8], "mean": [4.5], "lower": [4.0], "upper": [5.0],
    ...     "verdict": ["too_few"]}, index=["east"])
    >>> with wording.using("en"):
    ...     describe_branch_ranking(table)
    'Means of 1 branches with intervals: east 4.50 (4.00 to 5.00, n = 8), too few answers.'
    """
    words = words_of(table, codes)
    parts = []
    for name, row in table.head(24).iterrows():
        told = {"name": names.code(name, words), "mean": row["mean"], "n": int(row["n"])}
        told["verdict"] = wording.text(f"codes.verdict.{row['verdict']}")
        if pd.isna(row["lower"]):
            parts.append(wording.text("charts_survey.alt_ranking_bare", **told))
        else:
            ends = {"lower": row["lower"], "upper": row["upper"]}
            parts.append(wording.text("charts_survey.alt_ranking_part", **told, **ends))
    joined = wording.text("charts.alt_joint").join(parts)
    return wording.text("charts_survey.alt_ranking", branches=len(table), parts=joined)


def describe_sample_size(
    curve: pd.DataFrame, *, wished: float = 0.2, branches: pd.Series | None = None
) -> str:
    """Say how many answers the wished half width takes, and how many branches have them.

    >>> from crm_lessons.survey import curve
    >>> with wording.using("en"):
    ...     describe_sample_size(curve(sd=0.8, largest=100), wished=0.2)
    'Uncertainty against answers: ±0.20 takes 62 answers.'
    """
    enough = curve.loc[curve["half_width"] <= wished, "n"]
    if enough.empty:
        told = {"wished": wished, "n": int(curve["n"].max())}
        return wording.text("charts_survey.alt_size_never", **told)
    n = int(enough.min())
    if branches is None:
        return wording.text("charts_survey.alt_size", wished=wished, n=n)
    told = {"have": int((branches >= n).sum()), "branches": len(branches)}
    return wording.text("charts_survey.alt_size_branches", wished=wished, n=n, **told)


def describe_staff_ranks(ranks: pd.DataFrame, *, codes: names.Codes | None = None) -> str:
    """Say who falls and who rises as the customer's weight grows.

    >>> with wording.using("en"):
    ...     found = describe_staff_ranks(pd.DataFrame({0.2: [1, 2], 0.8: [2, 1]}, index=["L", "W"]))
    >>> print(found)  # doctest: +NORMALIZE_WHITESPACE
    Ranks of 2 members of staff: from a weight of 20% to 80%, L goes from 1 to 2, W from 2 to 1.
    """
    known = ranks.dropna().astype("int64")
    moved = movers(known)
    if len(moved) < 2:
        return wording.text("charts_survey.alt_staff_still", staff=len(known))
    told: dict[str, object] = {"staff": len(known)}
    told |= {"least": known.columns[0], "most": known.columns[-1]}
    for word, name in zip(("down", "up"), moved, strict=True):
        told[word] = names.code(name, words_of(ranks, codes))
        told |= {f"{word}_from": known.loc[name].iloc[0], f"{word}_to": known.loc[name].iloc[-1]}
    return wording.text("charts_survey.alt_staff", **told)
