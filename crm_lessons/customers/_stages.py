"""The stage that each purchase makes of a customer.

A spell begins with a day on which a customer buys and lasts until the next one.
"""

from dataclasses import dataclass

import numpy as np

from crm_lessons.customers._purchases import Purchases
from crm_lessons.errors import CrmError

FIRST, REPEAT, LOYAL, WON_BACK = "first", "repeat", "loyal", "won_back"
DORMANT, LOST = "dormant", "lost"
STAGES = np.array([FIRST, REPEAT, LOYAL, WON_BACK], dtype="object")


@dataclass(frozen=True)
class Limits:
    """Where one state ends and the next begins. A number belongs to the calmer side.

    Up to ``dormant_after`` days of silence, that day included, a customer is active, up to
    ``lost_after`` dormant, beyond lost. ``loyal``: at least ``loyal_orders`` days with a purchase
    over at least ``loyal_span`` days, at intervals that vary by at most ``loyal_cv`` (coefficient
    of variation; purchases at random times have about 1).

    CrmError unless 0 < ``dormant_after`` ≤ ``lost_after``, ``loyal_orders`` is 2 or more and
    neither of the others is negative.
    """

    dormant_after: int = 90
    lost_after: int = 365
    loyal_orders: int = 4
    loyal_span: int = 180
    loyal_cv: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.dormant_after <= self.lost_after:
            raise CrmError(
                "lifecycle_days", dormant_after=self.dormant_after, lost_after=self.lost_after
            )
        if self.loyal_orders < 2 or self.loyal_span < 0 or self.loyal_cv < 0:
            told = {"orders": self.loyal_orders, "span": self.loyal_span, "cv": self.loyal_cv}
            raise CrmError("lifecycle_loyal", **told)


LIMITS = Limits()


@dataclass(frozen=True, eq=False)
class Staged:
    """Of each purchase: ``gap`` int64, days since the one before (0 at the first); ``first``,
    whether it is a customer's first; ``last``, whether it is the last; ``stage``, the place in
    `STAGES` of what it made of the customer."""

    gap: np.ndarray
    first: np.ndarray
    last: np.ndarray
    stage: np.ndarray


def staged(bought: Purchases, limits: Limits) -> Staged:
    """The stage that each purchase makes of a customer, from the gaps before it."""
    day, starts, counts = bought.day.astype("int64"), bought.starts, bought.counts
    first, last = np.zeros(len(day), dtype="bool"), np.zeros(len(day), dtype="bool")
    first[starts], last[bought.ends] = True, True
    gap = np.where(first, 0, np.diff(day, prepend=0))
    number = np.arange(len(day)) - np.repeat(starts, counts) + 1
    span = day - np.repeat(day[starts], counts)
    squares = np.cumsum(gap * gap)
    squares -= np.repeat(squares[starts], counts)
    # cv ≤ c without a division: n Σg² ≤ (1 + c²)(Σg)², where Σg is the span.
    steady = (number - 1) * squares <= (1 + limits.loyal_cv**2) * span * span * (1 + 1e-12)
    loyal = (number >= limits.loyal_orders) & (span >= limits.loyal_span) & steady
    stage = np.select([first, gap > limits.lost_after, loyal], [0, 3, 2], 1).astype("int8")
    return Staged(gap=gap, first=first, last=last, stage=stage)
