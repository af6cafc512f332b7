"""What the exercises expect, computed from what the lesson binds.

found, curve
    The threshold of the return curve, and the curve.
last, lost_after, dormant_after
    `customers.last_spells`, and the days from which on somebody is lost or dormant.
effects
    The sample's win-back trial by band of silence.
shares
    What becomes of each state within a month.
reminded
    Paid of the reminded and of the others, of the sample's orders that were not paid at once.
candidates
    Some of the silent, with chance, change, value and cost.
"""

import pandas as pd

from crm_lessons import targeting
from crm_lessons.course.answers import Answers

HABIT, SEASON = 365, 90
TODAY = pd.Timestamp("2025-12-31")
# First and last purchase, and on how many days somebody bought.
TOLD = {
    "A": ("2023-02-11", "2024-12-31", 9),
    "B": ("2025-06-10", "2025-06-10", 1),
    "C": ("2022-03-18", "2024-03-15", 101),
    "D": ("2024-06-01", "2024-12-30", 2),
    "E": ("2022-05-20", "2025-11-20", 4),
    "F": ("2023-05-01", "2023-05-01", 1),
}
HISTORIES = pd.DataFrame.from_dict(
    TOLD, orient="index", columns=["first_order", "last_order", "orders"]
).rename_axis("customer_id")


def silent(column="last_order"):
    return (TODAY - pd.to_datetime(HISTORIES[column])).dt.days


def those(mask):
    return set(HISTORIES.index[mask])


threshold_from_curve = Answers(
    right=lambda found: float(found.days),
    wrong={
        "habit": lambda found: HABIT,
        "season": lambda found: SEASON,
    },
)

six_histories = Answers(
    offered=lambda: HISTORIES,
    right=lambda: those(silent() > HABIT),
    wrong={
        "edge_too": lambda: those(silent() >= HABIT),
        "first_purchase": lambda: those(silent("first_order") > HABIT),
        "dormant_too": lambda: those(silent() > SEASON),
    },
)

how_many_lost = Answers(
    right=lambda last, lost_after: int((last["silent"] > lost_after).sum()),
    wrong={
        "year_of_finance": lambda last: int((last["silent"] > HABIT).sum()),
        "dormant_too": lambda last, dormant_after: int((last["silent"] > dormant_after).sum()),
        "the_others": lambda last, lost_after: int((last["silent"] <= lost_after).sum()),
    },
)

monthly_95 = Answers(
    right=lambda: 0.95**12,
    wrong={
        "same_a_year": 0.95,
        "taken_off": lambda: 1 - 12 * 0.05,
        "loss_to_the_power": lambda: 1 - 0.05**12,
    },
)

uplift_of_recent = Answers(
    right=lambda effects: effects.loc["recent", "uplift"],
    wrong={
        "control_forgotten": lambda effects: effects.loc["recent", "treated_share"],
        "per_cent_for_points": lambda effects: (
            effects.loc["recent", "treated_share"] / effects.loc["recent", "control_share"] - 1
        ),
    },
)


def offered(*, candidates):
    columns = ["silent_days", "return_chance", "return_change", "return_value", "contact_cost"]
    return candidates[columns].rename_axis("customer_id").sort_index()


def chosen(condition):
    def of(*, candidates):
        return set(candidates.index[condition(candidates)])

    return of


def gain(table):
    change, value = table["return_change"], table["return_value"]
    return targeting.expected_gain(change, value, table["contact_cost"])


def upper_half(column):
    return chosen(lambda table: table[column] >= table[column].median())


fifty_calls = Answers(
    offered=offered,
    right=chosen(lambda table: gain(table) > 0),
    wrong={
        "cost_forgotten": chosen(lambda table: table["return_change"] * table["return_value"] > 0),
        "highest_values": chosen(
            lambda table: table["return_value"] >= table["return_value"].median()
        ),
        "longest_silent": chosen(
            lambda table: table["silent_days"] >= table["silent_days"].median()
        ),
    },
)

ACTIVE = ["first", "repeat", "loyal", "won_back"]

dormant_in_a_month = Answers(
    right=lambda shares: shares.loc["dormant", ACTIVE].sum(),
    wrong={
        "to_lost": lambda shares: shares.loc["dormant", "lost"],
        "all_who_move": lambda shares: 1 - shares.loc["dormant", "dormant"],
        "column_for_row": lambda shares: shares.loc[ACTIVE, "dormant"].sum(),
    },
)

what_a_reminder_adds = Answers(
    right=lambda reminded: reminded.loc["by_lot", "apart"],
    wrong={
        "chosen_ones": lambda reminded: reminded.loc["chosen", "apart"],
        "control_forgotten": lambda reminded: reminded.loc["by_lot", "reminded_share"],
        "per_cent_for_points": lambda reminded: (
            reminded.loc["by_lot", "reminded_share"] / reminded.loc["by_lot", "not_reminded_share"]
            - 1
        ),
    },
)
