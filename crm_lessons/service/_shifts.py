"""From agents needed in each half-hour to shifts that people work, breaks among them.

The step is a covering problem (G. B. Dantzig, Operations Research 2, 1954): the fewest shifts so
that in every window at least as many are there as are needed. The need itself comes from each
window by itself, as if its load had always been so (`staffing`); after a steep rise that is too few
(Green, Kolesar and Soares, Operations Research 49, 2001).
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from crm_lessons.errors import CrmError
from crm_lessons.service._staffing import WINDOW, queue
from crm_lessons.value.formulas import AMOUNT, POSITIVE, checked

DAY = 1440.0  # minutes
SECONDS = 60.0  # after which the best plan found so far would have to do; days take one


class Plan(NamedTuple):
    """``shifts``: those worked, with how many ``agents``; ``cover``: who is there by window."""

    shifts: pd.DataFrame
    cover: pd.DataFrame


def patterns(
    windows: Iterable[str],
    *,
    hours: float = 8.0,
    rest: float = 60.0,
    begins: Iterable[str] | None = None,
    window: float = WINDOW,
) -> pd.DataFrame:
    """Shifts of ``hours`` of presence with a break of ``rest`` minutes in them.

    The break begins in the middle of a shift, or up to an hour earlier or later, so that not all
    are away at once. A shift that runs over midnight goes on at the start of the day, as if each
    day were like this one.

    Parameters
    ----------
    windows
        The windows of a day in their order, as ``"09:30"``.
    begins
        Windows at which a shift may begin; None: all.

    Returns
    -------
    pandas.DataFrame
        Index ``shift`` (text, ``"09:00–17:00, 12:30"``, the last being the break); a column for
        each window: whether the agent is there. ``attrs["hours"]``.

    CrmError if hours and break do not fit into windows, or into each other.

    >>> found = patterns([f"{h:02}:00" for h in range(24)], hours=4, rest=60, begins=["20:00"],
    ...     window=60)
    >>> found.index.to_list()
    ['20:00–00:00, 21:00', '20:00–00:00, 22:00']
    """
    names = list(windows)
    checked("hours", hours, POSITIVE)
    checked("rest", rest, AMOUNT)
    checked("window", window, POSITIVE)
    long, away = 60 * hours / window, rest / window
    if long % 1 or away % 1 or (away and away > long - 2) or long > len(names):
        raise CrmError("service_shift_hours", hours=hours, rest=rest, window=window)
    long, away = int(long), int(away)
    around = int(60 // window) if away else 0
    middle = (long - away) // 2
    last = long - away - 1 if away else middle  # a break ends no shift, and begins none
    places = range(max(middle - around, 1 if away else middle), min(middle + around, last) + 1)
    rows = {}
    for start in names if begins is None else list(begins):
        first = names.index(start)
        end = names[(first + long) % len(names)]
        for place in places:
            there = np.zeros(len(names), dtype=bool)
            there[[(first + n) % len(names) for n in range(long)]] = True
            there[[(first + place + n) % len(names) for n in range(away)]] = False
            pause = f", {names[(first + place) % len(names)]}" if away else ""
            rows[f"{start}–{end}{pause}"] = there
    table = pd.DataFrame.from_dict(rows, orient="index", columns=names).rename_axis("shift")
    table.attrs["hours"] = hours
    return table


def shifts(needed: pd.Series, offered: pd.DataFrame) -> Plan:
    """The fewest agents on the shifts offered who are enough in every window; of those plans the
    one with least time to spare.

    Solved by `scipy.optimize.milp` (HiGHS), twice: for the number, then for its spare time.

    Parameters
    ----------
    needed
        Agents needed, by window (the column ``agents`` of `staffing`).
    offered
        From `patterns`, or a table of one's own: shift × window, whether the agent is there.

    Returns
    -------
    Plan
        ``shifts``: index ``shift``; ``agents`` int64, those with nobody left out. ``cover``: index
        as ``needed``; ``needed``, ``there``, ``spare`` int64.

    CrmError if nobody is needed, a window has a need that no shift covers, or no plan is found.

    >>> need = pd.Series([1, 2, 1], index=["a", "b", "c"])
    >>> offered = pd.DataFrame([[1, 1, 0], [0, 1, 1]], columns=list("abc"), dtype=bool)
    >>> shifts(need, offered.rename_axis("shift")).shifts["agents"].to_list()
    [1, 1]
    """
    need = needed.astype("float64")
    there = offered.reindex(columns=needed.index, fill_value=False).to_numpy(dtype="float64").T
    if not (need > 0).any():
        raise CrmError("service_nobody_needed")
    lacking = needed.index[(need.to_numpy() > 0) & (there.sum(axis=1) == 0)]
    if len(lacking):
        raise CrmError("service_shift_lacking", window=str(lacking[0]), count=len(lacking))
    everybody, enough = np.ones(len(offered)), LinearConstraint(there, lb=need.to_numpy())
    fewest = round(_solved(everybody, [enough]).sum())
    same = LinearConstraint(everybody[None, :], ub=fewest)
    # Ties are broken by the order of the shifts, so that the plan is the same on every machine.
    tie = 1e-6 * np.arange(len(offered)) / max(len(offered), 1)
    found = _solved(there.sum(axis=0) + tie, [enough, same])
    agents = pd.Series(found, index=offered.index, name="agents").astype("int64")
    cover = pd.DataFrame(
        {"needed": needed.astype("int64"), "there": (there @ found).astype("int64")}
    )
    cover["spare"] = cover["there"] - cover["needed"]
    plan = agents[agents > 0].to_frame()
    return Plan(plan.rename_axis("shift"), cover)


def one_less(plan: Plan, offered: pd.DataFrame, arriving: pd.Series, **how: object) -> pd.DataFrame:
    """What is in time over the whole day with the plan, and with one agent less on each shift.

    ``arriving`` by window and ``how`` as in `queue`.

    Returns index ``shift`` (the plan itself first, as ``plan``): ``in_time`` (of all who come that
    day), ``short`` (windows with fewer than needed) int64, ``worst`` (the lowest share in time of a
    window with arrivals) and ``worst_at``, that window.
    """
    full = plan.cover["there"]
    there = offered.reindex(columns=full.index, fill_value=False).astype("int64")
    staffs = {"plan": full} | {name: full - there.loc[name] for name in plan.shifts.index}
    rows = {}
    for name, staff in staffs.items():
        told = queue(arriving.reindex(full.index), staff.to_numpy(), **how)["in_time"]
        known = told.dropna()
        short = int((staff < plan.cover["needed"]).sum())
        share = float((known * arriving[known.index]).sum() / arriving[known.index].sum())
        rows[name] = {"in_time": share, "short": short}
        rows[name] |= {"worst": float(known.min()), "worst_at": str(known.idxmin())}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("shift")


def _solved(cost: np.ndarray, constraints: list[LinearConstraint]) -> np.ndarray:
    how = {"integrality": np.ones(len(cost)), "bounds": Bounds(lb=0)}
    found = milp(cost, constraints=constraints, options={"time_limit": SECONDS}, **how)
    if found.x is None:
        raise CrmError("service_no_plan", seconds=SECONDS)
    return np.round(found.x)
