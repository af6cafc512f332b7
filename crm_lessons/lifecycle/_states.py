"""One state for each customer: what they are, since when, and the rule that decided."""

import numpy as np
import pandas as pd

from crm_lessons.customers import LIMITS, Limits
from crm_lessons.errors import CrmError

# From afar to near, and away again.
ORDER = (
    "non_customer", "prospect", "target", "first", "repeat", "loyal", "won_back", "dormant", "lost",
)  # fmt: skip
# By which rule: the days of all, or a multiple of the customer's own interval.
DAYS, OWN = "days", "own_interval"


def states(
    last: pd.DataFrame,
    limits: Limits = LIMITS,
    *,
    intervals: pd.Series | None = None,
    times: float | None = None,
    least: int = 3,
    leads: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What every customer, and every enquiry without a purchase, is on the day of the analysis.

    Parameters
    ----------
    last
        From `customers.last_spells`, with the same ``limits``.
    intervals, times, least
        With ``times``: whoever has at least ``least`` intervals is dormant after ``times`` of their
        own median interval (in ``intervals``, days by customer) instead of ``dormant_after`` days,
        and lost after as many times more as ``lost_after`` is of ``dormant_after``. Exactly so many
        days are still the calmer state.
    leads
        Enquiries, index ``customer_id`` or any id: with ``has_need`` and ``has_power`` (boolean,
        missing where nobody asked), and ``contacted``. Whoever has bought is a customer already.

    Returns
    -------
    pandas.DataFrame
        Index ``customer_id``. ``state``: ``first``, ``repeat``, ``loyal``, ``won_back`` (bought
        again after having been lost), ``dormant``, ``lost``; of enquiries ``target`` (need and
        power are known), ``non_customer`` (no need, or no power) and ``prospect`` (the others).
        ``since`` datetime64[us], the day on which that began, NaT of enquiries; ``rule``, what
        decided: ``first``, ``again``, ``steady``, ``after_lost``, ``days``, ``own_interval``,
        ``found_out``, ``not_known``; ``silent`` Int64, days.

    Raises
    ------
    CrmError
        If ``times`` is not above 0, or is given without intervals.

    >>> last = pd.DataFrame({"days": [5], "silent": [91], "stage": ["loyal"],
    ...     "stage_day": pd.Timestamp("2025-01-01"), "last_day": pd.Timestamp("2025-06-01")})
    >>> states(last)[["state", "rule"]].iloc[0].to_list()
    ['dormant', 'days']
    """
    dormant, lost, own = _edges(last, limits, intervals, times, least)
    silent = last["silent"].to_numpy(dtype="float64")
    quiet = np.where(silent > lost, "lost", np.where(silent > dormant, "dormant", ""))
    stage = last["stage"].astype("str")
    rules = {"first": "first", "repeat": "again", "loyal": "steady", "won_back": "after_lost"}
    state = pd.Series(np.where(quiet == "", stage, quiet), last.index, dtype="str")
    edge = np.where(quiet == "lost", lost, dormant)
    fell = last["last_day"] + pd.to_timedelta(np.floor(edge) + 1, unit="D")
    table = pd.DataFrame(
        {
            "state": state,
            "since": last["stage_day"].where(quiet == "", fell).astype("datetime64[us]"),
            "rule": np.where(quiet == "", stage.map(rules), np.where(own, OWN, DAYS)),
            "silent": last["silent"].astype("Int64"),
        },
        index=last.index,
    )
    table = table if leads is None else pd.concat([table, _enquiries(leads, last.index)])
    return table.astype({"state": "str", "rule": "str"}).rename_axis("customer_id").sort_index()


def _edges(
    last: pd.DataFrame,
    limits: Limits,
    intervals: pd.Series | None,
    times: float | None,
    least: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """After how many days each is dormant and lost, and whether their own rhythm says so."""
    if times is None:
        every = np.ones(len(last))
        return every * limits.dormant_after, every * limits.lost_after, every == 0
    if not times > 0 or intervals is None:
        raise CrmError("lifecycle_times", given=times)
    rhythm = intervals.reindex(last.index).to_numpy(dtype="float64")
    own = (last["days"].to_numpy() > least) & (rhythm > 0)
    dormant = np.where(own, times * rhythm, limits.dormant_after)
    return dormant, dormant * limits.lost_after / limits.dormant_after, own


def _enquiries(leads: pd.DataFrame, customers: pd.Index) -> pd.DataFrame:
    """Prospects, targets and non-customers: who asked and has not bought."""
    asked = leads[~leads.index.isin(customers)]
    need, power = (
        asked.get(name, pd.Series(pd.NA, asked.index)).astype("boolean")
        for name in ("has_need", "has_power")
    )
    cannot = (~need).fillna(False) | (~power).fillna(False)
    wanted = (need & power).fillna(False)
    state = np.where(cannot, "non_customer", np.where(wanted, "target", "prospect"))
    return pd.DataFrame(
        {
            "state": state,
            "since": pd.Series(pd.NaT, asked.index, dtype="datetime64[us]"),
            "rule": np.where(cannot | wanted, "found_out", "not_known"),
            "silent": pd.Series(pd.NA, asked.index, dtype="Int64"),
        },
        index=asked.index,
    )
