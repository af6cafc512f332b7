"""Agreement of schemes against scikit-learn and scipy, and what a moved threshold changes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import t
from scipy.stats.contingency import association
from sklearn.metrics import cohen_kappa_score, jaccard_score

from crm_lessons import pareto
from crm_lessons.classification._agreement import (
    agreement_matrix,
    cohen_kappa,
    cramers_v,
    crosstab,
    jaccard,
    opposite,
    overlap,
)
from crm_lessons.classification._thresholds import sensitivity, value_by_group

TIERS = pd.CategoricalDtype(["vip", "important", "ordinary"], ordered=True)
letters = st.lists(st.tuples(*[st.sampled_from("ABC")] * 2), min_size=2, max_size=60)


def pair(rows):
    return (
        pd.Series(list(side), name=name)
        for side, name in zip(zip(*rows, strict=True), "xy", strict=True)
    )


@given(letters, st.sampled_from([None, "linear", "quadratic"]))
def test_kappa_is_that_of_scikit_learn(rows, weights):
    one, other = pair(rows)
    assume(len({*one, *other}) > 1)
    expected = cohen_kappa_score(one, other, weights=weights, labels=sorted({*one, *other}))
    assert cohen_kappa(one, other, weights=weights) == pytest.approx(expected, nan_ok=True)


@given(letters)
def test_cramers_v_is_that_of_scipy(rows):
    one, other = pair(rows)
    assume(one.nunique() > 1 and other.nunique() > 1)
    expected = association(pd.crosstab(one, other), method="cramer", correction=False)
    assert cramers_v(one, other) == pytest.approx(expected)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_jaccard_is_that_of_scikit_learn(rows):
    one, other = pair(rows)
    assume(one.any() or other.any())
    assert jaccard(one, other) == pytest.approx(jaccard_score(one, other))


@given(letters)
def test_neither_the_order_of_rows_nor_of_schemes_matters(rows):
    one, other = pair(rows)
    for measure in (cohen_kappa, cramers_v):
        expected = measure(one, other)
        assert measure(other, one) == pytest.approx(expected, nan_ok=True)
        assert measure(one[::-1], other) == pytest.approx(expected, nan_ok=True)


def test_kappa_worked_by_hand():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, by chance 0.5, kappa 0.4.
    one = pd.Series(["yes"] * 25 + ["no"] * 25)
    other = pd.Series(["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15)
    assert cohen_kappa(one, other, weights=None) == pytest.approx(0.4)


def test_cramers_v_worked_by_hand():
    # 2 × 2: V = |ad − bc| / √(row and column totals): |20×15 − 5×10| / √(25·25·30·20).
    one = pd.Series(["yes"] * 25 + ["no"] * 25)
    other = pd.Series(["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15)
    assert cramers_v(one, other) == pytest.approx(250 / np.sqrt(25 * 25 * 30 * 20))


def test_the_correction_takes_away_what_chance_adds():
    rng = np.random.default_rng(1)
    unrelated = [[pd.Series(rng.integers(0, 5, 60)) for _ in range(2)] for _ in range(30)]
    assert np.mean([cramers_v(*both) for both in unrelated]) > 0.2
    assert np.mean([cramers_v(*both, corrected=True) for both in unrelated]) < 0.1
    # Bergsma 2013 by hand: φ² = V² for a 2 × 2 table, both sides shortened by 1 / (n − 1).
    yes = pd.Series(["yes"] * 25 + ["no"] * 25)
    other = pd.Series(["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15)
    phi2 = 62500 / 375000 - 1 / 49
    assert cramers_v(yes, other, corrected=True) == pytest.approx(np.sqrt(phi2 / (1 - 1 / 49)))


def test_classes_of_different_names_are_compared_by_their_place():
    classes = pareto.abc(pd.Series([50.0, 20, 11, 9, 6, 4]))["class"]
    tiers = pd.Series(["vip"] * 3 + ["important"] * 2 + ["ordinary"], dtype=TIERS)
    assert cohen_kappa(classes, tiers) == 1.0
    assert np.isnan(cohen_kappa(classes, pd.Series(["hot", "cold"] * 3)))


def test_a_class_that_nobody_has_still_holds_its_place():
    kind = pd.CategoricalDtype(["A", "B", "C"], ordered=True)
    one = pd.Series(["A", "C", "C", "A"], dtype=kind)
    other = pd.Series(["A", "B", "C", "A"], dtype=kind)
    expected = cohen_kappa_score(one, other, weights="quadratic", labels=list("ABC"))
    assert cohen_kappa(one, other, weights="quadratic") == pytest.approx(expected)


@pytest.mark.parametrize("measure", [cohen_kappa, cramers_v])
def test_a_scheme_with_a_single_class_agrees_with_nothing(measure):
    assert np.isnan(measure(pd.Series(["A"] * 4), pd.Series(["A"] * 4)))


def test_nobody_with_either_flag_has_no_overlap():
    assert np.isnan(jaccard(pd.Series([False, False]), pd.Series([False, False])))


def test_only_customers_classed_by_both_are_counted():
    one = pd.Series(["A", "B", None, "A"], index=list("1234"), name="one")
    other = pd.Series(["x", None, "x", "y"], index=list("1235"), name="other")
    table = crosstab(one, other)
    assert table.to_numpy().sum() == 1 and table.loc["A", "x"] == 1


def test_crosstab_keeps_the_order_of_the_classes():
    tiers = pd.Series(["ordinary", "vip"], dtype=TIERS, name="tier")
    assert list(crosstab(tiers, tiers).index) == ["vip", "important", "ordinary"]


def test_the_matrix_holds_each_pair_and_is_symmetric():
    kind = pd.CategoricalDtype(list("ABC"), ordered=True)
    rng = np.random.default_rng(2)
    schemes = pd.DataFrame({name: rng.choice(list("ABC"), 50) for name in ("p", "q", "s")})
    schemes = schemes.astype(kind)
    matrix = agreement_matrix(schemes, measure="kappa", weights="quadratic")
    assert np.allclose(matrix, matrix.T) and np.allclose(np.diag(matrix), 1)
    expected = cohen_kappa(schemes["p"], schemes["s"], weights="quadratic")
    assert matrix.loc["p", "s"] == expected
    with pytest.raises(ValueError, match="cramers_v"):
        agreement_matrix(schemes, measure="luck")


def test_opposite_classes_are_the_first_of_one_and_the_last_of_the_other():
    kind = pd.CategoricalDtype(list("ABC"), ordered=True)
    one = pd.Series(list("AACBC"), index=list("54321"), dtype=kind, name="sales")
    other = pd.Series(list("CAABC"), index=list("54321"), dtype=kind, name="profit")
    amount = pd.Series([1.0, 2, 3, 4, 5], index=list("54321"))
    found = opposite(one, other, amount=amount)
    assert found.index.to_list() == ["3", "5"]
    assert found["amount"].to_list() == [3.0, 1.0]


def test_flags_may_be_written_as_yes_and_no():
    one = pd.Series(["yes", "yes", "no", None], dtype="category")
    assert jaccard(one, pd.Series([True, False, False, True])) == 0.5
    with pytest.raises(ValueError, match="maybe"):
        jaccard(one, pd.Series(["maybe"] * 4))


@given(st.lists(st.tuples(*[st.booleans()] * 3), min_size=1, max_size=40))
def test_the_overlap_counts_each_customer_once(rows):
    flags = pd.DataFrame(rows, columns=["a", "b", "c"])
    table = overlap(flags)
    assert table["customers"].sum() == len(rows)
    assert table.loc[table["a"], "customers"].sum() == flags["a"].sum()
    assert table["customers"].is_monotonic_decreasing
    pd.testing.assert_frame_equal(overlap(flags[::-1]), table)


# Thresholds

days = st.lists(st.integers(0, 400), min_size=1, max_size=50)


def states(values, dormant):
    kind = pd.CategoricalDtype(["active", "dormant"], ordered=True)
    return pd.Series(np.where(values <= dormant, "active", "dormant")).astype(kind)


def test_who_stands_between_two_thresholds_changes_class():
    values = pd.Series([10, 90, 91, 180, 181])
    table = sensitivity(lambda limit: states(values, limit), [180, 90], default=90)
    assert table.to_dict("list") == {
        "active": [2, 4],
        "dormant": [3, 1],
        "changed": [0, 2],
        "changed_share": [0.0, 0.4],
    }


def test_the_threshold_in_use_is_always_among_those_shown():
    table = sensitivity(lambda limit: states(pd.Series([1]), limit), [90], default=30)
    assert table.index.to_list() == [30, 90]


def test_losing_a_class_is_a_change_but_no_class_is_not_counted():
    usual = pd.Series(["A", "B", None, None], dtype="str")
    moved = pd.Series(["A", None, "A", None], dtype="str")
    table = sensitivity(lambda limit: moved if limit else usual, [0, 1], default=0)
    assert table["changed"].to_list() == [0, 2]
    assert table["A"].to_list() == [1, 2] and table["B"].to_list() == [1, 0]


@given(days, st.lists(st.integers(0, 400), min_size=1, max_size=6), st.integers(0, 400))
def test_a_looser_threshold_never_makes_fewer_active(values, limits, default):
    values = pd.Series(values)
    table = sensitivity(lambda limit: states(values, limit), limits, default=default)
    assert table["active"].is_monotonic_increasing
    assert (table[["active", "dormant"]].sum(axis=1) == len(values)).all()
    assert table.loc[default, "changed"] == 0
    assert (table["changed"] == (table["active"] - table.loc[default, "active"]).abs()).all()


# Groups


def test_a_group_is_worth_its_mean_within_an_interval():
    amount = pd.Series([10.0, 20, 30, 7, 100, None])
    groups = pd.Series(["ad", "ad", "ad", "friend", None, "ad"], name="source")
    table = value_by_group(amount, groups)
    assert table.index.name == "source" and table["customers"].to_dict() == {"ad": 3, "friend": 1}
    low, high = t.interval(0.95, 2, loc=20, scale=10 / np.sqrt(3))
    assert table.loc["ad", ["lower", "upper"]].to_list() == pytest.approx([low, high])
    assert table.loc["friend", ["lower", "upper"]].isna().all()
    assert table["amount_share"].to_list() == pytest.approx([60 / 67, 7 / 67])


def test_groups_stand_by_their_mean_whatever_the_order_of_rows():
    rng = np.random.default_rng(1)
    amount = pd.Series(rng.lognormal(5, 1, 200).round(2))
    groups = pd.Series(rng.choice(list("abc"), 200), name="source")
    table = value_by_group(amount, groups)
    assert table["amount_per_customer"].is_monotonic_decreasing
    pd.testing.assert_frame_equal(value_by_group(amount[::-1], groups), table)
