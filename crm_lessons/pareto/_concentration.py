"""How unevenly an amount is spread over customers: top shares, Lorenz, Gini, HHI."""

import numpy as np
import pandas as pd

from crm_lessons.pareto._uncertain import intervals
from crm_lessons.pareto.shares import TOLERANCE, check_share, known, tidy

UNKNOWN = ("largest_share", "top3_share", "top3_lower", "top3_upper", "hhi", "customers_for_80")


def share_of_top(amount: pd.Series, top: float = 0.20) -> float:
    """The share of the amount that the largest ``top`` of the customers hold.

    Read off the Lorenz curve, with interpolation inside a customer, so equal amounts give exactly
    ``top``. NaN is left out; a total of zero or less and a share outside (0, 1] are errors.

    >>> share_of_top(pd.Series([80, 5, 5, 5, 5]))
    0.8
    >>> share_of_top(pd.Series([10, 10, 10]))
    0.2
    """
    check_share(top)
    curve = _curve(known(amount)[::-1])
    heads = top * (len(curve) - 1)
    return tidy(np.interp(heads, np.arange(len(curve)), curve))


def customers_for_share(amount: pd.Series, share: float = 0.80) -> int:
    """The fewest customers that together hold at least ``share`` of the amount.

    Errors as in `share_of_top`.

    >>> customers_for_share(pd.Series([50, 20, 11, 9, 6, 4]), 0.80)
    3
    """
    check_share(share)
    curve = _curve(known(amount)[::-1])
    return int(np.argmax(curve >= share - TOLERANCE))


def lorenz(amount: pd.Series) -> pd.DataFrame:
    """The Lorenz curve, smallest customers first.

    Returns a frame of ``population_share`` and ``value_share``, both float64, one row more than
    there are customers, from (0, 0) to (1, 1). Negative amounts let it dip below 0.

    >>> lorenz(pd.Series([3, 1])).to_numpy().tolist()
    [[0.0, 0.0], [0.5, 0.25], [1.0, 1.0]]
    """
    curve = _curve(known(amount))
    return pd.DataFrame(
        {"population_share": np.linspace(0.0, 1.0, len(curve)), "value_share": curve}
    )


def gini(amount: pd.Series) -> float:
    """The Gini coefficient: 0 when all are equal, (n - 1) / n when one of n holds all.

    ``sum((2 i - n - 1) x_i) / (n sum(x))`` with x in rising order, i from 1: twice the area between
    the Lorenz curve and the diagonal. Without negative amounts it lies in [0, 1); with them it can
    pass 1. A Pareto distribution of exactly 80/20 has 0.756.

    >>> gini(pd.Series([0, 0, 0, 7]))
    0.75
    """
    values = known(amount)
    n = len(values)
    weights = 2 * np.arange(1, n + 1) - n - 1
    return tidy(weights @ (values / values.sum()) / n)


def concentration(amount: pd.Series, k: int = 10) -> pd.Series:
    """How much depends on few customers.

    Returns a float64 Series: ``customers``; ``k``, not more than there are; ``top_share`` of the k
    largest (CR k); ``hhi``, the sum of squared shares, from 1/n when all are equal to 1;
    ``effective_customers``, 1 / hhi: as concentrated as so many equal ones.

    ValueError if ``k`` is below 1.

    >>> concentration(pd.Series([50, 30, 20]), k=2).round(2).to_list()
    [3.0, 2.0, 0.8, 0.38, 2.63]
    """
    if k < 1:
        raise ValueError("k must be at least 1")
    shares = known(amount)[::-1]
    shares = shares / shares.sum()
    hhi = tidy(shares @ shares)
    return pd.Series(
        {
            "customers": float(len(shares)),
            "k": float(min(k, len(shares))),
            "top_share": tidy(shares[:k].sum()),
            "hhi": hhi,
            "effective_customers": 1 / hhi,
        }
    )


def concentration_by(people_by: pd.DataFrame) -> pd.DataFrame:
    """`concentration` for each salesperson, branch …, from ``summarise(orders, by=…)``.

    Returns one row per group, largest amount first: ``customers`` int64, ``amount`` float64,
    ``largest_share``, ``top3_share`` with its interval ``top3_lower``, ``top3_upper``, ``hhi``
    float64 and ``customers_for_80`` Int64. Where the group's amount is zero or less the shares are
    missing, the interval also of a single customer.

    >>> index = pd.MultiIndex.from_tuples(
    ...     [("Li", "007"), ("Li", "008"), ("Wang", "007")], names=["salesperson", "customer_id"])
    >>> table = concentration_by(pd.DataFrame({"amount": [90.0, 10.0, 50.0]}, index=index))
    >>> table["largest_share"].to_dict()
    {'Li': 0.9, 'Wang': 1.0}
    """
    name = people_by.index.names[0]
    rows = {group: _row(amount) for group, amount in people_by["amount"].groupby(level=0)}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis(name).reset_index()
    table = table.sort_values(["amount", name], ascending=[False, True]).set_index(name)
    return table.astype({"customers": "int64", "customers_for_80": "Int64"})


def _row(amount: pd.Series) -> dict[str, float]:
    row = {"customers": len(amount), "amount": round(float(np.sort(amount).sum()), 2)}
    if row["amount"] <= 0:
        return row | dict.fromkeys(UNKNOWN, float("nan"))
    ends = intervals(amount, k=3, draws=400).loc["largest"]
    return row | {
        "largest_share": concentration(amount, k=1)["top_share"],
        "top3_share": concentration(amount, k=3)["top_share"],
        "top3_lower": ends["lower"],
        "top3_upper": ends["upper"],
        "hhi": concentration(amount)["hhi"],
        "customers_for_80": customers_for_share(amount, 0.80),
    }


def _curve(values: np.ndarray) -> np.ndarray:
    """Cumulative shares of the total, from 0 to exactly 1."""
    curve = np.concatenate([[0.0], np.cumsum(values)]) / values.sum()
    curve[-1] = 1.0
    return curve
