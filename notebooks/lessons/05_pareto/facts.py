"""The values of what the lesson says with figures, read off its results.

A function that ends in the values of one sentence returns a mapping; one that chooses what to say
returns a list of sentences, each with its values.
"""

import pandas as pd

from crm_lessons import customers, data, pareto, sampling
from crm_lessons.lacking import Lacking, passed_on
from crm_lessons.pareto import CLASSES

Sentences = list[tuple[str, dict[str, object]]]
TWO_YEARS = 729  # days between the first and the last of two whole years


def gini(amounts: pd.Series) -> Sentences:
    """The Gini coefficient; where some amounts are negative it is said how to read it."""
    found = pareto.gini(amounts)
    say = "gini" if amounts.min() >= 0 else "gini_losses"
    told = {"gini": found, "twice": 2 * found, "n": int(amounts.notna().sum())}
    return [("gini", {"say": say, **told, **ends(amounts, "gini")})]


def ends(amounts: pd.Series, figure: str) -> dict[str, float]:
    """The interval of a figure of `pareto.intervals`; of a single customer nothing is known."""
    row = pareto.intervals(amounts).loc[figure].fillna({"lower": 0.0, "upper": 1.0})
    return {"lower": float(row["lower"]), "upper": float(row["upper"])}


def top_share(amounts: pd.Series, top: float = 0.20) -> Sentences:
    """What the first fifth of the customers hold, with its interval."""
    found = pareto.share_of_top(amounts, top)
    told = {"fifth": top, "share": found, "n": int(amounts.notna().sum())}
    return [("top_share", {**told, **ends(amounts, "top_share")})]


def top10(amounts: pd.Series) -> Sentences:
    """What the ten largest hold; where losses make a part more than the whole it is no share."""
    top = pareto.concentration(amounts, k=10)
    say = "top10" if top["hhi"] <= 1 else "top10_no_share"
    told = {"share": top["top_share"], "effective": top["effective_customers"]}
    told["n"] = int(amounts.notna().sum())
    told |= ends(amounts, "largest")
    return [("top10", {"say": say, "k": int(top["k"]), **told})]


def losses(amounts: pd.Series) -> Sentences:
    """How many customers have a negative amount; nothing is said of none."""
    negative = int((amounts < 0).sum())
    return [("losses", {"customers": negative})] if negative else []


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


def near_the_lines(classes: pd.DataFrame, *, a_share: float, b_share: float) -> pd.DataFrame:
    """Who ranks next to the two cuts, with rank and shares; the class is for the reader to find."""
    near = pareto.around_the_cut(classes, a_share=a_share, b_share=b_share, each=4)
    return near.join(classes["rank"])[["cut", "rank", "amount", "share_before", "cumulative_share"]]


def near_the_a_line(lines: pd.DataFrame) -> pd.DataFrame:
    """Of `near_the_lines` those at the first cut, which does not divide them in the middle."""
    first = lines[lines["cut"] == lines["cut"].min()]
    return first.iloc[1:][["rank", "amount", "share_before"]]


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


@passed_on
def agreed(by_sales: pd.DataFrame, by_profit: pd.DataFrame) -> pd.DataFrame:
    """`pareto.agreement` of two results of `pareto.abc`."""
    return pareto.agreement(by_sales["class"], by_profit["class"])


def sales_vs_profit(table: pd.DataFrame | Lacking) -> Sentences:
    """From `agreed`: how many have one class by both measures, and the two opposites."""
    if not isinstance(table, pd.DataFrame):
        return [("no_profit", {})]
    n = int(table.to_numpy().sum())
    same = sum(int(table.loc[name, name]) for name in CLASSES)
    told = {
        "n": n,
        "same_share": same / n if n else float("nan"),
        "a_to_c": int(table.loc["A", "C"]),
        "c_to_a": int(table.loc["C", "A"]),
    }
    return [("sales_vs_profit", told)]


