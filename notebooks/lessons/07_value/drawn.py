"""Exam questions on what a customer is worth: today's value, price gaps in both directions, word
of mouth, what a kindness must bring."""

from crm_lessons import value
from crm_lessons.course.exam.drawing import Drawn


def worth_today(draw):
    margin = draw.whole(200, 900, 50)
    kept, discount = draw.share(60, 90, 5), draw.share(5, 15, 5)
    return Drawn(
        values={"margin": margin, "kept": kept, "discount": discount},
        right=value.clv_discounted(margin, kept, discount),
        wrong={
            "not_discounted": value.clv_discounted(margin, kept, 0.0),
            "nobody_leaves": value.clv_discounted(margin, 1.0, discount),
            "first_year_left_out": value.clv_discounted(margin, kept, discount, first="end"),
        },
    )


def dearer_by(draw):
    rival = draw.whole(40, 95)
    own = rival + draw.whole(4, 35)
    return Drawn(
        values={"own": own, "rival": rival},
        right=value.price_gap(own, rival),
        wrong={
            "wrong_base": (own - rival) / own,
            "yuan_for_per_cent": (own - rival) / 100,
            "price_for_gap": own / rival,
        },
    )


def down_again(draw):
    before = draw.whole(40, 95)
    after = before + draw.whole(4, 35)
    up = value.price_gap(after, before)
    return Drawn(
        values={"before": before, "after": after, "up": up},
        right=-value.price_gap(before, after),
        wrong={
            "same_per_cent_back": up,
            "yuan_for_per_cent": (after - before) / 100,
            "price_for_cut": before / after,
        },
    )


def word_of_mouth(draw):
    base, told, converted = draw.whole(300, 900, 50), draw.whole(3, 9), draw.share(5, 20, 5)
    return Drawn(
        values={"base": base, "told": told, "converted": converted},
        right=value.referral_gain(base, told, converted),
        wrong={
            "all_of_them_buy": base * told,
            "one_person_only": base * converted,
            "own_value_too": base + value.referral_gain(base, told, converted),
        },
    )


def what_a_gift_needs(draw):
    gain, chance = draw.whole(40, 150, 10), draw.share(10, 40, 10)
    cost = draw.whole(2, 9) * gain // 2
    return Drawn(
        values={"cost": cost, "gain": gain, "chance": chance},
        right=value.breakeven_count(cost, gain, chance),
        wrong={
            "all_of_them_come": value.breakeven_count(cost, gain),
            "multiplied": cost / gain * chance,
            "gain_for_cost": gain / (cost * chance),
        },
    )
