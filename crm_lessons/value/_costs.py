"""What winning and keeping a customer costs, and when it pays."""

import numpy as np

from crm_lessons.value.formulas import (
    AMOUNT,
    COUNT,
    MONEY,
    POSITIVE,
    SHARE,
    Figure,
    Range,
    formula,
)

RESPONSE = Range(0, 1, open_low=True)


@formula(ratio=Range(1))
def saving_from_ratio(ratio: Figure) -> Figure:
    """What is saved where winning costs ``ratio`` times as much as keeping: 1 − 1 ÷ ratio.

    A share below 1: nobody saves "four to six times" (003 L244).

    >>> saving_from_ratio(4), saving_from_ratio(5), round(saving_from_ratio(6), 4)
    (0.75, 0.8, 0.8333)
    """
    return 1.0 - 1.0 / ratio


@formula(contact_cost=AMOUNT, response=RESPONSE, conversion=RESPONSE)
def acquisition_cost(contact_cost: Figure, response: Figure, conversion: Figure = 1.0) -> Figure:
    """The cost of one new customer: cost per contact ÷ response ÷ conversion. In money.

    ``response`` is the share of those contacted who answer, ``conversion`` the share of those who
    buy; both above 0.

    >>> acquisition_cost(5, 0.01), acquisition_cost(5, 0.01, 0.5)
    (500.0, 1000.0)
    """
    return contact_cost / response / conversion


@formula(undefined="value_no_gain", contact_cost=AMOUNT, gain=MONEY)
def breakeven_response(contact_cost: Figure, gain: Figure) -> Figure:
    """The response at which a campaign just pays: cost per contact ÷ what one customer brings.

    A share. Both figures are money; ``gain`` is the lifetime profit of one new customer. Undefined
    where it is zero or negative; above 1 no response is high enough.

    >>> breakeven_response(5, 250)
    0.02
    """
    return np.where(gain > 0, contact_cost / gain, np.nan)


@formula(years=POSITIVE, sales=POSITIVE, running_cost=AMOUNT, acquisition_cost=AMOUNT)
def breakeven_margin(
    years: Figure,
    *,
    sales: Figure = 100.0,
    running_cost: Figure = 24.0,
    acquisition_cost: Figure = 25.0,
) -> Figure:
    """The margin at which a member who stays ``years`` just pays: (running + cost ÷ years) ÷ sales.

    ``sales`` and ``running_cost`` (the catalogue) are money per member and year,
    ``acquisition_cost`` money once; the defaults are those of the book club (000 L737–L746).
    Nothing is discounted. Above 1 no margin is enough.

    >>> [round(breakeven_margin(n), 4) for n in (1, 2, 3, 5)]
    [0.49, 0.365, 0.3233, 0.29]
    """
    return (running_cost + acquisition_cost / years) / sales


@formula(margin=SHARE, sales=AMOUNT, running_cost=AMOUNT, acquisition_cost=AMOUNT)
def payback_years(
    margin: Figure,
    *,
    sales: Figure = 100.0,
    running_cost: Figure = 24.0,
    acquisition_cost: Figure = 25.0,
) -> Figure:
    """Years until a member has paid back the cost of winning him; ``inf`` is never.

    Cost ÷ (sales × margin − running cost), ``margin`` the share of sales left after the goods;
    the other figures as in `breakeven_margin`.

    >>> [round(payback_years(g), 2) for g in (0.30, 0.35, 0.40, 0.24)]
    [4.17, 2.27, 1.56, inf]
    """
    left = sales * margin - running_cost
    # 100 × 0.24 − 24 is not exactly 0: what is this close to nothing is nothing.
    nothing = left <= 1e-9 * np.maximum(1.0, running_cost)
    return np.where(acquisition_cost == 0, 0.0, np.where(nothing, np.inf, acquisition_cost / left))


@formula(price=POSITIVE, rival=POSITIVE)
def price_gap(price: Figure, rival: Figure) -> Figure:
    """By what share the own price lies above the rival's: price ÷ rival − 1.

    >>> [round(price_gap(90, rival), 4) for rival in (80, 75, 70, 50)]
    [0.125, 0.2, 0.2857, 0.8]
    """
    return price / rival - 1.0


@formula(price=AMOUNT, years=POSITIVE, running_cost=AMOUNT)
def cost_per_year(price: Figure, years: Figure, *, running_cost: Figure = 0.0) -> Figure:
    """What a year of use costs: price ÷ years of use + running cost a year. In money.

    The longer life of a dearer article is an assumption, to be said beside the figure.

    >>> cost_per_year(119, 3.5), cost_per_year(39, 1, running_cost=5)
    (34.0, 44.0)
    """
    return price / years + running_cost


@formula(margin=SHARE, discount=SHARE)
def discount_breakeven(margin: Figure, discount: Figure) -> Figure:
    """How much more must be sold to earn as much after a price cut: discount ÷ (margin − discount).

    Both are shares of the old price. ``inf`` where the discount eats the whole margin.

    >>> round(discount_breakeven(0.40, 0.10), 4), discount_breakeven(0.10, 0.10)
    (0.3333, inf)
    """
    left = margin - discount
    return np.where(discount == 0, 0.0, np.where(left > 1e-12, discount / left, np.inf))


@formula(value=MONEY, people=COUNT, conversion=SHARE, acquired_otherwise=SHARE)
def coupon_limit(
    value: Figure, conversion: Figure, *, people: Figure = 1, acquired_otherwise: Figure = 0.0
) -> Figure:
    """The most that inviting ``people`` may cost in all: people × conversion × new value.

    ``value`` is the lifetime profit of one new customer, coupons not taken off;
    ``acquired_otherwise`` the share of those who come who would have come anyway. Where a coupon is
    paid only for those who come, divide by people × conversion: the limit for one is
    value × (1 − acquired_otherwise). Never below 0. In money.

    >>> round(coupon_limit(200, 0.18, people=10), 2), coupon_limit(200, 1, acquired_otherwise=0.25)
    (360.0, 150.0)
    """
    return np.maximum(people * conversion * value * (1.0 - acquired_otherwise), 0.0)
