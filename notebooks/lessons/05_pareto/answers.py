"""What the exercises expect, computed from what the lesson binds.

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

from crm_lessons import charts, pareto, wording
from crm_lessons.course.answers import Answers
from crm_lessons.pareto.shares import below

from . import facts

FIFTH = 0.20
GIFTS = 5
LARGE = 100  # gifts go to large customers only
CANDIDATES = 12
EACH = 3  # customers of each sort in a table to tick


def share_at_fifth_of_orders(people):
    largest = people.sort_index().sort_values("amount", ascending=False, kind="stable")
    walked = largest["orders"].cumsum() / largest["orders"].sum()
    held = largest["amount"].cumsum() / largest["amount"].sum()
    return float(np.interp(FIFTH, walked, held))


def guess_drawn(*, classes, given, revealed, measure="amount"):
    """A guess of what the largest fifth of the customers holds, and how it is."""
    how = {"guess": given, "top": FIFTH, "revealed": revealed, "measure": measure}
    curve = pareto.lorenz(classes["amount"])
    return charts.top_guess(curve, **how), charts.top_guess.alt(curve, **how)


share_of_top_fifth = Answers(
    right=lambda classes: pareto.share_of_top(classes["amount"], FIFTH),
    wrong={
        "quoted_eighty": 0.80,
        "divided_by_orders": share_at_fifth_of_orders,
        "customers_for_eighty": lambda classes: (
            pareto.customers_for_share(classes["amount"], 0.80) / len(classes)
        ),
    },
    drawn=guess_drawn,
)

steps_of_abc = Answers(
    wrong={
        "added_before_sorted": (
            ["measure", "period", "totals", "add_up", "sort", "standard", "cuts", "classes"]
        ),
        "cuts_before_total": (
            ["measure", "period", "standard", "cuts", "totals", "sort", "add_up", "classes"]
        ),
    },
)

net_sales = Answers(
    right=lambda people: people["amount"].sum(),
    wrong={
        "refunds_left_in": lambda people: (people["amount"] + people["refunds"]).sum(),
        "refunds_twice": lambda people: (people["amount"] - people["refunds"]).sum(),
        "profit_for_sales": lambda people: people["profit"].sum(),
    },
)


def counts(classes):
    return pareto.class_table(classes)[["customers", "amount_share"]]


def heads_by_share(*, classes, a_share=0.75, b_share=0.20):
    shares = pd.Series([a_share, b_share, 1 - a_share - b_share], index=["A", "B", "C"])
    heads = (shares * len(classes)).round()
    return pd.DataFrame({"customers": heads, "amount_share": shares})


def crossing_left_out(*, classes, a_share=0.75):
    crossing = (classes["class"] == "A") & ~below(classes["cumulative_share"], a_share)
    return counts(classes.assign(**{"class": classes["class"].mask(crossing, "B")}))


def without_b(*, classes):
    rest = classes["class"] == "B"
    return counts(classes.assign(**{"class": classes["class"].mask(rest, "C")}))


class_counts = Answers(
    right=counts,
    wrong={
        "share_of_people": heads_by_share,
        "crossing_customer_left_out": crossing_left_out,
        "second_line_at_twenty": without_b,
    },
)


def moved_cut(*, classes, places, given, b_share=0.20, measure="amount"):
    """The A line moved: how many are in A now, whether they fit, and how many change class."""
    shares = {"a_share": given, "b_share": min(b_share, 1 - given)}
    moved = pareto.abc(classes["amount"], **shares)
    told = facts.standards(classes, moved) | {"cut": given, "places": places}
    state = "fits" if told["a_after"] <= places else "outgrows"
    by = abs(places - told["a_after"])
    told["state"] = wording.text(f"05_pareto.places_{state}", by=by)
    drawn = charts.pareto(moved, **shares, measure=measure)
    return drawn, wording.text("05_pareto.cut_moved", **told)


cut_for_places = Answers(
    right=lambda classes, places: pareto.cut_that_fits(classes["amount"], places=places),
    wrong={
        "standard_kept": lambda a_share=0.75: a_share,
        "other_standard": 0.70,
        "share_of_people": lambda classes, places: places / len(classes),
    },
    drawn=moved_cut,
)


def customer_on_the_line(*, classes, a_share=0.75):
    """Right on most data; wrong where class A ends exactly on the line."""
    in_a = classes["class"] == "A"
    next_amount = classes["amount"][~in_a].max()
    on_the_line = np.isclose(classes["share"][in_a].sum(), a_share, rtol=1e-9)
    return in_a.sum() + on_the_line * (classes["amount"] == next_amount).sum()


customers_in_a = Answers(
    right=lambda classes: (classes["class"] == "A").sum(),
    wrong={
        "share_of_people": lambda classes, a_share=0.75: round(a_share * len(classes)),
        "crossing_customer_left_out": lambda classes, a_share=0.75: below(
            classes["cumulative_share"], a_share
        ).sum(),
        "customer_on_the_line": customer_on_the_line,
        "fifth_of_people": lambda classes: round(FIFTH * len(classes)),
    },
)


def first(measure: pd.Series, many: int) -> set[str]:
    """The ids with the largest values; of equal ones those with the lower id."""
    ranked = measure.dropna().sort_index().sort_values(ascending=False, kind="stable")
    return set(ranked.index[:many])


def gift_candidates(people):
    """Of the large customers those whose places by amount and by profit differ most."""
    large = people.loc[sorted(first(people["amount"], LARGE))]
    apart = (large["amount"].rank() - large["profit"].rank()).abs()
    table = large.loc[sorted(first(apart, CANDIDATES))]
    # Nothing where there are no sales: profit per yuan of sales.
    margin = table["profit"] / table["amount"].where(table["amount"] > 0)
    return table.assign(margin=margin)[["orders", "amount", "margin", "profit"]]


top_five_by_profit = Answers(
    offered=gift_candidates,
    right=lambda people: first(gift_candidates(people)["profit"], GIFTS),
    wrong={
        "by_amount": lambda people: first(gift_candidates(people)["amount"], GIFTS),
        "by_margin": lambda people: first(gift_candidates(people)["margin"], GIFTS),
        "by_orders": lambda people: first(gift_candidates(people)["orders"], GIFTS),
    },
    needs=("by_profit",),
)


def some_of_each(table: pd.DataFrame) -> pd.DataFrame:
    """A few customers of each pair of classes, the largest ones, in the order of their ids."""
    pairs = list(table.columns[:2])
    ranked = table.sort_index().sort_values("amount", ascending=False, kind="stable")
    return ranked.groupby(pairs, observed=True).head(EACH).sort_index()


def sales_and_profit(*, people, classes, by_profit):
    table = pd.DataFrame({"by_sales": classes["class"], "by_profit": by_profit["class"]})
    return some_of_each(table.dropna().join(people[["amount", "profit"]]))


def of_classes(condition):
    """The ticked customers whose classes by sales and by profit are these."""

    def chosen(*, people, classes, by_profit):
        table = sales_and_profit(people=people, classes=classes, by_profit=by_profit)
        return table.index[condition(table["by_sales"], table["by_profit"])]

    return chosen


a_by_sales_c_by_profit = Answers(
    offered=sales_and_profit,
    right=of_classes(lambda sales, profit: (sales == "A") & (profit == "C")),
    wrong={
        "only_sales_seen": of_classes(lambda sales, profit: sales == "A"),
        "only_profit_seen": of_classes(lambda sales, profit: profit == "C"),
        "one_step_down": of_classes(lambda sales, profit: (sales == "A") & (profit != "A")),
    },
)


def two_years(*, people, before, now):
    # Without a class: not there yet last year, or nothing bought this year.
    table = (
        pd.DataFrame({"before": before["class"], "after": now["class"]}).astype("str").fillna("")
    )
    told_apart = (table["before"] == "A") | (table["after"].isin(["A", "C"]))
    return some_of_each(table[told_apart].join(people["amount"], how="inner"))


def who_moved(condition):
    """The ticked customers whose classes of the two years are these."""

    def chosen(*, people, before, now):
        table = two_years(people=people, before=before, now=now)
        return table.index[condition(table["before"], table["after"])]

    return chosen


def fallen(before: pd.Series, after: pd.Series) -> pd.Series:
    return (before == "A") & after.isin(["C", ""])


call_first = Answers(
    offered=two_years,
    right=who_moved(fallen),
    wrong={
        "newcomers_too": who_moved(lambda b, a: fallen(b, a) | (b == "") & (a == "C")),
        "gone_forgotten": who_moved(lambda b, a: (b == "A") & (a == "C")),
        "only_this_year_seen": who_moved(lambda b, a: a == "C"),
    },
)
