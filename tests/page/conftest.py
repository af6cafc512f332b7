"""A lesson's page without a kernel: a short sheet of lesson 05, its data, a server in a thread."""

import asyncio
import json
import pickle
import threading

import httpx
import pytest

from crm_lessons import course, customers, data, pareto, wording
from crm_lessons.course import in_kernel
from crm_lessons.page import checker, fragments, serving
from crm_lessons.page.making import Making
from crm_lessons.page.sheet import BOUND, PICTURES, SHEET, Sheet
from crm_lessons.runs import lessons

LESSON = "05_pareto"
PLACE = '<div class="crm-place" data-form="question" data-item="{}"></div>'
TAKE_HOME = '<div class="crm-place" data-form="take_home" data-item=""></div>'
HTML = [("<h1>80/20</h1><h2>Guess</h2><p>How much?</p>", ["share_of_top_fifth"]),
        ("<h2>Steps</h2><p>It is 81.3%.</p>", ["steps_of_abc"]),
        ("<h2>Sums</h2>", ["net_sales", "class_counts"]),
        (f"<p>The end</p>{TAKE_HOME}", [])]  # fmt: skip


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """A folder with the files of a page, as `making` leaves them in the cache."""
    folder = tmp_path_factory.mktemp("page")
    table = data.read("shop")
    people = customers.summarise(table)
    before, now = pareto.two_years(table)
    classes, by_profit = (pareto.abc(people[name]) for name in ("amount", "profit"))
    told = {"people": people, "classes": classes, "by_profit": by_profit, "before": before}
    lesson = course.open(LESSON, language="en")
    lesson.use(**told, now=now, places=200, in_charge=customers.in_charge(table))
    in_kernel.keep_bound(lesson, str(folder / BOUND))
    sheet = Sheet(LESSON, "en", "80/20", 45)
    for html, asks in HTML:
        sheet.add(html + "".join(map(PLACE.format, asks)), asks)
    bound = pickle.loads((folder / BOUND).read_bytes())
    sheet.asked = fragments.asked(bound["asked"], folder / PICTURES)
    (folder / SHEET).write_text(json.dumps(sheet.plain()), encoding="utf-8")
    wording.use("zh")
    return folder


@pytest.fixture
def ready_made(kept, monkeypatch):
    """Rooms find this page instead of making one."""
    lesson = lessons.find(LESSON)

    def made(room, name, language):
        return Making(lesson, "en", kept, target=kept)

    async def draw(drawing, *told):
        return checker._drawn(*told)  # here: to start a process takes seconds

    monkeypatch.setattr("crm_lessons.page.room.Room._making", made)
    monkeypatch.setattr(checker.Drawing, "draw", draw)
    monkeypatch.setattr(checker.Drawing, "warm", lambda drawing: None)


class Site:
    """A server in a thread, and a browser of sorts."""

    def __init__(self, application, sockets, *, close=lambda: None, xheaders=False):
        self.application, self._close, self._xheaders = application, close, xheaders
        self.host = f"127.0.0.1:{sockets[0].getsockname()[1]}"
        self.up = threading.Event()
        self.result = None
        self._thread = threading.Thread(target=self._run, args=(sockets,), daemon=True)
        self._thread.start()
        assert self.up.wait(20)

    def _run(self, sockets):
        def ready():
            self.loop = asyncio.get_running_loop()
            self.up.set()

        self.result = serving.run(self.application, sockets, ready=ready, xheaders=self._xheaders)
        self._close()

    def client(self, **headers):
        """One browser: it keeps cookies and says where it comes from."""
        base = f"http://{self.host}"
        kept = {"Origin": base, "Content-Type": "application/json"} | headers
        return httpx.Client(base_url=base, headers=kept, timeout=120)

    def end(self):
        if self._thread.is_alive():
            self.loop.call_soon_threadsafe(self.application.end)
        self._thread.join(20)


@pytest.fixture
def site():
    """Starts servers and ends them after the test."""
    started = []

    def start(application, sockets, **told):
        started.append(Site(application, sockets, **told))
        return started[-1]

    yield start
    for one in started:
        one.end()
