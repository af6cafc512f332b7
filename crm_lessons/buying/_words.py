"""The values of the computed sentences in ``wording/buying.yaml``, read off the results."""

from dataclasses import replace

import numpy as np
import pandas as pd

from crm_lessons.buying._base import BaseValue
from crm_lessons.buying._expectations import expected_purchases_of_new, p_alive
from crm_lessons.buying._histories import DAYS_IN, Histories
from crm_lessons.buying._holdout import HoldOut
from crm_lessons.buying._purchases import Purchases
from crm_lessons.buying._renewals import Renewals
from crm_lessons.buying._spending import Spending
from crm_lessons.buying._tested import Backtest
from crm_lessons.customers import DAYS_A_YEAR
from crm_lessons.sampling import as_sure, rough, stream
from crm_lessons.wording import text

# A forecast over more than so many times the time observed is a guess.
FAR = 3.0
# An interval whose upper end is more than so many times its lower end is said to be wide, and why.
WIDE = 3.0
# Below this many customers two forecasts are not compared.
FEW_COMPARED = 30
# Two errors of a total that differ by less than this are as good as one another.
SAME = 0.005
# A class is said to be missed to one side from so many tests and so large a mean error on.
TESTS, OFF = 3, 0.15
# So often parameters are drawn for the interval of a figure that follows from them.
TRIED = 200


def base_figures(found: BaseValue) -> dict[str, float]:
    """From `value_of_base`, for ``base_value``: the whole with its interval and the terms."""
    total = found.total
    lower, upper = float(total["lower"]), float(total["upper"])
    return {
        "customers": int(total["customers"]),
        "value": as_sure(float(total["lifetime_value"]), lower, upper),
        "lower": lower,
        "upper": upper,
        "confidence": found.confidence,
        "margin": found.margin,
        "discount": found.discount,
        "years": found.years,
    }


def base_lead(found: BaseValue) -> tuple[str, dict[str, object]]:
    """The value of the whole, of those who renew where customers buy by a schedule.

    With what the last test says, where that refutes the model.
    """
    told = base_figures(found)
    if found.renewing is not None:
        return "base_value_renewing", told | {"by_model": told["value"]} | found.renewing
    if found.tests is None or not found.tests.refuted:
        return "base_value", told
    last = found.tests.totals.iloc[-1]
    told |= {
        "split": found.tests.totals.index[-1].date(),
        "missed": 1 - min(last["ratio"], 1 / last["ratio"] if last["ratio"] else 0.0),
    }
    return f"base_value_too_{'low' if last['ratio'] > 1 else 'high'}", told


def _tested(found: BaseValue) -> tuple[str, dict[str, object]]:
    """How far off earlier forecasts were, by which the intervals are widened."""
    if found.tests is None or found.tests.empty:
        return "base_untested", {}
    off, total = found.tests.totals["ratio"] - 1, found.total
    told = {"tests": len(off), "least": off.min(), "most": off.max()}
    told |= dict(zip(("own_lower", "own_upper"), found.own, strict=True))
    wide = total["lower"] > 0 and total["upper"] / total["lower"] > WIDE
    return "base_tested_wide" if wide else "base_tested", told


def schedule(found: Renewals) -> dict[str, object]:
    """For ``schedule``: what shows it, and how many renew."""
    told = dict(zip(("churn", "churn_lower", "churn_upper"), found.churn, strict=True))
    names = ("days", "cv", "customers", "due", "lapsed", "paying")
    return told | {name: getattr(found, name) for name in names}


def model(found: Purchases) -> dict[str, float]:
    """For ``model_…``: dropout and the first year of a newcomer, with intervals of their estimates.

    The intervals (95 %) are those of parameters that could have been; the chance of one customer is
    not in them. Only a ``sound`` model has them.
    """
    year = DAYS_A_YEAR / DAYS_IN[found.unit]
    told = {"dropout": found.dropout}
    told["first_year"] = expected_purchases_of_new(found, horizon=year)
    if not found.identified:
        return told
    drawn = found.estimates.draws(TRIED, stream())
    others = [replace(found, r=r, alpha=alpha, a=a, b=b) for r, alpha, a, b in drawn]
    figures = {
        "dropout": [other.dropout for other in others],
        "first_year": [expected_purchases_of_new(other, horizon=year) for other in others],
    }
    for name, values in figures.items():
        told[f"{name}_lower"], told[f"{name}_upper"] = np.quantile(values, (0.025, 0.975))
    return told


def spend(found: Spending) -> dict[str, float]:
    """For ``spend_…``: the mean purchase, of a ``sound`` model with its interval."""
    told = {"mean": found.mean, "customers": found.customers}
    if found.verdict != "sound":
        return told
    drawn = found.estimates.draws(TRIED, stream())
    means = [found.with_parameters(values).mean for values in drawn]
    told["lower"], told["upper"] = np.quantile(means, (0.025, 0.975))
    return told


def once(found: Purchases, people: Histories) -> dict[str, float]:
    """For ``one_time…``: how many bought once and, where they may have left, how many remain."""
    rows = people.people["frequency"] == 0
    told = {"count": int(rows.sum()), "share": float(rows.mean())}
    if not (found.early and found.leaving_seen):
        return told
    drawn = found.estimates.draws(TRIED, stream())
    others = (replace(found, r=r, alpha=alpha, a=a, b=b) for r, alpha, a, b in drawn)
    alive = [float(p_alive(other, people)[rows].mean()) for other in others]
    ends = dict(zip(("lower", "upper"), np.quantile(alive, (0.025, 0.975)), strict=True))
    return told | ends | {"alive": float(p_alive(found, people)[rows].mean())}


