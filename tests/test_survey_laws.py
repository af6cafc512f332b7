"""Laws that hold for any survey, tried on many that nobody would think of."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_lessons import survey

FEW = settings(max_examples=12, deadline=None)
levels = st.integers(1, 5)


@st.composite
def surveys(draw, least=4, most=25, gaps=True):
    """Perceived and expected answers of a few respondents to a few items, some left out."""
    n, k = draw(st.integers(least, most)), draw(st.integers(2, 5))
    answer = levels | st.none() if gaps else levels
    tables = [
        draw(st.lists(st.lists(answer, min_size=k, max_size=k), min_size=n, max_size=n))
        for _ in range(2)
    ]
    names = {"index": [f"r{i:02d}" for i in range(n)], "columns": [f"q{i}" for i in range(k)]}
    return [pd.DataFrame(table, **names).astype("float64") for table in tables]


def branches_of(table):
    return (
        pd.Series(["east", "west", "north"][: len(table)] * len(table), name="branch")
        .iloc[: len(table)]
        .set_axis(table.index)
    )


def usable(perceived):
    assume(survey.counting(perceived, at_least=0.01).any())
    return {"at_least": 0.01, "draws": 50}


@FEW
@given(surveys(), st.randoms(use_true_random=False))
def test_the_order_of_respondents_and_items_changes_nothing(tables, random):
    perceived, expected = tables
    options = usable(perceived)
    rows, items = list(perceived.index), list(perceived.columns)
    random.shuffle(rows)
    random.shuffle(items)
    mixed = [table.loc[rows, items] for table in tables]
    first = survey.index(perceived, expected, **options)
    pd.testing.assert_frame_equal(survey.index(*mixed, **options), first)
    score, branch = survey.scores(perceived, at_least=0.01), branches_of(perceived)
    other = survey.scores(mixed[0], at_least=0.01)
    for figure in (survey.ranking, survey.pairs):
        pd.testing.assert_frame_equal(
            figure(other, branch, minimum=2), figure(score, branch, minimum=2)
        )


@FEW
@given(surveys())
def test_as_expected_is_100_and_0(tables):
    perceived = tables[0]
    row = survey.index(perceived, perceived, **usable(perceived)).loc["all"]
    assert row["ratio"] == pytest.approx(100)
    assert row["gap"] == pytest.approx(0, abs=1e-12)
    if row["n"] > 1:
        assert row["ratio_lower"] <= 100.0001 and row["ratio_upper"] >= 99.9999
        assert row["gap_upper"] - row["gap_lower"] <= 2


@FEW
@given(surveys())
def test_swapping_perceived_and_expected_turns_the_gap_round(tables):
    perceived, expected = tables
    both = perceived.notna() & expected.notna()
    assume(both.any(axis=None))
    perceived, expected = perceived.where(both), expected.where(both)
    there, back = (
        survey.index(*pair, at_least=0.01, draws=50).loc["all"]
        for pair in ((perceived, expected), (expected, perceived))
    )
    assert there["gap"] == pytest.approx(-back["gap"], abs=1e-12)
    assert there["ratio"] * back["ratio"] == pytest.approx(10_000)


@FEW
@given(surveys(gaps=False), st.floats(-50, 50), st.floats(0.1, 20))
def test_alpha_does_not_mind_another_zero_or_another_unit(tables, constant, factor):
    answers = tables[0]
    assume(answers.sum(axis=1).var() > 0.01)
    first = survey.reliability(answers)
    moved = survey.reliability(answers * factor + constant)
    assert moved.raw == pytest.approx(first.raw, abs=1e-6)
    assert moved.standardised == pytest.approx(first.standardised, abs=1e-6, nan_ok=True)


@FEW
@given(surveys(gaps=False))
def test_alpha_is_at_most_1_and_turning_every_item_round_changes_nothing(tables):
    answers = tables[0]
    assume(answers.sum(axis=1).var() > 0.01)
    found = survey.reliability(answers)
    assert found.raw <= 1 + 1e-12
    assert found.lower <= found.raw <= found.upper
    assert survey.reliability(6 - answers).raw == pytest.approx(found.raw)


@FEW
@given(surveys(least=6))
def test_the_names_of_branches_do_not_matter(tables):
    perceived = tables[0]
    options = usable(perceived)
    branch = branches_of(perceived)
    names = {"east": "zz", "west": "aa", "north": "mm"}
    first = survey.index(perceived, by=branch, **options)
    other = survey.index(perceived, by=branch.map(names), **options)
    for old, new in names.items():
        if old in first.index:
            assert first.loc[old].equals(other.loc[new])
    score = survey.scores(perceived, at_least=0.01)
    there = survey.ranking(score, branch, minimum=2)
    renamed = survey.ranking(score, branch.map(names), minimum=2)
    pd.testing.assert_frame_equal(
        there.rename(names).sort_index(), renamed.sort_index(), check_names=False, rtol=1e-9
    )


@FEW
@given(surveys(least=5), st.integers(2, 4))
def test_the_same_answers_several_times_make_narrower_intervals(tables, times):
    perceived = tables[0]
    usable(perceived)
    score = survey.scores(perceived, at_least=0.01).dropna()
    assume(len(score) > 2 and score.std() > 0)
    many = pd.concat([score] * times, ignore_index=True)
    one, more = (
        survey.ranking(part, pd.Series("all", index=part.index)).iloc[0] for part in (score, many)
    )
    assert more["upper"] - more["lower"] < one["upper"] - one["lower"]


@FEW
@given(st.lists(st.integers(0, 10), min_size=1, max_size=60), st.integers(2, 5))
def test_nps_lies_between_its_bounds_and_more_answers_narrow_them(answers, times):
    one = survey.nps(pd.Series(answers)).loc["all"]
    more = survey.nps(pd.Series(answers * times)).loc["all"]
    assert -100 <= one["nps_lower"] <= one["nps_upper"] <= 100
    assert more["nps"] == pytest.approx(one["nps"])
    assert more["nps_upper"] - more["nps_lower"] <= one["nps_upper"] - one["nps_lower"] + 1e-9
    assert one["promoters"] + one["passives"] + one["detractors"] == pytest.approx(1)


@FEW
@given(st.integers(2, 2000), st.floats(0.05, 1), st.floats(0.2, 2))
def test_nobody_needs_more_answers_than_there_are_customers(population, width, sd):
    n = survey.answers_for_width(width, sd=sd, population=population)
    assert 1 <= n <= population
    assert n <= survey.answers_for_width(width, sd=sd)


@FEW
@given(st.floats(0, 1), st.integers(1, 6))
def test_the_weights_of_the_parts_sum_to_one(weight, others):
    parts = ["customer", *[f"part{i}" for i in range(others)]]
    weights = survey.part_weights(parts, customer_weight=weight)
    assert sum(weights.values()) == pytest.approx(1)
    assert survey.chief_examiner(weights) == (weight > (1 - weight) / others + 1e-12)
    assert np.isfinite(list(weights.values())).all()
