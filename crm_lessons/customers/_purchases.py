"""Who bought on which days, in the order of time: what states, silences and movements are made of.

The engine of the lines reduces them to days with a purchase; from there on all is arithmetic on
gaps between neighbours of one sorted array.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl

from crm_lessons.customers._buying_days import on_first_days
from crm_lessons.customers._lines import Day, as_text, collected, last_day, nothing_left, taken
from crm_lessons.customers._lines import day as as_day
from crm_lessons.data import guarding
from crm_lessons.errors import CrmError


@dataclass(frozen=True, eq=False)
class Purchases:
    """Days with a purchase, of one customer after the other, each in the order of time.

    ``customers``: ids as text, sorted. ``starts`` int64: where the days of each begin. ``day``
    int32: days since 1970, no day of a customer twice. ``end``: the day of the analysis.
    """

    customers: pd.Index
    starts: np.ndarray
    day: np.ndarray
    end: pd.Timestamp

    @property
    def counts(self) -> np.ndarray:
        """On how many days each customer bought."""
        return np.diff(self.starts, append=len(self.day))

    @property
    def whose(self) -> np.ndarray:
        """Of each day the place of its customer."""
        return np.repeat(np.arange(len(self.customers)), self.counts)

    @property
    def ends(self) -> np.ndarray:
        """Where the last day of each customer is."""
        return self.starts + self.counts - 1

    def until(self, day: Day) -> "Purchases":
        """What was known on a day; CrmError if nobody had bought by then."""
        known = as_day(day)
        kept = self.day <= (known - dt.date(1970, 1, 1)).days
        counts = np.add.reduceat(kept, self.starts, dtype="int64")
        there = counts > 0
        if not there.any():
            raise nothing_left(as_of=known)
        return Purchases(
            self.customers[there], _starts(counts[there]), self.day[kept], pd.Timestamp(known)
        )


def purchases(
    orders: object,
    *,
    as_of: Day = None,
    since: Day = None,
    where: Mapping[str, object] | None = None,
) -> Purchases:
    """The days with a purchase of each customer; parameters and errors as in `summarise`.

    Whoever needs several of `last_spells`, `spell_counts` and `silences` calls this once and hands
    the result to each, in place of the lines: reading and grouping these is most of the work. In
    place of the lines ``purchases`` stand for themselves up to ``as_of``; with ``since`` or
    ``where`` they are refused (CrmError), for they know no columns.

    >>> lines = pd.DataFrame({"customer_id": ["7", "7", "8"], "order_id": ["1", "2", "3"],
    ...     "order_date": pd.to_datetime(["1970-01-02", "1970-01-05", "1970-01-03"]),
    ...     "amount": [50.0, 70.0, 20.0]})
    >>> bought = purchases(lines)
    >>> list(bought.customers), bought.starts.tolist(), bought.day.tolist()
    (['7', '8'], [0, 2], [1, 4, 2])
    """
    if isinstance(orders, Purchases):
        if since or where:
            raise CrmError("purchases_taken")
        return orders.until(as_of) if as_of else orders
    chosen = taken(orders, since, as_of, where, if_there=())
    ids, counts, days = _sorted(chosen.lines)
    if not len(ids):
        raise chosen.nothing_left()
    end = chosen.end or last_day(chosen.lines)
    return Purchases(ids, _starts(counts), days, pd.Timestamp(end))


def _sorted(lines: nw.LazyFrame) -> tuple[pd.Index, np.ndarray, np.ndarray]:
    """Ids as text, on how many days each bought, and the days."""
    placed = on_first_days(lines).select("customer_id", "order_date")
    if placed.implementation.is_polars():
        bought = placed.to_native()
    else:
        bought = pl.from_pandas(collected(placed.unique())).lazy()
    # A short list for each customer is sorted much sooner than all rows by a text.
    days = pl.col("order_date").cast(pl.Date).cast(pl.Int32)
    listed = bought.group_by("customer_id").agg(days.alias("day"))
    listed = listed.with_columns(pl.col("day").list.unique().list.sort())
    with guarding.grouping():
        table = listed.collect(engine="streaming")
    ids = as_text(table["customer_id"].to_pandas())
    order = np.argsort(ids.to_numpy(dtype="object"), kind="stable")
    day = table["day"].gather(order)
    names = pd.Index(ids.iloc[order].array, name="customer_id")
    return names, day.list.len().to_numpy(), day.explode().to_numpy()


def _starts(counts: np.ndarray) -> np.ndarray:
    return np.cumsum(counts, dtype="int64") - counts
