"""Exams and reviews opened: on this machine, for a class, on one's phone."""

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from crm_lessons import wording, writing
from crm_lessons.course import nickname, results
from crm_lessons.course.exam.composing import Exam
from crm_lessons.errors import CrmError
from crm_lessons.page import class_handlers, exam_handlers, network, serving, teaching
from crm_lessons.page.classroom import ClassRoom
from crm_lessons.page.desks import ExamDesk, ReviewDesk
from crm_lessons.page.learning import Begin, HandIn, OwnRoom, SignIn
from crm_lessons.page.room import Person
from crm_lessons.page.store import FolderStore
from crm_lessons.runs import lessons

LOOK = 10  # seconds between two looks at whose time is up


class ExamRoom(ClassRoom):
    """A class that sits an exam: how many have begun and handed in, and who."""

    desk: ExamDesk

    async def live(self, language: str) -> dict[str, Any]:
        """How far the class is, without names."""
        members = await self.members.all()
        sittings = await self._sittings()
        over = sum(one["handed_in"] is not None for one in sittings.values())
        with wording.using(language):
            told = {"title": wording.text("exam.exam_title"), "reach": None}
        told |= {"lesson": self.desk.exam.name, "people": len(sittings), "finished": over}
        told |= {part: [] for part in ("parts", "questions", "mistakes")}
        return {"people": len(members), "lessons": [told]}

    async def by_name(self, language: str) -> list[dict[str, Any]]:
        """Everybody, and how far they are; nobody's answers are told before the end."""
        sittings, name = await self._sittings(), self.desk.exam.name
        found = []
        for member in await self.members.all():
            told: dict[str, Any] = {"id": member.id, "name": member.name, "pin": bool(member.pin)}
            sitting = sittings.get(member.id)
            if sitting:
                phase = "handed_in" if sitting["handed_in"] is not None else "sitting"
                with wording.using(language):
                    told["told"] = {name: wording.text(f"exam.{phase}")}
            found.append(told | {"lessons": {}})
        return found

    async def hand_in_late(self) -> int:
        """Hand in for those whose time is up; returns how many are still at work."""
        still = 0
        for member in await self.members.all():
            person = Person(member.name, member.id)
            still += not await self.desk.closed(person, self.language)
        return still

    async def watch(self) -> None:
        """Do that again and again while the exam is open."""
        while True:
            await self.hand_in_late()
            await asyncio.sleep(LOOK)

    async def _sittings(self) -> dict[str, dict]:
        told = await self.store.documents(self.desk.exam.name)
        return {key: one for key, one in told.items() if one}


def examine(
    exam: Exam,
    language: str,
    *,
    folder: Path,
    store: str = "",
    port: int = teaching.PORT,
    address: str = "",
    ready: Callable[[ClassRoom, str], None],
) -> int:
    """Let a class sit an exam until Ctrl-C; returns how many still have time and answers not handed
    in. Opened again, it goes on where it was.

    ``folder``, ``store``, ``port``, ``address`` and ``ready`` as in `teaching.teach`.
    """
    exam.chosen()  # what cannot be asked is told before anybody comes in
    kept = teaching.opened(folder, store)
    with writing.scratch(lessons.cache("rooms")) as private:
        room = ExamRoom(private, kept, offered=[])
        room.language, room.desk = language, ExamDesk(exam, kept)
        routes = [*exam_handlers.routes(room, room.desk), *class_handlers.routes(room)]
        application, listening, local = teaching.networked(room, routes, port, address)
        asyncio.run(room.begin())
        try:
            link = f"{local}/teach?token={room.secret}"
            told = {"ready": lambda: ready(room, link), "meanwhile": room.watch}
            serving.run(application, listening, xheaders=bool(address), **told)
            return asyncio.run(room.hand_in_late())
        finally:
            room.close()


def own_exam(exam: Exam, language: str, *, port: int = 0, ready: Callable[[str], None]) -> None:
    """Sit an exam on this machine until Ctrl-C, under the name used last or another one."""
    exam.chosen()
    _own(lambda store: ExamDesk(exam, store), language, port=port, ready=ready)


def review(
    language: str,
    today: date,
    *,
    port: int = 0,
    phone: bool = False,
    ready: Callable[[str], None],
) -> None:
    """Ask a few questions of lessons done before; ``phone``: also for whoever has the address."""
    told = {"port": port, "phone": phone, "ready": ready}
    _own(lambda store: ReviewDesk(store, today), language, **told)


def _own(
    desk: Callable[[FolderStore], ExamDesk | ReviewDesk],
    language: str,
    *,
    port: int = 0,
    phone: bool = False,
    ready: Callable[[str], None],
) -> None:
    store = FolderStore(results.folder())
    with writing.scratch(lessons.cache("rooms")) as private:
        room = OwnRoom(private, store, offered=[])
        room.name = nickname.remembered()
        told = {"room": room}
        routes = [
            (r"/", Begin, told | {"to": f"/{language}/exam/"}),
            (r"/(zh|en)/sign-in", SignIn, told),
            (r"/(zh|en)/hand-in", HandIn, told),
            *exam_handlers.routes(room, desk(store)),
        ]
        opened = _on_the_network if phone else serving.local
        application, listening, link = opened(routes, port)
        try:
            serving.run(application, listening, ready=lambda: ready(link))
        finally:
            room.close()


def _on_the_network(routes: list[tuple], port: int) -> tuple:
    """The same for a phone in this network: whoever holds the address with its key comes in."""
    found = network.addresses()
    if not found:
        raise CrmError("no_network")
    listening = serving.sockets(port, None)
    port = listening[0].getsockname()[1]
    hosts = {f"{serving.HOST}:{port}", f"localhost:{port}"}
    made = serving.Application(routes, hosts=hosts, key=serving.key(), networked=True)
    return made, listening, f"http://{found[0]}:{port}/?token={made.key}"
