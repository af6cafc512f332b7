"""What the answers of one respondent come to, and the policy for answers left out.

The policy, in every figure of this room: an item that was not answered is never filled in. Under
``missing="enough"`` a respondent counts if at least the share ``at_least`` of the items was
answered, with the mean of those; under ``missing="complete"`` only who answered every item counts.
An item that nobody answered was not asked and counts for nothing.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError

ENOUGH, COMPLETE = "enough", "complete"
POLICIES = (ENOUGH, COMPLETE)


def check_answers(answers: pd.DataFrame) -> None:
    """CrmError unless this is a table of numbers, respondents × items, each named once."""
    if not len(answers) or not len(answers.columns):
        raise CrmError("survey_empty")
    if not answers.index.is_unique or not answers.columns.is_unique:
        raise CrmError("survey_named_twice")
    wrong = [str(name) for name, kind in answers.dtypes.items() if not _number(kind)]
    if wrong:
        raise CrmError("survey_not_numbers", items=", ".join(wrong))
    if not answers.notna().to_numpy().any():
        raise CrmError("survey_empty")
    if np.isinf(answers.to_numpy(dtype="float64", na_value=np.nan)).any():
        raise CrmError("survey_not_numbers", items="∞")


def item_weights(answers: pd.DataFrame, weights: Mapping[str, float] | None) -> pd.Series:
    """A weight for every item, 1 where none is given; CrmError if one is negative or unknown."""
    if weights is None:
        return pd.Series(1.0, index=answers.columns)
    given = pd.Series(dict(weights), dtype="float64")
    unknown = given.index.difference(answers.columns)
    if len(unknown):
        raise CrmError("survey_unknown_items", items=", ".join(map(str, unknown)))
    return _checked(given.reindex(answers.columns).fillna(1.0))


def respondent_weights(answers: pd.DataFrame, weights: pd.Series | None) -> pd.Series:
    """A weight for every respondent, 1 where none is given; CrmError if one is negative."""
    if weights is None:
        return pd.Series(1.0, index=answers.index)
    return _checked(weights.astype("float64").reindex(answers.index).fillna(1.0))


def counting(answers: pd.DataFrame, *, missing: str = ENOUGH, at_least: float = 0.5) -> pd.Series:
    """Which respondents count under the policy: True or False for each.

    Parameters
    ----------
    answers
        Respondents × items, float64, NaN where not answered.
    missing, at_least
        The policy; see the top of this module. Exactly the share ``at_least`` is enough.

    Raises
    ------
    CrmError
        If the policy is unknown or ``at_least`` is no share above 0.

    >>> answers = pd.DataFrame({"a": [5.0, 4.0, None], "b": [4.0, None, None]})
    >>> counting(answers).to_list(), counting(answers, missing="complete").to_list()
    ([True, True, False], [True, False, False])
    """
    check_answers(answers)
    if missing not in POLICIES:
        raise CrmError("survey_policy", given=missing, known=", ".join(POLICIES))
    if not 0 < at_least <= 1:
        raise CrmError("share_out_of_range", share=at_least)
    given = answers.notna().sum(axis=1)
    needed = len(_asked(answers).columns) * (1.0 if missing == COMPLETE else at_least)
    return (given > 0) & (given >= needed - 1e-9)


def scores(
    answers: pd.DataFrame,
    *,
    weights: Mapping[str, float] | None = None,
    missing: str = ENOUGH,
    at_least: float = 0.5,
) -> pd.Series:
    """The weighted mean of each respondent's answers; missing for who does not count.

    Parameters
    ----------
    answers
        Respondents × items, float64, higher is better, NaN where not answered.
    weights
        Weight of an item; 1 where none is given. None may be negative.
    missing, at_least
        The policy for answers left out; see `counting`.

    Returns
    -------
    pandas.Series
        float64 on the scale of the items, index and order of ``answers``.

    Examples
    --------
    >>> answers = pd.DataFrame({"a": [5.0, 4.0], "b": [2.0, None]}, index=["r1", "r2"])
    >>> scores(answers, weights={"a": 2}).to_dict()
    {'r1': 4.0, 'r2': 4.0}
    """
    counted = counting(answers, missing=missing, at_least=at_least)
    heavy = answers.notna() * item_weights(answers, weights)
    total = heavy.sum(axis=1)
    found = (answers.fillna(0.0) * heavy).sum(axis=1) / total.where(total > 0)
    return found.where(counted).astype("float64")


def missing_counts(
    answers: pd.DataFrame, *, missing: str = ENOUGH, at_least: float = 0.5
) -> dict[str, float]:
    """How the policy treats the respondents, and how many answers are missing.

    Returns ``respondents``, ``complete`` (answered all), ``partly`` (counted though something is
    missing), ``left_out``, ``items``, ``missing_answers`` and ``missing_share`` (of all answers).

    >>> counts = missing_counts(pd.DataFrame({"a": [5.0, None], "b": [4.0, None]}))
    >>> counts["complete"], counts["partly"], counts["left_out"], counts["missing_share"]
    (1, 0, 1, 0.5)
    """
    counted = counting(answers, missing=missing, at_least=at_least)
    asked = _asked(answers)
    complete = asked.notna().all(axis=1)
    gaps = int(asked.isna().to_numpy().sum())
    return {
        "respondents": len(answers),
        "complete": int(complete.sum()),
        "partly": int((counted & ~complete).sum()),
        "left_out": int((~counted).sum()),
        "items": len(asked.columns),
        "missing_answers": gaps,
        "missing_share": gaps / asked.size,
    }


def _asked(answers: pd.DataFrame) -> pd.DataFrame:
    return answers.loc[:, answers.notna().any()]


def _checked(weights: pd.Series) -> pd.Series:
    if not np.isfinite(weights).all() or (weights < 0).any() or not weights.sum() > 0:
        raise CrmError("survey_weights")
    return weights


def _number(kind: object) -> bool:
    return pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)
