"""What a sample can tell: checked against statsmodels, scipy, and the truth of many draws."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from crm_lessons import sampling
from crm_lessons.errors import CrmError
from crm_lessons.sampling import _intervals


def side(values):
    return values.mean(), values.var(ddof=1), float(len(values))


# --- shares --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("yes", "n"), [(0, 8), (1, 8), (4, 8), (8, 8), (37, 50), (980, 1000)])
def test_wilson_equals_statsmodels(yes, n):
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    expected = proportion.proportion_confint(yes, n, method="wilson")
    assert sampling.wilson(yes, n) == pytest.approx(expected, abs=1e-12)


def test_wilson_of_all_happy_with_8_answers_is_wide():
    lower, upper = sampling.wilson(8, 8)
    assert (round(lower, 3), upper) == (0.676, 1.0)


def test_many_shares_at_once_have_the_intervals_they_have_alone():
    counts, sizes = pd.Series([0, 3, 9, 0]), pd.Series([5, 10, 9, 0])
    lower, upper = sampling.wilson(counts, sizes, confidence=0.9)
    alone = [sampling.wilson(*one, confidence=0.9) for one in zip(counts, sizes, strict=True)]
    np.testing.assert_array_equal(lower, [one[0] for one in alone])
    np.testing.assert_array_equal(upper, [one[1] for one in alone])
    assert np.isnan(alone[3]).all()  # nobody was asked


@pytest.mark.parametrize(
    "counts", [(38, 100, 22, 100), (0, 20, 5, 30), (7, 7, 3, 9), (50, 80, 50, 80)]
)
def test_the_difference_of_shares_is_that_of_statsmodels(counts):
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    found = sampling.difference(*counts)
    wanted = proportion.confint_proportions_2indep(*counts, method="newcomb")
    assert (found.lower, found.upper) == pytest.approx(wanted)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_a_difference_lies_in_its_interval_and_turns_with_the_groups(hit, n, other, m):
    hit, other = min(hit, n), min(other, m)
    one, turned = sampling.difference(hit, n, other, m), sampling.difference(other, m, hit, n)
    assert -1 - 1e-9 <= one.lower <= one.difference + 1e-12
    assert one.difference <= one.upper + 1e-12 <= 1 + 1e-9
    assert (turned.lower, turned.upper) == pytest.approx((-one.upper, -one.lower))


# --- means ---------------------------------------------------------------------------------------


def test_welch_and_its_interval_equal_scipy():
    first, second = (
        np.random.default_rng(s).normal(0, sd, n) for s, sd, n in [(1, 1, 20), (2, 3, 9)]
    )
    sides, expected = [side(first), side(second)], stats.ttest_ind(first, second, equal_var=False)
    assert sampling.welch(*sides)[2:] == pytest.approx((expected.df, expected.pvalue))
    found = sampling.change_interval(first.mean() - second.mean(), sides, confidence=0.9)
    assert found[:2] == pytest.approx(tuple(expected.confidence_interval(0.9)))


def test_where_nobody_differs_the_difference_is_certain():
    assert sampling.change_interval(1.0, [(5.0, 0.0, 9.0), (4.0, 0.0, 9.0)]) == (1.0, 1.0, 0.0)
    assert sampling.change_interval(0.0, [(4.0, 0.0, 9.0), (4.0, 0.0, 9.0)]) == (0.0, 0.0, 1.0)


def test_one_answer_says_nothing_of_its_spread():
    assert np.isnan(sampling.change_interval(1.0, [(5.0, np.nan, 1.0), (4.0, 1.0, 9.0)])).all()


def test_holm_equals_statsmodels():
    multitest = pytest.importorskip("statsmodels.stats.multitest")
    p = pd.Series([0.001, 0.04, 0.03, 0.005, 0.6, 0.03])
    expected = multitest.multipletests(p, method="holm")[1]
    assert sampling.holm(p).to_list() == pytest.approx(list(expected))


def test_what_was_not_tested_costs_nothing():
    p = pd.Series([0.01, np.nan, 0.02])
    assert sampling.holm(p).to_list() == pytest.approx([0.02, np.nan, 0.02], nan_ok=True)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_never_lowers_a_p_and_keeps_their_order(p):
    p = pd.Series(p)
    adjusted = sampling.holm(p)
    assert ((adjusted >= p - 1e-15) & (adjusted <= 1)).all()
    assert adjusted.loc[p.sort_values(kind="stable").index].is_monotonic_increasing


# --- the bootstrap -------------------------------------------------------------------------------


def means(parts):
    return parts


def test_the_bootstrap_covers_the_truth_as_often_as_it_says_also_with_12_answers():
    """Plain percentiles cover 90 % or less here; widened as Student's t they keep their word."""
    random = np.random.default_rng(5)
    hits = 0
    for round_ in range(300):
        values = random.normal(4, 1, (12, 1))
        lower, upper = sampling.bootstrap(values, np.ones(12), means, draws=400, seed=round_)[0]
        hits += lower <= 4 <= upper
    assert 0.92 <= hits / 300 <= 0.985


