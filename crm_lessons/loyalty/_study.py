"""A survey alone, or a survey and orders: everything the lesson and the report need, once.

What the data do not permit is None, and ``lacking`` says why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from crm_lessons import customers, pareto
from crm_lessons.errors import CrmError
from crm_lessons.loyalty._classes import cells, loyalty_class
from crm_lessons.loyalty._indicators import (
    EQUAL,
    LEVELS,
    five_levels,
    indicators,
    loyalty_index,
)
from crm_lessons.sampling import SEED
from crm_lessons.survey import (
    Drivers,
    Responses,
    check_scope,
    drivers,
    importance_performance,
    scope_of_orders,
    scores,
)
from crm_lessons.survey.recommending import OF_TEN, WITH_A_WORD, scale_of_recommending

# Why a part is missing; a lesson has a sentence for each.
NO_ORDERS, NO_IDS, NO_DATES, NO_MATCH = "orders", "ids", "dates", "match"
THREE = (0.0, 7.5, 10.0)  # impossible, possible, very likely
TOO_EARLY, NO_DRIVERS = "time", "drivers"


@dataclass(frozen=True)
class Study:
    """What `study` found; frames are indexed by customer id, or by respondent id without orders.

    ``people``: the answers about the whole; an overall answer on another scale than 1 to 5, which
    ``scale`` then gives, is put on five levels, and likewise recommending, asked on another scale
    than to 10 (``recommending``), on 0 to 10. ``found``: `indicators`. ``index``, ``classes``,
    ``cells``: see there. ``bought``: `customers.around` of those in the orders; ``abc``: the class
    of the year before the survey; both None without orders. ``driven``, ``priorities``: drivers of
    satisfaction and the importance–performance table, None where they cannot be computed.
    ``lacking``: which parts are missing. ``day``: the last day of the orders, or of the answers;
    NaT without dates. ``weights``: those of the index.
    """

    people: pd.DataFrame
    found: pd.DataFrame
    index: pd.Series
    classes: pd.Series
    cells: pd.DataFrame
    bought: pd.DataFrame | None
    abc: pd.Series | None
    driven: Drivers | None
    priorities: pd.DataFrame | None
    lacking: tuple[str, ...]
    day: pd.Timestamp
    weights: tuple[float, ...]
    scale: tuple[float, float] | None
    recommending: tuple[float, float] | None = None

    @property
    def again(self) -> pd.Series | None:
        """Whether each bought again, missing where the orders end too early; None without."""
        return None if self.bought is None else self.bought["bought_again"]

    @property
    def score(self) -> pd.Series:
        """Satisfaction on 0 to 100."""
        return (self.found["satisfaction"].astype("Float64") - 1).astype("float64") * 25


def study(
    answers: Responses,
    orders: object = None,
    *,
    high: float = 0.70,
    low: float = 0.30,
    weights: Sequence[float] = EQUAL,
    days: int = 365,
    where: Mapping[str, object] | None = None,
    seed: int = SEED,
) -> Study:
    """Everything on loyalty that a survey, with or without orders, can tell.

    Parameters
    ----------
    answers
        From `survey.responses`. Of a customer who answered in several rounds the latest answer
        counts; with orders whoever has no customer id is left out, and of whom the orders know
        nothing at all it is not said that they did not buy again.
    orders
        Order lines; they are joined by customer id and the day of the answer.
    high, low, weights
        Cuts of the bands and weights of the index.
    days
        How long after the answer is looked for a purchase.
    where
        Keeps the order lines with these values; of columns that only answers have, nothing.

    Drivers are the means of each aspect's items (of a survey with one aspect the items), as
    `survey.scores` makes them, of the overall satisfaction.

    Raises CrmError if none of the three indicators was asked, or if ``where`` names a column that
    neither the answers nor the order lines have.
    """
    people, lacking = _people(answers, orders)
    people, scale = _on_five_levels(people, answers.overall_scale)
    people, asked_on = _on_ten(people, scale_of_recommending(answers.questionnaire))
    joined = not set(lacking) & {NO_ORDERS, NO_IDS, NO_DATES}
    check_scope(where, answers, orders if joined else None)
    where = scope_of_orders(where, orders, answers) if joined else None
    bought = _bought(orders, people, days, where) if joined else None
    if bought is not None and bought.empty:
        bought, lacking = None, (*lacking, NO_MATCH)
    elif bought is not None and bought["bought_again"].isna().all():
        bought, lacking = None, (*lacking, TOO_EARLY)
    found = indicators(people, high=high, low=low)
    driven, priorities = _driven(answers, seed)
    if driven is None:
        lacking = (*lacking, NO_DRIVERS)
    return Study(
        people=people,
        found=found,
        index=loyalty_index(found, weights=weights),
        classes=loyalty_class(found),
        cells=cells(found),
        bought=bought,
        abc=None if bought is None else _abc(bought),
        driven=driven,
        priorities=priorities,
        lacking=lacking,
        day=_day(people, orders if bought is not None else None),
        weights=tuple(weights),
        scale=scale,
        recommending=asked_on,
    )


def aspect_scores(answers: Responses) -> pd.DataFrame:
    """Respondents x aspects: the mean of the items that belong to each; one aspect: its items."""
    asked = answers.perceived.dropna(axis=1, how="all")
    aspect = answers.items["aspect"].reindex(asked.columns)
    if aspect.nunique() < 2:
        return asked
    heavy = answers.items["weight"]
    return pd.DataFrame(
        {
            name: scores(asked[list(items)], weights=heavy.reindex(items).to_dict())
            for name, items in aspect.groupby(aspect).groups.items()
        }
    )


def _people(answers: Responses, orders: object) -> tuple[pd.DataFrame, tuple[str, ...]]:
    people = answers.people
    if orders is None:
        return people, (NO_ORDERS,)
    if "customer_id" not in people or people["customer_id"].isna().all():
        return people, (NO_IDS,)
    if "answered_on" not in people or people["answered_on"].isna().all():
        return people, (NO_DATES,)
    known = people.dropna(subset=["customer_id"]).rename_axis("respondent_id").reset_index()
    latest = known.sort_values(["answered_on", "respondent_id"], na_position="first")
    latest = latest.drop_duplicates("customer_id", keep="last")
    return latest.set_index("customer_id").sort_index(), ()


def _on_five_levels(
    people: pd.DataFrame, scale: tuple[float, float]
) -> tuple[pd.DataFrame, tuple[float, float] | None]:
    low, high = scale
    if "overall" not in people or scale == (LEVELS[0], LEVELS[-1]):
        return people, None
    return people.assign(overall=five_levels(people["overall"], low=low, high=high)), scale


def _on_ten(
    people: pd.DataFrame, scale: tuple[float, float, int] | None
) -> tuple[pd.DataFrame, tuple[float, float] | None]:
    """Recommending on 0 to 10 in proportion; of three levels each keeps its meaning."""
    if scale is None or scale in (*OF_TEN, *WITH_A_WORD) or "recommends" not in people:
        return people, None
    low, high, levels = scale
    share = (people["recommends"] - low) / (high - low)
    if levels == 3:
        ten = share.map(lambda one: THREE[round(one * 2)], na_action="ignore")
    else:
        ten = (share * 10).round(9)
    return people.assign(recommends=ten.astype("float64")), (low, high)


def _day(people: pd.DataFrame, orders: object) -> pd.Timestamp:
    if orders is not None:
        return customers.last_day_of(orders)
    return people["answered_on"].max() if "answered_on" in people else pd.NaT


def _bought(
    orders: object, people: pd.DataFrame, days: int, where: Mapping[str, object] | None
) -> pd.DataFrame:
    named = "salesperson" in customers.columns(orders)
    by = "salesperson" if named else None
    known = customers.summarise(orders, where=where).index
    asked = people.loc[people.index.isin(known), "answered_on"]
    return customers.around(orders, asked, after=days, by=by, where=where)


def _abc(bought: pd.DataFrame) -> pd.Series | None:
    amounts = bought.loc[bought["orders_before"] > 0, "amount_before"]
    if not amounts.sum() > 0:
        return None
    return pareto.abc(amounts)["class"]


def _driven(answers: Responses, seed: int) -> tuple[Drivers | None, pd.DataFrame | None]:
    if "overall" not in answers.people or not answers.perceived.notna().to_numpy().any():
        return None, None
    try:
        parts = aspect_scores(answers)
        heft = answers.people.get("weight")
        driven = drivers(parts, answers.people["overall"], weights=heft, seed=seed)
    except CrmError:
        return None, None
    table = driven.table
    ends = {"lower": table["share_lower"], "upper": table["share_upper"]}
    return driven, importance_performance(table["share"], parts.mean(), **ends, answers=parts)
