"""What a browser may ask of a lesson: its page, its pictures, how far one is, an action.

===========================================  ===================================================
``GET  /zh/LESSON/``                         the page, with the blocks that are open
``GET  /zh/LESSON/pictures/NAME``            a chart
``GET  /zh/LESSON/state?from=3&asked=0``     blocks and questions that the page has not yet
``POST /zh/LESSON/act``                      submit, hint, solve, pass, draw (`asking.act`)
``GET  /zh/LESSON/summary``                  what was answered up to now
``GET  /zh/LESSON/take-home``                the file to take along, made of one's own answers
``GET  /zh/glossary``                        the words and what they mean
``GET  /pulse``                              what grows when there is something new
===========================================  ===================================================
"""

import asyncio
import re
import urllib.parse
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

import tornado.web

from crm_lessons import wording
from crm_lessons.course.results import Line
from crm_lessons.page import pages, sheet
from crm_lessons.page.aside import aside
from crm_lessons.page.room import Opened, Person, Room, told_error
from crm_lessons.page.room_handlers import Contents, Glossary, Pulse, RoomHandler, words
from crm_lessons.runs import lessons
from crm_lessons.show import forms

if TYPE_CHECKING:  # takes its time: imported beside the serving, see `room.Opened`
    from crm_lessons.page.learner import Learner

DRAW = "draw"  # what a slider asks for while it is moved, as in `course.asking`
_PICTURE = re.compile(r"[0-9a-f]{20}\.webp")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PATIENCE = 1.0  # seconds that an answer waits for its chart; the page asks again for it
_BETWEEN = 1.0  # seconds until a page is told how far a lesson is that is being made


class OfLesson(RoomHandler):
    """What all answers about one lesson begin with."""

    language: str
    opened: Opened
    person: Person

    async def prepare(self) -> None:
        super().prepare()
        if self._finished:
            return
        self.language, name = self.path_args[:2]
        self.opened = self.room.open(name, self.language)
        self.person = await self.room.who(self)
        if self.room.kind == "class" and not self.person.name:
            self.only_for_members()

    def only_for_members(self) -> None:
        """Whoever has not joined is led to the door."""
        raise tornado.web.HTTPError(401)

    async def learner(self) -> "Learner":
        """The learner as the store knows them; waits until answers can be checked."""
        checker = await self.opened.checker()
        from crm_lessons.page.learner import Learner

        return Learner(checker, self.person.name, await self._lines())

    async def known(self) -> "Learner | None":
        """The same, but nobody, without waiting, for whoever has done nothing in a whole lesson."""
        if not self.opened.making.whole:
            return None
        begun = any(line.lesson == self.opened.sheet.lesson for line in await self._lines())
        return await self.learner() if begun or self.opened.checks else None

    async def _lines(self) -> Sequence[Line]:
        return await self.room.store.lines(self.person.name) if self.person.name else ()

    def reach(self, learner: "Learner | None") -> int:
        """How many blocks are open to this learner; to nobody those before the first question."""
        made = self.opened.sheet
        mine = made.visible(learner.is_done if learner else lambda item: False)
        if not self.opened.making.whole:
            mine = min(mine, made.settled())
        most = self.room.reach(made.lesson)
        if most is None:
            return mine
        parts = made.parts()
        return mine if most >= len(parts) else min(mine, int(str(parts[most]["block"])))

    def standing(self, learner: "Learner | None", has: int, asked: int) -> dict[str, object]:
        """How far one is: blocks from the ``has``-th, questions from the ``asked``-th block."""
        made, reach = self.opened.sheet, self.reach(learner)
        done = learner.is_done if learner else lambda item: False
        parts = [_part(part, done, is_open=part["block"] < reach) for part in made.parts()]
        return {
            "open": reach,
            "all_open": reach == len(made.blocks) and self.opened.making.whole,
            "parts": parts,
            "blocks": sheet.of_blocks(made.blocks[has:reach], has),
            "questions": sheet.new_questions(learner, made, asked, reach),
        }


class Page(OfLesson):
    """The page itself; charts need not wait for what checks the answers."""

    def only_for_members(self) -> None:
        """A person rather than a script: show them the door itself."""
        self.redirect("/")

    async def get(self, language: str, name: str) -> None:
        made = self.opened.sheet
        learner = await self.learner() if self.person.name and self.opened.checks else None
        told = {"sheet": made, "blocks": made.blocks[: self.reach(learner)]}
        opening = not (self.opened.checks and told["blocks"])
        self.page("lesson.html", language, **told, opening=opening, after=self._after(name))

    def _after(self, name: str) -> lessons.Lesson | None:
        offered = self.room.offered
        place = offered.index(name) + 1
        return lessons.find(offered[place]) if place < len(offered) else None


def _part(part: dict, done: Callable[[str], bool], *, is_open: bool) -> dict[str, object]:
    """A part with how far one is; one that is closed keeps its title: it may give answers away."""
    title = part["title"] if is_open else ""
    return {**part, "title": title, "done": sum(map(done, part["asks"])), "open": is_open}


