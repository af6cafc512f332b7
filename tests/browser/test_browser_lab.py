"""The second door: ``crm-lessons lab``, JupyterLab with the same forms, in either language."""

import json

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

import doors
from doors import form

from crm_lessons import customers, data, wording
from crm_lessons.course import results
from crm_lessons.course._outcome import Outcome
from crm_lessons.runs import lessons

TROUBLE = (
    '[data-mime-type="application/vnd.jupyter.stderr"], '
    '[data-mime-type="application/vnd.jupyter.error"], .crm-help'
)
CHART = "img.crm-chart"
RUN_ALL = '.lm-Menu-item[data-command="runmenu:run-all"]'
RUN, IDLE = {"zh": "运行", "en": "Run"}, {"zh": "| 空闲", "en": "| Idle"}
NAMES = {"zh": "小李", "en": "Ann"}


@pytest.fixture(scope="module")
def net_sales():
    return f"{customers.summarise(data.read('shop'))['amount'].sum():.0f}"


def menus(page):
    page.wait_for_selector(".lm-MenuBar-itemLabel")
    return page.locator(".lm-MenuBar-itemLabel").all_inner_texts()


def run_all(page, language):
    """Run all cells, and wait until the last has run: the one that hands in."""
    page.get_by_text(IDLE[language]).wait_for()  # who runs before is asked for a kernel
    last = page.locator(".crm-item-hand_in")
    before = last.element_handle() if last.count() else None
    page.locator(".lm-MenuBar-item", has_text=RUN[language]).click()
    page.locator(RUN_ALL).click()
    if before:
        before.wait_for_element_state("hidden")
    page.locator(f".crm-item-hand_in, {TROUBLE}").first.wait_for()
    assert page.locator(TROUBLE).count() == 0


def answered(page, item, answer, *, number):
    """Type and press Enter; the class of what is told of this try."""
    form(page, item).locator("input").first.fill(answer)
    page.keyboard.press("Enter")
    form(page, item).locator(".crm-tries", has_text=str(number)).wait_for()
    return form(page, item).locator(".crm-told").get_attribute("class")


def runs_again(page, language, net_sales):
    """All cells once more: what was answered, and what was typed, is still there."""
    run_all(page, language)
    assert form(page, "sign_in").get_by_text(NAMES[language]).count() == 1
    assert form(page, "net_sales").locator(".crm-correct").count() == 1
    assert form(page, "net_sales").locator("input").first.input_value() == net_sales
    assert form(page, "customers_in_a").locator("input").first.input_value() == "77"
    assert net_sales not in form(page, "summary").inner_text()


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_a_lesson_is_run_and_answered_in_jupyterlab(browser, tmp_path, language, net_sales):
    name, title = NAMES[language], lessons.find("05").title[language]
    mine = results.Results(name, "05_pareto", folder=tmp_path)
    for item, outcome in {"steps_of_abc": "correct", "cut_for_places": "not_yet"}.items():
        mine.answered(item, "1", Outcome(outcome, ""))
    with (
        doors.opened(tmp_path, "lab", "--no-browser", "--language", language) as door,
        doors.visited(browser, language) as page,
    ):
        page.goto(door.address)
        contents = page.locator(".jp-MarkdownViewer")
        contents.locator("table").wait_for()
        assert menus(page)[0] == {"zh": "文件", "en": "File"}[language]
        assert name in contents.inner_text()
        assert {"zh": "答过 2 题，答对 1 题", "en": "not begun"}[language] in contents.inner_text()
        contents.get_by_role("link", name=title).click()

        run_all(page, language)
        assert page.locator(CHART).count() >= 5
        assert page.locator(".jp-CodeCell .jp-InputArea-editor:visible").count() == 0
        assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
        doors.sign_in(page, name)
        assert "crm-not_yet" in answered(page, "net_sales", "1234", number=1)
        assert "crm-correct" in answered(page, "net_sales", net_sales, number=2)
        choice = form(page, "group_buyer").locator("[type=radio]")
        choice.first.focus()
        page.keyboard.press("ArrowDown")  # JupyterLab would go on to the next cell
        assert choice.nth(1).is_checked()
        form(page, "customers_in_a").locator("input").first.fill("77")  # typed and not sent
        doors.picture(page, f"lab_{language}_answered")

        if language == "en":  # what a second run finds again is the same in either language
            runs_again(page, language, net_sales)
        assert page.evaluate(doors.MISSING) == ""
    text = (tmp_path / f"{name}.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in text.split("\n") if line]
    sent = [line["outcome"] for line in lines if line["item"] == "net_sales"]
    assert sent[-2:] == ["not_yet", "correct"]
