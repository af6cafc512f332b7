"""Laws of customer value that hold for any figures."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lessons import value

money = st.floats(0, 1e6, allow_nan=False)
margins = st.floats(-1e5, 1e5, allow_nan=False)
shares = st.floats(0, 1, allow_nan=False)
retentions = st.floats(0, 0.99)
discounts = st.floats(0.001, 0.5)
horizons = st.none() | st.integers(0, 60)
firsts = st.sampled_from(["now", "end"])


def clv(margin, retention, discount, horizon=None, first="now", **more):
    return value.clv_discounted(margin, retention, discount, horizon=horizon, first=first, **more)


@given(margins, st.floats(-3, 3), retentions, discounts, horizons, firsts)
def test_twice_the_margin_is_twice_the_value(margin, factor, retention, discount, horizon, first):
    once = clv(margin, retention, discount, horizon, first)
    many = clv(margin * factor, retention, discount, horizon, first)
    assert many == pytest.approx(factor * once, rel=1e-9, abs=1e-6)


@given(st.floats(0.01, 1e5), retentions, retentions, discounts, horizons, firsts)
def test_more_who_stay_are_never_worth_less(margin, one, other, discount, horizon, first):
    low, high = sorted([one, other])
    less, more = (clv(margin, kept, discount, horizon, first) for kept in (low, high))
    assert more >= less * (1 - 1e-12)


@given(st.floats(0.01, 1e5), retentions, discounts, discounts, horizons, firsts)
def test_the_dearer_money_is_the_less_the_future_is_worth(margin, kept, one, other, horizon, first):
    low, high = sorted([one, other])
    assert clv(margin, kept, high, horizon, first) <= clv(margin, kept, low, horizon, first) * (
        1 + 1e-12
    )


@given(st.floats(0.01, 1e5), retentions, discounts, st.integers(0, 60))
def test_a_longer_horizon_is_never_worth_less_and_never_more_than_all(margin, kept, rate, years):
    one, next_one, all_of_it = (clv(margin, kept, rate, n) for n in (years, years + 1, None))
    assert one <= next_one * (1 + 1e-12)
    assert next_one <= all_of_it * (1 + 1e-12)


@given(margins, retentions, discounts, money)
def test_the_acquisition_cost_comes_off_once(margin, kept, discount, cost):
    whole = clv(margin, kept, discount)
    assert clv(margin, kept, discount, acquisition_cost=cost) == pytest.approx(whole - cost)


@given(money, st.integers(0, 60), st.floats(0.001, 1))
def test_an_annuity_is_the_value_of_a_customer_who_never_leaves(payment, years, discount):
    assert value.annuity_pv(payment, discount, years) == pytest.approx(
        clv(payment, 1.0, discount, years, "end"), rel=1e-9, abs=1e-9
    )


@given(st.lists(st.tuples(margins, retentions, discounts), min_size=1, max_size=8))
def test_a_series_holds_what_each_customer_gets_alone(figures):
    index = [f"{place:03d}" for place in range(len(figures))]
    columns = [pd.Series(column, index=index) for column in zip(*figures, strict=True)]
    found = value.clv_discounted(*columns)
    alone = [value.clv_discounted(*each) for each in figures]
    assert found.to_list() == alone


@given(st.lists(st.tuples(money, st.integers(0, 1000)), min_size=2, max_size=8, unique=True))
def test_the_order_of_customers_changes_nothing(figures):
    amount = pd.Series([a for a, _ in figures])
    purchases = pd.Series([n for _, n in figures])
    found = value.basic_value(amount, purchases[::-1])
    pd.testing.assert_series_equal(found, value.basic_value(amount, purchases))


@given(money, st.integers(0, 10_000), shares, st.floats(0.1, 10))
def test_counting_in_another_currency_changes_only_the_unit(base, people, conversion, rate):
    converted = value.referral_gain(base * rate, people, conversion)
    assert converted == pytest.approx(rate * value.referral_gain(base, people, conversion))


@given(money, st.integers(0, 10_000), shares)
def test_gain_and_loss_of_the_notes_cancel_but_for_the_complainer(base, people, conversion):
    gain = value.referral_gain(base, people, conversion)
    assert gain + value.complaint_loss(base, people, conversion) == pytest.approx(0)
    own = value.complaint_loss(base, people, conversion, own=True)
    assert gain + own == pytest.approx(-base, abs=1e-6 * max(1.0, gain))


@given(shares, st.permutations(["margin", "leaving", "discount"]), retentions, discounts)
def test_the_fall_ends_at_the_same_value_in_any_order(margin, order, kept, rate):
    given_ = {"margin": margin, "retention": kept, "discount": rate}
    end = value.fall(order=order, **given_)["value"].iloc[-1]
    assert end == pytest.approx(value.fall(**given_)["value"].iloc[-1], rel=1e-9, abs=1e-9)


@given(st.floats(0, 8), st.floats(0, 0.12), st.integers(0, 30))
def test_followers_step_by_step_add_up_to_the_closed_form(partners, adoption, depth):
    summed = sum((partners * adoption) ** step for step in range(1, depth + 1))
    found = value.network_followers(partners, adoption, depth=depth)
    assert found == pytest.approx(summed, rel=1e-9, abs=1e-9)
    assert found <= value.network_followers(partners, adoption) + 1e-9


@given(st.floats(0.05, 0.9), st.floats(0, 2), st.floats(0.05, 0.5))
def test_acquisition_cost_only_makes_a_rise_look_larger(kept, cost, discount):
    bare = value.retention_uplift(kept, discount=discount)
    base = value.clv_discounted(1, kept, discount)
    if cost < base * 0.99:
        assert value.retention_uplift(kept, discount=discount, acquisition_cost=cost) >= bare


@given(st.floats(0.02, 0.98), st.floats(0, 0.97))
def test_the_volume_that_makes_up_for_a_discount_earns_as_much(margin, part):
    discount = margin * part
    more = value.discount_breakeven(margin, discount)
    assert (1 + more) * (margin - discount) == pytest.approx(margin)


@given(st.floats(0.3, 0.9), st.floats(1, 60), st.floats(0, 24))
def test_at_the_break_even_margin_the_member_is_paid_back_as_he_leaves(_, years, running):
    margin = value.breakeven_margin(years, running_cost=running)
    if margin <= 1:
        assert value.payback_years(margin, running_cost=running) == pytest.approx(years)


@given(st.floats(0.0, 0.1), st.floats(0.0, 0.8), st.integers(1, 40))
def test_a_crowd_never_outgrows_its_market(innovation, imitation, periods):
    found = value.crowd_effect(500, innovation=innovation, imitation=imitation, periods=periods)
    assert (found["new"].dropna() >= -1e-9).all()
    assert found["customers"].iloc[-1] <= 500 + 1e-9
    assert np.isclose(found["new"].sum(), found["customers"].iloc[-1])