class State(OfLesson):
    """What has come since: waits a while where a lesson is still being made."""

    async def get(self, language: str, name: str) -> None:
        has, asked = self.whole("from"), self.whole("asked")
        await self.room.refresh()
        if self.reach(None) <= has:  # nothing new to show yet
            await self.opened.grown(_BETWEEN)
        making = self.opened.making
        learner = await self.known()
        with wording.using(language):
            self.tell(
                {
                    "who": self.person.name,
                    "room": self.room.kind,
                    "version": self.room.version,
                    "title": self.opened.sheet.title,
                    "words": words(self.room.kind),
                    "making": {"step": making.step, "steps": making.steps, "whole": making.whole},
                    "error": told_error(making.error),
                    **self.standing(learner, has, asked),
                }
            )


class Act(OfLesson):
    """An action at a question; what is acknowledged is stored."""

    async def post(self, language: str, name: str) -> None:
        message = self.body()
        item, has = str(message.get("item", "")), message.get("from", 0)
        await self.room.refresh()
        async with self.room.busy(self.person):
            learner = await self.learner()
            with wording.using(language):
                before = self.reach(learner)
                if item not in {one for b in self.opened.sheet.blocks[:before] for one in b.asks}:
                    raise tornado.web.HTTPError(404)
                mine = learner.recorded.lines() if learner.recorded else []
                at_item = sum(line.item == item for line in mine)
                self.room.admit(self.person, len(mine), at_item)
                told = {} if message.get("do") == DRAW else learner.act(item, message)
            if learner.recorded and learner.recorded.fresh:
                await self.room.store.add(self.person.name, learner.recorded.fresh)
        drawing = self._picture(learner, item, message)
        patience = None if message.get("do") == DRAW else _PATIENCE
        picture = await _within(drawing, patience)
        with wording.using(language):
            is_count = type(has) is int and 0 <= has <= before
            standing = self.standing(learner, has if is_count else before, before)
        self.tell({**told, **picture, **standing})

    async def _picture(self, learner: "Learner", item: str, message: dict) -> dict[str, object]:
        told, percent = learner.items[item], message.get("percent")
        if not told.input or type(percent) is not int or not 1 <= percent <= 100:
            return {}
        checker = await self.opened.checker()
        how = {"revealed": learner.revealed(item), "narrow": message.get("narrow") is True}
        return {"picture": await checker.draw(self.room.drawing, item, percent, **how)}


async def _within(drawing: Awaitable[dict], seconds: float | None) -> dict[str, object]:
    """The chart, or none where it takes longer: what was answered is told without it."""
    try:
        return await asyncio.wait_for(drawing, seconds)
    except TimeoutError:
        return {}


class Summary(OfLesson):
    """What was answered, and how often."""

    async def get(self, language: str, name: str) -> None:
        learner = await self.learner()
        with wording.using(language):
            self.tell(learner.summary())


class TakeHome(OfLesson):
    """The file to take along, for the learner who asks and nobody else; not before its place."""

    async def get(self, language: str, name: str) -> None:
        learner = await self.learner()
        if not sheet.offers(self.opened.sheet.blocks[: self.reach(learner)], "take_home"):
            raise tornado.web.HTTPError(404)
        async with self.room.busy(self.person):
            with wording.using(language):
                called, content = await aside(learner.taken_along)
        self.set_header("Content-Type", XLSX)
        told = f"filename={name}.xlsx; filename*=UTF-8''{urllib.parse.quote(called)}.xlsx"
        self.set_header("Content-Disposition", f"attachment; {told}")
        self.finish(content)


class Picture(OfLesson):
    """A chart of the page; its name is that of its content, so a browser asks for it once."""

    async def get(self, language: str, name: str, picture: str) -> None:
        path = self.opened.making.folder / sheet.PICTURES / picture
        if not _PICTURE.fullmatch(picture) or not path.is_file():
            raise tornado.web.HTTPError(404)
        self.set_header("Content-Type", "image/webp")
        self.set_header("Cache-Control", "private, max-age=86400, immutable")
        self.finish(path.read_bytes())


def routes(room: Room) -> list[tuple]:
    """The routes of all lessons of a room, and the files of their pages."""
    lesson, told = r"/(zh|en)/([\w-]+)", {"room": room}
    return [
        (rf"{lesson}/act", Act, told),
        (r"/pulse", Pulse, told),
        (rf"{lesson}/pictures/([\w.]+)", Picture, told),
        (rf"{lesson}/state", State, told),
        (rf"{lesson}/", Page, told),
        (rf"{lesson}/summary", Summary, told),
        (rf"{lesson}/take-home", TakeHome, told),
        (r"/(zh|en)/", Contents, told),
        (r"/(zh|en)/glossary", Glossary, told),
        *pages.files([forms.MODULE, forms.STYLE, *sorted(pages.STATIC.iterdir())]),
    ]
