"""What to know of a table before its figures: the same sentences in a terminal and in a report."""

import pandas as pd

from crm_lessons import data
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
    amounts = table.set_aside_amount
    said = [
        (f"data.{reason}", {"count": count, "amount": amounts.get(reason, 0.0)})
        for reason, count in table.set_aside.items()
        if count
    ]
    said += [(f"data.{note.key}", dict(note.values)) for note in table.notes]
    doubtful = shared_ids(people) if people is not None else ()
    return said + ([("data.shared_ids", told_shared(doubtful))] if len(doubtful) else [])
