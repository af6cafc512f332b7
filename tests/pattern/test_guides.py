"""Every lesson has a complete instructor's guide."""

import re

import nbformat
import pytest

from crm_lessons import wording
from crm_lessons.course import assessment, exercise, guide
from crm_lessons.runs import _questions, depth, lessons

pytestmark = pytest.mark.files

LESSONS = lessons.names()


@pytest.fixture(params=LESSONS)
def lesson(request):
    return lessons.find(request.param)


@pytest.fixture
def items(lesson):
    return exercise.load(lesson.name) if lesson.name in exercise.lessons() else {}


def test_a_lesson_has_a_guide_in_both_languages(lesson):
    told = guide.load(lesson.name)  # refuses a text that is missing in one language
    assert len(told.aims) >= 2
    assert len(told.prepare) >= 2
    assert len(told.discussion) >= 2
    assert len(told.ethics) >= 2


def test_the_parts_add_up_to_the_minutes_of_the_lesson(lesson):
    assert guide.load(lesson.name).minutes == lesson.minutes


def test_each_exercise_has_a_short_title_and_nothing_else_has_one(lesson, items):
    titles = guide.load(lesson.name).items
    assert set(titles) == set(items)
    for language in wording.LANGUAGES:
        told = [getattr(note.title, language) for note in titles.values()]
        assert len(set(told)) == len(told)
        assert all(len(title) <= {"zh": 12, "en": 28}[language] for title in told)


def test_each_decision_says_how_to_respond_to_its_mistakes(lesson, items):
    notes = guide.load(lesson.name).items
    for name, item in items.items():
        assert notes[name].respond or item.group != "decisions"


def test_each_known_mistake_has_a_name_for_the_instructor(items):
    for item in items.values():
        for mistake in guide.mistakes(item):
            assert guide.mistake_told(item, mistake), f"mistakes.yaml lacks {mistake}"


def test_the_texts_are_in_their_language(lesson):
    told = guide.load(lesson.name)
    texts = [*told.aims, *told.prepare, *told.ethics]
    texts += [text for part in told.timing for text in (part.part, part.how)]
    texts += [text for one in told.discussion for text in (one.question, one.listen)]
    for text in texts:
        assert re.search("[\u4e00-\u9fff]", text.zh)
        assert not re.search("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", text.en)


def test_exercises_are_numbered_in_the_order_in_which_the_lesson_asks_them(lesson, items):
    """Handout, guide and class report give an exercise one number: first the core path, then what
    goes deeper."""
    notebook = nbformat.read(lesson.edition("zh"), as_version=4)
    cells = [cell for cell in notebook.cells if _questions.is_exercise(cell)]
    cells.sort(key=depth.is_deeper)
    asked = [item.id for cell in cells for item in _questions.asked(cell, lesson.name)]
    assert asked == list(items)


def test_a_cell_that_asks_shows_nothing_else(lesson):
    """Paper leaves its outputs out: a table or chart that a question is about has its own cell."""
    for cell in nbformat.read(lesson.edition("zh"), as_version=4).cells:
        if _questions.asked(cell, lesson.name):
            assert not re.search(r"lesson\.(draw|table)\(", cell.source), cell.source


def test_each_aim_has_exercises_and_each_exercise_an_aim(lesson):
    found = assessment.gaps(lesson.name)
    assert not found, found
    told = guide.load(lesson.name)
    assert {aim.goal for aim in told.aims} <= set(guide.GOALS)
    assert set(told.roles.values()) <= set(guide.DEPTHS) and told.roles
