"""How a company's customers stand today: score, group, and what staying is worth."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from crm_lessons import customers
from crm_lessons.customers import Day
from crm_lessons.lacking import Lacking
from crm_lessons.sampling import SEED
from crm_lessons.targeting._history import FEATURES, features, history
from crm_lessons.targeting._planning import mean_orders, value_if_staying
from crm_lessons.targeting._scoring import LEAST, Score, chances, fitted, learn, learnable
from crm_lessons.targeting._trial import GROUPS, score_groups

CUTS = {"wavering_from": 0.20, "sure_from": 0.50}


@dataclass(frozen=True, eq=False)
class Study:
    """``past``: from `history`. ``score``: learnt from it, `Lacking` where that is too little.

    ``later``: what a score learnt from the period before said of those known at its end, and what
    they did in the last ``days``: ``score`` float64, ``outcome`` bool, by customer. That is how far
    a score holds in the period it is used for; `Lacking` where the data do not reach back so far.

    By customer, today: ``stay_score`` (without a score the share of all who stayed, and NaN where
    too few are known even for that), ``groups`` (missing where the score is) and ``stay_value`` in
    money. ``orders``: what those who stayed bought in the period, by group.
    """

    past: pd.DataFrame
    score: Score | Lacking
    later: pd.DataFrame | Lacking
    stay_score: pd.Series
    groups: pd.Series
    stay_value: pd.Series
    orders: pd.Series


def study(
    orders: object,
    *,
    days: int = 183,
    as_of: Day = None,
    where: Mapping[str, object] | None = None,
    reachable: pd.Series | None = None,
    apart: pd.Index | None = None,
    margin: float = 0.30,
    seed: int = SEED,
    wavering_from: float = CUTS["wavering_from"],
    sure_from: float = CUTS["sure_from"],
) -> Study:
    """Learn the score on what happened in the last ``days``, and apply it to everybody today.

    ``orders``, ``as_of`` and ``where`` as in ``customers.summarise``; ``reachable`` customer to
    whether we may write; ``apart``: customers who are in no group, because they are not dealt with
    by campaigns (corporate accounts); ``margin`` stands in where profit is not known; the cuts as
    in `score_groups`.

    >>> lines = pd.DataFrame({"customer_id": ["1"], "order_id": ["a"], "amount": [10.0],
    ...     "order_date": pd.to_datetime(["2024-03-01"])})
    >>> found = study(lines)
    >>> bool(found.score), found.stay_value.to_list()
    (False, [3.0])
    """
    period = {"as_of": as_of, "where": where}
    people = customers.summarise(orders, **period)
    past = history(orders, days=days, **period)
    cuts = {"wavering_from": wavering_from, "sure_from": sure_from}
    if learnable(past["stayed"]):
        score = learn(past[list(FEATURES)], past["stayed"], seed=seed)
        now = score.of(features(people)).reindex(people.index).rename("stay_score")
        bought = mean_orders(past, score_groups(score.table["score"], **cuts))
        each = score_groups(now, **cuts).map(bought.to_dict())
    else:
        score, bought = Lacking("too_little_to_learn"), mean_orders(past)
        now = pd.Series(_base_rate(past), people.index, name="stay_score")
        each = bought.get("all", 1.0)
    worth = value_if_staying(people, orders=each, margin=margin)
    groups = score_groups(now, reachable=reachable, **cuts)
    if apart is not None:
        groups = groups.mask(groups.index.isin(apart))
    cut = customers.day_of(people) - pd.Timedelta(days=days)
    later = _next_period(orders, past, days=days, as_of=cut.date(), where=where) if score else score
    return Study(past, score, later, now, groups, worth, bought)


def _next_period(orders: object, past: pd.DataFrame, **period: object) -> pd.DataFrame | Lacking:
    """What a score learnt a period before said of the customers of ``past``, and what they did."""
    before, asked = history(orders, **period), list(FEATURES)
    if not learnable(before["stayed"]):
        return Lacking("no_period_before")
    said = chances(fitted(before[asked], before["stayed"]), past[asked])
    return pd.DataFrame({"score": said, "outcome": past["stayed"]}, index=past.index)


def _base_rate(past: pd.DataFrame) -> float:
    """The share that stayed, NaN below `LEAST` customers."""
    return float(past["stayed"].mean()) if len(past) >= LEAST else float("nan")


def trial_groups(
    trial: pd.DataFrame,
    *,
    wavering_from: float = CUTS["wavering_from"],
    sure_from: float = CUTS["sure_from"],
) -> pd.Series | None:
    """The groups of a trial's customers by the score they had before; None without such a score.

    ``trial``: ``baseline`` (the score) and, if there is one, ``wecom_friend`` (may we write?).
    """
    if "baseline" not in trial or trial["baseline"].isna().all():
        return None
    cuts = {"wavering_from": wavering_from, "sure_from": sure_from}
    return score_groups(trial["baseline"], reachable=trial.get("wecom_friend"), **cuts)


def uplift_for(groups: pd.Series, assumed: float, measured: pd.Series | None = None) -> pd.Series:
    """The uplift to count on, by group.

    ``measured``: from `proven`, by group, or one for ``all``; then that is what counts, and a
    group not tried has 0. Without it: ``assumed`` for the wavering, whom contact can still move,
    and 0 for the others; where there are no groups at all, ``assumed`` for everybody.

    >>> uplift_for(pd.Series(["sure", "wavering"]), 0.05).to_dict()
    {'asleep': 0.0, 'wavering': 0.05, 'sure': 0.0, 'leave_alone': 0.0}
    """
    if measured is not None and "all" in measured:
        return pd.Series(float(measured["all"]), index=[*GROUPS, "all"])
    if measured is not None:
        return measured.reindex(list(GROUPS)).fillna(0.0)
    if groups.isna().all():
        return pd.Series({"all": assumed})
    return pd.Series({name: assumed if name == "wavering" else 0.0 for name in GROUPS})
