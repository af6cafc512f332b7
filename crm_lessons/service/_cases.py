"""Complaints, refunds and reviews: reasons by ABC, the first contact, reopened, time to close."""

import numpy as np
import pandas as pd

from crm_lessons.customers.wanted import needs, times
from crm_lessons.errors import CrmError
from crm_lessons.pareto import abc
from crm_lessons.sampling import wilson
from crm_lessons.service._hours import Hours, open_time
from crm_lessons.service._shares import grouped
from crm_lessons.service._tickets import timed
from crm_lessons.value.formulas import POSITIVE, checked

WITHIN = 7  # days


def reasons(
    cases: pd.DataFrame,
    *,
    a_share: float = 0.75,
    b_share: float = 0.20,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Reasons from the most frequent down, with their share and class: `pareto.abc` of counts.

    Of all cases with a reason (hand over those of one kind to see one kind); how many have none is
    ``attrs["unknown"]``.

    Returns index ``reason``; ``cases`` int64; ``share`` with Wilson's ``lower``, ``upper``;
    ``cumulative_share``; ``class``. CrmError if the column is missing or no reason is known.

    >>> table = reasons(pd.DataFrame({"reason": ["late_delivery"] * 3 + ["price_drop", None]}))
    >>> table["share"].to_dict(), table.attrs["unknown"]
    ({'late_delivery': 0.75, 'price_drop': 0.25}, 1)
    """
    needs(cases, "reason")
    counts = cases["reason"].dropna().value_counts()
    if counts.empty:
        raise CrmError("nothing_known")
    counts = counts.sort_index().sort_values(ascending=False, kind="stable").rename_axis("reason")
    classes = abc(counts, a_share=a_share, b_share=b_share)
    table = counts.rename("cases").astype("int64").to_frame()
    table["share"] = classes["share"]
    table["lower"], table["upper"] = wilson(counts, counts.sum(), confidence=confidence)
    table["cumulative_share"], table["class"] = classes["cumulative_share"], classes["class"]
    table.attrs["unknown"] = int(cases["reason"].isna().sum())
    return table


def resolution(
    cases: pd.DataFrame,
    *,
    as_of: object = None,
    within: float = WITHIN,
    by: pd.Series | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How many cases the first contact settles, and how many come back.

    Every case is watched equally long: of those opened at least ``within`` days before ``as_of``
    the first contact settled those that were closed within so many days, with one contact and
    without being reopened. Newer ones are counted as ``unripe``: of them only what went well fast
    could be seen.

    Parameters
    ----------
    cases
        ``opened_at``, ``closed_at`` (of the last closing; NaT while it is open), ``contacts``
        (times that somebody of the company answered), ``reopens`` (how often it was opened again).
    as_of
        When the data were taken; the last time in the two columns where none is given.
    by
        Case to group, such as the agent.

    Returns
    -------
    pandas.DataFrame
        By group (``all``): ``n`` (ripe), ``unripe``, ``first_contact``, ``reopened`` int64, then
        ``first_contact_share`` and ``reopened_share`` (of those closed or reopened), each with
        ``_lower`` and ``_upper``; NaN without cases.

    CrmError if a column is missing, holds no times, or something is closed before it is opened.

    >>> day = pd.to_datetime(["2024-11-01", "2024-11-01", "2024-11-11"])
    >>> told = resolution(pd.DataFrame({"opened_at": day, "closed_at": day, "contacts": [1, 3, 1],
    ...     "reopens": 0}), as_of="2024-11-12")
    >>> told[["n", "unripe", "first_contact", "first_contact_share"]].iloc[0].to_list()
    [2.0, 1.0, 1.0, 0.5]
    """
    checked("within", within, POSITIVE)
    watched = lasted(cases, as_of=as_of)
    needs(cases, "contacts", "reopens")
    own = cases.loc[watched.index]
    names = grouped(watched, by if by is None else by.loc[watched.index])
    span = pd.Timedelta(days=within)
    ripe = watched["started"] + span <= watched.attrs["as_of"]
    back = own["reopens"].fillna(0) > 0
    ended = watched["stopped"] & (watched["minutes"] <= span / pd.Timedelta(minutes=1))
    settled = ended & (own["contacts"] == 1).fillna(False) & ~back
    seen = watched["stopped"] | back
    counted = {"n": ripe, "unripe": ~ripe, "first_contact": ripe & settled}
    counted |= {"reopened": ripe & back, "seen": ripe & seen}
    table = pd.DataFrame(counted).groupby(names).sum().astype("int64")
    for name, whole in {"first_contact": "n", "reopened": "seen"}.items():
        n = table[whole]
        table[f"{name}_share"] = table[name] / n.where(n > 0)
        ends = wilson(table[name], n, confidence=confidence)
        table[f"{name}_share_lower"], table[f"{name}_share_upper"] = ends
    return table.drop(columns="seen")


def lasted(
    rows: pd.DataFrame,
    *,
    starts: str = "opened_at",
    stops: str = "closed_at",
    as_of: object = None,
    hours: Hours | None = None,
) -> pd.DataFrame:
    """How long each took, or has taken so far: for `waits` and `lifecycle.survival`.

    What is still open at ``as_of`` (else the last time in the two columns) has taken so long *at
    least* (``stopped`` False): the mean of those closed would leave the slow ones out. Rows that
    have not started by then are left out, and those of `tickets` that are closed nobody knows when.
    On the clock of ``hours``, or else every hour counts.

    Returns by row ``started``, ``ended`` (``as_of`` while it is open), ``minutes`` float64,
    ``stopped`` bool; ``attrs["as_of"]``.

    CrmError if a column is missing or holds no times, nothing has started, or a row stops first.

    >>> rows = pd.DataFrame({"opened_at": pd.to_datetime(["2024-11-11 08:00", "2024-11-11 09:00"]),
    ...     "closed_at": pd.to_datetime(["2024-11-11 10:00", None])})
    >>> lasted(rows, as_of="2024-11-11 12:00")["minutes"].to_list()
    [120.0, 180.0]
    """
    rows = timed(rows) if stops == "closed_at" else rows
    start, stop = times(rows, starts), times(rows, stops)
    now = max(start.max(), stop.max()) if as_of is None else pd.Timestamp(as_of)
    begun = start.notna() & (start <= now)
    if not begun.any():
        raise CrmError("service_nothing_started", rule=f"{starts}–{stops}", column=starts)
    start, stop = start[begun], stop[begun]
    crossed = start.index[stop < start]
    if len(crossed):
        told = {"case": str(crossed[0]), "count": len(crossed)}
        raise CrmError("service_stops_first", starts=starts, stops=stops, **told)
    stopped = stop.notna() & (stop <= now)
    end = stop.where(stopped, now)
    spent = end - start if hours is None else open_time(start, end, hours)
    minutes = spent / pd.Timedelta(minutes=1)
    table = pd.DataFrame({"started": start, "ended": end, "minutes": minutes.astype(np.float64)})
    table["stopped"] = stopped
    table.attrs["as_of"] = now
    return table
