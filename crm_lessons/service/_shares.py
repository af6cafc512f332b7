"""How many in time, and how long the slow ones wait, without forgetting who still waits."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from crm_lessons.lifecycle import survival
from crm_lessons.sampling import wilson
from crm_lessons.service._judged import KEPT, LATE

ALL = "all"
LEVELS = (0.5, 0.9, 0.95)


def in_time(
    judged: pd.DataFrame, *, by: pd.Series | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """The share in time by agent, branch, hour, kind, with Wilson's interval.

    Of the decided cases: those whose limit was over when the data were taken. ``judged`` from
    `judge`; ``by``: case to group, those without one are left out, None everybody (``all``).

    Returns by group ``n`` (decided), ``kept``, ``late``, ``unanswered`` (late, and open to the
    end), ``undecided`` int64; ``share``, ``lower``, ``upper`` float64, NaN where none is decided.

    >>> judged = pd.DataFrame({"verdict": ["kept", "late", "open"], "stopped": [True, False, False],
    ...     "decided": [True, True, False]})
    >>> in_time(judged)[["n", "kept", "unanswered", "undecided", "share"]].iloc[0].to_list()
    [2.0, 1.0, 1.0, 1.0, 0.5]
    """
    names = grouped(judged, by)
    decided, late = judged["decided"], judged["verdict"] == LATE
    counted = pd.DataFrame(
        {
            "n": decided,
            "kept": decided & (judged["verdict"] == KEPT),
            "late": decided & late,
            "unanswered": decided & late & ~judged["stopped"],
            "undecided": ~decided,
        }
    )
    table = counted.groupby(names).sum().astype("int64")
    table["share"] = table["kept"] / table["n"].where(table["n"] > 0)
    table["lower"], table["upper"] = wilson(table["kept"], table["n"], confidence=confidence)
    return table


def waits(
    judged: pd.DataFrame,
    *,
    by: pd.Series | None = None,
    levels: Iterable[float] = LEVELS,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How many minutes half, nine in ten, 19 in 20 waited at most: P50, P90, P95 with intervals.

    From Kaplan and Meier's curve (`crm_lessons.lifecycle.survival`): who still waited when the
    data were taken has waited for so long at least, and is not forgotten, as in the quantiles of
    those answered. The interval holds the minutes at which the curve's own interval crosses the
    level (Brookmeyer and Crowley, Biometrics 38, 1982).

    Returns by group ``n``, ``unanswered`` int64, ``longest`` (minutes that anybody was watched) and
    for each level ``p50``, ``p50_lower``, ``p50_upper``; missing where fewer were seen answered:
    then it lies beyond ``longest``, or nobody knows.

    >>> judged = pd.DataFrame({"minutes": [1.0, 2.0, 3.0, 9.0], "stopped": [True] * 3 + [False]})
    >>> waits(judged)[["p50", "p90"]].iloc[0].to_list()
    [2.0, nan]
    """
    names = grouped(judged, by)
    curves = survival(judged["minutes"], judged["stopped"], groups=names, confidence=confidence)
    own = judged.groupby(names)
    table = own.size().rename("n").astype("int64").to_frame()
    table["unanswered"] = (~judged["stopped"]).groupby(names).sum().astype("int64")
    table["longest"] = own["minutes"].max()
    for level in levels:
        name = f"p{100 * level:g}".replace(".", "_")
        ends = {"": "share", "_lower": "lower", "_upper": "upper"}
        for ending, column in ends.items():
            passed = curves[curves[column] <= 1 - level + 1e-12]
            table[name + ending] = passed.groupby("group")["time"].min().reindex(table.index)
    return table


def grouped(judged: pd.DataFrame, by: pd.Series | None) -> pd.Series:
    """The group of each case."""
    if by is None:
        return pd.Series(ALL, judged.index, dtype="str")
    if judged.index.is_unique:
        return by.reindex(judged.index)
    return pd.Series(np.asarray(by), judged.index)


def hour(judged: pd.DataFrame) -> pd.Series:
    """The hour of the day, 0 to 23, in which each case began, in local time."""
    return judged["started"].dt.hour.astype("int64").rename("hour")
