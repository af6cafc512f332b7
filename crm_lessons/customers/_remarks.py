"""What to know of a table before its figures: the same sentences in a terminal and in a report."""

import pandas as pd

from crm_lessons import data, wording
from crm_lessons.customers._shared import shared_ids, told_shared


def remarks(
    table: data.Table, people: pd.DataFrame | None = None
) -> list[tuple[str, dict[str, object]]]:
    """Sentences by key with their values: what was set aside, what is worth knowing, shared ids.

    ``people``: the customers of order lines, as from `summarise`; without them nothing is said of
    their ids.

    >>> [key for key, _ in remarks(data.read("shop"))][:1]
    ['data.duplicate_row']
    """
    said = [_set_aside(table, reason, count) for reason, count in table.set_aside.items() if count]
    said += [(f"data.{note.key}", dict(note.values)) for note in table.notes]
    doubtful = shared_ids(people) if people is not None else ()
    return said + ([("data.shared_ids", told_shared(doubtful))] if len(doubtful) else [])


def _set_aside(table: data.Table, reason: str, count: int) -> tuple[str, dict[str, object]]:
    """Why rows are not in the table; of one without amounts nothing is said of money."""
    known = data.schemas().get(table.schema)
    key = f"data.{reason}"
    if known and "amount" not in known.fields and wording.has(f"{key}_without_amount"):
        return f"{key}_without_amount", {"count": count}
    return key, {"count": count, "amount": table.set_aside_amount.get(reason, 0.0)}
