"""The formulas of the notes: what a customer buys, brings in, scares away, and leaves over.

Units: money in one currency, shares as parts of 1, counts as whole numbers. Amounts (sales) and
profits are different things and are never added to one another.
"""

import numpy as np

from crm_lessons.value.formulas import AMOUNT, COUNT, MONEY, SHARE, Figure, formula


@formula(amount=AMOUNT, purchases=COUNT)
def basic_value(amount: Figure, purchases: Figure) -> Figure:
    """The basic value of a customer: amount per purchase × purchases in the cycle (002 L269).

    ``amount`` in money, not negative; ``purchases`` a whole number from 0. Returns sales, not
    profit.

    >>> basic_value(40, 52)
    2080.0
    """
    return amount * purchases


@formula(base=AMOUNT, people=COUNT, conversion=SHARE)
def referral_gain(base: Figure, people: Figure, conversion: Figure) -> Figure:
    """What a satisfied customer brings in: basic value × people told × conversion (002 L273).

    ``base`` is the basic value of one customer; ``people`` how many are told (the notes leave that
    open); ``conversion`` the share of them who become such a customer. In the unit of ``base``.

    >>> referral_gain(2080, 10, 0.1)
    2080.0
    """
    return base * people * conversion


@formula(base=AMOUNT, people=COUNT, conversion=SHARE)
def complaint_loss(
    base: Figure, people: Figure, conversion: Figure, *, own: bool = False
) -> Figure:
    """What a complaining customer costs the company: zero or negative, in the unit of ``base``.

    −(basic value × people told × share of them who stay away) (002 L274). Here ``conversion`` is
    the share deterred, who would otherwise have bought. With ``own`` the complainer leaves as well
    and his own ``base`` is lost on top; the notes do not say which they mean.

    >>> complaint_loss(2080, 10, 0.1), complaint_loss(2080, 10, 0.1, own=True)
    (-2080.0, -4160.0)
    """
    return 0.0 - base * people * conversion - (base if own else 0.0)


@formula(profit=MONEY, purchases=COUNT, maintenance=AMOUNT)
def clv_simple(profit: Figure, purchases: Figure, maintenance: Figure = 0.0) -> Figure:
    """Lifetime value by the notes: profit per purchase × purchases − maintenance (002 L278).

    No discounting, no leaving, no cost of acquisition. ``profit`` may be negative. In money.

    >>> clv_simple(8, 52, 100)
    316.0
    """
    return profit * purchases - maintenance


@formula(margin=MONEY, probability=SHARE, exposure=AMOUNT, collection=AMOUNT)
def risk_adjusted(
    margin: Figure, probability: Figure, exposure: Figure, collection: Figure = 0.0
) -> Figure:
    """What is left after the risk of default: margin − probability × exposure − collection cost.

    ``exposure`` is what the customer owes at most; ``probability`` that it is not paid. May be
    negative: then the risk exceeds the value (000 L378). In money.

    >>> risk_adjusted(5000, 0.1, 30000, 500)
    1500.0
    """
    return margin - probability * exposure - collection


@formula(records=COUNT, cost_each=AMOUNT, improved=MONEY)
def information_value(records: Figure, cost_each: Figure, improved: Figure = 0.0) -> Figure:
    """What customers' information is worth: records × the cost of asking for one elsewhere.

    ``improved`` adds the money that better decisions brought (000 L383, L740). In money.

    >>> information_value(600, 15)
    9000.0
    """
    return records * cost_each + improved


@formula(cost=AMOUNT, gain=MONEY, probability=SHARE)
def breakeven_count(cost: Figure, gain: Figure, probability: Figure = 1.0) -> Figure:
    """How many purchases, nights or visits pay for a kindness: cost ÷ (gain each × probability).

    ``cost`` and ``gain`` in money. ``inf`` where the expected gain is zero or negative: it never
    pays; what costs nothing is paid for at once (0).

    >>> breakeven_count(60, 120), breakeven_count(60, 120, 0.1)
    (0.5, 5.0)
    """
    expected = gain * probability
    return np.where(expected > 0, cost / expected, np.where(cost > 0, np.inf, 0.0))
