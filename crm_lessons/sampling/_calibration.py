"""Said against come true: the Brier score and the slope of calibration, of answers or of a model.

The Brier score sums up how far single statements were off; the slope says whether they are too bold
(below 1) or too timid (above 1), whatever their level.
"""

import numpy as np
import pandas as pd
from scipy import stats
from sklearn.metrics import brier_score_loss

from crm_lessons.errors import CrmError
from crm_lessons.sampling._intervals import check_confidence, ratio_of


def paired(stated: pd.Series, happened: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Probability and outcome (0 or 1) of those who have both, in an order that only they decide.

    CrmError where nobody has both, or a probability lies outside 0 to 1.
    """
    data = pd.DataFrame({"stated": stated, "happened": happened.astype("boolean")}).dropna()
    if data.empty:
        raise CrmError("nothing_known")
    data = data.astype("float64").sort_values(["stated", "happened"])
    if not data["stated"].between(0, 1).all():
        wrong = data.loc[~data["stated"].between(0, 1), "stated"]
        raise CrmError("probability_range", value=float(wrong.iloc[0]))
    return data["stated"], data["happened"]


def brier(stated: pd.Series, happened: pd.Series) -> dict[str, float]:
    """The Brier score: the mean squared distance of statement and outcome, 0 is perfect.

    ``base`` is the score of whoever says the overall rate of everybody; ``skill`` is 1 − brier /
    base: 1 is perfect, 0 no better than that, below 0 worse (NaN if all did the same), with its
    interval ``skill_lower``, ``skill_upper`` (95 %, `ratio_of` over customers). ``stated`` and
    ``rate`` are the means, ``n`` the customers.

    Source: G. W. Brier, Monthly Weather Review 78 (1950).

    >>> brier(pd.Series([0.9, 0.2]), pd.Series([True, False]))["brier"].__round__(3)
    0.025
    """
    stated, happened = paired(stated, happened)
    score = float(brier_score_loss(happened, stated))
    rate = float(happened.mean())
    base = rate * (1 - rate)
    ratio, error = ratio_of((stated - happened) ** 2, (happened - rate) ** 2)
    half = float(stats.norm.ppf(0.975)) * error
    return {
        "n": len(stated),
        "brier": score,
        "base": base,
        "skill": 1 - ratio if base > 0 else float("nan"),
        "skill_lower": 1 - ratio - half,
        "skill_upper": min(1 - ratio + half, 1.0),
        "stated": float(stated.mean()),
        "rate": rate,
    }


def calibration_slope(
    stated: pd.Series, happened: pd.Series, *, clip: float = 0.02, confidence: float = 0.95
) -> dict[str, float]:
    """Logistic regression of what happened on the log-odds of what was stated.

    Slope 1 and intercept 0 are perfect. A slope below 1: answers at both ends are too bold. Answers
    of 0 and 1 have no log-odds and are moved to ``clip`` and 1 − ``clip``. ``lower`` and ``upper``
    are Wald's for the slope, ``intercept_lower`` and ``intercept_upper`` for the intercept: where
    it lies below 0, answers promise more than comes at even odds. All NaN where statements or
    outcomes do not vary, or one determines the other.

    CrmError unless ``clip`` lies between 0 and 0.5.

    Source: D. R. Cox, Biometrika 45 (1958).

    >>> said = pd.Series([0.2] * 10 + [0.8] * 10)
    >>> did = pd.Series([True] * 2 + [False] * 8 + [True] * 8 + [False] * 2)
    >>> found = calibration_slope(said, did)
    >>> round(found["slope"], 3), round(abs(found["intercept"]), 3)
    (1.0, 0.0)
    """
    check_confidence(confidence)
    if not 0 < clip < 0.5:
        raise CrmError("clip_range", clip=clip)
    stated, happened = paired(stated, happened)
    kept = stated.clip(clip, 1 - clip).to_numpy()
    log_odds, y = np.log(kept / (1 - kept)), happened.to_numpy()
    names = ("slope", "lower", "upper", "intercept", "intercept_lower", "intercept_upper")
    if not _overlap(log_odds[y == 1], log_odds[y == 0]):
        return dict.fromkeys(names, float("nan")) | {"n": len(stated)}
    intercept, slope = _newton(np.column_stack([np.ones(len(y)), log_odds]), y)
    halves = stats.norm.ppf(0.5 + confidence / 2) * _standard_errors(log_odds, intercept, slope)
    values = (slope, slope - halves[1], slope + halves[1])
    values += (intercept, intercept - halves[0], intercept + halves[0])
    return dict(zip(names, map(float, values), strict=True)) | {"n": len(stated)}


def _overlap(came: np.ndarray, stayed: np.ndarray) -> bool:
    """Whether there is a slope: parted in either direction, or but for ties, it has no end."""
    if not came.size or not stayed.size:
        return False
    return bool(came.min() < stayed.max() and stayed.min() < came.max())


def _newton(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Maximum likelihood of a logistic regression with two coefficients."""
    beta = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        weight = np.maximum(p * (1 - p), 1e-12)
        step = np.linalg.solve((x.T * weight) @ x, x.T @ (y - p))
        beta += np.clip(step, -5, 5)
        if np.abs(step).max() < 1e-10:
            break
    return float(beta[0]), float(beta[1])


def _standard_errors(log_odds: np.ndarray, intercept: float, slope: float) -> np.ndarray:
    """Of intercept and slope, from the information at the maximum."""
    p = 1 / (1 + np.exp(-(intercept + slope * log_odds)))
    design = np.column_stack([np.ones_like(log_odds), log_odds])
    information = design.T @ (design * (p * (1 - p))[:, None])
    return np.sqrt(np.diag(np.linalg.inv(information)))
