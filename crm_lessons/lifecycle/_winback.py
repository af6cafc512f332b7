"""Whom to win back first: value × chance to return × what a contact changes about it."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from crm_lessons import targeting
from crm_lessons.customers import worklist
from crm_lessons.customers.worklist import Reason

# Silences are told in three: what a contact changes was measured for each.
BANDS = ("recent", "middle", "long")
EDGES = (180, 365)  # the last day of the first two
REASONS = {"recent": Reason("phone", 0), "middle": Reason("phone", 1), "long": Reason("phone", 2)}


def silence_bands(silent: pd.Series, *, edges: tuple[int, int] = EDGES) -> pd.Series:
    """How long a silence is: ``recent`` to day 180, ``middle`` to day 365, both days included,
    ``long`` beyond.

    >>> silence_bands(pd.Series([180, 181, 366])).to_list()
    ['recent', 'middle', 'long']
    """
    named = np.select([silent <= edges[0], silent <= edges[1]], BANDS[:2], BANDS[2])
    return pd.Series(named, silent.index, dtype="str", name="silence_band")


def changes(trial: pd.DataFrame, *, edges: tuple[int, int] = EDGES) -> pd.DataFrame:
    """What contact changed about the share who return, by band of silence, from a trial by lot.

    ``trial``: ``silent_days``, ``treated``, ``returned``; with ``margin`` and ``cost`` in money as
    well. The table is that of `targeting.uplift_by_group`, whose intervals hold for all bands
    together, in the order of `BANDS`, with ``counted_on``: what is left of the uplift once it is
    marked down (`targeting.proven`): little where it is not sure, 0 where the trial is too small
    to pick by.

    >>> trial = pd.DataFrame({"silent_days": 100, "treated": [True, False] * 200,
    ...     "returned": [True, False, False, False] * 100})
    >>> changes(trial)[["uplift", "counted_on"]].round(1).to_numpy().tolist()
    [[0.5, 0.5]]
    """
    own = trial.rename(columns={"returned": "stayed"})
    table = targeting.uplift_by_group(own, silence_bands(trial["silent_days"], edges=edges))
    table = table.reindex([band for band in BANDS if band in table.index])
    table = table.rename_axis("silence_band")
    return table.assign(counted_on=targeting.proven(table))


def winback(
    last: pd.DataFrame,
    profit_an_order: pd.Series,
    curve: pd.DataFrame,
    change: Mapping[str, float] | pd.Series,
    *,
    dormant_after: int = 90,
    orders_if_back: float = 1.0,
    contact: float = 4.0,
    coupon: float = 20.0,
    edges: tuple[int, int] = EDGES,
) -> pd.DataFrame:
    """What contacting each silent customer is expected to bring, the highest first.

    Parameters
    ----------
    last
        From `customers.last_spells`; only who is silent for more than ``dormant_after`` days
        counts.
    profit_an_order
        By customer, money; missing where it is not known.
    curve
        From `return_curve`: the chance to return left alone, at the customer's own silence.
    change
        By how much a contact raises that chance, by band of silence (``counted_on`` of `changes`).
    orders_if_back
        How many orders somebody places who has come back.

    Returns
    -------
    pandas.DataFrame
        By customer ``silent_days`` int64, ``silence_band``, ``return_chance`` and
        ``return_change`` (shares), ``return_value`` = profit an order × ``orders_if_back``,
        ``contact_cost`` (who would have come anyway uses the coupon too) and ``expected_gain`` =
        change × value − cost; NaN where the profit is not known. Equal gains go by customer id.

    >>> last = pd.DataFrame({"silent": [100, 10]}, index=["a", "b"])
    >>> curve = pd.DataFrame({"share": [0.2]}, index=[90])
    >>> found = winback(last, pd.Series({"a": 90.0}), curve, {"recent": 0.1}, coupon=0.0)
    >>> found["expected_gain"].to_dict()
    {'a': 5.0}
    """
    quiet = last[last["silent"] > dormant_after].sort_index()
    silent = quiet["silent"].astype("int64")
    band = silence_bands(silent, edges=edges)
    known = curve["share"].dropna()
    chance = np.interp(silent, known.index, known) if len(known) else np.nan
    table = pd.DataFrame({"silent_days": silent, "silence_band": band, "return_chance": chance})
    table["return_change"] = band.map(dict(change)).astype("float64").fillna(0.0)
    table["return_value"] = (profit_an_order.reindex(quiet.index) * orders_if_back).round(2)
    chance, change = table["return_chance"], table["return_change"]
    cost = targeting.contact_cost(chance, change, contact=contact, coupon=coupon)
    gain = targeting.expected_gain(change, table["return_value"], cost)
    table = table.assign(contact_cost=cost, expected_gain=gain)
    return table.sort_values("expected_gain", ascending=False, kind="stable")


def gain_range(
    planned: pd.DataFrame, trial: pd.DataFrame, *, contact: float = 4.0, coupon: float = 20.0
) -> tuple[float, float]:
    """What those worth a contact bring in all, with the change at both ends of its interval.

    ``planned`` from `winback`, made with the same ``contact`` and ``coupon``; ``trial`` from
    `changes`, whose ``lower`` and ``upper`` are taken for each customer's band. Money; 0 and 0
    where nobody is worth a contact. Errors of the chance and of the value are not in it.

    >>> planned = pd.DataFrame({"silence_band": ["recent"], "return_chance": [0.1],
    ...     "return_value": [100.0], "expected_gain": [6.0]})
    >>> trial = pd.DataFrame({"lower": [0.0], "upper": [0.2]}, index=["recent"])
    >>> gain_range(planned, trial, coupon=0.0)
    (-4.0, 16.0)
    """
    chosen = planned[targeting.worth_contacting(planned["expected_gain"])]
    sums = []
    for end in ("lower", "upper"):
        change = chosen["silence_band"].map(trial[end]).astype("float64").fillna(0.0)
        cost = targeting.contact_cost(
            chosen["return_chance"], change, contact=contact, coupon=coupon
        )
        sums.append(float(targeting.expected_gain(change, chosen["return_value"], cost).sum()))
    return round(min(sums), 2), round(max(sums), 2)


def orders_when_back(trial: pd.DataFrame, profit_an_order: pd.Series) -> float:
    """How many of their own orders those are worth who came back in a trial: 1 where nobody did.

    >>> trial = pd.DataFrame({"returned": [True, False], "margin": [90.0, 0.0]}, index=["a", "b"])
    >>> orders_when_back(trial, pd.Series({"a": 30.0, "b": 50.0}))
    3.0
    """
    back = trial[trial["returned"].astype("bool")]
    own = profit_an_order.reindex(back.index)
    known = own.notna() & back["margin"].notna()
    whole = float(own[known].sum())
    return float(back.loc[known, "margin"].sum() / whole) if whole > 0 else 1.0


def actions(
    planned: pd.DataFrame,
    *,
    as_of: object,
    in_charge: pd.Series | None = None,
    days: Sequence[int] = (3, 7, 14),
    limit: int = 30,
) -> pd.DataFrame:
    """The list: whom to win back, why, how, by when, who; the highest expected gain first.

    ``planned`` from `winback`; only gains above 0 are listed. Returns ``customer_id``, ``reason``
    (the band), ``silent_days``, ``at_stake`` (the expected gain), ``channel``, ``due``, ``who``.

    >>> planned = pd.DataFrame({"silent_days": [100], "silence_band": ["recent"],
    ...     "expected_gain": [5.0]}, index=["7"])
    >>> actions(planned, as_of="2025-10-20")[["customer_id", "reason"]].iloc[0].to_list()
    ['7', 'recent']
    """
    worth = planned[targeting.worth_contacting(planned["expected_gain"])]
    found = {band: worth.loc[worth["silence_band"] == band, "expected_gain"] for band in BANDS}
    rows = worklist.taking_turns(worklist.one_reason_each(found, REASONS), limit)
    rows = rows.assign(silent_days=worth["silent_days"].reindex(rows["customer_id"]).array)
    listed = worklist.filled(rows, REASONS, today=as_of, days=days, in_charge=in_charge)
    return listed[["customer_id", "reason", "silent_days", "at_stake", "channel", "due", "who"]]
