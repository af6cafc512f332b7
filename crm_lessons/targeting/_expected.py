"""Whom it pays to contact: expected gain = uplift × value − cost, and the profit it adds up to."""

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError


def expected_gain(
    uplift: pd.Series | float, value: pd.Series | float, cost: pd.Series | float
) -> pd.Series | float:
    """What contacting a customer is expected to bring, in money, to the cent.

    ``uplift`` is by how much contact raises the chance that the customer stays (−1 to 1), ``value``
    what the customer brings if staying, ``cost`` what contact costs. Scalars or Series by customer;
    NaN where something is not known.

    CrmError if an uplift lies outside −1 to 1 or a cost is negative.

    >>> expected_gain(0.10, 120.0, 12.0), expected_gain(0.0, 5000.0, 4.0)
    (0.0, -4.0)
    """
    values = np.asarray(uplift, dtype="float64")
    if (np.abs(values) > 1).any():
        raise CrmError("targeting_uplift", given=float(values[np.abs(values) > 1].flat[0]))
    if (np.asarray(cost, dtype="float64") < 0).any():
        raise CrmError("targeting_cost")
    gain = uplift * value - cost
    return gain.round(2) + 0.0 if isinstance(gain, pd.Series) else round(float(gain), 2) + 0.0


def contact_cost(
    score: pd.Series, uplift: pd.Series | float, *, contact: float, coupon: float = 0.0
) -> pd.Series:
    """What contacting each customer costs on average: the contact, and a coupon for who then buys.

    Who would have bought anyway uses the coupon as well: contact + coupon × (score + uplift), the
    chance kept within 0 and 1.

    CrmError if a cost is negative.

    >>> contact_cost(pd.Series([0.5, 0.9]), 0.1, contact=4, coupon=15).to_list()
    [13.0, 19.0]
    """
    if contact < 0 or coupon < 0:
        raise CrmError("targeting_cost")
    return (contact + coupon * (score + uplift).clip(0, 1)).round(2)


def worth_contacting(gain: pd.Series) -> pd.Series:
    """Whom to contact: a gain above 0. Exactly 0 is not contacted, nor is an unknown gain.

    >>> worth_contacting(pd.Series([0.01, 0.0, -1.0, None])).to_list()
    [True, False, False, False]
    """
    return gain.astype("float64").round(2).fillna(-np.inf) > 0


def profit_curve(gain: pd.Series) -> pd.DataFrame:
    """The expected profit of contacting the first few, half, all: the highest gains first.

    Returns, from nobody to all with a known gain: ``customers`` int64, ``share_contacted`` and
    ``profit`` (money). It is highest where the gain turns from above zero to zero.

    CrmError if no gain is known.

    >>> profit_curve(pd.Series([5.0, -3.0, 1.0]))["profit"].to_list()
    [0.0, 5.0, 6.0, 3.0]
    """
    known = np.sort(gain.dropna().to_numpy(dtype="float64"))[::-1]
    if not len(known):
        raise CrmError("targeting_nobody")
    counts = np.arange(len(known) + 1)
    profit = np.append(0.0, np.cumsum(known)).round(2) + 0.0
    return pd.DataFrame(
        {"customers": counts, "share_contacted": counts / len(known), "profit": profit}
    )


def best_share(gain: pd.Series) -> float:
    """The share of customers to contact for the highest expected profit.

    CrmError if no gain is known.

    >>> best_share(pd.Series([5.0, 0.0, -3.0, 1.0]))
    0.5
    """
    known = gain.dropna()
    if known.empty:
        raise CrmError("targeting_nobody")
    return float(worth_contacting(known).mean())
