"""What whoever reads the figures of a survey should know first: scales mixed, items contradicting.

Each remark is the key of a sentence in ``wording/remarks.yaml`` and its values; codes of items
stand in lists, which the reader's language puts into words.
"""

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons.survey._responses import Responses
from crm_lessons.survey._scores import scores
from crm_lessons.survey.recommending import OF_TEN, WITH_A_WORD, scale_of_recommending

Remark = tuple[str, dict[str, object]]
FEWEST = 8  # respondents, below which no correlation is called clear


def remarks(found: Responses) -> list[Remark]:
    """What to say of a survey before its figures: what was kept, which scales, which items.

    >>> from crm_lessons import data
    >>> from crm_lessons.survey import responses
    >>> remarks(responses(data.read("dealer_survey")))
    []
    """
    return [*_kept(found), *_scales(found), *_recommending(found), *_contradicting(found)]


def contradicting(answers: pd.DataFrame, *, confidence: float = 0.95) -> pd.Series:
    """Items whose answers run against all the others: item → correlation with the mean of the rest.

    Only a clearly negative one is listed: one whose interval (Fisher's, of ``confidence``) lies
    below 0 as a whole. The usual reason is an item asked the other way round that is not turned.

    >>> levels = [1.0, 2, 3, 4, 5, 1, 2, 3, 4, 5]
    >>> turned = [6 - level for level in levels]
    >>> table = pd.DataFrame({"a": levels, "b": levels, "wait": turned})
    >>> contradicting(table).round(2).to_dict()
    {'wait': -1.0}
    """
    asked = answers.dropna(axis="columns", how="all")
    found = {}
    for item in asked.columns:
        rest = asked.drop(columns=item)
        if rest.empty or not rest.notna().to_numpy().any():
            continue
        pair = pd.DataFrame({"own": asked[item], "rest": scores(rest)}).dropna()
        if _clearly_below(pair, confidence):
            found[item] = float(pair["own"].corr(pair["rest"]))
    return pd.Series(found, dtype="float64").rename_axis("item")


def _clearly_below(pair: pd.DataFrame, confidence: float) -> bool:
    varies = (pair.max() - pair.min() > 1e-9).all()
    if len(pair) < FEWEST or not varies:
        return False
    seen = float(np.clip(pair["own"].corr(pair["rest"]), -1 + 1e-12, 1 - 1e-12))
    half = stats.norm.ppf(0.5 + confidence / 2) / np.sqrt(len(pair) - 3)
    return bool(np.arctanh(seen) + half < 0)


def _kept(found: Responses) -> list[Remark]:
    if not found.kept_by:
        return []
    by = ", ".join(f"{name} = {value}" for name, value in found.kept_by.items())
    return [("kept", {"read": found.read, "n": len(found.people), "by": by})]


def _scales(found: Responses) -> list[Remark]:
    if found.scale is None:
        return []
    pairs = dict.fromkeys(zip(found.items["low"], found.items["high"], strict=True))
    told = ", ".join(f"{low:g}–{high:g}" for low, high in pairs)
    return [("one_scale", {"scales": told, "low": found.scale[0], "high": found.scale[1]})]


def _recommending(found: Responses) -> list[Remark]:
    """Where a net promoter score is not what the term means, or none is given at all."""
    scale = scale_of_recommending(found.questionnaire)
    answered = "recommends" in found.people and found.people["recommends"].notna().any()
    if scale is None or not answered or scale in OF_TEN:
        return []
    key = "nps_from_one" if scale in WITH_A_WORD else "no_nps"
    return [(key, {"low": scale[0], "high": scale[1]})]


def _contradicting(found: Responses) -> list[Remark]:
    against = contradicting(found.perceived) if found.perceived.notna().to_numpy().any() else ()
    return [("contradicting", {"items": list(against.index)})] if len(against) else []
