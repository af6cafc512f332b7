"""What checking who a customer is costs, against the loss that it prevents."""

import pandas as pd

from crm_lessons.value._costs import RESPONSE
from crm_lessons.value.formulas import AMOUNT, POSITIVE, SHARE, Figure, formula


@formula(fraud=SHARE, loss=AMOUNT, found=SHARE, cost=AMOUNT, scared=SHARE, profit=AMOUNT)
def check_gain(
    fraud: Figure, loss: Figure, found: Figure, cost: Figure, scared: Figure, profit: Figure
) -> Figure:
    """What a check of identity brings on average for an order, in money.

    Prevented loss less cost less honest customers lost:
    fraud × found × loss − cost − (1 − fraud) × scared × profit.

    ``fraud``: share of orders that are one; ``loss``: what one costs; ``found``: share of them the
    check finds; ``cost`` of one check; ``scared``: share of honest customers who break off at it;
    ``profit`` of an honest order.

    >>> round(check_gain(0.01, 2000.0, 0.8, 3.0, 0.02, 60.0), 3)
    11.812
    """
    return fraud * found * loss - cost - (1 - fraud) * scared * profit


@formula(loss=POSITIVE, found=RESPONSE, cost=AMOUNT, scared=SHARE, profit=AMOUNT)
def check_pays_from(
    loss: Figure, found: Figure, cost: Figure, scared: Figure, profit: Figure
) -> Figure:
    """The share of fraud from which a check pays, with the figures of `check_gain`.

    (cost + scared × profit) ÷ (found × loss + scared × profit); a share above 1 is never reached.

    >>> round(check_pays_from(2000.0, 0.8, 3.0, 0.02, 60.0), 5)
    0.00262
    """
    return (cost + scared * profit) / (found * loss + scared * profit)


def check_gains(
    shares: list[float], *, loss: float, found: float, cost: float, scared: float, profit: float
) -> pd.DataFrame:
    """`check_gain` at several shares of fraud, taken apart.

    Index ``fraud``; money an order: ``prevented``, ``spent``, ``turned_away``, ``gain``.

    >>> check_gains([0.0, 0.01], loss=2000, found=0.8, cost=3, scared=0.02, profit=60
    ...     )["gain"].round(3).to_list()
    [-4.2, 11.812]
    """
    rows = {
        one: (one * found * loss, cost, (1 - one) * scared * profit,
              check_gain(one, loss, found, cost, scared, profit))
        for one in shares
    }  # fmt: skip
    columns = ["prevented", "spent", "turned_away", "gain"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("fraud")
