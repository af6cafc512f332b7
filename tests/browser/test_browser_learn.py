"""The first door, as a learner meets it: ``crm-lessons learn 05`` in a browser.

Lesson 05 by mouse and keyboard, answers checked at once and found again; then the whole page.
"""

import json
import urllib.error
import urllib.request

import psutil
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

import doors
from doors import form, sign_in, submit

from crm_lessons import customers, data, pareto
from crm_lessons.charts import look
from crm_lessons.course import _registry, exercise

WIDTHS = [1280, 360]
CHARTS = "img.crm-chart"
# The tables in sight that are wider than the page, but for those shown whole on demand.
SCROLLING = """() => [...document.querySelectorAll(".crm-table-wrap, .crm-wide, section > table")]
  .filter((one) => one.checkVisibility() && !one.closest(".crm-whole"))
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.innerText.slice(0, 60))"""


@pytest.fixture(scope="module")
def shop():
    exercise.load("05_pareto")
    people = customers.summarise(data.read("shop"))
    return {"people": people, "classes": pareto.abc(people["amount"])}


@pytest.fixture(scope="module")
def door(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("learner")
    with doors.opened(folder, "learn", "05", "--no-browser", "--language", "zh") as one:
        yield one


@pytest.fixture(scope="module")
def page(browser, door):
    """The Chinese lesson, opened once for all tests; they answer it from its beginning."""
    with doors.visited(browser, "zh") as one:
        one.goto(door.address, wait_until="commit")
        one.wait_for_url("**/zh/05_pareto/")
        sign_in(one, "小李")
        yield one


def expected(item, bound):
    return _registry.compute(_registry.expected(f"05_pareto.{item}"), bound)


def wrong(item, mistake, bound):
    return _registry.compute(_registry.wrong(f"05_pareto.{item}")[mistake], bound)


def full_width(number):
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def test_the_share_of_the_top_fifth_is_guessed_with_the_slider(page):
    handle = form(page, "share_of_top_fifth").locator("[type=range]")
    handle.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    told = submit(page, "share_of_top_fifth")
    assert told.inner_text().strip()
    doors.picture(page, "forms_guess")


def test_what_follows_comes_once_the_question_is_done(page):
    assert form(page, "net_sales").count() == 0
    doors.pass_all(page, until="net_sales")
    assert form(page, "net_sales").count() == 1


def test_a_known_mistake_gets_its_own_advice(page, shop):
    doors.pass_all(page, until="customers_in_a")
    item = "customers_in_a"
    given = wrong(item, "share_of_people", shop)
    form(page, item).locator("input").first.fill(str(given))
    told = submit(page, item)
    assert "crm-not_yet" in told.get_attribute("class")
    advice = exercise.item(f"05_pareto.{item}").mistakes["share_of_people"].zh
    assert advice in told.inner_text()
    assert str(expected(item, shop)) not in told.inner_text()


def test_full_width_digits_are_understood(page, shop):
    item = "customers_in_a"
    form(page, item).locator("input").first.fill(full_width(expected(item, shop)))
    told = submit(page, item)
    assert "crm-correct" in told.get_attribute("class")


def test_a_hint_comes_one_at_a_time(page):
    hints = form(page, "net_sales").locator(".crm-hints li, .crm-hints p")
    button = form(page, "net_sales").locator("form button").nth(1)
    button.click()
    hints.first.wait_for()
    seen = hints.count()
    assert seen < len(exercise.item("05_pareto.net_sales").hints) + 1


def test_a_quiz_question_is_answered_by_mouse(page):
    doors.pass_all(page, until="eighty_and_twenty")
    item = exercise.item("05_pareto.eighty_and_twenty")
    place = list(item.options).index(item.answer)
    form(page, "eighty_and_twenty").locator("input[type=radio]").nth(place).click()
    told = submit(page, "eighty_and_twenty")
    assert "crm-correct" in told.get_attribute("class")
    assert item.options[item.answer].advice.zh in told.inner_text()


def test_a_table_is_ticked_by_keyboard(page, shop):
    item = "top_five_by_profit"
    right = expected(item, shop)
    offered = sorted(_registry.compute(_registry.offered(f"05_pareto.{item}"), shop).index)
    ticks = form(page, item).locator("input[type=checkbox]")
    ticks.first.focus()
    for customer in offered:
        if customer in right:
            page.keyboard.press("Space")
        page.keyboard.press("Tab")
    assert form(page, item).locator("input[type=checkbox]:checked").count() == len(right)
    told = submit(page, item)
    assert "crm-correct" in told.get_attribute("class")
    doors.picture(page, "forms_zh_1280")


def test_after_a_reload_the_answers_are_there(page, shop):
    page.reload(wait_until="commit")
    page.locator(".crm-item-sign_in", has_text="小李").wait_for()
    doors.unfold(page)
    for item in ("customers_in_a", "eighty_and_twenty", "top_five_by_profit"):
        form(page, item).locator(".crm-told.crm-correct").wait_for()
    assert page.locator("img.crm-chart").count() >= 5
    box = form(page, "customers_in_a").locator("input").first
    assert box.input_value() == full_width(expected("customers_in_a", shop))


def test_what_was_done_lies_in_one_file_of_lines(page, door):
    lines = [
        json.loads(text)
        for text in (door.folder / "小李.jsonl").read_text("utf-8").split("\n")
        if text
    ]
    answered = [line for line in lines if line["action"] == "answer"]
    assert [line["outcome"] for line in answered if line["item"] == "customers_in_a"] == [
        "not_yet",
        "correct",
    ]
    assert {line["nickname"] for line in lines} == {"小李"}


# The whole page, every question answered or passed over


@pytest.fixture(scope="module")
def whole(page):
    doors.pass_all(page)
    return page


@pytest.fixture(params=WIDTHS)
def width(request, whole):
    whole.set_viewport_size({"width": request.param, "height": 900})
    yield request.param
    whole.set_viewport_size({"width": WIDTHS[0], "height": 900})


def test_the_lesson_opens_in_chinese_without_code(whole):
    assert whole.evaluate("document.documentElement.lang") == "zh-CN"
    assert whole.title() == whole.locator("h1").first.inner_text()
    assert "lesson." not in whole.locator("main").inner_text()


def test_every_chart_is_drawn_and_told_in_words(whole, width):
    charts = whole.locator(CHARTS).all()
    assert len(charts) >= 5
    for chart in charts:
        chart.scroll_into_view_if_needed()
        chart.evaluate("image => image.decode()")
        assert chart.evaluate("image => image.naturalWidth") > 500
        inches = look.WIDTH if width > 600 else look.NARROW
        inch = chart.bounding_box()["width"] / inches
        assert look.SMALL / 72 * inch >= 11, "the smallest text can be read"
        assert len(chart.get_attribute("alt")) > 20


def test_nothing_sticks_out_sideways(whole, width):
    doors.picture(whole, f"learn_zh_{width}")
    assert whole.evaluate("document.documentElement.scrollWidth") == width
    assert whole.evaluate(SCROLLING) == [], "a table is read without moving it"


def test_no_character_is_shown_as_a_box(whole):
    assert whole.evaluate(doors.MISSING) == ""


def test_without_the_key_of_the_address_nobody_gets_in(whole, door):
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(door.host)
    assert told.value.code == 403
    assert whole.title() not in told.value.read().decode()
    assert door.kernels() == [], "no kernel is kept for a page"


def test_in_english_on_a_phone_with_answers_until_ctrl_c_ends_it_all(browser, shop, tmp_path):
    with doors.opened(tmp_path, "learn", "00", "--no-browser", "--language", "en") as door:
        with doors.visited(browser, "en", width=390) as page:
            page.goto(door.address)
            page.wait_for_url("**/en/00_start/")
            sign_in(page, "Ann")
            doors.pass_all(page, until="share_of_top_fifth")
            assert page.evaluate("document.documentElement.scrollWidth") == 390
            assert page.evaluate(doors.MISSING) == ""
            answer_wrong_and_right(page, pareto.share_of_top(shop["classes"]["amount"], 0.2))
            doors.picture(page, "forms_en_390")
            page.reload()
            form(page, "share_of_top_fifth").locator(".crm-correct").wait_for()
        assert (tmp_path / "Ann.jsonl").exists()
        started = psutil.Process(door.command.pid).children(recursive=True)
        assert door.close() == 0
        _, alive = psutil.wait_procs(started, timeout=30)
        assert alive == []


def answer_wrong_and_right(page, right):
    item = exercise.item("00_start.share_of_top_fifth")
    box = form(page, "share_of_top_fifth").locator("input").first
    for answer, outcome in ("80%", "not_yet"), (f"{right:.1%}", "correct"):
        box.fill(answer)
        told = submit(page, "share_of_top_fifth")
        assert f"crm-{outcome}" in told.get_attribute("class")
        assert (item.mistakes["quoted_eighty"].en in told.inner_text()) == (outcome == "not_yet")
