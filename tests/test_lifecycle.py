"""States, movements, cohorts: histories worked by hand, and what the notes say of them."""

import numpy as np
import pandas as pd
import pytest

from crm_lessons import buying, customers, data, lifecycle
from crm_lessons.course import folders
from crm_lessons.customers import Limits, cohort_counts, last_spells, silences, spell_counts
from crm_lessons.errors import CrmError

AS_OF = pd.Timestamp("2025-12-31")


def bought(**histories):
    """Order lines from days of purchase by customer, told as days before the end or as dates."""
    rows = [
        (customer, AS_OF - pd.Timedelta(days=day) if isinstance(day, int) else pd.Timestamp(day))
        for customer, days in histories.items()
        for day in days
    ]
    table = pd.DataFrame(rows, columns=["customer_id", "order_date"])
    return table.assign(order_id=[f"{number}" for number in range(len(table))], amount=10.0)


# Days before the end on which somebody bought, the state, and since how many days.
HANDWORKED = {
    "only_today": ([0], "first", 0),
    "once_on_the_edge": ([90], "first", 90),
    "once_a_day_beyond": ([91], "dormant", 0),
    "once_on_the_last_edge": ([365], "dormant", 274),
    "once_and_lost": ([366], "lost", 0),
    "twice": ([60, 20], "repeat", 20),
    "twice_on_one_day": ([20, 20], "first", 20),
    "back_from_dormancy": ([200, 20], "repeat", 20),
    "back_from_the_lost": ([500, 20], "won_back", 20),
    "every_sixty_days": ([240, 180, 120, 60], "loyal", 60),
    "four_in_a_short_time": ([179, 120, 60, 10], "repeat", 120),
    "weekly_then_gone": ([*range(1500, 800, -7)], "lost", 807 - 366),
}


def test_twelve_histories_worked_by_hand():
    lines = bought(**{name: days for name, (days, *_) in HANDWORKED.items()})
    last = last_spells(lines, as_of=AS_OF)
    found = lifecycle.states(last)
    since = (AS_OF - found["since"]).dt.days
    for name, (_, state, days) in HANDWORKED.items():
        assert (found.loc[name, "state"], since[name]) == (state, days), name


def test_the_woman_who_bought_weekly_and_then_not_for_four_years_is_lost_and_was_loyal():
    weekly = bought(detergent=pd.date_range("2019-12-31", "2021-12-31", freq="7D"))
    told = {
        day: lifecycle.states(last_spells(weekly, as_of=day)).loc["detergent", "state"]
        for day in ("2020-01-01", "2020-06-30", "2020-12-31", "2022-04-15", "2023-12-31")
    }
    assert told == {
        "2020-01-01": "first",
        "2020-06-30": "loyal",
        "2020-12-31": "loyal",
        "2022-04-15": "dormant",
        "2023-12-31": "lost",
    }


def test_irregular_purchases_are_repeated_but_not_loyal():
    last = last_spells(bought(bursts=[400, 399, 398, 397, 80, 79, 78, 77]), as_of=AS_OF)
    assert lifecycle.states(last).loc["bursts", "state"] == "repeat"
    loose = Limits(loyal_cv=3.0)
    last = last_spells(bought(bursts=[400, 399, 398, 397, 80, 79, 78, 77]), loose, as_of=AS_OF)
    assert lifecycle.states(last, loose).loc["bursts", "state"] == "loyal"


def test_by_their_own_interval_weekly_buyers_fall_silent_sooner():
    lines = bought(weekly=[*range(90, 27, -7)], yearly=[800, 400, 20], few=[60, 50])
    last = last_spells(lines, as_of=AS_OF)
    own = pd.Series({"weekly": 7.0, "yearly": 390.0, "few": 10.0})
    told = lifecycle.states(last, intervals=own, times=3.0, least=2)
    # Silent for 27 to 28 days: more than three times seven, so dormant by their own rhythm.
    assert told["state"].to_dict() == {"few": "repeat", "weekly": "dormant", "yearly": "won_back"}
    assert told["rule"].to_dict()["weekly"] == "own_interval"
    on_the_edge = lifecycle.states(last, intervals=own, times=last.loc["weekly", "silent"] / 7)
    assert on_the_edge.loc["weekly", "state"] == "repeat"


