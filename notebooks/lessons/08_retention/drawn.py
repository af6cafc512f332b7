"""Exam questions on winning and keeping: what a new customer costs, when a campaign pays, whether
two shares differ beyond chance, points and per cent."""

from crm_lessons import sampling, value
from crm_lessons.course.exam.drawing import Drawn


def new_customer(draw):
    contact, answers = draw.whole(2, 9), draw.share(2, 12, 2)
    buys = draw.share(20, 60, 10)
    return Drawn(
        values={"contact": contact, "answers": answers, "buys": buys},
        right=value.acquisition_cost(contact, answers, buys),
        wrong={
            "conversion_forgotten": value.acquisition_cost(contact, answers),
            "response_forgotten": contact / buys,
            "multiplied": contact * 100 * answers * buys,
        },
    )


def response_that_pays(draw):
    contact, gain = draw.whole(2, 12), draw.whole(80, 400, 10)
    return Drawn(
        values={"contact": contact, "gain": gain},
        right=value.breakeven_response(contact, gain),
        wrong={
            "cost_taken_off_gain": contact / (gain - contact),
            "what_is_left": 1 - contact / gain,
            "ten_times": 10 * contact / gain,
        },
    )


def z_of_two(draw):
    n, other_n = draw.whole(100, 300, 50), draw.whole(100, 300, 50)
    first, second = int(n * draw.share(20, 40)), int(other_n * draw.share(8, 18))
    p, q = first / n, second / other_n
    apart = (p * (1 - p) / n) ** 0.5 + (q * (1 - q) / other_n) ** 0.5
    pooled = (first + second) / (n + other_n)
    return Drawn(
        values={"a": first, "n": n, "b": second, "m": other_n},
        right=sampling.two_prop_z(p, q, n, other_n).z,
        wrong={
            "errors_added": (p - q) / apart,
            "root_forgotten": (p - q) / (pooled * (1 - pooled) * (1 / n + 1 / other_n)),
            "one_group_only": (p - q) / (pooled * (1 - pooled) / n) ** 0.5,
        },
    )


def per_cent_of_a_rate(draw):
    before, rise = draw.share(40, 80, 5), draw.share(5, 20, 5)
    return Drawn(
        values={"before": before, "rise": rise},
        right=before * (1 + rise),
        wrong={
            "points_for_per_cent": before + rise,
            "rise_alone": before * rise,
            "of_those_who_leave": before + (1 - before) * rise,
        },
    )


def what_keeping_saves(draw):
    times = draw.one_of((2, 3, 4, 5, 6, 8, 10))
    cost = draw.whole(20, 90, 5)
    return Drawn(
        values={"times": times, "cost": cost, "new": cost * times},
        right=value.saving_from_ratio(times),
        wrong={
            "part_that_is_left": 1 / times,
            "times_less_one": float(times - 1),
            "times_for_saving": float(times),
        },
    )
