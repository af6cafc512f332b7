"""What a classification scheme is: a small declared rule from customers to classes.

A rule takes one row per customer and says of each which class it belongs to. It guesses nothing:
where a column that decides is empty, the class is missing. Conditions are therefore three-valued
(yes, no, cannot be told), and `decide` asks them one after the other.

以上 and 以下 include the number itself; each rule states on which side of a threshold a customer
who stands exactly on it falls.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.pareto.shares import below

ORDERED, NOMINAL, FLAG = "ordered", "nominal", "flag"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Scheme:
    """A way of classing customers.

    ``classes`` stand from the highest to the lowest; empty means that they are whatever values
    the one column needed holds. ``notes`` is the place in the training notes (curriculum A).
    """

    id: str
    rule: Callable[..., pd.Series]
    needs: tuple[str, ...]
    classes: tuple[str, ...] = ()
    kind: str = NOMINAL
    notes: str = ""

    @property
    def thresholds(self) -> dict[str, object]:
        """The rule's thresholds by name, with their defaults.

        >>> from crm_lessons.classification.subjects import _behaviour
        >>> _behaviour.SCHEMES[0].thresholds
        {'dormant_after': 90, 'lost_after': 365}
        """
        given = inspect.signature(self.rule).parameters.values()
        return {p.name: p.default for p in given if p.kind is p.KEYWORD_ONLY}


def flag(id: str, rule: Callable[..., pd.Series], needs: tuple[str, ...], notes: str) -> Scheme:
    """A scheme that says yes or no."""
    return Scheme(id, rule, needs, (YES, NO), FLAG, notes)


def decide(people: pd.DataFrame, cases: Mapping[str, pd.Series | bool]) -> pd.Series:
    """The first class whose condition holds; missing as soon as a condition cannot be told.

    ``cases`` maps a class to its condition, in the order in which they are asked.

    >>> people = pd.DataFrame({"recency_days": [10, 400, None]}, index=["1", "2", "3"])
    >>> days = number(people, "recency_days")
    >>> decide(people, {"active": days <= 90, "lost": True}).to_dict()
    {'1': 'active', '2': 'lost', '3': nan}
    """
    found = pd.Series(None, index=people.index, dtype="str")
    unasked = pd.Series(True, index=people.index)
    for name, condition in cases.items():
        holds = pd.Series(condition, index=people.index, dtype="boolean")
        found = found.mask(unasked & holds.fillna(False).astype("bool"), name)
        unasked &= ~holds.fillna(True).astype("bool")
    return found


def answer(people: pd.DataFrame, condition: pd.Series) -> pd.Series:
    """``yes`` or ``no``, missing where the condition cannot be told."""
    return decide(people, {YES: condition, NO: True})


def number(people: pd.DataFrame, column: str) -> pd.Series:
    """A column of numbers whose comparisons answer "cannot be told" where it is empty."""
    return people[column].astype("Float64")


def truth(people: pd.DataFrame, column: str) -> pd.Series:
    """A column of yes and no that may be empty."""
    return people[column].astype("boolean")


def among_top(values: pd.Series, share: float) -> pd.Series:
    """Whether fewer than ``share`` of the customers have more: the customer is among the top.

    Equal values stand together. Exactly ``share`` before a customer means no longer among them;
    the largest always is. Missing values are not counted and stay missing.

    >>> among_top(pd.Series([50.0, 40.0, 40.0, 10.0]), 0.5).to_list()
    [True, True, True, False]
    """
    if not 0 < share <= 1:
        raise CrmError("share_out_of_range", share=share)
    known = values.astype("Float64")
    before = (known.rank(method="min", ascending=False) - 1) / known.count()
    inside = below(before.fillna(1.0).to_numpy(dtype="float64"), share)
    return pd.Series(inside, index=values.index, dtype="boolean").mask(known.isna())


def check_rising(**thresholds: float) -> None:
    """Refuse thresholds that cross: each may not lie above the next."""
    names, values = list(thresholds), list(thresholds.values())
    for place in range(len(values) - 1):
        if values[place] > values[place + 1]:
            raise CrmError(
                "thresholds_cross",
                lower=names[place],
                lower_value=values[place],
                upper=names[place + 1],
                upper_value=values[place + 1],
            )
