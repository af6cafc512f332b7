"""Laws that hold for any scores, trials and lots."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_lessons import sampling, targeting

few = settings(max_examples=25, deadline=None)
shares = st.integers(0, 20).map(lambda number: number / 20)
people = st.lists(st.tuples(shares, st.booleans()), min_size=2, max_size=60)
money = st.integers(-100_000, 100_000).map(lambda number: number / 100)


def series(pairs):
    ids = [f"{number:03d}" for number in range(len(pairs))]
    return pd.Series([s for s, _ in pairs], ids), pd.Series([y for _, y in pairs], ids)


@few
@given(people, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(pairs, random):
    score, outcome = series(pairs)
    assume(outcome.any())
    ids = list(score.index)
    random.shuffle(ids)
    for table in (targeting.gains, targeting.gains_curve, targeting.calibration):
        pd.testing.assert_frame_equal(table(score[ids], outcome), table(score, outcome))


@few
@given(people)
def test_gains_rise_to_one_and_a_stretched_score_sorts_alike(pairs):
    score, outcome = series(pairs)
    assume(outcome.any())
    curve = targeting.gains_curve(score, outcome)
    assert curve.iloc[0].to_list() == [0, 0] and curve.iloc[-1].to_list() == [1, 1]
    assert curve["share_reached"].is_monotonic_increasing
    pd.testing.assert_frame_equal(targeting.gains_curve(score**3 + 1, outcome), curve)


@few
@given(people)
def test_the_opposite_score_has_the_opposite_auc(pairs):
    score, outcome = series(pairs)
    assume(outcome.nunique() == 2)
    assert targeting.auc(1 - score, outcome) == pytest.approx(1 - targeting.auc(score, outcome))


@few
@given(st.lists(money, min_size=1, max_size=80))
def test_nobody_with_a_gain_of_zero_or_less_is_contacted_and_profit_is_the_best(gains):
    gain = pd.Series(gains)
    curve = targeting.profit_curve(gain)
    contacted = targeting.worth_contacting(gain)
    assert (gain[contacted] > 0).all() and (gain[~contacted] <= 0).all()
    assert curve["profit"].max() == pytest.approx(gain[contacted].sum(), abs=0.01)


@few
@given(shares, shares, st.integers(2, 500), st.integers(2, 500))
def test_the_z_test_turns_with_the_groups_and_sharpens_with_n(first, second, n, m):
    one = sampling.two_prop_z(first, second, n, m)
    assert sampling.two_prop_z(second, first, m, n) == pytest.approx((-one.z, one.p))
    assert 0 <= one.p <= 1
    assert sampling.two_prop_z(first, second, 4 * n, 4 * m).z == pytest.approx(2 * one.z)


@few
@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=120), shares, st.integers(0, 9))
def test_lots_are_the_same_again_and_give_each_stratum_its_part(strata, share, seed):
    assume(share < 1)
    named = pd.Series(strata, [f"c{number}" for number in range(len(strata))])
    drawn = targeting.control_group(named, share=share, seed=seed)
    again = targeting.control_group(named.iloc[::-1], share=share, seed=seed)
    pd.testing.assert_series_equal(again.reindex(drawn.index), drawn)
    assert (
        drawn.sum() == np.floor(len(named) * share + 0.5 + 1e-9)
        or abs(drawn.sum() - len(named) * share) <= 0.5 + 1e-9
    )
    for name, own in drawn.groupby(named):
        assert abs(own.sum() - share * len(own)) < 1, name


def test_other_seeds_draw_others_and_nobody_is_favoured():
    strata = pd.Series("all", [f"{number:04d}" for number in range(300)])
    draws = pd.DataFrame(
        {seed: targeting.control_group(strata, share=0.2, seed=seed) for seed in range(150)}
    )
    times = draws.sum(axis=1)
    # Each is drawn about 30 times of 150; the spread is that of chance.
    assert times.mean() == 30
    assert times.std() < 1.25 * np.sqrt(150 * 0.2 * 0.8)
    assert times.max() < 50 and times.min() > 12


def test_a_new_customer_hardly_changes_who_is_kept_aside():
    strata = pd.Series("all", [f"{number:04d}" for number in range(500)])
    before = targeting.control_group(strata.iloc[:-1], share=0.2)
    after = targeting.control_group(strata, share=0.2)
    assert (before != after[before.index]).sum() <= 1


@few
@given(people, st.integers(1, 9))
def test_the_gain_is_linear_in_value_and_uplift(pairs, times):
    score, _ = series(pairs)
    one = targeting.expected_gain(score / 10, 100.0, 0.0)
    assert targeting.expected_gain(score / 10, 100.0 * times, 0.0).to_list() == pytest.approx(
        (one * times).to_list()
    )
    cheaper = targeting.expected_gain(score / 10, 100.0, 1.0)
    assert (one - cheaper).to_list() == pytest.approx([1.0] * len(one))
