"""What the exercises expect, computed from what the lesson binds (all from `loyalty.study`).

people
    The answers about the whole by customer: ``overall``, ``repurchase_probability`` …
found, classes, index
    `loyalty.indicators`, `loyalty.loyalty_class` and `loyalty.loyalty_index`.
bought
    `customers.around` the day of the answer: orders before and after, ``bought_again``.
weights, loyal_from
    Of the index; equal and 0.75 if not bound.
high_band, low_band
    Cuts of the bands; 0.70 and 0.30 if not bound.
"""

import pandas as pd

from crm_lessons import charts, loyalty, sampling
from crm_lessons.course.answers import Answers

GLAD = 4
RECOMMENDING = (0.25, 0.25, 0.5)  # half of the weight on recommendation
EACH = 3  # customers of each sort in the table to tick
# The programme of the question: a year's sales of the members and what it costs.
SALES, MARGIN, REWARD, REDEEMED, FIXED = 200_000, 0.30, 0.02, 0.60, 3_000


def of_the_satisfied(chosen: pd.Series, found: pd.DataFrame) -> float:
    """So many as are chosen, as a part of the satisfied; 0 where nobody is satisfied."""
    satisfied = int((found["satisfaction"] >= GLAD).sum())
    return float(chosen.sum()) / satisfied if satisfied else 0.0


def everybody_as_base(*, found, classes):
    asked = int(found["satisfaction"].notna().sum())
    return float((classes == "loyal").sum()) / asked if asked else 0.0


def recommendation_forgotten(*, found):
    both = (found["satisfaction"] >= GLAD) & (found["repurchase"] == "high")
    return of_the_satisfied(both, found)


loyal_by_rule = Answers(
    right=lambda found, classes: of_the_satisfied(classes == "loyal", found),
    wrong={
        "everybody_as_base": everybody_as_base,
        "recommendation_forgotten": recommendation_forgotten,
        "index_for_rule": lambda found, index, loyal_from=0.75: of_the_satisfied(
            index >= loyal_from, found
        ),
    },
)


def moved(found, weights, loyal_from=0.75) -> pd.DataFrame:
    other = {"recommendation": RECOMMENDING}
    return loyalty.sensitivity(found, other, base=weights, loyal_from=loyal_from)


def difference_of_totals(*, found, weights, loyal_from=0.75):
    loyal = moved(found, weights, loyal_from)["loyal"]
    return abs(loyal["recommendation"] - loyal["base"])


def every_index_that_changed(*, found, weights):
    first, other = (loyalty.loyalty_index(found, weights=w) for w in (weights, RECOMMENDING))
    return ((first - other).abs() > 0.001).sum()


weights_move = Answers(
    right=lambda found, weights, loyal_from=0.75: moved(found, weights, loyal_from).loc[
        "recommendation", "changed"
    ],
    wrong={
        "difference_of_totals": difference_of_totals,
        "everyone_above_the_line": lambda found, weights, loyal_from=0.75: moved(
            found, weights, loyal_from
        ).loc["recommendation", "loyal"],
        "every_index_that_changed": every_index_that_changed,
    },
)


def spoken(people, bought) -> pd.DataFrame:
    """What was stated and what happened, of those for whom both are known."""
    both = {"stated": people["repurchase_probability"], "again": bought["bought_again"]}
    return pd.DataFrame(both).dropna().astype("float64")


def rate_again(people, bought):
    return spoken(people, bought)["again"].mean()


def only_the_sure_ones(*, people, bought, high_band=0.70):
    both = spoken(people, bought)
    sure = both.loc[both["stated"] >= high_band, "again"]
    return sure.mean() if len(sure) else 0.0


def year_before_counted(*, people, bought):
    known = spoken(people, bought).index
    return bought["bought_before"].reindex(known).astype("float64").mean()


def again_drawn(*, people, bought, given, revealed):
    """A guess of how many bought again, and how it was."""
    again = spoken(people, bought)["again"]
    lower, upper = sampling.wilson(int(again.sum()), len(again))
    found = {"share": float(again.mean()), "lower": lower, "upper": upper}
    how = {"guess": given, "about": "again", "revealed": revealed}
    return charts.share_guess(found, **how), charts.share_guess.alt(found, **how)


