"""The plan for the next campaign: each customer's group, expected gain, and part in it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import SEED
from crm_lessons.targeting._control import control_group
from crm_lessons.targeting._expected import contact_cost, expected_gain, worth_contacting
from crm_lessons.targeting._trial import GROUPS

PARTS = ("contact", "control", "leave")


def value_if_staying(
    people: pd.DataFrame,
    *,
    orders: pd.Series | float,
    margin: float = 0.30,
    weight: float = 3.0,
) -> pd.Series:
    """The gross profit a customer brings in the period if staying, in money.

    ``orders`` is how many purchases one like this makes who stays (`mean_orders`), by customer or
    for all; missing is taken for 1. Times the customer's own gross profit per purchase, drawn
    towards the mean of all as by ``weight`` further purchases of that mean: one lucky order says
    little. Where profit is not known, ``margin`` of the amount is taken for it. ``people`` from
    ``customers.summarise``. Never below 0.

    CrmError unless the margin is a share.

    >>> people = pd.DataFrame({"orders": [1, 9], "amount": [100.0, 900.0], "profit": [70.0, 270.0]})
    >>> value_if_staying(people, orders=2.0).to_list()
    [86.0, 62.0]
    """
    if not 0 <= margin <= 1:
        raise CrmError("targeting_share", given=margin)
    profit = people["profit"] if "profit" in people else pd.Series(np.nan, people.index)
    profit = profit.astype("float64").fillna(people["amount"] * margin)
    count = people["orders"].astype("float64")
    mean = profit.sum() / max(count.sum(), 1.0)
    each = (profit + weight * mean) / (count + weight)
    if isinstance(orders, pd.Series):
        orders = orders.reindex(people.index).astype("float64").fillna(1.0)
    return (orders * each).clip(lower=0.0).round(2).rename("value")


def mean_orders(history: pd.DataFrame, groups: pd.Series | None = None) -> pd.Series:
    """Purchases in the period of those who stayed, on average by group; ``all`` without groups.

    Who stays after wavering does not buy like a regular: taken from all who stayed, the value of
    the wavering would be too high. ``history`` from `history`; a group of whom nobody stayed is
    not in the result.

    >>> past = pd.DataFrame({"stayed": [True, True, False], "later_orders": [1, 4, 0]})
    >>> mean_orders(past).to_dict()
    {'all': 2.5}
    """
    named = pd.Series("all", history.index) if groups is None else groups.reindex(history.index)
    stayed = history["stayed"].astype("bool") & named.notna()
    counts = history.loc[stayed, "later_orders"].astype("float64")
    return counts.groupby(named[stayed].astype("str")).mean().rename("orders")


def plan(
    value: pd.Series,
    groups: pd.Series,
    uplift: Mapping[str, float] | pd.Series | float,
    *,
    score: pd.Series | None = None,
    contact: float = 4.0,
    coupon: float = 15.0,
    control_share: float = 0.20,
    seed: int = SEED,
) -> pd.DataFrame:
    """Who is contacted, who is kept aside as control, who is left alone, with the figures.

    Parameters
    ----------
    value
        Customer to what staying brings (money), from `value_if_staying`.
    groups
        Customer to group, from `score_groups`; missing where there is no score.
    uplift
        Group to uplift (`proven`, or an assumption), or one for all; a group that is not named,
        and a missing one, has that of ``all``, or 0. Never more than is missing to certainty.
    score
        Customer to the chance of staying without contact: those use the coupon as well. Without
        one, half is taken.
    contact, coupon
        Money per contact, and per coupon used.
    control_share
        Part of those worth contacting who are kept aside by lot (`control_group`, in each group).
    seed
        Of the lot.

    Returns
    -------
    pandas.DataFrame
        Index ``customer_id``, sorted: ``score_group``, ``stay_score``, ``stay_value`` (money),
        ``uplift``, ``contact_cost``, ``expected_gain`` (money), ``arrangement`` (one of `PARTS`).

    Examples
    --------
    >>> ids = ["007", "008"]
    >>> found = plan(pd.Series([500.0, 500.0], ids), pd.Series(["wavering", "sure"], ids),
    ...     {"wavering": 0.2}, control_share=0)
    >>> found[["expected_gain", "arrangement"]].to_numpy().tolist()
    [[85.5, 'contact'], [-11.5, 'leave']]
    """
    known = value.sort_index()
    named = groups.reindex(known.index).astype("object")
    chance = pd.Series(np.nan, known.index) if score is None else score.reindex(known.index)
    gains = _gains(_lift(named, uplift), known, chance, contact, coupon)
    worth = worth_contacting(gains["expected_gain"])
    aside = control_group(named[worth], share=control_share, seed=seed).reindex(known.index)
    part = np.select([aside.fillna(False).astype("bool"), worth], ["control", "contact"], "leave")
    return pd.DataFrame(
        {
            "score_group": named.where(named.notna(), None).astype("str").where(named.notna()),
            "stay_score": chance.astype("float64"),
            "stay_value": known.astype("float64"),
            **gains,
            "arrangement": pd.Series(part, known.index, dtype="str"),
        }
    ).rename_axis("customer_id")


def gain_range(
    planned: pd.DataFrame, trial: pd.DataFrame, *, contact: float = 4.0, coupon: float = 15.0
) -> tuple[float, float]:
    """What those to contact bring in all, in money, with the uplift at both ends of its interval.

    ``planned`` from `plan`, made with the same ``contact`` and ``coupon``; ``trial`` from
    `uplift_by_group`, whose ``lower`` and ``upper`` are taken for each customer's group (or
    ``all``). A group that was not tried counts with no uplift, as in the plan.

    >>> ids = ["007", "008"]
    >>> planned = plan(pd.Series([500.0, 50.0], ids), pd.Series(["wavering"] * 2, ids),
    ...     {"wavering": 0.2}, control_share=0)
    >>> gain_range(planned, pd.DataFrame({"lower": [0.1], "upper": [0.3]}, index=["wavering"]))
    (37.0, 134.0)
    """
    chosen = planned[planned["arrangement"] == "contact"]
    figures = chosen["stay_value"], chosen["stay_score"], contact, coupon
    sums = [
        float(_gains(_lift(chosen["score_group"], trial[end]), *figures)["expected_gain"].sum())
        for end in ("lower", "upper")
    ]
    return round(min(sums), 2), round(max(sums), 2)


def _lift(groups: pd.Series, uplift: Mapping[str, float] | pd.Series | float) -> pd.Series:
    """The uplift of each customer's group, that of ``all`` or 0 where it has none."""
    if not isinstance(uplift, Mapping | pd.Series):
        return pd.Series(float(uplift), groups.index)
    found = dict(uplift)
    return groups.map(found).astype("float64").fillna(float(found.get("all", 0.0)))


