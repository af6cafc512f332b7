"""The three indicators of loyalty that a survey asks for, on levels, and the index made of them.

Satisfaction on five levels, the stated probability of buying again in three bands, the likelihood
to recommend on three levels (training notes, 001 L81–101). All three are answers: what customers
will do is another matter, and is compared in `crm_lessons.loyalty._calibration`.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError

INDICATORS = ("satisfaction", "repurchase", "recommendation")
BANDS = ("low", "middle", "high")
LEVELS = (1, 2, 3, 4, 5)
RECOMMENDATIONS = (1, 2, 3)  # impossible, possible, very likely
EQUAL = (1 / 3, 1 / 3, 1 / 3)
# Answers and cuts are typed decimals: what differs by less than this is the same answer.
_SAME = 1e-9


def repurchase_band(probability: pd.Series, *, high: float = 0.70, low: float = 0.30) -> pd.Series:
    """The band of a stated probability of buying again.

    The notes give 70 % and more, 70 to 30 %, 30 % and less, so that 70 and 30 belong to two bands
    each. Here 以上 and 以下 include the number (Civil Code, article 1259): exactly ``high`` is
    high, exactly ``low`` is low.

    Returns an ordered categorical low < middle < high, missing where the answer is. Raises CrmError
    if a probability is not between 0 and 1 or the cuts cross.

    >>> repurchase_band(pd.Series([0.70, 0.699, 0.301, 0.30])).to_list()
    ['high', 'middle', 'middle', 'low']
    """
    if not 0 <= low < high <= 1:
        raise CrmError("bands_cross", low=low, high=high)
    given = probability.astype("float64")
    if ((given < 0) | (given > 1)).any():
        raise CrmError("probability_range", value=float(given[(given < 0) | (given > 1)].iloc[0]))
    code = np.where(given >= high - _SAME, 2, np.where(given <= low + _SAME, 0, 1))
    bands = pd.Categorical.from_codes(
        np.where(given.isna(), -1, code), categories=list(BANDS), ordered=True
    )
    return pd.Series(bands, index=probability.index, name="repurchase")


def five_levels(answers: pd.Series, *, low: float, high: float) -> pd.Series:
    """Answers of another scale, ``low`` to ``high``, on five levels in proportion; halves go up.

    >>> five_levels(pd.Series([0.0, 5.0, 7.0, 9.0, 10.0]), low=0, high=10).to_list()
    [1.0, 3.0, 4.0, 5.0, 5.0]
    """
    shares = (answers.astype("float64") - low) / (high - low)
    return np.floor((shares * (len(LEVELS) - 1)).round(9) + 1.5)


def indicators(
    people: pd.DataFrame,
    *,
    high: float = 0.70,
    low: float = 0.30,
    promoter_from: float = 9,
    detractor_to: float = 6,
) -> pd.DataFrame:
    """The three indicators of each respondent on their levels.

    Parameters
    ----------
    people
        One row per respondent with any of ``overall`` (1 to 5, 5 best), ``repurchase_probability``
        (0 to 1) and ``recommends_level`` (1 to 3, 3 is very likely) or ``recommends`` (0 to 10); an
        indicator that was not asked is missing for everybody.
    high, low
        Cuts of `repurchase_band`.
    promoter_from, detractor_to
        Where only 0 to 10 was asked: from 9 on very likely, up to 6 impossible, both included.

    Returns
    -------
    pandas.DataFrame
        Index of ``people``: ``satisfaction`` Int64, ``repurchase`` ordered categorical,
        ``recommendation`` Int64.

    Raises
    ------
    CrmError
        None of the three was asked, or an answer is not on its scale.

    Examples
    --------
    >>> people = pd.DataFrame({"overall": [5, 4], "repurchase_probability": [0.7, 0.2],
    ...                        "recommends": [9, 6]})
    >>> indicators(people).to_numpy().tolist()
    [[5, 'high', 3], [4, 'low', 1]]
    """
    asked = {"overall", "repurchase_probability", "recommends_level", "recommends"} & set(people)
    if not asked:
        raise CrmError("no_loyalty_question")
    nothing = pd.Series(np.nan, index=people.index)
    probability = people.get("repurchase_probability", nothing)
    return pd.DataFrame(
        {
            "satisfaction": _level(people.get("overall", nothing), LEVELS, "overall"),
            "repurchase": repurchase_band(probability, high=high, low=low),
            "recommendation": _recommendation(people, promoter_from, detractor_to),
        },
        index=people.index,
    )


def loyalty_index(found: pd.DataFrame, *, weights: Sequence[float] = EQUAL) -> pd.Series:
    """The index of each respondent, 0 (all at the bottom) to 1 (all at the top).

    Each indicator is put on 0 to 1 by its level and weighted; the notes give no weights, so they
    are equal unless given. An indicator of weight 0 need not be answered; whoever left out another
    has no index. The levels are ranks, and the index treats them as equally far apart: see
    `sensitivity` for what hangs on that.

    ``found`` is the result of `indicators`; ``weights`` are those of satisfaction, repurchase and
    recommendation, none negative, adding up to 1 (else CrmError). Returns float64.

    >>> people = pd.DataFrame({"overall": [5, 1], "repurchase_probability": [1.0, 0.0],
    ...                        "recommends_level": [3, 1]})
    >>> loyalty_index(indicators(people)).to_list()
    [1.0, 0.0]
    """
    heavy = check_weights(weights)
    scaled = scaled_indicators(found)
    used = [name for name in INDICATORS if heavy[name] > 0]
    index = sum(heavy[name] * scaled[name] for name in used)
    # Weights of a third do not add up to one in the last digit.
    return index.round(12).rename("loyalty_index")


def scaled_indicators(found: pd.DataFrame) -> pd.DataFrame:
    """The three indicators on 0 to 1, float64, NaN where unknown."""
    band = pd.Series(pd.Categorical(found["repurchase"], list(BANDS)).codes, index=found.index)
    return pd.DataFrame(
        {
            "satisfaction": (found["satisfaction"].astype("Float64") - 1) / 4,
            "repurchase": band.where(band >= 0) / 2,
            "recommendation": (found["recommendation"].astype("Float64") - 1) / 2,
        }
    ).astype("float64")


def check_weights(weights: Sequence[float]) -> Mapping[str, float]:
    """The weights by indicator; CrmError unless there are three, none negative, adding up to 1."""
    given = [float(weight) for weight in weights]
    right = len(given) == 3 and all(weight >= 0 for weight in given) and abs(sum(given) - 1) < 1e-6
    if not right:
        told = ", ".join(f"{weight:g}" for weight in given)
        raise CrmError("loyalty_weights", weights=told, total=sum(given))
    return dict(zip(INDICATORS, given, strict=True))


def _level(answers: pd.Series, levels: Sequence[int], name: str) -> pd.Series:
    given = answers.astype("Float64")
    wrong = given.notna() & ~given.isin(list(levels))
    if wrong.any():
        raise CrmError("not_a_level", column=name, value=float(given[wrong].iloc[0]))
    return given.astype("Int64")


def _recommendation(people: pd.DataFrame, promoter_from: float, detractor_to: float) -> pd.Series:
    if "recommends_level" in people and people["recommends_level"].notna().any():
        return _level(people["recommends_level"], RECOMMENDATIONS, "recommends_level")
    given = people.get("recommends", pd.Series(np.nan, index=people.index)).astype("float64")
    if not detractor_to < promoter_from:
        raise CrmError("bands_cross", low=detractor_to, high=promoter_from)
    if ((given < 0) | (given > 10)).any():
        raise CrmError("not_a_level", column="recommends", value=float(given.max()))
    level = np.where(given >= promoter_from, 3.0, np.where(given <= detractor_to, 1.0, 2.0))
    return pd.Series(level, index=people.index).where(given.notna()).astype("Int64")
