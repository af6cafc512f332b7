"""Cohorts: those who came in the same month, and how many of them were still there at each age."""

import numpy as np
import pandas as pd

from crm_lessons.sampling import difference, wilson


def cohorts(counts: pd.DataFrame, *, of: str = "customers") -> pd.DataFrame:
    """The triangle: a row for each cohort, a column for each age in periods.

    ``counts`` from `customers.cohort_counts`; ``of`` is ``customers`` who bought, or ``amount``.
    What has not happened yet is missing, never 0; a period that has not ended has not happened.
    A period in which nobody of a cohort bought is 0.

    Returns float64; index ``cohort``, the first day of the period; columns ``0``, ``1``, … The age
    0 holds everybody. ``attrs["months"]`` is the length of a period.

    >>> told = pd.DataFrame({"cohort": [24300, 24300, 24301], "period": [24300, 24302, 24301],
    ...     "customers": [10, 3, 8]})
    >>> told.attrs.update(end=pd.Timestamp("2025-03-31"), months=1)
    >>> cohorts(told).to_numpy().tolist()
    [[10.0, 0.0, 3.0], [8.0, 0.0, nan]]
    """
    months = counts.attrs["months"]
    following = pd.Timestamp(counts.attrs["end"]) + pd.Timedelta(days=1)
    ended = (following.year * 12 + following.month - 1) // months  # periods before this one
    own = counts[counts["period"] < ended]
    last = ended - 1
    first = int(own["cohort"].min()) if len(own) else last + 1
    rows = {}
    for cohort in range(first, last + 1):
        found = own[own["cohort"] == cohort].set_index("period")[of]
        if len(found):
            rows[_began(cohort, months)] = found.reindex(range(cohort, last + 1), fill_value=0)
    values = [row.to_list() for row in rows.values()]
    width = max(map(len, values), default=0)
    table = pd.DataFrame(
        [row + [np.nan] * (width - len(row)) for row in values],
        index=pd.DatetimeIndex(rows.keys(), name="cohort"),
        columns=range(width),
        dtype="float64",
    )
    table.attrs["months"] = months
    return table


def at_equal_age(triangle: pd.DataFrame, age: int, *, confidence: float = 0.95) -> pd.DataFrame:
    """How many of each cohort were there at one age; younger cohorts are missing, not bad.

    ``triangle`` of customers. Returns by cohort: ``customers`` who came, ``there`` at that age,
    ``share``, ``lower``, ``upper`` (Wilson), and ``against``, the difference from all the others at
    the same age, with Newcombe's ``against_lower`` and ``against_upper``.

    >>> triangle = pd.DataFrame([[100.0, 40.0], [100.0, 20.0], [50.0, float("nan")]])
    >>> at_equal_age(triangle, 1)["share"].to_list()
    [0.4, 0.2, nan]
    """
    ripe = triangle[age].notna()
    heads, there = triangle[0].where(ripe), triangle[age]
    table = pd.DataFrame({"customers": heads, "there": there, "share": there / heads})
    table["lower"], table["upper"] = wilson(there.fillna(0), heads.fillna(0), confidence=confidence)
    others = [
        difference(
            there[one], heads[one], there[ripe].sum() - there[one], heads[ripe].sum() - heads[one],
            confidence=confidence,
        )[2:]
        if ripe[one]
        else (np.nan,) * 3
        for one in triangle.index
    ]  # fmt: skip
    table[["against", "against_lower", "against_upper"]] = np.array(others).reshape(-1, 3)
    return table


def called(triangle: pd.DataFrame) -> list[str]:
    """How its cohorts are called: ``2025-04`` by month, ``2025-Q2`` by quarter.

    >>> triangle = pd.DataFrame([[9.0]], index=pd.to_datetime(["2025-04-01"]))
    >>> triangle.attrs["months"] = 3
    >>> called(triangle)
    ['2025-Q2']
    """
    quarters = triangle.attrs.get("months", 1) == 3
    return [f"{day.year}-Q{day.quarter}" if quarters else f"{day:%Y-%m}" for day in triangle.index]


def _began(period: int, months: int) -> pd.Timestamp:
    month = period * months
    return pd.Timestamp(year=month // 12, month=month % 12 + 1, day=1)
