"""From the enquiry to the second order, and who is called loyal: their values."""

import pandas as pd

from crm_lessons import customers, data, lifecycle
from crm_lessons.lacking import Lacking, is_lacking, passed_on

Sentences = list[tuple[str, dict[str, object]]]


def funnel(more: dict[str, data.Table], known: lifecycle.Study, by: str) -> pd.DataFrame | Lacking:
    """`lifecycle.funnel` of the enquiries, where there is a table of them that has this column."""
    if "leads" not in more:
        return Lacking("no_leads")
    leads = customers.rows(more["leads"], key="lead_id")
    if by not in leads:
        return Lacking("no_column")
    table = lifecycle.funnel(leads, known.last, by=by)
    days = ["days_to_first", "days_to_second"]  # nobody wants to know of half a day
    return table.assign(**table[days].round().astype("Int64"))


@passed_on
def slowest(by_source: pd.DataFrame) -> Sentences:
    """How many enquiries came through each step, over all sources."""
    heads = by_source[list(lifecycle.STEPS)].sum()
    return [("funnel", {name: int(count) for name, count in heads.items()})]


def no_leads(by_source: pd.DataFrame | Lacking) -> Sentences:
    return [("no_leads", {})] if is_lacking(by_source) else []


def loyal(known: lifecycle.Study, orders: data.Table, more: dict[str, data.Table]) -> pd.DataFrame:
    """How many are loyal by each of the notes' three definitions, by all and by any of them.

    Missing where nobody recorded who brought whom.
    """
    told = [one for one in (more.get("customers"), orders) if one is not None]
    told = [one for one in told if "referrer_id" in customers.columns(one)]
    brought = customers.brought(told[0]) if told else None
    flags = lifecycle.loyal_definitions(known.last, known.limits, brought=brought)
    flags = flags.assign(all_three=flags.all(axis=1), any_one=flags.any(axis=1))
    heads = flags.sum().astype("Int64")
    if brought is None:
        heads[["recommends", "all_three", "any_one"]] = pd.NA
    table = pd.DataFrame({"customers": heads, "share": heads / len(known.last)})
    return table.rename_axis("loyal_by")
