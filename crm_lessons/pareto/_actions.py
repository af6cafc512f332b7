"""The action list: whom to see, why, how, by when, who. Codes only; wording has the texts."""

import datetime as dt

import pandas as pd

from crm_lessons.buying import SILENT, activity
from crm_lessons.customers import day_of
from crm_lessons.customers.worklist import Reason, filled, one_reason_each, taking_turns
from crm_lessons.lacking import Lacking, or_none

# In the order in which a customer with several reasons gets one: terms are reviewed before a
# customer who brings no profit is wooed back.
REASONS = {
    "low_profit": Reason("review_terms", 1),
    "a_silent": Reason("phone", 0),
    "a_fallen": Reason("visit", 0),
    "near_a": Reason("wecom", 1),
    "b_replenish": Reason("wecom", 2),
}
LIFTING = ("near_a", "b_replenish")  # to lift somebody, the shortest way comes first


def actions(
    people: pd.DataFrame,
    classes: pd.DataFrame,
    *,
    as_of: str | dt.date | None = None,
    previous: pd.DataFrame | None = None,
    now: pd.DataFrame | None = None,
    by_profit: pd.DataFrame | Lacking | None = None,
    in_charge: pd.Series | None = None,
    days: tuple[int, int, int] = (3, 7, 14),
    limit: int = 30,
    near: int = 10,
    reach: float = 0.5,
    b_drop: float = 0.10,
) -> pd.DataFrame:
    """One row per customer to act on, the highest stake first.

    Reasons, each with what is at stake (money of the period, to keep or to win):

    - ``a_silent``: class A, and silent by `crm_lessons.buying.activity`, the rule of all lists:
      such a silence comes to one active customer in twenty. At stake: the amount.
    - ``a_fallen``: A in the previous period, B, C or gone in this one, with a smaller amount. At
      stake: the amount lost. (Where others grew faster a class can fall while the amount rises.)
    - ``near_a``: the ``near`` customers of B closest to A. At stake: what is missing to the
      smallest amount in A, which lifts the customer for certain.
    - ``low_profit``: A by sales and C by profit (where every profit of zero or less is). At stake:
      the amount.
    - ``b_replenish``: when B has lost at least ``b_drop`` of its heads since the previous period,
      as many of the largest customers of C as are missing. At stake: what is missing to the
      smallest amount in B.

    For the two reasons to lift a customer (``near_a``, ``b_replenish``) nobody is listed who is
    silent by the rule above, or who lacks more than ``reach`` of the own amount.

    Parameters
    ----------
    people
        From ``customers.summarise``, for ``orders``, ``recency_days`` and ``tenure_days``.
    classes, by_profit
        Results of `abc` for this period, by the measure chosen and by profit.
    previous, now
        Results of `abc` for two periods of equal length, one after the other; ``now`` may be left
        out if ``classes`` is such a period itself.
    as_of
        The day of the analysis, by default the day up to which ``people`` was computed. ``due`` is
        ``days`` later: at once, soon, in good time.
    in_charge
        Customer to salesperson, from ``customers.main``.
    limit
        The most rows. If there are more, the reasons take turns, so that none crowds out the
        others: each by its highest stakes, the two to lift a customer by the least that is missing.

    Returns
    -------
    pandas.DataFrame
        ``customer_id``, ``class`` (missing if the customer is gone), ``amount`` (of this period),
        ``reason``, ``at_stake``, ``channel``, ``due`` datetime64[us], ``who`` (empty if unknown).

    Examples
    --------
    >>> people = pd.DataFrame(
    ...     {"orders": [4, 4], "recency_days": [200, 10], "tenure_days": [290, 290]},
    ...     index=pd.Index(["007", "008"], name="customer_id"))
    >>> from crm_lessons.pareto import abc
    >>> classes = abc(pd.Series([90.0, 90.0], index=people.index))
    >>> todo = actions(people, classes, as_of="2026-03-01")
    >>> todo[["customer_id", "reason", "channel", "at_stake"]].to_numpy().tolist()
    [['007', 'a_silent', 'phone', 90.0]]
    """
    state = activity(people)
    silent = state.index[state == SILENT]
    found = {
        "a_silent": _only(_amounts(classes, "A"), silent),
        "near_a": _nearest(classes, "B", "A", silent, reach).head(near),
    }
    if or_none(by_profit) is not None:
        found["low_profit"] = _low_profit(classes, by_profit)
    if previous is not None:
        now = classes if now is None else now
        found["a_fallen"] = fallen(now, previous)
        missing = _missing_b(now, previous, b_drop)
        found["b_replenish"] = _nearest(classes, "C", "B", silent, reach).head(missing)
    chosen = taking_turns(one_reason_each(found, REASONS), limit, least_first=LIFTING)
    now = classes.reindex(chosen["customer_id"])
    listed = pd.DataFrame(
        {
            "customer_id": chosen["customer_id"].astype("str").array,
            "class": now["class"].array,
            "amount": now["amount"].fillna(0.0).array,
            "reason": chosen["reason"].array,
            "at_stake": chosen["at_stake"].astype("float64").round(2).array,
        }
    )
    today = day_of(people) if as_of is None else as_of
    return filled(listed, REASONS, today=today, days=days, in_charge=in_charge)


def _low_profit(classes: pd.DataFrame, by_profit: pd.DataFrame) -> pd.Series:
    return _only(_amounts(classes, "A"), _amounts(by_profit, "C").index)


def fallen(now: pd.DataFrame, previous: pd.DataFrame) -> pd.Series:
    """What was lost with those who were A and are not any more, by customer; gains are left out."""
    were_a = _amounts(previous, "A").drop(_amounts(now, "A").index, errors="ignore")
    lost = were_a - now["amount"].reindex(were_a.index).fillna(0.0)
    return lost[lost > 0]


def _nearest(
    classes: pd.DataFrame, lower: str, upper: str, silent: pd.Index, reach: float
) -> pd.Series:
    """What customers of a class lack to the smallest amount of the class above, least first."""
    above, below = _amounts(classes, upper), _amounts(classes, lower)
    if above.empty:
        return below.head(0)
    missing = above.min() - below
    near = missing[(missing <= reach * below) & ~below.index.isin(silent)]
    return near.sort_index().sort_values(kind="stable")


def _missing_b(now: pd.DataFrame, previous: pd.DataFrame, drop: float) -> int:
    before = len(_amounts(previous, "B"))
    lost = before - len(_amounts(now, "B"))
    return lost if lost > 0 and lost >= drop * before else 0


def _amounts(classes: pd.DataFrame, name: str) -> pd.Series:
    return classes.loc[(classes["class"] == name).to_numpy(), "amount"]


def _only(amounts: pd.Series, customers: pd.Index) -> pd.Series:
    return amounts[amounts.index.isin(customers)]
