"""Do the items measure one thing? Cronbach's alpha, raw and standardised, and each item's part.

Raw alpha comes from covariances, standardised alpha from correlations; published figures may be
either kind, so both are always named. Alpha grows with the number of items, whatever their
quality, and says nothing on whether the items measure the right thing.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons import sampling
from crm_lessons.errors import CrmError
from crm_lessons.survey._scores import COMPLETE, check_answers

PAIRWISE = "pairwise"


@dataclass(frozen=True)
class Reliability:
    """``raw`` (with ``lower`` and ``upper``) and ``standardised`` alpha of ``items`` items from
    ``n`` respondents, ``left_out`` more having gaps; ``table`` has a row for each item."""

    raw: float
    lower: float
    upper: float
    standardised: float
    n: int
    left_out: int
    items: int
    table: pd.DataFrame

    @property
    def best_without(self) -> str | None:
        """The item without which raw alpha is highest, if that is higher than with all."""
        found = self.table["alpha_if_deleted"].dropna()
        if found.empty or not found.max() > self.raw:
            return None
        return str(found.index[int(found.to_numpy().argmax())])


def alpha(covariance: pd.DataFrame | np.ndarray) -> float:
    """Cronbach's alpha of a covariance matrix: ``k / (k − 1) · (1 − Σ variances / Σ all)``.

    Of a correlation matrix it is the standardised alpha. Missing with fewer than two items or when
    the sum does not vary.

    Source: L. J. Cronbach, Psychometrika 16 (1951).

    >>> round(alpha(np.array([[10, 6, 6, 6], [6, 11, 6, 6], [6, 6, 12, 6], [6, 6, 6, 13]])), 4)
    0.8136
    """
    matrix = np.asarray(covariance, dtype="float64")
    k, total = len(matrix), float(matrix.sum())
    if k < 2 or not total > 1e-12:
        return float("nan")
    return k / (k - 1) * (1 - float(np.trace(matrix)) / total)


def reliability(
    answers: pd.DataFrame, *, missing: str = COMPLETE, confidence: float = 0.95
) -> Reliability:
    """Alpha of the items, its interval, and what each item contributes.

    Parameters
    ----------
    answers
        Respondents × items, float64, higher is better: reverse-coded items must be turned before.
    missing
        ``"complete"`` uses respondents who answered every item; ``"pairwise"`` takes each
        covariance from those who answered both items, and the interval from all who answered two
        items or more.
    confidence
        Of Feldt's interval of raw alpha.

    Returns
    -------
    Reliability
        Its ``table`` has the index ``item`` and ``mean``, ``sd``, ``item_rest`` (correlation with
        the sum of the other items), ``alpha_if_deleted`` (raw) and ``standardised_if_deleted``;
        float64.

    Raises
    ------
    CrmError
        Fewer than two items, fewer than three respondents, or the sum of the answers does not vary.

    Source: Feldt, Woodruff and Salih, Applied Psychological Measurement 11 (1987).

    Examples
    --------
    >>> answers = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [1.0, 2, 3, 5], "c": [2.0, 1, 4, 4]})
    >>> found = reliability(answers)
    >>> round(found.raw, 3), found.best_without
    (0.931, 'c')
    """
    check_answers(answers)
    answers = answers.dropna(axis="columns", how="all")  # what was not asked measures nothing
    if len(answers.columns) < 2:
        raise CrmError("reliability_needs_items")
    if missing not in (COMPLETE, PAIRWISE):
        raise CrmError("survey_policy", given=missing, known=f"{COMPLETE}, {PAIRWISE}")
    least = len(answers.columns) if missing == COMPLETE else 2
    used = answers[answers.notna().sum(axis=1) >= least].astype("float64")
    if len(used) < 3:
        raise CrmError("reliability_needs_people", n=len(used))
    covariance = used.cov()
    raw = alpha(covariance)
    if np.isnan(raw):
        raise CrmError("reliability_no_spread")
    correlation = _correlation(covariance, used.nunique() > 1)
    k, n = len(answers.columns), len(used)
    ends = _feldt(raw, n, k, confidence)
    return Reliability(
        raw=raw,
        lower=ends[0],
        upper=ends[1],
        standardised=alpha(correlation),
        n=n,
        left_out=len(answers) - n,
        items=k,
        table=_each(used, covariance, correlation),
    )


def _each(used: pd.DataFrame, covariance: pd.DataFrame, correlation: pd.DataFrame) -> pd.DataFrame:
    rows = {}
    for item in covariance.columns:
        rest = covariance.columns.drop(item)
        variance, others = covariance.loc[item, item], covariance.loc[rest, rest]
        spread = float(np.sqrt(variance * others.to_numpy().sum()))
        rows[item] = {
            "mean": float(used[item].mean()),
            "sd": float(np.sqrt(variance)),
            "item_rest": float(covariance.loc[item, rest].sum()) / spread if spread else np.nan,
            "alpha_if_deleted": alpha(others),
            "standardised_if_deleted": alpha(correlation.loc[rest, rest]),
        }
    return pd.DataFrame.from_dict(rows, orient="index").astype("float64").rename_axis("item")


def _correlation(covariance: pd.DataFrame, varies: pd.Series) -> pd.DataFrame:
    """Correlations; an item on which all agree correlates with nothing and leaves them missing."""
    # Rounding may leave a hair of variance where there is none.
    scale = np.sqrt(np.where(varies, np.diag(covariance), np.nan))
    return covariance / np.outer(scale, scale)


def _feldt(raw: float, n: int, k: int, confidence: float) -> tuple[float, float]:
    sampling.check_confidence(confidence)
    tail = (1 - confidence) / 2
    free = (n - 1, (n - 1) * (k - 1))
    lower, upper = (1 - (1 - raw) * float(stats.f.ppf(p, *free)) for p in (1 - tail, tail))
    return lower, upper
