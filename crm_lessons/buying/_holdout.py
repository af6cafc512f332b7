"""Does it come true? Fit on the first part of the data, compare with the second."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lessons import customers
from crm_lessons.buying._expectations import expected_repeats
from crm_lessons.buying._histories import Histories
from crm_lessons.buying._purchases import Purchases, fit
from crm_lessons.buying._spending import Spending
from crm_lessons.buying._split import FIRST_PART, split_at
from crm_lessons.customers import Day

# Past frequencies from here on are one group.
MOST = 7
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
    kind: str = "bg",
) -> HoldOut:
    """Fit on what was known on ``split`` (itself included) and compare with what came after.

    ``kind`` as in `fit`; the other parameters are those of `histories`. Without ``split`` the fit
    gets ``first_part`` of the days, two thirds unless told. Only customers who had bought by then
    are compared: nobody who came later could be predicted. Purchases are days with a purchase;
    amounts are before refunds, or net of them, as ``refunds`` says of what was learnt.

    The **naive** forecast goes on as before: each customer's repeat purchases over age, times the
    length of the second part, at the customer's own mean spend (that of all for one-time buyers).

    ``accuracy``: index (``measure``, ``method``) of ``purchases``/``amount`` and
    ``model``/``naive``; ``actual`` and ``predicted`` totals, ``total_error`` (predicted over actual
    less 1, NaN if nothing came), ``bias`` (mean of predicted less actual), ``mae`` and ``rmse`` for
    one customer, ``customers``; all float64. ``tracking``: index ``day``; ``actual`` and
    ``predicted`` cumulative repeat purchases of the customers compared, ``second_part`` boolean.

    Raises CrmError if either part is empty, or as `histories` and `fit`.
    """
    scope = {"since": since, "where": where, "leave_out": leave_out}
    told = {"unit": unit, "refunds": refunds, "first_counts": first_counts}
    parts = split_at(orders, split=split, first_part=first_part, as_of=as_of, **scope, **told)
    purchases = fit(parts.first, kind=kind)
    people = parts.forecast(purchases)
    return HoldOut(
        purchases=purchases,
        spending=parts.spending,
        histories=parts.first,
        split=parts.day,
        as_of=parts.as_of,
        horizon=parts.horizon,
        people=people,
        by_frequency=by_frequency(people),
        accuracy=_accuracy(people),
        tracking=_tracking(orders, purchases, parts.day, parts.as_of, scope),
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
    expected = expected_repeats(purchases, counted["joined"], pd.DatetimeIndex(days))
    so_far = counted["repeats"].cumsum().reindex(days, method="ffill").fillna(0)
    return pd.DataFrame(
        {
            "actual": so_far.astype("int64"),
            "predicted": expected,
            "second_part": pd.array(days > cut, dtype="boolean"),
        },
        index=pd.DatetimeIndex(days, name="day"),
    )