def test_equal_answers_drawn_together_vary_as_much_as_drawn_one_by_one():
    """400 answers on five levels: the interval of Student's t, though five rows are drawn."""
    values = np.random.default_rng(3).integers(1, 6, (400, 1)).astype("float64")
    lower, upper = sampling.bootstrap(values, np.ones(400), means, draws=4000)[0]
    expected = sampling.mean_interval(*side(values[:, 0]))
    assert upper - lower == pytest.approx(expected[1] - expected[0], rel=0.05)


def test_neither_the_order_of_respondents_nor_memory_changes_an_interval(monkeypatch):
    random = np.random.default_rng(4)
    parts, weights = random.random((60, 2)), random.random(60)
    order = random.permutation(60)
    there = sampling.bootstrap(parts, weights, means, draws=200)
    np.testing.assert_array_equal(
        sampling.bootstrap(parts[order], weights[order], means, draws=200), there
    )
    monkeypatch.setattr(_intervals, "_AT_ONCE", 60 * 7)
    few_at_once = sampling.bootstrap(parts, weights, means, draws=200)
    np.testing.assert_allclose(few_at_once, there, rtol=1e-12)


BAD = {
    "more than all": (lambda: sampling.wilson(5, 3), "sampling_counts"),
    "below nothing": (lambda: sampling.wilson(-1, 3), "sampling_counts"),
    "unknown": (lambda: sampling.wilson(np.nan, 3), "sampling_counts"),
    "certain": (lambda: sampling.wilson(2, 3, confidence=1.0), "confidence_range"),
    "percent": (lambda: sampling.mean_interval(1, 1, 3, confidence=95), "confidence_range"),
    "p": (lambda: sampling.holm(pd.Series([1.2])), "sampling_p_values"),
    "draws": (
        lambda: sampling.bootstrap(np.ones((3, 1)), np.ones(3), means, draws=0),
        "sampling_draws",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_in_words(name):
    call, key = BAD[name]
    with pytest.raises(CrmError) as error:
        call()
    assert error.value.key == key
    assert str(error.value)


def test_the_random_stream_is_the_frozen_one():
    """Figures of 2008's numpy: whoever changes the generator changes what is printed."""
    assert sampling.stream(1).multinomial(966, [0.1, 0.2, 0.7]).tolist() == [97, 186, 683]
    assert sampling.stream(42).randint(0, 100, 5).tolist() == [51, 92, 14, 71, 60]
    assert sampling.stream(1).random_sample() == 0.417022004702574


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9))
def test_an_interval_is_rounded_outward_by_at_most_a_tenth_of_its_width(lower, width):
    upper = lower + width
    low, high = sampling.carried(lower, upper)
    slack = 1e-9 * max(abs(lower), abs(upper), 1e-3)
    assert low <= lower + slack and high >= upper - slack
    assert high - low <= 1.2 * (upper - lower) + 2 * slack
