"""Tickets of a help desk as cases: one row each, with times where the export has durations."""

import pandas as pd

from crm_lessons import customers
from crm_lessons.customers.wanted import needs
from crm_lessons.data import Table
from crm_lessons.service._hours import utc

TIMES = ("opened_at", "answered_at", "closed_at")
CLOSED, VOID, OPEN = "closed", "void", "open"
MERGED = r"(?:^|[\s,;|])closed_by_merge(?:$|[\s,;|])"  # a tag of Zendesk
_DURATIONS = {"answered_at": "first_reply_minutes", "closed_at": "closing_minutes"}


def tickets(table: Table | pd.DataFrame, *, zone: str = "") -> pd.DataFrame:
    """Cases from a table of tickets: what `judge`, `reasons` and `resolution` take.

    Freshdesk exports say when a ticket was answered and solved, Zendesk says after how many minutes
    it was answered: where a time is empty and its duration is known, the time is the opening and
    the duration. Times with seconds cut off may then differ by a minute.

    Where there is a ``status`` it is believed: merged and deleted tickets and spam are no cases and
    left out; what is open has no closing time (it was opened again); what is closed without one is
    no open case, and nobody knows how long it took (``closing_unknown``).

    Parameters
    ----------
    table
        Read with ``schema="cases"``, or a frame of that shape; a ticket number in one row only.
    zone
        The zone of the file's times, such as ``UTC``, for exports that do not write local time;
        `judge` turns them into the local time of its rule. Empty: as they are.

    Returns
    -------
    pandas.DataFrame
        Index ``case_id`` (text, sorted); the columns of the table, ``closing_unknown`` bool, and
        ``answered_at`` and ``closed_at`` as far as anything in the table tells them: a file that
        says nothing of answers is none in which nobody was answered. ``attrs``: ``void``, how many
        were left out; ``reopened``, how many had a closing time and are open; ``strange``, words
        of the status that say neither, where there is no closing time either.

    CrmError if a ticket stands there twice, or a time comes twice or never in the zone.

    >>> found = tickets(pd.DataFrame({"case_id": ["7"], "first_reply_minutes": [12.0],
    ...     "opened_at": pd.to_datetime(["2024-11-11 12:00"])}), zone="UTC")
    >>> str(found.loc["7", "answered_at"])
    '2024-11-11 12:12:00+00:00'
    """
    whole = customers.rows(table, key="case_id")
    found = whole[~_void(whole)].copy()
    for time, duration in _DURATIONS.items():
        if time not in found and duration not in found:
            continue
        known = found.get(time, pd.Series(pd.NaT, found.index)).astype("datetime64[us]")
        if duration in found:
            spent = pd.to_timedelta((60 * found[duration].astype("float64")).round(), unit="s")
            known = known.fillna((found["opened_at"] + spent).astype("datetime64[us]"))
        found[time] = known
    told = {"void": len(whole) - len(found)}
    found, more = _as_status_says(found)
    for name in found.columns[found.dtypes.map(pd.api.types.is_datetime64_dtype)] if zone else ():
        utc(found[name], zone)  # a time that comes twice or never is no time to count from
        found[name] = found[name].dt.tz_localize(zone)
    found.attrs.update(told | more)
    return found


def timed(cases: pd.DataFrame) -> pd.DataFrame:
    """The cases of which it is known when they were closed, or that they are not.

    >>> timed(pd.DataFrame({"closing_unknown": [True, False]})).index.to_list()
    [1]
    """
    return cases[~cases["closing_unknown"]] if "closing_unknown" in cases else cases


def still_open(cases: pd.DataFrame) -> pd.Series:
    """Whether a case is open: not closed, be it nobody knows when.

    >>> still_open(pd.DataFrame({"closed_at": [pd.NaT, pd.NaT], "closing_unknown": [True, False]}))
    0    False
    1     True
    dtype: bool
    """
    without = cases["closed_at"].isna()
    return without & ~cases["closing_unknown"] if "closing_unknown" in cases else without


def asked(cases: pd.DataFrame) -> pd.DataFrame:
    """Tickets as `contacts` gives chats: who asked when, and who answered when.

    Index ``chat_id``; ``asked_at``, ``automatic_at`` (never), ``answered_at``, and as far as there
    ``agent``, ``kind``, ``channel``, ``branch``, ``customer_id``. CrmError where nothing tells of
    answers.
    """
    needs(cases, "answered_at")
    kept = ["customer_id", "agent", "kind", "channel", "branch"]
    found = cases[[name for name in kept if name in cases]].copy()
    found.insert(0, "asked_at", cases["opened_at"])
    found.insert(1, "automatic_at", pd.Series(pd.NaT, cases.index, dtype="datetime64[us]"))
    found.insert(2, "answered_at", cases["answered_at"])
    return found.rename_axis("chat_id")


def _void(whole: pd.DataFrame) -> pd.Series:
    """Whether a ticket is none of its own: merged into another, deleted, spam."""
    void = pd.Series(False, whole.index)
    if "status" in whole:
        void |= (whole["status"] == VOID).to_numpy(dtype=bool, na_value=False)
    if "tags" in whole:
        merged = whole["tags"].astype("str").str.contains(MERGED, regex=True, na=False)
        void |= merged.to_numpy(dtype=bool)
    return void


def _as_status_says(found: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, object]]:
    """The tickets with closing times that fit their status, and what was strange about them."""
    unknown = pd.Series(False, found.index)
    if "status" not in found:
        return found.assign(closing_unknown=unknown), {"reopened": 0, "strange": []}
    closed = found.get("closed_at", pd.Series(pd.NaT, found.index, dtype="datetime64[us]"))
    is_open, is_closed = (
        (found["status"] == one).to_numpy(dtype=bool, na_value=False) for one in (OPEN, CLOSED)
    )
    again, unknown = is_open & closed.notna(), is_closed & closed.isna()
    strange = found.loc[~is_open & ~is_closed & closed.isna(), "status"].dropna()
    if "closed_at" in found or (is_open | is_closed).any():
        found = found.assign(closed_at=closed.mask(again))
    told = {"reopened": int(again.sum()), "strange": sorted(map(str, strange.unique()))}
    return found.assign(closing_unknown=unknown), told
