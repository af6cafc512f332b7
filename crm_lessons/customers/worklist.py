"""What every list of customers to act on shares: reasons, turns, a deadline, somebody in charge.

A list has reasons, which are data (`Reason`); what each finds is put together by `one_reason_each`,
cut by `taking_turns` and completed by `filled`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Reason:
    """Why somebody is on a list: the way to reach them, and which of the three deadlines holds.

    ``urgency`` is 0 for at once, 1 for soon, 2 for in good time. ``who`` is a role, on lists that
    go to roles and not to persons. Codes only; wording has the texts.
    """

    channel: str
    urgency: int
    who: str = ""


def one_reason_each(found: Mapping[str, pd.Series], reasons: Mapping[str, Reason]) -> pd.DataFrame:
    """The customers whom the reasons found, each with the first of ``reasons`` that holds.

    ``found``: reason to what is at stake by customer; a reason that found nothing may be left out.
    Returns ``customer_id``, ``reason``, ``at_stake``.

    >>> stake = pd.Series([9.0, 8.0], index=["1", "2"])
    >>> reasons = {"gone": Reason("phone", 0), "large": Reason("visit", 2)}
    >>> one_reason_each({"large": stake, "gone": stake.head(1)}, reasons)["reason"].to_list()
    ['gone', 'large']
    """
    rows = [
        pd.DataFrame(
            {"customer_id": found[name].index, "reason": name, "at_stake": found[name].array}
        )
        for name in reasons
        if name in found
    ]
    return pd.concat(rows, ignore_index=True).drop_duplicates("customer_id")


def filled(
    rows: pd.DataFrame,
    reasons: Mapping[str, Reason],
    *,
    today: object,
    days: Sequence[int],
    in_charge: pd.Series | None = None,
) -> pd.DataFrame:
    """The rows with ``channel``, ``due`` and ``who``, as their ``reason`` says.

    ``due`` is ``days`` after ``today``, one number for each urgency. ``who`` is who is in charge of
    the customer, or the role that the reasons name.

    >>> rows = pd.DataFrame({"customer_id": ["7"], "reason": ["gone"]})
    >>> filled(rows, {"gone": Reason("phone", 0)}, today="2026-03-01", days=(3, 7, 14)
    ...     )[["channel", "due"]].astype("str").iloc[0].to_list()
    ['phone', '2026-03-04']
    """
    plans = [reasons[name] for name in rows["reason"]]
    roles = any(reason.who for reason in reasons.values())
    return rows.reset_index(drop=True).assign(
        reason=rows["reason"].astype("str").array,
        channel=pd.array([plan.channel for plan in plans], dtype="str"),
        due=due(today, [days[plan.urgency] for plan in plans]),
        who=pd.array([plan.who for plan in plans], dtype="str")
        if roles
        else who(in_charge, rows["customer_id"]),
    )


def taking_turns(
    rows: pd.DataFrame, limit: int, *, of: str = "reason", least_first: Sequence[str] = ()
) -> pd.DataFrame:
    """The rows of a list of at most ``limit``, so that no kind crowds out the others.

    ``rows`` has ``customer_id``, ``at_stake`` and the kind in the column ``of``. Each kind puts
    forward its highest stake, then its second highest, those of ``least_first`` their lowest; equal
    stakes go by customer id. The result has the highest stakes first, unknown stakes last.

    >>> rows = pd.DataFrame({"customer_id": ["1", "2", "3"], "at_stake": [9.0, 8.0, 1.0],
    ...                      "reason": ["a", "a", "b"]})
    >>> taking_turns(rows, 2)["customer_id"].to_list()
    ['1', '3']
    """
    order = {"by": ["at_stake", "customer_id"], "ascending": [False, True]}
    worth = rows["at_stake"].where(~rows[of].isin(list(least_first)), -rows["at_stake"])
    by_worth = rows.assign(at_stake=worth).sort_values(**order)
    turn = by_worth.groupby(of).cumcount()
    by_stake = rows.sort_values(**order)
    kept = by_stake.assign(turn=turn).sort_values("turn", kind="stable").head(limit)
    return kept.drop(columns="turn").sort_values(**order)


def due(today: object, days: Sequence[int] | pd.Series) -> pd.api.extensions.ExtensionArray:
    """The day to act by of each row: so many days after ``today``; missing without one.

    >>> due(pd.Timestamp("2026-03-01"), [3, 14]).astype("str").tolist()
    ['2026-03-04', '2026-03-15']
    """
    start = pd.Series(pd.to_datetime(today), index=range(len(days)), dtype="datetime64[us]")
    wait = pd.to_timedelta(np.asarray(days, dtype="int64"), unit="D")
    return (start.dt.normalize() + wait).astype("datetime64[us]").array


def who(
    in_charge: pd.Series | None, ids: Sequence[str] | pd.Series | pd.Index
) -> pd.api.extensions.ExtensionArray:
    """Who is in charge of each customer, from ``customers.main``; empty where nobody is known.

    >>> list(who(pd.Series({"7": "li"}), ["7", "8"]))
    ['li', '']
    """
    known = pd.Series(dtype="str") if in_charge is None else in_charge
    return known.reindex(ids).fillna("").astype("str").array
