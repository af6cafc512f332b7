"""The instructor's guide as a page: what was written, and what comes from the exercises."""

import dataclasses
from html import unescape

import pytest
from test_reports import Outside

from crm_lessons import wording
from crm_lessons.course import exercise, guide
from crm_lessons.errors import CrmError
from crm_lessons.runs import _whole_run, guide_page, lessons

LESSON = "05_pareto"


@pytest.fixture(autouse=True)
def language_restored():
    yield
    wording.use("zh")


@pytest.fixture(params=wording.LANGUAGES)
def page(request):
    with wording.using(request.param):
        text = guide_page.render(lessons.find(LESSON), {"customers_in_a": "<226> customers"})
        assert "&lt;226&gt; customers" in text
        yield unescape(text)


def test_the_guide_holds_all_that_was_written(page):
    told = guide.load(LESSON)
    texts = [*told.aims, *told.prepare, *told.ethics]
    texts += [text for part in told.timing for text in (part.part, part.how)]
    texts += [text for one in told.discussion for text in (one.question, one.listen)]
    texts += [note.respond for note in told.items.values() if note.respond]
    for text in texts:
        assert str(text) in page


def test_mistakes_and_their_advice_come_from_the_exercises(page):
    for item in exercise.load(LESSON).values():
        for mistake, advice in guide.mistakes(item).items():
            assert advice in page
            assert guide.mistake_told(item, mistake) in page


def test_the_solution_is_the_computed_one_where_there_is_one(page):
    assert "<226> customers" in page
    assert str(exercise.item(f"{LESSON}.net_sales").solution) in page


def test_the_times_add_up_on_the_page(page):
    assert "43–45" in page and "45" in page.rsplit("</table>", 1)[0]


def test_the_page_asks_nobody_and_has_no_script(page):
    seen = Outside()
    seen.feed(page)
    assert (seen.asked, seen.scripts) == ([], 0)


def test_a_lesson_without_a_guide_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(guide, "guides", lambda: [])
    monkeypatch.setattr(_whole_run, "run", lambda *_: pytest.fail("the lesson ran for nothing"))
    with pytest.raises(CrmError, match=LESSON):
        guide_page.guide_page("05", out=tmp_path)


def test_an_exercise_without_a_title_is_named_by_the_beginning_of_its_question():
    item = dataclasses.replace(exercise.item(f"{LESSON}.net_sales"), title=None)
    assert str(item.question).startswith(guide.title(item).rstrip("…"))
    assert len(guide.title(item)) <= guide.LONGEST_TITLE


def test_an_incomplete_guide_is_refused_with_what_is_missing():
    both = {"zh": "一", "en": "one"}
    raw = {
        "prepare": [{"zh": "一"}],
        "timing": [{"minutes": 0, "part": both, "how": both}],
        "discussion": [{"question": both, "listen": both}],
    }
    with wording.using("en"):
        assert sorted(guide.problems(raw)) == [
            "aims is missing",
            "prepare 1 has no text in English (en)",
            "timing 1 needs whole minutes",
        ]
