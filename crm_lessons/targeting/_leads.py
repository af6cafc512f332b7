"""Leads and what became of them, told so that no lead is judged before its time.

An open lead is not a lost one. Whether a lead bought *within so many days* is known of every lead
that has been there for longer, and of no other: a young one that has bought already would make the
quick look likelier, a young one that has not would count as lost.
"""

import pandas as pd

from crm_lessons import customers
from crm_lessons.customers.wanted import times
from crm_lessons.data import Table
from crm_lessons.errors import CrmError

WON, LOST, OPEN = STATES = ("won", "lost", "open")
WITHIN = 60  # days


def leads(
    rows: Table | pd.DataFrame, *, as_of: object = None, within: int = WITHIN
) -> pd.DataFrame:
    """One row per lead with how it stands and whether it bought within ``within`` days.

    Parameters
    ----------
    rows
        One row a lead: ``lead_id``, ``created_on``; ``status`` (won, lost, open) with
        ``closed_on``, or ``first_order`` where nobody notes a status. Other columns stay.
    as_of
        The day of the data, included; the last day in it where none is given.
    within
        Days from coming in to the deal, the last one included.

    Returns
    -------
    pandas.DataFrame
        Index ``lead_id`` (text, sorted), the columns of ``rows``, and: ``age_days`` int64, on
        ``as_of``; ``state``, one of `STATES`; ``took_days`` float64, from coming in to the end,
        missing where it is open or no day is known; ``bought`` boolean, whether there was a deal
        within ``within`` days, missing while that cannot be known. ``attrs``: ``as_of``,
        ``within``, ``dated`` (whether deals have a day) and the rows set aside: ``later`` (come in
        after ``as_of``), ``backwards`` (closed before they came), ``unknown`` (no day of coming in,
        or no status); and ``undated``, deals without a day among others that have one.

    Raises
    ------
    CrmError
        A lead stands there twice, a column lacks, nothing says what became of the leads, or no
        lead is left.

    Examples
    --------
    >>> rows = pd.DataFrame({"lead_id": ["1", "2", "3", "4"], "created_on": pd.to_datetime(
    ...     ["2025-01-01", "2025-01-02", "2025-06-01", "2025-06-02"]),
    ...     "status": ["won", "open", "won", "open"],
    ...     "closed_on": pd.to_datetime(["2025-01-20", None, "2025-06-05", None])})
    >>> leads(rows, as_of="2025-06-10")["bought"].to_list()
    [True, False, <NA>, <NA>]
    """
    if within < 1:
        raise CrmError("leads_within", given=within)
    held = customers.rows(rows, key="lead_id")
    times(held, "created_on")
    held = _with_status(held)
    dates = [held[name].max() for name in ("created_on", "end")]
    now = max(day for day in dates if pd.notna(day)) if as_of in (None, "") else pd.Timestamp(as_of)
    day = pd.Timedelta(days=1)
    unknown = held["created_on"].isna() | held["state"].isna()
    later = held["created_on"] > now
    backwards = (held["end"] < held["created_on"]) & ~unknown & ~later
    found = held[~unknown & ~later & ~backwards].copy()
    if found.empty:
        raise CrmError("leads_nobody", as_of=f"{now:%Y-%m-%d}")
    closed_later = found["end"] > now  # on the day of the data it was open
    found["state"] = found["state"].where(~closed_later, OPEN)
    found["age_days"] = ((now - found["created_on"]) // day).astype("int64")
    took = (found["end"] - found["created_on"]) // day
    found["took_days"] = took.where(found["state"] != OPEN).astype("float64")
    dated = bool(found.loc[found["state"] == WON, "end"].notna().any())
    found["bought"] = _bought(found, within, dated)
    counts = {"later": int(later.sum()), "backwards": int(backwards.sum())}
    counts["unknown"] = int((unknown & ~later).sum())
    without = (found["state"] == WON) & found["end"].isna()
    counts["undated"] = int(without.sum()) if dated else 0
    found = found.drop(columns="end")
    found.attrs.update(as_of=now, within=within, dated=dated, **counts)
    return found


def _with_status(held: pd.DataFrame) -> pd.DataFrame:
    """``state`` and ``end`` (the day it closed) of each lead, from whichever columns tell."""
    first = held.get("first_order")
    nothing = pd.Series(pd.NaT, held.index, dtype="datetime64[us]")
    if "status" in held and held["status"].notna().any():
        state = held["status"].astype("object")
        strange = state[state.notna() & ~state.isin(STATES)]
        if len(strange):
            told = {"count": len(strange), "values": strange.nunique()}
            raise CrmError("leads_status", known=", ".join(STATES), **told)
        end = held.get("closed_on", nothing)
        if first is not None:
            end = end.fillna(first)
    elif first is not None and first.notna().any():
        state, end = pd.Series(OPEN, held.index).where(first.isna(), WON), first
    else:
        raise CrmError("leads_no_outcome")
    # The closing day of an open lead is when somebody hopes for it.
    return held.assign(state=state, end=end.where(state != OPEN))


def _bought(found: pd.DataFrame, within: int, dated: bool) -> pd.Series:
    """Whether a lead bought in its time; missing of the young, and of deals without a day."""
    old = found["age_days"] >= within
    won = found["state"] == WON
    in_time = won & (found["took_days"] <= within) if dated else won
    known = old & ~(won & found["took_days"].isna()) if dated else old & (found["state"] != OPEN)
    return in_time.astype("boolean").where(known)
