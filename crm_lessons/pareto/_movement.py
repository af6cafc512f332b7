"""Who changed class: from one period to the next, and from one measure to another."""

from collections.abc import Collection

import pandas as pd

from crm_lessons.pareto.abc import CLASSES


def migration(
    before: pd.Series, after: pd.Series, *, earlier: Collection[str] | None = None
) -> pd.DataFrame:
    """Customers by their class in two periods.

    ``before`` and ``after`` are the ``class`` columns of two results of `abc`, indexed by customer.
    ``earlier`` names the customers who bought before the second period began (`bought_before`):
    of those who were not there before they are ``back``, and only the others are ``new``.

    Returns int64 counts: rows A, B, C, ``new`` and, where ``earlier`` is given, ``back``; columns
    A, B, C and ``gone`` (not there after). A customer without a class counts as not there.

    >>> before = pd.Series(["A", "B"], index=["007", "008"])
    >>> after = pd.Series(["A", "A"], index=["008", "009"])
    >>> migration(before, after).loc[["A", "new"], ["A", "gone"]].to_numpy().tolist()
    [[0, 1], [1, 0]]
    >>> migration(before, after, earlier={"009"}).loc[["new", "back"], "A"].to_list()
    [0, 1]
    """
    both = pd.concat(
        {"before": before.dropna().astype("str"), "after": after.dropna().astype("str")}, axis=1
    )
    both = both.fillna({"before": "new", "after": "gone"})
    rows = [*CLASSES, "new"]
    if earlier is not None:
        rows.append("back")
        known = (both["before"] == "new") & both.index.isin(list(earlier))
        both["before"] = both["before"].mask(known, "back")
    return _counts(both["before"], both["after"], rows, [*CLASSES, "gone"])


def agreement(by_sales: pd.Series, by_profit: pd.Series) -> pd.DataFrame:
    """Customers by their class in sales (rows) and in profit (columns): 3 × 3 int64 counts.

    Parameters are the ``class`` columns of two results of `abc`, indexed by customer; only
    customers classed by both are counted.

    >>> sales = pd.Series(["A", "A", "C"], index=["1", "2", "3"])
    >>> profit = pd.Series(["A", "C", "C"], index=["1", "2", "3"])
    >>> agreement(sales, profit).to_numpy().tolist()
    [[1, 0, 1], [0, 0, 0], [0, 0, 1]]
    """
    both = pd.concat({"by_sales": by_sales, "by_profit": by_profit}, axis=1).dropna().astype("str")
    return _counts(both["by_sales"], both["by_profit"], CLASSES, CLASSES)


def _counts(row: pd.Series, column: pd.Series, rows: list[str], columns: list[str]) -> pd.DataFrame:
    counts = pd.crosstab(row, column).reindex(index=rows, columns=columns, fill_value=0)
    return counts.astype("int64").rename_axis(index=row.name, columns=column.name)
