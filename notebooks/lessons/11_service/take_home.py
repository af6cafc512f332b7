"""What one holds in hand at the end: the roster of that day, and what to do about the reviews."""

from pathlib import Path

import numpy as np

from crm_lessons import service
from crm_lessons.course import exercise
from crm_lessons.wording import names

from . import reviews


def take_home(
    *, roster, peak, shrinkage, todo=None, people_at_peak=None, three_reviews=None, own_fault=None
):
    """The agents of each half-hour, with the number answered for the busiest one and what follows
    from it; open cases.

    Reviews that were ticked are answered as one's own fault, whatever the tree says of them; beside
    the three that were answered stands the reply that was chosen.
    """
    found = roster.copy()
    if people_at_peak is not None:
        at = found["arriving"].idxmax()
        for name, value in with_so_many(int(people_at_peak), peak, shrinkage).items():
            found.loc[at, name] = value
    told = reviews.numbered()
    cause = told["cause"]
    if own_fault is not None:
        cause = cause.mask(told.index.isin(own_fault), "service")
    told = told.assign(cause=[names.code(one, reviews.WORDS["cause"]) for one in cause])
    told["step"] = [service.step(one) for one in cause]
    told["reply"] = [chosen(three_reviews or (), one) for one in told["id"]]
    columns = ["text", "stars", "cause", "step", "reply"]
    tables = {"roster": found.reset_index(), "reviews": told[columns].reset_index()}
    return tables if todo is None else {**tables, "cases": todo}


def with_so_many(agents, peak, shrinkage):
    """The row of the busiest half-hour with so many agents; missing beyond the table of it."""
    served = peak[["in_time", "mean_wait"]].replace(np.inf, np.nan)
    here, less = (served.reindex([n]).iloc[0] for n in (agents, agents - 1))
    return {
        "agents": agents,
        "rostered": int(np.ceil(agents / (1 - shrinkage) - 1e-9)),
        "in_time": here["in_time"],
        "mean_wait": here["mean_wait"],
        "in_time_less": less["in_time"],
        "mean_wait_less": less["mean_wait"],
    }


def chosen(replies, review):
    """The replies chosen for a review, in words."""
    options = exercise.load(Path(__file__).parent.name)["three_reviews"].options
    if review not in reviews.TO_ANSWER:
        return ""
    meant = [
        one for one in options if one in replies and reviews.REPLIES.get(one, review) == review
    ]
    return " / ".join(str(options[one].label) for one in meant)
