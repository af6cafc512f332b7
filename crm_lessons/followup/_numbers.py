"""At which contact deals close, and how likely a deal is for those who get that far."""

import numpy as np
import pandas as pd

from crm_lessons.customers.wanted import needs
from crm_lessons.errors import CrmError
from crm_lessons.followup._contacts import OPEN, REFUSED, STOPPED
from crm_lessons.sampling import wilson


def by_contact(contacts: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Share of deals and hazard by contact number, side by side: two questions, two answers.

    The **share** asks: of all deals, how many closed at contact k? It is large where many contacts
    are made. The **hazard** asks: of the leads contacted a k-th time, how many closed at it? Only
    the second says what a k-th contact brings, and only for leads such as those that got that far.

    Parameters
    ----------
    contacts
        From `contacts`; part of them (a branch, a level) if whole leads are kept.

    Returns
    -------
    pandas.DataFrame
        Index ``contact_no`` from 1 without a gap. ``reached`` (leads contacted a k-th time),
        ``deals``, ``refused``, ``stopped``, ``open`` int64 (how those ended whose last contact it
        was); ``share_of_deals`` = deals_k ÷ all deals with ``share_lower``, ``share_upper`` and
        ``cumulative_share``; ``hazard`` = deals_k ÷ reached_k with ``lower``, ``upper``, all by
        Wilson; ``carried_on``: of those without an end at k, still open ones apart, the share who
        were contacted again; ``sold_by`` = 1 − Π (1 − hazard), the share that would have bought by
        then if everybody had been contacted so often and those given up were like the others.
        Shares are missing without deals.

    Raises
    ------
    CrmError
        There is no contact.

    Source: discrete-time life table; J. D. Singer, J. B. Willett, Journal of Educational Statistics
    18 (1993).

    >>> told = pd.DataFrame({"contact_no": [1, 1, 1, 1, 2, 2], "deal": [True] + [False] * 4
    ...     + [True], "ended": ["deal", "stopped", "", "", "refused", "deal"]})
    >>> by_contact(told)[["reached", "deals", "share_of_deals", "hazard"]].to_numpy().tolist()
    [[4.0, 1.0, 0.5, 0.25], [2.0, 1.0, 0.5, 0.5]]
    """
    needs(contacts, "contact_no", "deal", "ended")
    if contacts.empty:
        raise CrmError("nothing_known")
    number, ended = contacts["contact_no"].to_numpy(), contacts["ended"]
    counted = {
        "reached": np.ones(len(number), dtype=bool),
        "deals": contacts["deal"].to_numpy(bool),
    }
    counted |= {name: (ended == name).to_numpy() for name in (REFUSED, STOPPED, OPEN)}
    most = int(number.max())
    counts = {n: np.bincount(number[c], minlength=most + 1)[1:] for n, c in counted.items()}
    index = pd.RangeIndex(1, most + 1, name="contact_no")
    table = pd.DataFrame(counts, index=index).astype("int64")
    deals, total = table["deals"], int(table["deals"].sum())
    table["share_of_deals"] = deals / total if total else np.nan
    ends = wilson(deals, total, confidence=confidence)
    table["share_lower"], table["share_upper"] = ends
    table["cumulative_share"] = table["share_of_deals"].cumsum()
    table["hazard"] = deals / table["reached"].where(table["reached"] > 0)
    ends = wilson(deals, table["reached"], confidence=confidence)
    table["lower"], table["upper"] = ends
    again = table["reached"].shift(-1, fill_value=0)
    left = again + table["stopped"]
    table["carried_on"] = again / left.where(left > 0)
    table["sold_by"] = 1 - (1 - table["hazard"]).cumprod()
    return table


def who_gets_there(contacts: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Of whom those consist who get to each contact: shares by group, each row summing to 1.

    ``groups``: a value for each contact, such as its ``intention_level``; missing ones are left
    out. Index ``contact_no``, one float64 column a group, sorted.

    >>> told = pd.DataFrame({"contact_no": [1, 1, 2], "intention_level": ["C", "H", "H"]})
    >>> who_gets_there(told, told["intention_level"]).to_dict("list")
    {'C': [0.5, 0.0], 'H': [0.5, 1.0]}
    """
    counts = _counts(contacts["contact_no"], groups)
    return counts.div(counts.sum(axis=1).where(counts.sum(axis=1) > 0), axis=0)


def on_like_leads(
    contacts: pd.DataFrame, groups: pd.Series, *, confidence: float = 0.95
) -> pd.DataFrame:
    """The hazard as it is, and as it would be if those who get that far were like all leads.

    Direct standardisation: the hazard of each group at contact k, weighted by the groups' shares at
    the first contact. It takes away what the recorded groups explain of who was carried on with,
    and nothing of what nobody recorded. A group nobody of which got to contact k leaves the
    standardised hazard missing there.

    Returns index ``contact_no``: ``reached`` int64, ``hazard``, ``like_hazard``, ``like_lower``,
    ``like_upper`` float64. The interval is Wilson's at the number of contacts that would make a
    plain share as sure; each group's variance has one deal and one without added (Agresti), lest
    none in ten count as certainty.

    >>> told = pd.DataFrame({"contact_no": [1] * 8 + [2] * 4, "level": list("HHHHCCCCHHHC"),
    ...     "deal": [True, True] + [False] * 6 + [True, True, False, False]})
    >>> on_like_leads(told, told["level"])[["hazard", "like_hazard"]].round(3).to_numpy().tolist()
    [[0.25, 0.25], [0.5, 0.333]]
    """
    needs(contacts, "contact_no", "deal")
    n = _counts(contacts["contact_no"], groups)
    deals = _counts(contacts["contact_no"].where(contacts["deal"]), groups)
    deals = deals.reindex(index=n.index, columns=n.columns, fill_value=0)
    weight = n.loc[1] / n.loc[1].sum()
    n, deals, weight = n.loc[:, weight > 0], deals.loc[:, weight > 0], weight[weight > 0]
    like = (deals / n.where(n > 0) * weight).sum(axis=1, skipna=False)
    shrunk = (deals + 1) / (n + 2)
    variance = (weight**2 * shrunk * (1 - shrunk) / n.where(n > 0)).sum(axis=1, skipna=False)
    middle = (weight * shrunk).sum(axis=1)
    as_many = (middle * (1 - middle) / variance).fillna(0.0)
    table = pd.DataFrame({"reached": n.sum(axis=1).astype("int64")})
    table["hazard"] = deals.sum(axis=1) / n.sum(axis=1)
    table["like_hazard"] = like
    ends = wilson(like.fillna(0.0) * as_many, as_many, confidence=confidence)
    table["like_lower"], table["like_upper"] = ends
    return table


def _counts(numbers: pd.Series, groups: pd.Series) -> pd.DataFrame:
    """Contacts by number (from 1 without a gap) and group."""
    codes, names = pd.factorize(np.asarray(groups, dtype="object"), sort=True)
    number = np.asarray(numbers, dtype="float64")
    known = (codes >= 0) & ~np.isnan(number)
    if not known.any():
        return pd.DataFrame(index=pd.RangeIndex(1, 1, name="contact_no"), columns=names, dtype=int)
    place = number[known].astype("int64") - 1
    cells = np.bincount(place * len(names) + codes[known])
    most = int(place.max()) + 1
    counts = np.zeros(most * len(names), dtype="int64")
    counts[: len(cells)] = cells
    index = pd.RangeIndex(1, most + 1, name="contact_no")
    return pd.DataFrame(counts.reshape(most, len(names)), index, names)
