"""The second door: ``crm-lessons lab``, JupyterLab in the learner's language."""

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

import doors

from crm_lessons.course import exercise, results
from crm_lessons.course._checking import Outcome

TROUBLE = (
    '[data-mime-type="application/vnd.jupyter.stderr"], '
    '[data-mime-type="application/vnd.jupyter.error"], .crm-help'
)
CHART = "img.crm-chart"
LAST_CHART = f":nth-match({CHART}, 5)"
RUN_ALL = '.lm-Menu-item[data-command="runmenu:run-all"]'


def menus(page):
    page.wait_for_selector(".lm-MenuBar-itemLabel")
    return page.locator(".lm-MenuBar-itemLabel").all_inner_texts()


def test_lab_opens_in_chinese_with_the_contents_and_runs_the_lesson(browser, tmp_path):
    right, wrong = list(exercise.load("05_pareto"))[:2]
    mine = results.Results("小李", "05_pareto", folder=tmp_path)
    mine.answered(right, "1", Outcome("correct", ""))
    mine.answered(wrong, "2", Outcome("not_yet", ""))
    with (
        doors.opened(tmp_path, "lab", "--no-browser", "--language", "zh") as door,
        doors.visited(browser, "zh") as page,
    ):
        page.goto(door.address)
        contents = page.locator(".jp-MarkdownViewer")
        contents.locator("table").wait_for()
        assert menus(page)[:2] == ["文件", "编辑"]
        assert page.evaluate("document.documentElement.lang") == "zh-CN"
        assert "小李" in contents.inner_text()
        assert "答过 2 题，答对 1 题" in contents.inner_text()
        assert page.evaluate(doors.MISSING) == ""
        doors.picture(page, "lab_zh_contents")

        contents.get_by_role("link", name="二八与 ABC").click()
        page.get_by_text("客户关系课程 | 空闲").wait_for()  # who runs before is asked for a kernel
        page.locator(".lm-MenuBar-item", has_text="运行").click()
        page.locator(RUN_ALL).click()
        page.locator(f"{LAST_CHART}, {TROUBLE}").first.wait_for()
        page.get_by_text("客户关系课程 | 空闲").wait_for()
        assert page.locator(TROUBLE).count() == 0
        assert page.locator(CHART).count() >= 5
        assert page.locator(".jp-CodeCell .jp-InputArea-editor:visible").count() == 0
        assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
        doors.picture(page, "lab_zh_lesson")


def test_lab_opens_in_english(browser, tmp_path):
    with (
        doors.opened(tmp_path, "lab", "--no-browser", "--language", "en") as door,
        doors.visited(browser, "en") as page,
    ):
        page.goto(door.address)
        page.locator(".jp-MarkdownViewer table").wait_for()
        assert menus(page)[:2] == ["File", "Edit"]
        assert "not begun" in page.locator(".jp-MarkdownViewer").inner_text()
        doors.picture(page, "lab_en_contents")
