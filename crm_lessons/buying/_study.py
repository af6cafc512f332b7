"""Everything a report asks of a company's orders in one call, and the words that go with it.

A company may have thirty customers, or only new ones: then there is no model, and the study says
why instead of failing.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crm_lessons.buying import _words
from crm_lessons.buying._base import BaseValue, value_of_base
from crm_lessons.buying._expectations import expected_purchases, p_alive
from crm_lessons.buying._histories import DAYS_IN, Histories
from crm_lessons.buying._holdout import HoldOut, hold_out
from crm_lessons.buying._lifetime import customer_table
from crm_lessons.buying._purchases import EARLY, Purchases, fit
from crm_lessons.buying._renewals import Renewals, renewal_value
from crm_lessons.buying._spending import Spending, fit_spending, frequency_and_spend
from crm_lessons.buying._tested import Backtest
from crm_lessons.buying._widening import widened
from crm_lessons.customers import DAYS_A_YEAR
from crm_lessons.errors import CrmError
from crm_lessons.lacking import Lacking

# A mean chance of dropping out below this: practically nobody leaves.
HARDLY = 0.01

# Why there may be no test although nothing is wrong, and the sentence that says so.
NO_HOLD_OUT = {
    "no_repeat_buyers": "no_hold_out_repeats",
    "hold_out_impossible": "no_hold_out_days",
    "no_histories": "no_hold_out_people",
}

# A sentence of wording/buying.yaml and its values: `lesson.say(f"buying.{key}", **values)`.
Word = tuple[str, dict[str, object]]


@dataclass(frozen=True, eq=False)
class Study:
    """The models that these histories allow. None stands where there can be no model.

    ``words``: what has to be known to read the figures, sentences of ``wording/buying.yaml``.
    ``tested`` and ``renewing``: the `backtest` and the `renewals` it was made with, if any.
    """

    histories: Histories
    purchases: Purchases | None
    spending: Spending | None
    words: tuple[Word, ...]
    tested: Backtest | None = None
    renewing: Renewals | None = None

    @property
    def kind(self) -> str:
        """The kind of the model of purchases, as in `fit`; BG/NBD's where there is none."""
        return self.purchases.kind if self.purchases is not None else "bg"

    @property
    def complete(self) -> bool:
        """Whether there are both models, so that a lifetime value can be computed."""
        return self.purchases is not None and self.spending is not None

    @property
    def leaving_seen(self) -> bool:
        """Whether the chance of being active says anything: not where nobody is seen to leave."""
        return self.purchases is not None and self.purchases.leaving_seen

    def customers(self, **terms: object) -> pd.DataFrame:
        """`customer_table`; without the models only what was observed, the rest missing."""
        if self.complete:
            return customer_table(self.purchases, self.spending, self.histories, **terms)
        people = self.histories.told_in("week").people
        table = people[["frequency", "recency", "age", "spend"]].assign(p_alive=float("nan"))
        early = self.purchases.early if self.purchases is not None else 0
        table["alive_known"] = (people["frequency"] + early > 0).astype("boolean")
        table["expected_purchases"] = float("nan")
        if self.purchases is not None:
            year = DAYS_A_YEAR / DAYS_IN[self.purchases.unit]
            table["p_alive"] = p_alive(self.purchases, self.histories)
            table["expected_purchases"] = expected_purchases(
                self.purchases, self.histories, horizon=year
            )
        return table.assign(expected_spend=float("nan"), lifetime_value=float("nan"))

    def known(self, table: pd.DataFrame) -> pd.DataFrame:
        """`customers` with ``p_alive`` left empty where it says nothing, to hand on to others.

        It says nothing of who bought once (in BG/NBD), and of nobody where nobody is seen to leave.
        """
        told = table["alive_known"].fillna(False).astype("bool") & self.leaving_seen
        return table.assign(p_alive=table["p_alive"].where(told))

    def base(self, **options: object) -> tuple[BaseValue | Lacking, tuple[Word, ...]]:
        """`value_of_base` and its words; `Lacking` and no words without the models.

        Where earlier forecasts were tested the intervals are `widened` by their errors, and the
        words begin with the last test where it refutes the model. Where customers buy by a
        schedule they begin with the value of those who renew.
        """
        if not self.complete:
            return Lacking("no_model"), ()
        found = value_of_base(self.purchases, self.spending, self.histories, **options)
        found = found if self.tested is None else widened(found, self.tested)
        if self.renewing is not None and self.renewing.paying:
            terms = {name: getattr(found, name) for name in ("margin", "discount", "years")}
            renewing = renewal_value(self.renewing, confidence=found.confidence, **terms)
            found = replace(found, renewing=renewing)
        return found, tuple(_words.base_words(found))


