"""Purchases with the silences between them: the stage at each, and how long it stayed quiet after.

A spell begins with a day on which a customer buys and lasts until the next one. What somebody is at
any moment follows from the spell of that moment, so states at a hundred month ends are counted
from the spells and never written down by customer and month.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lessons.customers._lines import Day
from crm_lessons.customers._purchases import purchases
from crm_lessons.customers._stages import DORMANT, LIMITS, LOST, STAGES, Limits, staged

NEW = "new"
# What somebody was at the end of a month, by number: `STAGES` first.
BEFORE = np.array([*STAGES, DORMANT, LOST, NEW], dtype="object")


def last_spells(
    orders: object,
    limits: Limits = LIMITS,
    *,
    as_of: Day = None,
    since: Day = None,
    where: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """One row per customer with a purchase: the spell that lasts until ``as_of``.

    ``orders``: lines, or what `customers.purchases` made of them. Other parameters and errors as in
    `customers.summarise`; orders of one day are one purchase.

    Returns
    -------
    pandas.DataFrame
        Index ``customer_id`` (text, sorted). ``days`` int64, days with a purchase; ``first_day``,
        ``second_day`` and ``last_day`` datetime64[us]; ``silent`` int64, days from the last to
        ``as_of``; ``stage`` text, what the last purchase made of the customer (``first``,
        ``repeat``, ``loyal``, ``won_back``); ``stage_day``, the purchase from which on that was so
        without a break (more than ``dormant_after`` days are one); ``first_lost``, the day on which
        somebody was first lost (silent for more than ``lost_after`` days), NaT if never.

    >>> lines = pd.DataFrame({"customer_id": ["7", "7", "8"], "order_id": ["1", "2", "3"],
    ...     "order_date": pd.to_datetime(["2025-01-01", "2025-03-01", "2025-02-01"]),
    ...     "amount": [50.0, 70.0, 20.0]})
    >>> last_spells(lines, as_of="2025-03-31")[["days", "silent", "stage"]].to_numpy().tolist()
    [[2, 30, 'repeat'], [1, 58, 'first']]
    """
    bought = purchases(orders, as_of=as_of, since=since, where=where)
    day, starts, own = bought.day, bought.starts, staged(bought, limits)
    counts, ends, number = bought.counts, bought.ends, np.arange(len(day))
    began = own.first | (own.gap > limits.dormant_after)
    began[1:] |= own.stage[1:] != own.stage[:-1]
    # The last place so far at which a stage began is the customer's own: the first one began one.
    stage_day = day[np.maximum.accumulate(np.where(began, number, 0))[ends]]
    never = np.iinfo("int32").max
    lost = np.where(own.gap > limits.lost_after, day - own.gap + limits.lost_after + 1, never)
    first_lost = np.minimum.reduceat(lost, starts)
    second = day[np.minimum(starts + 1, ends)]
    silent = ((bought.end - pd.Timestamp(0)).days - day[ends]).astype("int64")
    now_lost = (first_lost == never) & (silent > limits.lost_after)
    first_lost = np.where(now_lost, day[ends] + limits.lost_after + 1, first_lost)
    return pd.DataFrame(
        {
            "days": counts.astype("int64"),
            "first_day": _dates(day[starts]),
            "second_day": _dates(second, counts > 1),
            "last_day": _dates(day[ends]),
            "silent": silent,
            "stage": pd.Series(STAGES[own.stage[ends]], bought.customers, dtype="str"),
            "stage_day": _dates(stage_day),
            "first_lost": _dates(first_lost, first_lost != never),
        },
        index=bought.customers,
    )


def spell_counts(
    orders: object,
    limits: Limits = LIMITS,
    *,
    as_of: Day = None,
    since: Day = None,
    where: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """How many spells are alike: what `lifecycle.movements` counts states and moves from.

    Only spells that hold the end of a month count. Parameters and errors as in `last_spells`.

    Returns a frame, one row for each kind of spell, with ``day`` int64 (days since 1970) on which
    it began, ``month`` and ``next_month`` (12 × year + month − 1; missing where it has not ended),
    ``stage`` from then on, ``came_from``, the state at the end of the month before (``new`` for who
    was no customer), and ``customers``; all that is counted is int64. ``attrs["end"]`` is the day
    of the analysis.
    """
    bought = purchases(orders, as_of=as_of, since=since, where=where)
    own = staged(bought, limits)
    month, in_month = _months(bought.day)
    following = np.where(own.last, 0, np.roll(month, -1))  # 0 stands for a month yet to come
    held = np.flatnonzero(own.last | (following > month))
    # Of those the one before, and how long that had been silent at the end of the month before.
    whose = bought.whose[held]
    fresh = np.diff(whose, prepend=-1) > 0
    day, stage = bought.day[held], own.stage[held]
    silent = day - np.roll(day, 1) - in_month[held]
    quiet = [silent > limits.lost_after, silent > limits.dormant_after]
    came_from = np.select([fresh, *quiet], [6, 5, 4], np.roll(stage, 1))
    keys = [day, following[held], stage, came_from]
    kinds, customers = _counted(keys)
    day, next_month, stage, before = kinds
    found = pd.DataFrame(
        {
            "day": day,
            "month": _months(day)[0],
            "next_month": pd.Series(next_month, dtype="Int64").replace(0, pd.NA),
            "stage": STAGES[stage],
            "came_from": BEFORE[before],
            "customers": customers,
        }
    )
    found = found.astype({"stage": "str", "came_from": "str"})
    keys = ["day", "month", "next_month", "stage", "came_from"]
    found = found.sort_values(keys, ignore_index=True)
    found.attrs["end"] = bought.end
    return found


def silences(
    orders: object,
    *,
    longer_than: int = 0,
    as_of: Day = None,
    since: Day = None,
    where: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """Every silence of more than so many days: how long, and whether a purchase ended it.

    Returns a frame with ``customer_id`` text, ``days`` int64 from a purchase to the next or to
    ``as_of``, ``ended`` bool, and ``room`` int64, the days from that purchase to ``as_of``: how
    long it could have been watched. Sorted by customer and time; parameters and errors as in
    `customers.summarise`.

    >>> lines = pd.DataFrame({"customer_id": ["7", "7", "8"], "order_id": ["1", "2", "3"],
    ...     "order_date": pd.to_datetime(["2025-01-01", "2025-03-01", "2025-02-01"]),
    ...     "amount": [50.0, 70.0, 20.0]})
    >>> silences(lines, longer_than=30, as_of="2025-03-31")["days"].to_list()
    [59, 58]
    """
    bought = purchases(orders, as_of=as_of, since=since, where=where)
    day, end = bought.day, (bought.end - pd.Timestamp(0)).days
    ended = np.ones(len(day), dtype="bool")
    ended[bought.ends] = False
    days = np.where(ended, np.roll(day, -1), end) - day
    held = np.flatnonzero(days > longer_than)
    whose = bought.whose[held]
    return pd.DataFrame(
        {
            "customer_id": bought.customers.take(whose).array,
            "days": days[held].astype("int64"),
            "ended": ended[held],
            "room": (end - day[held]).astype("int64"),
        }
    )


def usual_intervals(
    orders: object,
    *,
    as_of: Day = None,
    since: Day = None,
    where: Mapping[str, object] | None = None,
) -> pd.Series:
    """The median number of days from one purchase to the next, by customer: their own rhythm.

    Parameters and errors as in `last_spells`. float64, NaN with a single purchase; the index is
    ``customer_id``. Half of an even number lies between the two in the middle.

    >>> lines = pd.DataFrame({"customer_id": ["7", "7", "7", "8"], "order_id": list("1234"),
    ...     "order_date": pd.to_datetime(["2025-01-01", "2025-01-11", "2025-02-10", "2025-02-01"]),
    ...     "amount": [50.0, 70.0, 20.0, 10.0]})
    >>> usual_intervals(lines).to_list()
    [20.0, nan]
    """
    bought = purchases(orders, as_of=as_of, since=since, where=where)
    n, whose = bought.counts, bought.whose
    between = np.flatnonzero(np.diff(whose) == 0)
    gap, whose = np.diff(bought.day)[between], whose[between]
    gap = gap[np.lexsort([gap, whose])]
    known = n > 1
    first = np.cumsum(n[known] - 1) - (n[known] - 1)
    middle = (gap[first + (n[known] - 2) // 2] + gap[first + (n[known] - 1) // 2]) / 2
    found = pd.Series(np.nan, bought.customers, name="usual_interval")
    found[known] = middle
    return found


def _dates(day: np.ndarray, known: np.ndarray | None = None) -> np.ndarray:
    """Days since 1970 as datetime64[us]; NaT where they are not known."""
    if known is None:
        return day.astype("datetime64[D]").astype("datetime64[us]")
    # The number that stands for "never" is no day: numpy 2.5 refuses to convert it.
    dates = np.where(known, day, 0).astype("datetime64[D]").astype("datetime64[us]")
    return np.where(known, dates, np.datetime64("NaT", "us"))


def _months(day: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """12 × year + month − 1 of days since 1970, and the day of the month."""
    least = int(day.min())
    every = np.arange(least, int(day.max()) + 1).astype("datetime64[D]")
    months = every.astype("datetime64[M]")
    in_month = (every - months.astype("datetime64[D]")).astype("int64") + 1
    return (months.astype("int64") + 1970 * 12)[day - least], in_month[day - least]


def _counted(keys: list[np.ndarray]) -> tuple[list[np.ndarray], np.ndarray]:
    """The combinations of whole numbers that occur, sorted, and how often each."""
    least = [int(key.min()) for key in keys]
    sizes = [int(key.max()) - low + 1 for key, low in zip(keys, least, strict=True)]
    shifted = [key.astype("int64") - low for key, low in zip(keys, least, strict=True)]
    kinds, counts = np.unique(np.ravel_multi_index(shifted, sizes), return_counts=True)
    found = np.unravel_index(kinds, sizes)
    return [key + low for key, low in zip(found, least, strict=True)], counts.astype("int64")
