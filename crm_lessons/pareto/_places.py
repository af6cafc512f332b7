"""Who gets the limited places: a list by the A line, a reason and somebody in charge of each."""

import pandas as pd

from crm_lessons.customers.worklist import who
from crm_lessons.pareto._actions import fallen
from crm_lessons.pareto.abc import abc, cut_that_fits


def care_list(
    people: pd.DataFrame,
    amount: pd.Series,
    *,
    places: int,
    cut: float | None = None,
    previous: pd.DataFrame | None = None,
    now: pd.DataFrame | None = None,
    in_charge: pd.Series | None = None,
) -> pd.DataFrame:
    """The customers whom the team looks after one by one, never more than ``places``.

    Reasons, in the order in which the places are given:

    - ``in_a``: class A by the line ``cut``, the largest first; whom the places do not reach is not
      listed.
    - ``a_fallen``: of the others, who were A in the previous period, are not in this one and bought
      for less: the largest loss first. Nobody without ``previous`` and ``now``.
    - ``next_largest``: the largest of the rest, until the places are full.

    Parameters
    ----------
    people
        From ``customers.summarise``, for ``recency_days``.
    amount
        What the customers are ranked by, in money.
    cut
        Share of the amount that class A covers; by default `cut_that_fits` of the places.
    previous, now
        Results of `abc` for two periods of equal length, one after the other.
    in_charge
        Customer to salesperson, from ``customers.main``.

    Returns
    -------
    pandas.DataFrame
        ``customer_id``, ``reason``, ``who`` (empty if unknown), ``rank`` Int64 and ``amount``
        float64, ``cumulative_share`` float64 (with this customer), ``recency_days``.

    Examples
    --------
    >>> ids = pd.Index(["1", "2", "3"], name="customer_id")
    >>> people = pd.DataFrame({"recency_days": [3, 9, 40]}, index=ids)
    >>> listed = care_list(people, pd.Series([80.0, 15.0, 5.0], ids), places=2, cut=0.75)
    >>> listed[["customer_id", "reason"]].to_numpy().tolist()
    [['1', 'in_a'], ['2', 'next_largest']]
    """
    line = cut_that_fits(amount, places=places) if cut is None else cut
    # A line of 0: even at 1 % more stand in A than there are places.
    ranked = abc(amount, a_share=line or 0.01, b_share=0.0)
    ranked = ranked.dropna(subset=["class"]).sort_index().sort_values("rank", kind="stable")
    in_a = ranked.index[(ranked["class"] == "A").to_numpy()]
    lost = [] if previous is None or now is None else _largest(fallen(now, previous))
    reason = dict.fromkeys(in_a, "in_a")
    for name, ids in (("a_fallen", lost), ("next_largest", ranked.index)):
        reason |= {one: name for one in ids if one not in reason and one in ranked.index}
    chosen = pd.Series(reason, dtype="str").head(places)
    told = ranked.reindex(chosen.index)
    return pd.DataFrame(
        {
            "customer_id": chosen.index.astype("str"),
            "reason": chosen.array,
            "who": who(in_charge, chosen.index),
            "rank": told["rank"].astype("Int64").array,
            "amount": told["amount"].astype("float64").array,
            "cumulative_share": told["cumulative_share"].astype("float64").array,
            "recency_days": people["recency_days"].reindex(chosen.index).array,
        }
    )


def _largest(stakes: pd.Series) -> pd.Index:
    return stakes.sort_index().sort_values(ascending=False, kind="stable").index
