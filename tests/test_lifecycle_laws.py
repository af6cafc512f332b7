"""What holds of every history: order of rows, time, silence, exactly one state."""

import itertools
from collections import Counter

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lessons import lifecycle
from crm_lessons.customers import (
    Limits,
    cohort_counts,
    last_spells,
    purchases,
    silences,
    spell_counts,
    usual_intervals,
)

START = pd.Timestamp("2020-01-01")
LIMITS = Limits(dormant_after=40, lost_after=100, loyal_orders=3, loyal_span=60)
WATCHED = st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=20)
STEPS = ("first", "repeat", "loyal", "won_back", "dormant", "lost")


@st.composite
def shops(draw):
    days = st.lists(st.integers(0, 500), min_size=1, max_size=8)
    many = draw(st.lists(days, min_size=4, max_size=12))
    rows = [(who, START + pd.Timedelta(days=day)) for who, own in enumerate(many) for day in own]
    table = pd.DataFrame(rows, columns=["customer_id", "order_date"])
    return table.assign(order_id=range(len(table)), amount=1.0)


def told(orders, as_of):
    return lifecycle.states(last_spells(orders, LIMITS, as_of=as_of), LIMITS)


# Reading lines with the engine is nearly all the work, so each frame is read once where one reading
# serves (`test_days_taken_once_tell_what_the_lines_tell` holds that it does).
@settings(max_examples=6)
@given(shops(), st.integers(0, 200), st.integers(0, 200), st.integers(-500, 500), st.randoms())
def test_laws_of_states(lines, wait, longer, shift, random):
    end = lines["order_date"].max() + pd.Timedelta(days=wait)
    bought = purchases(lines)
    now = told(bought, end)
    assert set(now["state"]) <= set(STEPS) and not now.index.has_duplicates
    assert now.index.nunique() == lines["customer_id"].nunique()
    assert (now["since"] <= end).all()

    shuffled = lines.iloc[random.sample(range(len(lines)), len(lines))]
    pd.testing.assert_frame_equal(told(shuffled, end), now)

    moved = pd.Timedelta(days=shift)
    later = told(lines.assign(order_date=lines["order_date"] + moved), end + moved)
    assert later["state"].equals(now["state"]) and (later["since"] - moved).equals(now["since"])

    # More silence never means less lost.
    after = told(bought, end + pd.Timedelta(days=longer))["state"]
    rank = {"dormant": 1, "lost": 2}
    assert (after.map(rank).fillna(0) >= now["state"].map(rank).fillna(0)).all()


def by_hand(days, day):
    """The state on a day, from the days with a purchase up to it, in plain Python."""
    days = sorted({one for one in days if one <= day})
    if not days:
        return "new"
    silent, gaps = (day - days[-1]).days, [(b - a).days for a, b in itertools.pairwise(days)]
    if silent > LIMITS.lost_after:
        return "lost"
    if silent > LIMITS.dormant_after:
        return "dormant"
    if not gaps:
        return "first"
    if gaps[-1] > LIMITS.lost_after:
        return "won_back"
    steady = np.std(gaps) <= LIMITS.loyal_cv * np.mean(gaps) + 1e-9
    long = len(days) >= LIMITS.loyal_orders and sum(gaps) >= LIMITS.loyal_span
    return "loyal" if steady and long else "repeat"


@settings(max_examples=8)
@given(shops(), st.integers(31, 90))
def test_movements_are_those_of_each_customer_counted_by_hand(lines, wait):
    end = lines["order_date"].max() + pd.Timedelta(days=wait)
    found = lifecycle.movements(spell_counts(lines, LIMITS, as_of=end), LIMITS)
    histories = lines.groupby("customer_id")["order_date"].apply(list)
    before = {who: "new" for who in histories.index}
    for day in found.counts.index:
        own = {who: by_hand(days, day) for who, days in histories.items()}
        counted = Counter(own.values())
        assert [counted[one] for one in STEPS] == found.counts.loc[day].to_list()
        crossed = Counter((before[who], own[who]) for who in own if own[who] != "new")
        flows = found.flows[found.flows["month_end"] == day].set_index(["before", "after"])
        assert flows["customers"].to_dict() == crossed
        before = own
    assert np.allclose(found.shares().dropna(how="all").sum(axis=1), 1.0)


