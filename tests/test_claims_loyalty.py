"""What the lesson says of the claims of the notes is what the samples give."""

import pytest

from crm_lessons import data, loyalty, survey
from crm_lessons.course import folders

FACTS = folders.module("10_loyalty", "facts")
folders.say("10_loyalty")


@pytest.fixture(scope="module")
def done():
    return loyalty.study(survey.responses(data.read("shop_survey")), data.read("shop"))


@pytest.fixture(scope="module")
def levels(done):
    return FACTS.by_level(done)


def test_d4_many_who_were_satisfied_did_not_buy_again(done):
    satisfied = done.found["satisfaction"] >= 4
    assert 0.3 < done.again[satisfied.to_numpy()].mean() < 0.75


def test_d5_the_surer_the_answer_the_more_bought_again_and_fewer_than_said(done):
    stated = done.people["repurchase_probability"]
    bands = loyalty.calibration(stated, done.again)
    assert bands["rate"].is_monotonic_decreasing and list(bands.index) == ["high", "middle", "low"]
    assert (bands["gap"] < 0).all()


def test_d6_other_weights_move_a_group_of_customers(done):
    moved = loyalty.sensitivity(done.found, {"recommendation": (0.25, 0.25, 0.5)})
    assert moved.loc["recommendation", "changed"] > 50


def test_d7_service_quality_is_heaviest_added_value_lightest_and_apart(done):
    table = done.driven.table
    assert (table.index[0], table.index[-1]) == ("service_quality", "added_value")
    first, last = table.loc["service_quality"], table.loc["added_value"]
    assert first["share_lower"] > last["share_upper"]


def test_d9_who_met_several_advisers_left_less_and_less_so_among_equals(done):
    ((_, found),) = FACTS.reasons.staff(done)
    assert found["raw"] < found["difference"] < 0


def test_d12_five_points_go_with_less_than_a_tenth_more_profit(done):
    ((_, found),) = FACTS.reasons.five_points(done)
    assert 0 < found["change_share"] < 0.10
    assert found["upper"] < 0.25, "far from double"


def test_d19_the_unhappy_came_back_less_than_a_third_as_often(levels):
    def rate(chosen):
        return levels.loc[chosen, "count"].sum() / levels.loc[chosen, "customers"].sum()

    assert rate([1, 2]) < rate([4, 5]) / 3


def test_m2_very_satisfied_is_less_than_half_more_and_cannot_be_double(levels):
    ((_, found),) = FACTS.reasons.six_times(levels)
    assert 1 < found["ratio"] < 1.5
    assert found["verdict"] == "impossible"
    assert found["other_rate"] > 0.5 and found["most"] < 2


def test_m25_customers_promise_more_than_they_do_most_where_they_promise_most(done):
    spoken = FACTS.spoken(done)
    assert spoken["gap"] > 0.1
    bands = loyalty.calibration(done.people["repurchase_probability"], done.again)
    assert bands.loc["high", "gap"] < bands.loc["low", "gap"]


def test_the_claims_of_the_lesson_are_on_record():
    listed = set(data.claims("10_loyalty")["claim_id"])
    ours = {f"D{n}" for n in (4, 5, 6, 7, 8, 9, 10, 12, 16, 17, 18, 19)}
    assert ours | {"M2", "M3", "M4", "M25", "M39"} <= listed
