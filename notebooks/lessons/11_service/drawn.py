"""Exam questions on service: shares in time, work in hand, people needed, waits within a limit."""

import functools

import pandas as pd

from crm_lessons import service
from crm_lessons.course.exam.drawing import Drawn

WINDOW = 30  # minutes
GOAL = 0.80


@functools.cache
def share_in_time(kept, late, unanswered, undecided):
    """By `service.in_time`; what is not due yet is not decided."""
    counts = (kept, late, unanswered, undecided)
    parts = (("kept", True, True), ("late", True, True), ("late", False, True))
    parts += (("open", False, False),)
    rows = [part for part, n in zip(parts, counts, strict=True) for _ in range(n)]
    judged = pd.DataFrame(rows, columns=["verdict", "stopped", "decided"])
    return float(service.in_time(judged)["share"].iloc[0])


def answered_in_time(draw):
    kept, late = draw.whole(20, 60, 5), draw.whole(3, 15, 3)
    unanswered, undecided = draw.whole(2, 10, 2), draw.whole(2, 8, 2)
    everything = kept + late + unanswered + undecided
    return Drawn(
        values={"all": everything, "kept": kept, "late": late, "none": unanswered}
        | {"open": undecided},
        right=share_in_time(kept, late, unanswered, undecided),
        wrong={
            "only_the_answered": kept / (kept + late),
            "not_due_for_late": kept / everything,
            "answered_at_all": (kept + late) / (kept + late + unanswered),
        },
    )


@functools.cache
def staffed(arriving, handling, limit):
    """What `service.queue` gives for each number of people."""
    return service.queue(arriving, list(range(1, 16)), handling=handling, limit=limit)


def work_in_hand(draw):
    arriving, handling = draw.whole(12, 60, 3), draw.one_of((2, 3, 4, 5, 6))
    found = staffed(arriving, handling, 1.0)
    return Drawn(
        values={"arriving": arriving, "handling": handling, "window": WINDOW},
        right=float(found["load"].iloc[0]),
        wrong={
            "minutes_for_people": arriving * handling,
            "an_hour_for_half": arriving * handling / 60,
            "divided": arriving / handling,
        },
    )


def people_for_goal(draw):
    arriving, handling = draw.whole(10, 45), draw.one_of((3, 4, 5))
    found = staffed(arriving, handling, 1.0)
    agents, in_time = found["agents"].to_numpy(), found["in_time"].to_numpy()
    load = float(found["load"].iloc[0])
    right = int(agents[in_time >= GOAL][0])
    least = int(load) + 1
    shown = found.loc[(agents >= least) & (agents <= right + 2), ["agents", "in_time"]]
    return Drawn(
        values={"arriving": arriving, "handling": handling, "window": WINDOW, "goal": GOAL},
        right=right,
        wrong={"enough_for_the_work": least, "one_short": right - 1, "one_too_many": right + 1},
        table=shown.reset_index(drop=True),
    )


def within_the_limit(draw):
    limit = draw.one_of((3, 5, 10))
    at = [60 * limit] * draw.whole(1, 3)
    early = [60 * limit - one for one in draw.some(draw.whole(3, 6), range(5, 55 * limit))]
    late = [60 * limit + one for one in draw.some(draw.whole(2, 4), range(1, 200))]
    waits = draw.shuffled([*at, *early, *late])
    told = "、".join(f"{one // 60}:{one % 60:02}" for one in waits)
    return Drawn(
        values={"limit": limit, "waits": told, "count": len(waits)},
        right=len(at) + len(early),
        wrong={
            "limit_is_late": len(early),
            "late_ones": len(late),
            "all_of_them": len(waits),
        },
    )
