"""Where customers come from and why: sources, reasons of an enquiry, need (A6.2, A6.5, A13)."""

import pandas as pd

from crm_lessons.classification.rules import ORDERED, Scheme, decide, truth

REASONS = ("new_product", "unhappy_with_supplier", "demand_grows", "better_offer")


def source(people: pd.DataFrame) -> pd.Series:
    """The source as recorded: organic traffic, advertising, word of mouth …

    >>> source(pd.DataFrame({"source": ["organic", None]})).to_list()
    ['organic', nan]
    """
    return people["source"]


def enquiry_reason(people: pd.DataFrame) -> pd.Series:
    """Why a new customer made contact, the four cases of the notes, as recorded.

    >>> enquiry_reason(pd.DataFrame({"reason": ["demand_grows", None]})).to_list()
    ['demand_grows', nan]
    """
    return people["reason"]


def need(people: pd.DataFrame) -> pd.Series:
    """Target (need and purchasing power), potential (need, no power yet), or no need.

    A lead of whom it is not known whether there is a need, or with a need and unknown power, is
    missing.

    >>> people = pd.DataFrame(
    ...     {"has_need": [True, True, False, None], "has_power": [True, False, None, True]})
    >>> need(people).to_list()
    ['target', 'potential', 'no_need', nan]
    """
    wanted, able = truth(people, "has_need"), truth(people, "has_power")
    return decide(people, {"no_need": ~wanted, "target": wanted & able, "potential": True})


SCHEMES = (
    Scheme("source", source, ("source",), notes="A6.5"),
    Scheme("enquiry_reason", enquiry_reason, ("reason",), REASONS, notes="A13.4"),
    Scheme(
        "need", need, ("has_need", "has_power"), ("target", "potential", "no_need"), ORDERED, "A6.2"
    ),
)
