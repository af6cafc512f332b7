"""Which aspects of care cannot be told from the weakest: somebody is always last."""

import pandas as pd

from crm_lessons import sampling
from crm_lessons.survey._responses import Responses
from crm_lessons.survey._scores import respondent_weights, scores


def not_told_from(
    found: Responses, aspect: str, others: list[str], *, confidence: float = 0.95
) -> pd.Series:
    """The other aspects whose scores the same customers' answers do not tell from this one's.

    By aspect, float64 named ``detectable``: the difference in levels that would have been shown
    four times out of five.

    Each customer's score of one aspect less that of the other (the shortfall where expectations
    were asked, else what was perceived), Student's test against 0, corrected for all that are
    compared (Holm).

    >>> from crm_lessons import data, survey
    >>> found = survey.responses(data.read("dealer_survey"))
    >>> not_told_from(found, "after_sales", ["customer_service", "product_quality"]).to_dict()
    {}
    """
    weight = respondent_weights(found.asked, found.people.get("weight"))
    own, p, seen = _score(found, aspect), {}, {}
    for other in others:
        apart = (_score(found, other) - own).dropna()
        side = sampling.moments(apart.to_numpy(), weight.reindex(apart.index).to_numpy())
        error, _, p[other] = sampling.contrast(side[0], [side])
        seen[other] = sampling.detectable_change(error, comparisons=len(others))
    adjusted = sampling.holm(pd.Series(p, dtype="float64"))
    told = pd.Series(seen, dtype="float64", name="detectable")
    return told[~(adjusted <= 1 - confidence)].sort_index()


def _score(found: Responses, aspect: str) -> pd.Series:
    """What each customer's answers to the items of an aspect come to."""
    named = found.items["aspect"].reindex(found.asked.columns)
    items = list(named.index[named == aspect])
    short = found.perceived[items] - found.expected[items]
    asked = short if short.notna().to_numpy().any() else found.perceived[items]
    return scores(asked, weights={item: found.weights[item] for item in items})
