"""The book club as an investment: for which margin and which length of stay it pays.

The figures of the notes (000 L737–L746) per member: sales of about 100 yuan a year, a catalogue of
24 yuan a year, 25 yuan once to win a member. See ``datasets/bertelsmann.csv`` for where each comes
from and what is doubtful.
"""

from collections.abc import Sequence

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.value.formulas import AMOUNT, MONEY, POSITIVE, SHARE, Figure, formula

CLUB = {"sales": 100.0, "running_cost": 24.0, "acquisition_cost": 25.0}
MARGINS = tuple(round(0.20 + step / 100, 2) for step in range(0, 36))
YEARS = tuple(1 + quarter / 4 for quarter in range(37))  # 1 to 10


@formula(margin=SHARE, years=AMOUNT, sales=AMOUNT, running_cost=AMOUNT, acquisition_cost=AMOUNT)
def member_value(
    margin: Figure,
    years: Figure,
    *,
    sales: Figure = CLUB["sales"],
    running_cost: Figure = CLUB["running_cost"],
    acquisition_cost: Figure = CLUB["acquisition_cost"],
) -> Figure:
    """What a member leaves over: years × (sales × margin − running cost) − acquisition cost.

    ``sales`` and ``running_cost`` money per year, ``acquisition_cost`` money once, ``margin`` the
    share of sales left after the goods. Nothing is discounted. May be negative.

    >>> round(member_value(0.30, 3), 6), abs(round(member_value(0.29, 5), 6))
    (-7.0, 0.0)
    """
    return years * (sales * margin - running_cost) - acquisition_cost


@formula(total=MONEY, heads=POSITIVE)
def per_head(total: Figure, heads: Figure) -> Figure:
    """A yearly total on each member: 36 million on 1.5 million members is 24 yuan.

    >>> per_head(36e6, 1.5e6)
    24.0
    """
    return total / heads


def club_grid(
    margins: Sequence[float] = MARGINS, years: Sequence[float] = YEARS, **club: float
) -> pd.DataFrame:
    """`member_value` for every pair: index ``margin``, columns ``years``, in money.

    ``club`` may change ``sales``, ``running_cost`` and ``acquisition_cost``. Where it crosses zero
    is the break-even (`breakeven_margin`).

    CrmError if there are no margins or no years.

    >>> club_grid([0.24, 0.49], [1]).round(6).iloc[:, 0].to_list()
    [-25.0, 0.0]
    """
    if not len(margins) or not len(years):
        raise CrmError("value_grid_empty")
    rows = [[member_value(margin, stay, **club) for stay in years] for margin in margins]
    index = pd.Index(margins, name="margin", dtype="float64")
    return pd.DataFrame(rows, index, pd.Index(years, name="years", dtype="float64"))


def payback_paths(margins: Sequence[float], *, years: int = 6, **club: float) -> pd.DataFrame:
    """What one member has brought in so far, year by year: index ``years`` from 0, a column for
    each margin; starts at minus the acquisition cost and is paid back where it reaches 0.

    CrmError if there is no margin or no year.

    >>> payback_paths([0.30], years=2).iloc[:, 0].round(6).to_list()
    [-25.0, -19.0, -13.0]
    """
    if years < 1 or not len(margins):
        raise CrmError("value_grid_empty")
    return club_grid(margins, range(years + 1), **club).T.rename_axis("years")
