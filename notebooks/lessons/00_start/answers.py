"""What the exercises expect; ``classes`` is the `pareto.abc` of the amount."""

from crm_lessons import charts, pareto
from crm_lessons.course.answers import Answers

FIFTH = 0.20


def held_by_fifth(classes):
    return pareto.share_of_top(classes["amount"], FIFTH)


def guess_drawn(*, classes, given, revealed):
    """A guess of what the largest fifth of the customers holds, and how it is."""
    how = {"guess": given, "top": FIFTH, "revealed": revealed}
    curve = pareto.lorenz(classes["amount"])
    return charts.top_guess(curve, **how), charts.top_guess.alt(curve, **how)


guess_top_fifth = Answers(
    right=held_by_fifth,
    wrong={"half": 0.50, "all_alike": FIFTH},
    drawn=guess_drawn,
)

share_of_top_fifth = Answers(
    right=held_by_fifth,
    wrong={"quoted_eighty": 0.80, "people_for_money": FIFTH},
)
