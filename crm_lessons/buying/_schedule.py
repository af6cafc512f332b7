"""Whether customers buy by a schedule, as for a subscription, and not at random times."""

from crm_lessons import customers

# Purchases at random times have intervals that vary by about their own length (1.0).
STEADY = 0.25
INTERVALS = 3  # that a customer must have
CUSTOMERS = 5  # that must have them


def schedule(orders: object, **period: object) -> list[tuple[str, dict[str, object]]]:
    """What has to be known where purchases come at fixed intervals; nothing where they do not.

    ``period`` as in `customers.summarise`. Looks at customers with at least three intervals between
    days with a purchase: a schedule is seen where the intervals of half of them or more vary by at
    most a quarter (coefficient of variation). Returns sentences of ``wording/buying.yaml`` with
    their values, as `study` does.

    >>> import pandas as pd
    >>> lines = pd.DataFrame({"customer_id": [str(i % 5) for i in range(20)],
    ...     "order_id": [str(i) for i in range(20)], "amount": 29.0,
    ...     "order_date": [pd.Timestamp("2026-01-01") + pd.Timedelta(days=30 * (i // 5))
    ...                    for i in range(20)]})
    >>> schedule(lines)[0][1]["days"]
    30.0
    """
    found = customers.habits(orders, **period)
    known = found[found["buying_days"] > INTERVALS]
    if len(known) < CUSTOMERS or not known["interval_cv"].median() <= STEADY:
        return []
    told = {"days": float(known["interval_days"].median()), "customers": len(known)}
    return [("schedule", told | {"cv": float(known["interval_cv"].median())})]