@settings(max_examples=25)
@given(WATCHED, st.randoms())
def test_laws_of_survival(watched, random):
    time, left = (pd.Series(one) for one in zip(*watched, strict=True))
    table = lifecycle.survival(time, left)
    assert table["share"].is_monotonic_decreasing and table["share"].between(0, 1).all()
    assert table["left"].sum() == left.sum()  # censoring never counts as leaving
    order = random.sample(range(len(time)), len(time))
    pd.testing.assert_frame_equal(lifecycle.survival(time.iloc[order], left.iloc[order]), table)
    weeks = lifecycle.survival(time * 7, left)
    assert weeks["share"].equals(table["share"]) and (weeks["time"] == table["time"] * 7).all()


@settings(max_examples=6)
@given(shops(), st.integers(0, 200), st.integers(2, 9))
def test_states_and_the_return_curve_know_no_unit_of_time(lines, wait, times):
    """So many times as long between all days, with limits to match: nothing else changes."""
    end = lines["order_date"].max() + pd.Timedelta(days=wait)
    stretched = lines.assign(order_date=START + times * (lines["order_date"] - START))
    later = START + times * (end - START)
    limits = Limits(40 * times, 100 * times, loyal_orders=3, loyal_span=60 * times)
    # Beyond a limit by a day of either length; silences are whole days, so no day lies between.
    days, slow_days = purchases(lines, as_of=end), purchases(stretched, as_of=later)
    own, long = last_spells(days, LIMITS), last_spells(slow_days, limits)
    assert lifecycle.states(long, limits)["state"].equals(lifecycle.states(own, LIMITS)["state"])
    assert (long["silent"] == times * own["silent"]).all()
    rhythm = [usual_intervals(one) for one in (days, slow_days)]
    pd.testing.assert_series_equal(rhythm[1], times * rhythm[0])

    grid = [20, 60, 150]
    curve = lifecycle.return_curve(silences(days), within=30, grid=grid)
    slow = lifecycle.return_curve(
        silences(slow_days), within=30 * times, grid=[times * day for day in grid]
    )
    assert slow["customers"].to_list() == curve["customers"].to_list()
    assert np.allclose(slow["share"], curve["share"], equal_nan=True)


@settings(max_examples=6)
@given(shops(), st.sampled_from([0.01, 7.0, 100.0]))
def test_money_in_another_unit_moves_nobody(lines, rate):
    """States, moves and cohorts count customers; only the money of a cohort goes with the unit."""
    priced = lines.assign(amount=lines["customer_id"] + 1.0)
    other = priced.assign(amount=priced["amount"] * rate)
    end = lines["order_date"].max() + pd.Timedelta(days=31)
    bought = [purchases(one, as_of=end) for one in (priced, other)]
    pd.testing.assert_frame_equal(told(bought[1], end), told(bought[0], end))
    moves = [lifecycle.movements(spell_counts(one, LIMITS), LIMITS) for one in bought]
    pd.testing.assert_frame_equal(moves[0].counts, moves[1].counts)
    pd.testing.assert_frame_equal(moves[0].flows, moves[1].flows)
    counts = [cohort_counts(one, as_of=end) for one in (priced, other)]
    heads = [lifecycle.cohorts(one) for one in counts]
    pd.testing.assert_frame_equal(heads[0], heads[1])
    money = [lifecycle.cohorts(one, of="amount") for one in counts]
    assert np.allclose(money[1], rate * money[0], atol=0.011, equal_nan=True)


@settings(max_examples=20)
@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 500)), min_size=1, max_size=12),
    st.floats(-0.2, 0.3),
    st.sampled_from([100.0, 1000.0]),
)
def test_who_is_worth_winning_back_does_not_depend_on_the_currency(told_of, change, rate):
    silent, profit = (pd.Series(one) for one in zip(*told_of, strict=True))
    last = pd.DataFrame({"silent": silent})
    curve = pd.DataFrame({"share": [0.3, 0.05]}, index=[30, 400])
    lift = dict.fromkeys(lifecycle.BANDS, change)
    own = lifecycle.winback(last, profit * 1.0, curve, lift, contact=4.0, coupon=20.0)
    other = lifecycle.winback(
        last, profit * rate, curve, lift, contact=4.0 * rate, coupon=20.0 * rate
    )
    gains = other["expected_gain"].reindex(own.index)
    # Each is rounded to the cent of its own unit.
    assert np.allclose(gains, rate * own["expected_gain"], atol=0.011 * rate)
    sure = own["expected_gain"].abs() > 0.02
    assert ((gains > 0) == (own["expected_gain"] > 0))[sure].all()
