"""Customers who bring customers: followers along a network, and the pull of a crowd."""

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.value.formulas import (
    AMOUNT,
    COUNT,
    MONEY,
    SHARE,
    Figure,
    Range,
    checked,
    formula,
    payments,
    refuse,
)


@formula(partners=AMOUNT, adoption=SHARE, depth=COUNT)
def network_followers(partners: Figure, adoption: Figure, *, depth: Figure | None = None) -> Figure:
    """How many follow one business customer who uses the product: kp + (kp)² + … (003 L9).

    ``partners`` (k) is how many customers of its own each has; ``adoption`` (p) the share of them
    who adopt to do business with it; ``depth`` how many steps are counted, None without end. Then
    the sum is kp ÷ (1 − kp), and exists only for kp < 1: with kp = 1 or more each generation is as
    large as the last or larger, and the sum has no bound. No real market is without bound: give a
    depth. It is taken that nobody is reached twice.

    >>> round(network_followers(5, 0.1), 6), round(network_followers(5, 0.4, depth=3), 6)
    (1.0, 14.0)
    """
    each = partners * adoption
    if depth is None:
        refuse(each >= 1.0, "value_network_without_end", partners=partners, adoption=adoption)
        return each / (1.0 - each)
    return each * payments(each, depth)


@formula(value=MONEY, followers=AMOUNT)
def network_value(value: Figure, followers: Figure) -> Figure:
    """The value of a customer with its followers, each worth as much: value × (1 + followers).

    ``followers`` counts heads (`network_followers`); in money, the unit of ``value``.

    >>> network_value(800, 1.0)
    1600.0
    """
    return value * (1.0 + followers)


def crowd_effect(
    market: float, *, innovation: float, imitation: float, periods: int, start: float = 0.0
) -> pd.DataFrame:
    """How a crowd grows when many customers attract more: new = (p + q·N/M)(M − N) (000 L716).

    Parameters
    ----------
    market
        M, all who may ever buy; above 0.
    innovation, imitation
        p, the share of the rest who come by themselves in a period, and q, the pull of the crowd:
        with q = 0 a crowd attracts nobody. Together not above 1.
    periods
        How many periods are simulated, from 1.
    start
        N at the beginning.

    Returns
    -------
    pandas.DataFrame
        Index ``period`` from 0; ``new`` and ``customers`` float64 (new is missing in period 0).

    Raises
    ------
    CrmError
        If p + q is above 1.

    Examples
    --------
    >>> crowd_effect(1000, innovation=0.1, imitation=0.0, periods=2)["customers"].to_list()
    [0.0, 100.0, 190.0]
    """
    for name, given, wanted in (
        ("market", market, Range(0, open_low=True)),
        ("innovation", innovation, SHARE),
        ("imitation", imitation, SHARE),
        ("periods", periods, Range(1, whole=True)),
        ("start", start, Range(0, market)),
    ):
        checked(name, given, wanted)
    if innovation + imitation > 1:
        raise CrmError("value_crowd", total=innovation + imitation)
    reached, new = [float(start)], [np.nan]
    for _ in range(int(periods)):
        now = reached[-1]
        new.append((innovation + imitation * now / market) * (market - now))
        reached.append(now + new[-1])
    table = pd.DataFrame({"new": new, "customers": reached}, dtype="float64")
    return table.rename_axis("period")
