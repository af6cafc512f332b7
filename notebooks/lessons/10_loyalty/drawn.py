"""Exam questions on loyalty: the usual interval between purchases, said and done."""

import numpy as np

from crm_lessons import value
from crm_lessons.course.exam.drawing import Drawn


def usual_interval(draw):
    gaps = draw.some(4, range(8, 40)) + [draw.whole(90, 200)]
    gaps = draw.shuffled(gaps)
    days = np.cumsum([draw.whole(1, 20), *gaps])
    return Drawn(
        values={"days": "、".join(map(str, days)), "count": len(days)},
        right=float(np.median(np.diff(days))),
        wrong={
            "mean_for_median": float(np.diff(days).mean()),
            "divided_by_purchases": float((days[-1] - days[0]) / len(days)),
            "last_gap": float(gaps[-1]),
        },
    )


def said_and_came(draw):
    said, not_said = draw.whole(40, 120, 5), draw.whole(30, 90, 5)
    came, came_too = int(said * draw.share(45, 80)), int(not_said * draw.share(15, 40))
    return Drawn(
        values={"said": said, "came": came, "others": not_said, "came_too": came_too},
        right=value.rate(came, said),
        wrong={
            "the_other_way": came / (came + came_too),
            "of_everybody": came / (said + not_said),
            "all_who_came": (came + came_too) / (said + not_said),
        },
    )


def satisfied_and_gone(draw):
    n = draw.whole(80, 240, 20)
    satisfied = int(n * draw.share(55, 80))
    left = int(satisfied * draw.share(10, 35))
    return Drawn(
        values={"n": n, "satisfied": satisfied, "left": left},
        right=value.rate(left, satisfied),
        wrong={
            "of_everybody": left / n,
            "those_who_stayed": (satisfied - left) / satisfied,
            "satisfied_share": satisfied / n,
        },
    )
