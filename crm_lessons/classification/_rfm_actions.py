"""The action list of RFM: whom to see, what for, how, by when, who. Codes only."""

import datetime as dt

import numpy as np
import pandas as pd

from crm_lessons.buying import SILENT, activity
from crm_lessons.classification._segments import AWAY, Segment, segments
from crm_lessons.customers import day_of
from crm_lessons.customers.worklist import Reason, filled, taking_turns

# Whose plan is followed where a segment and a customer's own rhythm disagree: who came lately as
# customers go, and is silent all the same; who did not, and is not silent for this customer.
STILL_SILENT, STILL_ACTIVE = "important_keep", "important_develop"
HABIT = "general_keep"  # its reminder says nothing of a silence


def rfm_actions(
    people: pd.DataFrame,
    scored: pd.DataFrame,
    *,
    as_of: str | dt.date | None = None,
    in_charge: pd.Series | None = None,
    days: tuple[int, int, int] = (3, 7, 14),
    limit: int = 30,
) -> pd.DataFrame:
    """One row per customer to act on, the highest stake first, from the result of ``rfm``.

    Each segment has one action. Segments that get one message for all (``group_message``) are left
    out: a list of persons is for work with persons; ``segment_table`` has the action of every
    segment. At stake is the customer's amount, or one more order of the usual size (amount /
    orders), as the segment says; customers with nothing at stake are left out.

    A segment goes by all customers, a silence by the customer's own rhythm: nobody is thanked who
    is silent by `crm_lessons.buying.activity`, the rule of all lists, and nobody else is asked why.
    Where the two disagree the plan is that of ``STILL_SILENT`` or ``STILL_ACTIVE``.

    Parameters
    ----------
    people
        From ``customers.summarise``, for ``recency_days``, ``tenure_days`` and ``orders``, and for
        the day of the analysis if ``as_of`` is not given.
    in_charge
        Customer to salesperson, from ``customers.main``.
    days
        ``due`` is so many days after the day of the analysis: at once, soon, in good time.
    limit
        The most rows. If there are more, the segments take turns, each by its highest stakes.

    Returns
    -------
    pandas.DataFrame
        ``customer_id``, ``class`` (the segment), ``amount``, ``reason`` (code of the action),
        ``at_stake``, ``channel`` (code), ``due`` datetime64[us], ``who`` (empty if unknown): the
        columns of `crm_lessons.pareto._actions`.

    Examples
    --------
    >>> people = pd.DataFrame({"recency_days": [3, 9, 40], "orders": [9, 8, 1],
    ...     "tenure_days": [300, 290, 40], "amount": [900.0, 500.0, 10.0]},
    ...     index=pd.Index(["7", "8", "9"], name="customer_id"))
    >>> from crm_lessons.classification._rfm import rfm
    >>> scored = rfm(people, bins=3)
    >>> rfm_actions(people, scored, as_of="2026-03-01")[["class", "at_stake"]].to_numpy().tolist()
    [['important_value', 900.0]]
    """
    personal = {s.segment: s for s in segments() if s.channel != "group_message"}
    rows = scored[scored["segment"].isin(list(personal))]
    plan = _plans(rows["segment"].map(personal), activity(people) == SILENT)
    stake = rows["amount"] / np.where(plan.map(lambda s: s.stake) == "order", rows["orders"], 1)
    ranked = pd.DataFrame(
        {
            "customer_id": rows.index.astype("str"),
            "class": rows["segment"].astype("str").array,
            "amount": rows["amount"].array,
            "reason": pd.array([segment.action for segment in plan], dtype="str"),
            "at_stake": stake.round(2).array,
        }
    )
    chosen = taking_turns(ranked[ranked["at_stake"] > 0], limit, of="class")
    today = day_of(people) if as_of is None else as_of
    reasons = {s.action: Reason(s.channel, s.urgency) for s in personal.values()}
    return filled(chosen, reasons, today=today, days=days, in_charge=in_charge)


def _plans(own: pd.Series, silent: pd.Series) -> pd.Series:
    """The plan of each customer: the segment's, unless the customer's own rhythm denies it."""
    named = {segment.segment: segment for segment in segments()}

    def plan(segment: Segment, is_silent: bool) -> Segment:
        away = segment.region in AWAY
        if is_silent == away or segment.segment == HABIT:
            return segment
        return named[STILL_SILENT if is_silent else STILL_ACTIVE]

    told = silent.reindex(own.index).fillna(False).astype("bool")
    chosen = [plan(segment, is_silent) for segment, is_silent in zip(own, told, strict=True)]
    return pd.Series(chosen, index=own.index, dtype="object")
