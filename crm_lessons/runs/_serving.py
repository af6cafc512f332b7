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
from pathlib import Path

from crm_lessons.errors import CrmError

HOST = "127.0.0.1"
SECONDS_TO_END = 20
SECONDS_BETWEEN_LOOKS = 0.1
WATCHED = "crm_lessons.runs._watched"
LAST_WORDS = 20  # lines of the log that an error shows


# A page of another address can make a browser send no cookie of ours.
SAME_SITE = {"samesite": "Lax"}
COOKIES = {"xsrf_cookie_kwargs": SAME_SITE}


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


def identity(at: Place) -> dict[str, object]:
    """Jupyter's settings on who may come in."""
    return {"token": at.token, "cookie_options": SAME_SITE}


def serve(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    at: Place,
    log: Path,
    ready: Callable[[], None],
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Run a server until it ends or Ctrl-C is pressed; CrmError if it ends before it answers.

    What it says goes to the file ``log``, because it is no help to a learner. ``ready`` is called
    once, when it answers; ``meanwhile`` every two seconds from then on.
    """
    with _ended_by_signals(), _process(command, env, log) as server:
        try:
            if not _answers(server, at.port):
                last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_WORDS:]
                raise CrmError("server_ended", code=server.returncode, said="\n".join(last))
            ready()
            while server.poll() is None:
                meanwhile()
                time.sleep(2)
        except KeyboardInterrupt:
            pass


def _answers(server: subprocess.Popen, port: int) -> bool:
    """Wait until the server answers; False if it ended instead."""
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return True
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return False


@contextmanager
def _process(
    command: Sequence[str], env: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen]:
    with log.open("wb") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", WATCHED, *command],
            env=dict(env),
            stdin=subprocess.PIPE,  # closed by the system when this process ends, however it ends
            stdout=said,
            stderr=said,
        )
    try:
        yield server
    finally:
        server.terminate()  # it ends its kernels itself
        try:
            server.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        server.stdin.close()


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
