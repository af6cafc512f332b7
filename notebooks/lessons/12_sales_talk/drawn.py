"""Exam questions on following up and on price: chances at a contact, weeks, cuts that must sell
more, what two observers agree on."""

import functools

import pandas as pd

from crm_lessons import classification, value
from crm_lessons.course.exam.drawing import Drawn


def more_after_a_cut(draw):
    margin, cut = draw.share(20, 60), draw.share(5, 15)
    return Drawn(
        values={"margin": margin, "cut": cut},
        right=value.discount_breakeven(margin, cut),
        wrong={
            "as_much_as_the_cut": cut,
            "of_the_old_margin": cut / margin,
            "cut_off_the_price": cut / (1 - cut),
        },
    )


def chance_here(draw):
    leads = draw.whole(200, 500, 50)
    reached = int(leads * draw.share(20, 45))
    deals = int(reached * draw.share(6, 20)) + 1
    all_deals = deals + draw.whole(20, 60)
    return Drawn(
        values={"leads": leads, "reached": reached, "deals": deals, "all": all_deals},
        right=value.rate(deals, reached),
        wrong={
            "share_of_deals": deals / all_deals,
            "of_all_leads": deals / leads,
            "reached_share": reached / leads,
        },
    )


def weeks_until(draw):
    contact, gap = draw.whole(4, 20), draw.whole(2, 6)
    return Drawn(
        values={"contact": contact, "gap": gap},
        right=(contact - 1) * gap,
        wrong={
            "counts_the_first": contact * gap,
            "days_for_weeks": 7 * (contact - 1) * gap,
            "contacts_for_weeks": contact - 1,
        },
    )


@functools.cache
def agreed(both, first, second, neither):
    """Cohen's kappa of two observers who said yes or no, from the four counts."""
    counts = (both, first, second, neither)
    one = pd.Series([told for told, n in zip("yynn", counts, strict=True) for _ in range(n)])
    other = pd.Series([told for told, n in zip("ynyn", counts, strict=True) for _ in range(n)])
    return classification.cohen_kappa(one, other, weights=None)


def two_observers(draw):
    both, neither = draw.whole(10, 22, 6), draw.whole(4, 12, 4)
    first, second = draw.whole(1, 5, 2), draw.whole(1, 5, 2)
    n = both + first + second + neither
    return Drawn(
        values={"both": both, "first": first, "second": second, "neither": neither, "n": n},
        right=100 * agreed(both, first, second, neither),
        wrong={
            "agreement_for_kappa": 100 * (both + neither) / n,
            "met_by_both": 100 * both / n,
            "twice_less_one": 100 * (2 * (both + neither) / n - 1),
        },
    )


def cost_of_going_on(draw):
    profit, cost = draw.whole(600, 2400, 100), draw.whole(20, 80, 5)
    return Drawn(
        values={"profit": profit, "cost": cost},
        right=value.breakeven_response(cost, profit),
        wrong={
            "half_the_profit": 2 * cost / profit,
            "ten_times": 10 * cost / profit,
            "what_is_left": 1 - cost / profit,
        },
    )