def test_the_usual_interval_is_the_median_of_a_customers_own():
    found = customers.usual_intervals(bought(odd=[60, 40, 10, 0], even=[70, 40, 20], once=[5]))
    assert found[["odd", "even"]].to_list() == [20.0, 25.0] and np.isnan(found["once"])


def test_a_study_by_own_rhythm_tells_states_by_it_and_moves_by_days():
    lines = bought(weekly=[*range(90, 27, -7)], slow=[900, 600, 300, 100], once=[95])
    by_days, own = (lifecycle.study(lines, as_of=AS_OF, own_times=times) for times in (0, 3))
    assert by_days.now["state"].to_dict() == {
        "weekly": "repeat",
        "slow": "dormant",
        "once": "dormant",
    }
    # 34 days are more than three weeks, 100 fewer than three times 300; one purchase has no rhythm.
    assert own.now["state"].to_dict() == {"weekly": "dormant", "slow": "loyal", "once": "dormant"}
    assert own.now["rule"].to_dict()["weekly"] == "own_interval"
    pd.testing.assert_frame_equal(own.moved.counts, by_days.moved.counts)


def test_what_one_takes_along_has_the_states_of_the_report():
    """Those who go by their own interval there do so in the learner's workbook too."""
    lines = bought(weekly=[*range(90, 27, -7)], slow=[900, 600, 300, 100], once=[95])
    known = lifecycle.study(lines, as_of=AS_OF, own_times=3)
    made = folders.module("04_lifecycle", "take_home").take_home(
        last=known.last,
        planned=lifecycle.winback(known.last, pd.Series(dtype="float64"), CURVE, {}),
        dormant_after=known.limits.dormant_after,
        lost_after=known.limits.lost_after,
        rhythm=known.rhythm,
    )
    states = made["customers"].set_index("customer_id")
    assert states["customer_state"].to_dict() == known.now["state"].to_dict()
    assert states["state_rule"].to_dict() == known.now["rule"].to_dict()


def test_enquiries_are_prospects_targets_or_no_customers_at_all():
    leads = pd.DataFrame(
        {"has_need": [True, True, None, True], "has_power": [True, False, None, None]},
        index=["target", "no_power", "unknown", "half_known"],
    )
    last = last_spells(bought(bought=[10]), as_of=AS_OF)
    found = lifecycle.states(last, leads=pd.concat([leads, leads.head(1).set_axis(["bought"])]))
    assert found["state"].to_dict() == {
        "bought": "first",
        "target": "target",
        "no_power": "non_customer",
        "unknown": "prospect",
        "half_known": "prospect",
    }


@pytest.fixture(scope="module")
def shop():
    return data.read("shop")


@pytest.fixture(scope="module")
def moved(shop):
    return lifecycle.movements(spell_counts(shop))


def test_states_counted_from_spells_are_those_of_customers_one_by_one(shop, moved):
    before = None
    for day in moved.counts.index[-3:]:
        own = lifecycle.states(last_spells(shop, as_of=day.date()))["state"]
        counted = own.value_counts().reindex(moved.counts.columns, fill_value=0)
        assert counted.to_list() == moved.counts.loc[day].to_list()
        if before is not None:
            came_from = before.reindex(own.index).fillna("new")
            crossed = pd.crosstab(came_from, own).stack()
            flows = moved.flows[moved.flows["month_end"] == day]
            told = flows.set_index(["before", "after"])["customers"]
            assert told.to_dict() == crossed[crossed > 0].to_dict()
        before = own


def test_rows_of_the_matrix_sum_to_one_and_nobody_gets_lost_on_the_way(moved):
    shares = moved.shares()
    assert np.allclose(shares.dropna().sum(axis=1), 1.0)
    assert moved.matrix().to_numpy().sum() == moved.counts.iloc[:-1].to_numpy().sum()
    newcomers = moved.flows[moved.flows["before"] == "new"]["customers"].sum()
    assert newcomers == moved.counts.iloc[-1].sum()


def test_leaving_the_lost_depends_on_how_long_one_has_been_there(moved):
    told = lifecycle.memory(moved.ages)
    assert (told["p"] < 0.001).all() and (told["fresh"] > 2 * told["long"]).all()


def test_a_chain_without_memory_shows_none():
    ages = pd.DataFrame({"state": "lost", "months": range(5), "customers": 1000, "left": 100})
    assert lifecycle.memory(ages)["p"].item() == pytest.approx(1.0)


