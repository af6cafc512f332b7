"""Intervals that allow for how far off earlier forecasts were, of the whole and class by class."""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.stats import t as student

from crm_lessons.buying._base import BaseValue
from crm_lessons.buying._tested import Backtest
from crm_lessons.sampling import carried


def widened(found: BaseValue, tests: Backtest) -> BaseValue:
    """The same value with intervals at least as wide as the errors of the tests allow.

    From value / f to value · f with the `factor` of the tests, those of the class where they had
    it, or the model's own end where that lies further out. A test in which nothing came has no
    factor: then the lower end is 0. Without tests nothing changes.
    """
    if tests.empty:
        return found
    total = found.total.copy()
    total.update(_ends(total, tests.totals, found))
    by_class = (
        {name: some for name, some in tests.classes.groupby(level="class")}
        if len(tests.classes)
        else {}
    )
    rows = {
        name: _ends(row, by_class.get(str(name), tests.totals), found)
        for name, row in found.segments.iterrows()
    }
    segments = found.segments.assign(**pd.DataFrame.from_dict(rows, orient="index"))
    own = float(found.total["lower"]), float(found.total["upper"])
    return replace(found, segments=segments, total=total, tests=tests, own=own)


def factor(tests: pd.DataFrame, *, years: float, confidence: float) -> float:
    """How many times too low or too high a forecast over ``years`` may be, by earlier ones.

    ``exp(t · s)`` with ``s² = mean(e² · max(1, years / h))`` over the tests, where e is the
    logarithm of what came over what was expected and h the years of the test: a level that wanders
    is the further off the longer it wanders, as the square root of time. t is Student's quantile
    with as many degrees of freedom as there were tests, for few tests say little of s. 1 without a
    test; tests in which nothing came have no logarithm and are left out.
    """
    known = tests[tests["ratio"] > 0]
    if known.empty:
        return 1.0
    longer = np.maximum(1.0, years / known["years"].to_numpy())
    spread = np.sqrt(np.mean(np.log(known["ratio"].to_numpy()) ** 2 * longer))
    return float(np.exp(student.ppf(0.5 + confidence / 2, len(known)) * spread))


def _ends(row: pd.Series, tests: pd.DataFrame, found: BaseValue) -> pd.Series:
    value = float(row["lifetime_value"])
    further = factor(tests, years=found.years, confidence=found.confidence)
    least = 0.0 if (tests["ratio"] == 0).any() else value / further
    lower, upper = carried(
        min(float(row["lower"]), least), max(float(row["upper"]), value * further)
    )
    return pd.Series({"lower": lower, "upper": upper})
