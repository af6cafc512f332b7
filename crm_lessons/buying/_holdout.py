"""Does it come true? Fit on the first part of the data, compare with the second."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lessons import customers
from crm_lessons.buying._expectations import expected_purchases, expected_purchases_of_new
from crm_lessons.buying._histories import DAYS_IN, Histories, histories
from crm_lessons.buying._purchases import Purchases, fit
from crm_lessons.buying._spending import Spending, expected_spend, fit_spending
from crm_lessons.customers import Day
from crm_lessons.errors import CrmError

# Past frequencies from here on are one group.
MOST = 7
# How much of the period the fit gets unless a day is given.
FIRST_PART = 2 / 3
# Points at which the cumulative curve is computed.
_POINTS = 80


@dataclass(frozen=True, eq=False)
class HoldOut:
    """What was expected at the end of the first part, and what came in the second.

    ``people``: index ``customer_id``; ``frequency``, ``actual`` int64 and ``predicted``, ``naive``
    float64, purchases in the second part; ``actual_amount``, ``predicted_amount``,
    ``naive_amount``, what they paid. ``by_frequency``: means of purchases by past repeat purchases.
    ``accuracy`` and ``tracking``: see `hold_out`. ``horizon``: the second part's length in the
    model's unit. ``spending`` is None, and predicted amounts are NaN, where spend has no model.
    """

    purchases: Purchases
    spending: Spending | None
    histories: Histories
    split: pd.Timestamp
    as_of: pd.Timestamp
    horizon: float
    people: pd.DataFrame
    by_frequency: pd.DataFrame
    accuracy: pd.DataFrame
    tracking: pd.DataFrame


def hold_out(
    orders: object,
    *,
    split: Day = None,
    first_part: float = FIRST_PART,
    as_of: Day = None,
    since: Day = None,
    where: dict[str, object] | None = None,
    unit: str = "week",
    leave_out: pd.Index | None = None,
    refunds: str = "before",
    first_counts: bool = False,
) -> HoldOut:
    """Fit on what was known on ``split`` (itself included) and compare with what came after.

    The other parameters are those of `histories`. Without ``split`` the fit gets ``first_part`` of
    the days, two thirds unless told. Only customers who had bought by then are compared: nobody who
    came later could be predicted. Purchases are days with a purchase; amounts are before refunds,
    or net of them, as ``refunds`` says of what was learnt.

    The **naive** forecast goes on as before: each customer's repeat purchases over age, times the
    length of the second part, at the customer's own mean spend (that of all for one-time buyers).

    ``accuracy``: index (``measure``, ``method``) of ``purchases``/``amount`` and
    ``model``/``naive``; ``actual`` and ``predicted`` totals, ``total_error`` (predicted over actual
    less 1, NaN if nothing came), ``bias`` (mean of predicted less actual), ``mae`` and ``rmse`` for
    one customer, ``customers``; all float64. ``tracking``: index ``day``; ``actual`` and
    ``predicted`` cumulative repeat purchases of the customers compared, ``second_part`` boolean.

    Raises CrmError if either part is empty, or as `histories` and `fit`.
    """
    whole = {"since": since, "where": where}
    end = customers.last_day_of(orders, as_of=as_of)
    cut = _cut(orders, split, first_part, end, whole)
    told = {"unit": unit, "leave_out": leave_out, "refunds": refunds, "first_counts": first_counts}
    first = histories(orders, as_of=cut.date(), **whole, **told)
    purchases, spending = fit(first), _spending(first)
    horizon = (end - cut).days / DAYS_IN[unit]
    people = _people(first, purchases, spending, horizon)
    people = _with_actual(people, orders, cut, end, where, refunds)
    return HoldOut(
        purchases=purchases,
        spending=spending,
        histories=first,
        split=cut,
        as_of=end,
        horizon=horizon,
        people=people,
        by_frequency=by_frequency(people),
        accuracy=_accuracy(people),
        tracking=_tracking(orders, purchases, cut, end, {**whole, "leave_out": leave_out}),
    )


def by_frequency(people: pd.DataFrame, *, most: int = MOST) -> pd.DataFrame:
    """Mean purchases in the second part by repeat purchases in the first, ``most`` and more as one.

    Index ``frequency`` (text, the last one with a plus); ``customers`` int64, ``actual``,
    ``predicted`` and ``naive`` float64.

    >>> people = pd.DataFrame({"frequency": [0, 0, 9], "actual": [0, 1, 4],
    ...     "predicted": [0.2, 0.4, 5.0], "naive": [0.0, 0.0, 6.0]})
    >>> by_frequency(people)["actual"].to_dict()
    {'0': 0.5, '7+': 4.0}
    """
    group = people["frequency"].clip(upper=most)
    grouped = people.groupby(group)
    table = grouped[["actual", "predicted", "naive"]].mean()
    table.insert(0, "customers", grouped.size().astype("int64"))
    table.index = pd.Index(
        [f"{n}+" if n == most else f"{n}" for n in table.index], name="frequency", dtype="str"
    )
    return table.astype(dict.fromkeys(("actual", "predicted", "naive"), "float64"))


def _cut(
    orders: object, split: Day, first_part: float, end: pd.Timestamp, whole: dict
) -> pd.Timestamp:
    bought = customers.buying_days(orders, as_of=end.date(), **whole)
    start = bought["first_day"].min()
    days = int(np.floor((end - start).days * first_part))
    cut = start + pd.Timedelta(days=days) if not split else pd.Timestamp(customers.day(split))
    if not start <= cut < end:
        raise CrmError("hold_out_impossible", split=cut.date(), first=start.date(), last=end.date())
    return cut


def _spending(first: Histories) -> Spending | None:
    """The model of spend, None where there is too little of it or its mean is infinite."""
    try:
        found = fit_spending(first)
    except CrmError:
        return None
    return found if np.isfinite(found.mean) else None


def _people(
    first: Histories, purchases: Purchases, spending: Spending | None, horizon: float
) -> pd.DataFrame:
    known = first.people
    rate = (known["frequency"] / known["age"].where(known["age"] > 0)).fillna(0.0)
    predicted = expected_purchases(purchases, first, horizon=horizon)
    own = known["spend"].fillna(known["spend"].mean())
    spend = np.nan if spending is None else expected_spend(spending, first)
    return pd.DataFrame(
        {
            "frequency": known["frequency"],
            "predicted": predicted,
            "naive": rate * horizon,
            "predicted_amount": predicted * spend,
            "naive_amount": rate * horizon * own,
        }
    )


def _with_actual(
    people: pd.DataFrame,
    orders: object,
    cut: pd.Timestamp,
    end: pd.Timestamp,
    where: dict | None,
    refunds: str,
) -> pd.DataFrame:
    after = {"since": (cut + pd.Timedelta(days=1)).date(), "as_of": end.date()}
    try:
        came = customers.buying_days(orders, **after, where=where).reindex(people.index)
    except CrmError as error:
        if error.key != "no_orders_left":
            raise
        came = pd.DataFrame({"days": 0, "spent": 0.0, "refunded": 0.0}, index=people.index)
    paid = came["spent"] - came["refunded"] if refunds == "net" else came["spent"]
    return people.assign(
        actual=came["days"].fillna(0).astype("int64"), actual_amount=paid.fillna(0.0)
    )


def _accuracy(people: pd.DataFrame) -> pd.DataFrame:
    rows = {}
    for measure, ending in (("purchases", ""), ("amount", "_amount")):
        actual = people[f"actual{ending}"].to_numpy(dtype="float64")
        for method, name in (("model", "predicted"), ("naive", "naive")):
            predicted = people[f"{name}{ending}"].to_numpy(dtype="float64")
            rows[measure, method] = _errors(actual, predicted)
    table = pd.DataFrame.from_dict(rows, orient="index").astype("float64")
    table.index = pd.MultiIndex.from_tuples(table.index, names=["measure", "method"])
    return table


def _errors(actual: np.ndarray, predicted: np.ndarray) -> dict[str, float]:
    total, expected = float(np.sort(actual).sum()), float(np.sort(predicted).sum())
    apart = np.sort(predicted - actual)
    return {
        "customers": len(actual),
        "actual": total,
        "predicted": expected,
        "total_error": expected / total - 1 if total else np.nan,
        "bias": float(apart.mean()),
        "mae": float(np.sort(np.abs(apart)).mean()),
        "rmse": float(np.sqrt(np.sort(apart**2).mean())),
    }


def _tracking(
    orders: object, purchases: Purchases, cut: pd.Timestamp, end: pd.Timestamp, scope: dict
) -> pd.DataFrame:
    """Cumulative repeat purchases of those who joined by ``cut``, counted and expected.

    Expected on a day: the sum of E[X(t)] over customers who had joined, t time ago.
    """
    counted = customers.repeats_by_day(orders, joined_by=cut.date(), as_of=end.date(), **scope)
    start = counted.index.min()
    steps = min((end - start).days, _POINTS)
    even = np.linspace(0, (end - start).days, steps + 1).round().astype("int64")
    places = np.unique([*even, (cut - start).days])
    days = (start + pd.to_timedelta(places, unit="D")).as_unit("us")
    joined = counted["joined"][counted["joined"] > 0]
    since = (joined.index - start).days.to_numpy()
    # E[X(t)] for every whole number of days that somebody can have been here.
    gone = np.maximum(places[:, None] - since[None, :], 0)
    ages = np.unique(gone)
    length = DAYS_IN[purchases.unit]
    curve = [expected_purchases_of_new(purchases, horizon=age / length) for age in ages]
    expected = np.interp(gone, ages, curve) @ joined.to_numpy()
    so_far = counted["repeats"].cumsum().reindex(days, method="ffill").fillna(0)
    return pd.DataFrame(
        {
            "actual": so_far.astype("int64"),
            "predicted": expected,
            "second_part": pd.array(days > cut, dtype="boolean"),
        },
        index=pd.DatetimeIndex(days, name="day"),
    )
