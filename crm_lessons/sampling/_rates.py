"""Who bought again: rates with intervals, two groups as a ratio, and groups made comparable."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from crm_lessons.errors import CrmError
from crm_lessons.sampling._intervals import check_confidence
from crm_lessons.sampling._shares import difference as apart_by
from crm_lessons.sampling._shares import wilson


def rates(
    groups: pd.Series,
    happened: pd.Series,
    *,
    order: Sequence[object] | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How often something happened in each group, with Wilson's interval.

    Parameters
    ----------
    groups
        Customer to group (satisfaction level, class, band); missing ones are left out.
    happened
        Customer to True or False, such as ``bought_again`` of `customers.around`; missing ones
        are left out.
    order
        The groups in the order wanted, also empty ones; None sorts those there are.

    Returns
    -------
    pandas.DataFrame
        Index: the groups. ``customers``, ``count`` int64; ``rate``, ``lower``, ``upper`` float64,
        NaN in an empty group.

    Raises
    ------
    CrmError
        If nobody is known and no order of groups is given.

    >>> rates(pd.Series([5, 5, 4]), pd.Series([True, True, False])).round(2).to_numpy().tolist()
    [[1.0, 0.0, 0.0, 0.0, 0.79], [2.0, 2.0, 1.0, 0.34, 1.0]]
    """
    both = pd.DataFrame({"group": groups, "happened": happened.astype("boolean")}).dropna()
    if both.empty and order is None:
        raise CrmError("nothing_known")
    yes = (
        both["happened"].astype("int64").groupby(both["group"], observed=True).agg(["size", "sum"])
    )
    table = yes.set_axis(["customers", "count"], axis=1)
    table = table.reindex(order) if order is not None else table.sort_index()
    table = table.fillna(0).astype("int64").rename_axis(groups.name)
    table["rate"] = table["count"] / table["customers"].where(table["customers"] > 0)
    ends = wilson(table["count"], table["customers"], confidence=confidence)
    table["lower"], table["upper"] = ends
    return table


def rate_ratio(
    table: pd.DataFrame, top: object, other: object, *, confidence: float = 0.95
) -> dict[str, float]:
    """How many times the rate of one group is that of another, from the result of `rates`.

    The interval is the log interval with half a case added to every count (Walter), so that it
    exists when a count is zero: SE² = 1/(a+½) − 1/(n+½) + 1/(b+½) − 1/(m+½). Where everybody came
    back in both groups, half a case who did not is added too, lest the interval shrink to a point.
    A rate cannot pass 1, so a ratio cannot pass one over the lower rate: ``most``.

    Returns ``ratio`` (NaN if the lower rate is 0), ``lower``, ``upper``, ``top_rate``,
    ``other_rate``, ``top_n``, ``other_n``, ``most``. Raises CrmError if a group is empty.

    >>> table = rates(pd.Series([5] * 10 + [4] * 10), pd.Series([True] * 8 + [False] * 2
    ...     + [True] * 4 + [False] * 6))
    >>> {name: round(value, 2) for name, value in rate_ratio(table, 5, 4).items()}["ratio"]
    2.0
    """
    check_confidence(confidence)
    if top not in table.index or other not in table.index:
        raise CrmError("group_empty", group=other if top in table.index else top)
    a, n = (int(table.loc[top, name]) for name in ("count", "customers"))
    b, m = (int(table.loc[other, name]) for name in ("count", "customers"))
    if not n or not m:
        raise CrmError("group_empty", group=other if n else top)
    more = 1.0 if (a, b) == (n, m) else 0.5
    log = np.log((a + 0.5) / (n + more)) - np.log((b + 0.5) / (m + more))
    error = np.sqrt(1 / (a + 0.5) - 1 / (n + more) + 1 / (b + 0.5) - 1 / (m + more))
    half = stats.norm.ppf(0.5 + confidence / 2) * error
    return {
        "ratio": (a / n) / (b / m) if b else float("nan"),
        "lower": float(np.exp(log - half)),
        "upper": float(np.exp(log + half)),
        "top_rate": a / n,
        "other_rate": b / m,
        "top_n": n,
        "other_n": m,
        "most": m / b if b else float("nan"),
    }


def rate_difference(
    happened: pd.Series,
    exposed: pd.Series,
    strata: pd.Series | None = None,
    *,
    confidence: float = 0.95,
) -> dict[str, float]:
    """The difference of two rates, exposed less not exposed, within strata of like customers.

    Customers who differ in the strata (such as the number of orders before) are compared within
    them only, and the differences averaged with Mantel and Haenszel's weights n₁n₀/n. The variance
    is Sato's, which holds for a few large strata and for many small ones; where nobody differs from
    anybody on a side it is nought, and the interval is Newcombe's of all strata together. A stratum
    without both sides tells nothing. Whoever is missing anywhere is left out.

    Source: T. Sato, Biometrics 45 (1989), 1323.

    Returns ``difference``, ``lower``, ``upper`` (NaN if no stratum has both sides), ``exposed`` and
    ``others``, the customers compared, and ``strata``, those that count.

    >>> left = pd.Series([True, False, False, False] * 10)
    >>> round(rate_difference(left, pd.Series([True, False] * 20))["difference"], 2)
    0.5
    """
    check_confidence(confidence)
    data = pd.DataFrame({"happened": happened.astype("boolean"), "exposed": exposed})
    data["stratum"] = "all" if strata is None else strata
    data = data.dropna().astype({"happened": "float64", "exposed": "bool"})
    grouped = data.groupby(["stratum", "exposed"], observed=True)["happened"]
    counts = grouped.agg(["size", "sum"]).unstack("exposed").dropna()
    nothing = float("nan")
    if counts.empty or counts.shape[1] < 4:
        found = dict.fromkeys(("difference", "lower", "upper"), nothing)
        return found | {"exposed": 0, "others": 0, "strata": 0}
    n1, n0 = counts["size", True], counts["size", False]
    y1, y0 = counts["sum", True], counts["sum", False]
    difference, variance = _mantel_haenszel(y1, n1, y0, n0)
    half = float(stats.norm.ppf(0.5 + confidence / 2) * np.sqrt(variance))
    told = {"difference": difference, "lower": difference - half, "upper": difference + half}
    if not variance > 0:
        alike = apart_by(y1.sum(), n1.sum(), y0.sum(), n0.sum(), confidence=confidence)
        told |= {"lower": alike.lower, "upper": alike.upper}
    return told | {"exposed": int(n1.sum()), "others": int(n0.sum()), "strata": len(counts)}


def _mantel_haenszel(
    y1: pd.Series, n1: pd.Series, y0: pd.Series, n0: pd.Series
) -> tuple[float, float]:
    """The weighted difference of ``y1`` of ``n1`` and ``y0`` of ``n0``, and its variance (Sato)."""
    n = n1 + n0
    weight = float((n1 * n0 / n).sum())
    difference = float(((y1 * n0 - y0 * n1) / n).sum()) / weight
    of_difference = ((n1**2 * y0 - n0**2 * y1 + n1 * n0 * (n0 - n1) / 2) / n**2).sum()
    rest = ((y1 * (n0 - y0) + y0 * (n1 - y1)) / (2 * n)).sum()
    # Rounding may leave a hair below nothing.
    variance = float(difference * of_difference + rest)
    return difference, variance / weight**2 if variance > 1e-9 else 0.0
