"""What one holds in hand at the end: whom to keep, and what is at stake with each."""


def take_home(*, todo, more_likely_gone=None):
    """The list of whom to keep, without those who were answered to have left."""
    return {"actions": todo[~todo["customer_id"].isin(list(more_likely_gone or ()))]}
