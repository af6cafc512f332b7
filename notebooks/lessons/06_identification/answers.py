"""What the exercises expect, computed from what the lesson binds.

standing
    Counts of leads: all, won, lost, open; known (whether they bought in time), bought.
tenths
    Leads tried from the highest score down: ``leads_tried`` and ``deals`` by tenth.
channels
    By channel: ``money_spent``, ``people_reached``, ``responses``, ``new_customers``.
planned
    Open leads and what is to be done with each.
"""

from crm_lessons import sampling, targeting, value
from crm_lessons.course import folders
from crm_lessons.course.answers import Answers

identity = folders.module("06_identification", "identity")
told = folders.module("06_identification", "channels")

bought_share = Answers(
    right=lambda standing: standing["bought"] / standing["known"],
    wrong={
        "open_as_lost": lambda standing: standing["won"] / standing["all"],
        "closed_only": lambda standing: standing["won"] / (standing["won"] + standing["lost"]),
    },
)

TOP = 4  # tenths, as the question says


def top(tenths):
    return tenths.sort_index().head(TOP).sum()


top_share = Answers(
    right=lambda tenths: top(tenths)["deals"] / tenths["deals"].sum(),
    wrong={
        "by_lot": lambda tenths: top(tenths)["leads_tried"] / tenths["leads_tried"].sum(),
        "rate_of_those": lambda tenths: top(tenths)["deals"] / top(tenths)["leads_tried"],
    },
)

largest_unseen = Answers(
    right=lambda: sampling.most_unseen(told.LETTERS),
    wrong={"zero": lambda: 0.0, "one_of_all": lambda: 1 / told.LETTERS},
)


def least(table, top, below):
    return {(table[top] / table[below].where(table[below] > 0)).sort_index().idxmin()}


cheapest_channel = Answers(
    offered=lambda channels: channels,
    right=lambda channels: least(channels, "money_spent", "new_customers"),
    wrong={
        "most_customers": lambda channels: {channels["new_customers"].sort_index().idxmax()},
        "highest_response": lambda channels: least(channels, "people_reached", "responses"),
    },
)

check_pays = Answers(
    right=identity.pays_from,
    wrong={
        "cost_only": lambda: identity.COST / identity.LOSS,
        "finds_all": lambda: float(
            value.check_pays_from(
                identity.LOSS, 1.0, identity.COST, identity.SCARED, identity.PROFIT
            )
        ),
    },
)


def times():
    return targeting.widest(told.GIFT_SETS)


least_known = Answers(
    offered=lambda: told.factors(told.GIFT_SETS),
    right=lambda: {times().index[0]},
    wrong={
        "largest_figures": lambda: {
            max(told.GIFT_SETS, key=lambda name: told.GIFT_SETS[name][1] - told.GIFT_SETS[name][0])
        },
        "second": lambda: {times().index[1]},
    },
)

SEEN = 0.005  # the response of the question

enough_letters = Answers(
    right=lambda: sampling.size_to_see_one(SEEN),
    wrong={"one_on_average": lambda: 1 / SEEN, "as_many_as_before": lambda: told.LETTERS},
)

EACH = 100  # managers in each group, as the question assumes
HIGH, LOW = 0.38, 0.22


def unpooled():
    return (HIGH - LOW) / (HIGH * (1 - HIGH) / EACH + LOW * (1 - LOW) / EACH) ** 0.5


def as_one_sample():
    pooled = (HIGH + LOW) / 2
    return (HIGH - LOW) / (pooled * (1 - pooled) / EACH) ** 0.5


table_61 = Answers(
    right=lambda: sampling.two_prop_z(HIGH, LOW, EACH, EACH).z,
    wrong={"unpooled": unpooled, "as_one_sample": as_one_sample},
)
