"""A class of five pages at once, on phones and desktops, in both languages, through a kill."""

import re
import signal
import subprocess
import sys

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

import doors

SEATS = [("小李", "zh", 390), ("小李", "zh", 1280), ("Ann", "en", 390), ("Bo", "en", 1280),
         ("小王", "zh", 360)]  # fmt: skip


def start(folder, port=0):
    told = ["class", "00", "--folder", "results", "--port", str(port), "--no-browser"]
    command = subprocess.Popen(
        [sys.executable, "-c", "from crm_lessons.cli import main; main()", *told]
        + ["--language", "zh"],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    said = ""
    while "Ctrl-C" not in said:
        said += command.stdout.readline()
    link = re.search(r"http://127\.0\.0\.1:(\d+)/teach\S+", said)
    return command, link[0], int(link[1]), re.search(r"(\d{6})\n", said)[1]


def enter(page, host, code, name, pin):
    page.goto(f"{host}/#{code}")
    page.fill("#name", name)
    page.fill("#pin", pin)
    page.click("#enter")


def guess(page):
    page.locator(".crm-guess").wait_for(timeout=3 * doors.MILLISECONDS)  # the first has it made
    page.locator(".crm-guess [type=submit]").click()
    page.locator(".crm-guess .crm-told strong").wait_for()


def test_a_class_of_five_through_names_devices_a_kill_and_the_instructors_views(
    browser, tmp_path, request
):
    command, link, port, code = start(tmp_path)
    request.addfinalizer(lambda: command.poll() is None and command.kill())
    host = f"http://127.0.0.1:{port}"
    contexts, faults = [], []

    def page_of(language, width):
        locale = {"zh": "zh-CN", "en": "en-GB"}[language]
        context = browser.new_context(viewport={"width": width, "height": 800}, locale=locale)
        context.set_default_timeout(doors.MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: r.url.startswith(doors.OURS) or faults.append(r.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    pages = []
    for number, (name, language, width) in enumerate(SEATS):
        page = page_of(language, width)
        enter(page, host, code, name, f"111{number}")
        if number == 1:  # the second of that name
            page.locator("#other:visible").click()
        page.wait_for_url(f"**/{language}/")
        page.goto(f"{host}/{language}/00_start/")
        guess(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(doors.MISSING) == ""
        pages.append(page)
    doors.picture(pages[0], "class_zh_390")
    files = {path.name for path in (tmp_path / "results").glob("*.jsonl")}
    assert files == {
        ".class.jsonl",
        *(f"{n}.jsonl" for n in ("小李", "小李_2", "Ann", "Bo", "小王")),
    }

    command.send_signal(signal.SIGKILL)
    command.wait()
    pages[2].locator("#gone:visible").wait_for()
    command, link_after, _, code_after = start(tmp_path, port)
    assert (link_after, code_after) == (link, code)
    pages[2].locator("#gone").wait_for(state="hidden")
    pages[2].reload()
    pages[2].locator(".crm-guess .crm-told strong").wait_for()

    second = page_of("en", 390)
    enter(second, host, code, "Ann", "1112")
    second.wait_for_url("**/en/")
    second.goto(f"{host}/en/00_start/")
    second.locator(".crm-guess .crm-told strong").wait_for()

    teacher = page_of("zh", 1280)
    teacher.goto(link)
    teacher.locator("#members td").first.wait_for()
    assert {"小李", "小李 2", "Ann", "Bo", "小王"} == set(
        teacher.locator("#members tbody th").all_inner_texts()
    )
    doors.picture(teacher, "class_teach")
    teacher.goto(f"{host}/board")
    teacher.locator("meter").first.wait_for()
    assert not any(name in teacher.locator("main").inner_text() for name in ("小李", "Ann", "小王"))
    doors.picture(teacher, "class_board")
    for context in contexts:
        context.close()
    command.send_signal(signal.SIGINT)
    assert command.wait(60) == 0
    assert faults == []
