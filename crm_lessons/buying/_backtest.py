"""How far off the value of the base was when forecast earlier, and intervals that cover it."""

from dataclasses import replace

import numpy as np
import pandas as pd

from crm_lessons.buying._base import BaseValue, value_of_base
from crm_lessons.buying._histories import DAYS_IN
from crm_lessons.buying._holdout import FIRST_PART, hold_out
from crm_lessons.customers import DAYS_A_YEAR
from crm_lessons.errors import CrmError
from crm_lessons.sampling import carried

# How much of the days each test learns from; the last one is that of `hold_out`.
PARTS = (0.4, 0.5, 0.6, FIRST_PART)
# Why a test cannot be: the part is too thin.
TOO_THIN = ("no_repeat_buyers", "hold_out_impossible", "no_histories")


def backtest(
    orders: object, *, confidence: float = 0.95, draws: int = 200, **options: object
) -> pd.DataFrame:
    """Forecast what customers will pay from several earlier days, and compare with what they paid.

    ``options`` as in `hold_out`, which is done once for each of ``PARTS``. Index ``split`` (days);
    float64 ``predicted`` and ``actual`` (money of all customers known on that day, until the end),
    ``ratio`` (actual over predicted), ``lower`` and ``upper`` (the model's own interval for what
    would come), and ``held`` boolean, whether it held. Tests with too few customers who came back,
    or without a model of spend, are left out; the table may be empty.
    """
    rows = {}
    for part in PARTS:
        try:
            done = hold_out(orders, first_part=part, **options)
        except CrmError as error:
            if error.key not in TOO_THIN:
                raise
            continue
        told = done.accuracy.loc[("amount", "model")]
        if done.spending is None or done.purchases.verdict == "few" or not told["predicted"] > 0:
            continue
        years = done.horizon * DAYS_IN[done.purchases.unit] / DAYS_A_YEAR
        terms = {"discount": 0.0, "years": years, "confidence": confidence, "draws": draws}
        base = value_of_base(done.purchases, done.spending, done.histories, **terms).total
        rows[done.split] = {
            **told[["predicted", "actual"]],
            "ratio": told["actual"] / told["predicted"],
            "lower": base["lower"],
            "upper": base["upper"],
        }
    names = ["predicted", "actual", "ratio", "lower", "upper"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=names).astype("float64")
    table.index = pd.DatetimeIndex(table.index, name="split")
    return table.assign(held=table["actual"].between(table["lower"], table["upper"]))


def widened(found: BaseValue, tests: pd.DataFrame) -> BaseValue:
    """The same value with intervals at least as wide as the errors of the tests.

    From value / f to value · f, where f is the largest error of `backtest` as a factor either way,
    or the model's own end where that lies further out. A test in which nothing came has no factor:
    then the lower end is 0. Without tests nothing changes.
    """
    if tests.empty:
        return found
    ratio = tests["ratio"].to_numpy()
    with np.errstate(divide="ignore"):
        sizes = np.abs(np.log(ratio))
    further = float(np.exp(np.max(sizes, where=np.isfinite(sizes), initial=0.0)))
    least = 1 / further if (ratio > 0).all() else 0.0

    def ends(row: pd.Series) -> pd.Series:
        value = float(row["lifetime_value"])
        lower, upper = carried(
            min(float(row["lower"]), value * least), max(float(row["upper"]), value * further)
        )
        return pd.Series({"lower": lower, "upper": upper})

    total = found.total.copy()
    total.update(ends(total))
    segments = found.segments.assign(**found.segments.apply(ends, axis=1))
    return replace(found, segments=segments, total=total, tests=tests)
