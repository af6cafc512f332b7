"""Stated against done: whether those who say 70 % buy again in seven cases of ten.

Calibration compares the stated probability with the rate that came true, group by group. The Brier
score and the slope are in `crm_lessons.sampling`.
"""

import numpy as np
import pandas as pd

from crm_lessons import sampling
from crm_lessons.errors import CrmError
from crm_lessons.loyalty._indicators import BANDS, repurchase_band


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
        ``lower``, ``upper`` as in `sampling.rates`; ``stated`` float64, the mean answer; ``gap``
        float64, rate less stated; ``as_stated`` bool, whether the interval holds the mean answer.

    >>> said, did = pd.Series([0.9, 0.8, 0.1]), pd.Series([True, False, False])
    >>> calibration(said, did)[["customers", "stated", "rate"]].round(2).loc["high"].to_list()
    [2.0, 0.85, 0.5]
    """
    stated, happened = sampling.paired(stated, happened)
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
    stated, happened = sampling.paired(stated, happened)
    places = np.floor((stated / step).round(9) + 0.5) * step
    return _compared(places.round(9).rename("stated_about"), stated, happened, confidence)


def _compared(
    groups: pd.Series, stated: pd.Series, happened: pd.Series, confidence: float
) -> pd.DataFrame:
    order = list(reversed(BANDS)) if groups.name == "repurchase" else None
    table = sampling.rates(groups, happened.astype("bool"), order=order, confidence=confidence)
    table["stated"] = stated.groupby(groups).mean().reindex(table.index).astype("float64")
    table["gap"] = table["rate"] - table["stated"]
    table["as_stated"] = table["stated"].between(table["lower"], table["upper"])
    return table