def _gains(
    lift: pd.Series, value: pd.Series, chance: pd.Series, contact: float, coupon: float
) -> pd.DataFrame:
    """By customer: ``uplift``, ``contact_cost`` and ``expected_gain``, as `plan` shows them."""
    # Nobody can be more than certain to stay.
    lift = lift.where(chance.isna() | (lift <= 1 - chance), 1 - chance)
    cost = contact_cost(chance.fillna(0.5), lift, contact=contact, coupon=coupon)
    gain = expected_gain(lift, value, cost)
    return pd.DataFrame({"uplift": lift, "contact_cost": cost, "expected_gain": gain})


def plan_table(planned: pd.DataFrame) -> pd.DataFrame:
    """The plan added up: ``customers`` int64, ``contact_cost`` and ``expected_gain`` in money.

    The gain of those kept aside is what leaving them out costs: the price of knowing.
    """
    groups = planned.groupby("arrangement")
    table = pd.DataFrame(
        {
            "customers": groups.size(),
            "contact_cost": groups["contact_cost"].sum().round(2),
            "expected_gain": groups["expected_gain"].sum().round(2),
        }
    ).reindex(list(PARTS))
    table["customers"] = table["customers"].fillna(0).astype("int64")
    return table.fillna(0.0).rename_axis("arrangement")


def group_table(groups: pd.Series, score: pd.Series, value: pd.Series) -> pd.DataFrame:
    """How many customers stand in each group, their mean score and what staying is worth.

    By ``score_group``: ``customers`` int64, ``stay_score``, ``stay_value`` (money, mean).

    >>> ids = ["1", "2"]
    >>> table = group_table(pd.Series(["sure", "sure"], ids), pd.Series([0.6, 0.8], ids),
    ...     pd.Series([10.0, 30.0], ids))
    >>> table.round(2).loc["sure"].to_list()
    [2.0, 0.7, 20.0]
    """
    known = pd.DataFrame({"stay_score": score, "stay_value": value}).groupby(groups)
    table = known.mean()
    table.insert(0, "customers", known.size().astype("int64"))
    order = [name for name in GROUPS if name in table.index]
    return table.loc[order].rename_axis("score_group")
