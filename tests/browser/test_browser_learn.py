"""The first door, as a learner meets it: ``crm-lessons learn 05`` in a browser."""

import urllib.request

import psutil
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

import doors

from crm_lessons.course import _checking, _registry, exercise

CHARTS = "img.crm-chart"
TROUBLE = (
    '[data-mime-type="application/vnd.jupyter.stderr"], '
    '[data-mime-type="application/vnd.jupyter.error"], .crm-help'
)
WIDTHS = [1280, 390]


@pytest.fixture(scope="module")
def door(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("learner")
    with doors.opened(folder, "learn", "05", "--no-browser", "--language", "zh") as one:
        yield one


@pytest.fixture(scope="module")
def page(browser, door):
    """The Chinese lesson, opened once for all tests."""
    with doors.visited(browser, "zh") as one:
        one.goto(door.address, wait_until="commit")
        one.wait_for_function(
            "document.querySelector('#loading_text')?.textContent.startsWith('正在')"
        )
        doors.picture(one, "learn_zh_opening")
        doors.wait_for_lesson(one)
        yield one


@pytest.fixture(params=WIDTHS)
def width(request, page):
    page.set_viewport_size({"width": request.param, "height": 900})
    yield request.param
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def test_the_lesson_opens_in_chinese_with_its_code_hidden(page):
    assert page.evaluate("document.documentElement.lang") == "zh"
    assert page.title() == page.locator("h1").first.inner_text().strip("¶")
    assert "二八" in page.title()
    assert page.locator(".highlight:visible, .cm-editor:visible").count() == 0


def test_no_cell_ends_in_an_error_or_a_warning(page):
    assert page.locator(TROUBLE).count() == 0


def test_every_chart_is_drawn_and_told_in_words(page, width):
    charts = page.locator(CHARTS).all()
    assert len(charts) >= 5
    for chart in charts:
        assert chart.evaluate("image => image.naturalWidth") > 500
        assert 300 < chart.bounding_box()["width"] <= width
        assert len(chart.get_attribute("alt")) > 20


def test_nothing_sticks_out_sideways(page, width):
    doors.picture(page, f"learn_zh_{width}")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_table_wider_than_a_phone_can_be_scrolled_by_itself(page):
    page.set_viewport_size({"width": 390, "height": 900})
    wide = "[...document.querySelectorAll('.crm-table-wrap')].find(t => t.scrollWidth > 400)"
    assert page.evaluate(f"{wide}.scrollTo(99, 0), {wide}.scrollLeft") > 0
    page.set_viewport_size({"width": 1280, "height": 900})


def test_no_character_is_shown_as_a_box(page):
    assert page.evaluate(doors.MISSING) == ""


def test_whoever_goes_by_keyboard_sees_where_they_are(page):
    page.set_viewport_size({"width": 390, "height": 900})
    page.keyboard.press("Tab")
    style = page.evaluate("(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])"
                          "(getComputedStyle(document.activeElement))")  # fmt: skip
    page.set_viewport_size({"width": 1280, "height": 900})
    assert style == ["solid", "3px"]


def test_without_the_key_of_the_address_nobody_gets_in(page, door):
    with urllib.request.urlopen(door.host) as answer:
        assert "/login" in answer.url
        assert page.title() not in answer.read().decode()
    assert len(door.kernels()) == 1


def test_opening_a_lesson_leaves_nothing_in_the_learners_folder(page, door):
    assert list(door.folder.iterdir()) == []


def test_in_english_on_a_phone_with_answers_until_ctrl_c_ends_it_all(browser, tmp_path):
    # This lesson has tables in its prose that are wider than a phone.
    with doors.opened(tmp_path, "learn", "value", "--no-browser", "--language", "en") as door:
        with doors.visited(browser, "en", width=390) as page:
            page.goto(door.address)
            doors.wait_for_lesson(page)
            doors.picture(page, "learn_en_390")
            assert page.evaluate("document.documentElement.lang") == "en"
            assert page.evaluate("document.documentElement.scrollWidth") == 390
            assert page.locator(CHARTS).count() >= 5
            assert page.locator(TROUBLE).count() == 0
            assert page.evaluate(doors.MISSING) == ""
            answer_wrong_and_right(page)
            assert page.evaluate("document.documentElement.scrollWidth") == 390
            doors.picture(page, "forms_en_390")
            page.set_viewport_size({"width": 1280, "height": 900})
            doors.picture(page, "learn_en_1280")
        assert (tmp_path / "Ann.jsonl").exists()
        started = psutil.Process(door.command.pid).children(recursive=True)
        assert len(started) >= 2
        assert door.close() == 0
        _, alive = psutil.wait_procs(started, timeout=30)
        assert alive == []


def answer_wrong_and_right(page):
    item, bound = exercise.item("07_value.complaint_cost"), {}
    doors.sign_in(page, "Ann")
    box = doors.form(page, "complaint_cost").locator("input").first
    wrong = _registry.compute(_registry.wrong(item.name)["own_only"], bound)
    for answer, outcome in (wrong, "not_yet"), (_checking.right_answer(item, bound), "correct"):
        box.fill(f"{answer:g}")
        told = doors.submit(page, "complaint_cost")
        assert f"crm-{outcome}" in told.get_attribute("class")
        assert (item.mistakes["own_only"].en in told.inner_text()) == (outcome == "not_yet")
