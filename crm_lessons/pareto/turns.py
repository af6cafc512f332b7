"""A short list filled fairly: the kinds of customers take turns, each by its highest stakes."""

import pandas as pd


def taking_turns(rows: pd.DataFrame, limit: int, *, of: str) -> pd.DataFrame:
    """The rows of a list of at most ``limit``, so that no kind crowds out the others.

    ``rows`` has ``customer_id``, ``at_stake`` and the kind in the column ``of``. Each kind puts
    forward its highest stake, then its second highest; equal stakes go by customer id. The result
    has the highest stakes first, unknown stakes last.

    >>> rows = pd.DataFrame({"customer_id": ["1", "2", "3"], "at_stake": [9.0, 8.0, 1.0],
    ...                      "reason": ["a", "a", "b"]})
    >>> taking_turns(rows, 2, of="reason")["customer_id"].to_list()
    ['1', '3']
    """
    order = {"by": ["at_stake", "customer_id"], "ascending": [False, True]}
    by_stake = rows.sort_values(**order)
    turn = by_stake.groupby(of).cumcount()
    kept = by_stake.assign(turn=turn).sort_values("turn", kind="stable").head(limit)
    return kept.drop(columns="turn").sort_values(**order)
