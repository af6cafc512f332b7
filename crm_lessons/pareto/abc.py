"""ABC analysis: classes by cumulative share, the class table, and the head-count bands."""

import bisect

import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.pareto.shares import TOLERANCE, below, known

CLASSES = ("A", "B", "C")


def abc(amount: pd.Series, *, a_share: float = 0.75, b_share: float = 0.20) -> pd.DataFrame:
    """Class every customer A, B or C by the cumulative share of the amount.

    The class follows the cumulative share *before* the customer, so the largest is always A, even
    one who alone exceeds ``a_share``. Customers of equal amounts stand together, so all equal means
    all A. Exactly on a cut (relative tolerance 1e-9) is the lower class. An amount of zero or less
    is C. Shares are of the net total: negative amounts let the curve pass 1.

    Parameters
    ----------
    amount
        Per customer: sales, profit or another additive measure. NaN is unknown: it gets no class
        and is left out of the totals.
    a_share, b_share
        Shares of the amount held by A and by B; C has the rest. The training notes give two
        standards, 0.75 with 0.20 and 0.70 with 0.20.

    Returns
    -------
    pandas.DataFrame
        Index and order of ``amount``. ``amount`` float64; ``rank`` Int64, 1 for the largest, ties
        share the lowest; ``share`` float64 of the total; ``cumulative_share`` float64, after the
        customer, of the whole tie; ``class`` ordered categorical A < B < C.

    Raises
    ------
    CrmError
        The total is zero or negative, or the two shares do not fit.

    Source: training notes, "客户ABC分类步骤" (eight steps; the rule for ties and cuts is ours).

    Examples
    --------
    >>> abc(pd.Series([50, 20, 11, 9, 6, 4]))["class"].to_list()
    ['A', 'A', 'A', 'B', 'B', 'C']
    >>> abc(pd.Series([50, 20, 10, 10, 5, 5]))["class"].to_list()
    ['A', 'A', 'A', 'A', 'B', 'B']
    """
    if not (a_share > 0 and b_share >= 0 and a_share + b_share <= 1 + TOLERANCE):
        raise CrmError("class_shares_wrong", a_share=a_share, b_share=b_share)
    values = known(amount)
    steps = _steps(values, a_share, a_share + b_share)
    amounts = amount.astype("float64")
    found = steps.reindex(amounts).set_axis(amount.index)
    return pd.DataFrame(
        {
            "amount": amounts,
            "rank": found["rank"].astype("Int64"),
            "share": amounts / values.sum(),
            "cumulative_share": found["cumulative_share"],
            "class": found["class"],
        }
    )


def _steps(values: np.ndarray, a_cut: float, b_cut: float) -> pd.DataFrame:
    """Rank, cumulative share and class of each distinct amount, from the largest down."""
    amounts, heads = (found[::-1] for found in np.unique(values, return_counts=True))
    after = np.cumsum(amounts * heads) / values.sum()
    before = np.concatenate([[0.0], after[:-1]])
    code = np.where(below(before, a_cut), 0, np.where(below(before, b_cut), 1, 2))
    code = np.where(amounts > 0, code, 2)
    return pd.DataFrame(
        {
            "rank": np.cumsum(heads) - heads + 1,
            "cumulative_share": after,
            "class": pd.Categorical.from_codes(code, categories=list(CLASSES), ordered=True),
        },
        index=amounts,
    )


def class_table(classes: pd.DataFrame) -> pd.DataFrame:
    """Heads and amounts of each class, from the result of `abc`.

    Returns a frame with the index ``class`` (A, B, C, also when empty) and the columns
    ``customers`` int64, ``customer_share``, ``amount``, ``amount_share``, ``amount_per_customer``
    (NaN in an empty class) and ``relative_to_average`` (1 is the average customer), all float64.

    >>> table = class_table(abc(pd.Series([50, 20, 11, 9, 6, 4])))
    >>> table[["customers", "amount", "amount_share"]].to_dict("index")["A"]
    {'customers': 3, 'amount': 81.0, 'amount_share': 0.81}
    """
    groups = classes.groupby("class", observed=False)["amount"]
    customers, amount = groups.size().astype("int64"), groups.sum()
    per_customer = amount / customers.where(customers > 0)
    table = pd.DataFrame(
        {
            "customers": customers,
            "customer_share": customers / customers.sum(),
            "amount": amount,
            "amount_share": amount / amount.sum(),
            "amount_per_customer": per_customer,
            "relative_to_average": per_customer / (amount.sum() / customers.sum()),
        }
    )
    return table.set_axis(pd.Index(CLASSES, name="class"))


def cut_that_fits(amount: pd.Series, *, places: int) -> float:
    """The highest A line, in whole per cents, at which class A has no more than ``places`` members.

    0.0 when even at 1 % class A has more (equal amounts stand together), 1.0 when all fit.

    >>> cut_that_fits(pd.Series([50, 20, 11, 9, 6, 4]), places=3)
    0.81
    """

    def in_a(percent: int) -> int:
        return int((abc(amount, a_share=percent / 100, b_share=0.0)["class"] == "A").sum())

    return bisect.bisect_right(range(1, 101), places, key=in_a) / 100


def head_count_bands(
    table: pd.DataFrame,
    *,
    a: tuple[float, float] = (0.10, 0.15),
    b: tuple[float, float] = (0.15, 0.25),
    c: tuple[float, float] = (0.60, 0.75),
) -> pd.DataFrame:
    """Whether each class holds as many customers as the training notes say, from `class_table`.

    The bands include both ends; that of C is implied by the other two. They are checked, never
    imposed: given the shares of the amount, the data decide the heads.

    Returns a frame with the index ``class`` and the columns ``customer_share``, ``lower``,
    ``upper`` float64 and ``inside`` bool.

    >>> head_count_bands(class_table(abc(pd.Series([50, 20, 11, 9, 6, 4]))))["inside"].to_list()
    [False, False, False]
    """
    lower, upper = (pd.Series(ends, index=table.index) for ends in zip(a, b, c, strict=True))
    share = table["customer_share"]
    inside = (share >= lower - TOLERANCE) & (share <= upper + TOLERANCE)
    return pd.DataFrame({"customer_share": share, "lower": lower, "upper": upper, "inside": inside})
