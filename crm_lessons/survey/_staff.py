"""Scores of staff in which the customer is chief examiner, and who picks the customers asked.

The training notes give the customer the largest weight; how large is a parameter, and the ranking
is shown under several.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import SEED, stream

CUSTOMER = "customer"


def part_weights(parts: Iterable[str], *, customer_weight: float) -> dict[str, float]:
    """The customer's weight, and the rest shared equally by the other parts; they sum to 1.

    CrmError without a part ``customer``, or if its weight lies outside 0 to 1.

    >>> part_weights(["customer", "jobs", "profit"], customer_weight=0.5)
    {'customer': 0.5, 'jobs': 0.25, 'profit': 0.25}
    """
    names = list(parts)
    if CUSTOMER not in names:
        raise CrmError("staff_no_customer")
    if not 0 <= customer_weight <= 1:
        raise CrmError("customer_weight", weight=customer_weight)
    others = [name for name in names if name != CUSTOMER]
    if not others:
        return {CUSTOMER: 1.0}
    rest = (1 - customer_weight) / len(others)
    return {name: customer_weight if name == CUSTOMER else rest for name in names}


def chief_examiner(weights: Mapping[str, float]) -> bool:
    """Whether the customer's weight is larger than that of any other part.

    >>> chief_examiner({"customer": 0.4, "jobs": 0.3, "profit": 0.3})
    True
    """
    others = [weight for name, weight in weights.items() if name != CUSTOMER]
    return weights.get(CUSTOMER, 0.0) > max(others, default=0.0) + 1e-12


def staff_scores(parts: pd.DataFrame, *, customer_weight: float = 0.5) -> pd.DataFrame:
    """Each member of staff's score: Σ weight · standardised part.

    Every part is put on one scale first (less its mean, over its standard deviation; a part in
    which nobody differs counts 0), since a level of satisfaction and a yuan cannot be added.

    Parameters
    ----------
    parts
        Staff × parts, higher is better, one of them called ``customer``. A member of staff with a
        missing part gets no score: nothing is guessed.
    customer_weight
        From 0 to 1; the other parts share the rest equally.

    Returns
    -------
    pandas.DataFrame
        Index: staff, the best first. The standardised parts, ``score`` float64 and ``rank`` Int64.

    Raises
    ------
    CrmError
        If a part is infinite.

    Source: training notes, 001 L113 (largest weight; no figure given).

    Examples
    --------
    >>> parts = pd.DataFrame({"customer": [5.0, 3.0], "jobs": [10.0, 30.0]}, index=["Li", "Wang"])
    >>> staff_scores(parts, customer_weight=0.8)["rank"].to_dict()
    {'Li': 1, 'Wang': 2}
    """
    weights = part_weights(parts.columns, customer_weight=customer_weight)
    values = parts.astype("float64")
    if np.isinf(values.to_numpy()).any():
        raise CrmError("survey_not_numbers", items="∞")
    spread = values.std(ddof=1)
    alike = ~(spread > 1e-12)
    scaled = (values - values.mean()) / spread.mask(alike, 1.0)
    scaled = scaled.mask(values.notna() & alike, 0.0)
    score = sum(weights[name] * scaled[name] for name in parts.columns)
    table = scaled.assign(score=score.round(12) + 0.0)
    rank = table["score"].rank(method="min", ascending=False).astype("Int64")
    table = table.assign(rank=rank).sort_index()
    return table.sort_values("score", ascending=False, kind="stable")


def first_rate(
    parts: pd.DataFrame,
    errors: pd.Series,
    *,
    customer_weight: float = 0.5,
    draws: int = 1000,
    seed: int = SEED,
) -> pd.Series:
    """How often each would come first if other customers had answered: shares, float64 by staff.

    The customers' part is drawn anew ``draws`` times, normal about what was seen with the standard
    ``errors`` (by staff; a missing one is 0); other parts count as known. Staff with a missing part
    are left out.

    >>> parts = pd.DataFrame({"customer": [4.1, 4.0], "jobs": [20.0, 20.0]}, index=["Li", "Wang"])
    >>> bool(first_rate(parts, pd.Series(0.2, index=parts.index))["Li"] < 0.8)
    True
    """
    known = parts.dropna().astype("float64")
    if known.empty:
        return pd.Series(dtype="float64", index=known.index)
    weights = part_weights(known.columns, customer_weight=customer_weight)
    noise = stream(seed).standard_normal((draws, len(known)))
    error = errors.reindex(known.index).fillna(0.0).to_numpy()
    score = np.zeros((draws, len(known)))
    for name, weight in weights.items():
        values = np.broadcast_to(known[name].to_numpy(), score.shape)
        values = values + noise * error if name == CUSTOMER else values
        spread = values.std(axis=1, ddof=1, keepdims=True) if len(known) > 1 else 0.0
        apart = values - values.mean(axis=1, keepdims=True)
        score += weight * np.divide(apart, spread, out=np.zeros_like(score), where=spread > 1e-12)
    first = np.bincount(score.argmax(axis=1), minlength=len(known)) / draws
    return pd.Series(first, index=known.index)


def ranks_by_weight(
    parts: pd.DataFrame, *, customer_weights: Iterable[float] = (0.2, 0.34, 0.5, 0.7, 1.0)
) -> pd.DataFrame:
    """The rank of everybody under several weights of the customer: staff × weights, Int64.

    >>> parts = pd.DataFrame({"customer": [5.0, 3.0], "jobs": [10.0, 30.0]}, index=["Li", "Wang"])
    >>> ranks_by_weight(parts, customer_weights=(0.2, 0.8)).loc["Li"].to_list()
    [2, 1]
    """
    found = {
        weight: staff_scores(parts, customer_weight=weight)["rank"].reindex(parts.index)
        for weight in customer_weights
    }
    table = pd.DataFrame(found).sort_index()
    table = table.sort_values(list(table.columns[::-1]), kind="stable")
    return table.rename_axis(index=parts.index.name, columns="customer_weight")
