"""What the room of a table has to remark on it: the same in a terminal and in a dialogue."""

import importlib

from crm_lessons.data import Table

# Imported when such a table comes: some rooms take a second to import.
_OF = {"messages": "service", "cases": "service", "repairs": "service"}
_OF |= {"dialogues": "talk", "followups": "followup", "leads": "targeting"}


def remarks(table: Table) -> list[tuple[str, dict[str, object]]]:
    """Sentences by key (of ``remarks``) with their values; none where no room is asked.

    >>> from crm_lessons import data
    >>> [key for key, _ in remarks(data.read("shop_leads", schema="leads"))]
    ['leads']
    """
    room = _OF.get(table.schema)
    return importlib.import_module(f"crm_lessons.{room}").remarks(table) if room else []
