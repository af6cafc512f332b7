"""Lifetime value with leaving, discounting and the cost of winning the customer.

A period is whatever the figures are given for: with a margin per year, retention and discount are
per year as well. With q = retention ÷ (1 + discount) a payment of one now is worth in all
1 + q + q² + … = 1 ÷ (1 − q) without a horizon, and (1 − qⁿ) ÷ (1 − q) over n periods.
"""

import numpy as np

from crm_lessons.errors import CrmError
from crm_lessons.value.formulas import (
    AMOUNT,
    COUNT,
    DISCOUNT,
    MONEY,
    POSITIVE,
    RETENTION,
    Figure,
    Range,
    endless,
    formula,
    payments,
    refuse,
)

FIRST = ("now", "end")


@formula(
    margin=MONEY, retention=RETENTION, discount=DISCOUNT, acquisition_cost=AMOUNT, horizon=COUNT
)
def clv_discounted(
    margin: Figure,
    retention: Figure,
    discount: Figure,
    *,
    acquisition_cost: Figure = 0.0,
    horizon: Figure | None = None,
    first: str = "now",
) -> Figure:
    """The present value of what a customer brings, in the unit of ``margin`` (money per period).

    Parameters
    ----------
    margin
        Profit per period while the customer stays; may be negative.
    retention
        Share that stays from one period to the next, 0 to 1.
    discount
        Rate per period, 0 to 1.
    acquisition_cost
        Paid once, now; taken off.
    horizon
        How many payments are counted; None is without end.
    first
        ``"now"``: the first payment is made at once, by everybody. ``"end"``: at the end of the
        first period, by those who are still there; each payment is worth q times as much.

    Raises
    ------
    CrmError
        A figure is out of range, ``first`` is neither, or the value has no bound (everybody stays,
        nothing is discounted, no horizon).

    Examples
    --------
    >>> round(clv_discounted(1, 0.8, 0.1), 4), round(clv_discounted(1, 0.85, 0.1), 4)
    (3.6667, 4.4)
    >>> round(clv_discounted(2080, 0.8, 0.1, horizon=30))
    7626
    """
    if first not in FIRST:
        raise CrmError("value_first_payment", given=first, known=", ".join(FIRST))
    step = retention / (1.0 + discount)
    if horizon is None:
        refuse(endless(step), "value_without_end", retention=retention, discount=discount)
    total = margin * payments(step, np.inf if horizon is None else horizon)
    return total * (1.0 if first == "now" else step) - acquisition_cost


@formula(payment=MONEY, discount=DISCOUNT, periods=COUNT)
def annuity_pv(payment: Figure, discount: Figure, periods: Figure, *, first: str = "end") -> Figure:
    """The present value of a certain payment in each of ``periods`` periods, in its unit.

    The first one at the ``"end"`` of the first period, or ``"now"``. Nobody leaves.

    >>> round(annuity_pv(2080, 0.10, 30)), annuity_pv(2080, 0, 30)
    (19608, 62400.0)
    """
    if first not in FIRST:
        raise CrmError("value_first_payment", given=first, known=", ".join(FIRST))
    step = 1.0 / (1.0 + discount)
    return payment * payments(step, periods) * (1.0 if first == "now" else step)


@formula(retention=Range(0, 1, open_high=True))
def expected_periods(retention: Figure) -> Figure:
    """How many periods a customer stays on average, the first included: 1 ÷ (1 − retention).

    >>> round(expected_periods(0.8), 6), round(expected_periods(0.95), 6)
    (5.0, 20.0)
    """
    return 1.0 / (1.0 - retention)


@formula(
    undefined="value_nothing_to_compare",
    retention=RETENTION,
    points=Range(-1, 1),
    discount=DISCOUNT,
    margin=POSITIVE,
    acquisition_cost=AMOUNT,
)
def retention_uplift(
    retention: Figure,
    *,
    points: Figure = 0.05,
    relative: bool = False,
    discount: Figure = 0.10,
    margin: Figure = 1.0,
    acquisition_cost: Figure = 0.0,
) -> Figure:
    """By what share the value of a new customer rises when retention does (0.2 is +20 per cent).

    ``points`` is added to the retention (0.80 → 0.85), or with ``relative`` multiplies it by
    1 + points (0.80 → 0.84): percentage points and per cent are not the same. First payment now,
    no horizon. ``acquisition_cost`` is taken off the value before and after, and makes the rise
    larger. Undefined where the value before is zero or negative.

    >>> round(retention_uplift(0.80), 4), round(retention_uplift(0.80, relative=True), 4)
    (0.2, 0.1538)
    >>> round(retention_uplift(0.80, acquisition_cost=2.5), 4)
    0.6286
    """
    raised = retention * (1.0 + points) if relative else retention + points
    refuse((raised < 0) | (raised > 1), "value_raised_retention", raised=raised)
    steps = retention / (1.0 + discount), raised / (1.0 + discount)
    for kept, step in zip((retention, raised), steps, strict=True):
        refuse(endless(step), "value_without_end", retention=kept, discount=discount)
    before, after = (margin * payments(step, np.inf) for step in steps)
    left = before - acquisition_cost
    return np.where(left > 0, (after - before) / left, np.nan)


@formula(
    uplift=POSITIVE,
    retention=RETENTION,
    points=Range(0, 1, open_low=True),
    discount=DISCOUNT,
    margin=POSITIVE,
)
def cost_for_uplift(
    uplift: Figure,
    retention: Figure,
    *,
    points: Figure = 0.05,
    discount: Figure = 0.10,
    margin: Figure = 1.0,
) -> Figure:
    """The acquisition cost at which ``points`` of retention raise the value by just ``uplift``.

    Negative where the rise is that large without any cost. In the unit of ``margin``.

    >>> [round(cost_for_uplift(u, 0.80), 2) for u in (0.25, 0.85, 1.00)]
    [0.73, 2.8, 2.93]
    """
    refuse(retention + points > 1, "value_raised_retention", raised=retention + points)
    steps = retention / (1.0 + discount), (retention + points) / (1.0 + discount)
    refuse(endless(steps[1]), "value_without_end", retention=retention + points, discount=discount)
    before, after = (margin * payments(step, np.inf) for step in steps)
    return before - (after - before) / uplift
