"""What the lesson says of the claims of the notes is what the sample gives."""

import pandas as pd
import pytest

from crm_lessons import data, survey
from crm_lessons.course import folders

FACTS = folders.module("09_survey", "facts")


@pytest.fixture(scope="module")
def done():
    table = data.read("dealer_survey")
    found = survey.responses(table)
    return survey.study(found, jobs=survey.jobs_done("", found, source=table.source))


def test_d1_as_expected_is_100_however_poor():
    poor = pd.DataFrame({"wait": [1.0, 2.0, 1.0]})
    assert survey.index(poor, poor).loc["all", "ratio"] == pytest.approx(100)


def test_d2_every_item_falls_short_and_waiting_most(done):
    assert (done.items["gap_upper"] < 0).all()
    assert done.items["gap"].idxmin() == "waiting"


def test_d3_the_first_has_a_handful_of_answers_and_the_control_group_rose_too(done):
    assert done.ranked["n"].iloc[0] < 10
    assert done.advised["bonus"].loc[done.ranked.index[0]] == "ask_more"
    rise = done.effect["change"]
    assert rise["control"] > 0 and rise["effect"] < rise["treated"]
    assert done.effect.loc["effect", "lower"] > 0


def test_d11_after_sales_is_weakest_and_service_quality_counts_most(done):
    ((key, told),) = FACTS.weakest(done)
    assert (key, told["aspect"], told["rivals"]) == ("weakest_gap", ["after_sales"], [])
    aspects = done.found.items["aspect"]
    answers = done.found.perceived.T.groupby(aspects).mean().T
    assert answers.corrwith(done.found.people["overall"]).idxmax() == "service_quality"
    assert aspects[done.mended.index[0]] == "service_quality"


def test_d13_the_first_changes_with_the_weight(done):
    (_, found), _ = FACTS.staff.moved(FACTS.staff.ranks(done, 0.5), 0.5, done)
    assert found["first_least"] != found["first_most"]
