"""What the exercises expect; ``classes`` is the `pareto.abc` of the amount, ``silent`` the days
since each customer bought last."""

from crm_lessons.course.answers import Answers

FIFTH = 0.20


def swapped(item, first, second):
    """The right order with two steps exchanged."""
    order = list(item)
    one, other = order.index(first), order.index(second)
    order[one], order[other] = order[other], order[one]
    return order


STEPS = ["check_file", "make_reports", "read_set_aside", "write_plan", "check_figures", "let_mark"]

steps = Answers(
    wrong={
        "wrote_first": swapped(STEPS, "make_reports", "write_plan"),
        "checked_unwritten": swapped(STEPS, "write_plan", "check_figures"),
    },
)

a_customers = Answers(
    right=lambda classes: int((classes["class"] == "A").sum()),
    wrong={
        "fifth_of_people": lambda classes: round(FIFTH * len(classes)),
        "share_of_people": lambda classes, a_share: round(a_share * len(classes)),
    },
)

lost_share = Answers(
    right=lambda silent, churn_days: float((silent > churn_days).mean()),
    wrong={
        "still_there": lambda silent, churn_days: float((silent <= churn_days).mean()),
        "half_the_days": lambda silent, churn_days: float((silent > churn_days / 2).mean()),
    },
)

more_to_sell = Answers(
    right=lambda margin, price_cut: price_cut / (margin - price_cut),
    wrong={
        "as_much_as_the_cut": lambda price_cut: price_cut,
        "over_the_margin": lambda margin, price_cut: price_cut / margin,
    },
)

one_page = Answers(
    wrong={"figures_alone": {"found": ["figures"]}, "deeds_alone": {"found": ["who_and_when"]}},
)
