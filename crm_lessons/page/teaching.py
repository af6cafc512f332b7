"""``crm-lessons class``: lessons for everybody in the room, from the instructor's machine."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from crm_lessons import wording, writing
from crm_lessons.errors import CrmError
from crm_lessons.page import class_handlers, network, serving
from crm_lessons.page.classroom import ClassRoom
from crm_lessons.page.preparing import prepared
from crm_lessons.page.store import FolderStore, Store
from crm_lessons.runs import lessons
from crm_lessons.runs.lessons import Lesson

PORT = 8018
_PATIENCE = 120  # seconds that the page of the next lesson waits for one in another language


def teach(
    chosen: list[Lesson],
    language: str,
    *,
    folder: Path,
    store: str = "",
    port: int = PORT,
    address: str = "",
    ready: Callable[[ClassRoom, str], None],
) -> None:
    """Serve lessons to a class until Ctrl-C; ``ready`` is told the room and the secret link.

    Everything is kept in ``folder``, or in the database ``store`` (``postgresql://…``), which
    several servers may share. With an ``address`` (``https://lessons.company.example``) the server
    stands behind a proxy on this machine: it listens there only and answers under that name.
    """
    kept = opened(folder, store)
    with writing.scratch(lessons.cache("rooms")) as private:
        room = ClassRoom(private, kept, offered=[one.name for one in chosen])
        room.language = language
        routes = class_handlers.routes(room)
        application, listening, local = networked(room, routes, port, address)
        asyncio.run(room.begin())

        async def begin() -> None:
            pages = [room.open(one.name, language) for one in chosen]
            await prepared(pages, lambda: ready(room, f"{local}/teach?token={room.secret}"))
            for one in chosen:  # for whoever reads another language, while the class begins
                for other in wording.LANGUAGES:
                    await room.open(one.name, other).grown(_PATIENCE)

        try:
            serving.run(application, listening, meanwhile=begin, xheaders=bool(address))
        finally:
            room.close()


def networked(
    room: ClassRoom, routes: list[tuple], port: int, address: str
) -> tuple[serving.Application, list[socket.socket], str]:
    """The room's application and sockets, and the address under which this machine reaches it."""
    listening = serving.sockets(port, serving.HOST if address else None)
    port = listening[0].getsockname()[1]
    room.address = address.rstrip("/") or _address(port)
    own = {f"{serving.HOST}:{port}", f"localhost:{port}"}
    hosts = {_host(address)} if address else own
    application = serving.Application(routes, hosts=hosts, networked=not address)
    return application, listening, room.address if address else f"http://{serving.HOST}:{port}"


def opened(folder: Path, store: str) -> Store:
    """The store that was asked for; CrmError if it cannot be used."""
    if store:
        from crm_lessons.page.database import DatabaseStore

        return DatabaseStore(store)
    kept = FolderStore(folder)
    kept.claim()
    return kept


def _address(port: int) -> str:
    found = [*network.addresses(), serving.HOST]
    return f"http://{found[0]}:{port}"


def _host(address: str) -> str:
    told = urlsplit(address)
    if told.scheme not in ("http", "https") or not told.netloc or told.path.strip("/"):
        raise CrmError("class_address", given=address)
    return told.netloc
