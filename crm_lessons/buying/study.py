"""Everything a report asks of a company's orders in one call, and the words that go with it.

A company may have thirty customers, or only new ones: then there is no model, and the study says
why instead of failing.
"""

from dataclasses import dataclass

import pandas as pd

from crm_lessons.buying.base import BaseValue, value_of_base
from crm_lessons.buying.expectations import expected_purchases, expected_purchases_of_new, p_alive
from crm_lessons.buying.histories import DAYS_A_YEAR, DAYS_IN, Histories
from crm_lessons.buying.holdout import HoldOut, hold_out
from crm_lessons.buying.lifetime import customer_table
from crm_lessons.buying.purchases import Purchases, fit
from crm_lessons.buying.spending import Spending, fit_spending, frequency_and_spend
from crm_lessons.errors import CrmError

# A mean chance of dropping out below this: practically nobody leaves.
HARDLY = 0.01

# A sentence of wording/buying.yaml and its values: `lesson.say(f"buying.{key}", **values)`.
Word = tuple[str, dict[str, object]]


@dataclass(frozen=True, eq=False)
class Study:
    """The models that these histories allow. None stands where there can be no model.

    ``words``: what has to be known to read the figures, sentences of ``wording/buying.yaml``.
    """

    histories: Histories
    purchases: Purchases | None
    spending: Spending | None
    words: tuple[Word, ...]

    @property
    def complete(self) -> bool:
        """Whether there are both models, so that a lifetime value can be computed."""
        return self.purchases is not None and self.spending is not None

    def customers(self, **terms: object) -> pd.DataFrame:
        """`customer_table`; without the models only what was observed, the rest missing."""
        if self.complete:
            return customer_table(self.purchases, self.spending, self.histories, **terms)
        people = self.histories.told_in("week").people
        table = people[["frequency", "recency", "age", "spend"]].assign(p_alive=float("nan"))
        table["alive_known"] = (people["frequency"] > 0).astype("boolean")
        table["expected_purchases"] = float("nan")
        if self.purchases is not None:
            year = DAYS_A_YEAR / DAYS_IN[self.purchases.unit]
            table["p_alive"] = p_alive(self.purchases, self.histories)
            table["expected_purchases"] = expected_purchases(
                self.purchases, self.histories, horizon=year
            )
        return table.assign(expected_spend=float("nan"), lifetime_value=float("nan"))

    def base(self, **options: object) -> BaseValue | None:
        """`value_of_base`, None without the models."""
        if not self.complete:
            return None
        return value_of_base(self.purchases, self.spending, self.histories, **options)


def study(histories: Histories) -> Study:
    """Fit what can be fitted and say what has to be known about it.

    The words come in this order: the model of purchases, one-time buyers, the model of spend,
    whether spend goes with frequency, refunds.
    """
    words: list[Word] = []
    purchases = _purchases(histories, words)
    _one_time(histories, words)
    spending = _spending(histories, words)
    if spending is not None:
        found = frequency_and_spend(histories)
        key = "spend_goes_with_frequency" if found["correlated"] else "spend_apart"
        if found["correlation"] == found["correlation"]:
            told = {"correlation": found["correlation"], "lower": found["lower"]}
            words.append((key, told | {"upper": found["upper"], "n": int(found["n"])}))
    if histories.refunds == "before" and histories.refund_share > 0:
        words.append(("refunds_before", {"share": histories.refund_share}))
    return Study(histories, purchases, spending, tuple(words))


def try_hold_out(orders: object, **options: object) -> tuple[HoldOut | None, Word]:
    """`hold_out` with its sentence; None and the reason where the data are too short or too thin.

    Errors about parameters, such as an unknown unit, are raised all the same.
    """
    try:
        done = hold_out(orders, **options)
    except CrmError as error:
        if error.key not in {"no_repeat_buyers", "hold_out_impossible", "no_histories"}:
            raise
        return None, ("no_hold_out", {"why": str(error)})
    model = done.accuracy.loc[("purchases", "model")]
    naive = done.accuracy.loc[("purchases", "naive")]
    if not model["actual"]:
        return done, ("hold_out_nothing", {"customers": int(model["customers"])})
    told = {
        "customers": int(model["customers"]),
        "actual": int(model["actual"]),
        "predicted": model["predicted"],
        "total_error": model["total_error"],
        "mae": model["mae"],
        "naive": naive["predicted"],
        "naive_error": naive["total_error"],
        "naive_mae": naive["mae"],
    }
    key = "hold_out_better" if model["mae"] < naive["mae"] else "hold_out_no_better"
    return done, (key, told)


def _purchases(histories: Histories, words: list[Word]) -> Purchases | None:
    people = {"customers": len(histories), "repeaters": histories.repeaters}
    try:
        model = fit(histories)
    except CrmError as error:
        if error.key != "no_repeat_buyers":
            raise
        words.append(("no_model", people))
        return None
    year = DAYS_A_YEAR / DAYS_IN[model.unit]
    told = people | {"dropout": model.dropout, "a": model.a, "b": model.b}
    told["first_year"] = expected_purchases_of_new(model, horizon=year)
    hardly = model.verdict == "vague" and model.dropout < HARDLY
    words.append(("model_hardly_leave" if hardly else f"model_{model.verdict}", told))
    return model


def _one_time(histories: Histories, words: list[Word]) -> None:
    count = len(histories) - histories.repeaters
    if count:
        words.append(("one_time", {"count": count, "share": count / len(histories)}))


def _spending(histories: Histories, words: list[Word]) -> Spending | None:
    try:
        model = fit_spending(histories)
    except CrmError as error:
        if error.key != "no_spending":
            raise
        words.append(("no_spend_model", {"customers": int(error.values["customers"])}))
        return None
    if model.q <= 1:
        words.append(("spend_no_mean", {"q": model.q}))
        return None
    words.append((f"spend_{model.verdict}", {"mean": model.mean, "customers": model.customers}))
    return model
