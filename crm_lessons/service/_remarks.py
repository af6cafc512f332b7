"""What to know of a table of chats, tickets or jobs before its figures."""

import pandas as pd

from crm_lessons import customers
from crm_lessons.data import Table
from crm_lessons.service._jobs import STAGES, stage_times
from crm_lessons.service._tickets import still_open, tickets
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
    told = {"cases": len(found)}
    if "closed_at" in found:
        told["open"] = int(still_open(found).sum())
    if "answered_at" in found:
        told["unanswered"] = int(found["answered_at"].isna().sum())
    key = "_".join(["tickets", *(name for name in ("open", "unanswered") if name not in told)])
    return [(key, told), *ticket_remarks(found)]


def ticket_remarks(found: pd.DataFrame) -> list[tuple[str, dict[str, object]]]:
    """What `tickets` left out or could not tell, as sentences by key; none if nothing.

    >>> ticket_remarks(tickets(pd.DataFrame({"case_id": ["7"], "status": ["void"]})))
    [('tickets_void', {'count': 1})]
    """
    counts = {"void": found.attrs.get("void", 0), "reopened": found.attrs.get("reopened", 0)}
    counts["unknown"] = int(found["closing_unknown"].sum())
    told = [(f"tickets_{name}", {"count": count}) for name, count in counts.items() if count]
    strange = found.attrs.get("strange", [])
    return told + ([("tickets_strange", {"words": ", ".join(strange[:5])})] if strange else [])


def _jobs(table: Table) -> list[tuple[str, dict[str, object]]]:
    found = customers.rows(table, key="job_id")
    gone = found.get("delivered_at", pd.Series(pd.NaT, found.index))
    told = [("jobs", {"jobs": len(found), "open": int(gone.isna().sum())})]
    lacking = sorted({name for one in STAGES for name in one[1:3]} - set(found))
    if lacking:
        return [*told, ("jobs_lack", {"columns": ", ".join(lacking)})]
    stage_times(found)
    return told
