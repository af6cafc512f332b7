"""How much time lies between contacts, what goes with it, and what an interval adds up to."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from crm_lessons.customers.wanted import needs
from crm_lessons.errors import CrmError
from crm_lessons.service import follows

EDGES = (6.0, 13.0, 20.0, 27.0)  # days: the last of each bin, so up to a week, two, three, four
QUARTILES = {"p25": 0.25, "p50": 0.5, "p75": 0.75}


class Window(NamedTuple):
    """Weeks after contact 1: when the first and the last contact of a band fall, at most early
    and at most late."""

    first_low: float
    first_high: float
    last_low: float
    last_high: float


def followup_window(first: int, last: int, low: float, high: float) -> Window:
    """In which weeks after contact 1 contacts ``first`` to ``last`` fall, at ``low``–``high`` each.

    Contact k comes k − 1 intervals after contact 1: (k − 1) × interval. Intervals in weeks (or in
    any one unit, then so is the result).

    CrmError unless 1 ≤ first ≤ last, whole, and 0 < low ≤ high.

    >>> followup_window(4, 11, 2, 3)
    Window(first_low=6, first_high=9, last_low=20, last_high=30)
    """
    whole = all(float(k).is_integer() for k in (first, last))
    if not (whole and 1 <= first <= last and 0 < low <= high < math.inf):
        raise CrmError("followup_window", first=first, last=last, low=low, high=high)
    ends = ((k - 1) * interval for k in (first, last) for interval in (low, high))
    return Window(*ends)


def gaps(contacts: pd.DataFrame) -> pd.DataFrame:
    """The days between a contact and the one before, by contact number from 2 on.

    Returns index ``contact_no``: ``n`` int64, quartiles ``p25``, ``p50``, ``p75`` in days, and
    ``since_first``, the median days since contact 1 of those who got that far.

    >>> days = pd.to_datetime(["2024-03-01", "2024-03-08", "2024-03-01", "2024-03-22"])
    >>> told = pd.DataFrame({"contact_no": [1, 2, 1, 2], "gap_days": [None, 7.0, None, 21.0],
    ...     "contacted_on": days}, index=pd.Index(["7", "7", "8", "8"], name="lead_id"))
    >>> gaps(told).loc[2].to_list()
    [2.0, 10.5, 14.0, 17.5, 14.0]
    """
    needs(contacts, "contact_no", "gap_days", "contacted_on")
    later = contacts[contacts["contact_no"] > 1]
    own = later["gap_days"].groupby(later["contact_no"])
    table = own.size().rename("n").astype("int64").to_frame()
    for name, level in QUARTILES.items():
        table[name] = own.quantile(level)
    start = contacts.loc[contacts["contact_no"] == 1, "contacted_on"]
    passed = (later["contacted_on"] - later.index.map(start)) / pd.Timedelta(days=1)
    table["since_first"] = passed.groupby(later["contact_no"]).median()
    return table


def by_gap(
    contacts: pd.DataFrame,
    outcome: str = "deal",
    *,
    like: Sequence[str] = ("contact_no",),
    edges: Sequence[float] = EDGES,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Deals (or refusals) by the days since the contact before, as they are and among like leads.

    Keen leads are called sooner and buy more often, so as it is a short interval looks good. Within
    the same contact number and level it is compared with itself; what nobody recorded stays in. A
    comparison, and not an experiment.

    ``contacts`` from `contacts`; first contacts have no interval and are left out. ``outcome``:
    ``deal``, or a word of ``ended`` such as ``refused``. ``like``: the columns within which
    intervals are compared, such as ``intention_level``. ``edges``: the last day of each bin.

    Returns as `crm_lessons.service.follows`, index ``gap``: ``n``, ``mean`` (the hazard) with its
    interval, ``difference`` from the shortest bin, ``adjusted`` and ``adjusted_difference`` among
    like leads.

    CrmError as of `crm_lessons.service.follows`, or if a column is missing.

    >>> told = pd.DataFrame({"contact_no": 2, "gap_days": [3.0, 14.0] * 40,
    ...     "deal": [False, True, False, False] * 20})
    >>> by_gap(told)[["n", "mean", "adjusted_difference"]].iloc[1].round(2).to_list()
    [40.0, 0.5, 0.5]
    """
    column = "deal" if outcome == "deal" else "ended"
    needs(contacts, "gap_days", column, *like)
    own = contacts[contacts["gap_days"].notna()].reset_index(drop=True)
    happened = own["deal"] if outcome == "deal" else own["ended"] == outcome
    waited = pd.DataFrame({"minutes": own["gap_days"], "stopped": True})
    strata = [own[name] for name in like]
    table = follows(waited, happened, like=strata, edges=edges, confidence=confidence)
    return table.rename_axis("gap")
