"""What one holds in hand at the end: whom to contact for what they said and did."""

from .answers import asked_and_bought


def take_home(*, todo, people, found, bought=None, satisfied_gone=None):
    """The list; of the customers of the exercise nobody is called satisfied and gone who was not
    ticked, and those who were stand first."""
    if bought is None or satisfied_gone is None:
        return {"actions": todo}
    asked = asked_and_bought(people=people, found=found, bought=bought).index
    gone = (todo["reason"] == "satisfied_gone") & todo["customer_id"].isin(asked)
    ticked = todo["customer_id"].isin(list(satisfied_gone))
    kept, first = todo[~gone | ticked], (gone & ticked)
    order = first[kept.index].sort_values(ascending=False, kind="stable").index
    return {"actions": kept.loc[order].reset_index(drop=True)}
