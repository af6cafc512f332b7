"""A lesson for a room full of phones: who is in, how far everybody may go, how the class is doing.

Plain HTTP in a meeting room can be read by whoever shares the network: names, PINs, answers. That
is told; a company puts the server behind a proxy with TLS and names its address.
"""

import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import tornado.web

from crm_lessons import wording
from crm_lessons.errors import CrmError
from crm_lessons.page.aside import aside
from crm_lessons.page.limits import Limit
from crm_lessons.page.members import Member, Members
from crm_lessons.page.room import Person, Room
from crm_lessons.page.store import Store, Taken

SETTING, PACE = "setting", "pace"
MOST_LINES, MOST_AN_ITEM = 5_000, 300  # answers, hints and so on of one person; at one question
COOKIE = "crm-who"


class ClassRoom(Room):
    """Everybody has a name and a PIN; the instructor has a secret link."""

    kind = "class"

    def __init__(self, folder: Path, store: Store, *, offered: list[str], **told: Any) -> None:
        super().__init__(folder, store, offered=offered, **told)
        self.members = Members(store)
        self.code = self.secret = self.address = ""
        self.language = wording.LANGUAGES[0]
        self.pace: dict[str, int | None] = {}
        self._refreshed = 0.0
        self.version = 0  # grows when the instructor changes something
        self.codes = Limit(20, 0.2)  # guesses of the class code by one address
        self.acts = Limit(60, 5.0)  # requests of one person
        self.joins = Limit(120, 4.0)  # from one address: a room may share one

    @property
    def invitation(self) -> str:
        """The address with the class code, as the QR code holds it."""
        return f"{self.address}/#{self.code}"

    async def begin(self) -> None:
        """Take code and secret link from the store, so that a restart changes nothing."""
        fresh = {"code": f"{secrets.randbelow(10**6):06}", "secret": secrets.token_urlsafe(18)}
        told = await self.store.document(SETTING, "class")
        if told is None:
            try:
                await self.store.put(SETTING, "class", fresh, new=True)
                told = fresh
            except Taken:
                told = await self.store.document(SETTING, "class")
        self.code, self.secret = str(told["code"]), str(told["secret"])
        await self.refresh()

    async def refresh(self) -> None:
        """What the instructor has set, as the store knows it; asked for once a second."""
        if time.monotonic() - self._refreshed < 1:
            return
        self._refreshed = time.monotonic()
        told = await self.store.document(SETTING, PACE) or {}
        pace = dict(told.get("reach", {}))
        if pace != self.pace:
            self.pace, self.version = pace, self.version + 1

    async def set_pace(self, lesson: str, reach: int | None) -> None:
        """Open so many parts of a lesson for all; None lets everybody go at their own pace."""
        await self.store.put(SETTING, PACE, {"reach": {**self.pace, lesson: reach}})
        self._refreshed = 0.0
        await self.refresh()

    def reach(self, name: str) -> int | None:
        """How many parts of a lesson everybody may see at most."""
        return self.pace.get(name)

    async def who(self, handler: tornado.web.RequestHandler) -> Person:
        """The member whose device asks; nobody without a cookie of ours."""
        member = await self.member(handler)
        return Person(member.name, member.id) if member else Person()

    async def member(self, handler: tornado.web.RequestHandler) -> Member | None:
        """The same with all that is known of them."""
        return await self.members.of_cookie(handler.get_cookie(COOKIE, ""))

    def admit(self, person: Person, lines: int, at_item: int) -> None:
        """CrmError or 429 where somebody asks for more than a person can do."""
        if not self.acts.take(person.id):
            raise tornado.web.HTTPError(429)
        if lines >= MOST_LINES or at_item >= MOST_AN_ITEM:
            raise CrmError("too_many_answers")

    async def live(self, language: str) -> dict[str, Any]:
        """How the class is doing, without names."""
        members = await self.members.all()
        lines = await self.store.lines_of([one.name for one in members])
        live = await aside(_counting)
        lessons = []
        for name in self.offered:
            mine = {who: [n for n in told if n.lesson == name] for who, told in lines.items()}
            begun = {who: told for who, told in mine.items() if told}
            sheet = self.open(name, language).sheet
            with wording.using(language):
                lessons.append(live.of_lesson(sheet, begun) | {"reach": self.reach(name)})
        return {"people": len(members), "lessons": lessons}

    async def by_name(self, language: str) -> list[dict[str, Any]]:
        """Everybody with how far they are in each lesson; for the instructor alone."""
        found = []
        live, members = await aside(_counting), await self.members.all()
        everything = await self.store.lines_of([one.name for one in members])
        for member in members:
            lines = everything[member.name]
            told: dict[str, Any] = {"id": member.id, "name": member.name, "pin": bool(member.pin)}
            told["lessons"] = {
                name: live.progress(self.open(name, language).sheet, checked, mine)
                for name in self.offered
                if (mine := [line for line in lines if line.lesson == name])
                and (checked := self._items(name)) is not None
            }
            found.append(told)
        return found

    @staticmethod
    def _items(name: str) -> Mapping:
        from crm_lessons.course import exercise

        return exercise.load(name)


def _counting() -> ModuleType:
    """What counts a class; it loads the libraries that compute, for which no address waits."""
    from crm_lessons.page import live

    return live
