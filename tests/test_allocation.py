"""Decisions by expected value: hours between classes, small customers, conversion of enquiries."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from crm_lessons.classification import (
    ADVICE,
    advice_for_small,
    best_hours,
    conversion,
    curves,
    even_hours,
    gain,
)
from crm_lessons.errors import CrmError


def returns(ceiling, half_hours):
    index = pd.Index([f"class_{i}" for i in range(len(ceiling))])
    return pd.DataFrame({"ceiling": ceiling, "half_hours": half_hours}, index=index)


def best_by_trying_all(table, total):
    """The highest expected profit over every way to give out at most ``total`` whole hours."""
    ways = itertools.product(range(total + 1), repeat=len(table))
    values = (
        gain(table, pd.Series(way, index=table.index)).sum() for way in ways if sum(way) <= total
    )
    return max(values)


few = st.lists(
    st.tuples(st.integers(0, 500), st.sampled_from([0.5, 1, 3, 10, 40])), min_size=1, max_size=3
)


@given(few, st.integers(0, 7))
def test_no_way_to_give_out_the_hours_is_better_than_the_best(drawn, total):
    table = returns([float(c) for c, _ in drawn], [float(h) for _, h in drawn])
    found = best_hours(table, total=total)
    assert found.sum() <= total and (found >= 0).all()
    assert gain(table, found).sum() == pytest.approx(best_by_trying_all(table, total))


def test_half_of_what_can_be_won_takes_the_half_hours():
    table = returns([100.0, 80.0], [5.0, 20.0])
    assert gain(table, {"class_0": 5, "class_1": 20}).to_list() == [50, 40]
    assert gain(table, {}).to_list() == [0, 0]


def test_every_further_hour_wins_less():
    table = returns([100.0], [5.0])
    values = [gain(table, {"class_0": hours}).sum() for hours in range(60)]
    steps = np.diff(values)
    assert (steps > 0).all() and (np.diff(steps) < 0).all()


def test_a_class_that_earns_nothing_gets_no_hours_and_what_wins_nothing_is_not_given_out():
    table = returns([0.0, 100.0], [5.0, 5.0])
    assert best_hours(table, total=10).to_list() == [0, 10]
    assert best_hours(returns([0.0], [5.0]), total=10).to_list() == [0]


def test_equal_classes_share_and_the_first_gets_the_odd_hour():
    assert best_hours(returns([50.0, 50.0], [4.0, 4.0]), total=7).to_list() == [4, 3]


def test_the_order_of_classes_changes_no_value():
    table = returns([50.0, 90.0, 50.0], [4.0, 20.0, 4.0])
    forth, back = (gain(t, best_hours(t, total=9)).sum() for t in (table, table.iloc[::-1]))
    assert forth == pytest.approx(back)


@pytest.mark.parametrize("hours", [{"class_9": 1}, {"class_0": -1}])
def test_unknown_classes_and_negative_hours_are_refused(hours):
    with pytest.raises(ValueError):
        gain(returns([1.0], [1.0]), hours)


def test_curves_come_from_the_profit_of_the_classes():
    profit = pd.Series([600.0, 400.0, 30.0, -10.0, np.nan, 7.0])
    classes = pd.Series(["key", "key", "small", "negative", "key", None])
    winnable = {"key": 0.1, "small": 0.5, "negative": 0.5}
    table = curves(profit, classes, winnable=winnable, hours_each=dict.fromkeys(winnable, 2))
    assert table["customers"].to_dict() == {"key": 2, "small": 1, "negative": 1}
    assert table["ceiling"].to_dict() == {"key": 100, "small": 15, "negative": 0}
    assert table["half_hours"].to_dict() == {"key": 4, "small": 2, "negative": 2}
    assert best_hours(table).sum() == 100


def test_the_same_for_every_customer_is_never_better_than_the_best():
    profit = pd.Series([900.0, 50.0, 40.0, 30.0])
    classes = pd.Series(["key", "small", "small", "small"])
    both = {"key": 0.2, "small": 0.2}
    table = curves(profit, classes, winnable=both, hours_each={"key": 10, "small": 10})
    even, best = even_hours(table, total=40), best_hours(table, total=40)
    assert even.to_dict() == {"key": 10, "small": 30}
    assert gain(table, best).sum() > gain(table, even).sum()


SMALL = dict(profit=30, cost_to_serve=20, promotion=8, upgrade=0.05, gain=200)
KEPT = dict(stay_without=0.4, stay_light=0.9, light_cost=0.5)


def test_three_pieces_of_advice_worked_by_hand():
    # 30 - 20 - 8 + 0.05 x 200 = 12;  0.4 x 30 = 12;  0.9 x 30 - 0.5 x 20 = 17
    found = advice_for_small(**SMALL, **KEPT)
    assert found.index.to_list() == list(ADVICE)
    assert found.to_list() == [12, 12, 17]


def test_a_probability_beyond_one_is_refused():
    with pytest.raises(ValueError, match="stay_light"):
        advice_for_small(**SMALL, **KEPT | {"stay_light": 1.1})


def enquiries(**groups):
    rows = [
        (name, "1" if i < came else None) for name, (n, came) in groups.items() for i in range(n)
    ]
    return pd.DataFrame(rows, columns=["source", "customer_id"])


def test_at_the_ends_of_the_interval_the_rate_is_just_within_reach():
    """Wilson's definition: (rate - p)² = z² p (1 - p) / n at both ends."""
    found = conversion(
        enquiries(ads=(320, 26), friends=(200, 68), none=(5, 0), all=(3, 3)), "source"
    )
    assert found.index.to_list() == ["all", "friends", "ads", "none"]
    for row in found.itertuples():
        for end in (row.lower, row.upper):
            reach = norm.ppf(0.975) ** 2 * end * (1 - end) / row.leads
            assert (row.rate - end) ** 2 == pytest.approx(reach, abs=1e-9)
        assert row.lower <= row.rate <= row.upper and row.upper - row.lower > 0.01


def test_an_enquiry_without_a_source_is_left_out():
    table = pd.concat([enquiries(ads=(4, 1)), enquiries(ads=(9, 9)).assign(source=None)])
    assert conversion(table, "source")["leads"].to_dict() == {"ads": 4}


def test_conversion_names_the_column_it_lacks():
    with pytest.raises(CrmError) as error:
        conversion(pd.DataFrame({"source": ["ads"]}), "reason")
    assert "reason" in str(error.value) and "customer_id" in str(error.value)
