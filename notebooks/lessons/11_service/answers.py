"""What the exercises expect, computed from what the lesson binds.

day
    How many chats of the day there were, were answered in time by people and with the machine, and
    never.
agents
    Agents as they are and on like work.
peak, wanted
    The busiest half-hour with 1, 2, 3 … agents; the share that is wanted.
reasons
    Complaints by reason, with ABC classes.
stages
    The stages of repair jobs.
marks
    Items of a check list: how far two observers agree, and how often each was met.
"""

import numpy as np
import pandas as pd

from crm_lessons.course.answers import Answers

from . import reviews as told

LIMIT = pd.Timedelta(minutes=5)
# Asked, what the machine said, and what a person said.
CHATS = pd.DataFrame.from_dict(
    {
        "C1": ("20:00:00", "20:00:01", "20:05:00"),
        "C2": ("20:10:00", "20:10:02", "20:15:01"),
        "C3": ("20:31:00", "20:31:01", ""),
        "C4": ("21:02:10", "", "21:04:40"),
        "C5": ("21:15:20", "21:15:21", "21:31:05"),
        "C6": ("21:56:30", "", ""),
    },
    orient="index",
    columns=["asked_at", "automatic_at", "answered_at"],
).rename_axis("chat_id")


def waited(column):
    at = pd.to_datetime(CHATS[column].replace("", None), format="%H:%M:%S")
    return at - pd.to_datetime(CHATS["asked_at"], format="%H:%M:%S")


def chats(mask):
    return set(CHATS.index[mask])


at_the_limit = Answers(
    offered=lambda: CHATS,
    right=lambda: chats(waited("answered_at") <= LIMIT),
    wrong={
        "edge_out": lambda: chats(waited("answered_at") < LIMIT),
        "automatic_too": lambda: chats(
            (waited("answered_at") <= LIMIT) | (waited("automatic_at") <= LIMIT)
        ),
        "seconds_dropped": lambda: chats(waited("answered_at").dt.floor("min") <= LIMIT),
    },
)

share_by_people = Answers(
    right=lambda day: day["by_people"] / day["n"],
    wrong={
        "with_machine": lambda day: day["with_machine"] / day["n"],
        "never_forgotten": lambda day: day["by_people"] / (day["n"] - day["unanswered"]),
    },
)


def shown(*, agents):
    columns = ["chats", "in_time_share", "night_share", "like_share", "lower", "upper"]
    return agents[columns].sort_index()


def overall(agents):
    return np.average(agents["in_time_share"], weights=agents["chats"])


who_is_slow = Answers(
    offered=shown,
    right=lambda agents: set(agents.index[agents["verdict"] == "worse"]),
    wrong={
        "lowest_as_it_is": lambda agents: {agents["in_time_share"].sort_index().idxmin()},
        "below_all": lambda agents: set(agents.index[agents["in_time_share"] < overall(agents)]),
    },
)


def fewest(*, peak, wanted):
    return int(peak.index[peak["in_time"] >= wanted].min())


people_at_peak = Answers(
    right=fewest,
    wrong={
        "chats_for_people": lambda peak: int(np.ceil(peak["load"].iloc[0])),
        "one_less": lambda peak, wanted: fewest(peak=peak, wanted=wanted) - 1,
    },
)


def without_the_crossing(*, reasons):
    in_a = reasons[reasons["class"] == "A"]
    return set(in_a.index) - {in_a["cumulative_share"].sort_index().idxmax()}


reasons_first = Answers(
    offered=lambda reasons: reasons[["cases", "share"]].sort_index(),
    right=lambda reasons: set(reasons.index[reasons["class"] == "A"]),
    wrong={
        "first_only": lambda reasons: {reasons["share"].sort_index().idxmax()},
        "crossing_out": without_the_crossing,
    },
)


def first_of(table, column):
    return set(table[column].sort_index().nlargest(1).index)


praise = Answers(
    offered=shown,
    right=lambda agents: set(agents.index[agents["verdict"] == "better"]),
    wrong={
        "best_as_it_is": lambda agents: first_of(agents, "in_time_share"),
        "best_on_like": lambda agents: first_of(agents, "like_share"),
    },
)


def blamed(*causes):
    found = told.numbered()["cause"]
    return set(found.index[found.isin(causes)])


def only_ours():
    """Those of our own fault in which nobody else had a part."""
    every = told.numbered()
    return blamed("service") - set(every.index[every["by_courier"]])


def one_star():
    every = told.numbered()
    return set(every.index[every["stars"] == 1])


own_fault = Answers(
    offered=lambda: told.numbered()[["text", "stars"]],
    right=lambda: blamed("service"),
    wrong={
        "one_star": one_star,
        "courier_too": lambda: blamed("service", "courier"),
        "courier_excuse": only_ours,
    },
)


DUTIES = ["booking", "reception", "diagnosis", "quote", "hand_over"]
DUTIES += ["progress", "extra_work", "final_check", "hand_back", "call_back", "filing"]


def swapped(one, other):
    order = list(DUTIES)
    a, b = order.index(one), order.index(other)
    order[a], order[b] = order[b], order[a]
    return order


twelve_duties = Answers(
    wrong={
        "work_before_quote": swapped("quote", "hand_over"),
        "extra_after_check": swapped("extra_work", "final_check"),
    },
)


def stage_rows(*, stages):
    shown = stages[["waiting", "mean", "p50", "p90"]].sort_index()
    return shown.rename(columns={"mean": "mean_minutes"})


def longest(table, column):
    return {table[column].sort_index().idxmax()}


where_it_waits = Answers(
    offered=stage_rows,
    right=lambda stages: longest(stages[stages["waiting"]], "mean"),
    wrong={
        "longest_of_all": lambda stages: longest(stages, "mean"),
        "worst_tenth": lambda stages: longest(stages[stages["waiting"]], "p90"),
    },
)


def least(table, column):
    return set(table[column].sort_index().nsmallest(1).index)


which_item = Answers(
    offered=lambda marks: marks.sort_index(),
    right=lambda marks: least(marks, "kappa"),
    wrong={
        "least_alike": lambda marks: least(marks, "agreement"),
        "least_met": lambda marks: least(marks, "met_share"),
    },
)
