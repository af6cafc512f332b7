"""Making the page of a lesson: from the cache, else by running the lesson once in a warm kernel.

What is kept in the cache depends on the lesson, the language, the data and the code: a sheet, its
pictures, and what checking the answers needs. Only lessons on sample data are kept; a page on
somebody's own data lives in a private folder as long as the server does.
"""

import asyncio
import contextlib
import hashlib
import json
import logging
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import crm_lessons
from crm_lessons import carried, writing
from crm_lessons.course import folders
from crm_lessons.errors import CrmError
from crm_lessons.page.aside import aside
from crm_lessons.page.sheet import BOUND, SHEET, Sheet
from crm_lessons.runs import lessons

_log = logging.getLogger(__name__)
MOST_KEPT = 3  # pages of a lesson in a language: others may be open just now


@dataclass
class Making:
    """A page while it is made: ``sheet`` grows; ``step`` of ``steps`` cells have run.

    ``folder`` holds its files: a private one, or, as soon as the page is whole, ``target`` in the
    cache.
    """

    lesson: lessons.Lesson
    language: str
    folder: Path
    target: Path | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    latest: date | None = None
    sheet: Sheet | None = None
    step: int = 0
    steps: int = 0
    whole: bool = False
    error: CrmError | None = None
    _task: asyncio.Task | None = None

    async def run(self) -> None:
        """Make the page, or read it where it is; errors are kept, not raised."""
        try:
            if not self.read():
                await aside(self._in_thread)
        except CrmError as error:
            self.error = error
        except Exception as error:  # a page that waits for ever would tell nobody
            _log.exception("the page of %s was not made", self.lesson.name)
            from crm_lessons.runs import _kernels

            told = {"lesson": self.lesson.name, "message": _kernels.stumbled(error)}
            self.error = CrmError("lesson_did_not_run", **told)

    def read(self) -> bool:
        """Whether the page is in the cache; then it is read."""
        if self.target is None or not (self.target / BOUND).is_file():
            return False
        try:
            self.sheet = Sheet.read(json.loads((self.target / SHEET).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            return False
        self.folder, self.whole = self.target, True
        return True

    def stop(self) -> None:
        """Give up; the kernel ends."""
        if self._task is not None:
            self._task.get_loop().call_soon_threadsafe(self._task.cancel)

    def _in_thread(self) -> None:
        """In a loop of its own: nbclient takes the signals of the loop of a main thread."""

        async def made() -> None:
            self._task = asyncio.current_task()
            try:
                await self._made()
            finally:
                self._task = None

        with contextlib.suppress(asyncio.CancelledError):  # given up: nobody waits for it
            asyncio.run(made())

    async def _made(self) -> None:
        from crm_lessons.page import running  # takes its time: a page in the cache needs none of it

        header, bound = self.lesson, self.folder / BOUND
        told = (header, self.language, self.parameters, self.latest)
        notebook = running.with_parameters(*told)
        self.sheet = Sheet(header.name, self.language, header.title[self.language], header.minutes)
        self.steps = len(notebook.cells)
        self.folder.mkdir(parents=True, exist_ok=True)
        async for html, asks, deeper in running.pieces(header, notebook, self.language, bound):
            self.step += 1
            self.sheet.add(html, asks, deeper=deeper)
        self.sheet.fingerprint, self.sheet.asked = running.told_by(bound)
        writing.text(self.folder / SHEET, json.dumps(self.sheet.plain(), ensure_ascii=False))
        if self.target is not None:
            self._keep()
        self.whole = True

    def _keep(self) -> None:
        """Into the cache; where another process was quicker, its page is as good."""
        with contextlib.suppress(OSError):
            writing.move(self.folder, self.target)
        if (self.target / BOUND).is_file():
            self.folder = self.target
            _clear(self.target)


def _clear(target: Path) -> None:
    """Let go of pages of the same lesson that were made of something older."""
    kind = target.name.rpartition("_")[0]
    older = sorted(target.parent.glob(f"{kind}_*"), key=lambda one: one.stat().st_mtime)
    for one in older[:-MOST_KEPT]:
        shutil.rmtree(one, ignore_errors=True)


def place(lesson: lessons.Lesson, language: str) -> Path:
    """Where the page of a lesson on its sample data is kept."""
    told = hashlib.sha256()
    for part in (lesson.name, language, sys.version, *_ingredients(lesson, language)):
        told.update(part.encode("utf-8", "surrogateescape") + b"\0")
    kept = lessons.cache("pages")
    return kept / f"{lesson.name}_{language}_{told.hexdigest()[:16]}"


def _ingredients(lesson: lessons.Lesson, language: str) -> Iterator[str]:
    """What a page is made of: this package, the lesson, the samples; by name, size and time."""
    package, home = Path(crm_lessons.__file__).parent, folders.find(lesson.name)
    files = [p for p in package.rglob("*") if p.suffix in {".py", ".yaml"}]
    files += [p for p in (home.iterdir() if home else []) if p.suffix in {".py", ".yaml"}]
    files += [lesson.edition(language), *carried.path("datasets").glob("*.*")]
    for path in sorted(files):
        found = path.stat()
        yield f"{path} {found.st_mtime_ns} {found.st_size}"
