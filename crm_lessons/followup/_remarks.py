"""What to know of records of a follow-up before their figures."""

from crm_lessons.data import Table
from crm_lessons.followup._contacts import contacts


def remarks(table: Table) -> list[tuple[str, dict[str, object]]]:
    """Sentences by key with their counts; none for a table of another kind.

    >>> from crm_lessons import data
    >>> remarks(data.read("dealer_followups", schema="followups"))[0][1]["leads"]
    2500
    """
    if table.schema != "followups":
        return []
    told = contacts(table)
    ends = told["ended"].value_counts()
    values = {
        "leads": told.index.nunique(),
        "contacts": len(told),
        "day": told.attrs["as_of"].date(),
    }
    values |= {name: int(ends.get(name, 0)) for name in ("deal", "refused", "open", "stopped")}
    behind = told.attrs["after_end"]
    return [("followups", values), *([("followups_behind", {"count": behind})] if behind else [])]
