"""Exam questions on 80/20 and ABC: customers with drawn amounts, answers by the room `pareto`."""

import numpy as np
import pandas as pd

from crm_lessons import pareto
from crm_lessons.course.exam.drawing import Drawn

EIGHTY = 0.80


def customers(draw, count):
    """So many customers with amounts in hundreds that differ, a few of them large."""
    large = draw.some(2, range(2500, 9000, 100))
    small = draw.some(count - 2, range(200, 2000, 100))
    names = [f"C{place:02}" for place in range(1, count + 1)]
    amounts = np.array(draw.shuffled([*large, *small]), dtype="float64")
    return pd.Series(amounts, pd.Index(names, name="customer_id"), name="amount")


def reached_after(amounts, share):
    """After how many customers, taken as they stand, the share is reached."""
    return int((np.cumsum(amounts) < share * np.sum(amounts)).sum()) + 1


def top_fifth(draw):
    amounts = customers(draw, 10)
    told, in_order = amounts.to_numpy(), np.sort(amounts.to_numpy())
    return Drawn(
        values={},
        right=pareto.share_of_top(amounts, 0.20),
        wrong={
            "quoted_eighty": EIGHTY,
            "first_rows": told[:2].sum() / told.sum(),
            "smallest": in_order[:2].sum() / told.sum(),
            "largest_alone": in_order[-1] / told.sum(),
        },
        table=amounts.to_frame(),
    )


def class_of_one(draw):
    amounts = customers(draw, 8)
    cut = draw.share(70, 80, 5)
    who = draw.one_of(list(amounts.index))
    right = str(pareto.abc(amounts, a_share=cut, b_share=0.95 - cut)["class"][who])
    return Drawn(
        values={"who": who, "a": cut, "ab": 0.95},
        right=right,
        wrong={one: one for one in pareto.CLASSES if one != right},
        table=amounts.to_frame(),
    )


def size_of_a(draw):
    amounts = customers(draw, 10)
    cut = draw.share(60, 80, 5)
    # Whoever crosses the line belongs to A: so many hold at least that share.
    right = pareto.customers_for_share(amounts, cut)
    return Drawn(
        values={"cut": cut},
        right=right,
        wrong={
            "crossing_left_out": right - 1,
            "share_of_heads": round(cut * len(amounts)),
            "unsorted": reached_after(amounts.to_numpy(), cut),
        },
        table=amounts.to_frame(),
    )


def how_many_hold(draw):
    amounts = customers(draw, 10)
    share = draw.share(50, 90, 10)
    return Drawn(
        values={"share": share},
        right=pareto.customers_for_share(amounts, share),
        wrong={
            "share_of_heads": round(share * len(amounts)),
            "from_the_smallest": reached_after(np.sort(amounts.to_numpy()), share),
        },
        table=amounts.to_frame(),
    )


def gini_of_four(draw):
    amounts = pd.Series(sorted(draw.some(4, range(100, 2100, 100))), list("abcd"), dtype="float64")
    right = 100 * pareto.gini(amounts)
    spread = (amounts["d"] - amounts["a"]) / amounts.sum()
    return Drawn(
        values=dict(amounts),
        right=right,
        wrong={
            "one_minus": 100 - right,
            "range_for_gini": 100 * spread,
            "largest_share": 100 * amounts["d"] / amounts.sum(),
        },
    )
