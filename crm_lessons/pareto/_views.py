"""What a lesson or a report asks in one call: the same analysis over measures, years and groups."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from crm_lessons import customers
from crm_lessons.errors import CrmError
from crm_lessons.lacking import Lacking, passed_on
from crm_lessons.pareto._concentration import (
    concentration,
    concentration_by,
    customers_for_share,
    gini,
    share_of_top,
)
from crm_lessons.pareto.abc import abc

# Why a year may have no classes although nothing is wrong.
NO_CLASSES = {"no_orders_left", "nothing_to_class", "nothing_known"}


def both(
    people: pd.DataFrame, *, a_share: float = 0.75, b_share: float = 0.20
) -> tuple[pd.DataFrame | Lacking, pd.DataFrame | Lacking]:
    """`abc` by ``amount`` and by ``profit``; each is lacking if its total is not above zero.

    >>> people = pd.DataFrame({"amount": [90.0, 10.0], "profit": [-1.0, 4.0]}, index=["1", "2"])
    >>> by_sales, by_profit = both(people)
    >>> by_sales["class"].to_list(), by_profit["class"].to_list()
    (['A', 'B'], ['C', 'A'])
    """
    by_sales, by_profit = (
        abc(people[measure], a_share=a_share, b_share=b_share)
        if people[measure].sum() > 0
        else Lacking(f"no_{measure}")
        for measure in ("amount", "profit")
    )
    return by_sales, by_profit


@passed_on
def opposed(people: pd.DataFrame, by_sales: pd.DataFrame, by_profit: pd.DataFrame) -> pd.DataFrame:
    """The customers who are A by sales and C by profit, the largest first.

    Returns a frame indexed by customer with ``amount``, ``profit`` and ``margin`` (profit over
    amount), all float64.

    >>> people = pd.DataFrame({"amount": [90.0, 10.0], "profit": [-9.0, 14.0]}, index=["1", "2"])
    >>> opposed(people, *both(people))["margin"].to_dict()
    {'1': -0.1}
    """
    sold_to, earned_from = by_sales["class"], by_profit["class"].reindex(by_sales.index)
    found = people.loc[sold_to.index[(sold_to == "A") & (earned_from == "C")]]
    found = found[["amount", "profit"]].assign(margin=found["profit"] / found["amount"])
    return found.sort_index().sort_values("amount", ascending=False, kind="stable")


def around_the_cut(
    classes: pd.DataFrame, *, a_share: float = 0.75, b_share: float = 0.20, each: int = 1
) -> pd.DataFrame:
    """The customers just above and just below each cut, with the share before them.

    ``each`` is how many on either side. Returns a frame indexed by customer, largest first, with
    ``cut``, ``amount``, ``share_before``, ``cumulative_share`` and ``class``. A cut that divides
    nobody is left out.

    >>> around_the_cut(abc(pd.Series([50, 20, 11, 9, 6, 4])))["class"].to_list()
    ['A', 'B', 'B', 'C']
    """
    ranked = classes.dropna(subset=["class"]).sort_index().sort_values("rank", kind="stable")
    tied = ranked.groupby("rank")["share"].transform("sum")
    ranked = ranked.assign(share_before=(ranked["cumulative_share"] - tied).round(12) + 0.0)
    parts = []
    for cut, above in ((a_share, ["A"]), (a_share + b_share, ["A", "B"])):
        upper = ranked["class"].isin(above)
        if upper.any() and not upper.all():
            near = pd.concat([ranked[upper].tail(each), ranked[~upper].head(each)])
            parts.append(near.assign(cut=round(cut, 12)))
    columns = ["cut", "amount", "share_before", "cumulative_share", "class"]
    return pd.concat(parts)[columns] if parts else ranked.assign(cut=float("nan"))[columns].head(0)


def two_years(
    orders: object,
    *,
    as_of: customers.Day = None,
    where: Mapping[str, object] | None = None,
    measure: str = "amount",
    a_share: float = 0.75,
    b_share: float = 0.20,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`abc` of the year before the last and of the last year up to ``as_of``.

    ``orders``, ``as_of`` and ``where`` as in `customers.summarise`. The two years do not overlap:
    the last one begins the day after the same date a year ago. A year without orders, or
    whose total is not positive, is an empty frame.
    """

    def classed(start: dt.date, end: customers.Day) -> pd.DataFrame:
        try:
            people = customers.summarise(orders, since=start, as_of=end, where=where)
            return abc(people[measure], a_share=a_share, b_share=b_share)
        except CrmError as error:
            if error.key not in NO_CLASSES:
                raise
            return _nobody(a_share, b_share)

    start = customers.year_start(orders, as_of=as_of)
    end = start - dt.timedelta(days=1)
    return classed(customers.year_start(orders, as_of=end), end), classed(start, as_of)


def bought_before(
    orders: object, *, as_of: customers.Day = None, where: Mapping[str, object] | None = None
) -> pd.Index:
    """The customers who bought before the last year up to ``as_of`` (see `two_years`) began.

    >>> orders = pd.DataFrame({"customer_id": ["007", "008"], "order_id": ["1", "2"], "amount": 5.0,
    ...     "order_date": pd.to_datetime(["2024-01-05", "2026-01-20"])})
    >>> list(bought_before(orders))
    ['007']
    """
    end = customers.year_start(orders, as_of=as_of) - dt.timedelta(days=1)
    try:
        return customers.summarise(orders, as_of=end, where=where).index
    except CrmError as error:
        if error.key not in NO_CLASSES:
            raise
        return pd.Index([], name="customer_id", dtype="str")


def _nobody(a_share: float, b_share: float) -> pd.DataFrame:
    """The result of `abc` without any customer."""
    someone = pd.Series([1.0], index=pd.Index(["0"], name="customer_id"))
    return abc(someone, a_share=a_share, b_share=b_share).head(0)


def by_group(orders: object, column: str, **scope: object) -> pd.DataFrame:
    """`concentration_by` for the values of a column; ``scope`` as in `customers.summarise`."""
    return concentration_by(customers.summarise(orders, by=column, **scope))


def side_by_side(amounts: Mapping[str, pd.Series]) -> pd.DataFrame:
    """How concentrated several data sets are: one row each, in the order given.

    Returns ``customers`` int64, ``top_share`` (of the largest fifth), ``customers_for_80`` int64,
    ``gini`` and ``top10_share``.

    >>> table = side_by_side({"shop": pd.Series([80, 5, 5, 5, 5]), "even": pd.Series([1, 1])})
    >>> table["top_share"].to_dict()
    {'shop': 0.8, 'even': 0.2}
    """
    rows = {
        name: {
            "customers": int(amount.notna().sum()),
            "top_share": share_of_top(amount, 0.20),
            "customers_for_80": customers_for_share(amount, 0.80),
            "gini": gini(amount),
            "top10_share": concentration(amount, k=10)["top_share"],
        }
        for name, amount in amounts.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("dataset")
