"""A limit that binds nobody is said beside the list, not only among the parameters of a report."""

from types import SimpleNamespace

import pandas as pd
import pytest

from crm_lessons import course, data, loyalty, survey
from crm_lessons.course import folders
from crm_lessons.lacking import Lacking

PEOPLE = pd.DataFrame({"recency_days": [0, 40, 200, 500], "orders": [9, 1, 5, 2]})
DEFAULTS = dict(
    active_days=90, lost_days=365, win_back_days=30, loyal_orders=4, loyal_days=180
)  # of lesson 03


def named(facts):
    assert {key for key, _ in facts} <= {"course.divides_nothing"}
    return [told["name"] for _, told in facts]


@pytest.mark.parametrize(
    ("name", "divides", "divides_not"),
    [
        ("active_days", 100, 500),  # exactly the longest silence: included, nobody is beyond
        ("lost_days", 499, 3650),
        ("win_back_days", 40, 1000),
        ("loyal_orders", 9, 10),
        ("loyal_days", 199, 200),
    ],
)
def test_a_threshold_of_customers_is_told_once_nobody_lies_beyond(name, divides, divides_not):
    facts = folders.module("03_classification", folders.FACTS)
    assert named(facts.idle(PEOPLE, **DEFAULTS)) == []
    assert named(facts.idle(PEOPLE, **DEFAULTS | {name: divides})) == []
    assert name in named(facts.idle(PEOPLE, **DEFAULTS | {name: divides_not}))


def test_cuts_of_a_score_that_nobody_passes_are_told():
    facts = folders.module("08_retention", folders.FACTS)
    scores = pd.Series([0.1, 0.3, 0.6, None])
    assert named(facts.idle(scores, wavering_from=0.2, sure_from=0.5)) == []
    assert named(facts.idle(scores, wavering_from=0.3, sure_from=0.61)) == ["sure_from"]
    assert named(facts.idle(scores, wavering_from=0.05, sure_from=0.6)) == ["wavering_from"]
    assert named(facts.idle(scores * float("nan"), wavering_from=0.1, sure_from=0.5)) == [
        "wavering_from"
    ], "without a score there is nothing to cut"


def test_limits_of_surveys_that_leave_out_nobody_are_told():
    staff = folders.module("09_survey", folders.FACTS).staff
    people = pd.DataFrame({"branch": ["east"] * 40 + ["west"] * 8})
    scores = pd.Series([4.0] * len(people))
    found, smallest = SimpleNamespace(found=SimpleNamespace(people=people), score=scores), 8
    plain = dict(minimum=30, at_least=0.5, customer_weight=0.5)
    ranks = pd.DataFrame({"rank": [1, 2]})
    assert named(staff.idle(found, ranks, **plain)) == []
    assert named(staff.idle(found, ranks, **plain | {"minimum": smallest + 1})) == []
    assert named(staff.idle(found, ranks, **plain | {"minimum": smallest})) == ["minimum"]
    assert named(staff.idle(found, ranks, **plain | {"at_least": 0.4})) == ["at_least"]
    weighed = plain | {"customer_weight": 0.7}
    assert named(staff.idle(found, ranks, **weighed)) == []
    assert named(staff.idle(found, Lacking("one_branch"), **weighed)) == ["customer_weight"]


def test_cuts_of_loyalty_that_nobody_reaches_are_told():
    facts = folders.module("10_loyalty", folders.FACTS)
    table = data.read("shop_survey", schema="shop_survey")
    done = loyalty.study(survey.responses(table), high=1.0, low=0.0)
    plain = dict(high_band=0.7, low_band=0.3, loyal_from=0.75)
    assert named(facts.idle(done, **plain)) == []
    assert named(facts.idle(done, **plain | {"loyal_from": 0.0})) == ["loyal_from"]


@pytest.mark.parametrize(("rows", "said"), [(2, "list_whole"), (3, "list_full"), (0, "")])
def test_a_list_says_whether_its_limit_has_cut_it_short(rows, said, monkeypatch):
    lesson = course.open("05_pareto", language="en")
    told = []
    monkeypatch.setattr(lesson, "say", lambda said, **_: told.append(said))
    monkeypatch.setattr(lesson, "table", lambda *_, **__: None)
    monkeypatch.setattr(lesson, "hand_over", lambda *_: None)
    lesson.actions(pd.DataFrame({"customer_id": ["1"] * rows}), limit=3)
    assert told[-1] == ([(f"course.{said}", {"limit": 3})] if said else [])
