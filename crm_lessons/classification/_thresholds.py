"""How much depends on a threshold: who changes class when it moves; and what groups are worth."""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
from scipy.stats import t


def sensitivity(
    rule: Callable[[float], pd.Series], thresholds: Iterable[float], *, default: float
) -> pd.DataFrame:
    """Count each class at each threshold, and the customers who have another class than usual.

    Parameters
    ----------
    rule
        From a threshold to the class of each customer: a series indexed by customer, such as
        ``lambda days: behaviour(people, dormant_after=days)``. A missing class is not counted.
    thresholds
        The thresholds to try; the default is always among them.
    default
        The threshold against which changes are counted.

    Returns
    -------
    pandas.DataFrame
        Index ``threshold``, ascending. One int64 column for each class (in the order of an ordered
        categorical, else sorted), named by its code; ``changed`` int64, the customers who change
        class against the default, to or from no class as well; ``changed_share`` float64 of all
        customers the rule was asked about.

    Examples
    --------
    >>> days = pd.Series([10, 100, 200])
    >>> active = lambda limit: (days <= limit).map({True: "active", False: "dormant"})
    >>> sensitivity(active, [90], default=180)[["active", "dormant", "changed"]].T.to_dict()
    {90: {'active': 1, 'dormant': 2, 'changed': 1}, 180: {'active': 2, 'dormant': 1, 'changed': 0}}
    """
    places = sorted({*thresholds, default})
    found = {place: rule(place) for place in places}
    names = list(dict.fromkeys(name for classes in found.values() for name in _classes(classes)))
    names = names if _ordered(found[default]) else sorted(names)
    usual = _text(found[default])
    rows = {}
    for place, classes in found.items():
        now = _text(classes)
        changed = int((now.reindex(usual.index) != usual).sum())
        counts = now.value_counts()
        rows[place] = {name: int(counts.get(name, 0)) for name in names}
        rows[place] |= {"changed": changed, "changed_share": changed / max(len(usual), 1)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("threshold")


def value_by_group(
    amount: pd.Series, groups: pd.Series, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Heads and amounts of each group, such as the source a customer came from.

    Parameters
    ----------
    amount, groups
        Per customer; customers with a missing amount or group are left out.
    confidence
        Of the interval of the mean: mean ± t × s / √n. It says how far the ranking may be chance;
        amounts are skewed, so below some 30 customers take it as rough.

    Returns
    -------
    pandas.DataFrame
        Index: the group, named as ``groups``, the largest mean first. ``customers`` int64;
        ``customer_share``, ``amount``, ``amount_share``, ``amount_per_customer``, ``median``,
        ``lower``, ``upper`` float64 (the last two NaN for a single customer).

    Examples
    --------
    >>> table = value_by_group(pd.Series([10.0, 30, 5]), pd.Series(["ad", "ad", "friend"]))
    >>> table["amount_per_customer"].to_dict()
    {'ad': 20.0, 'friend': 5.0}
    """
    name = groups.name or "group"
    known = pd.concat({"group": groups.astype("object"), "amount": amount}, axis=1).dropna()
    known = known.sort_values("amount", kind="stable")  # sums must not depend on the order of rows
    parts = known.astype({"group": "str", "amount": "float64"}).groupby("group")["amount"]
    heads, total = parts.size().astype("int64"), parts.sum().round(2)
    mean = total / heads
    reach = t.ppf((1 + confidence) / 2, np.maximum(heads - 1, 1)) * parts.std() / np.sqrt(heads)
    table = pd.DataFrame(
        {
            "customers": heads,
            "customer_share": heads / max(heads.sum(), 1),
            "amount": total,
            "amount_share": total / (total.sum() or np.nan),
            "amount_per_customer": mean,
            "median": parts.median(),
            "lower": mean - reach,
            "upper": mean + reach,
        }
    )
    table = table.sort_values("amount_per_customer", ascending=False, kind="stable")
    return table.rename_axis(name)


def _ordered(classes: pd.Series) -> bool:
    return isinstance(classes.dtype, pd.CategoricalDtype) and bool(classes.dtype.ordered)


def _classes(classes: pd.Series) -> list[str]:
    if _ordered(classes):
        return [str(name) for name in classes.dtype.categories]
    return sorted(_text(classes).replace("", np.nan).dropna().unique())


def _text(classes: pd.Series) -> pd.Series:
    """Classes as text, no class as an empty one: then a change to or from none is a change."""
    return classes.astype("object").map(str, na_action="ignore").fillna("").astype("object")
