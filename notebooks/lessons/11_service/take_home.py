"""What one holds in hand at the end: the roster of that day, and what to do about the reviews."""

from crm_lessons import service


def take_home(*, roster, todo=None, people_at_peak=None, own_fault=None):
    """The agents of each half-hour, with the number answered for the busiest one; open cases.

    Reviews that were ticked are answered as one's own fault, whatever the tree says of them.
    """
    found = roster.copy()
    if people_at_peak is not None:
        busiest = found["arriving"].idxmax()
        found.loc[busiest, "agents"] = int(people_at_peak)
    told = service.sample_reviews()[["text", "stars"]]
    cause = service.review_cause(service.sample_reviews())
    if own_fault is not None:
        cause = cause.mask(told.index.isin(own_fault), "service")
    told = told.assign(cause=cause, step=[service.step(one) for one in cause])
    tables = {"roster": found.reset_index(), "reviews": told.reset_index()}
    return tables if todo is None else {**tables, "cases": todo}
