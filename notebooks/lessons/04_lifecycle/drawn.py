"""Exam questions on coming, staying and leaving: rates over a period, what a contact changes."""

from crm_lessons import sampling, value
from crm_lessons.course.exam.drawing import Drawn

MONTHS = 12


def retention_rate(draw):
    start, new = draw.whole(200, 600, 20), draw.whole(30, 120, 10)
    kept = int(start * draw.share(55, 90))
    return Drawn(
        values={"start": start, "new": new, "end": kept + new},
        right=value.rate(kept, start),
        wrong={
            "newcomers_counted": (kept + new) / start,
            "of_the_end": kept / (kept + new),
            "share_lost": (start - kept) / start,
        },
    )


def churn_of_year(draw):
    monthly = draw.whole(5, 90) / 1000
    kept = float((1 - monthly) ** MONTHS)
    return Drawn(
        values={"monthly": monthly},
        right=1 - kept,
        wrong={
            "twelve_times": MONTHS * monthly,
            "those_who_stay": kept,
            "same_a_year": monthly,
        },
    )


def how_long_they_stay(draw):
    leave = draw.one_of((0.05, 0.1, 0.125, 0.2, 0.25, 0.4))
    return Drawn(
        values={"kept": 1 - leave, "customers": draw.whole(100, 900, 50)},
        right=value.expected_periods(1 - leave),
        wrong={
            "share_for_years": 1 / (1 - leave),
            "half_of_it": 0.5 / leave,
            "first_year_left_out": (1 - leave) / leave,
        },
    )


def what_calls_change(draw):
    called, left = draw.whole(100, 300, 50), draw.whole(100, 300, 50)
    came_called, came_left = int(called * draw.share(14, 30)), int(left * draw.share(5, 12))
    found = sampling.difference(came_called, called, came_left, left)
    return Drawn(
        values={"called": called, "a": came_called, "left": left, "b": came_left},
        right=found.difference,
        wrong={
            "control_forgotten": came_called / called,
            "per_cent_for_points": found.first / found.second - 1,
            "counts_for_shares": (came_called - came_left) / called,
        },
    )
