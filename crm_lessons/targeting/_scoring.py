"""A score: the chance that a customer responds or stays, learnt from what others did.

The scores of those it was learnt from are out-of-fold: each customer is scored by a model that has
not seen this customer. Otherwise a score looks better than it is.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from threadpoolctl import threadpool_limits

from crm_lessons.errors import CrmError
from crm_lessons.sampling import SEED

LEAST = 20  # of each outcome: below that there is nothing to learn


@dataclass(frozen=True, eq=False)
class Score:
    """What a score was learnt from and how to use it.

    ``table``: index customer; ``outcome`` bool, ``score`` float64, out-of-fold. ``model``: the
    pipeline fitted on all of them. ``columns``: what it looks at.
    """

    table: pd.DataFrame
    model: Pipeline
    columns: tuple[str, ...]

    def of(self, people: pd.DataFrame) -> pd.Series:
        """The score of any customers, from the same columns; float64 by customer."""
        wanting = [name for name in self.columns if name not in people]
        if wanting:
            raise CrmError("targeting_columns", columns=", ".join(wanting))
        if people.empty:
            return pd.Series(index=people.index, dtype="float64", name="score")
        found = chances(self.model, people[list(self.columns)])
        return pd.Series(found, people.index, name="score")


def learnable(outcome: pd.Series, *, least: int = LEAST) -> bool:
    """Whether there is enough to learn from: at least ``least`` who did and ``least`` who did not.

    >>> learnable(pd.Series([True] * 20 + [False] * 20)), learnable(pd.Series([True] * 40))
    (True, False)
    """
    yes = int(outcome.sum())
    return min(yes, len(outcome) - yes) >= least


def learn(
    people: pd.DataFrame,
    outcome: pd.Series,
    *,
    seed: int = SEED,
    folds: int = 5,
    least: int = LEAST,
) -> Score:
    """Learn a score by logistic regression, with out-of-fold scores for those learnt from.

    Parameters
    ----------
    people
        One row per customer: numbers (missing and infinite ones become the median), and texts or
        yes-or-no columns (missing is a value of its own). Only what was known before the outcome.
    outcome
        By customer, true or false, none missing.
    seed
        Of the folds; the same customers give the same folds in whatever order they stand.
    folds
        How many parts: each is scored by a model learnt from the others.
    least
        See `learnable`; CrmError below that.

    Examples
    --------
    >>> ids = [f"{number:02d}" for number in range(60)]
    >>> people = pd.DataFrame({"silent": range(60)}, index=ids)
    >>> score = learn(people, pd.Series([number % 3 > 0 or number < 9 for number in range(60)],
    ...     index=ids), least=15)
    >>> len(score.table), bool(score.of(people.head(1)).between(0, 1).all())
    (60, True)
    """
    if people.index.has_duplicates:
        raise CrmError("targeting_twice", value=people.index[people.index.duplicated()][0])
    known = people.sort_index()
    wanted = outcome.reindex(known.index)
    if wanted.isna().any() or not wanted.isin([0, 1]).all():
        raise CrmError("targeting_outcome")
    wanted = wanted.astype("bool")
    if not learnable(wanted, least=least):
        raise CrmError("targeting_too_few", least=least, yes=int(wanted.sum()), n=len(wanted))
    if not 2 <= folds <= len(wanted):
        raise CrmError("targeting_folds", given=folds)
    known = _plain(known)
    model = _pipeline(known)
    parts = StratifiedKFold(folds, shuffle=True, random_state=seed)
    with threadpool_limits(1):  # fits so small that threads would only wait for each other
        unseen = cross_val_predict(model, known, wanted, cv=parts, method="predict_proba")[:, 1]
        model.fit(known, wanted)
    table = pd.DataFrame({"outcome": wanted, "score": unseen}, index=known.index)
    return Score(table, model, tuple(known.columns))


def fitted(
    people: pd.DataFrame,
    outcome: pd.Series,
    *,
    weight: np.ndarray | None = None,
    least: int = LEAST,
) -> Pipeline:
    """The pipeline fitted once, each customer counting ``weight``; CrmError as in `learn`."""
    if not learnable(outcome, least=least):
        yes, n = int(outcome.sum()), len(outcome)
        raise CrmError("targeting_too_few", least=least, yes=yes, n=n)
    known = _plain(people)
    with threadpool_limits(1):
        return _pipeline(known).fit(known, outcome, logisticregression__sample_weight=weight)


def chances(model: Pipeline, people: pd.DataFrame) -> np.ndarray:
    """What a fitted pipeline says of each customer."""
    return model.predict_proba(_plain(people))[:, 1]


def _pipeline(people: pd.DataFrame) -> Pipeline:
    """Numbers standardised, categories spread out, then a logistic regression."""
    numbers = list(people.select_dtypes("number").columns)
    others = [name for name in people.columns if name not in numbers]
    prepared = ColumnTransformer(
        [
            ("number", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            ("category", OneHotEncoder(handle_unknown="ignore"), others),
        ]
    )
    return make_pipeline(prepared, LogisticRegression(max_iter=1000))


def _plain(people: pd.DataFrame) -> pd.DataFrame:
    """Numbers as floats, everything else as text with a mark for missing: what sklearn reads."""
    found = {}
    for name in people.columns:
        column = people[name]
        if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
            # A column nobody has a value in would be dropped by the imputer.
            numbers = column.astype("float64").replace([np.inf, -np.inf], np.nan)
            found[name] = numbers.fillna(0.0) if numbers.isna().all() else numbers
        else:
            found[name] = column.astype("object").where(column.notna(), "").astype("str")
    return pd.DataFrame(found, index=people.index).astype(
        {name: "object" for name, column in found.items() if column.dtype != "float64"}
    )
