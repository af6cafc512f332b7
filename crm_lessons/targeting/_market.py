"""A market told as a range: people × power × desire, none of which anybody knows to the point."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.stats import norm

from crm_lessons.errors import CrmError
from crm_lessons.sampling import SEED, check_confidence, stream
from crm_lessons.targeting._acquisition import market

FACTORS = ("people", "purchasing_power", "desire")
DRAWS = 20_000


def market_range(
    ranges: Mapping[str, tuple[float, float]],
    *,
    confidence: float = 0.90,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """The market of `market` where each of its three factors is a range and not a point.

    Parameters
    ----------
    ranges
        ``people``, ``purchasing_power`` (money a year each) and ``desire`` (a share): lower and
        upper end, taken to hold the factor with ``confidence``. A factor known to the point has
        equal ends; one of 0 makes no market.
    confidence
        Of the ranges, and of the range that comes out.
    draws, seed
        Of the simulation: each factor log-normal with these ends, independent of the others.

    Returns
    -------
    pandas.DataFrame
        Index ``way``: ``middle`` (each factor in the geometric middle of its range), ``ends`` (all
        three at their lower, all at their upper ends: as if they went together), ``drawn`` (the
        simulation). ``market``, ``lower``, ``upper``, money a year.

    Raises
    ------
    CrmError
        A range is missing, its ends are in the wrong order, below 0 or, of the share, above 1; one
        end is 0 and the other not; the confidence is none.

    Examples
    --------
    >>> ranges = {"people": (80e3, 125e3), "purchasing_power": (200.0, 450.0),
    ...     "desire": (0.02, 0.125)}
    >>> market_range(ranges).round(-4)[["lower", "upper"]].loc["ends"].to_list()
    [320000.0, 7030000.0]
    """
    check_confidence(confidence)
    ends = np.array([_ends(ranges, name) for name in FACTORS])
    lowest, highest = (market(*map(float, ends[:, side])) for side in (0, 1))
    middle = market(*map(float, np.sqrt(ends.prod(axis=1))))
    rows = {"middle": (middle, middle, middle), "ends": (middle, lowest, highest)}
    rows["drawn"] = (middle, *_drawn(ends, confidence, draws, seed))
    columns = ["market", "lower", "upper"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("way")


def widest(ranges: Mapping[str, tuple[float, float]]) -> pd.Series:
    """How many times the upper end of each factor is its lower one, the least known first.

    >>> widest({"people": (80, 160), "purchasing_power": (1, 1), "desire": (0.02, 0.10)}
    ...     ).round(6).to_dict()
    {'desire': 5.0, 'people': 2.0, 'purchasing_power': 1.0}
    """
    found = {}
    for name in FACTORS:
        low, high = _ends(ranges, name)
        found[name] = high / low if low else 1.0
    return pd.Series(found, name="times").sort_values(ascending=False, kind="stable")


def _ends(ranges: Mapping[str, tuple[float, float]], name: str) -> tuple[float, float]:
    if name not in ranges:
        raise CrmError("market_range_missing", factor=name)
    low, high = map(float, ranges[name])
    most = 1.0 if name == "desire" else np.inf
    if not (0 <= low <= high <= most and np.isfinite(high)) or (low == 0) != (high == 0):
        raise CrmError("market_range", factor=name, low=low, high=high)
    return low, high


def _drawn(ends: np.ndarray, confidence: float, draws: int, seed: int) -> tuple[float, float]:
    if not ends.all():
        return 0.0, 0.0
    logs = np.log(ends)
    middle, half = logs.mean(axis=1), (logs[:, 1] - logs[:, 0]) / 2
    spread = half / norm.ppf(0.5 + confidence / 2)
    found = stream(seed).normal(middle, spread, size=(draws, len(FACTORS)))
    found[:, -1] = np.minimum(found[:, -1], 0.0)  # no more than everybody wants it
    lower, upper = np.quantile(found.sum(axis=1), [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(np.exp(lower)), float(np.exp(upper))