def test_the_drunkards_walk_of_the_textbook():
    """Grinstead & Snell, Introduction to Probability, examples 11.13 to 11.18."""
    walk = pd.DataFrame(0.0, index=list("01234"), columns=list("01234"))
    for street in "123":
        for way in (-1, 1):
            walk.loc[street, str(int(street) + way)] = 0.5
    walk.loc["0", "0"] = walk.loc["4", "4"] = 1.0
    found = lifecycle.expected(walk, ["0", "4"])
    assert found[["1", "2", "3"]].round(9).to_numpy().tolist() == [
        [1.5, 1.0, 0.5],
        [1.0, 2.0, 1.0],
        [0.5, 1.0, 1.5],
    ]
    assert found["months"].round(9).to_list() == [3.0, 4.0, 3.0]
    assert found[["to_0", "to_4"]].round(9).to_numpy().tolist() == [
        [0.75, 0.25],
        [0.5, 0.5],
        [0.25, 0.75],
    ]


# Three customers came in January, two in February; March is the last month that has ended.
TRIANGLE = bought(
    a=["2025-01-05", "2025-02-10", "2025-03-01", "2025-04-02"],
    b=["2025-01-20", "2025-03-31"],
    c=["2025-01-31"],
    d=["2025-02-01", "2025-02-28"],
    e=["2025-02-03", "2025-03-03"],
)


def test_a_cohort_triangle_worked_by_hand():
    counts = cohort_counts(TRIANGLE, as_of="2025-04-15")
    table = lifecycle.cohorts(counts)
    assert table.iloc[0].to_list() == [3, 1, 2]
    assert table.iloc[1, :2].to_list() == [2, 1] and np.isnan(table.iloc[1, 2])
    money = lifecycle.cohorts(counts, of="amount")
    assert money.iloc[0].to_list() == [30, 10, 20] and money.iloc[1, 0] == 30
    # On the last day of a month it has ended.
    assert lifecycle.cohorts(cohort_counts(TRIANGLE, as_of="2025-03-30")).shape == (2, 2)
    assert lifecycle.cohorts(cohort_counts(TRIANGLE, as_of="2025-03-31")).shape == (2, 3)
    quarters = lifecycle.cohorts(cohort_counts(TRIANGLE, per="quarter", as_of="2025-06-30"))
    assert quarters.to_numpy().tolist() == [[5, 1]]


def test_at_equal_age_what_is_unripe_is_missing():
    triangle = lifecycle.cohorts(cohort_counts(TRIANGLE, as_of="2025-04-15"))
    table = lifecycle.at_equal_age(triangle, 2)
    assert table["share"].iloc[0] == pytest.approx(2 / 3) and np.isnan(table["share"].iloc[1])


def test_a_refund_neither_brings_nor_keeps_a_customer():
    refund = bought(a=["2025-03-05"]).assign(order_id="R", amount=-4.0)
    lines = pd.concat([bought(a=["2025-01-05"]), refund])
    counts = cohort_counts(lines, as_of="2025-03-31")
    assert lifecycle.cohorts(counts).to_numpy().tolist() == [[1, 0, 0]]
    assert lifecycle.cohorts(counts, of="amount").to_numpy().tolist() == [[10, 0, -4]]
    assert last_spells(lines, as_of="2025-03-31")["silent"].item() == 85


# One bought at 0, 40 and 100 and was seen until 500; one once, 300 days before the end.
QUIET = bought(a=[500, 460, 400], b=[300])
CURVE = lifecycle.return_curve(silences(QUIET))


def test_the_return_curve_counts_each_customer_once_and_only_who_was_watched():
    told = silences(QUIET, longer_than=30, as_of=AS_OF)
    assert told["days"].to_list() == [40, 60, 400, 300]
    curve = lifecycle.return_curve(told, within=90, grid=[35, 50, 250])
    # At 35 days: a's three silences of which two ended in time, b's one that did not.
    assert curve["returned"].round(6).to_list() == [0.666667, 0.5, 0.0]
    assert curve["customers"].to_list() == [2, 2, 1]  # b's 300 days are too few for 250 + 90