said_and_done = Answers(
    right=rate_again,
    drawn=again_drawn,
    wrong={
        "taken_at_their_word": lambda people, bought: spoken(people, bought)["stated"].mean(),
        "only_the_sure_ones": only_the_sure_ones,
        "year_before_counted": year_before_counted,
    },
)


def stocked(people, bought, high, low, **changed: object) -> pd.DataFrame:
    """For each band what would be stocked by its word, and how much of that was too much."""
    both = spoken(people, bought)
    again = both["again"].astype("bool")
    table = loyalty.calibration(both["stated"], again, high=high, low=low).assign(**changed)
    stock = (table["customers"] * table["stated"].fillna(0.0)).round()  # asked for in whole ones
    return pd.DataFrame({"stocked": stock, "too_much": stock - table["count"]})


def one_chance_for_all(*, people, bought, high_band=0.70, low_band=0.30):
    mean = spoken(people, bought)["stated"].mean()
    return stocked(people, bought, high_band, low_band, stated=mean)


band_table = Answers(
    right=lambda people, bought, high_band=0.70, low_band=0.30: stocked(
        people, bought, high_band, low_band
    ),
    wrong={
        "everybody_counted_on": lambda people, bought, high_band=0.70, low_band=0.30: stocked(
            people, bought, high_band, low_band, stated=1.0
        ),
        "one_chance_for_all": one_chance_for_all,
    },
)


def odds_taken(*, people, bought):
    rate = rate_again(people, bought)
    return (1 - rate) / rate


six_times_ceiling = Answers(
    right=lambda people, bought: 1 / rate_again(people, bought),
    wrong={"six_believed": 6.0, "seven_believed": 7.0, "odds_taken": odds_taken},
)


def lift(**changed: float) -> float:
    """How much more must be sold for the programme to break even."""
    terms = {"sales": SALES, "margin": MARGIN, "reward": REWARD, "fixed": FIXED}
    return loyalty.programme(**terms, **changed)["break_even_lift"]


programme_lift = Answers(
    right=lambda: lift(redeemed=REDEEMED),
    wrong={
        "points_on_new_sales_only": FIXED / SALES / (MARGIN - REWARD * REDEEMED),
        "sales_taken_for_margin": REWARD * REDEEMED + FIXED / SALES,
        "all_points_redeemed": lambda: lift(),
    },
)


def asked_and_bought(*, people, found, bought):
    """A few customers of each sort: satisfied or not, bought before or not, bought since or not."""
    table = pd.DataFrame(
        {
            "satisfaction": found["satisfaction"],
            "repurchase_probability": people["repurchase_probability"],
            "orders_before": bought["orders_before"],
            "orders_after": bought["orders_after"],
        }
    ).dropna()
    known = bought["bought_again"].reindex(table.index).notna()
    table = table[known.to_numpy()].sort_index()
    sorts = [table["satisfaction"] >= GLAD, table["orders_before"] > 0, table["orders_after"] > 0]
    ranked = table.sort_values("orders_before", ascending=False, kind="stable")
    kept = ranked.groupby([one.to_numpy()[table.index.get_indexer(ranked.index)] for one in sorts])
    return kept.head(EACH).sort_index().rename_axis("customer_id")


def ticked(condition):
    """The ticked customers who were glad, bought before and bought since as the condition says."""

    def chosen(*, people, found, bought):
        table = asked_and_bought(people=people, found=found, bought=bought)
        glad = (table["satisfaction"] >= GLAD).astype("bool")
        return table.index[condition(glad, table["orders_before"] > 0, table["orders_after"] > 0)]

    return chosen


satisfied_gone = Answers(
    offered=asked_and_bought,
    right=ticked(lambda glad, before, after: glad & before & ~after),
    wrong={
        "all_satisfied": ticked(lambda glad, before, after: glad),
        "all_gone": ticked(lambda glad, before, after: before & ~after),
        "never_there_before": ticked(lambda glad, before, after: glad & ~after),
    },
)