def study(
    histories: Histories, *, tested: Backtest | None = None, renewing: Renewals | None = None
) -> Study:
    """Fit what can be fitted and say what has to be known about it.

    The model of purchases is the one whose forecasts were nearer in ``tested``, a `backtest` of the
    same orders; where no test could be made the one that fits all data better, and BG/NBD if there
    is none. ``renewing``: the `renewals` of the same orders, where they show a schedule.

    The words come in this order: the model of purchases, why this one, one-time buyers, a schedule,
    the model of spend, whether spend goes with frequency, refunds.
    """
    words: list[Word] = []
    purchases = _purchases(histories, tested, words)
    if purchases is not None:
        _one_time(histories, purchases, words)
    if renewing is not None:
        words.append(("schedule", _words.schedule(renewing)))
    spending = _spending(histories, words)
    if spending is not None:
        words.extend(_together(histories))
    if histories.refunds == "before" and histories.refund_share > 0:
        words.append(("refunds_before", {"share": histories.refund_share}))
    if histories.refunds == "net" and histories.refund_share > 0:
        words.append(("refunds_net", {"share": histories.refund_share}))
    return Study(histories, purchases, spending, tuple(words), tested, renewing)


def try_hold_out(orders: object, **options: object) -> tuple[HoldOut | Lacking, tuple[Word, ...]]:
    """`hold_out` with its words; `Lacking` and the reason where the data are too short or too thin.

    Errors about parameters, such as an unknown unit, are raised all the same.
    """
    try:
        done = hold_out(orders, **options)
    except CrmError as error:
        if error.key not in NO_HOLD_OUT:
            raise
        return Lacking(error.key), ((NO_HOLD_OUT[error.key], dict(error.values)),)
    return done, tuple(_words.hold_out_words(done))


def _purchases(
    histories: Histories, tested: Backtest | None, words: list[Word]
) -> Purchases | None:
    people = {"customers": len(histories), "repeaters": histories.repeaters}
    if not histories.repeaters:
        words.append(("no_model", people))
        return None
    model = _chosen(histories, tested)
    told = people | _words.model(model)
    hardly = model.verdict == "vague" and model.dropout < HARDLY
    words.append(("model_hardly_leave" if hardly else f"model_{model.verdict}", told))
    if tested is not None and not tested.empty:
        how = "" if tested.clear else "_by_fit"
        words.append((f"chosen_{model.kind}{how}", _words.chosen(tested)))
    return model


def _chosen(histories: Histories, tested: Backtest | None) -> Purchases:
    if tested is None or tested.kind:
        return fit(histories, kind="bg" if tested is None else tested.kind)
    both = [fit(histories, kind=kind) for kind in EARLY]
    return max(both, key=lambda model: model.log_likelihood)


def _one_time(histories: Histories, purchases: Purchases, words: list[Word]) -> None:
    told = _words.once(purchases, histories)
    if not told["count"]:
        return
    if not purchases.early:
        words.append(("one_time", told))
    elif purchases.leaving_seen:
        words.append(("one_time_may_have_left", told))


def _together(histories: Histories) -> list[Word]:
    """Whether spend goes with frequency; nothing where there is no correlation to compute."""
    found = frequency_and_spend(histories)
    if found["correlation"] != found["correlation"]:
        return []
    none_shown = found["lower"] <= 0 <= found["upper"]
    key = "spend_apart" if none_shown else "spend_goes_a_little"
    key = key if found["apart"] else "spend_unclear"
    key = "spend_goes_with_frequency" if found["correlated"] else key
    told = {name: found[name] for name in ("correlation", "lower", "upper")}
    return [(key, told | {"n": int(found["n"])})]


def _spending(histories: Histories, words: list[Word]) -> Spending | None:
    try:
        model = fit_spending(histories)
    except CrmError as error:
        if error.key != "no_spending":
            raise
        count = int(error.values["customers"])
        words.append(("no_spend_model", {"customers": count}))
        return None
    if not np.isfinite(model.mean):
        words.append(("spend_no_mean", {"q": model.q}))
        return None
    words.append((f"spend_{model.verdict}", _words.spend(model)))
    return model
