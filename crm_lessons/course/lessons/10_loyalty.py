"""What the exercises of lesson 10 expect, computed from the bound data.

``lesson.use(...)`` binds, under these names (all from `loyalty.study`):

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

from crm_lessons import loyalty
from crm_lessons.course._registry import expects, known_wrong, offers

LESSON = "10_loyalty"
GLAD = 4
RECOMMENDING = (0.25, 0.25, 0.5)  # half of the weight on recommendation
EACH = 3  # customers of each sort in the table to tick
# The programme of the question: a year's sales of the members and what it costs.
SALES, MARGIN, REWARD, REDEEMED, FIXED = 200_000, 0.30, 0.02, 0.60, 3_000


def _of_the_satisfied(chosen: pd.Series, found: pd.DataFrame) -> float:
    """So many as are chosen, as a part of the satisfied; 0 where nobody is satisfied."""
    satisfied = int((found["satisfaction"] >= GLAD).sum())
    return float(chosen.sum()) / satisfied if satisfied else 0.0


@expects(f"{LESSON}.loyal_by_rule")
def _(*, found, classes):
    return _of_the_satisfied(classes == "loyal", found)


@known_wrong(f"{LESSON}.loyal_by_rule", "everybody_as_base")
def _(*, found, classes):
    asked = int(found["satisfaction"].notna().sum())
    return float((classes == "loyal").sum()) / asked if asked else 0.0


@known_wrong(f"{LESSON}.loyal_by_rule", "recommendation_forgotten")
def _(*, found):
    both = (found["satisfaction"] >= GLAD) & (found["repurchase"] == "high")
    return _of_the_satisfied(both, found)


@known_wrong(f"{LESSON}.loyal_by_rule", "index_for_rule")
def _(*, found, index, loyal_from=0.75):
    return _of_the_satisfied(index >= loyal_from, found)


def _moved(found, weights, loyal_from) -> pd.DataFrame:
    other = {"recommendation": RECOMMENDING}
    return loyalty.sensitivity(found, other, base=weights, loyal_from=loyal_from)


@expects(f"{LESSON}.weights_move")
def _(*, found, weights, loyal_from=0.75):
    return _moved(found, weights, loyal_from).loc["recommendation", "changed"]


@known_wrong(f"{LESSON}.weights_move", "difference_of_totals")
def _(*, found, weights, loyal_from=0.75):
    loyal = _moved(found, weights, loyal_from)["loyal"]
    return abs(loyal["recommendation"] - loyal["base"])


@known_wrong(f"{LESSON}.weights_move", "everyone_above_the_line")
def _(*, found, weights, loyal_from=0.75):
    return _moved(found, weights, loyal_from).loc["recommendation", "loyal"]


@known_wrong(f"{LESSON}.weights_move", "every_index_that_changed")
def _(*, found, weights):
    first, other = (loyalty.loyalty_index(found, weights=w) for w in (weights, RECOMMENDING))
    return ((first - other).abs() > 0.001).sum()


def _spoken(people, bought) -> pd.DataFrame:
    """What was stated and what happened, of those for whom both are known."""
    both = {"stated": people["repurchase_probability"], "again": bought["bought_again"]}
    return pd.DataFrame(both).dropna().astype("float64")


@expects(f"{LESSON}.said_and_done")
def _(*, people, bought):
    return _spoken(people, bought)["again"].mean()


@known_wrong(f"{LESSON}.said_and_done", "taken_at_their_word")
def _(*, people, bought):
    return _spoken(people, bought)["stated"].mean()


@known_wrong(f"{LESSON}.said_and_done", "only_the_sure_ones")
def _(*, people, bought, high_band=0.70):
    spoken = _spoken(people, bought)
    sure = spoken.loc[spoken["stated"] >= high_band, "again"]
    return sure.mean() if len(sure) else 0.0


@known_wrong(f"{LESSON}.said_and_done", "year_before_counted")
def _(*, people, bought):
    known = _spoken(people, bought).index
    return bought["bought_before"].reindex(known).astype("float64").mean()


def _stocked(people, bought, high, low, **changed: object) -> pd.DataFrame:
    """For each band what would be stocked by its word, and how much of that was too much."""
    spoken = _spoken(people, bought)
    again = spoken["again"].astype("bool")
    table = loyalty.calibration(spoken["stated"], again, high=high, low=low).assign(**changed)
    stocked = table["customers"] * table["stated"].fillna(0.0)
    return pd.DataFrame({"stocked": stocked, "too_much": stocked - table["count"]})


@expects(f"{LESSON}.band_table")
def _(*, people, bought, high_band=0.70, low_band=0.30):
    return _stocked(people, bought, high_band, low_band)


@known_wrong(f"{LESSON}.band_table", "everybody_counted_on")
def _(*, people, bought, high_band=0.70, low_band=0.30):
    return _stocked(people, bought, high_band, low_band, stated=1.0)


@known_wrong(f"{LESSON}.band_table", "one_chance_for_all")
def _(*, people, bought, high_band=0.70, low_band=0.30):
    mean = _spoken(people, bought)["stated"].mean()
    return _stocked(people, bought, high_band, low_band, stated=mean)


@expects(f"{LESSON}.six_times_ceiling")
def _(*, people, bought):
    return 1 / _spoken(people, bought)["again"].mean()


@known_wrong(f"{LESSON}.six_times_ceiling", "six_believed")
def _():
    return 6.0


@known_wrong(f"{LESSON}.six_times_ceiling", "seven_believed")
def _():
    return 7.0


@known_wrong(f"{LESSON}.six_times_ceiling", "odds_taken")
def _(*, people, bought):
    rate = _spoken(people, bought)["again"].mean()
    return (1 - rate) / rate


@expects(f"{LESSON}.programme_lift")
def _():
    terms = {"sales": SALES, "margin": MARGIN, "reward": REWARD, "redeemed": REDEEMED}
    return loyalty.programme(**terms, fixed=FIXED)["break_even_lift"]


@known_wrong(f"{LESSON}.programme_lift", "points_on_new_sales_only")
def _():
    return FIXED / SALES / (MARGIN - REWARD * REDEEMED)


@known_wrong(f"{LESSON}.programme_lift", "sales_taken_for_margin")
def _():
    return REWARD * REDEEMED + FIXED / SALES


@known_wrong(f"{LESSON}.programme_lift", "all_points_redeemed")
def _():
    return loyalty.programme(sales=SALES, margin=MARGIN, reward=REWARD, fixed=FIXED)[
        "break_even_lift"
    ]


@offers(f"{LESSON}.satisfied_gone")
def _asked_and_bought(*, people, found, bought):
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


def _ticked(condition):
    def chosen(*, people, found, bought):
        table = _asked_and_bought(people=people, found=found, bought=bought)
        glad = (table["satisfaction"] >= GLAD).astype("bool")
        return table.index[condition(glad, table["orders_before"] > 0, table["orders_after"] > 0)]

    return chosen


expects(f"{LESSON}.satisfied_gone")(_ticked(lambda glad, before, after: glad & before & ~after))
for _mistake, _condition in {
    "all_satisfied": lambda glad, before, after: glad,
    "all_gone": lambda glad, before, after: before & ~after,
    "never_there_before": lambda glad, before, after: glad & ~after,
}.items():
    known_wrong(f"{LESSON}.satisfied_gone", _mistake)(_ticked(_condition))
