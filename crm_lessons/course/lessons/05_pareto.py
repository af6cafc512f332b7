"""What the exercises of lesson 05 expect, computed from the bound data.

``lesson.use(...)`` binds, under these names:

people
    `customers.summarise`: one row per customer (``orders``, ``amount``, ``profit``, ``refunds``).
classes, by_profit
    `pareto.abc` of the amount and of the profit.
before, now
    `pareto.abc` of last year and of this year (`pareto.two_years`); who is missing did not buy.
places
    How many customers the team can look after.
a_share, b_share
    The standard; 0.75 and 0.20 if not bound.
measure
    What was summed, for the charts: ``amount`` (if not bound) or ``profit``.
"""

import numpy as np
import pandas as pd

from crm_lessons import pareto
from crm_lessons.course import drawing
from crm_lessons.course._registry import draws, expects, known_wrong, offers
from crm_lessons.pareto.shares import below

FIFTH = drawing.FIFTH
GIFTS = 5
LARGE = 100  # gifts go to large customers only
CANDIDATES = 12
EACH = 3  # customers of each sort in a table to tick
OPPOSED = "05_pareto.a_by_sales_c_by_profit"

draws("05_pareto.share_of_top_fifth")(drawing.top_fifth)
draws("05_pareto.cut_for_places")(drawing.moved_cut)


@expects("05_pareto.share_of_top_fifth")
def _(*, classes):
    return pareto.share_of_top(classes["amount"], FIFTH)


@known_wrong("05_pareto.share_of_top_fifth", "quoted_eighty")
def _():
    return 0.80


@known_wrong("05_pareto.share_of_top_fifth", "divided_by_orders")
def _(*, people):
    largest = people.sort_index().sort_values("amount", ascending=False, kind="stable")
    walked = largest["orders"].cumsum() / largest["orders"].sum()
    held = largest["amount"].cumsum() / largest["amount"].sum()
    return float(np.interp(FIFTH, walked, held))


@known_wrong("05_pareto.share_of_top_fifth", "customers_for_eighty")
def _(*, classes):
    return pareto.customers_for_share(classes["amount"], 0.80) / len(classes)


@expects("05_pareto.net_sales")
def _(*, people):
    return people["amount"].sum()


@known_wrong("05_pareto.net_sales", "refunds_left_in")
def _(*, people):
    return (people["amount"] + people["refunds"]).sum()


@known_wrong("05_pareto.net_sales", "refunds_twice")
def _(*, people):
    return (people["amount"] - people["refunds"]).sum()


@known_wrong("05_pareto.net_sales", "profit_for_sales")
def _(*, people):
    return people["profit"].sum()


@offers("05_pareto.top_five_by_profit")
def _gift_candidates(*, people):
    """Of the large customers those whose places by amount and by profit differ most."""
    large = people.loc[sorted(_first(people["amount"], LARGE))]
    apart = (large["amount"].rank() - large["profit"].rank()).abs()
    table = large.loc[sorted(_first(apart, CANDIDATES))]
    # Nothing where there are no sales: profit per yuan of sales.
    margin = table["profit"] / table["amount"].where(table["amount"] > 0)
    return table.assign(margin=margin)[["orders", "amount", "margin", "profit"]]


def _top_five_by(column):
    def top_five(*, people):
        return _first(_gift_candidates(people=people)[column], GIFTS)

    return top_five


expects("05_pareto.top_five_by_profit")(_top_five_by("profit"))
for _column in ("amount", "margin", "orders"):
    known_wrong("05_pareto.top_five_by_profit", f"by_{_column}")(_top_five_by(_column))


@known_wrong("05_pareto.steps_of_abc", "added_before_sorted")
def _():
    return ["measure", "period", "totals", "add_up", "sort", "standard", "cuts", "classes"]


@known_wrong("05_pareto.steps_of_abc", "cuts_before_total")
def _():
    return ["measure", "period", "standard", "cuts", "totals", "sort", "add_up", "classes"]


@expects("05_pareto.customers_in_a")
def _(*, classes):
    return (classes["class"] == "A").sum()


@known_wrong("05_pareto.customers_in_a", "share_of_people")
def _(*, classes, a_share=0.75):
    return round(a_share * len(classes))


@known_wrong("05_pareto.customers_in_a", "crossing_customer_left_out")
def _(*, classes, a_share=0.75):
    return below(classes["cumulative_share"], a_share).sum()


@known_wrong("05_pareto.customers_in_a", "customer_on_the_line")
def _(*, classes, a_share=0.75):
    """Right on most data; wrong where class A ends exactly on the line."""
    in_a = classes["class"] == "A"
    next_amount = classes["amount"][~in_a].max()
    on_the_line = np.isclose(classes["share"][in_a].sum(), a_share, rtol=1e-9)
    return in_a.sum() + on_the_line * (classes["amount"] == next_amount).sum()