def two_whole_years(people: pd.DataFrame) -> bool:
    """Whether the data hold the year before the last one whole: else nobody is seen to move."""
    return int(people["tenure_days"].max()) >= TWO_YEARS


def moves(moved: pd.DataFrame, people: pd.DataFrame) -> Sentences:
    """From `pareto.migration`: who rose, fell, went, came and came back, of two whole years."""
    if not two_whole_years(people):
        return [("no_year_before", {"days": int(people["tenure_days"].max()) + 1})]
    told = migration(moved)
    return [("migration", told), ("newcomers", told)]


def migration(table: pd.DataFrame) -> dict[str, int]:
    """From `migration`, for ``migration`` and ``newcomers``."""
    stayed = table.loc[list(CLASSES), list(CLASSES)].to_numpy()
    before = table.loc[list(CLASSES)]
    moves = [(row - column, int(stayed[row, column])) for row in range(3) for column in range(3)]
    there, gone = int(before.to_numpy().sum()), int(before["gone"].sum())
    lower, upper = sampling.wilson(gone, there)
    return {
        "before": there,
        "kept": sum(count for step, count in moves if step == 0),
        "up": sum(count for step, count in moves if step > 0),
        "down": sum(count for step, count in moves if step < 0),
        "gone": gone,
        "gone_share": gone / there if there else float("nan"),
        "lower": lower,
        "upper": upper,
        "new": int(table.loc["new"].sum()),
        "new_a": int(table.loc["new", "A"]),
        "back": int(table.loc["back"].sum()),
        "back_a": int(table.loc["back", "A"]),
        "came": int(table.loc[["new", "back"]].to_numpy().sum()),
        "a": int(table.loc["A"].sum()),
        "a_kept": int(table.loc["A", "A"]),
        "a_fallen": int(table.loc["A", ["B", "C"]].sum()),
        "a_gone": int(table.loc["A", "gone"]),
    }


def sellers(table: data.Table, **period: object) -> pd.DataFrame | Lacking:
    """`pareto.by_group` of the salespeople, where the data name them."""
    if "salesperson" not in table.columns:
        return Lacking("no_salespeople")
    return pareto.by_group(table, "salesperson", **period)


def salespeople(table: pd.DataFrame | Lacking) -> Sentences:
    """From `sellers`: how many depend on three customers, the most and the least."""
    if not isinstance(table, pd.DataFrame):
        return [("no_salespeople", {})]
    shares = table["top3_share"]
    most = table.sort_values(["top3_share", "largest_share"]).dropna(subset=["top3_share"])
    if most.empty:
        return [("no_salespeople", {})]
    told = {"people": len(table), "half": int((shares >= 0.5).sum())}
    for name, row in (("", most.iloc[-1]), ("least_", most.iloc[0])):
        ends = row[["top3_lower", "top3_upper"]].fillna({"top3_lower": 0.0, "top3_upper": 1.0})
        told |= {f"{name}lower": float(ends.iloc[0]), f"{name}upper": float(ends.iloc[1])}
        told |= {f"{name}n": int(row["customers"]), f"{name}share": float(row["top3_share"])}
        told[f"{name}largest"] = float(row["largest_share"])
    return [("salespeople" if len(most) > 1 else "salesperson_alone", told)]


def grocery() -> dict[str, pd.Series]:
    """The amounts of the real grocery chain, where its data are installed."""
    if not data.available("complete_journey"):
        return {}
    return {"complete_journey": customers.summarise(data.read("complete_journey"))["amount"]}


def grocery_missing(found: dict[str, pd.Series]) -> Sentences:
    """Where the data are to be had, if `grocery` has none."""
    return [] if found else [("grocery_missing", {})]


def who_pays(table: pd.DataFrame) -> dict[str, float]:
    """From ``customers.totals(orders, "payer")``: what the owners paid themselves."""
    owner = float(table["share"].get("owner", 0.0))
    return {"owner": owner, "others": 1.0 - owner}
