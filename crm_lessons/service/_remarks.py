"""What to know of a table of chats, tickets or jobs before its figures."""

import pandas as pd

from crm_lessons import customers
from crm_lessons.data import Table
from crm_lessons.service._jobs import STAGES, stage_times
from crm_lessons.service._tickets import tickets
from crm_lessons.service._turns import AUTOMATIC, contacts


def remarks(table: Table) -> list[tuple[str, dict[str, object]]]:
    """Sentences by key with their counts; none for a table of another kind.

    CrmError where what is counted later would stumble: senders that are neither buyer nor agent, a
    ticket or job that stands there twice, moments of a job in the wrong order.

    >>> from crm_lessons import data
    >>> [key for key, _ in remarks(data.read("shop_messages", schema="messages"))]
    ['chats']
    """
    made = {"messages": _chats, "cases": _tickets, "repairs": _jobs}.get(table.schema)
    return made(table) if made else []


def _chats(table: Table) -> list[tuple[str, dict[str, object]]]:
    lines = table.lines.select("chat_id", "sender").collect()
    asked = contacts(table)
    told = {"chats": lines["chat_id"].n_unique(), "asked": len(asked)}
    told |= {"open": int(asked["answered_at"].isna().sum())}
    return [("chats", told | {"automatic": int((lines["sender"] == AUTOMATIC).sum())})]


def _tickets(table: Table) -> list[tuple[str, dict[str, object]]]:
    found = tickets(table)
    told = {"cases": len(found), "open": int(found["closed_at"].isna().sum())}
    return [("tickets", told | {"unanswered": int(found["answered_at"].isna().sum())})]


def _jobs(table: Table) -> list[tuple[str, dict[str, object]]]:
    found = customers.rows(table, key="job_id")
    gone = found.get("delivered_at", pd.Series(pd.NaT, found.index))
    told = [("jobs", {"jobs": len(found), "open": int(gone.isna().sum())})]
    lacking = sorted({name for one in STAGES for name in one[1:3]} - set(found))
    if lacking:
        return [*told, ("jobs_lack", {"columns": ", ".join(lacking)})]
    stage_times(found)
    return told
