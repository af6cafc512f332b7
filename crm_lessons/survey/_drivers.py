"""What drives an answer: the explained variance shared out among correlated scores.

Regression coefficients of correlated scores are unstable and may change sign. Two measures share
out the R² of the whole regression instead, so that the parts are never negative and add up to it:
Johnson's relative weights and LMG (`crm_lessons.survey._shapley`). Neither says what would happen
if a score were raised: these are associations in one survey.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import SEED, check_confidence, stream
from crm_lessons.survey._scores import check_answers, respondent_weights
from crm_lessons.survey._shapley import correlations, shared_out

METHODS = ("johnson", "lmg")
MOST_FOR_LMG = 12
FEW, FEW_PER_DRIVER = 50, 10
# Draws times respondents that are held in memory at once.
_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Drivers:
    """What `drivers` found; ``table`` has one row per driver, the heaviest first.

    ``constant``: drivers on which everybody gave the same answer, so nothing is said of them.
    """

    table: pd.DataFrame
    r_squared: float
    n: int
    left_out: int
    method: str
    warnings: tuple[str, ...]
    constant: tuple[str, ...] = ()


def drivers(
    scores: pd.DataFrame,
    outcome: pd.Series,
    *,
    weights: pd.Series | None = None,
    method: str = "johnson",
    confidence: float = 0.95,
    draws: int = 1000,
    vif_limit: float = 5.0,
    seed: int = SEED,
) -> Drivers:
    """Share out among the drivers what they explain of an outcome.

    Missing answers: a respondent without the outcome, or without one of the scores, is left out
    and counted (complete cases). Gaps are filled before, if at all, such as by taking for a driver
    the mean of the items that were answered (`crm_lessons.survey._scores`).

    Parameters
    ----------
    scores
        Respondents x drivers: aspect scores or items, numbers.
    outcome
        Overall satisfaction, stated repurchase probability or the like, by respondent.
    weights
        Weight of each respondent, 1 where none is given; who weighs nothing is left out.
    method
        ``johnson`` or ``lmg`` (at most 12 drivers).
    confidence, draws, seed
        Percentile intervals from ``draws`` draws of the respondents with replacement.
    vif_limit
        From this variance inflation on, itself included, a driver counts as collinear.

    Returns
    -------
    Drivers
        ``table``: index ``driver``; float64 ``weight`` (part of R²), ``share`` (of R²), ``lower``
        and ``upper`` of the weight, ``share_lower`` and ``share_upper``, ``correlation``, ``beta``
        (standardised), ``vif``, ``first_rate`` (share of the draws in which it weighs most).
        ``warnings``: ``few`` (fewer than 50 respondents, or than 10 a driver), ``collinear``,
        ``suppressed`` (a coefficient has the sign opposite to the correlation).

    Raises
    ------
    CrmError
        Fewer respondents than drivers + 2, an outcome or all scores that never vary, drivers that
        determine one another, an unknown method, too many drivers for LMG.

    Examples
    --------
    >>> scores = pd.DataFrame({"speed": [1, 2, 3, 4, 5, 3], "price": [2, 1, 3, 3, 2, 3]})
    >>> found = drivers(scores, pd.Series([1, 2, 3, 5, 5, 3]), draws=50)
    >>> found.table["share"].round(2).to_dict(), found.warnings
    ({'speed': 0.91, 'price': 0.09}, ('few',))
    """
    if method not in METHODS:
        raise CrmError("driver_method", given=method, known=", ".join(METHODS))
    check_confidence(confidence)
    if draws < 1:
        raise CrmError("sampling_draws", draws=draws)
    if method == "lmg" and scores.shape[1] > MOST_FOR_LMG:
        raise CrmError("too_many_drivers", drivers=scores.shape[1], most=MOST_FOR_LMG)
    check_answers(scores)
    scores, constant = _varying(scores, outcome, weights)
    data, heft, left_out = _complete(scores, outcome, weights)
    names, values = list(data.columns[:-1]), data.to_numpy(dtype="float64")
    whole = correlations(values, heft[None, :])[0]
    _check(whole, names)
    parts = shared_out(whole, method=method)
    drawn = _drawn(values, heft, method, draws, stream(seed))
    total = float(parts.sum())
    inside, outside = whole[:-1, :-1], whole[:-1, -1]
    inverse = np.linalg.inv(inside)
    table = pd.DataFrame(
        {"weight": parts, "share": parts / total if total > 0 else np.nan},
        index=pd.Index(names, name="driver", dtype="str"),
    )
    ends = [(1 - confidence) / 2, (1 + confidence) / 2]
    table["lower"], table["upper"] = np.quantile(drawn, ends, axis=0)
    shares = drawn / drawn.sum(axis=1, keepdims=True)
    table["share_lower"], table["share_upper"] = np.quantile(shares, ends, axis=0)
    table["correlation"], table["beta"] = outside, inverse @ outside
    table["vif"] = np.diag(inverse)
    table["first_rate"] = np.bincount(drawn.argmax(axis=1), minlength=len(names)) / len(drawn)
    found = _warnings(table, len(data), vif_limit)
    table = table.sort_values("weight", ascending=False, kind="stable")
    return Drivers(table, total, len(data), left_out, method, found, constant)


def _varying(
    scores: pd.DataFrame, outcome: pd.Series, weights: pd.Series | None
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The drivers on which those who answered everything differ, and the names of the others.

    Without a driver more people may have answered everything, so it is asked again.
    """
    left = scores
    while len(left.columns):
        data, _, _ = _complete(left, outcome, weights)
        still = [name for name, one in data.iloc[:, :-1].items() if one.max() - one.min() < 1e-12]
        if not still:
            gone = (str(name) for name in scores.columns if name not in left.columns)
            return left, tuple(sorted(gone))
        left = left.loc[:, [str(name) not in still for name in left.columns]]
    raise CrmError("driver_constant", drivers=", ".join(map(str, scores.columns)))


