"""What one holds in hand at the end: whom to contact today, by one's own rule when to stop."""


def take_home(*, waiting, rule, when_to_stop=None):
    """Those whose next contact lies within one's own last one; what each further contact brings."""
    last = rule.attrs["stop_after"] if when_to_stop is None else int(when_to_stop)
    listed = waiting[waiting["next_contact"] <= last]
    worth = rule[["brings", "brings_lower", "brings_upper", "worth"]].round().astype("Int64")
    worth = worth.rename_axis("contact_no").reset_index()
    return {"contact_today": listed.reset_index(), "rule": worth}
