"""A control group drawn by lot: kept aside so that the next campaign can be measured."""

import hashlib

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import SEED


def lot(customer: str, seed: int) -> int:
    """The number a customer draws: always the same for the same id and seed.

    >>> lot("00456", 1) == lot("00456", 1) != lot("00456", 2)
    True
    """
    drawn = hashlib.blake2b(f"{seed}:{customer}".encode(), digest_size=7)
    return int.from_bytes(drawn.digest(), "big")


def control_group(strata: pd.Series, *, share: float = 0.20, seed: int = SEED) -> pd.Series:
    """Who is kept aside and not contacted: true or false by customer.

    Parameters
    ----------
    strata
        Customer to stratum (score group, value class …); every stratum gives its part, so that
        both sides are alike in it. A missing stratum is one of its own.
    share
        Part of all customers to keep aside, 0 to below 1; in whole customers, rounded.
    seed
        Another seed is another draw. The lots come from the ids, so the draw neither depends on
        the order of rows nor changes when it is made again.

    Raises
    ------
    CrmError
        Unless 0 ≤ ``share`` < 1, or if a customer is listed twice.

    >>> ids = [f"{number:03d}" for number in range(100)]
    >>> drawn = control_group(pd.Series(["a"] * 40 + ["b"] * 60, ids), share=0.1)
    >>> drawn.groupby(["a"] * 40 + ["b"] * 60).sum().to_dict()
    {'a': 4, 'b': 6}
    """
    if not 0 <= share < 1:
        raise CrmError("targeting_control_share", given=share)
    if strata.index.has_duplicates:
        raise CrmError("targeting_twice", value=strata.index[strata.index.duplicated()][0])
    named = strata.astype("object").where(strata.notna(), "").astype("str")
    lots = pd.Series([lot(str(customer), seed) for customer in strata.index], strata.index, "int64")
    places = _places(named.value_counts(), share)
    rank = lots.groupby(named).rank(method="first")
    return (rank <= named.map(places).astype("float64")).rename("control").astype("bool")


def _places(sizes: pd.Series, share: float) -> pd.Series:
    """How many of each stratum: largest remainders, ties by name; they sum to the rounded total."""
    wanted = sizes.sort_index() * share
    floors = np.floor(wanted + 1e-9)
    left = round(float(wanted.sum()) + 1e-9) - int(floors.sum())
    order = (floors - wanted).sort_values(kind="stable").index
    floors.loc[order[:left]] += 1
    return floors
