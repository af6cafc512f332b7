"""Stated against done: whether those who say 70 % buy again in seven cases of ten.

Calibration compares the stated probability with the rate that came true, group by group; the Brier
score sums up how far single statements were off; the calibration slope says whether the statements
are too bold (below 1) or too timid (above 1), whatever their level.
"""

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons import sampling, targeting
from crm_lessons.errors import CrmError
from crm_lessons.loyalty._indicators import BANDS, repurchase_band
from crm_lessons.loyalty._rates import rates


def calibration(
    stated: pd.Series,
    happened: pd.Series,
    *,
    high: float = 0.70,
    low: float = 0.30,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """What the customers of each band said and did.

    Parameters
    ----------
    stated
        Customer to stated probability of buying again, 0 to 1.
    happened
        Customer to True or False; who is missing in either is left out.
    high, low
        Cuts of `repurchase_band`.

    Returns
    -------
    pandas.DataFrame
        Index ``repurchase`` (high, middle, low): ``customers``, ``count`` int64 and ``rate``,
        ``lower``, ``upper`` as in `rates`; ``stated`` float64, the mean answer; ``gap`` float64,
        rate less stated; ``as_stated`` bool, whether the interval holds the mean answer.

    >>> said, did = pd.Series([0.9, 0.8, 0.1]), pd.Series([True, False, False])
    >>> calibration(said, did)[["customers", "stated", "rate"]].round(2).loc["high"].to_list()
    [2.0, 0.85, 0.5]
    """
    stated, happened = _both(stated, happened)
    band = repurchase_band(stated, high=high, low=low)
    return _compared(band.astype("str").rename("repurchase"), stated, happened, confidence)


def calibration_curve(
    stated: pd.Series, happened: pd.Series, *, step: float = 0.1, confidence: float = 0.95
) -> pd.DataFrame:
    """As `calibration`, for groups of answers: each rounded to the nearest multiple of ``step``.

    Halves are rounded up. Index ``stated_about`` float64, ascending, groups with answers only.

    CrmError unless ``step`` lies above 0 and up to 0.5.

    >>> said, did = pd.Series([0.92, 0.88, 0.1]), pd.Series([True, False, False])
    >>> calibration_curve(said, did)["customers"].to_dict()
    {0.1: 1, 0.9: 2}
    """
    if not 0 < step <= 0.5:
        raise CrmError("step_range", step=step)
    stated, happened = _both(stated, happened)
    places = np.floor((stated / step).round(9) + 0.5) * step
    return _compared(places.round(9).rename("stated_about"), stated, happened, confidence)


def brier(stated: pd.Series, happened: pd.Series) -> dict[str, float]:
    """The Brier score: the mean squared distance of statement and outcome, 0 is perfect.

    ``base`` is the score of whoever says the overall rate of everybody; ``skill`` is 1 − brier /
    base: 1 is perfect, 0 no better than that, below 0 worse (NaN if all did the same). ``stated``
    and ``rate`` are the means, ``n`` the customers.

    Source: G. W. Brier, Monthly Weather Review 78 (1950).

    >>> brier(pd.Series([0.9, 0.2]), pd.Series([True, False]))["brier"].__round__(3)
    0.025
    """
    stated, happened = _both(stated, happened)
    score = targeting.brier(stated, happened)
    rate = float(happened.mean())
    base = rate * (1 - rate)
    return {
        "n": len(stated),
        "brier": score,
        "base": base,
        "skill": 1 - score / base if base > 0 else float("nan"),
        "stated": float(stated.mean()),
        "rate": rate,
    }


def calibration_slope(
    stated: pd.Series, happened: pd.Series, *, clip: float = 0.02, confidence: float = 0.95
) -> dict[str, float]:
    """Logistic regression of what happened on the log-odds of what was stated.

    Slope 1 and intercept 0 are perfect. A slope below 1: answers at both ends are too bold. Answers
    of 0 and 1 have no log-odds and are moved to ``clip`` and 1 − ``clip``. ``lower`` and ``upper``
    are Wald's for the slope. All NaN where statements or outcomes do not vary, or one determines
    the other.

    CrmError unless ``clip`` lies between 0 and 0.5.

    Source: D. R. Cox, Biometrika 45 (1958).

    >>> said = pd.Series([0.2] * 10 + [0.8] * 10)
    >>> did = pd.Series([True] * 2 + [False] * 8 + [True] * 8 + [False] * 2)
    >>> found = calibration_slope(said, did)
    >>> round(found["slope"], 3), round(abs(found["intercept"]), 3)
    (1.0, 0.0)
    """
    sampling.check_confidence(confidence)
    if not 0 < clip < 0.5:
        raise CrmError("clip_range", clip=clip)
    stated, happened = _both(stated, happened)
    kept = stated.clip(clip, 1 - clip)
    intercept, slope = targeting.slope(kept, happened)
    names = ("slope", "lower", "upper", "intercept")
    if np.isnan(slope):
        return dict.fromkeys(names, float("nan")) | {"n": len(stated)}
    log_odds = np.log(kept / (1 - kept)).to_numpy()
    half = stats.norm.ppf(0.5 + confidence / 2) * _standard_error(log_odds, intercept, slope)
    values = (slope, slope - half, slope + half, intercept)
    return dict(zip(names, map(float, values), strict=True)) | {"n": len(stated)}


def _both(stated: pd.Series, happened: pd.Series) -> tuple[pd.Series, pd.Series]:
    data = pd.DataFrame({"stated": stated, "happened": happened.astype("boolean")}).dropna()
    if data.empty:
        raise CrmError("nothing_known")
    data = data.astype("float64").sort_values(["stated", "happened"])
    if not data["stated"].between(0, 1).all():
        wrong = data.loc[~data["stated"].between(0, 1), "stated"]
        raise CrmError("probability_range", value=float(wrong.iloc[0]))
    return data["stated"], data["happened"]


def _compared(
    groups: pd.Series, stated: pd.Series, happened: pd.Series, confidence: float
) -> pd.DataFrame:
    order = list(reversed(BANDS)) if groups.name == "repurchase" else None
    table = rates(groups, happened.astype("bool"), order=order, confidence=confidence)
    table["stated"] = stated.groupby(groups).mean().reindex(table.index).astype("float64")
    table["gap"] = table["rate"] - table["stated"]
    table["as_stated"] = table["stated"].between(table["lower"], table["upper"])
    return table


def _standard_error(log_odds: np.ndarray, intercept: float, slope: float) -> float:
    """Of the slope, from the information at the maximum."""
    p = 1 / (1 + np.exp(-(intercept + slope * log_odds)))
    design = np.column_stack([np.ones_like(log_odds), log_odds])
    information = design.T @ (design * (p * (1 - p))[:, None])
    return float(np.sqrt(np.linalg.inv(information)[1, 1]))
