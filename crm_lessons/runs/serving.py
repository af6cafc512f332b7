"""A Jupyter server for one person on this machine: started, waited for, ended with its kernels."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from crm_lessons.errors import CrmError

HOST = "127.0.0.1"
SECONDS_TO_END = 20
SECONDS_BETWEEN_LOOKS = 0.1
LOG_LEVEL_CRITICAL = 50  # what a server logs is no help to a learner


@dataclass(frozen=True)
class Place:
    """Where a server listens. The token keeps other users of the machine out."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    def address(self, path: str = "/") -> str:
        """The address to open in a browser, with its key."""
        return f"http://{HOST}:{self.port}{path}?token={self.token}"


def place(port: int = 0) -> Place:
    """The port asked for, or any free one for 0; CrmError if it is taken."""
    with socket.socket() as probe:
        if os.name == "posix":  # else a port that was in use a minute ago counts as taken
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CrmError("port_taken", port=port) from error
        return Place(probe.getsockname()[1])


def serve(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    at: Place,
    ready: Callable[[], None],
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Run a server until it ends or Ctrl-C is pressed.

    ``ready`` is called once, when it answers; ``meanwhile`` every two seconds from then on.
    """
    with _ended_by_signals(), _process(command, env) as server:
        try:
            _wait_until_it_answers(server, at.port)
            ready()
            while server.poll() is None:
                meanwhile()
                time.sleep(2)
        except KeyboardInterrupt:
            pass


def _wait_until_it_answers(server: subprocess.Popen, port: int) -> None:
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(SECONDS_BETWEEN_LOOKS)
    raise CrmError("server_ended", code=server.returncode)


@contextmanager
def _process(command: Sequence[str], env: Mapping[str, str]) -> Iterator[subprocess.Popen]:
    server = subprocess.Popen([sys.executable, "-m", *command], env=dict(env))
    try:
        yield server
    finally:
        server.terminate()  # it ends its kernels itself
        try:
            server.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let a closed terminal and ``kill`` end the server as Ctrl-C does."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), _interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
