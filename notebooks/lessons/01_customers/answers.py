"""What the exercises expect, computed from what the lesson binds.

matrix
    Ten people × four readings: whether each is a customer.
two
    The lists of buyers and of enquiries: how many stand on each, and on both.
counts
    `classification.definition_counts` of these data.
twelve
    Twelve definitions of CRM.
claims
    The register of statements.
"""

from pathlib import Path

import pandas as pd
import yaml

from crm_lessons.course.answers import Answers

DEFINITIONS = yaml.safe_load((Path(__file__).parent / "definitions.yaml").read_text("utf-8"))


def heads(matrix):
    return pd.DataFrame({"customers": matrix.sum().astype("float64")})


def with_one(matrix, who, reading):
    """As if one more were a customer by one of the readings."""
    return heads(matrix.assign(**{reading: matrix[reading] | (matrix.index == who)}))


ten_people = Answers(
    right=heads,
    wrong={
        "gone_left_out": lambda matrix: heads(matrix[matrix.index != "moved_away"]),
        "neighbour_too": lambda matrix: with_one(matrix, "neighbour", "may_buy"),
        "need_is_enough": lambda matrix: with_one(matrix, "cannot_pay", "need_and_power"),
    },
)

bought_or_asked = Answers(
    right=lambda two: (
        two.loc["buyers", "people"] + two.loc["enquiries", "people"] - two.loc["on_both", "people"]
    ),
    wrong={
        "added_up": lambda two: two.loc["buyers", "people"] + two.loc["enquiries", "people"],
        "only_new": lambda two: two.loc["enquiries", "people"] - two.loc["on_both", "people"],
    },
)


def speaking_of(*sides):
    return {one for one, tags in DEFINITIONS.items() if set(tags) & set(sides)}


speaks_of_technology = Answers(
    offered=lambda twelve: twelve,
    right=lambda: speaking_of("technology"),
    wrong={
        "process_too": lambda: speaking_of("technology", "process"),
        "only_technology": lambda: {"b"},
    },
)

RETENTION, MORE = 0.80, 0.05  # as the question says

five_percent = Answers(
    right=lambda: RETENTION * (1 + MORE),
    wrong={
        "as_points": lambda: RETENTION + MORE,
        "of_leavers": lambda: 1 - (1 - RETENTION) * (1 - MORE),
    },
)

MODULES = ["sales", "marketing", "service", "customer_information", "reports"]  # by voice

five_voices = Answers(
    wrong={
        "customer_to_service": [*MODULES[:2], MODULES[3], MODULES[2], MODULES[4]],
        "reports_for_marketing": [MODULES[0], MODULES[4], *MODULES[2:4], MODULES[1]],
    },
)

STEPS = ["needs", "selection", "configuration", "migration", "tests", "go_live", "operation"]


def swapped(one, other):
    order = list(STEPS)
    a, b = order.index(one), order.index(other)
    order[a], order[b] = order[b], order[a]
    return order


seven_steps = Answers(
    wrong={
        "bought_first": swapped("needs", "selection"),
        "tested_before_data": swapped("migration", "tests"),
    },
)

four_claims = Answers(
    wrong={
        "source_and_counted": ["unit", "source", "counted", "other_way"],
        "unit_and_reversed": ["other_way", "counted", "source", "unit"],
    },
)

# Of an open question: the points that are found, and no others.
say_crm = Answers(
    wrong={"tool_alone": {"found": ["tool"]}, "praise_alone": {"found": ["satisfaction"]}},
)

say_modules = Answers(
    wrong={
        "sales_alone": {"found": ["sales"]},
        "front_only": {"found": ["sales", "marketing", "service"]},
    },
)

say_steps = Answers(
    wrong={
        "buy_and_train": {"found": ["selection", "go_live"]},
        "no_check": {"found": ["needs", "selection", "configuration", "go_live"]},
    },
)
