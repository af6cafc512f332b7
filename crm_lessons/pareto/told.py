"""The values of the computed sentences in ``wording/pareto.yaml``, read off the result tables.

``lesson.say("migration", **pareto.told.migration(moved))``: each function returns the placeholders
of the sentence of its name.
"""

import pandas as pd

from crm_lessons.pareto.abc import CLASSES


def class_counts(table: pd.DataFrame) -> dict[str, float]:
    """From `class_table`: heads, share of heads and share of the amount of A, B and C.

    >>> table = pd.DataFrame({"customers": [1, 0, 1], "customer_share": [0.5, 0.0, 0.5],
    ...     "amount_share": [0.9, 0.0, 0.1]}, index=["A", "B", "C"])
    >>> told = class_counts(table)
    >>> told["a"], told["a_heads"], told["c_amount"]
    (1, 0.5, 0.1)
    """
    told = {}
    for name in CLASSES:
        row, letter = table.loc[name], name.lower()
        told[letter] = int(row["customers"])
        told[f"{letter}_heads"] = float(row["customer_share"])
        told[f"{letter}_amount"] = float(row["amount_share"])
    return told


def standards(classes: pd.DataFrame, other: pd.DataFrame) -> dict[str, float]:
    """From two results of `abc` for the same customers by different standards."""
    first, second = classes["class"].dropna(), other["class"].dropna()
    changed = int((first.astype("str") != second.reindex(first.index).astype("str")).sum())
    return {
        "a_before": int((first == "A").sum()),
        "a_after": int((second == "A").sum()),
        "changed": changed,
        "changed_share": changed / len(first),
    }


def bands(table: pd.DataFrame) -> dict[str, float]:
    """From `head_count_bands`: each class's share of heads, its band, and how many fit."""
    told: dict[str, float] = {"inside": int(table["inside"].sum())}
    for name in CLASSES:
        row, letter = table.loc[name], name.lower()
        told[letter] = float(row["customer_share"])
        told[f"{letter}_lower"], told[f"{letter}_upper"] = float(row["lower"]), float(row["upper"])
    return told


def agreement(table: pd.DataFrame) -> dict[str, float]:
    """From `agreement`: how many have one class by both measures, and the two opposites."""
    n = int(table.to_numpy().sum())
    same = sum(int(table.loc[name, name]) for name in CLASSES)
    return {
        "n": n,
        "same_share": same / n if n else float("nan"),
        "a_to_c": int(table.loc["A", "C"]),
        "c_to_a": int(table.loc["C", "A"]),
    }


def migration(table: pd.DataFrame) -> dict[str, int]:
    """From `migration`, for ``migration`` and ``newcomers``."""
    stayed = table.loc[list(CLASSES), list(CLASSES)].to_numpy()
    before = table.loc[list(CLASSES)]
    moves = [(row - column, int(stayed[row, column])) for row in range(3) for column in range(3)]
    return {
        "before": int(before.to_numpy().sum()),
        "kept": sum(count for step, count in moves if step == 0),
        "up": sum(count for step, count in moves if step > 0),
        "down": sum(count for step, count in moves if step < 0),
        "gone": int(before["gone"].sum()),
        "new": int(table.loc["new"].sum()),
        "new_a": int(table.loc["new", "A"]),
        "a": int(table.loc["A"].sum()),
        "a_kept": int(table.loc["A", "A"]),
        "a_fallen": int(table.loc["A", ["B", "C"]].sum()),
        "a_gone": int(table.loc["A", "gone"]),
    }


def salespeople(table: pd.DataFrame) -> dict[str, float]:
    """From `concentration_by`: how many depend on three customers, the most and the least."""
    shares = table["top3_share"]
    most = table.sort_values(["top3_share", "largest_share"]).dropna(subset=["top3_share"])
    return {
        "people": len(table),
        "half": int((shares >= 0.5).sum()),
        "largest": float(most["largest_share"].iloc[-1]) if len(most) else float("nan"),
        "top3": float(shares.max()),
        "least_top3": float(shares.min()),
    }


def who_pays(table: pd.DataFrame) -> dict[str, float]:
    """From ``customers.totals(orders, "payer")``: what the owners paid themselves."""
    owner = float(table["share"].get("owner", 0.0))
    return {"owner": owner, "others": 1.0 - owner}
