"""What one holds in hand at the end: whom to contact and whom to keep aside, by one's own share."""

from crm_lessons.customers import worklist


def take_home(*, planned, in_charge=None, share_to_contact=None):
    """So large a share of the customers as was answered, else all who are worth contacting.

    Who is kept aside by lot stays so: without them nobody can tell afterwards what it did.
    """
    ranked = planned.sort_index().sort_values("expected_gain", ascending=False, kind="stable")
    if share_to_contact is None:
        chosen = ranked[ranked["arrangement"] != "leave"]
    else:
        chosen = ranked.head(round(share_to_contact * len(ranked)))
    part = chosen["arrangement"].where(chosen["arrangement"] == "control", "contact")
    shown = chosen.assign(arrangement=part, who=worklist.who(in_charge, chosen.index))
    return {"contacts": shown.reset_index()}