@known_wrong("05_pareto.customers_in_a", "fifth_of_people")
def _(*, classes):
    return round(FIFTH * len(classes))


@expects("05_pareto.cut_for_places")
def _(*, classes, places):
    return pareto.cut_that_fits(classes["amount"], places=places)


@known_wrong("05_pareto.cut_for_places", "standard_kept")
def _(*, a_share=0.75):
    return a_share


@known_wrong("05_pareto.cut_for_places", "other_standard")
def _():
    return 0.70


@known_wrong("05_pareto.cut_for_places", "share_of_people")
def _(*, classes, places):
    return places / len(classes)


@expects("05_pareto.class_counts")
def _(*, classes):
    return _counts(classes)


@known_wrong("05_pareto.class_counts", "share_of_people")
def _(*, classes, a_share=0.75, b_share=0.20):
    shares = pd.Series([a_share, b_share, 1 - a_share - b_share], index=["A", "B", "C"])
    heads = (shares * len(classes)).round()
    return pd.DataFrame({"customers": heads, "amount_share": shares})


@known_wrong("05_pareto.class_counts", "crossing_customer_left_out")
def _(*, classes, a_share=0.75):
    crossing = (classes["class"] == "A") & ~below(classes["cumulative_share"], a_share)
    return _counts(classes.assign(**{"class": classes["class"].mask(crossing, "B")}))


@known_wrong("05_pareto.class_counts", "second_line_at_twenty")
def _(*, classes):
    rest = classes["class"] == "B"
    return _counts(classes.assign(**{"class": classes["class"].mask(rest, "C")}))


@offers(OPPOSED)
def _sales_and_profit(*, people, classes, by_profit):
    table = pd.DataFrame({"by_sales": classes["class"], "by_profit": by_profit["class"]})
    return _some_of_each(table.dropna().join(people[["amount", "profit"]]))


def _those(condition):
    def chosen(*, people, classes, by_profit):
        table = _sales_and_profit(people=people, classes=classes, by_profit=by_profit)
        return table.index[condition(table["by_sales"], table["by_profit"])]

    return chosen


expects(OPPOSED)(_those(lambda sales, profit: (sales == "A") & (profit == "C")))
for _mistake, _condition in {
    "only_sales_seen": lambda sales, profit: sales == "A",
    "only_profit_seen": lambda sales, profit: profit == "C",
    "one_step_down": lambda sales, profit: (sales == "A") & (profit != "A"),
}.items():
    known_wrong(OPPOSED, _mistake)(_those(_condition))


@offers("05_pareto.call_first")
def _two_years(*, people, before, now):
    # Without a class: not there yet last year, or nothing bought this year.
    table = (
        pd.DataFrame({"before": before["class"], "after": now["class"]}).astype("str").fillna("")
    )
    told_apart = (table["before"] == "A") | (table["after"].isin(["A", "C"]))
    return _some_of_each(table[told_apart].join(people["amount"], how="inner"))


def _called(condition):
    def chosen(*, people, before, now):
        table = _two_years(people=people, before=before, now=now)
        return table.index[condition(table["before"], table["after"])]

    return chosen


def _fallen(before: pd.Series, after: pd.Series) -> pd.Series:
    return (before == "A") & after.isin(["C", ""])


expects("05_pareto.call_first")(_called(_fallen))
for _mistake, _condition in {
    "newcomers_too": lambda b, a: _fallen(b, a) | (b == "") & (a == "C"),
    "gone_forgotten": lambda b, a: (b == "A") & (a == "C"),
    "only_this_year_seen": lambda b, a: a == "C",
}.items():
    known_wrong("05_pareto.call_first", _mistake)(_called(_condition))


def _first(measure: pd.Series, many: int) -> set[str]:
    """The ids with the largest values; of equal ones those with the lower id."""
    ranked = measure.dropna().sort_index().sort_values(ascending=False, kind="stable")
    return set(ranked.index[:many])


def _counts(classes: pd.DataFrame) -> pd.DataFrame:
    return pareto.class_table(classes)[["customers", "amount_share"]]


def _some_of_each(table: pd.DataFrame) -> pd.DataFrame:
    """A few customers of each pair of classes, the largest ones, in the order of their ids."""
    pairs = list(table.columns[:2])
    ranked = table.sort_index().sort_values("amount", ascending=False, kind="stable")
    return ranked.groupby(pairs, observed=True).head(EACH).sort_index()
