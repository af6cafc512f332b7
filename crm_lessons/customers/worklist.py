"""What every list of customers to act on shares: turns, a day to act by, somebody in charge."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def taking_turns(rows: pd.DataFrame, limit: int, *, of: str = "reason") -> pd.DataFrame:
    """The rows of a list of at most ``limit``, so that no kind crowds out the others.

    ``rows`` has ``customer_id``, ``at_stake`` and the kind in the column ``of``. Each kind puts
    forward its highest stake, then its second highest; equal stakes go by customer id. The result
    has the highest stakes first, unknown stakes last.

    >>> rows = pd.DataFrame({"customer_id": ["1", "2", "3"], "at_stake": [9.0, 8.0, 1.0],
    ...                      "reason": ["a", "a", "b"]})
    >>> taking_turns(rows, 2)["customer_id"].to_list()
    ['1', '3']
    """
    order = {"by": ["at_stake", "customer_id"], "ascending": [False, True]}
    by_stake = rows.sort_values(**order)
    turn = by_stake.groupby(of).cumcount()
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
