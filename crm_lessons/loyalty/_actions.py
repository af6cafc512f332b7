"""Whom to call because of what they said and did. Codes only; wording has the texts."""

import datetime as dt

import pandas as pd

from crm_lessons.customers.worklist import Reason, filled, taking_turns

RESPONDENT = "respondent_id"
# In the order in which a customer with several reasons gets one.
REASONS = {
    "captive": Reason("visit", 1),
    "leaving": Reason("phone", 0),
    "satisfied_gone": Reason("wecom", 1),
    "promoter": Reason("thanks", 2),
}


def actions(
    found: pd.DataFrame,
    classes: pd.Series,
    *,
    as_of: str | dt.date | pd.Timestamp | None,
    bought: pd.DataFrame | None = None,
    in_charge: pd.Series | None = None,
    satisfied_from: int = 4,
    days: tuple[int, int, int] = (3, 7, 14),
    customers: pd.Series | None = None,
    limit: int = 30,
) -> pd.DataFrame:
    """One row per customer to act on, the highest stake first; without stakes by reason.

    Reasons, of which a customer gets the first that holds:

    - ``captive``: unhappy and stays (class ``captive``): ask what keeps them, and what is wrong;
    - ``leaving``: unhappy and about to go (class ``leaving``): settle what is open;
    - ``satisfied_gone``: satisfied, bought before the survey and not since: ask, do not push;
    - ``promoter``: loyal, recommends very likely, has bought since if that is known: say thank you.

    Customers who were satisfied before and have bought nothing since can only be found with orders.
    Unhappy customers who have not bought since are no longer asked to stay: they are left out of
    ``captive``, and kept in ``leaving``, since what is open is settled in any case.

    Parameters
    ----------
    found, classes
        From `indicators` and `loyalty_class`, indexed by customer id, or by ``respondent_id``.
    as_of
        The day from which ``due`` counts; None or NaT leaves ``due`` missing.
    bought
        From ``customers.around`` with the day each one answered: the stake is ``amount_before``.
        None leaves the stake unknown.
    in_charge
        Customer to salesperson.
    customers
        Respondent to customer id, where the index holds respondents.
    limit
        The most rows; the reasons take turns, each by its highest stakes.

    Returns
    -------
    pandas.DataFrame
        ``customer_id`` (of respondents ``respondent_id``, and the customer where known: a response
        number is never called a customer), ``loyalty_class``, ``satisfaction`` Int64, ``reason``,
        ``at_stake`` float64 (NaN without orders), ``channel``, ``due`` datetime64[us], ``who``
        (empty if unknown).

    >>> from crm_lessons.loyalty import indicators, loyalty_class
    >>> people = pd.DataFrame({"overall": [1, 5], "repurchase_probability": [0.9, 0.9],
    ...     "recommends": [0, 10]}, index=pd.Index(["7", "8"], name="customer_id"))
    >>> told = indicators(people)
    >>> actions(told, loyalty_class(told), as_of="2025-10-20")[["customer_id", "reason"]
    ...     ].to_numpy().tolist()
    [['7', 'captive'], ['8', 'promoter']]
    """
    reason = _reasons(found, classes, bought, satisfied_from).dropna()
    stake = pd.Series(float("nan"), index=reason.index)
    if bought is not None:
        stake = bought["amount_before"].reindex(reason.index)
    rows = pd.DataFrame(
        {
            "customer_id": reason.index.astype("str"),
            "loyalty_class": classes.reindex(reason.index).array,
            "satisfaction": found["satisfaction"].reindex(reason.index).array,
            "reason": reason.array,
            "at_stake": stake.astype("float64").array,
        }
    )
    chosen = taking_turns(rows, limit)
    if bought is None:
        place = chosen["reason"].map({name: n for n, name in enumerate(REASONS)})
        chosen = chosen.assign(place=place).sort_values(["place", "customer_id"])
        chosen = chosen.drop(columns="place")
    chosen = filled(chosen, REASONS, today=as_of, days=days, in_charge=in_charge)
    return chosen if found.index.name != RESPONDENT else _called(chosen, customers)


def _called(chosen: pd.DataFrame, customers: pd.Series | None) -> pd.DataFrame:
    """Respondents by their customer numbers where all have one, else by response numbers too."""
    numbers = chosen["customer_id"]
    told = chosen.rename(columns={"customer_id": RESPONDENT})
    if customers is None or customers.isna().all():
        return told
    known = customers.astype("str").where(customers.notna(), "").reindex(numbers).fillna("")
    told.insert(0, "customer_id", known.astype("str").array)
    return told if (known == "").any() else told.drop(columns=RESPONDENT)


def _reasons(
    found: pd.DataFrame, classes: pd.Series, bought: pd.DataFrame | None, satisfied_from: int
) -> pd.Series:
    again = pd.Series(pd.NA, index=found.index, dtype="boolean")
    before = again
    if bought is not None:
        again = bought["bought_again"].reindex(found.index)
        before = bought["bought_before"].reindex(found.index)
    gone = ~again & before
    glad = found["satisfaction"].astype("Float64") >= satisfied_from
    cases = {
        "captive": (classes == "captive") & ~_sure(~again),
        "leaving": classes == "leaving",
        "satisfied_gone": _sure(glad & gone),
        "promoter": (classes == "loyal") & ~_sure(~again),
    }
    reason = pd.Series(None, index=found.index, dtype="str")
    for name in reversed(list(REASONS)):
        reason = reason.mask(_sure(cases[name]), name)
    return reason


def _sure(condition: pd.Series) -> pd.Series:
    """True only where the condition is known to hold."""
    return condition.astype("boolean").fillna(False).astype("bool")
