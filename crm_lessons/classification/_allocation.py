"""A hundred hours of service: which class gets how many, so that expected profit is highest.

Service wins profit with diminishing returns. Of a class there is a most that service can win
(``ceiling``, CNY), and a number of hours that wins half of it (``half_hours``); as many hours again
win half of the rest:

    gain(h) = ceiling × (1 − 0.5 ^ (h ÷ half_hours))

Every further hour wins less than the one before, so giving each hour to whom it helps most is not
only good but best.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

# Assumptions of the lesson, to be replaced by a company's own: the share of a class's profit that
# service can win at most, and the hours for one customer that win half of it.
WINNABLE = {"vip": 0.10, "important": 0.15, "ordinary": 0.20}
HOURS_EACH = {"vip": 0.25, "important": 0.10, "ordinary": 0.01}


def curves(
    profit: pd.Series,
    classes: pd.Series,
    *,
    winnable: Mapping[str, float],
    hours_each: Mapping[str, float],
) -> pd.DataFrame:
    """What service can win in each class.

    ``profit`` and ``classes`` are indexed by customer; only customers with both count.
    ``winnable``: class → the share of its profit that service can add or save at most.
    ``hours_each``: class → hours for one customer that win half of it. Returns, by class in the
    order of ``winnable``: ``customers`` int64, ``profit``, ``ceiling`` and ``half_hours`` float64.
    A class that earns nothing has the ceiling 0.

    ValueError unless both name the same classes.

    >>> profit = pd.Series([900.0, 100.0, 60.0, 40.0])
    >>> classes = pd.Series(["key", "small", "small", "small"])
    >>> curves(profit, classes, winnable={"key": 0.2, "small": 0.1},
    ...     hours_each={"key": 10, "small": 2})[["ceiling", "half_hours"]].to_numpy().tolist()
    [[180.0, 10.0], [20.0, 6.0]]
    """
    if set(winnable) != set(hours_each):
        raise ValueError("winnable and hours_each must name the same classes")
    groups = profit.groupby(classes.astype("object").where(profit.notna()))
    heads = groups.size().reindex(list(winnable), fill_value=0).astype("int64")
    total = groups.sum().reindex(list(winnable)).fillna(0.0).round(2)
    return pd.DataFrame(
        {
            "customers": heads,
            "profit": total,
            "ceiling": (total.clip(lower=0.0) * pd.Series(winnable)).round(2),
            "half_hours": heads * pd.Series(hours_each, dtype="float64"),
        }
    ).rename_axis("class")


def service_returns(profit: pd.Series, importance: pd.Series) -> pd.DataFrame:
    """`curves` by importance with the assumptions of the lesson.

    >>> service_returns(pd.Series([900.0]), pd.Series(["vip"]))["ceiling"].to_list()
    [90.0, 0.0, 0.0]
    """
    return curves(profit, importance, winnable=WINNABLE, hours_each=HOURS_EACH)


def gain(returns: pd.DataFrame, hours: Mapping[str, float] | pd.Series) -> pd.Series:
    """The expected profit of an allocation, by class (CNY); its sum is the value of it.

    ``returns`` has ``ceiling`` and ``half_hours`` by class; ``hours`` may leave classes out.

    ValueError if hours are negative or their class is unknown.

    >>> returns = pd.DataFrame({"ceiling": [100.0], "half_hours": [5.0]}, index=["key"])
    >>> gain(returns, {"key": 10}).to_dict()
    {'key': 75.0}
    """
    given = pd.Series(hours, dtype="float64")
    unknown = set(given.index) - set(returns.index)
    if unknown or (given < 0).any():
        raise ValueError(f"hours must not be negative, and their classes known: {sorted(unknown)}")
    given = given.reindex(returns.index).fillna(0.0)
    values = _won(returns, given.to_numpy())
    return pd.Series(values, index=returns.index, name="gain")


def best_hours(returns: pd.DataFrame, *, total: int = 100) -> pd.Series:
    """The whole hours for each class with the highest expected profit, int64 by class.

    Hour by hour to the class where the next one wins most; of two equal classes the one that
    stands first. Exact, because returns diminish. Hours that win nothing anywhere are not given
    out.

    ValueError unless ``total`` is a whole number, not below zero.

    >>> returns = pd.DataFrame(
    ...     {"ceiling": [100.0, 40.0], "half_hours": [5.0, 1.0]}, index=["key", "small"])
    >>> best_hours(returns, total=6).to_dict()
    {'key': 4, 'small': 2}
    """
    if total < 0 or total != int(total):
        raise ValueError("total must be a whole number of hours, not below zero")
    hours = np.zeros(len(returns))
    for _ in range(int(total)):
        more = _won(returns, hours + 1) - _won(returns, hours)
        if not len(more) or more.max() <= 0:
            break
        hours[int(more.argmax())] += 1
    return pd.Series(hours.astype("int64"), index=returns.index, name="hours")


def even_hours(returns: pd.DataFrame, *, total: int = 100) -> pd.Series:
    """The same hours for every customer: what "fair" gives; float64 by class.

    >>> returns = pd.DataFrame({"customers": [1, 3]}, index=["key", "small"])
    >>> even_hours(returns).to_dict()
    {'key': 25.0, 'small': 75.0}
    """
    heads = returns["customers"]
    return (total * heads / max(heads.sum(), 1)).rename("hours")


def block_gains(returns: pd.DataFrame, *, block: int = 10, total: int = 100) -> pd.DataFrame:
    """What each further block of hours wins in each class: classes × hours given so far (CNY).

    >>> returns = pd.DataFrame({"ceiling": [100.0], "half_hours": [10.0]}, index=["key"])
    >>> block_gains(returns, total=20).to_dict("index")
    {'key': {'10': 50.0, '20': 25.0}}
    """
    ends = range(block, total + 1, block)
    won = [_won(returns, np.full(len(returns), hours)) for hours in (0, *ends)]
    gains = np.diff(np.array(won), axis=0).T.round(2)
    return pd.DataFrame(gains, index=returns.index, columns=[str(hours) for hours in ends])


def _won(returns: pd.DataFrame, hours: np.ndarray) -> np.ndarray:
    ceiling = returns["ceiling"].to_numpy(dtype="float64")
    half = returns["half_hours"].to_numpy(dtype="float64")
    # Nobody to serve: no hours are needed and nothing is won.
    halvings = np.divide(hours, half, out=np.zeros_like(ceiling), where=half > 0)
    return ceiling * (1 - 0.5**halvings)
