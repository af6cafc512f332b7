"""Clusters: found where they were planted, and nowhere else."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from benchmarks.claims import clusters as claims
from crm_lessons import wording
from crm_lessons.classification import _one_heap
from crm_lessons.classification._clusters import clusters, standardised
from crm_lessons.classification._explaining import (
    cluster_rules,
    cluster_sentences,
    cluster_verdict,
)

# recency in days, orders, amount: typical customers of three planted groups.
PLANTED = {"regulars": (10, 30, 20_000), "newcomers": (12, 1, 150), "lost": (600, 4, 900)}


def planted(each=120, spread=0.2, seed=3):
    rng = np.random.default_rng(seed)
    names = np.repeat(list(PLANTED), each)
    centres = np.log(np.array([PLANTED[name] for name in names], dtype=float))
    values = np.exp(centres + rng.normal(0, spread, centres.shape))
    ids = pd.Index([f"{i:05d}" for i in rng.permutation(len(names))], name="customer_id")
    frame = pd.DataFrame(values, columns=["recency_days", "orders", "amount"], index=ids)
    frame = frame.assign(orders=frame["orders"].round().clip(lower=1).astype("int64"))
    frame = frame.assign(recency_days=frame["recency_days"].round().astype("Int64"))
    return frame.round({"amount": 2}), pd.Series(names, index=ids)


def even(count, dimensions=3, seed=0):
    """Customers evenly spread over the logarithms, so that there is nothing to find."""
    spread = np.random.default_rng(seed).random((count, dimensions))
    spread = spread[:, [0, 1 % dimensions, 2 % dimensions]]
    return pd.DataFrame(
        np.expm1(spread * [6, 4, 9] + [0, 1, 1]), columns=["recency_days", "orders", "amount"]
    )


def told(sentence):
    key, values = sentence
    return wording.text(key, **values)


def test_planted_groups_are_recovered():
    people, truth = planted()
    found = clusters(people)
    assert found.found and found.k == 3
    assert adjusted_rand_score(truth, found.labels) > 0.98
    assert found.trials.loc[3, "verdict"] == "kept"


def test_four_groups_and_none_are_told_apart_as_the_benchmark_says():
    """A short version of ``python -m benchmarks.claims.clusters``."""
    assert claims.found("four groups", n=150, repeats=4) >= 0.75
    assert claims.found("BG/NBD, CDNOW", n=60, repeats=12) <= 1 / 12
    assert claims.found("one cloud", n=60, repeats=4) == 0


def test_one_heap_keeps_ranks_and_counts_and_has_no_gap():
    rng = np.random.default_rng(2)
    orders = np.r_[np.ones(90), rng.integers(18, 24, 60)]
    amount = np.where(orders > 1, rng.normal(9, 0.2, 150), rng.normal(3, 0.3, 150))
    logs = np.column_stack([np.log1p(orders), amount])
    heap = _one_heap.in_one_heap(logs, (True, False), np.random.RandomState(1))
    counts = np.expm1(heap[:, 0]).round(9)
    assert (counts == counts.round()).all() and counts.min() == 1 and counts.max() == 23
    assert (counts == 1).sum() == pytest.approx(90, abs=12)  # the heap of one-time buyers stays
    assert ((counts > 2) & (counts < 18)).sum() > 15  # and the gap is gone
    assert np.corrcoef(heap.T)[0, 1] > 0.6
    assert (np.diff(heap[np.argsort(amount), 1]) >= 0).all()


@pytest.mark.parametrize("heights", [[5], [1, 9, 1], [9, 5, 1], [4, 0, 4], [0, 3, 0, 2, 0]])
def test_the_nearest_shape_with_one_peak(heights):
    shares = _one_heap._one_peak(np.array(heights))
    peak = int(shares.argmax())
    assert shares.sum() == pytest.approx(1)
    assert (np.diff(shares[: peak + 1]) >= -1e-12).all() and (np.diff(shares[peak:]) <= 1e-12).all()
    if heights in ([5], [1, 9, 1], [9, 5, 1]):
        assert shares == pytest.approx(np.array(heights) / sum(heights))


def test_clusters_are_numbered_by_what_their_customers_bring():
    people, truth = planted()
    found = clusters(people)
    names = pd.crosstab(found.labels, truth).idxmax(axis=1)
    assert names.to_dict() == {1: "regulars", 2: "lost", 3: "newcomers"}
    assert found.profile["amount_per_customer"].is_monotonic_decreasing
    assert found.profile["customers"].sum() == len(people)


@pytest.mark.parametrize("dimensions", [1, 2, 3])
@pytest.mark.parametrize("count", [60, 400])
def test_evenly_spread_customers_have_no_clusters(count, dimensions):
    found = clusters(even(count, dimensions))
    assert not found.found and found.k == 0
    assert found.labels.isna().all() and found.profile.empty
    assert (found.trials["verdict"] != "kept").all()


def test_one_cloud_of_customers_is_not_several_clusters():
    people, _ = planted(each=1)
    rng = np.random.default_rng(1)
    cloud = np.exp(rng.normal([3, 2, 6], [1, 0.7, 1], (500, 3)))
    assert not clusters(pd.DataFrame(cloud, columns=list(people))).found


def test_the_order_of_rows_changes_nothing():
    people, _ = planted(each=60)
    expected = clusters(people)
    found = clusters(people.sample(frac=1, random_state=5))
    pd.testing.assert_series_equal(found.labels.loc[people.index], expected.labels)
    pd.testing.assert_frame_equal(found.trials, expected.trials)
    pd.testing.assert_frame_equal(found.profile, expected.profile)


def test_who_never_bought_is_in_no_cluster_and_changes_none():
    people, _ = planted(each=60)
    more = pd.concat([people, people.head(3).set_axis(["x", "y", "z"]).assign(orders=0)])
    found, expected = clusters(more), clusters(people)
    assert found.labels.tail(3).isna().all()
    assert found.labels.head(len(people)).equals(expected.labels)


def test_an_amount_below_zero_counts_as_zero():
    frame = pd.DataFrame({"amount": [-500.0, 0.0, 99.0]})
    points = standardised(frame)["amount"]
    assert points[0] == points[1] < points[2]


def test_a_few_odd_customers_are_no_cluster():
    people = even(400)
    odd = pd.DataFrame({"recency_days": [1], "orders": [9e6], "amount": [9e12]})
    found = clusters(pd.concat([people, odd], ignore_index=True), ks=(2,))
    assert not found.found


@pytest.mark.parametrize(
    ("option", "verdict"),
    [
        ({"min_silhouette": 0.99}, "not_separate"),
        ({"min_gain": 0.9}, "not_separate"),
        ({"min_stability": 1.1}, "not_stable"),
        ({"min_share": 0.9}, "too_small"),
    ],
)
def test_each_test_can_turn_clusters_down_and_says_so(option, verdict):
    people, _ = planted(each=40)
    found = clusters(people, **option)
    assert found.verdict == verdict and not found.found
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert "{" not in told(cluster_verdict(found))


def test_a_value_exactly_on_a_limit_passes():
    people, _ = planted(each=40)
    measured = clusters(people, ks=(3,)).trials.loc[3]
    limits = {
        "min_silhouette": measured["silhouette"],
        "min_stability": measured["stability"],
        "min_share": measured["smallest_share"],
    }
    assert clusters(people, ks=(3,), **limits).found


@pytest.mark.parametrize(
    ("people", "verdict"),
    [
        (even(29), "too_few"),
        (pd.concat([even(1)] * 40, ignore_index=True), "all_alike"),
        (even(0), "too_few"),
    ],
)
def test_too_few_or_all_alike_have_no_clusters(people, verdict):
    found = clusters(people)
    assert found.verdict == verdict and found.trials.empty
    with wording.using("en"):
        assert told(cluster_verdict(found)).startswith("No clusters")


def test_the_tree_tells_the_planted_groups_apart_in_words():
    people, _ = planted()
    rules = cluster_rules(people, clusters(people).labels)
    assert set(rules["cluster"]) == {1, 2, 3}
    assert (rules["purity"] > 0.95).all()
    assert rules.drop_duplicates("rule")["customers"].sum() == len(people)
    for language in wording.LANGUAGES:
        with wording.using(language):
            sentences = [told(one) for one in cluster_sentences(rules)]
        assert len(sentences) == rules["rule"].nunique()
        assert all(str(number) in "".join(sentences) for number in (1, 2, 3))


def test_a_rule_holds_for_exactly_the_customers_it_counts():
    people, _ = planted(spread=0.9)
    labels = clusters(people, min_silhouette=0.1, min_gain=-1, min_stability=0).labels
    measured = people.astype("float64")
    for _, rule in cluster_rules(people, labels).groupby("rule"):
        inside = pd.Series(True, index=people.index)
        for row in rule.itertuples():
            at_most = measured[row.measure] <= row.threshold
            inside &= at_most if row.direction == "at_most" else ~at_most
        assert inside.sum() == rule["customers"].iloc[0]
        share = (labels[inside] == rule["cluster"].iloc[0]).mean()
        assert share == pytest.approx(rule["purity"].iloc[0])


def test_without_clusters_there_is_nothing_to_explain():
    people = even(60)
    assert cluster_rules(people, clusters(people).labels).empty
    assert cluster_sentences(cluster_rules(people, clusters(people).labels)) == []
