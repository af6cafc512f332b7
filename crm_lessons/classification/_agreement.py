"""How far two schemes agree about the same customers, and about whom they say the opposite."""

import itertools
from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency

from crm_lessons.classification.rules import NO, YES

MEASURES = ("cramers_v", "kappa", "jaccard")


def crosstab(one: pd.Series, other: pd.Series) -> pd.DataFrame:
    """Customers by their class in two schemes: int64 counts, rows ``one``, columns ``other``.

    Both are indexed by customer; only customers classed by both are counted. Classes stand in the
    order of an ordered categorical (then empty classes too), else sorted.

    >>> one = pd.Series(["A", "A", "B"], index=["1", "2", "3"], name="abc")
    >>> other = pd.Series(["vip", "plain", "plain"], index=["1", "2", "3"], name="level")
    >>> crosstab(one, other).loc["A"].to_dict()
    {'plain': 1, 'vip': 1}
    """
    both = pd.concat({"one": _text(one), "other": _text(other)}, axis=1, join="inner").dropna()
    rows, columns = (
        pd.Index(_classes(one), name=one.name),
        pd.Index(_classes(other), name=other.name),
    )
    # What pandas.crosstab does, but for its pivot table, which takes longer than all the rest.
    cells = rows.get_indexer(both["one"]) * len(columns) + columns.get_indexer(both["other"])
    counts = np.bincount(cells, minlength=len(rows) * len(columns)).astype("int64")
    return pd.DataFrame(counts.reshape(len(rows), len(columns)), rows, columns)


def cohen_kappa(one: pd.Series, other: pd.Series, *, weights: str | None = "linear") -> float:
    """Cohen's kappa of two schemes: agreement beyond chance; 1 is full, 0 is what chance gives.

    Formula: 1 − Σ w·observed / Σ w·expected over the cross table, where w is 0 for the same class
    and else 1 (``weights=None``), the steps between the classes (``"linear"``) or their square
    (``"quadratic"``).

    Classes are compared by their *place*, so that A/B/C and VIP/important/ordinary can be: both
    must be ordered categoricals that run in the same direction, with the same number of classes.
    Without any order classes are compared by name, and sorted is their order.

    NaN if only one scheme has an order or the numbers of classes differ, if fewer than two
    classes occur, or if nobody is classed by both. Source: Cohen 1960, 1968.

    ValueError if the weights are unknown.

    >>> one, other = pd.Series(list("AABBCC")), pd.Series(list("AABCCC"))
    >>> round(cohen_kappa(one, other, weights=None), 4)
    0.75
    """
    if weights not in (None, "linear", "quadratic"):
        raise ValueError("weights must be None, 'linear' or 'quadratic'")
    counts = _square(one, other)
    if counts is None:
        return float("nan")
    places = np.arange(len(counts))
    steps = np.abs(places[:, None] - places[None, :])
    weight = {None: (steps > 0) * 1, "linear": steps, "quadratic": steps**2}[weights]
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / max(counts.sum(), 1)
    by_chance = float((weight * expected).sum())
    return 1 - float((weight * counts).sum()) / by_chance if by_chance > 0 else float("nan")


def most_that_agree(one: pd.Series, other: pd.Series) -> float:
    """The largest share of customers that could be in the same class, given the classes' sizes.

    Formula: Σ of the smaller of the two shares of each class. Below 1 whenever a class is larger
    in one scheme than in the other: then no kappa of these two reaches 1 (Cohen 1960, its κ max).
    Classes are compared by place as in `cohen_kappa`; NaN where they cannot be.

    >>> most_that_agree(pd.Series(list("AABC")), pd.Series(list("ABCC")))
    0.75
    """
    counts = _square(one, other)
    if counts is None or not counts.sum():
        return float("nan")
    return float(np.minimum(counts.sum(axis=0), counts.sum(axis=1)).sum() / counts.sum())


def cramers_v(one: pd.Series, other: pd.Series, *, corrected: bool = False) -> float:
    """Cramér's V of two schemes: 0, they know nothing of each other; 1, one settles the other.

    Formula: √(χ² / n / (min(rows, columns) − 1)), without a continuity correction. ``corrected``
    takes away what chance adds in small tables (Bergsma 2013). Says nothing of the direction, so
    classes without an order may be compared. NaN if a scheme has fewer than two classes that occur.

    >>> one, other = pd.Series(list("AABB")), pd.Series(list("xxyy"))
    >>> cramers_v(one, other)
    1.0
    """
    counts = crosstab(one, other)
    counts = counts.loc[counts.sum(axis=1) > 0, counts.sum() > 0].to_numpy()
    n, (rows, columns) = counts.sum(), counts.shape
    if min(rows, columns) < 2:
        return float("nan")
    phi2 = chi2_contingency(counts, correction=False).statistic / n
    if corrected and n > 1:
        phi2 = max(0.0, phi2 - (rows - 1) * (columns - 1) / (n - 1))
        rows -= (rows - 1) ** 2 / (n - 1)
        columns -= (columns - 1) ** 2 / (n - 1)
    least = min(rows, columns) - 1
    return min(1.0, float(np.sqrt(phi2 / least))) if least > 0 else float("nan")


def jaccard(one: pd.Series, other: pd.Series) -> float:
    """Of the customers with either flag, the share with both. NaN if nobody has either.

    Both are indexed by customer and hold booleans, or yes and no as the schemes of this room do; a
    customer with a missing flag is not counted.

    >>> jaccard(pd.Series([True, True, False]), pd.Series([True, False, False]))
    0.5
    """
    both = _flags(pd.concat({"one": one, "other": other}, axis=1, join="inner"))
    either = int((both["one"] | both["other"]).sum())
    return int((both["one"] & both["other"]).sum()) / either if either else float("nan")


