"""The first door: lessons as pages in the browser, for one person on this machine."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from crm_lessons import wording, writing
from crm_lessons.course import handing_in, nickname, results
from crm_lessons.errors import CrmError
from crm_lessons.page import lesson_handlers, serving
from crm_lessons.page.lesson_handlers import RoomHandler
from crm_lessons.page.preparing import prepared
from crm_lessons.page.room import Person, Room
from crm_lessons.page.store import FolderStore
from crm_lessons.runs import lessons
from crm_lessons.runs.lessons import Lesson


class OwnRoom(Room):
    """A room for one: whoever sat here last goes on, until somebody gives another name."""

    name = ""

    @property
    def file(self) -> Path:
        """Where the answers of the one at work are kept; CrmError while there is no name."""
        return self.store.folder / results.file_name(self.name)

    async def who(self, handler: RoomHandler) -> Person:
        """The one at work."""
        return Person(self.name)

    def sign_in(self, name: str) -> None:
        """Work under this name from now on; CrmError if it cannot be one."""
        results.file_name(name)  # refuses an empty one
        if len(name) > results.LONGEST_TEXT:
            raise CrmError("nickname_too_long", bound=results.LONGEST_TEXT)
        self.name = name.strip()
        nickname.remember(self.name)


class SignIn(RoomHandler):
    """Takes a name."""

    def post(self, language: str) -> None:
        with wording.using(language):
            try:
                self.room.sign_in(str(self.body().get("name", "")))
                self.tell({"who": self.room.name})
            except CrmError as error:
                self.tell({"error": str(error), "key": error.key})


class HandIn(RoomHandler):
    """Says where the file is, or copies it to the folder of the class."""

    def post(self, language: str) -> None:
        with wording.using(language):
            try:
                told = handing_in.told(self.room.file if self.room.name else None)
            except CrmError as error:
                told = [str(error)]
        self.tell({"lines": told})


class Begin(RoomHandler):
    """The address without more leads to the lesson that was asked for."""

    def initialize(self, room: Room, to: str) -> None:
        super().initialize(room)
        self.to = to

    def get(self) -> None:
        self.redirect(self.to)


def learn(
    lesson: Lesson,
    language: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    latest: date | None = None,
    port: int = 0,
    ready: Callable[[str], None],
) -> None:
    """Serve lessons as pages until Ctrl-C, beginning with one; ``ready`` is told the address.

    With ``parameters``, such as a company's own order file, this lesson runs on them, and paths
    count from the current folder; ``latest`` is then the day after which an order is a fault.
    """
    if parameters:  # refused before it starts; it takes its time, and a page that is kept has none
        from crm_lessons.runs import _whole_run

        _whole_run.with_parameters(lesson, language, parameters, latest)
    with writing.scratch(lessons.cache("rooms")) as private:
        told = {"own": lesson.name, "parameters": parameters, "latest": latest}
        room = OwnRoom(private, FolderStore(results.folder()), offered=lessons.names(), **told)
        room.name = nickname.remembered()
        application, sockets, address = serving.local(_routes(room, lesson, language), port)

        async def begin() -> None:
            opened = room.open(lesson.name, language)
            # On somebody's own data a page is made each time, and read while it grows.
            await prepared([] if parameters else [opened], lambda: ready(address))

        try:
            serving.run(application, sockets, meanwhile=begin)
        finally:
            room.close()


def _routes(room: Room, lesson: Lesson, language: str) -> list[tuple]:
    told = {"room": room}
    return [
        (r"/", Begin, told | {"to": f"/{language}/{lesson.name}/"}),
        (r"/(zh|en)/sign-in", SignIn, told),
        (r"/(zh|en)/hand-in", HandIn, told),
        *lesson_handlers.routes(room),
    ]
