"""What one holds in hand at the end: whom to win back, and everybody's state by one's own line."""

import pandas as pd

from crm_lessons import lifecycle, targeting
from crm_lessons.customers import Limits, worklist


def take_home(
    *,
    last,
    planned,
    dormant_after,
    lost_after,
    rhythm=None,
    candidates=None,
    in_charge=None,
    threshold_from_curve=None,
    fifty_calls=None,
):
    """The list of those worth a contact, and all states by the line that was answered.

    Of the customers of the exercise those are on it who were ticked, whatever the list says of
    them. A line nearer than the dormant's is drawn there; without an answer it is that of the data.
    With a ``rhythm`` customers with intervals enough go by their own, as in the report.
    """
    line = max(int(threshold_from_curve or lost_after), dormant_after)
    limits = Limits(dormant_after=dormant_after, lost_after=line)
    told = lifecycle.states(last, limits, **(rhythm or {}))
    names = {"state": "customer_state", "since": "state_since", "rule": "state_rule"}
    told = told[list(names)].rename(columns=names)
    worth = planned[targeting.worth_contacting(planned["expected_gain"])]
    if candidates is not None and fifty_calls is not None:
        own = candidates[candidates.index.isin(fifty_calls)].sort_index()
        others = worth.drop(index=candidates.index, errors="ignore")
        both = pd.concat([others, own]) if len(own) else others
        worth = both.sort_values("expected_gain", ascending=False, kind="stable")
    listed = worth.join(told["customer_state"])
    listed = listed.assign(who=worklist.who(in_charge, listed.index)).rename_axis("customer_id")
    return {"winback": listed.reset_index(), "customers": told.reset_index()}