def chosen(tests: Backtest) -> dict[str, object]:
    """For ``chosen_bg`` and ``chosen_mbg``: what decided between the two models."""
    table, other = tests.models, {"bg": "mbg", "mbg": "bg"}[tests.kind]
    told = {"tests": len(tests.totals), "actual": float(table.loc[tests.kind, "once_actual"])}
    told |= {"once": int(table.loc[tests.kind, "once"])}
    told |= {"predicted": float(table.loc[tests.kind, "once_predicted"])}
    return told | {"other": float(table.loc[other, "once_predicted"])}


def base_segments(found: BaseValue) -> dict[str, object]:
    """From `value_of_base`, for ``base_segments``: the segment that is worth most."""
    table = found.segments
    best = table["lifetime_value"].idxmax()
    return {
        "best": best,
        "best_customers": int(table.loc[best, "customers"]),
        "best_share": float(table.loc[best, "share"]),
        "best_each": rough(float(table.loc[best, "per_customer"])),
        **{end: float(table.loc[best, end]) for end in ("lower", "upper")},
    }


def classes_off(found: BaseValue) -> list[tuple[str, dict[str, object]]]:
    """For ``base_classes_off``: classes that earlier forecasts missed to the same side each time.

    Told from `TESTS` tests on, and where what came was off by `OFF` on average; the figures stay.
    """
    if found.tests is None or found.tests.classes.empty:
        return []
    parts = []
    for name, ratios in found.tests.classes["ratio"].groupby(level="class", sort=True):
        mean = float(np.exp(np.log(ratios).mean())) if (ratios > 0).all() else 0.0
        one_side = ratios.max() < 1 or ratios.min() > 1
        if name in found.segments.index and len(ratios) >= TESTS and one_side:
            told = {"name": name, "ratio": mean, "least": ratios.min(), "most": ratios.max()}
            parts += [text("buying.class_off", **told)] if abs(mean - 1) >= OFF else []
    told = {"parts": text("buying.classes_between").join(parts), "tests": len(found.tests.totals)}
    return [("base_classes_off", told)] if parts else []


def base_words(found: BaseValue) -> list[tuple[str, dict[str, object]]]:
    """What has to be known to read a value of the base: sentences and their values.

    The value itself, how it was tested, the best segment if there are several, intervals that are
    too narrow, and a horizon of more than ``FAR`` times what was observed.
    """
    words = [base_lead(found), _tested(found)]
    if len(found.segments) > 1:
        words += [("base_segments", base_segments(found)), *classes_off(found)]
    if not found.parameters_vary:
        words.append(("base_chance_only", {}))
    if found.years > FAR * found.observed_years:
        told = {"years": found.years, "weeks": found.observed_years * DAYS_A_YEAR / 7}
        words.append(("base_far", told))
    return words


def hold_out_words(done: HoldOut) -> list[tuple[str, dict[str, object]]]:
    """How near the forecast came, in purchases and in money: sentences and their values.

    The days of both parts, the totals and what a customer's forecast is off on average, against
    going on as before. Of money nothing where there was no model of spend or nothing was paid.
    """
    days = {
        "first": done.tracking.index[0].date(),
        "split": done.split.date(),
        "last": done.as_of.date(),
    }
    told = days | _against_naive(done.accuracy, "purchases")
    if not told["actual"]:
        return [("hold_out_nothing", days | {"customers": told["customers"]})]
    words = [
        ("hold_out", told),
        (f"hold_out_single_{_nearer_for_single(done.people)}", told),
        (f"hold_out_total_{_nearer_for_total(told)}", told),
    ]
    if done.spending is not None and done.accuracy.loc[("amount", "model"), "actual"] > 0:
        money = _against_naive(done.accuracy, "amount")
        words.append((f"hold_out_amount_{_nearer_for_total(money)}", money))
    return words


def _against_naive(accuracy: pd.DataFrame, measure: str) -> dict[str, float]:
    model, naive = accuracy.loc[(measure, "model")], accuracy.loc[(measure, "naive")]
    counts = {name: int(model[name]) for name in ("customers", "actual")}
    told = {name: float(model[name]) for name in ("predicted", "total_error", "mae")}
    other = {"naive": "predicted", "naive_error": "total_error", "naive_mae": "mae"}
    return counts | told | {name: float(naive[column]) for name, column in other.items()}


def _nearer_for_single(people: pd.DataFrame) -> str:
    """``model`` or ``naive`` if its mean absolute error is smaller beyond chance, else ``open``.

    Beyond chance: the mean of the paired differences over customers lies more than 1.96 standard
    errors from 0.
    """
    naive, model = ((people[n] - people["actual"]).abs() for n in ("naive", "predicted"))
    gained = naive - model
    if len(people) < FEW_COMPARED or not abs(gained.mean()) > 1.96 * gained.sem():
        return "open"
    return "model" if gained.mean() > 0 else "naive"


def _nearer_for_total(told: dict[str, float]) -> str:
    """Which total came nearer, ``model`` or ``naive``; ``same`` if they differ by half a point."""
    ahead = abs(told["naive_error"]) - abs(told["total_error"])
    if abs(ahead) < SAME:
        return "same"
    return "model" if ahead > 0 else "naive"
