"""What a browser may ask of a paper: its page, what is to be seen, what somebody did.

===========================  =================================================================
``GET  /zh/exam/``           the page
``GET  /zh/exam/state``      all that is to be seen
``POST /zh/exam/act``        begin, keep, hand in; in a review submit and solve
===========================  =================================================================
"""

import babel
import tornado.web

from crm_lessons import wording
from crm_lessons.errors import CrmError
from crm_lessons.page import pages
from crm_lessons.page.desks import ExamDesk, ReviewDesk
from crm_lessons.page.room import Room
from crm_lessons.page.room_handlers import RoomHandler
from crm_lessons.show import forms


class OfPaper(RoomHandler):
    """What all of them begin with."""

    def initialize(self, room: Room, desk: ExamDesk | ReviewDesk) -> None:
        super().initialize(room)
        self.desk = desk


class Page(OfPaper):
    """The page itself."""

    async def get(self, language: str) -> None:
        if self.room.kind == "class" and not (await self.room.who(self)).name:
            self.redirect("/")
            return
        with wording.using(language):
            told = pages.texts("exam")
        other = next(one for one in wording.LANGUAGES if one != language)
        called = babel.Locale.parse(other).get_language_name(other)
        self.page("exam.html", language, said=told, desk=self.desk, other=other, called=called)


class State(OfPaper):
    """All that is to be seen."""

    async def get(self, language: str) -> None:
        person = await self.room.who(self)
        if self.room.kind == "class" and not person.name:
            raise tornado.web.HTTPError(401)
        with wording.using(language):
            words = pages.texts("page") | pages.texts("forms") | pages.texts("exam")
            state = await self.desk.state(person, language) if person.name else {"phase": "before"}
            self.tell({"who": person.name, "room": self.room.kind, "words": words, **state})


class Act(OfPaper):
    """What somebody did; what is acknowledged is stored."""

    async def post(self, language: str) -> None:
        message = self.body()
        person = await self.room.who(self)
        if not person.name:
            raise tornado.web.HTTPError(401)
        with wording.using(language):
            try:
                async with self.room.busy(person):
                    self.room.admit(person, 0, 0)
                    self.tell(await self.desk.act(person, language, message))
            except CrmError as error:
                self.tell({"error": str(error), "key": error.key})


def routes(room: Room, desk: ExamDesk | ReviewDesk) -> list[tuple]:
    """The routes of a paper, and the files of its page."""
    told = {"room": room, "desk": desk}
    return [
        (r"/(zh|en)/exam/state", State, told),
        (r"/(zh|en)/exam/act", Act, told),
        (r"/(zh|en)/exam/", Page, told),
        (r"/(zh|en)/", Page, told),
        *pages.files([forms.MODULE, forms.STYLE, *sorted(pages.STATIC.iterdir())]),
    ]
