"""Forecasts from several earlier days: which model was nearer, and how far off it was."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from crm_lessons.buying._base import value_of_base
from crm_lessons.buying._purchases import EARLY, Purchases, fit
from crm_lessons.buying._split import FIRST_PART, Split, split_at
from crm_lessons.buying._tested import Backtest
from crm_lessons.errors import CrmError

# How much of the days each test learns from; the last one is that of `hold_out`.
PARTS = (0.4, 0.5, 0.6, FIRST_PART)
# Standard errors by which the forecasts of one model must be nearer.
CLEAR = 1.96
# As a share of the deviance, a difference below this is none, whatever its standard error.
LEAST = 0.001
# Why a test cannot be: the part is too thin.
TOO_THIN = ("no_repeat_buyers", "hold_out_impossible", "no_histories")
# Classes by what is known of a customer on the day of the test, from `Histories.people`.
Classes = Callable[[pd.DataFrame], pd.Series]


def backtest(
    orders: object,
    *,
    by: Classes | None = None,
    confidence: float = 0.95,
    draws: int = 100,
    **options: object,
) -> Backtest:
    """Forecast what customers will buy from several earlier days, and compare with what came.

    ``options`` as in `hold_out`; the data are cut after each of ``PARTS`` of the days, BG/NBD and
    MBG/NBD are fitted to what was known then, and forecast to the end. Nearer is the one with the
    smaller ``deviance``, 2 Σ (m - y + y log(y / m)) over the forecasts m and purchases y of all
    customers and tests: a score that only the true means make smallest. Where the two differ by
    less than ``CLEAR`` standard errors (over customers), it is the one with the higher likelihood
    on the last day of a test. Everything else is told of that one. ``by`` gives the classes of the
    customers on the day of a test, such as their ABC classes by then; without it there are none.
    Tests with too few customers who came back, or without a model of spend, are left out.
    """
    tried = list(_tried(orders, options))
    models = _models(tried)
    kind, clear = _nearer(tried)
    totals, classes, refuted = {}, {}, False
    for parts, _, told in tried:
        people = told[kind]
        totals[parts.day] = _row(parts, people)
        if by is not None:
            grouped = people.groupby(by(parts.first.people).astype("str"))
            classes |= {(parts.day, name): _row(parts, some) for name, some in grouped}
    if tried:
        parts, fitted, _ = tried[-1]
        terms = {"discount": 0.0, "years": parts.years, "confidence": confidence, "draws": draws}
        own = value_of_base(fitted[kind], parts.spending, parts.first, **terms).total
        refuted = not own["lower"] <= totals[parts.day]["actual"] <= own["upper"]
    return Backtest(kind, clear, models, _totals(totals), _classes(classes), refuted)


def _tried(
    orders: object, options: dict
) -> Iterator[tuple[Split, dict[str, Purchases], dict[str, pd.DataFrame]]]:
    """Each split that allows a test, with both models and their forecasts of each customer."""
    for part in PARTS:
        try:
            parts = split_at(orders, first_part=part, **options)
            fitted = {kind: fit(parts.first, kind=kind) for kind in EARLY}
        except CrmError as error:
            if error.key not in TOO_THIN:
                raise
            continue
        if parts.spending is None or fitted["bg"].verdict == "few":
            continue
        told = {kind: parts.forecast(model) for kind, model in fitted.items()}
        if all(one["predicted_amount"].sum() > 0 for one in told.values()):
            yield parts, fitted, told


def _models(tried: list) -> pd.DataFrame:
    """Deviance and one-time buyers of each model over all tests."""
    rows = {}
    for kind in EARLY if tried else ():
        people = pd.concat([told[kind] for _, _, told in tried])
        once = people[people["frequency"] == 0]
        rows[kind] = {
            "deviance": deviance(people["predicted"], people["actual"]),
            "once": len(once),
            "once_predicted": float(np.sort(once["predicted"]).mean()) if len(once) else np.nan,
            "once_actual": float(once["actual"].mean()),
        }
    names = ["deviance", "once", "once_predicted", "once_actual"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=names).rename_axis("kind")
    return table.astype({"once": "int64"} | dict.fromkeys(set(names) - {"once"}, "float64"))


def _nearer(tried: list) -> tuple[str, bool]:
    """The kind whose forecasts were nearer, and whether beyond chance."""
    if not tried:
        return "", False
    first, second = EARLY
    # Tests are of the same customers: what one customer adds to all of them is one observation.
    apart = [_misses(told[first]) - _misses(told[second]) for _, _, told in tried]
    each = pd.concat(apart).groupby(level=0).sum()
    all_of_it = sum(float(_misses(told[first]).sum()) for _, _, told in tried)
    beyond_chance = abs(each.sum()) > CLEAR * np.sqrt(len(each)) * each.std(ddof=0)
    if beyond_chance and abs(each.sum()) > LEAST * all_of_it:
        return (first if each.sum() < 0 else second), True
    fitted = tried[-1][1]
    return max(EARLY, key=lambda kind: fitted[kind].log_likelihood), False


def deviance(predicted: pd.Series, actual: pd.Series) -> float:
    """Poisson deviance of forecasts of counts, 0 where each came true.

    >>> deviance(pd.Series([2.0, 0.5]), pd.Series([2, 0]))
    1.0
    """
    people = pd.DataFrame({"predicted": predicted, "actual": actual})
    return float(np.sort(_misses(people)).sum())


def _misses(people: pd.DataFrame) -> pd.Series:
    told, came = people["predicted"].clip(lower=1e-9), people["actual"].astype("float64")
    beyond = np.where(came > 0, came * np.log(came.clip(lower=1.0) / told), 0.0)
    return 2 * (told - came + beyond)


def _row(parts: Split, people: pd.DataFrame) -> dict[str, float]:
    predicted, actual = (
        float(np.sort(people[name]).sum()) for name in ("predicted_amount", "actual_amount")
    )
    ratio = max(actual, 0.0) / predicted if predicted > 0 else np.nan
    return {"years": parts.years, "predicted": predicted, "actual": actual, "ratio": ratio}


def _totals(rows: dict) -> pd.DataFrame:
    names = ["years", "predicted", "actual", "ratio"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=names).astype("float64")
    table.index = pd.DatetimeIndex(table.index, name="split")
    return table


def _classes(rows: dict) -> pd.DataFrame:
    names = ["years", "predicted", "actual", "ratio"]
    index = pd.MultiIndex.from_tuples(list(rows), names=["split", "class"]) if rows else None
    table = pd.DataFrame(list(rows.values()), columns=names, index=index).astype("float64")
    return table if rows else table.rename_axis("split")
