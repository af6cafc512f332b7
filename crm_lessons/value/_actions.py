"""Whom to keep: the action list by what is at stake in the coming years. Codes only."""

import datetime as dt

import pandas as pd

from crm_lessons.buying import SILENT, activity
from crm_lessons.customers import day_of
from crm_lessons.customers.worklist import Reason, filled, one_reason_each, taking_turns

# A chance of being active below this is none.
GONE = 1e-3
REASONS = {
    "slipping": Reason("phone", 0),
    "keep": Reason("visit", 2),
    "most": Reason("visit", 2),
    "second_order": Reason("wecom", 1),
}


def actions(
    people: pd.DataFrame,
    scores: pd.DataFrame,
    *,
    as_of: str | dt.date | None = None,
    in_charge: pd.Series | None = None,
    days: tuple[int, int, int] = (3, 7, 14),
    limit: int = 30,
    active_from: float = 0.5,
    slipping_orders: int = 3,
    second_days: int = 60,
    leaving_seen: bool = True,
) -> pd.DataFrame:
    """One row per customer to act on; the reasons take turns, each by its highest stakes.

    Who is silent by `crm_lessons.buying.activity`, the rule of all lists, is never one to keep, and
    nobody else is slipping.

    - ``slipping``: bought on ``slipping_orders`` days or more, and is silent (but not certainly
      gone). At stake: what an active customer like this one would be worth, times the chance of
      having left.
    - ``keep``: the others with the highest value to come, who are active more likely than not
      (``active_from``). At stake: that value.
    - ``second_order``: bought once, at most ``second_days`` days ago, and kept something of it: the
      model knows little of them yet, and the second order decides. At stake: the expected value,
      an average.

    Where the model sees nobody leave (``leaving_seen`` False, see `crm_lessons.buying.Study`) its
    chance of being active means nothing and is not listed. ``most`` stands for ``keep`` then, the
    highest value to come, and of who is slipping all of it is at stake. Who sent everything back
    is not listed.

    Parameters
    ----------
    people
        `customers.summarise`: ``amount``, ``orders``, ``recency_days``, ``tenure_days``.
    scores
        Customers with ``frequency``, ``p_alive``, ``alive_known`` and ``lifetime_value`` (in money,
        of the years to come), as `crm_lessons.buying` makes them. Who has no value is not listed.
    as_of, in_charge
        The day of the analysis, by default that of ``people``; customer to salesperson.
    days
        ``due`` is so many days later: at once, soon, in good time.

    Returns
    -------
    pandas.DataFrame
        ``customer_id``, ``amount`` so far, ``p_alive`` (missing where it is not known), ``reason``,
        ``at_stake`` float64, ``channel``, ``due`` datetime64[us], ``who`` (empty if unknown).
    """
    told = scores[["frequency", "p_alive", "alive_known", "lifetime_value"]]
    table = people.join(told).assign(silent=activity(people) == SILENT)
    table = table[(table["lifetime_value"] > 0) & (table["amount"] > 0)]
    silent = table["silent"].fillna(False).astype("bool")
    stakes = {
        "slipping": _slipping(table[silent], slipping_orders, leaving_seen),
        "keep" if leaving_seen else "most": _keep(table[~silent], active_from, leaving_seen),
        "second_order": table[
            (table["frequency"] == 0).fillna(False)
            & (table["recency_days"] <= second_days).fillna(False)
        ]["lifetime_value"],
    }
    chosen = taking_turns(one_reason_each(stakes, REASONS), limit)
    told = table.reindex(chosen["customer_id"])
    listed = pd.DataFrame(
        {
            "customer_id": chosen["customer_id"].astype("str").array,
            "amount": told["amount"].astype("float64").array,
            "p_alive": told["p_alive"].astype("float64").where(_known(told) & leaving_seen).array,
            "reason": chosen["reason"].array,
            "at_stake": chosen["at_stake"].astype("float64").round(2).array,
        }
    )
    today = day_of(people) if as_of is None else as_of
    return filled(listed, REASONS, today=today, days=days, in_charge=in_charge)


def _known(table: pd.DataFrame) -> pd.Series:
    return table["alive_known"].fillna(False).astype("bool")


def _slipping(silent: pd.DataFrame, orders: int, leaving_seen: bool) -> pd.Series:
    often = silent[_known(silent) & (silent["frequency"].fillna(0) + 1 >= orders)]
    if not leaving_seen:
        return often["lifetime_value"]
    often = often[often["p_alive"] >= GONE]
    return often["lifetime_value"] / often["p_alive"] * (1 - often["p_alive"])


def _keep(others: pd.DataFrame, active_from: float, leaving_seen: bool) -> pd.Series:
    came_back = others[_known(others) & (others["frequency"] > 0).fillna(False)]
    if leaving_seen:
        came_back = came_back[came_back["p_alive"] >= active_from]
    return came_back["lifetime_value"]