def test_the_threshold_of_the_shop_is_found_and_its_reach_is_told(shop):
    quiet = silences(shop, longer_than=30)
    curve = lifecycle.return_curve(quiet)
    found = lifecycle.threshold(curve)
    assert found.earliest < found.days < found.latest < found.watched and not found.why
    assert (
        curve.loc[found.days :, "share"].max()
        < 0.10
        <= curve.loc[: found.days - 1, "share"].iloc[-1]
    )
    short = lifecycle.threshold(lifecycle.return_curve(quiet[quiet["room"] < 200]))
    assert (short.days, short.why) == (None, "too_short")
    never = lifecycle.threshold(curve, below=0.01)
    assert (never.days, never.why) == (None, "never_below")


def test_the_definitions_of_the_notes_do_not_agree(shop):
    last = last_spells(shop)
    silent = buying.activity(customers.summarise(shop)) == buying.SILENT
    lost = lifecycle.lost_definitions(last, {"season": 90, "half": 182, "year": 365}, silent=silent)
    assert lost["customers"].is_monotonic_decreasing and lost["customers"].nunique() == 4
    brought = data.companions("shop")["customers"]
    told = customers.added(brought, "coupon") > 0
    flags = lifecycle.loyal_definitions(last, brought=told.astype("int64"))
    assert flags.sum().gt(0).all() and not flags["again"].equals(flags["stable"])


def test_rules_are_judged_by_who_had_left():
    calls = pd.DataFrame({"any": [True] * 4, "none": [False] * 4}, index=list("abcd"))
    gone = pd.Series([True, False, False, None], index=list("abcd"), dtype="boolean")
    table = lifecycle.judged(calls, gone)
    assert table.loc["any", ["called", "right", "missed", "wrong"]].to_list() == [3, 1, 0, 2]
    assert np.isnan(table.loc["none", "precision"]) and table.loc["none", "missed"] == 1


REFUSED = {
    "lifecycle_days": lambda: Limits(dormant_after=91, lost_after=90),
    "lifecycle_loyal": lambda: Limits(loyal_orders=1),
    "lifecycle_period": lambda: cohort_counts(TRIANGLE, per="week"),
    "lifecycle_times": lambda: lifecycle.states(last_spells(QUIET), times=0.0),
    "lifecycle_within": lambda: lifecycle.return_curve(silences(QUIET), within=0),
    "lifecycle_pay_within": lambda: lifecycle.unpaid(pd.DataFrame(), within=0),
    "lifecycle_below": lambda: lifecycle.threshold(CURVE, below=1.0),
    "lifecycle_no_month": lambda: lifecycle.movements(
        spell_counts(bought(a=["2025-01-05"]), as_of="2025-01-20")
    ),
    "lifecycle_ends": lambda: lifecycle.expected(pd.DataFrame([[1.0]], ["a"], ["a"]), ["b"]),
    "lifecycle_rows": lambda: lifecycle.expected(pd.DataFrame([[0.9]], ["a"], ["a"]), ["a"]),
    "lifecycle_no_end": lambda: lifecycle.expected(
        pd.DataFrame([[1.0, 0.0], [0.0, 1.0]], list("ab"), list("ab")), ["b"]
    ),
    "lifecycle_watched": lambda: lifecycle.survival(pd.Series([-1.0]), pd.Series([True])),
}


def test_what_makes_no_sense_is_refused_by_its_name():
    for key, call in REFUSED.items():
        with pytest.raises(CrmError) as found:
            call()
        assert found.value.key == key


def test_without_a_purchase_there_is_no_spell():
    refunds = bought(a=["2025-01-05"]).assign(amount=-1.0)
    for call in (last_spells, spell_counts):
        with pytest.raises(CrmError) as found:
            call(refunds)
        assert found.value.key == "no_orders_left"


def test_days_taken_once_tell_what_the_lines_tell(shop):
    bought = customers.purchases(shop)
    for of in (last_spells, spell_counts, silences):
        pd.testing.assert_frame_equal(of(bought), of(shop))
        pd.testing.assert_frame_equal(
            of(bought, as_of="2025-03-31"), of(shop, as_of="2025-03-31"), check_index_type=False
        )


def test_days_taken_once_know_no_columns_and_nobody_before_the_first():
    bought_once = customers.purchases(QUIET)
    for options, key in (
        ({"where": {"channel": "app"}}, "purchases_taken"),
        ({"since": "2025-01-01"}, "purchases_taken"),
        ({"as_of": "2020-01-01"}, "no_orders_left"),
    ):
        with pytest.raises(CrmError) as found:
            last_spells(bought_once, **options)
        assert found.value.key == key
