"""The assessment plan: aims meet exercises, and what does not meet is told."""

import sys
from html import unescape

import pytest

from crm_lessons import carried, wording
from crm_lessons.course import assessment, exercise, guide
from crm_lessons.runs import guide_page, lessons

LESSON = "05_pareto"


def test_the_plan_has_a_row_for_each_exercise_of_each_aim():
    found = assessment.plan(LESSON)
    assert set(found["item"]) == set(exercise.load(LESSON))
    assert found["aim"].nunique() == len(guide.load(LESSON).aims)
    deeper = set(found.loc[found["depth"] == "deeper", "item"])
    assert deeper == exercise.deeper(LESSON)


def test_what_does_not_meet_is_told(monkeypatch):
    told = guide.load(LESSON)
    first, second, *rest = told.aims
    bare = guide.Aim(first.zh, first.en, goal="skill", items=("no_such_exercise",))
    changed = guide.Guide(**vars(told) | {"aims": (bare, second, *rest)})
    monkeypatch.setattr(guide, "load", lambda lesson: changed)
    found = assessment.gaps(LESSON)
    assert found
    assert (found.aims, found.items, found.unknown) == ((1,), first.items, ("no_such_exercise",))
    assert assessment.plan(LESSON)["item"].isna().sum() == 1


def test_a_guide_with_an_unknown_kind_or_depth_is_refused():
    both = {"zh": "一", "en": "one"}
    part = {"minutes": 1, "part": both, "how": both}
    raw = {"aims": [both | {"goal": "virtue"}], "timing": [part], "roles": {"sales": "deep"}}
    with wording.using("en"):
        assert [one for one in guide.problems(raw)] == [
            "the goal of aim 1 is virtue, which is none of knowledge, skill, attitude",
            "the depth for the role sales is deep, which is none of core, deeper",
        ]


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_guide_of_the_instructor_shows_what_tests_each_aim(language):
    with wording.using(language):
        page = unescape(guide_page.render(lessons.find(LESSON), {}))
        for aim in guide.load(LESSON).aims:
            row = page.partition(str(aim))[2].partition("</tr>")[0]
            assert wording.text(f"teaching.goal_{aim.goal}") in row
            assert all(assessment.title(LESSON, name) in row for name in aim.items)


@pytest.mark.files
@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_page_of_the_manual_is_up_to_date(language, monkeypatch):
    docs = carried.path("docs")
    monkeypatch.syspath_prepend(str(docs))
    page = (docs / language / "assessment.md").read_text(encoding="utf-8")
    made = __import__("assessment")
    try:
        assert page.partition(made.MARK)[2].strip() == made.made(language).strip()
    finally:
        del sys.modules["assessment"]
