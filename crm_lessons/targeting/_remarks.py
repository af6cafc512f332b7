"""What to know of a table of leads before its figures."""

from crm_lessons.data import Table
from crm_lessons.targeting._leads import STATES, leads
from crm_lessons.targeting._scoring import LEAST, learnable

Remarks = list[tuple[str, dict[str, object]]]


def remarks(table: Table) -> Remarks:
    """Sentences by key with their counts; none for a table of another kind.

    Raises what `leads` does.

    >>> from crm_lessons import data
    >>> remarks(data.read("shop_group_leads", schema="leads"))[0][1]["won"]
    523
    """
    if table.schema != "leads":
        return []
    there = set(table.lines.collect_schema().names())
    if not there & {"status", "first_order"}:
        return [("leads_untold", {})]
    found = leads(table)
    states, told = found["state"].value_counts(), found.attrs
    counts = {name: int(states.get(name, 0)) for name in STATES}
    known = found["bought"].dropna().astype("bool")
    sums = {"known": len(known), "bought": int(known.sum()), "within": told["within"]}
    said: Remarks = [("leads", {"n": len(found), "day": told["as_of"].date(), **counts, **sums})]
    aside = {name: told[name] for name in ("later", "backwards", "unknown")}
    said += [("leads_aside", aside)] if any(aside.values()) else []
    said += [("leads_undated", {"count": told["undated"]})] if told["undated"] else []
    said += [] if told["dated"] or not counts["won"] else [("leads_no_dates", {})]
    return said if learnable(known) else [*said, ("leads_few", {"least": LEAST})]
