"""What was known on an earlier day, what came after it, and what a model would have said."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lessons import customers
from crm_lessons.buying._expectations import expected_purchases
from crm_lessons.buying._histories import DAYS_IN, Histories, histories
from crm_lessons.buying._purchases import Purchases
from crm_lessons.buying._spending import Spending, expected_spend, fit_spending
from crm_lessons.customers import DAYS_A_YEAR, Day
from crm_lessons.errors import CrmError

# How much of the period the fit gets unless a day is given.
FIRST_PART = 2 / 3


@dataclass(frozen=True, eq=False)
class Split:
    """Histories up to ``day``, the model of their spend, and what came from then to ``as_of``.

    ``spending`` is None where spend has no model. ``came``: index ``customer_id`` as in ``first``;
    ``actual`` int64, days with a purchase, and ``actual_amount`` float64, what they paid.
    ``horizon``: the time from ``day`` to ``as_of`` in the unit of the histories.
    """

    first: Histories
    spending: Spending | None
    came: pd.DataFrame
    day: pd.Timestamp
    as_of: pd.Timestamp

    @property
    def horizon(self) -> float:
        """The length of the second part in the unit of the histories."""
        return (self.as_of - self.day).days / DAYS_IN[self.first.unit]

    @property
    def years(self) -> float:
        """The length of the second part in years."""
        return (self.as_of - self.day).days / DAYS_A_YEAR

    def forecast(self, purchases: Purchases) -> pd.DataFrame:
        """What a model of purchases says of each customer beside what came, as in `HoldOut`."""
        known = self.first.people
        rate = (known["frequency"] / known["age"].where(known["age"] > 0)).fillna(0.0)
        predicted = expected_purchases(purchases, self.first, horizon=self.horizon)
        own = known["spend"].fillna(known["spend"].mean())
        spend = np.nan if self.spending is None else expected_spend(self.spending, self.first)
        table = pd.DataFrame(
            {
                "frequency": known["frequency"],
                "predicted": predicted,
                "naive": rate * self.horizon,
                "predicted_amount": predicted * spend,
                "naive_amount": rate * self.horizon * own,
            }
        )
        return table.assign(**self.came)


def split_at(
    orders: object,
    *,
    split: Day = None,
    first_part: float = FIRST_PART,
    as_of: Day = None,
    since: Day = None,
    where: dict[str, object] | None = None,
    refunds: str = "before",
    **told: object,
) -> Split:
    """Cut the data on ``split``, or where ``first_part`` of the days have passed.

    ``told`` are further options of `histories`. Raises CrmError as `hold_out`.
    """
    whole = {"since": since, "where": where}
    end = customers.last_day_of(orders, as_of=as_of)
    cut = _cut(orders, split, first_part, end, whole)
    first = histories(orders, as_of=cut.date(), refunds=refunds, **whole, **told)
    came = _came(first.people.index, orders, cut, end, where, refunds)
    return Split(first, _spending(first), came, cut, end)


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


def _came(
    ids: pd.Index,
    orders: object,
    cut: pd.Timestamp,
    end: pd.Timestamp,
    where: dict | None,
    refunds: str,
) -> pd.DataFrame:
    after = {"since": (cut + pd.Timedelta(days=1)).date(), "as_of": end.date()}
    try:
        came = customers.buying_days(orders, **after, where=where).reindex(ids)
    except CrmError as error:
        if error.key != "no_orders_left":
            raise
        came = pd.DataFrame({"days": 0, "spent": 0.0, "refunded": 0.0}, index=ids)
    paid = came["spent"] - came["refunded"] if refunds == "net" else came["spent"]
    return pd.DataFrame(
        {"actual": came["days"].fillna(0).astype("int64"), "actual_amount": paid.fillna(0.0)}
    )
