"""What the exercises expect, computed from what the lesson binds.

heard
    Agents: shares of talk, of open questions, of what is taken up; the mean longest turn.
contacts_made
    By contact number how many were contacted and how many bought.
rule
    What each further contact brings on average, and after which to stop.
margin, cut
    Gross margin, and the price cut, as shares of the old price.
promotion
    How many had the promotion or not by lot, and how many of each bought again.
"""

from crm_lessons import value
from crm_lessons.course.answers import Answers
from crm_lessons.talk import STEPS


def swapped(one, other):
    order = list(STEPS)
    a, b = order.index(one), order.index(other)
    order[a], order[b] = order[b], order[a]
    return order


seven_cards = Answers(
    wrong={
        "recommend_before_ask": swapped("ask", "recommend"),
        "verify_after_farewell": swapped("verify", "farewell"),
    },
)


def most(table, column):
    return {table[column].sort_index().idxmax()}


who_listens = Answers(
    offered=lambda heard: heard,
    right=lambda heard: most(heard, "taken_up"),
    wrong={
        "talks_least": lambda heard: {heard["talk_share"].sort_index().idxmin()},
        "talks_longest": lambda heard: most(heard, "longest_turn"),
    },
)

FOURTH = 4

chance_at_fourth = Answers(
    right=lambda contacts_made: (
        contacts_made.loc[FOURTH, "deals"] / contacts_made.loc[FOURTH, "leads_contacted"]
    ),
    wrong={
        "share_of_deals": lambda contacts_made: (
            contacts_made.loc[FOURTH, "deals"] / contacts_made["deals"].sum()
        ),
        "of_all_leads": lambda contacts_made: (
            contacts_made.loc[FOURTH, "deals"] / contacts_made["leads_contacted"].max()
        ),
    },
)

POSTER = 11

when_to_stop = Answers(
    right=lambda rule: rule.attrs["stop_after"],
    wrong={
        "one_more": lambda rule: rule.attrs["stop_after"] + 1,
        "by_the_poster": lambda: POSTER,
    },
)

more_to_sell = Answers(
    right=lambda margin, cut: float(value.discount_breakeven(margin, cut)),
    wrong={
        "as_much_as_cut": lambda cut: cut,
        "on_new_price": lambda cut: cut / (1 - cut),
        "share_of_margin": lambda margin, cut: cut / margin,
    },
)

DEAR, YEARS = 119.0, 3.5  # yuan and years of use, as the question says

year_of_use = Answers(
    right=lambda: float(value.cost_per_year(DEAR, YEARS)),
    wrong={
        "a_month": lambda: DEAR / (12 * YEARS),
        "first_year": lambda: DEAR,
    },
)

promotion_effect = Answers(
    right=lambda promotion: (
        promotion["with_it"] / promotion["with_n"]
        - promotion["without_it"] / promotion["without_n"]
    ),
    wrong={
        "all_who_came": lambda promotion: promotion["with_it"] / promotion["with_n"],
        "of_those_who_came": lambda promotion: (
            1
            - (promotion["without_it"] / promotion["without_n"])
            / (promotion["with_it"] / promotion["with_n"])
        ),
    },
)
