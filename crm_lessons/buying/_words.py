"""The values of the computed sentences in ``wording/buying.yaml``, read off the results."""

import pandas as pd

from crm_lessons.buying._base import BaseValue
from crm_lessons.buying._holdout import HoldOut
from crm_lessons.customers import DAYS_A_YEAR

# A forecast over more than so many times the time observed is a guess.
FAR = 3.0
# Below this many customers two forecasts are not compared.
FEW_COMPARED = 30
# Two errors of a total that differ by less than this are as good as one another.
SAME = 0.005


def base_figures(found: BaseValue) -> dict[str, float]:
    """From `value_of_base`, for ``base_value``: the whole with its interval and the terms."""
    total = found.total
    return {
        "customers": int(total["customers"]),
        "value": float(total["lifetime_value"]),
        "lower": float(total["lower"]),
        "upper": float(total["upper"]),
        "confidence": found.confidence,
        "margin": found.margin,
        "discount": found.discount,
        "years": found.years,
    }


def base_lead(found: BaseValue) -> tuple[str, dict[str, object]]:
    """The value of the whole; with what the last test says, where that refutes the model."""
    told = base_figures(found)
    if found.tests is None or found.tests.empty or found.tests["held"].iloc[-1]:
        return "base_value", told
    last = found.tests.iloc[-1]
    told |= {
        "split": found.tests.index[-1].date(),
        "missed": 1 - min(last["ratio"], 1 / last["ratio"] if last["ratio"] else 0.0),
    }
    return f"base_value_too_{'low' if last['ratio'] > 1 else 'high'}", told


def _tested(found: BaseValue) -> tuple[str, dict[str, object]]:
    """How far off earlier forecasts were, by which the intervals are widened."""
    if found.tests is None or found.tests.empty:
        return "base_untested", {}
    off = found.tests["ratio"] - 1
    return "base_tested", {"tests": len(off), "least": off.min(), "most": off.max()}


def base_segments(found: BaseValue) -> dict[str, object]:
    """From `value_of_base`, for ``base_segments``: the segment that is worth most."""
    table = found.segments
    best = table["lifetime_value"].idxmax()
    return {
        "best": best,
        "best_customers": int(table.loc[best, "customers"]),
        "best_share": float(table.loc[best, "share"]),
        "best_each": float(table.loc[best, "per_customer"]),
    }


def base_words(found: BaseValue) -> list[tuple[str, dict[str, object]]]:
    """What has to be known to read a value of the base: sentences and their values.

    The value itself, how it was tested, the best segment if there are several, intervals that are
    too narrow, and a horizon of more than ``FAR`` times what was observed.
    """
    words = [base_lead(found), _tested(found)]
    if len(found.segments) > 1:
        words.append(("base_segments", base_segments(found)))
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
