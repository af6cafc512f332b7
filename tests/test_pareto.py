"""80/20 and ABC against figures worked by hand or found elsewhere, and on every boundary."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest

from crm_lessons import customers, data, pareto, sampling, wording
from crm_lessons.course import codes, folders
from crm_lessons.errors import CrmError
from crm_lessons.lacking import Lacking

NOTES = [50, 20, 11, 9, 6, 4]


def series(*values):
    return pd.Series(values, index=[f"{i:03d}" for i in range(len(values))], dtype="float64")


def classes_of(values, **cuts):
    return "".join(pareto.abc(series(*values), **cuts)["class"])


# The golden values of the curriculum, and every boundary of the classes.


def test_the_example_of_the_curriculum():
    found = pareto.abc(series(*NOTES))
    assert "".join(found["class"]) == "AAABBC"
    assert found["rank"].to_list() == [1, 2, 3, 4, 5, 6]
    assert found["cumulative_share"].to_list() == pytest.approx([0.5, 0.7, 0.81, 0.9, 0.96, 1.0])


def test_ties_stand_together():
    found = pareto.abc(series(50, 20, 10, 10, 5, 5))
    assert "".join(found["class"]) == "AAAABB"
    assert found["rank"].to_list() == [1, 2, 3, 3, 5, 5]
    assert found["cumulative_share"].to_list() == pytest.approx([0.5, 0.7, 0.9, 0.9, 1.0, 1.0])


@pytest.mark.parametrize(
    ("values", "cuts", "expected"),
    [
        ((75, 20, 5), {}, "ABC"),  # before the second exactly 75 %, before the third exactly 95 %
        ((75.01, 19.99, 5), {}, "ABC"),
        ((74.99, 20.01, 5), {}, "AAC"),
        ((75, 19.99, 5.01), {}, "ABB"),
        ((70, 20, 10), {"a_share": 0.70, "b_share": 0.20}, "ABC"),
        ((69.99, 20, 10.01), {"a_share": 0.70, "b_share": 0.20}, "AAB"),
        ((10, 60, 30), {"a_share": 0.9, "b_share": 0.1}, "BAA"),
        ((60, 40), {"a_share": 0.6, "b_share": 0.0}, "AC"),
        ((60, 40), {"a_share": 1.0, "b_share": 0.0}, "AA"),
    ],
)
def test_a_customer_exactly_on_the_cut_belongs_to_the_lower_class(values, cuts, expected):
    assert classes_of(values, **cuts) == expected


def test_a_share_that_only_rounding_keeps_off_the_cut_lies_on_it():
    # 0.1 + 0.2 + ... is not 0.75 in floating point; the money is.
    values = [0.1] * 3 + [0.05] * 9 + [0.01] * 25
    # Added one by one: since Python 3.12 `sum` makes good what is lost on the way.
    running = list(itertools.accumulate(values))
    assert running[11] / running[-1] != 0.75
    assert classes_of(values)[:13] == "A" * 12 + "B"


def test_the_largest_customer_is_always_in_a():
    assert classes_of((980, 15, 5)) == "ACC"
    assert classes_of((7,)) == "A"


def test_equal_customers_are_all_in_a():
    assert classes_of([3] * 40) == "A" * 40


def test_zero_and_negative_amounts_are_c():
    found = pareto.abc(series(60, 50, 0, -10))
    assert "".join(found["class"]) == "AACC"
    # Shares are of the net total of 100, so the curve passes 1 and comes back.
    assert found["cumulative_share"].to_list() == pytest.approx([0.6, 1.1, 1.1, 1.0])


def test_customers_past_the_whole_are_c_although_they_earn():
    assert classes_of((100, 10, -10)) == "ACC"


def test_an_unknown_amount_has_no_class_and_no_part_in_the_totals():
    found = pareto.abc(series(75, np.nan, 20, 5))
    assert found["class"].isna().to_list() == [False, True, False, False]
    assert found["rank"].isna().to_list() == [False, True, False, False]
    assert found["share"].to_list() == pytest.approx([0.75, np.nan, 0.20, 0.05], nan_ok=True)
    assert pareto.class_table(found)["customers"].sum() == 3


def test_the_result_keeps_index_order_and_dtypes():
    amount = pd.Series([4.0, 50.0], index=pd.Index(["z", "a"], name="customer_id"))
    found = pareto.abc(amount)
    assert found.index.equals(amount.index) and found.index.name == "customer_id"
    assert found["class"].cat.categories.to_list() == ["A", "B", "C"]
    assert found["class"].cat.ordered
    assert found.drop(columns="class").dtypes.astype("str").to_list() == [
        "float64",
        "Int64",
        "float64",
        "float64",
    ]


@pytest.mark.parametrize("values", [(0, 0), (5, -5), (-1, -2), (np.nan, -1)])
@pytest.mark.parametrize("analysis", [pareto.abc, pareto.gini, pareto.lorenz, pareto.share_of_top])
def test_without_a_positive_total_there_are_no_shares(analysis, values):
    with pytest.raises(CrmError) as caught:
        analysis(series(*values))
    assert caught.value.key == "nothing_to_class"


@pytest.mark.parametrize("values", [(), (np.nan,)])
@pytest.mark.parametrize("analysis", [pareto.abc, pareto.gini, pareto.lorenz, pareto.share_of_top])
def test_a_measure_nobody_has_is_told_apart_from_one_that_sums_to_nothing(analysis, values):
    with pytest.raises(CrmError) as caught:
        analysis(series(*values))
    assert caught.value.key == "nothing_known"


@pytest.mark.parametrize(
    "cuts",
    [{"a_share": 0.0}, {"a_share": 1.1}, {"b_share": -0.1}, {"a_share": 0.8, "b_share": 0.3}],
)
def test_class_shares_that_do_not_fit_are_refused(cuts):
    with pytest.raises(CrmError) as caught:
        classes_of(NOTES, **cuts)
    assert caught.value.key == "class_shares_wrong"


def test_an_infinite_amount_is_refused():
    with pytest.raises(ValueError, match="finite"):
        classes_of((1, math.inf))


def test_the_class_table_by_hand():
    table = pareto.class_table(pareto.abc(series(*NOTES)))
    assert table["customers"].to_list() == [3, 2, 1]
    assert table["amount_share"].to_list() == pytest.approx([0.81, 0.15, 0.04])
    assert table["amount_per_customer"].to_list() == pytest.approx([27, 7.5, 4])
    assert table["relative_to_average"].to_list() == pytest.approx([1.62, 0.45, 0.24])


def test_an_empty_class_keeps_its_row_and_has_no_mean():
    table = pareto.class_table(pareto.abc(series(5, 5)))
    assert table.index.to_list() == ["A", "B", "C"]
    assert table["customers"].to_list() == [2, 0, 0]
    assert table["amount_per_customer"].isna().to_list() == [False, True, True]


@pytest.mark.parametrize(
    ("heads", "inside"),
    [
        ((10, 15, 75), [True, True, True]),
        ((15, 25, 60), [True, True, True]),
        ((9, 26, 65), [False, False, True]),
        ((16, 14, 70), [False, False, True]),
        ((15, 9, 76), [True, False, False]),
    ],
)
def test_the_head_count_bands_include_their_ends(heads, inside):
    shares = pd.DataFrame({"customer_share": np.array(heads) / 100}, index=list("ABC"))
    assert pareto.head_count_bands(shares)["inside"].to_list() == inside


# How unevenly: closed forms and figures worked by hand.


def test_equal_amounts_give_the_top_fifth_a_fifth():
    for n in (1, 3, 5, 7, 1000):
        assert pareto.share_of_top(series(*[7.3] * n), 0.20) == 0.20
        assert pareto.gini(series(*[7.3] * n)) == 0.0


def test_one_who_holds_all_gives_the_largest_gini_there_is():
    for n in (1, 2, 10, 500):
        amount = series(*[0] * (n - 1), 42)
        assert pareto.gini(amount) == pytest.approx((n - 1) / n)
        assert pareto.customers_for_share(amount, 0.80) == 1


def test_an_exact_80_20_pareto_distribution_has_a_gini_of_0_756():
    alpha = math.log(5) / math.log(4)
    # The mean of each of many equal slices of the distribution, from its Lorenz curve.
    edges = np.linspace(0, 1, 200_001)
    curve = 1 - (1 - edges) ** (1 - 1 / alpha)
    amount = pd.Series(np.diff(curve))
    assert pareto.share_of_top(amount, 0.20) == pytest.approx(0.80, abs=1e-6)
    assert pareto.share_of_top(amount, 0.04) == pytest.approx(0.64, abs=1e-6)
    assert pareto.gini(amount) == pytest.approx(1 / (2 * alpha - 1), abs=1e-3)
    assert round(pareto.gini(amount), 3) == pytest.approx(0.756, abs=0.001)


def test_gini_is_half_the_mean_difference_over_the_mean():
    values = np.array(NOTES, dtype=float)
    difference = np.abs(values[:, None] - values[None, :]).mean()
    assert pareto.gini(series(*NOTES)) == pytest.approx(difference / (2 * values.mean()))


def test_losses_can_lift_gini_past_one():
    assert pareto.gini(series(-10, 0, 11)) > 1


@pytest.mark.parametrize(
    ("top", "share"),
    [(1 / 6, 0.50), (1 / 3, 0.70), (0.20, 0.54), (0.5, 0.81), (1.0, 1.0), (1 / 12, 0.25)],
)
def test_the_share_of_the_top_is_read_off_the_curve(top, share):
    assert pareto.share_of_top(series(*NOTES), top) == pytest.approx(share)


@pytest.mark.parametrize(
    ("share", "customers"), [(0.5, 1), (0.51, 2), (0.70, 2), (0.80, 3), (0.81, 3), (1.0, 6)]
)
def test_the_fewest_customers_that_reach_a_share(share, customers):
    assert pareto.customers_for_share(series(*NOTES), share) == customers


@pytest.mark.parametrize("share", [0, -0.1, 1.01, 20])
def test_a_share_outside_its_range_is_refused(share):
    for analysis in (pareto.share_of_top, pareto.customers_for_share):
        with pytest.raises(CrmError) as caught:
            analysis(series(*NOTES), share)
        assert caught.value.key == "share_out_of_range"


def test_the_lorenz_curve_runs_from_corner_to_corner_smallest_first():
    curve = pareto.lorenz(series(*NOTES))
    assert curve["population_share"].to_list() == pytest.approx([i / 6 for i in range(7)])
    assert curve["value_share"].to_list() == pytest.approx([0, 0.04, 0.10, 0.19, 0.30, 0.50, 1.0])


def test_concentration_by_hand():
    found = pareto.concentration(series(*NOTES), k=3)
    assert found["top_share"] == pytest.approx(0.81)
    assert found["hhi"] == pytest.approx(0.25 + 0.04 + 0.0121 + 0.0081 + 0.0036 + 0.0016)
    assert found["effective_customers"] == pytest.approx(1 / 0.3154)
    assert pareto.concentration(series(*[2] * 25))["top_share"] == pytest.approx(0.40)
    assert pareto.concentration(series(*[2] * 25))["effective_customers"] == pytest.approx(25)


def test_the_ten_largest_of_three_are_three():
    found = pareto.concentration(series(5, 3, 2), k=10)
    assert found[["k", "top_share"]].to_list() == [3, 1.0]
    with pytest.raises(ValueError, match="at least 1"):
        pareto.concentration(series(1), k=0)


def test_concentration_for_each_salesperson():
    pairs = [("Wang", "1"), ("Wang", "2"), ("Sun", "9"), *(("Li", n) for n in "1345")]
    index = pd.MultiIndex.from_tuples(pairs, names=["salesperson", "customer_id"])
    people = pd.DataFrame({"amount": [90.0, 10.0, -3.0, 50.0, 30.0, 15.0, 5.0]}, index=index)
    table = pareto.concentration_by(people)
    assert table.index.to_list() == ["Li", "Wang", "Sun"]
    assert table["largest_share"].to_list() == pytest.approx([0.5, 0.9, np.nan], nan_ok=True)
    assert table.loc["Li", "top3_share"] == pytest.approx(0.95)
    assert table.loc["Wang", "hhi"] == pytest.approx(0.82)
    assert table["customers_for_80"].to_list() == [2, 1, pd.NA]


# Movement and agreement.


def test_migration_counts_those_who_came_and_those_who_went():
    before = pd.Series(["A", "A", "B", "C", None], index=list("abcde"))
    after = pd.Series(["A", "C", "A", "A"], index=["a", "b", "c", "z"])
    table = pareto.migration(before, after)
    assert table.index.to_list() == ["A", "B", "C", "new"]
    assert table.columns.to_list() == ["A", "B", "C", "gone"]
    assert table.loc["A"].to_list() == [1, 0, 1, 0]
    assert table.loc["B"].to_list() == [1, 0, 0, 0]
    assert table.loc["C"].to_list() == [0, 0, 0, 1]
    assert table.loc["new"].to_list() == [1, 0, 0, 0]


def test_who_bought_before_is_back_and_not_new():
    before = pd.Series(["A", "B"], index=["a", "b"])
    after = pd.Series(["A", "A", "C", "B"], index=["a", "new", "back", "also back"])
    # Who bought in the year before has bought earlier as well, and stays what the class says.
    table = pareto.migration(before, after, earlier=["a", "b", "back", "also back", "elsewhere"])
    assert table.index.to_list() == ["A", "B", "C", "new", "back"]
    assert table.loc["new"].to_list() == [1, 0, 0, 0]
    assert table.loc["back"].to_list() == [0, 1, 1, 0]
    assert table.loc["A"].to_list() == [1, 0, 0, 0]


def test_of_the_newcomers_of_the_shop_72_had_bought_before():
    # Counted with pandas alone: first purchase before the last year, none in the year before it.
    lines = data.read("shop").lines.collect().to_pandas()
    bought = lines[lines["amount"] >= 0].groupby("customer_id")["order_date"]
    start = customers.year_start(data.read("shop"))
    day = pd.Timestamp(start)
    last, first = bought.max(), bought.min()
    in_before = lines[
        lines["order_date"].between(day - pd.DateOffset(years=1), day - pd.Timedelta(days=1))
    ]
    came = set(last.index[last >= day]) - set(in_before["customer_id"])
    back = came & set(first.index[first < day])
    assert (len(came), len(back)) == (322, 72)
    before, now = pareto.two_years(data.read("shop"))
    earlier = pareto.bought_before(data.read("shop"))
    moved = pareto.migration(before["class"], now["class"], earlier=earlier)
    assert moved.loc["back"].sum() == 72 and moved.loc["new"].sum() == 250


def test_migration_from_nothing_makes_everyone_new():
    now = pareto.abc(series(*NOTES))
    table = pareto.migration(now.head(0)["class"], now["class"])
    assert table.loc["new"].to_list() == [3, 2, 1, 0]
    assert table.to_numpy().sum() == 6


def test_agreement_counts_only_customers_classed_by_both():
    sales = pareto.abc(series(*NOTES))["class"]
    profit = pareto.abc(series(1, 2, 90, np.nan, 4, -1))["class"]
    table = pareto.agreement(sales, profit)
    assert table.to_numpy().sum() == 5
    assert table.loc["A"].to_list() == [1, 0, 2]


# The action list.


def people(**columns):
    index = pd.Index([f"{i:03d}" for i in range(len(columns["orders"]))], name="customer_id")
    frame = pd.DataFrame(columns, index=index)
    last = pd.Timestamp("2026-03-01") - pd.to_timedelta(frame["recency_days"], unit="D")
    return frame.assign(last_order=last)


def quiet(n):
    return people(orders=[12] * n, recency_days=[5] * n, tenure_days=[335] * n)


@pytest.mark.parametrize(
    ("orders", "recency", "tenure", "silent"),
    [
        (11, 104, 404, False),  # every 30 days: the tenth part of 300 (20 ^ 0.1 - 1) = 104.8 days
        (11, 105, 405, True),
        (101, 30, 130, False),  # every day: nobody is silent before 30 days are over
        (101, 31, 131, True),
        (1, 180, 180, False),  # one order only: 180 days
        (1, 181, 181, True),
        (3, 180, 180, False),  # orders of one day have no interval
        (3, 181, 181, True),
    ],
)
def test_a_customer_is_silent_by_the_rule_of_all_lists(orders, recency, tenure, silent):
    someone = people(orders=[orders], recency_days=[recency], tenure_days=[tenure])
    todo = pareto.actions(someone, pareto.abc(series(100)), as_of="2026-03-01")
    assert todo["reason"].to_list() == (["a_silent"] if silent else [])


def test_only_class_a_is_called_for_silence():
    everyone = people(orders=[1] * 6, recency_days=[900] * 6, tenure_days=[900] * 6)
    todo = pareto.actions(everyone, pareto.abc(series(*NOTES)), near=0)
    assert todo["customer_id"].to_list() == ["000", "001", "002"]
    assert todo["at_stake"].to_list() == [50, 20, 11]
    assert todo["channel"].unique().tolist() == ["phone"]


def test_who_fell_from_a_is_listed_with_what_was_lost_even_when_gone():
    before = pareto.abc(series(50, 20, 11, 30, 6, 4, 40).rename(index={"006": "gone"}))
    assert before.loc[["003", "gone"], "class"].to_list() == ["A", "A"]
    now = pareto.abc(series(*NOTES))
    todo = pareto.actions(quiet(6), now, previous=before, near=0).set_index("reason")
    fallen = todo.loc[["a_fallen"]]
    assert fallen["customer_id"].to_list() == ["gone", "003"]
    assert fallen["at_stake"].to_list() == [40.0, 21.0]
    assert fallen["amount"].to_list() == [0.0, 9.0]
    assert fallen["class"].isna().to_list() == [True, False]


def test_who_fell_although_the_amount_rose_has_lost_us_nothing():
    before = pareto.abc(series(50, 20, 11, 9, 6, 4))
    now = pareto.abc(series(900, 20, 12, 9, 6, 4))
    assert before.loc["002", "class"] == "A" and now.loc["002", "class"] == "C"
    todo = pareto.actions(quiet(6), now, previous=before)
    assert "a_fallen" not in todo["reason"].to_list()


@pytest.mark.parametrize(("second", "listed"), [(60.0, ["001"]), (59.9, [])])
def test_who_lacks_more_than_half_of_the_own_amount_is_not_near(second, listed):
    amount = series(90, second, 1)
    assert pareto.abc(amount, a_share=0.55, b_share=0.4)["class"].to_list() == ["A", "B", "C"]
    todo = pareto.actions(quiet(3), pareto.abc(amount, a_share=0.55, b_share=0.4))
    assert todo["customer_id"].to_list() == listed


def test_a_silent_customer_is_not_one_to_lift():
    silent = people(orders=[1] * 6, recency_days=[900] * 6, tenure_days=[900] * 6)
    todo = pareto.actions(silent, pareto.abc(series(*NOTES)))
    assert set(todo["reason"]) == {"a_silent"}


def test_a_short_list_keeps_those_who_lack_least():
    amount = series(*[100] * 20, *np.linspace(90, 70, 20))
    todo = pareto.actions(quiet(40), pareto.abc(amount, a_share=0.5, b_share=0.45), limit=3)
    assert todo["customer_id"].to_list() == ["022", "021", "020"]


def test_reaching_what_is_missing_lifts_a_customer_of_b_to_a():
    amount = series(*NOTES)
    todo = pareto.actions(quiet(6), pareto.abc(amount), near=1)
    assert todo[["customer_id", "reason", "at_stake"]].to_numpy().tolist() == [
        ["003", "near_a", 2.0]
    ]
    amount["003"] += 2.0
    assert pareto.abc(amount).loc["003", "class"] == "A"


def test_a_by_sales_and_c_by_profit_is_a_case_for_the_terms_before_a_call():
    silent = people(orders=[1] * 6, recency_days=[900] * 6, tenure_days=[900] * 6)
    profit = pareto.abc(series(-5, 20, 11, 9, 6, 4))
    todo = pareto.actions(silent, pareto.abc(series(*NOTES)), by_profit=profit, near=0)
    assert todo.set_index("customer_id")["reason"].to_dict() == {
        "000": "low_profit",
        "001": "a_silent",
        "002": "a_silent",
    }
    assert todo["channel"].iloc[0] == "review_terms"


@pytest.mark.parametrize(("drop", "listed"), [(0.5, ["005"]), (0.51, [])])
def test_b_is_filled_up_from_c_when_it_has_shrunk_enough(drop, listed):
    previous = pareto.abc(series(75, 4, 4, 4, 4, 4, 5).set_axis(list("tuvwxyz")))
    assert (previous["class"] == "B").sum() == 6
    now = pareto.abc(series(50, 20, 11, 9, 6, 4))
    assert (now["class"] == "B").sum() == 2
    shrunk = previous.loc[list("tuvwz")]
    assert (shrunk["class"] == "B").sum() == 4
    todo = pareto.actions(quiet(6), now, previous=shrunk, near=0, b_drop=drop)
    found = todo[todo["reason"] == "b_replenish"]
    assert found["customer_id"].to_list() == listed
    assert found["at_stake"].to_list() == [2.0] * len(listed)


def test_deadlines_count_from_the_day_people_were_computed_to():
    todo = pareto.actions(quiet(6), pareto.abc(series(*NOTES)), near=1, days=(1, 2, 3))
    assert todo["due"].to_list() == [pd.Timestamp("2026-03-03")]
    later = pareto.actions(quiet(6), pareto.abc(series(*NOTES)), near=1, as_of="2026-05-01")
    assert later["due"].to_list() == [pd.Timestamp("2026-05-08")]
    assert str(later["due"].dtype) == "datetime64[us]"


def test_who_is_in_charge_is_empty_where_nobody_knows():
    silent = people(orders=[1] * 6, recency_days=[900] * 6, tenure_days=[900] * 6)
    in_charge = pd.Series({"000": "agent_01"})
    todo = pareto.actions(silent, pareto.abc(series(*NOTES)), in_charge=in_charge, near=0)
    assert todo["who"].to_list() == ["agent_01", "", ""]


def test_a_short_list_lets_every_reason_take_its_turn_and_stands_by_stake():
    amount = series(*[100] * 20, *np.linspace(60, 10, 20))
    days = [900] * 20 + [5] * 20
    some_silent = people(orders=[1] * 40, recency_days=days, tenure_days=days)
    todo = pareto.actions(some_silent, pareto.abc(amount), limit=6, reach=2.0)
    assert todo["reason"].value_counts().to_dict() == {"a_silent": 3, "near_a": 3}
    assert todo["at_stake"].is_monotonic_decreasing
    assert todo["customer_id"].is_unique


def test_a_list_with_nothing_to_do_keeps_its_columns():
    todo = pareto.actions(quiet(1), pareto.abc(series(5)))
    assert todo.empty
    assert todo.columns.to_list() == [
        "customer_id",
        "class",
        "amount",
        "reason",
        "at_stake",
        "channel",
        "due",
        "who",
    ]


def test_every_reason_and_channel_has_words():
    words = codes.of("05_pareto")
    assert set(words["reason"]) == {*pareto.REASONS, "in_a", "next_largest"}
    assert set(words["channel"]) == {one.channel for one in pareto.REASONS.values()}


# The sentences are filled from the tables.


def test_the_told_values_fill_their_sentences():
    facts = folders.module("05_pareto", "facts")
    now = pareto.abc(series(*NOTES))
    table = pareto.class_table(now)
    moved = pareto.migration(now["class"].iloc[::-1].set_axis(now.index), now["class"], earlier=())
    index = pd.MultiIndex.from_product([["Li"], now.index], names=["salesperson", "customer_id"])
    sellers = pareto.concentration_by(pd.DataFrame({"amount": NOTES}, index=index))
    values = {
        "class_counts": facts.class_counts(table),
        "standards": facts.standards(now, pareto.abc(series(*NOTES), a_share=0.7)),
        "bands_verdict": facts.bands(pareto.head_count_bands(table)),
        **dict(facts.sales_vs_profit(facts.agreed(now, now))),
        **dict(facts.moves(moved, pd.DataFrame({"tenure_days": [800]}))),
        **dict(facts.salespeople(sellers)),
    }
    folders.say("05_pareto")
    for language in wording.LANGUAGES:
        with wording.using(language):
            for key, filled in values.items():
                said = wording.text(f"05_pareto.{key}", **filled)
                assert "nan" not in said and "{" not in said
    assert values["standards"]["changed"] == 2
    assert values["migration"] | {"kept": 0, "up": 3, "down": 3} == values["migration"]
    alone = values["salesperson_alone"]
    assert alone["share"] == pytest.approx(0.81)
    assert alone["lower"] <= alone["share"] <= alone["upper"]


def test_what_data_lack_is_said_once_and_passed_over_after():
    facts = folders.module("05_pareto", "facts")
    people = pd.DataFrame({"amount": [90.0, 10.0], "profit": [-9.0, 1.0]}, index=["1", "2"])
    by_sales, by_profit = pareto.both(people)
    assert by_profit == Lacking("no_profit")
    assert facts.sales_vs_profit(facts.agreed(by_sales, by_profit)) == [("no_profit", {})]
    assert pareto.opposed(people, by_sales, by_profit) == by_profit


def test_the_customers_on_either_side_of_each_cut():
    table = pareto.around_the_cut(pareto.abc(series(*NOTES)))
    assert table.index.to_list() == ["002", "003", "004", "005"]
    assert table["cut"].to_list() == [0.75, 0.75, 0.95, 0.95]
    assert table["share_before"].to_list() == pytest.approx([0.70, 0.81, 0.90, 0.96])
    assert pareto.around_the_cut(pareto.abc(series(5, 5))).empty


def test_two_years_do_not_overlap_and_the_first_may_be_missing():
    def order(day, customer, amount):
        when = pd.Timestamp(day)
        return {"customer_id": customer, "order_id": day, "order_date": when, "amount": amount}

    orders = [
        order("2024-01-01", "old", 999.0),
        order("2024-01-02", "last year", 10.0),
        order("2025-01-01", "last year", 10.0),
        order("2025-01-02", "this year", 5.0),
        order("2026-01-01", "this year", 5.0),
    ]
    before, now = pareto.two_years(pd.DataFrame(orders))
    assert before["amount"].to_dict() == {"last year": 20.0}
    assert now["amount"].to_dict() == {"this year": 10.0}
    before, now = pareto.two_years(pd.DataFrame(orders[3:]))
    assert before.empty and len(now) == 1


def test_a_year_without_orders_has_no_classes_and_stops_nothing():
    orders = pd.DataFrame(
        {
            "customer_id": ["1", "1"],
            "order_id": ["1", "2"],
            "order_date": pd.to_datetime(["2023-01-05", "2026-01-01"]),
            "amount": [10.0, -3.0],
        }
    )
    before, now = pareto.two_years(orders)
    assert before.empty and now.empty
    assert before.columns.to_list() == now.columns.to_list() == list(pareto.abc(series(1)))
    before, now = pareto.two_years(orders, as_of="2026-01-01", where={"order_id": "1"})
    assert before.empty and now.empty
    moved = pareto.migration(before["class"], now["class"])
    assert moved.to_numpy().sum() == 0


def test_shares_that_do_not_fit_are_no_empty_year():
    orders = pd.DataFrame(
        {"customer_id": ["1"], "order_id": ["1"], "order_date": [pd.Timestamp("2026-01-01")]}
    ).assign(amount=5.0)
    with pytest.raises(CrmError) as caught:
        pareto.two_years(orders, a_share=0.8, b_share=0.3)
    assert caught.value.key == "class_shares_wrong"


@pytest.mark.parametrize(("top", "k"), [(0.2, 10), (0.35, 3), (1.0, 1)])
def test_the_draws_of_the_intervals_are_those_made_one_after_the_other(top, k):
    rng = np.random.default_rng(3)
    for n in (2, 7, 60):
        amount = series(*rng.gamma(0.5, 100, n).round(2), *([-20.0] if n == 60 else []))
        falling, told = np.sort(amount.to_numpy())[::-1], sampling.stream(1)
        drawn = []
        for _ in range(500):
            own = falling[np.sort(told.randint(0, len(falling), len(falling)))]
            held = np.concatenate([[0.0], np.cumsum(own)]) / own.sum()
            heads = np.arange(len(own) + 1)
            share, largest = np.interp([top * len(own), min(k, len(own))], heads, held)
            gini = 2 * held[1:].sum() / len(own) - 1 - 1 / len(own)
            drawn.append((share, gini, largest) if own.sum() > 0 else (np.nan,) * 3)
        ends = np.nanpercentile(drawn, [2.5, 97.5], axis=0).T
        found = pareto.intervals(amount, top=top, k=k, draws=500)
        assert found.to_numpy() == pytest.approx(ends, abs=1e-9, nan_ok=True)


def test_the_intervals_of_concentration_are_those_of_customers_drawn_anew():
    """Against a plain bootstrap with the functions of the figures themselves."""
    amount = pd.Series(np.random.default_rng(6).lognormal(4, 1.5, 50), index=range(50))
    found, rng = pareto.intervals(amount, draws=600), np.random.default_rng(1)
    drawn = [amount.iloc[rng.integers(0, 50, 50)] for _ in range(600)]
    by_hand = {
        "top_share": [pareto.share_of_top(one) for one in drawn],
        "gini": [pareto.gini(one) for one in drawn],
        "largest": [pareto.concentration(one)["top_share"] for one in drawn],
    }
    for name, values in by_hand.items():
        assert found.loc[name].to_list() == pytest.approx(
            np.percentile(values, [2.5, 97.5]), abs=0.03
        )
        assert found.loc[name, "lower"] < np.median(values) < found.loc[name, "upper"]
    pd.testing.assert_frame_equal(pareto.intervals(amount[::-1], draws=600), found)


def test_equal_customers_are_equal_however_drawn_and_one_customer_has_no_interval():
    found = pareto.intervals(series(*[5.0] * 30))
    assert found["lower"].equals(found["upper"]) and found.loc["gini", "lower"] == 0
    assert pareto.intervals(series(5.0)).isna().all(axis=None)


IDS = pd.Index(["1", "2", "3", "4", "5", "6"], name="customer_id")
SIX = pd.Series([50.0, 20.0, 11.0, 9.0, 6.0, 4.0], IDS)
SEEN = pd.DataFrame({"recency_days": [1, 2, 3, 4, 5, 6]}, IDS)


def test_places_go_to_class_a_then_to_who_fell_then_to_the_next_largest():
    before = pareto.abc(pd.Series([30.0, 1.0, 1.0, 1.0, 40.0, 1.0], IDS))
    told = dict(places=5, previous=before, now=pareto.abc(SIX))
    # By hand: the line at 55 % takes 1 and 2 (before 2 stand 50 %); of those who were A last year
    # 5 is not any more and bought for 34 less; 3 and 4 are the next largest.
    listed = pareto.care_list(SEEN, SIX, cut=0.55, **told)
    assert listed["customer_id"].to_list() == ["1", "2", "5", "3", "4"]
    assert listed["reason"].to_list() == ["in_a", "in_a", "a_fallen", *["next_largest"] * 2]
    assert listed["rank"].to_list() == [1, 2, 5, 3, 4]
    # Without a line of one's own: 89 % is the highest at which no more than five are in A.
    assert set(pareto.care_list(SEEN, SIX, **told)["reason"]) == {"in_a"}


@pytest.mark.parametrize("places", [1, 3, 6, 9])
def test_a_list_never_has_more_customers_than_places_nor_anybody_twice(places):
    for cut in (0.01, 0.5, 1.0, None):
        listed = pareto.care_list(SEEN, SIX, places=places, cut=cut)
        assert len(listed) == min(places, 6) and listed["customer_id"].is_unique
    mixed = SIX.sample(frac=1, random_state=1)
    again = pareto.care_list(SEEN, mixed, places=places, cut=0.5)
    assert again.equals(pareto.care_list(SEEN, SIX, places=places, cut=0.5))
    equal = pareto.care_list(SEEN, SIX * 0 + 5.0, places=places)
    assert equal["customer_id"].to_list() == list(IDS[:places])


def test_who_looks_after_them_stands_beside_them_and_nobody_where_it_is_not_known():
    listed = pareto.care_list(SEEN, SIX, places=2, in_charge=pd.Series({"2": "li"}))
    assert listed["who"].to_list() == ["", "li"]
