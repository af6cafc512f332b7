"""What one holds in hand at the end: what is to be done, and the bonus by one's own choice."""


def take_home(
    *, todo, advised=None, branches_for_bonus=None, picked_customers=None, mend_first=None
):
    """The list without advisers and items that were not ticked; who gets the bonus stands beside
    the advice. Nobody is put on the list whom the answers of the customers do not put there."""
    ticked = {"check_selection": picked_customers, "mend_item": mend_first}
    for reason, subjects in ticked.items():
        if subjects is not None:
            todo = todo[(todo["reason"] != reason) | todo["subject"].isin(list(subjects))]
    if advised is None:
        return {"actions": todo}
    if branches_for_bonus is not None:
        advised = advised.assign(own_choice=advised.index.isin(list(branches_for_bonus)))
    return {"actions": todo, "bonus": advised}
