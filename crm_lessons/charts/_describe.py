"""For each chart one sentence, computed from the same frame, for people who cannot see it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lessons import wording
from crm_lessons.charts._bars import words_of
from crm_lessons.charts._curves import gini_of
from crm_lessons.charts.look import CLASS_COLOURS
from crm_lessons.wording import names


def describe_pareto(
    classes: pd.DataFrame, *, a_share: float = 0.75, b_share: float = 0.20, measure: str = "amount"
) -> str:
    """Say of each class how many customers it has and what share of the amount they hold.

    >>> classes = pd.DataFrame({"amount": [80.0, 20], "class": ["A", "B"]})
    >>> with wording.using("en"):
    ...     print(describe_pareto(classes))  # doctest: +NORMALIZE_WHITESPACE
    Pareto chart, n = 2, cuts at 75% and 95%: class A is 50.0% of customers and 80.0% of sales;
    class B is 50.0% of customers and 20.0% of sales.
    """
    known = classes.dropna(subset=["class"])
    by_class = known.groupby(known["class"].astype(str))["amount"].agg(["size", "sum"])
    total = by_class["sum"].sum()
    parts = [
        _class_part(name, row["size"] / len(known), row["sum"] / total, measure)
        for name, row in by_class.iterrows()
    ]
    told = {"customers": len(known), "a_cut": a_share, "b_cut": a_share + b_share}
    return wording.text("charts.alt_pareto", parts=_joined(parts), **told)


def describe_class_shares(table: pd.DataFrame, *, measure: str = "amount") -> str:
    """Say the two shares of each class.

    >>> table = pd.DataFrame(
    ...     {"customers": [1], "customer_share": [1.0], "amount_share": [1.0]}, index=["A"]
    ... )
    >>> with wording.using("en"):
    ...     describe_class_shares(table)
    'Bars, n = 1: class A is 100.0% of customers and 100.0% of sales.'
    """
    parts = [
        _class_part(name, row["customer_share"], row["amount_share"], measure)
        for name, row in table.iterrows()
    ]
    customers = int(table["customers"].sum())
    return wording.text("charts.alt_class_shares", customers=customers, parts=_joined(parts))


def describe_lorenz(curves: Mapping[str, pd.DataFrame]) -> str:
    """Say of each curve what the largest fifth holds, and its Gini index.

    >>> half = pd.DataFrame({"population_share": [0, 0.5, 1], "value_share": [0, 0.25, 1.0]})
    >>> with wording.using("en"):
    ...     describe_lorenz({"2025": half})
    'Lorenz curves: 2025, the top 20% hold 30.0%, Gini 0.25.'
    """
    parts = []
    for name, curve in curves.items():
        below = float(np.interp(0.8, curve["population_share"], curve["value_share"]))
        told = {"name": names.dataset(name), "share": 1 - below, "gini": gini_of(curve)}
        parts.append(wording.text("charts.alt_lorenz_part", **told))
    return wording.text("charts.alt_lorenz", parts=_joined(parts))


def describe_migration(table: pd.DataFrame) -> str:
    """Say how many stayed, moved up, moved down, are gone, and are new.

    >>> table = pd.DataFrame([[8, 2], [1, 5]], index=["A", "B"], columns=["A", "B"])
    >>> with wording.using("en"):
    ...     describe_migration(table)
    'Of 16 customers 13 stayed in their class, 1 moved up, 2 moved down, 0 are gone. New: 0.'
    """
    stayed, up, down = _directions(table)
    gone = int(table["gone"].drop("new", errors="ignore").sum()) if "gone" in table else 0
    new = int(table.loc["new"].drop("gone", errors="ignore").sum()) if "new" in table.index else 0
    told = {"stayed": stayed, "up": up, "down": down, "gone": gone, "new": new}
    return wording.text("charts.alt_migration", customers=stayed + up + down + gone, **told)


def describe_agreement(table: pd.DataFrame) -> str:
    """Say how many customers have one class by sales and by profit, and how many A are C.

    >>> table = pd.DataFrame([[8, 2], [1, 5]], index=["A", "C"], columns=["A", "C"])
    >>> with wording.using("en"):
    ...     describe_agreement(table)
    'For 81.2% of 16 customers both classes agree; A by sales but C by gross profit: 2.'
    """
    same, up, down = _directions(table)
    customers = same + up + down
    share = same / customers if customers else 0.0
    far = int(table.loc["A", "C"]) if "A" in table.index and "C" in table else 0
    return wording.text("charts.alt_agreement", customers=customers, share=share, far=far)


def describe_concentration(
    table: pd.DataFrame, *, measure: str = "amount", codes: names.Codes | None = None
) -> str:
    """Say who depends most on three customers, and who least.

    >>> table = pd.DataFrame(
    ...     {"customers": [9, 4], "largest_share": [0.2, 0.5], "top3_share": [0.5, 0.9]},
    ...     index=["Li", "Wang"],
    ... )
    >>> with wording.using("en"):
    ...     print(describe_concentration(table))  # doctest: +NORMALIZE_WHITESPACE
    Bars, n = 2: the three largest customers hold most of sales with Wang (90.0%), least with
    Li (50.0%).
    """
    ordered = table["top3_share"].dropna().sort_values(ascending=False, kind="stable")
    words = words_of(table, codes)
    told = {
        "measure": names.measure(measure),
        "most": names.code(ordered.index[0], words),
        "most_share": ordered.iloc[0],
        "least": names.code(ordered.index[-1], words),
        "least_share": ordered.iloc[-1],
    }
    return wording.text("charts.alt_concentration", people=len(ordered), **told)


def describe_top_shares(table: pd.DataFrame, *, top: float = 0.20, measure: str = "amount") -> str:
    """Say what the top fifth holds in each data set.

    >>> table = pd.DataFrame({"top_share": [0.78], "customers": [1500]}, index=["2025"])
    >>> with wording.using("en"):
    ...     describe_top_shares(table)
    'Share of sales held by the top 20% of customers: 2025 78.0%.'
    """
    parts = [
        wording.text("charts.alt_top_share", name=names.dataset(name), share=share)
        for name, share in table["top_share"].items()
    ]
    told = {"top": top, "measure": names.measure(measure)}
    return wording.text("charts.alt_top_shares", parts=_joined(parts), **told)


def _class_part(name: str, people: float, value: float, measure: str) -> str:
    told = {"name": name, "people": people, "value": value, "measure": names.measure(measure)}
    return wording.text("charts.alt_class", **told)


def _joined(parts: list[str]) -> str:
    return wording.text("charts.alt_joint").join(parts)


def _directions(table: pd.DataFrame) -> tuple[int, int, int]:
    """Customers on the diagonal, left of it (a higher class) and right of it (a lower one)."""
    cells = [
        (row, column, int(table.loc[row, column]))
        for row in table.index.intersection(list(CLASS_COLOURS))
        for column in table.columns.intersection(list(CLASS_COLOURS))
    ]
    same = sum(count for row, column, count in cells if row == column)
    up = sum(count for row, column, count in cells if column < row)
    down = sum(count for row, column, count in cells if column > row)
    return same, up, down
