"""What a learner does before the first click: run the command, open its address in a browser."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Locator, Page

PICTURES = Path(__file__).parents[2] / "artefacts" / "browser"
OURS = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
MILLISECONDS = 90_000  # a learner's patience on a slow machine; nothing waits longer than it must

# Draws every character of the page and the one that no font has; equal pictures are boxes.
MISSING = """() => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [48, 48];
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = `32px ${getComputedStyle(document.body).fontFamily}`;
  const drawn = (character) => {
    pen.clearRect(0, 0, 48, 48);
    pen.fillText(character, 4, 36);
    return pen.getImageData(0, 0, 48, 48).data.join();
  };
  const box = drawn("\\u{10FFFE}");
  const shown = new Set(document.body.innerText.replace(/\\s/gu, ""));
  return [...shown].filter((character) => drawn(character) === box).join("");
}"""

# The contrast ratio of WCAG 2 of every text in sight, by its colour and what it stands on.
CONTRAST = r"""() => {
  const part = (x) => (x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
  const weighted = [0.2126, 0.7152, 0.0722];
  const light = (rgb) => weighted.reduce((sum, by, i) => sum + by * part(rgb[i] / 255), 0);
  const colour = (text) => [...text.match(/[\d.]+/g).map(Number), 1].slice(0, 4);
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
  const ground = (node) => (node
    ? over(colour(getComputedStyle(node).backgroundColor), ground(node.parentElement))
    : [255, 255, 255]);
  const found = {};
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    const seen = texts.currentNode.data.trim() && node.checkVisibility();
    if (!seen || node.closest(":disabled")) continue;
    const under = ground(node);
    const written = getComputedStyle(node).color;
    const both = [light(over(colour(written), under)), light(under)].map((one) => one + 0.05);
    found[`${written} on ${under.map(Math.round)}`] = Math.max(...both) / Math.min(...both);
  }
  return found;
}"""


@dataclass
class Door:
    """A running command: the address it printed and the folder it runs in."""

    command: subprocess.Popen
    address: str
    folder: Path

    @property
    def host(self) -> str:
        return self.address.split("?")[0].split("/lab")[0]

    def kernels(self) -> list[psutil.Process]:
        """The Python processes behind open lessons."""
        found = []
        for one in psutil.Process(self.command.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):  # ended meanwhile
                found += [one] if "ipykernel_launcher" in " ".join(one.cmdline()) else []
        return found

    def close(self) -> int:
        """Press Ctrl-C; the exit code of the command."""
        self.command.send_signal(signal.SIGINT)
        return self.command.wait(60)


@contextmanager
def opened(folder: Path, *arguments: str) -> Iterator[Door]:
    """Run ``crm-lessons …`` in a folder of its own until the block ends."""
    told = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "CRM_"))}
    # Whoever needs the fork server first is its parent, and it would idle for a minute.
    told["CRM_LESSONS_WARM_IDLE"] = "5"
    command = subprocess.Popen(
        [sys.executable, "-c", "from crm_lessons.cli import main; main()", *arguments],
        cwd=folder,
        env=told,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        said = command.stdout.readline()
        assert "http" in said, f"no address, but: {said}"
        yield Door(command, said[said.index("http") :].strip(), folder)
    finally:
        if command.poll() is None:
            command.send_signal(signal.SIGINT)
            command.wait(60)
        command.stdout.close()


@contextmanager
def visited(
    browser: Browser, language: str, width: int = 1280, *, losing: bool = False
) -> Iterator[Page]:
    """A page that may ask this machine alone, and whose console must stay free of errors.

    ``losing`` lets it lose the connection, of which the console speaks by itself.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale={"zh": "zh-CN", "en": "en-GB"}[language],
    )
    context.set_default_timeout(MILLISECONDS)
    faults = []
    context.route(lambda url: not url.startswith(OURS), lambda route: route.abort())
    page = context.new_page()
    page.on("request", lambda r: r.url.startswith(OURS) or faults.append(f"asked for {r.url}"))
    page.on("pageerror", lambda error: faults.append(f"page error: {error}"))

    def heard(message):
        expected = losing and "net::ERR" in message.text
        if message.type == "error" and not expected:
            faults.append(f"console: {message.text}")

    page.on("console", heard)
    try:
        yield page
    except BaseException:
        _keep(page, "failed")
        raise
    finally:
        context.close()
    assert faults == []


def picture(page: Page, name: str) -> None:
    """Keep the whole page as a picture, for people to look at, where ``CRM_PICTURES`` is set."""
    if os.environ.get("CRM_PICTURES"):  # a long page takes seconds to paint
        _keep(page, name)


def _keep(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def sign_in(page: Page, nickname: str) -> None:
    """Give a name, under which answers are kept."""
    page.locator(".crm-item-sign_in input").fill(nickname)
    page.locator(".crm-item-sign_in form button").click()
    page.locator(".crm-item-sign_in p", has_text=nickname).wait_for()


def quiet(page: Page) -> None:
    """Wait until nothing is under way. (The page's policy lets no text be run as a script.)"""
    page.locator("[aria-busy]").first.wait_for(state="detached")


def unfold(page: Page) -> None:
    """Open the parts that go deeper, as far as they are there."""
    page.locator("body[data-ready]").wait_for()
    folded = page.locator("details.crm-deeper:not([open]) > summary")
    while folded.count():
        folded.first.click()


def pass_all(page: Page, until: str = "") -> None:
    """Pass over every question, until one is there or all are open."""
    for _ in range(60):
        unfold(page)
        if until and form(page, until).count():
            return
        # Sliders that are still a guess, and buttons to pass over whatever else is open.
        guess = page.locator(".crm-guess:not(:has(.crm-told strong)) [type=submit]")
        choice = guess.or_(page.locator(".crm-pass:visible"))
        if not choice.count():
            return
        choice.first.click()
        quiet(page)
        page.wait_for_timeout(50)


def form(page: Page, item: str) -> Locator:
    """The form of an exercise."""
    return page.locator(f".crm-item-{item}")


def submit(page: Page, item: str) -> Locator:
    """Submit and wait until the box with the outcome says something else than before."""
    form(page, item).locator("[type=submit]").click()
    form(page, item).locator(".crm-told strong").wait_for()
    quiet(page)
    return form(page, item).locator(".crm-told").first
