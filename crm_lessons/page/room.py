"""Everything that a server of lessons holds: the lessons that are open, and where answers go."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tornado.web

from crm_lessons import wording
from crm_lessons.errors import CrmError
from crm_lessons.page import making
from crm_lessons.page.aside import aside
from crm_lessons.page.checker import Checker, Drawing
from crm_lessons.page.making import Making
from crm_lessons.page.sheet import BOUND, Sheet
from crm_lessons.page.store import Store
from crm_lessons.runs import lessons


@dataclass(frozen=True)
class Person:
    """Who is at work: the name under which answers are kept, "" for nobody yet."""

    name: str = ""
    id: str = ""


class Opened:
    """A lesson that is being made or is there, and what checks its answers."""

    def __init__(self, made: Making) -> None:
        self.making = made
        self._loading: asyncio.Future | None = None
        self.checks = False  # whether answers can be checked already

    def start(self, loaded: Callable[[Checker], None]) -> None:
        """Begin to make the page; one in the cache is there when this returns."""
        self.making.read()
        self._loading = asyncio.ensure_future(self._load(loaded))

    async def checker(self) -> Checker:
        """What checks the answers, as soon as it is loaded; CrmError if the lesson did not run."""
        return await asyncio.shield(self._loading)

    async def grown(self, seconds: float) -> None:
        """Wait until the page is whole, at most so long."""
        if not self.settled:
            await asyncio.wait([self._loading], timeout=seconds)

    @property
    def sheet(self) -> Sheet:
        """What there is up to now."""
        made = self.making
        return made.sheet or Sheet(made.lesson.name, made.language)

    @property
    def settled(self) -> bool:
        """Whether nothing more will come."""
        return self.making.whole or self.making.error is not None

    async def _load(self, loaded: Callable[[Checker], None]) -> Checker:
        if not self.making.whole:
            await self.making.run()
        if self.making.error is not None:
            raise self.making.error
        checker = await aside(self._checker)
        self.checks = True
        loaded(checker)
        return checker

    def _checker(self) -> Checker:
        # What checking needs is imported beside the serving: the page need not wait for it.
        from crm_lessons.page import learner  # noqa: F401

        made = self.making
        checker = Checker(made.lesson.name, made.language, made.folder / BOUND)
        checker.items  # noqa: B018 - read now, in this thread
        return checker


class Room:
    """Lessons by name and language, opened when first asked for; ``offered`` names those allowed.

    ``kind`` is ``own`` (one person on this machine) or ``class``; ``version`` grows when something
    changes for all.

    ``parameters`` belong to the lesson ``own``: its page is on somebody's own data.
    """

    kind = "own"
    version = 0

    def __init__(
        self,
        folder: Path,
        store: Store,
        *,
        offered: list[str],
        own: str = "",
        parameters: Mapping[str, Any] | None = None,
        latest: date | None = None,
    ) -> None:
        self.folder, self.store, self.offered = folder, store, offered
        self.own, self.parameters, self.latest = own, dict(parameters or {}), latest
        self.drawing = Drawing()
        self._opened: dict[tuple[str, str], Opened] = {}
        self._busy: dict[str, asyncio.Lock] = {}

    def open(self, name: str, language: str) -> Opened:
        """A lesson in a language; 404 for one that is not offered here."""
        if name not in self.offered or language not in wording.LANGUAGES:
            raise tornado.web.HTTPError(404)
        key = (name, language)
        if key not in self._opened:
            self._opened[key] = Opened(self._making(name, language))
            self._opened[key].start(self._loaded)
        return self._opened[key]

    def busy(self, person: Person) -> asyncio.Lock:
        """One thing at a time for each person."""
        return self._busy.setdefault(person.name, asyncio.Lock())

    async def who(self, handler: tornado.web.RequestHandler) -> Person:
        """Who asks; rooms of each kind know it in their own way."""
        raise NotImplementedError

    async def refresh(self) -> None:
        """Learn what others may have set."""

    def reach(self, name: str) -> int | None:
        """How many parts of a lesson everybody may see at most; None for one's own pace."""
        return None

    def admit(self, person: Person, lines: int, at_item: int) -> None:
        """Refuse what is more than a person can do; ``lines`` are there of them already."""

    def close(self) -> None:
        """End what runs beside the server."""
        for one in self._opened.values():
            one.making.stop()
        self.drawing.close()
        self.store.close()

    def _loaded(self, checker: Checker) -> None:
        if any(item.input for item in checker.items.values()):
            self.drawing.warm()

    def _making(self, name: str, language: str) -> Making:
        lesson = lessons.find(name)
        own = name == self.own and self.parameters
        return Making(
            lesson,
            language,
            self.folder / f"{name}_{language}",
            target=None if own else making.place(lesson, language),
            parameters=self.parameters if own else {},
            latest=self.latest if own else None,
        )


def told_error(error: CrmError | None) -> str | None:
    """An error in words, in the language in use."""
    return None if error is None else str(error)
