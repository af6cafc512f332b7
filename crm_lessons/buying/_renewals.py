"""Subscriptions and bills at fixed intervals: how many renew, and what those who pay are worth."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lessons import customers
from crm_lessons.customers import DAYS_A_YEAR
from crm_lessons.errors import CrmError
from crm_lessons.sampling import SEED, carried, stream, wilson

# Purchases at random times have intervals that vary by about their own length (1.0).
STEADY = 0.25
INTERVALS = 3  # that a customer must have
CUSTOMERS = 5  # that must have them
# Half an interval late, a renewal has not come.
GRACE = 1.5
DAYS_A_MONTH = DAYS_A_YEAR / 12


@dataclass(frozen=True)
class Renewals:
    """Customers who buy by a schedule of about ``days``.

    ``customers`` whose intervals were looked at, which vary by ``cv`` (median coefficient of
    variation). ``due``: purchases that were due, of which ``lapsed`` did not come, the last of so
    many customers; ``paying`` customers are not overdue, and pay ``price`` at a time on average,
    net of refunds.
    """

    days: float
    cv: float
    customers: int
    due: int
    lapsed: int
    paying: int
    price: float

    @property
    def churn(self) -> tuple[float, float, float]:
        """Share of due renewals that fail in a month, with its 95 % interval (Wilson)."""
        single = (self.lapsed / self.due, *wilson(self.lapsed, self.due))
        return tuple(1 - (1 - p) ** (DAYS_A_MONTH / self.days) for p in single)


def renewals(
    orders: object, *, leave_out: pd.Index | None = None, **period: object
) -> Renewals | None:
    """What renews and what lapses, where customers buy by a schedule; None where they do not.

    ``period`` as in `customers.summarise`. A schedule is seen where at least five customers have
    three intervals between days with a purchase, and those of half of them or more vary by at most
    a quarter (coefficient of variation). Every customer's next purchase is due one own interval
    after the last, and has failed when half of one more has passed.

    >>> lines = pd.DataFrame({"customer_id": [str(i % 5) for i in range(20)],
    ...     "order_id": [str(i) for i in range(20)], "amount": 29.0,
    ...     "order_date": [pd.Timestamp("2026-01-01") + pd.Timedelta(days=30 * (i // 5))
    ...                    for i in range(20)]})
    >>> found = renewals(lines, as_of="2026-04-20")
    >>> found.days, found.due, found.lapsed, found.paying
    (30.0, 15, 0, 5)
    """
    try:
        found = customers.habits(orders, **period)
    except CrmError as error:
        if error.key != "no_orders_left":
            raise
        return None
    left = [] if leave_out is None else [str(one) for one in leave_out]
    found = found[~found.index.isin(left)]
    known = found[found["buying_days"] > INTERVALS]
    if len(known) < CUSTOMERS or not known["interval_cv"].median() <= STEADY:
        return None
    days = float(known["interval_days"].median())
    bought = customers.buying_days(orders, **period).reindex(found.index)
    end = customers.last_day_of(orders, as_of=period.get("as_of"))
    silent = (end - bought["last_day"]).dt.days
    lapsed = silent > GRACE * found["interval_days"].fillna(days)
    paying = bought[~lapsed]
    net = (paying["spent"] - paying["refunded"]).clip(lower=0.0)
    return Renewals(
        days=days,
        cv=float(known["interval_cv"].median()),
        customers=len(known),
        due=int((bought["days"] - 1).sum() + lapsed.sum()),
        lapsed=int(lapsed.sum()),
        paying=len(paying),
        price=float(net.sum() / paying["days"].sum()) if len(paying) else 0.0,
    )


def renewal_value(
    found: Renewals,
    *,
    margin: float,
    discount: float,
    years: float,
    confidence: float = 0.95,
    draws: int = 400,
    seed: int = SEED,
) -> dict[str, float]:
    """What the paying customers bring in ``years`` if they go on renewing as until now.

    ``paying · price · margin · Σ (1 - p)^k / (1 + discount)^(k · days / year)`` over the renewals
    k, where p is the share of renewals that fail. ``lower`` and ``upper`` hold the uncertainty of
    p (a Beta distribution) and chance: how many really renew. Returns ``value``, ``lower``,
    ``upper``, ``churn`` with ``churn_lower`` and ``churn_upper`` a month, ``paying``, ``lapsed``,
    ``due``, ``days``.
    """
    times = np.arange(1, int(years * DAYS_A_YEAR / found.days) + 1)
    today = found.price * margin * (1 + discount) ** -(times * found.days / DAYS_A_YEAR)
    kept = 1 - found.lapsed / found.due
    rng = stream(seed)
    stay = 1 - rng.beta(found.lapsed + 0.5, found.due - found.lapsed + 0.5, draws)
    there, sums = np.full(draws, found.paying), np.zeros(draws)
    for worth in today:
        there = rng.binomial(there, stay)
        sums += there * worth
    ends = np.quantile(sums, [(1 - confidence) / 2, (1 + confidence) / 2])
    lower, upper = carried(*map(float, ends))
    churn = dict(zip(("churn", "churn_lower", "churn_upper"), found.churn, strict=True))
    told = {"paying": found.paying, "lapsed": found.lapsed, "due": found.due, "days": found.days}
    value = float(found.paying * (kept**times * today).sum())
    return {"value": value, "lower": lower, "upper": upper} | churn | told
