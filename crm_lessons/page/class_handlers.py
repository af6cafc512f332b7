"""What a class may ask for beside its lessons: the door, the projector's page, the instructor's.

===========================================  ===================================================
``GET  /``                                   the door: class code, name, PIN
``POST /join``                               come in; sets the cookie of this device
``POST /leave``, ``POST /zh/sign-in``        let the device be forgotten; mend one's name
``GET  /board``, ``/board/state``            address, QR code and the class without names
``GET  /teach``, ``/teach/state``            the same with names (secret link)
``POST /teach/pace``, ``/teach/forget-pin``  how far everybody may go; a PIN chosen anew
===========================================  ===================================================
"""

import json
import secrets

import babel
import tornado.web

from crm_lessons import wording
from crm_lessons.errors import CrmError
from crm_lessons.page import lesson_handlers, network, pages
from crm_lessons.page.classroom import COOKIE, ClassRoom
from crm_lessons.page.room_handlers import RoomHandler

TEACHER = "crm-teach"
DAYS = 60  # that a device is known
MOST_PARTS = 100


class OfClass(RoomHandler):
    """A handler of a room that is a class; texts in the language of the page that asks."""

    room: ClassRoom

    @property
    def language(self) -> str:
        """The language asked for by the page, else by the browser, else that of the class."""
        asked = self.get_query_argument("lang", "")
        if asked in wording.LANGUAGES:
            return asked
        spoken = self.request.headers.get("Accept-Language", "").lower()[:2]
        return spoken if spoken in wording.LANGUAGES else self.room.language

    def shown(self, template: str, **values: object) -> None:
        """A page of the class; ``live`` are the texts of its script."""
        with wording.using(self.language):
            told = pages.texts("classroom")
        live = {name[5:]: text for name, text in told.items() if name.startswith("live_")}
        self.page(template, self.language, words=told, live=json.dumps(live), **values)

    def told(self, error: CrmError) -> None:
        """An error as a page expects it."""
        with wording.using(self.language):
            self.tell({"error": str(error), "key": error.key})


class Door(OfClass):
    """Where everybody comes in; whoever is in already goes on to the lessons."""

    async def get(self) -> None:
        if (await self.room.who(self)).name:
            self.redirect(f"/{self.language}/")
            return
        other = next(one for one in wording.LANGUAGES if one != self.language)
        called = babel.Locale.parse(other).get_language_name(other)
        plain = self.request.protocol != "https"
        self.shown("join.html", other=other, called=called, plain=plain)


class Join(OfClass):
    """Takes a name, a PIN and the code of the class."""

    async def post(self) -> None:
        address = self.request.remote_ip or ""
        if not self.room.joins.take(address):
            raise tornado.web.HTTPError(429)
        told = {name: str(value)[:200] for name, value in self.body().items()}
        try:
            self._right_code(told.get("code", ""), address)
            member, cookie = await self.room.members.join(
                told.get("name", ""), told.get("pin", ""), other=told.get("other") == "True"
            )
        except CrmError as error:
            self.told(error)
            return
        self.keep_cookie(COOKIE, cookie, days=DAYS)
        self.tell({"who": member.name, "to": f"/{self.language}/"})

    def _right_code(self, given: str, address: str) -> None:
        given = "".join(given.split())
        if secrets.compare_digest(given.encode(), self.room.code.encode()):
            return
        if not self.room.codes.take(address):
            raise tornado.web.HTTPError(429)
        raise CrmError("class_code_wrong")


class Leave(OfClass):
    """This device is somebody else's now."""

    def post(self) -> None:
        self.clear_cookie(COOKIE, httponly=True, samesite="Strict")
        self.tell({})


class Rename(OfClass):
    """Mends the name of whoever asks."""

    async def post(self, language: str) -> None:
        member = await self.room.member(self)
        if member is None:
            raise tornado.web.HTTPError(401)
        name = str(self.body().get("name", ""))[:200]
        try:
            async with self.room.busy(await self.room.who(self)):
                member = await self.room.members.rename(member, name)
        except CrmError as error:
            with wording.using(language):
                self.tell({"error": str(error), "key": error.key})
            return
        self.tell({"who": member.name})


class NothingToHandIn(OfClass):
    """Results are with the instructor already."""

    def post(self, language: str) -> None:
        with wording.using(language):
            self.tell({"lines": [wording.text("classroom.handed_in")]})


class Teaching(OfClass):
    """For whoever holds the instructor's secret link."""

    async def prepare(self) -> None:
        super().prepare()
        if not self._finished:
            self.only_with(self.room.secret, TEACHER)


class Board(Teaching):
    """The projector's page."""

    def get(self) -> None:
        self.shown("board.html")


class BoardState(Teaching):
    """What the projector shows: counts, no names."""

    async def get(self) -> None:
        told = await self.room.live(self.language)
        self.tell(told | {"address": self.room.address, "code": self.room.code})


class Qr(Teaching):
    """Address and class code as a QR code."""

    def get(self) -> None:
        self.set_header("Content-Type", "image/svg+xml")
        self.finish(network.qr_as_svg(self.room.invitation))


class Teach(Teaching):
    """The instructor's page."""

    def get(self) -> None:
        self.shown("teach.html")


class TeachState(Teaching):
    """Everybody by name."""

    async def get(self) -> None:
        told = await self.room.live(self.language)
        self.tell(told | {"members": await self.room.by_name(self.language)})


class Pace(Teaching):
    """How many parts of a lesson everybody may see; null for one's own pace."""

    async def post(self) -> None:
        told = self.body()
        lesson, reach = told.get("lesson"), told.get("reach")
        is_number = type(reach) is int and 1 <= reach <= MOST_PARTS
        if lesson not in self.room.offered or not (reach is None or is_number):
            raise tornado.web.HTTPError(400)
        await self.room.set_pace(lesson, reach)
        self.tell({"reach": reach})


class ForgetPin(Teaching):
    """Lets somebody choose a PIN anew."""

    async def post(self) -> None:
        await self.room.members.forget_pin(str(self.body().get("id", "")))
        self.tell({})


def routes(room: ClassRoom) -> list[tuple]:
    """All routes of a class."""
    told = {"room": room}
    own = [
        (r"/", Door),
        (r"/join", Join),
        (r"/leave", Leave),
        (r"/(zh|en)/sign-in", Rename),
        (r"/(zh|en)/hand-in", NothingToHandIn),
        (r"/board", Board),
        (r"/board/state", BoardState),
        (r"/board/qr\.svg", Qr),
        (r"/teach", Teach),
        (r"/teach/state", TeachState),
        (r"/teach/pace", Pace),
        (r"/teach/forget-pin", ForgetPin),
    ]
    # Routes are tried in turn: what is asked for most stands first.
    return [*lesson_handlers.routes(room), *((path, kind, told) for path, kind in own)]
