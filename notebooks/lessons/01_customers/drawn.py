"""An exam question on counting customers: two lists, and who stands on both."""

import functools

import pandas as pd

from crm_lessons import records
from crm_lessons.course.exam.drawing import Drawn


@functools.cache
def people(first, second, both):
    """How many people two lists name, by `records.clusters` of those who stand on both."""
    pairs = pd.DataFrame({"record": [f"a{n}" for n in range(both)]})
    pairs["other_record"] = [f"b{n}" for n in range(both)]
    found = records.clusters(pairs.assign(probability=1.0))
    return first + second - len(found) + found["cluster"].nunique()


def counted_once(draw):
    first, second, both = draw.whole(50, 300), draw.whole(40, 200), draw.whole(8, 30)
    return Drawn(
        values={"first": first, "second": second, "both": both},
        right=people(first, second, both),
        wrong={
            "counted_twice": first + second,
            "left_out_altogether": first + second - 2 * both,
            "on_both": both,
        },
    )
