"""A learner at work: lesson 05 by mouse and keyboard, answers checked at once and found again."""

import json

import psutil
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

import doors
from doors import form, sign_in, submit

from crm_lessons import customers, data, pareto
from crm_lessons.course import _registry, exercise


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
    with doors.visited(browser, "zh") as one:
        one.goto(door.address)
        doors.wait_for_lesson(one)
        sign_in(one, "小李")
        yield one


def expected(item, bound):
    return _registry.compute(_registry.expected(f"05_pareto.{item}"), bound)


def wrong(item, mistake, bound):
    return _registry.compute(_registry.wrong(f"05_pareto.{item}")[mistake], bound)


def full_width(number):
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def test_the_share_of_the_top_fifth_is_guessed_with_the_slider(page):
    handle = form(page, "share_of_top_fifth").locator(".noUi-handle").first
    handle.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    told = submit(page, "share_of_top_fifth")
    assert told.inner_text().strip()
    doors.picture(page, "forms_guess")


def test_a_known_mistake_gets_its_own_advice(page, shop):
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
    button = form(page, "net_sales").locator(".crm-hint").first
    button.click()
    hints.first.wait_for()
    seen = hints.count()
    assert seen < len(exercise.item("05_pareto.net_sales").hints) + 1


def test_a_quiz_question_is_answered_by_mouse(page):
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


def test_after_a_reload_the_answers_are_there_and_the_kernel_left_has_ended(page, shop, door):
    before = door.kernels()
    page.reload(wait_until="commit")
    doors.wait_for_lesson(page)
    psutil.wait_procs(before, timeout=60)
    assert len(before) == len(door.kernels()) == 1
    assert page.locator("img.crm-chart").count() >= 5
    page.locator(".crm-sign-in", has_text="小李").wait_for()
    for item in ("customers_in_a", "eighty_and_twenty", "top_five_by_profit"):
        assert form(page, item).locator(".crm-outcome.crm-correct").count() == 1
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


def test_no_request_no_box_no_overflow_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(doors.MISSING) == ""
    doors.picture(page, "forms_zh_390")
    page.set_viewport_size({"width": 1280, "height": 900})
