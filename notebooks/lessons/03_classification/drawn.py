"""Exam questions on classes: recency scores, agreement beyond chance, lists that overlap."""

import functools

import pandas as pd

from crm_lessons import classification
from crm_lessons.course.exam.drawing import Drawn

LIMITS = ((30, 90, 180, 365), (14, 60, 120, 240))


@functools.cache
def recency(days, limits):
    """The R score of days since the last purchase, by `classification.rfm`."""
    people = pd.DataFrame({"recency_days": [days], "orders": [1], "amount": [1.0]})
    return int(classification.rfm(people, cuts={"recency_days": list(limits)})["r"].iloc[0])


def recency_score(draw):
    limits = draw.one_of(LIMITS)
    place = draw.whole(0, 4)
    ends = (0, *limits, limits[-1] + 60)
    days = draw.one_of((draw.whole(ends[place] + 1, ends[place + 1]), ends[place + 1]))
    right = recency(days, limits)
    return Drawn(
        values={"days": days, **dict(zip("abcd", limits, strict=True))},
        right=right,
        wrong={
            "wrong_way_round": 6 - right,
            "limit_left_out": right - 1 if right > 1 else right + 1,
        },
    )


@functools.cache
def kappa(both, first, second, neither):
    """Cohen's kappa of two yes-or-no labels from the four counts."""
    counts = (both, first, second, neither)
    one = pd.Series([told for told, n in zip("yynn", counts, strict=True) for _ in range(n)])
    other = pd.Series([told for told, n in zip("ynyn", counts, strict=True) for _ in range(n)])
    return classification.cohen_kappa(one, other, weights=None)


def two_colleagues(draw):
    both, neither = draw.whole(10, 40, 10), draw.whole(30, 80, 10)
    first, second = draw.whole(2, 10, 4), draw.whole(4, 12, 4)
    total = both + first + second + neither
    agreed = (both + neither) / total
    yes = ((both + first) / total, (both + second) / total)
    chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    return Drawn(
        values={"both": both, "first": first, "second": second, "neither": neither, "n": total},
        right=100 * kappa(both, first, second, neither),
        wrong={
            "agreement_for_kappa": 100 * agreed,
            "chance_for_kappa": 100 * chance,
            "not_divided": 100 * (agreed - chance),
        },
    )


@functools.cache
def overlap(first, second, both):
    """Jaccard's overlap of two lists of these sizes."""
    everybody = first + second - both
    one = pd.Series([place < first for place in range(everybody)])
    other = pd.Series([place >= first - both for place in range(everybody)])
    return classification.jaccard(one, other)


def lists_overlap(draw):
    first, second = draw.whole(30, 60, 10), draw.whole(20, 50, 10)
    both = draw.whole(5, 15, 5)
    return Drawn(
        values={"first": first, "second": second, "both": both},
        right=overlap(first, second, both),
        wrong={
            "of_one_list": both / first,
            "counted_twice": both / (first + second),
            "of_the_other_list": both / second,
        },
    )
