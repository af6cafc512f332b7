"""What the exercises of lesson 00 expect, computed from the bound data.

``lesson.use(...)`` binds ``classes``, the `pareto.abc` of the amount.
"""

from crm_lessons import pareto
from crm_lessons.course import drawing
from crm_lessons.course._registry import draws, expects, known_wrong

FIFTH = drawing.FIFTH

draws("00_start.guess_top_fifth")(drawing.top_fifth)


@expects("00_start.guess_top_fifth")
@expects("00_start.share_of_top_fifth")
def _(*, classes):
    return pareto.share_of_top(classes["amount"], FIFTH)


@known_wrong("00_start.guess_top_fifth", "half")
def _():
    return 0.50


@known_wrong("00_start.guess_top_fifth", "all_alike")
@known_wrong("00_start.share_of_top_fifth", "people_for_money")
def _():
    return FIFTH


@known_wrong("00_start.share_of_top_fifth", "quoted_eighty")
def _():
    return 0.80