def agreement_matrix(
    schemes: pd.DataFrame | Mapping[str, pd.Series],
    *,
    measure: str = "cramers_v",
    weights: str | None = "linear",
    corrected: bool = False,
) -> pd.DataFrame:
    """Each scheme against each: a square float64 frame, rows and columns in the order given.

    ``schemes`` has one column for each scheme, indexed by customer. ``measure`` is ``cramers_v``
    (any classes; takes ``corrected``), ``kappa`` (ordered classes, as many in each; takes
    ``weights``) or ``jaccard`` (flags). NaN where it is not defined. The diagonal is 1, if the
    scheme has any agreement with itself to show.

    ValueError if the measure is unknown.

    >>> flags = pd.DataFrame({"buys": [True, True], "recommends": [True, False]})
    >>> agreement_matrix(flags, measure="jaccard").to_numpy().tolist()
    [[1.0, 0.5], [0.5, 1.0]]
    """
    if measure not in MEASURES:
        raise ValueError(f"measure must be one of {', '.join(MEASURES)}")

    def compare(one: pd.Series, other: pd.Series) -> float:
        if measure == "kappa":
            return cohen_kappa(one, other, weights=weights)
        if measure == "jaccard":
            return jaccard(one, other)
        return cramers_v(one, other, corrected=corrected)

    names = list(schemes)
    matrix = pd.DataFrame(np.nan, index=names, columns=names)
    for row, column in itertools.combinations_with_replacement(names, 2):
        value = compare(schemes[row], schemes[column])
        matrix.loc[row, column] = matrix.loc[column, row] = value
    return matrix.rename_axis(index="scheme", columns="scheme")


def opposite(one: pd.Series, other: pd.Series, *, amount: pd.Series | None = None) -> pd.DataFrame:
    """The customers in the first class of one scheme and in the last class of the other.

    Both are ordered categoricals that run in the same direction, best first or worst first.
    Returns a frame indexed by customer with the two classes (text, named as the series) and, if
    ``amount`` is given, the ``amount``, largest first; else sorted by customer.

    >>> kind = pd.CategoricalDtype(["A", "B", "C"], ordered=True)
    >>> sales = pd.Series(["A", "A", "C"], index=["1", "2", "3"], dtype=kind, name="by_sales")
    >>> profit = pd.Series(["A", "C", "B"], index=["1", "2", "3"], dtype=kind, name="by_profit")
    >>> opposite(sales, profit).to_dict("index")
    {'2': {'by_sales': 'A', 'by_profit': 'C'}}
    """
    first, second = _classes(one), _classes(other)
    both = pd.concat({one.name: _text(one), other.name: _text(other)}, axis=1, join="inner")
    left, right = both[one.name], both[other.name]
    against = (left == first[0]) & (right == second[-1])
    against |= (left == first[-1]) & (right == second[0])
    found = both[against.fillna(False)].sort_index()
    if amount is None:
        return found
    found = found.assign(amount=amount.reindex(found.index))
    return found.sort_values("amount", ascending=False, kind="stable")


def overlap(flags: pd.DataFrame) -> pd.DataFrame:
    """How many customers have which combination of flags.

    ``flags`` has one column for each flag: booleans, or yes and no. A customer with a missing flag
    is not counted.
    Returns one row for each combination that occurs, the commonest first: the flags, bool, and
    ``customers`` int64. Nobody is counted twice, so the rows add up to all customers.

    >>> flags = pd.DataFrame({"buys": [True, True, True], "recommends": [True, False, False]})
    >>> overlap(flags).to_numpy().tolist()
    [[True, False, 2], [True, True, 1]]
    """
    names = list(flags)
    known = _flags(flags)
    counts = known.groupby(names).size().rename("customers").reset_index()
    counts = counts[counts["customers"] > 0].astype({"customers": "int64"})
    order = ["customers", *names]
    return counts.sort_values(order, ascending=False, ignore_index=True)


def _flags(flags: pd.DataFrame) -> pd.DataFrame:
    """Flags as booleans, of those customers who miss none."""
    known = flags.astype("object").dropna()
    answers = {True: True, False: False, YES: True, NO: False}
    strange = sorted({str(flag) for flag in known.to_numpy().ravel() if flag not in answers})
    if strange:
        raise ValueError(f"a flag is true or false, yes or no, not {', '.join(strange)}")
    return known.apply(lambda column: column.map(answers)).astype("bool")


def _text(scheme: pd.Series) -> pd.Series:
    return scheme.astype("object").map(str, na_action="ignore")


def _classes(scheme: pd.Series) -> list[str]:
    if isinstance(scheme.dtype, pd.CategoricalDtype) and scheme.dtype.ordered:
        return [str(name) for name in scheme.dtype.categories]
    return sorted(_text(scheme).dropna().unique())


def _square(one: pd.Series, other: pd.Series) -> np.ndarray | None:
    """The cross table by place; None if the classes cannot be compared by place."""
    counts = crosstab(one, other)
    ordered = [bool(getattr(scheme.dtype, "ordered", False)) for scheme in (one, other)]
    if any(ordered) != all(ordered):
        return None
    if not any(ordered):
        every = sorted({*counts.index, *counts.columns})
        counts = counts.reindex(index=every, columns=every, fill_value=0)
    return counts.to_numpy() if counts.shape[0] == counts.shape[1] else None
