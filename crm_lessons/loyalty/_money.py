"""Satisfaction and money: by ABC class, profit a point, and what a points programme costs."""

import numpy as np
import pandas as pd

from crm_lessons import sampling
from crm_lessons.errors import CrmError
from crm_lessons.pareto import CLASSES as ABC


def by_abc(
    satisfaction: pd.Series,
    classes: pd.Series,
    *,
    satisfied_from: float = 4,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How satisfied the customers of each ABC class are.

    ``satisfaction`` is the answer (1 to 5) by customer, ``classes`` the ``class`` of `pareto.abc`.
    Returns the index ``class`` (A, B, C): ``customers`` int64; ``mean``, ``lower``, ``upper``
    float64 (Student's interval, NaN below two answers); ``satisfied_share``, ``share_lower``,
    ``share_upper`` float64, of those who gave ``satisfied_from`` or more (Wilson).

    CrmError if nobody has both.

    >>> table = by_abc(pd.Series([5.0, 4.0, 2.0]), pd.Series(["A", "A", "C"]))
    >>> table["mean"].to_dict(), table["customers"].to_list()
    ({'A': 4.5, 'B': nan, 'C': 2.0}, [2, 0, 1])
    """
    data = pd.DataFrame({"answer": satisfaction.astype("Float64"), "class": classes}).dropna()
    if data.empty:
        raise CrmError("nothing_known")
    answers = data["answer"].astype("float64").groupby(data["class"].astype("str"))
    rows = [_class_row(_sorted(answers, name), satisfied_from, confidence) for name in ABC]
    columns = ["customers", "mean", "lower", "upper", "satisfied_share", "share_lower"]
    table = pd.DataFrame(rows, index=pd.Index(ABC, name="class"), columns=[*columns, "share_upper"])
    return table.astype("float64").astype({"customers": "int64"})


def profit_per_points(
    score: pd.Series,
    profit: pd.Series,
    *,
    points: float = 5.0,
    confidence: float = 0.95,
    draws: int = sampling.DRAWS,
    seed: int = sampling.SEED,
) -> dict[str, float]:
    """How much more profit goes with ``points`` more satisfaction, on a scale of 0 to 100.

    A straight line of profit on the score, customer by customer: ``change`` is the money of the
    line over so many points, ``change_share`` that money over the mean profit (1 would double it),
    with a bootstrap interval. It compares customers who differ in satisfaction; it is not what
    would happen if somebody's satisfaction rose. ``rank_correlation`` is Spearman's. ``n``
    customers. NaN if the mean profit is not above zero, or the score does not vary.

    CrmError with fewer than three customers.

    >>> found = profit_per_points(pd.Series([0.0, 50.0, 100.0]), pd.Series([10.0, 20.0, 30.0]))
    >>> round(found["change"], 2), round(found["change_share"], 3), found["n"]
    (1.0, 0.05, 3)
    """
    data = pd.DataFrame({"score": score, "profit": profit}).astype("float64").dropna()
    if len(data) < 3:
        raise CrmError("nothing_known")
    x, y = data["score"].to_numpy(), data["profit"].to_numpy()
    told = {"n": len(data), "mean_profit": float(y.mean())}
    if not np.ptp(x) > 0 or not y.mean() > 0:
        unknown = ("change", "change_share", "lower", "upper", "rank_correlation")
        return told | dict.fromkeys(unknown, float("nan"))
    parts = np.column_stack([x, y, x * y, x * x])
    figures = _line(parts.mean(axis=0)[None, :], points)[0]
    drawn = {"confidence": confidence, "draws": draws, "seed": seed}
    ends = sampling.bootstrap(parts, np.ones(len(x)), lambda m: _line(m, points), **drawn)[1]
    ranks = data.rank()
    correlation = ranks["score"].corr(ranks["profit"]) if np.ptp(y) > 0 else float("nan")
    return told | {
        "change": float(figures[0]),
        "change_share": float(figures[1]),
        "lower": float(ends[0]),
        "upper": float(ends[1]),
        "rank_correlation": correlation,
    }


def programme(
    *,
    sales: float,
    margin: float,
    reward: float,
    redeemed: float = 1.0,
    lift: float = 0.0,
    fixed: float = 0.0,
) -> dict[str, float]:
    """What a points programme brings in a year and what it costs.

    Parameters
    ----------
    sales
        What the members would buy without it.
    margin
        Gross margin, 0 to 1.
    reward
        Points given, as a share of sales (0.02: two fen for a yuan).
    redeemed
        The share of the points that is cashed in.
    lift
        By how much sales rise because of the programme: not the difference between members and
        others, who differ anyway.
    fixed
        Software, staff, mailings.

    Returns
    -------
    dict
        ``gain`` = sales · lift · margin; ``rewards`` = sales · (1 + lift) · reward · redeemed, paid
        on all sales and not only on the additional ones; ``cost`` = rewards + fixed; ``net`` = gain
        − cost; ``break_even_lift``, at which net is 0 (infinite if margin ≤ reward · redeemed).

    Raises
    ------
    CrmError
        If a share lies outside 0 to 1, or an amount cannot be.

    >>> found = programme(sales=100_000, margin=0.30, reward=0.03, lift=0.10, fixed=2_000)
    >>> round(found["net"]), round(found["break_even_lift"], 4)
    (-2300, 0.1852)
    """
    shares = {"margin": margin, "reward": reward, "redeemed": redeemed}
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise CrmError("programme_share", name=name, value=share)
    if not sales > 0 or fixed < 0 or lift < -1:
        raise CrmError("programme_money", sales=sales, fixed=fixed)
    paid = reward * redeemed
    gain, rewards = sales * lift * margin, sales * (1 + lift) * paid
    needed = (paid + fixed / sales) / (margin - paid) if margin > paid else float("inf")
    cost = rewards + fixed
    return {
        "gain": gain,
        "rewards": rewards,
        "cost": cost,
        "net": gain - cost,
        "break_even_lift": needed,
    }


def _line(means: np.ndarray, points: float) -> np.ndarray:
    x, y, xy, xx = means.T
    spread, profit = xx - x * x, np.where(y > 0, y, np.nan)
    change = points * (xy - x * y) / np.where(spread > 1e-9, spread, np.nan)
    return np.column_stack([change, change / profit])


def _sorted(answers, name: str) -> np.ndarray:
    if name not in answers.groups:
        return np.array([])
    return np.sort(answers.get_group(name).to_numpy())


def _class_row(answers: np.ndarray, satisfied_from: float, confidence: float) -> list[float]:
    if not len(answers):
        return [0, *[float("nan")] * 6]
    mean, variance, n = sampling.moments(answers, np.ones(len(answers)))
    satisfied = int((answers >= satisfied_from).sum())
    ends = sampling.mean_interval(mean, variance, n, confidence=confidence)
    bounds = sampling.wilson(satisfied, len(answers), confidence=confidence)
    return [len(answers), mean, *ends, satisfied / len(answers), *bounds]
