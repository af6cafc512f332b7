"""What one holds in hand at the end: whom to call, dormant by one's own limit."""

from crm_lessons.customers import worklist

from .answers import first_short_list


def take_home(*, people, limits, calls, lost_days, in_charge=None, calls_limit=None):
    """The dormant customers by the limit answered, else by the first that fits the team."""
    days = first_short_list(limits=limits, calls=calls) if calls_limit is None else calls_limit
    silent = people["recency_days"]
    dormant = people[(silent > days) & (silent <= lost_days)].sort_index()
    largest = dormant.sort_values("amount", ascending=False, kind="stable").head(calls)
    shown = largest[["amount", "orders", "recency_days"]].reset_index()
    return {"calls": shown.assign(who=worklist.who(in_charge, largest.index))}
