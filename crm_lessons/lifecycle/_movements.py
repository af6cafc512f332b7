"""States at every month end, and how many moved from which to which in each month."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from crm_lessons.customers import LIMITS, Limits
from crm_lessons.errors import CrmError

STATES = ("first", "repeat", "loyal", "won_back", "dormant", "lost")
DORMANT, LOST = STATES.index("dormant"), STATES.index("lost")
NAMES = np.array([*STATES, "new"], dtype="object")


@dataclass(frozen=True, eq=False)
class Movements:
    """What moved, month by month.

    ``counts``: index month end (datetime64[us]), a column for each state, int64. ``flows``: one row
    for each ``month_end``, ``before`` (a state, or ``new``) and ``after``, with ``customers``;
    ``before`` is the state at the month end before. ``ages``: of the dormant and of
    the lost, how many had been so for ``months`` (0, 1, …) at the end of a month, and how many
    ``left`` by the next, which is: came back.
    """

    counts: pd.DataFrame
    flows: pd.DataFrame
    ages: pd.DataFrame = field(repr=False)

    def matrix(self, *, last: int | None = None) -> pd.DataFrame:
        """Moves of all months, or the ``last`` ones, added up: state before by state after."""
        months = self.counts.index if last is None else self.counts.index[-last:]
        flows = self.flows[self.flows["month_end"].isin(months) & (self.flows["before"] != "new")]
        table = flows.pivot_table("customers", "before", "after", "sum", fill_value=0)
        return table.reindex(index=list(STATES), columns=list(STATES), fill_value=0).astype("int64")

    def shares(self, *, last: int | None = None) -> pd.DataFrame:
        """The `matrix` by row: what becomes of those in a state within a month. Rows sum to 1; a
        state in which nobody was is missing."""
        table = self.matrix(last=last)
        heads = table.sum(axis=1)
        return table.div(heads.where(heads > 0), axis=0)


def movements(spells: pd.DataFrame, limits: Limits = LIMITS) -> Movements:
    """States and moves at all month ends up to the day of the analysis.

    ``spells`` from `customers.spell_counts`, with the same ``limits``. A month that has not ended
    by then is left out.

    CrmError if no month has ended.

    >>> spells = pd.DataFrame({"day": [20089], "month": [24300], "next_month": [None],
    ...     "stage": ["first"], "came_from": ["new"], "customers": [3]})
    >>> spells.attrs["end"] = pd.Timestamp("2025-05-31")
    >>> movements(spells).counts[["first", "dormant"]].to_numpy().tolist()
    [[3, 0], [3, 0], [3, 0], [0, 3], [0, 3]]
    """
    ends = _month_ends(spells)
    arrays = _Arrays(spells, limits)
    counts, flows, ages = [], [], []
    for number, (month, end) in enumerate(ends.items()):
        there, state = arrays.at(month, end)
        counts.append(np.bincount(state[there], arrays.customers[there], len(STATES)))
        fresh = there & (arrays.month == month)
        flows.append(arrays.moved(fresh, arrays.came_from, state, at=number))
        if month + 1 in ends:
            held, later = arrays.at(month + 1, ends[month + 1])
            stayed = there & held
            flows.append(arrays.moved(stayed, state, later, at=number + 1))
            ages.append(arrays.aged(month, there, state, stayed))
    index = pd.DatetimeIndex(ends.values(), name="month_end")
    table = pd.DataFrame(np.array(counts), index=index, columns=list(STATES))
    return Movements(table.astype("int64"), _flows(flows, index), _ages(ages))


def _flows(made: list[np.ndarray], ends: pd.DatetimeIndex) -> pd.DataFrame:
    """Moves counted in parts, of each month end together, with their names."""
    table = pd.DataFrame(np.concatenate(made), columns=["at", "before", "after", "customers"])
    table = table.groupby(["at", "before", "after"], as_index=False)["customers"].sum()
    named = {name: NAMES[table[name]] for name in ("before", "after")}
    table = table.assign(month_end=ends[table["at"]], **named)
    keys = ["month_end", "before", "after"]
    return table[[*keys, "customers"]].sort_values(keys, ignore_index=True)


def _ages(told: list[np.ndarray]) -> pd.DataFrame:
    """The silent of all months by how long they had been so, and who was back by the next."""
    columns = ["state", "months", "customers", "left"]
    table = pd.DataFrame(np.concatenate(told) if told else [], columns=columns, dtype="int64")
    table = table.groupby(["state", "months"], as_index=False).sum()
    return table.assign(state=NAMES[table["state"]])


def _month_ends(spells: pd.DataFrame) -> dict[int, pd.Timestamp]:
    first, end = int(spells["month"].min()), pd.Timestamp(spells.attrs["end"])
    following = end + pd.Timedelta(days=1)  # the last of a month has ended it
    last = following.year * 12 + following.month - 2
    if last < first:
        raise CrmError("lifecycle_no_month", end=end.date())
    return {
        month: pd.Timestamp(year=month // 12, month=month % 12 + 1, day=1) + pd.offsets.MonthEnd(0)
        for month in range(first, last + 1)
    }


class _Arrays:
    """The spells as arrays, and what they are at a month end."""

    def __init__(self, spells: pd.DataFrame, limits: Limits) -> None:
        self.day, self.month, self.customers = (
            spells[name].to_numpy(dtype="int64") for name in ("day", "month", "customers")
        )
        self.next_month = spells["next_month"].fillna(np.iinfo("int64").max).to_numpy("int64")
        self.stage = _numbers(spells["stage"])
        self.came_from = _numbers(spells["came_from"])
        self.limits = limits

    def at(self, month: int, end: pd.Timestamp) -> tuple[np.ndarray, np.ndarray]:
        """Which spells hold a month end, and the state there, as its place in `STATES`."""
        silent = (end - pd.Timestamp(0)).days - self.day
        quiet = [silent > self.limits.lost_after, silent > self.limits.dormant_after]
        state = np.select(quiet, [LOST, DORMANT], self.stage)
        return (self.month <= month) & (month < self.next_month), state

    def moved(
        self, which: np.ndarray, before: np.ndarray, after: np.ndarray, *, at: int
    ) -> np.ndarray:
        """Rows of the number of the month end, state before, state after and how many went;
        only moves that somebody made."""
        move = before[which] * len(STATES) + after[which]
        heads = np.bincount(move, self.customers[which], len(NAMES) * len(STATES)).astype("int64")
        made = np.flatnonzero(heads)
        return np.column_stack([np.full_like(made, at), *np.divmod(made, len(STATES)), heads[made]])

    def aged(
        self, month: int, there: np.ndarray, state: np.ndarray, stayed: np.ndarray
    ) -> np.ndarray:
        """Rows of a silent state, for how many months it had lasted, how many were in it for so
        long, and how many of them were back a month later."""
        quiet = np.flatnonzero(there & (state >= DORMANT))
        edge = np.where(state[quiet] == LOST, self.limits.lost_after, self.limits.dormant_after)
        began = (self.day[quiet] + edge + 1).astype("datetime64[D]").astype("datetime64[M]")
        months = month - (began.astype("int64") + 1970 * 12)
        heads, back = self.customers[quiet], ~stayed[quiet]
        width = int(months.max(initial=0)) + 1
        age = (state[quiet] - DORMANT) * width + months
        found = np.flatnonzero(np.bincount(age, minlength=2 * width))
        sums = [np.bincount(age, each, 2 * width)[found] for each in (heads, heads * back)]
        which, months = np.divmod(found, width)
        return np.column_stack([which + DORMANT, months, *sums]).astype("int64")


def _numbers(names: pd.Series) -> np.ndarray:
    """The place of each name in `NAMES`."""
    return pd.Index(NAMES).get_indexer(names)