def _complete(
    scores: pd.DataFrame, outcome: pd.Series, weights: pd.Series | None
) -> tuple[pd.DataFrame, np.ndarray, int]:
    """Respondents who answered everything, in an order that only the answers decide."""
    heft = respondent_weights(scores, weights)
    names = sorted(map(str, scores.columns))
    data = scores.set_axis(list(map(str, scores.columns)), axis=1)[names].astype("float64")
    # Positions, not names: a driver may well be called outcome.
    data = data.assign(**{"\0outcome": outcome.reindex(data.index).astype("float64")})
    data = data.assign(**{"\0heft": heft})
    known = data.dropna()
    known = known[known["\0heft"] > 0].sort_values(list(known.columns), kind="stable")
    if len(known) < len(names) + 2:
        raise CrmError("too_few_for_drivers", n=len(known), drivers=len(names))
    if not np.isfinite(known.to_numpy()).all():
        raise CrmError("survey_not_numbers", items="∞")
    left_out = len(data) - len(known)
    return known.drop(columns="\0heft"), known["\0heft"].to_numpy(), left_out


def _check(whole: np.ndarray, names: list[str]) -> None:
    flat = np.isnan(np.diag(whole))
    if flat[-1]:
        raise CrmError("outcome_constant")
    if np.linalg.eigvalsh(whole[:-1, :-1])[0] < 1e-9:
        raise CrmError("drivers_collinear", drivers=", ".join(names))


def _drawn(
    values: np.ndarray,
    heft: np.ndarray,
    method: str,
    draws: int,
    random: np.random.RandomState,
) -> np.ndarray:
    """Parts of R² in draws of the respondents; one in which a score never varies is skipped."""
    n, found = len(values), []
    step = max(1, _AT_ONCE // n)
    for start in range(0, draws, step):
        many = min(step, draws - start)
        counts = random.multinomial(n, np.full(n, 1 / n), size=many)
        matrices = correlations(values, counts * heft)
        matrices = matrices[~np.isnan(matrices).any(axis=(1, 2))]
        regular = np.linalg.eigvalsh(matrices[:, :-1, :-1])[:, 0] > 1e-9
        found.append(shared_out(matrices[regular], method=method))
    drawn = np.concatenate(found)
    if not len(drawn):
        raise CrmError("too_few_for_drivers", n=n, drivers=values.shape[1] - 1)
    return drawn


def _warnings(table: pd.DataFrame, n: int, vif_limit: float) -> tuple[str, ...]:
    opposed = (table["beta"] * table["correlation"] < 0) & (table["beta"].abs() > 0.05)
    found = {
        "few": n < max(FEW, FEW_PER_DRIVER * len(table)),
        "collinear": bool((table["vif"] >= vif_limit).any()),
        "suppressed": bool(opposed.any()),
    }
    return tuple(name for name, holds in found.items() if holds)
