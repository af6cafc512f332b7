"""Tickets of a help desk as cases: one row each, with times where the export has durations."""

import pandas as pd

from crm_lessons import customers
from crm_lessons.data import Table
from crm_lessons.service._hours import utc

TIMES = ("opened_at", "answered_at", "closed_at")
_DURATIONS = {"answered_at": "first_reply_minutes", "closed_at": "closing_minutes"}


def tickets(table: Table | pd.DataFrame, *, zone: str = "") -> pd.DataFrame:
    """Cases from a table of tickets: what `judge`, `reasons` and `resolution` take.

    Freshdesk exports say when a ticket was answered and solved, Zendesk says after how many minutes
    it was answered: where a time is empty and its duration is known, the time is the opening and
    the duration. Times with seconds cut off may then differ by a minute.

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
        Index ``case_id`` (text, sorted); the columns of the table, ``answered_at`` and
        ``closed_at`` always among them.

    CrmError if a ticket stands there twice, or a time comes twice or never in the zone.

    >>> found = tickets(pd.DataFrame({"case_id": ["7"], "first_reply_minutes": [12.0],
    ...     "opened_at": pd.to_datetime(["2024-11-11 12:00"])}), zone="UTC")
    >>> str(found.loc["7", "answered_at"])
    '2024-11-11 12:12:00+00:00'
    """
    found = customers.rows(table, key="case_id")
    for time, duration in _DURATIONS.items():
        known = found.get(time, pd.Series(pd.NaT, found.index)).astype("datetime64[us]")
        if duration in found:
            spent = pd.to_timedelta((60 * found[duration].astype("float64")).round(), unit="s")
            known = known.fillna((found["opened_at"] + spent).astype("datetime64[us]"))
        found[time] = known
    for name in found.columns[found.dtypes.map(pd.api.types.is_datetime64_dtype)] if zone else ():
        utc(found[name], zone)  # a time that comes twice or never is no time to count from
        found[name] = found[name].dt.tz_localize(zone)
    return found
