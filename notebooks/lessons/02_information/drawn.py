"""Exam questions on records: people hidden in groups, pairs that are one person, filled fields."""

import functools

import pandas as pd

from crm_lessons import records, value
from crm_lessons.course.exam.drawing import Drawn
from crm_lessons.course.item import Text

K = 5
FIELDS = (Text("手机号", "telephone number"), Text("地址", "address"), Text("生日", "birthday"))


@functools.cache
def below(sizes, k):
    """The share of people in groups of fewer than k, by `records.group_sizes`."""
    table = pd.DataFrame({"group": [n for n, size in enumerate(sizes) for _ in range(size)]})
    return float((records.group_sizes(table, ["group"]) < k).mean())


def too_small_groups(draw):
    sizes = tuple(draw.some(4, (1, 2, 3, 4, 5, 6, 8, 12, 15, 20)))
    small = sum(size < K for size in sizes)
    return Drawn(
        values={**dict(zip("abcd", sizes, strict=True)), "k": K, "groups": len(sizes)},
        right=below(tuple(sorted(sizes)), K),
        wrong={
            "counts_groups": small / len(sizes),
            "k_itself_too": below(tuple(sorted(sizes)), K + 1),
            "the_safe_ones": 1 - below(tuple(sorted(sizes)), K),
        },
    )


@functools.cache
def people_left(pairs, threes):
    """Of how many records too many there are, by `records.clusters`."""
    said = [(f"p{n}a", f"p{n}b") for n in range(pairs)]
    said += [one for n in range(threes) for one in ((f"t{n}a", f"t{n}b"), (f"t{n}b", f"t{n}c"))]
    told = pd.DataFrame(said, columns=["record", "other_record"]).assign(probability=1.0)
    found = records.clusters(told)
    return len(found) - found["cluster"].nunique()


def how_many_people(draw):
    count, pairs, threes = draw.whole(40, 200, 10), draw.whole(2, 9), draw.whole(1, 5)
    return Drawn(
        values={"count": count, "pairs": pairs, "threes": threes},
        right=count - people_left(pairs, threes),
        wrong={
            "all_doubled_removed": count - 2 * pairs - 3 * threes,
            "one_for_each_group": count - pairs - threes,
            "groups_for_people": pairs + threes,
        },
    )


def completeness(draw):
    count, blank, dashes = draw.whole(40, 120, 5), draw.whole(4, 18), draw.whole(3, 12)
    return Drawn(
        values={
            "count": count,
            "blank": blank,
            "dashes": dashes,
            "field": draw.one_of(FIELDS),
        },
        right=value.rate(count - blank - dashes, count),
        wrong={
            "dashes_for_content": (count - blank) / count,
            "share_lacking": (blank + dashes) / count,
            "lacking_to_filled": (blank + dashes) / (count - blank - dashes),
        },
    )
