"""Exam questions on surveys: promoters less detractors, top-two-box, what an interval allows, how
many answers are needed."""

import functools

import pandas as pd

from crm_lessons import sampling, survey, value
from crm_lessons.course.exam.drawing import Drawn

TARGET = 0.70


@functools.cache
def net_promoters(promoters, passives, detractors):
    """The net promoter score of so many answers, in points, by `survey.nps`."""
    answers = pd.Series([9.0] * promoters + [7.0] * passives + [3.0] * detractors)
    return float(survey.nps(answers)["nps"].iloc[0])


def net_promoter_score(draw):
    promoters, passives, detractors = (draw.whole(*ends) for ends in ((10, 26), (4, 14), (2, 9)))
    n = promoters + passives + detractors
    return Drawn(
        values={"p": promoters, "s": passives, "d": detractors, "n": n},
        right=net_promoters(promoters, passives, detractors),
        wrong={
            "promoters_alone": 100 * promoters / n,
            "sevens_are_promoters": 100 * (promoters + passives - detractors) / n,
            "passives_left_out": 100 * (promoters - detractors) / (promoters + detractors),
            "counts_for_points": promoters - detractors,
        },
    )


def top_two(draw):
    five, four, three, low = (draw.whole(*ends) for ends in ((8, 30), (10, 30), (4, 15), (2, 12)))
    blank = draw.whole(3, 12)
    answered = five + four + three + low
    return Drawn(
        values={"five": five, "four": four, "three": three, "low": low, "blank": blank},
        right=value.rate(five + four, answered),
        wrong={
            "blanks_for_no": (five + four) / (answered + blank),
            "fives_only": five / answered,
            "threes_too": (five + four + three) / answered,
        },
    )


def shown_above(draw):
    few, many = draw.whole(6, 12), draw.whole(120, 260, 20)
    good = (few - draw.whole(0, 1), int(many * draw.share(66, 86)))
    shown = [sampling.wilson(k, n)[0] > TARGET for k, n in zip(good, (few, many), strict=True)]
    right = {(True, True): "both", (True, False): "few", (False, True): "many"}.get(
        tuple(shown), "neither"
    )
    return Drawn(
        values={"a": good[0], "n": few, "b": good[1], "m": many, "target": TARGET},
        right=right,
        wrong={one: one for one in ("few", "many", "both", "neither") if one != right},
    )


def answers_needed_for(draw):
    width, sd = draw.one_of((0.05, 0.1, 0.15, 0.2)), draw.whole(6, 14) / 10
    right = survey.answers_for_width(width, sd=sd)
    return Drawn(
        values={"width": width, "sd": sd},
        right=right,
        wrong={
            "not_squared": round(1.96 * sd / width),
            "whole_width": survey.answers_for_width(width / 2, sd=sd),
            "without_confidence": round((sd / width) ** 2),
        },
    )
