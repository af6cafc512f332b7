"""Who looks after a customer."""

import pandas as pd

from crm_lessons.customers._summary import main

SALESPERSON = "salesperson"


def in_charge(orders: object, **scope: object) -> pd.Series | None:
    """The salesperson who has most of a customer's amount; None where the data name nobody.

    ``orders`` and ``scope`` (``as_of``, ``since``, ``where``) as in `main`.

    >>> lines = pd.DataFrame({"customer_id": ["007"], "order_id": ["1"], "amount": [60.0],
    ...     "order_date": pd.to_datetime(["2026-01-05"])})
    >>> in_charge(lines) is None, in_charge(lines.assign(salesperson="Li")).to_dict()
    (True, {'007': 'Li'})
    """
    return main(orders, SALESPERSON, **scope) if SALESPERSON in orders.columns else None
