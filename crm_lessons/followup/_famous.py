"""The famous statistic taken apart: what it would need, and how it comes about without it."""

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from crm_lessons.customers.wanted import needs
from crm_lessons.errors import CrmError
from crm_lessons.value.formulas import SHARE, checked

# First and last contact of a band → share of all deals.
NOTES = {(1, 3): 0.20, (4, 11): 0.80}  # 000 L661, without a source
FABRICATED = {(1, 1): 0.02, (2, 2): 0.03, (3, 3): 0.05, (4, 4): 0.10, (5, 12): 0.80}
MOST = 12  # contacts


def needed(
    table: pd.DataFrame, bands: Mapping[tuple[int, int], float] = FABRICATED
) -> pd.DataFrame:
    """How often each contact would have to close for the shares to hold, beside what it did.

    With as many deals in all, and as many leads reached by each contact, as there were:
    needed = share × all deals ÷ contacts made in the band. Above 1 it is impossible; where it
    rises from band to band leads would have to grow keener by being refused. It is a reckoning on
    the contacts made: with other hazards other leads would have been reached.

    ``table`` from `by_contact`; ``bands``: first and last contact to the share of all deals.
    `FABRICATED`, 2, 3, 5, 10 and 80 %, is printed with the name of a survey that nobody has found;
    `NOTES` stands in the notes.

    Returns index ``band`` (``5–12``); ``claimed``, ``contacts`` int64, ``needed``; ``seen`` (share
    of deals), ``hazard`` (deals ÷ contacts), ``times`` = needed ÷ hazard; ``possible`` bool: needed
    ≤ 1, or nothing claimed. Missing where nobody was contacted so often.

    CrmError if there is no deal, a band ends before it begins or overlaps another, or the shares
    add up to more than 1.

    >>> told = pd.DataFrame({"reached": [100, 40], "deals": [8, 2]}, index=[1, 2])
    >>> needed(told, {(1, 1): 0.2, (2, 12): 0.8})[["needed", "hazard"]].to_numpy().tolist()
    [[0.02, 0.08], [0.2, 0.05]]
    """
    needs(table, "reached", "deals")
    _check_bands(bands)
    total = int(table["deals"].sum())
    if not total:
        raise CrmError("followup_no_deals")
    rows = {}
    for (first, last), claimed in sorted(bands.items()):
        own = table[(table.index >= first) & (table.index <= last)]
        made, deals = int(own["reached"].sum()), int(own["deals"].sum())
        wanted = claimed * total / made if made else np.nan
        hazard = deals / made if made else np.nan
        rows[str(first) if first == last else f"{first}–{last}"] = {
            "claimed": claimed,
            "contacts": made,
            "needed": wanted,
            "seen": deals / total,
            "hazard": hazard,
            "times": wanted / hazard if deals else np.nan,
            "possible": claimed == 0 or bool(wanted <= 1),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("band")


def expected(
    hazard: float | Sequence[float], carried_on: float | Sequence[float], *, most: int = MOST
) -> pd.DataFrame:
    """Where deals would close with these hazards and so many carried on with after each contact.

    reached₁ = 1, deals_k = reached_k × hazard_k, reached_{k+1} = (reached_k − deals_k) ×
    carried_on_k. With one hazard for every contact and everybody contacted eleven times, eight of
    eleven contacts bear the numbers 4 to 11: the share is large because the contacts are many.

    ``hazard`` and ``carried_on``: shares from 0 to 1, one for all contacts or one for each (of a
    sequence the last holds on). Returns index ``contact_no`` to ``most``: ``reached``, ``deals`` as
    shares of all leads, ``hazard``, ``share_of_deals`` (missing without deals).

    CrmError if a share lies outside 0 to 1 or ``most`` is below 1.

    >>> told = expected(0.02, 1.0, most=11)
    >>> round(float(told.loc[4:11, "share_of_deals"].sum()), 2)
    0.7
    """
    if most < 1:
        raise CrmError("followup_contacts_least", given=most)
    chances, kept = _laid("response", hazard, most), _laid("share", carried_on, most)
    reached, rows = 1.0, []
    for chance, on in zip(chances, kept, strict=True):
        rows.append((reached, reached * chance, chance))
        reached *= (1 - chance) * on
    index = pd.RangeIndex(1, most + 1, name="contact_no")
    table = pd.DataFrame(rows, index, ["reached", "deals", "hazard"])
    total = table["deals"].sum()
    return table.assign(share_of_deals=table["deals"] / total if total else np.nan)


def _laid(name: str, given: float | Sequence[float], most: int) -> list[float]:
    """The share at each contact up to ``most``."""
    values = list(np.atleast_1d(np.asarray(given, dtype="float64")))
    if not values:
        raise CrmError("followup_contacts_least", given=0)
    values = [checked(name, float(one), SHARE) for one in values[:most]]
    return values + values[-1:] * (most - len(values))


def _check_bands(bands: Mapping[tuple[int, int], float]) -> None:
    ends = sorted(bands)
    crossed = any(one[1] >= other[0] for one, other in itertools.pairwise(ends))
    shares = [checked("share", float(share), SHARE) for share in bands.values()]
    if not ends or crossed or any(f < 1 or t < f for f, t in ends) or sum(shares) > 1 + 1e-9:
        raise CrmError("followup_bands", given=", ".join(f"{f}–{t}" for f, t in ends) or "—")
