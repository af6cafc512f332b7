"""A small server for one person on this machine, or for a room: who may come in, and how it ends.

What is made with it is a list of routes whose handlers are `Handler`; `application` makes them one,
`run` serves it until Ctrl-C, or until a handler calls ``self.application.end(result)``.
"""

import asyncio
import contextlib
import secrets
import signal
import socket
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import tornado.httpserver
import tornado.netutil
import tornado.web

from crm_lessons.errors import CrmError
from crm_lessons.page.handler import MOST_BYTES, File, Handler, Nothing

__all__ = ["HOST", "MOST_BYTES", "Application", "File", "Handler", "local", "run", "sockets"]

HOST = "127.0.0.1"


class Application(tornado.web.Application):
    """``hosts`` are the names under which it may be asked for (``127.0.0.1:8000``).

    ``key`` is what whoever comes in must hold, "" for a server that asks otherwise. One that is
    ``networked`` answers also under the addresses of this machine.
    """

    def __init__(
        self,
        routes: Sequence[tuple],
        *,
        hosts: Iterable[str] = (),
        key: str = "",
        networked: bool = False,
        **told: Any,
    ) -> None:
        self.hosts, self.key, self.networked = set(hosts), key, networked
        self.ended: asyncio.Future | None = None
        routes = [*routes, (r"/.*", Nothing)]
        super().__init__(routes, compress_response=True, log_function=lambda _: None, **told)

    @property
    def cookie(self) -> str:
        """The name of the key's cookie: browsers give a cookie to every port of a host."""
        return f"crm-key-{min(self.hosts, default='').rpartition(':')[2]}"

    def end(self, result: object = None) -> None:
        """Stop serving; `run` returns the result."""
        if self.ended is not None and not self.ended.done():
            self.ended.set_result(result)


def sockets(port: int = 0, address: str | None = HOST) -> list[socket.socket]:
    """Listening sockets on the port asked for, any free one for 0; CrmError if it is taken."""
    try:
        return tornado.netutil.bind_sockets(port, address, family=socket.AF_INET, backlog=512)
    except (OSError, OverflowError) as error:
        raise CrmError("port_taken", port=port) from error


def key() -> str:
    """A fresh key, which keeps other users of this machine out."""
    return secrets.token_urlsafe(24)


def local(routes: Sequence[tuple], port: int = 0) -> tuple[Application, list[socket.socket], str]:
    """An application for this machine alone, its sockets, and its address with the key."""
    listening = sockets(port)
    port = listening[0].getsockname()[1]
    names = {f"{HOST}:{port}", f"localhost:{port}"}
    made = Application(routes, hosts=names, key=key())
    return made, listening, f"http://{HOST}:{port}/?token={made.key}"


def run(
    application: Application,
    listening: list[socket.socket],
    *,
    ready: Callable[[], None] = lambda: None,
    meanwhile: Callable[[], Any] | None = None,
    xheaders: bool = False,
) -> object:
    """Serve until Ctrl-C, a closed terminal, or ``application.end(result)``: then the result.

    ``ready`` is called once when it answers; ``meanwhile`` makes a coroutine that runs beside, and
    whose error ends it.
    """
    try:
        return asyncio.run(_serve(application, listening, ready, meanwhile, xheaders))
    except KeyboardInterrupt:  # where signals cannot be heard in a better way
        return None


async def _serve(
    application: Application,
    listening: list[socket.socket],
    ready: Callable[[], None],
    meanwhile: Callable[[], Any] | None,
    xheaders: bool,
) -> object:
    application.ended = asyncio.get_running_loop().create_future()
    _hear_signals(application)
    server = tornado.httpserver.HTTPServer(
        application,
        max_body_size=MOST_BYTES,
        max_header_size=16_000,
        idle_connection_timeout=120,
        body_timeout=20,
        xheaders=xheaders,
    )
    server.add_sockets(listening)
    beside = asyncio.ensure_future(meanwhile()) if meanwhile else None
    if beside is not None:
        beside.add_done_callback(lambda task: _failed(application, task))
    try:
        ready()
        return await application.ended
    finally:
        server.stop()
        if beside is not None:
            beside.cancel()
            await asyncio.gather(beside, return_exceptions=True)
        await server.close_all_connections()


def _failed(application: Application, beside: asyncio.Task) -> None:
    """What went wrong beside the serving is an error of the whole."""
    error = None if beside.cancelled() else beside.exception()
    if error is not None and not application.ended.done():
        application.ended.set_exception(error)


def _hear_signals(application: Application) -> None:
    """Let a closed terminal and ``kill`` end the server as Ctrl-C does, after what is under way."""
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with contextlib.suppress(NotImplementedError, AttributeError, RuntimeError, ValueError):
            loop.add_signal_handler(getattr(signal, name), application.end)
