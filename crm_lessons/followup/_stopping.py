"""When to stop: what a contact brings against what it costs; and whom to contact today."""

import numpy as np
import pandas as pd

from crm_lessons.customers.wanted import needs
from crm_lessons.followup._contacts import OPEN
from crm_lessons.value.formulas import AMOUNT, COUNT, POSITIVE, checked

WORTH, UNCLEAR, NOT_WORTH = "worth", "unclear", "not_worth"
GAP, LONGEST = 14, 45  # days


def stop_rule(table: pd.DataFrame, *, profit: float, contact_cost: float) -> pd.DataFrame:
    """For each contact what it brings on average against its cost, and what going on is worth.

    brings = profit × hazard. Since a contact opens the way to the next one, the worth of a lead
    that is to be contacted a k-th time is found from the last contact backwards: worth_k =
    max(0, profit × hazard_k − cost + (1 − hazard_k − refused_k) × worth_{k+1}), with 0 behind the
    last contact seen: of what nobody tried nothing is known.

    Parameters
    ----------
    table
        From `smoothed`, or from `by_contact` where every contact was made by hundreds: else the
        rule goes on for the sake of a lucky late deal. ``hazard``, ``lower``, ``upper``, and, if
        there, ``reached``, ``refused``.
    profit
        Gross profit of a deal, without the cost of contacts; money.
    contact_cost
        Of one contact, with working time; money.

    Returns
    -------
    pandas.DataFrame
        Index ``contact_no``: ``hazard``, ``brings``, ``brings_lower``, ``brings_upper``, ``net`` =
        brings − cost, ``worth`` (money), ``go_on`` bool: worth > 0; ``verdict`` of this contact
        alone: ``worth`` (the lower end exceeds the cost), ``not_worth`` (the upper end does not
        reach it), else ``unclear``. ``attrs["stop_after"]``: the last contact of the run from 1 on
        with ``go_on``, 0 where there is none.

    CrmError unless profit > 0 and cost ≥ 0. Source: backward induction, R. Bellman, Dynamic
    Programming (1957).

    >>> told = pd.DataFrame({"hazard": [0.10, 0.01], "lower": [0.08, 0.0], "upper": [0.13, 0.015]},
    ...     index=[1, 2])
    >>> rule = stop_rule(told, profit=2000, contact_cost=50)
    >>> rule["verdict"].to_list(), rule["worth"].to_list(), rule.attrs["stop_after"]
    (['worth', 'not_worth'], [150.0, 0.0], 1)
    """
    needs(table, "hazard", "lower", "upper")
    profit = checked("profit", profit, POSITIVE)
    cost = checked("contact_cost", contact_cost, AMOUNT)
    rule = pd.DataFrame({"hazard": table["hazard"].astype("float64")})
    rule["brings"] = profit * rule["hazard"]
    rule["brings_lower"], rule["brings_upper"] = profit * table["lower"], profit * table["upper"]
    rule["net"] = rule["brings"] - cost
    lost = np.zeros(len(table))
    if "refused" in table and "reached" in table:
        lost = (table["refused"] / table["reached"].where(table["reached"] > 0)).to_numpy()
    worth, after = np.zeros(len(rule)), 0.0
    for k in range(len(rule) - 1, -1, -1):
        stays = 1 - rule["hazard"].iloc[k] - lost[k]
        own = rule["net"].iloc[k] + stays * after
        worth[k] = after = max(0.0, own) if own == own else 0.0  # nobody got there: nothing known
    rule["worth"], rule["go_on"] = worth, worth > 0
    sure, vain = rule["brings_lower"] > cost, rule["brings_upper"] < cost
    verdict = np.select([sure, vain], [WORTH, NOT_WORTH], UNCLEAR)
    rule["verdict"] = pd.Series(verdict, rule.index, dtype="str")
    stops = np.flatnonzero(~rule["go_on"].to_numpy())
    rule.attrs["stop_after"] = int(stops[0]) if len(stops) else len(rule)
    return rule


def due(
    contacts: pd.DataFrame,
    rule: pd.DataFrame,
    *,
    as_of: object = None,
    gap: float = GAP,
    longest: float = LONGEST,
    limit: int | None = None,
) -> pd.DataFrame:
    """Whom to contact today: open leads whose interval is over and whose next contact is worth it.

    Parameters
    ----------
    contacts, rule
        From `contacts` and `stop_rule`.
    as_of
        Today; the day of the data where none is given.
    gap, longest
        Days since the last contact, from and up to; both ends included. Who has been silent for
        longer is no follow-up but a new beginning, and not on the list.
    limit
        How many contacts there is time for.

    Returns
    -------
    pandas.DataFrame
        Index ``lead_id``, the most worth first, then the longest silent, then by number:
        ``next_contact`` int64, ``last_contact``, ``silent_days``, ``brings``, ``worth``, and
        ``intention_level``, ``salesperson``, ``branch`` where known. ``attrs``: ``not_yet``
        (interval not over), ``too_late``, ``stop`` (beyond the rule), ``beyond_limit``.

    CrmError if a column is missing, or days or limit cannot be.

    >>> days = pd.to_datetime(["2024-11-01", "2024-11-20"])
    >>> rows = pd.DataFrame({"contact_no": [1, 2], "ended": "open", "contacted_on": days},
    ...     index=pd.Index(["7", "8"], name="lead_id"))
    >>> rule = stop_rule(pd.DataFrame({"hazard": [0.1, 0.1, 0.0], "lower": 0.0, "upper": 0.2},
    ...     index=[1, 2, 3]), profit=2000, contact_cost=50)
    >>> told = due(rows, rule, as_of="2024-11-22")
    >>> told["next_contact"].to_dict(), told.attrs["not_yet"]
    ({'7': 2}, 1)
    """
    needs(contacts, "contact_no", "contacted_on", "ended")
    gap, longest = (checked("gap", days, AMOUNT) for days in (gap, longest))
    now = contacts.attrs.get("as_of", contacts["contacted_on"].max())
    now = now if as_of is None else pd.Timestamp(as_of)
    own = contacts[contacts["ended"] == OPEN]
    silent = (now.normalize() - own["contacted_on"].dt.normalize()) / pd.Timedelta(days=1)
    table = pd.DataFrame({"next_contact": own["contact_no"] + 1})
    table["last_contact"], table["silent_days"] = own["contacted_on"], silent
    for name in ("brings", "worth"):
        table[name] = rule[name].reindex(table["next_contact"]).fillna(0.0).to_numpy()
    for name in ("intention_level", "salesperson", "branch"):
        if name in own:
            table[name] = own[name]
    stop = table["worth"] <= 0
    early, late = silent < gap, silent > longest
    found = table[~(early | late | stop)].sort_index()
    found = found.sort_values(["worth", "silent_days"], ascending=False, kind="stable")
    most = len(found) if limit is None else int(checked("people", limit, COUNT))
    told = {"not_yet": int(early.sum()), "too_late": int(late.sum())}
    told |= {"stop": int((stop & ~early & ~late).sum())}
    told["beyond_limit"] = max(len(found) - most, 0)
    found = found.head(most)
    found.attrs = told
    return found
