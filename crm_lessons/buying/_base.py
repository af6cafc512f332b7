"""What the whole base of customers is worth, segment by segment, and how sure that is."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lessons.buying._expectations import p_alive
from crm_lessons.buying._futures import futures
from crm_lessons.buying._histories import Histories
from crm_lessons.buying._lifetime import check_terms, lifetime_value, margins
from crm_lessons.buying._purchases import Purchases
from crm_lessons.buying._spending import Spending
from crm_lessons.buying._tested import Backtest
from crm_lessons.customers import DAYS_A_YEAR
from crm_lessons.errors import CrmError
from crm_lessons.sampling import SEED, carried, check_confidence

ALL = "all"
# Customers without a segment are shown as such, not dropped: the parts add up to the whole.
UNKNOWN = "unknown"


@dataclass(frozen=True, eq=False)
class BaseValue:
    """``segments``: one row per segment, see `value_of_base`; ``total``: the same of everybody.

    ``parameters_vary``: whether the intervals hold the uncertainty of the parameters; without a
    covariance they hold chance only and are too narrow. ``observed_years``: the longest history.
    ``tests``: the `backtest` by which the intervals are widened, None where they are the model's;
    ``own`` is the model's interval of the total then. ``renewing``: `renewal_value` where customers
    buy by a schedule, else None.
    """

    segments: pd.DataFrame
    total: pd.Series
    confidence: float
    draws: int
    parameters_vary: bool
    margin: float
    discount: float
    years: float
    observed_years: float
    tests: Backtest | None = None
    own: tuple[float, float] | None = None
    renewing: dict[str, float] | None = None


def value_of_base(
    purchases: Purchases,
    spending: Spending,
    histories: Histories,
    *,
    segments: pd.Series | None = None,
    margin: float | pd.Series = 1.0,
    discount: float = 0.10,
    years: float = 3.0,
    confidence: float = 0.95,
    draws: int = 400,
    seed: int = SEED,
) -> BaseValue:
    """The expected value of each segment in ``years``, with an interval for what will really come.

    Parameters
    ----------
    segments
        The segment of each customer, such as ABC classes or RFM segments; an ordered categorical
        keeps its order, others are sorted. Customers it does not hold stand under ``unknown``.
        None: everybody is one segment, ``all``.
    margin, discount, years
        As in `lifetime_value`.
    confidence, draws, seed
        The interval runs between the quantiles of ``draws`` simulated futures. Each draws the
        parameters from their asymptotic normal distribution (of the logarithms) and then every
        customer's purchases: uncertainty of the estimate and chance together. The ends are rounded
        outward to two figures of their distance, which is what the draws carry. It holds if the
        model does; what that does not know, such as seasons or a new competitor, is not in it, and
        `widened` allows for it. How often both held is measured in ``benchmarks/claims``.

    Returns
    -------
    BaseValue
        ``segments``: index named as the Series, else ``group``; ``customers`` int64;
        ``lifetime_value`` float64, expected, with ``lower`` and ``upper``; ``share`` of the
        whole; ``per_customer``; ``p_alive_of_repeaters``, the mean over customers who came back at
        least once (for one-time buyers it is not known; NaN if there are none, and throughout where
        nobody is seen to leave); ``one_time_share``, the share
        who bought once.

    Raises
    ------
    CrmError
        If ``draws`` is below 1.
    """
    check_terms(margin, discount, years)
    check_confidence(confidence)
    if draws < 1:
        raise CrmError("draws_impossible", found=draws)
    people = histories.people
    names, groups = _groups(people.index, segments)
    each = margins(margin, histories)
    title = "group" if segments is None or segments.name is None else str(segments.name)
    terms = {"discount": discount, "years": years}
    value = lifetime_value(purchases, spending, histories, margin=each, **terms)
    money = futures(
        purchases,
        spending,
        histories,
        groups=groups,
        margin=each.to_numpy(),
        draws=draws,
        seed=seed,
        **terms,
    )
    alive = p_alive(purchases, histories)
    alive = alive.where((people["frequency"] > 0) & purchases.leaving_seen)
    whole = float(np.sort(value).sum())

    def row(chosen: np.ndarray, sums: np.ndarray) -> dict[str, float]:
        ends = np.quantile(sums, [(1 - confidence) / 2, (1 + confidence) / 2])
        lower, upper = carried(*map(float, ends))
        expected = float(np.sort(value[chosen]).sum())
        return {
            "customers": int(chosen.sum()),
            "lifetime_value": expected,
            "lower": lower,
            "upper": upper,
            "share": expected / whole if whole else np.nan,
            "per_customer": expected / chosen.sum(),
            "p_alive_of_repeaters": float(alive[chosen].mean()),
            "one_time_share": float((people["frequency"] == 0)[chosen].mean()),
        }

    rows = {name: row(groups == place, money[:, place]) for place, name in enumerate(names)}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis(title)
    return BaseValue(
        segments=table.astype({"customers": "int64"}),
        total=pd.Series(row(groups >= 0, money.sum(axis=1)), name=ALL),
        confidence=confidence,
        draws=draws,
        parameters_vary=purchases.estimates.known and spending.estimates.known,
        margin=float(each.mean()),
        discount=discount,
        years=years,
        observed_years=float(histories.told_in("day").people["age"].max()) / DAYS_A_YEAR,
    )


def _groups(index: pd.Index, segments: pd.Series | None) -> tuple[list[str], np.ndarray]:
    """The names of the segments that somebody is in, and the number of each customer's."""
    if segments is None:
        return [ALL], np.zeros(len(index), dtype="int64")
    found = segments.reindex(index)
    ordered = found.dtype.categories if isinstance(found.dtype, pd.CategoricalDtype) else None
    known = found.dropna().astype("str").unique()
    names = [str(n) for n in ordered if str(n) in known] if ordered is not None else sorted(known)
    text = found.astype("object").where(found.notna(), UNKNOWN).astype("str")
    if found.isna().any() and UNKNOWN not in names:
        names = [*names, UNKNOWN]
    place = {name: number for number, name in enumerate(names)}
    return names, text.map(place).to_numpy(dtype="int64")
