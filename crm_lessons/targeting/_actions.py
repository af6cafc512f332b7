"""The action list: whom to contact, why, what it should bring, how, by when, who. Codes only."""

import datetime as dt

import numpy as np
import pandas as pd

from crm_lessons.customers import worklist
from crm_lessons.errors import CrmError

REASONS = ("wavering", "asleep", "sure", "leave_alone", "unscored")


def actions(
    planned: pd.DataFrame,
    *,
    as_of: str | dt.date,
    friends: pd.Series | None = None,
    in_charge: pd.Series | None = None,
    days: tuple[int, int, int] = (3, 7, 14),
    limit: int = 30,
) -> pd.DataFrame:
    """One row per customer to contact, the highest expected gain first.

    Parameters
    ----------
    planned
        From `plan`; only ``contact`` is listed, never those kept aside.
    as_of
        The day of the analysis. ``due`` is ``days`` later: the first third of the list soonest.
    friends
        Customer to whether we may write (``wecom``); others are rung up (``phone``). None: phone.
    in_charge
        Customer to salesperson, from ``customers.main``.

    Returns
    -------
    pandas.DataFrame
        ``customer_id``, ``reason`` (the group, ``unscored`` without one), ``stay_score``,
        ``stay_value``, ``expected_gain``, ``channel``, ``due`` datetime64[us], ``who`` (empty if
        unknown).

    Raises
    ------
    CrmError
        If ``limit`` is below 1.

    Examples
    --------
    >>> planned = pd.DataFrame({"score_group": ["wavering"], "stay_score": [0.3],
    ...     "stay_value": [200.0], "expected_gain": [20.0], "arrangement": ["contact"]},
    ...     index=pd.Index(["007"], name="customer_id"))
    >>> actions(planned, as_of="2025-10-20")[["channel", "due"]].astype("str").iloc[0].to_list()
    ['phone', '2025-10-23']
    """
    if limit < 1:
        raise CrmError("targeting_limit", given=limit)
    chosen = planned[planned["arrangement"] == "contact"].sort_index()
    chosen = chosen.sort_values("expected_gain", ascending=False, kind="stable").head(limit)
    wait = np.array(days)[np.arange(len(chosen)) * 3 // max(len(chosen), 1)]
    known = pd.Series(dtype="boolean") if friends is None else friends.astype("boolean")
    write = known.reindex(chosen.index).fillna(False).to_numpy(dtype=bool)
    return pd.DataFrame(
        {
            "customer_id": chosen.index.astype("str"),
            "reason": chosen["score_group"].astype("object").fillna("unscored").astype("str").array,
            "stay_score": chosen["stay_score"].astype("float64").array,
            "stay_value": chosen["stay_value"].astype("float64").array,
            "expected_gain": chosen["expected_gain"].astype("float64").array,
            "channel": np.where(write, "wecom", "phone"),
            "due": worklist.due(as_of, wait),
            "who": worklist.who(in_charge, chosen.index),
        }
    ).astype({"channel": "str"})
