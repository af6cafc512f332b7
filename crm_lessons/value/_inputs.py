"""What the formulas take from a company's customers: the margin, whether profit is known."""

import pandas as pd

from crm_lessons.value.formulas import SHARE, checked


def margin_of(people: pd.DataFrame, *, fallback: float) -> float:
    """Gross profit as a share of sales, over all customers whose profit is known.

    ``people`` from `customers.summarise`. Where no profit is known, or sales or profit of those
    customers are zero or less, it is ``fallback``; a margin above 1 cannot be.

    >>> people = pd.DataFrame({"amount": [100.0, 50.0], "profit": [25.0, None]})
    >>> margin_of(people, fallback=0.2)
    0.25
    """
    checked("margin", fallback, SHARE)
    known = people[people["profit"].notna()] if "profit" in people else people.head(0)
    amount, profit = known["amount"].sum(), known["profit"].sum() if len(known) else 0.0
    return float(profit / amount) if amount > 0 and 0 < profit <= amount else float(fallback)


def knows_profit(people: pd.DataFrame) -> bool:
    """Whether any customer's gross profit is known.

    >>> knows_profit(pd.DataFrame({"amount": [1.0]}))
    False
    """
    return "profit" in people and bool(people["profit"].notna().any())
