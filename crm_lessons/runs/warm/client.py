"""Asking the fork server for a kernel, starting the server where none answers."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from crm_lessons.runs.warm import _address
from crm_lessons.runs.warm._process import WarmProcess

SERVER = "crm_lessons.runs.warm._server"
# Not -m, which would import from the working folder first; not -P, which kernels would inherit.
BOOT = "import sys; sys.path.remove('') if '' in sys.path else None; from {0} import main; main()"
FILES_AT_MOST = 3  # standard output, errors, input
LENGTH = 4  # bytes in front of an order that say how long it is
SECONDS_TO_LISTEN = 20  # a server listens before it imports: that is soon, on a busy machine too
SECONDS_TO_FORK = 120  # the first kernel waits for all imports
SECONDS_BETWEEN_LOOKS = 0.02
# Held, because Python complains of a process that is forgotten while it runs.
_servers: list[subprocess.Popen] = []


def order(
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str],
    cwd: str | os.PathLike | None,
    stdout: int,
    stderr: int,
    stdin: int | None = None,
    module: str = "",
) -> WarmProcess | None:
    """A forked kernel, given the arguments of ``ipykernel_launcher``; None if there can be none.

    ``stdout``, ``stderr`` and ``stdin`` are open file descriptors, which the kernel gets copies of.
    With ``module`` the fork runs the function ``main`` of that module and is no kernel.
    """
    if not _address.supported():
        return None
    path = _address.socket_path(environment)
    told = {
        "arguments": list(arguments),
        "environment": dict(environment),
        "cwd": os.path.abspath(cwd or os.curdir),
        "client": os.getpid(),
        "module": module,
    }
    files = [stdout, stderr] + ([] if stdin is None else [stdin])
    for _ in range(2):  # the first server may be about to end, having been idle for long
        connection = _connect(path, environment) if path else None
        if connection is None:
            return None
        try:
            return WarmProcess(connection, _send(connection, told, files))
        except (OSError, ValueError, KeyError):
            connection.close()
    return None


def prepare() -> None:
    """Start the server for kernels of this process, so that it imports while others do as well.

    Nothing happens where one answers already, or where kernels cannot be forked.
    """
    path = _address.socket_path(os.environ) if _address.supported() else None
    if path is None:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        if probe.connect_ex(os.fspath(path)):
            _start(path, os.environ)


def _send(connection: socket.socket, told: dict, files: list[int]) -> int:
    """Send an order, wait for the fork, return the kernel's process id."""
    connection.settimeout(SECONDS_TO_FORK)
    content = json.dumps(told).encode()
    socket.send_fds(connection, [len(content).to_bytes(LENGTH, "big")], files)
    connection.sendall(content)
    answer = b""
    while not answer.endswith(b"\n"):
        part = connection.recv(1)  # what follows is for WarmProcess
        if not part:
            raise ConnectionResetError
        answer += part
    return json.loads(answer)["pid"]


def _connect(path: Path, environment: Mapping[str, str]) -> socket.socket | None:
    started: subprocess.Popen | None = None
    until = time.monotonic() + SECONDS_TO_LISTEN
    while time.monotonic() < until:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(os.fspath(path))
            return connection
        except OSError:
            connection.close()
        # One that ended at once met another that is just starting, or just ending.
        if started is None or started.poll() is not None:
            if started is not None and started.returncode:
                return None
            started = _start(path, environment)
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return None


def _start(path: Path, environment: Mapping[str, str]) -> subprocess.Popen:
    # Nothing of ours is left open in it: whoever reads our output would wait for the server's end.
    with path.with_suffix(".log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", BOOT.format(SERVER), os.fspath(path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=dict(environment),
            start_new_session=True,
        )
    _servers[:] = [one for one in _servers if one.poll() is None] + [server]
    return server
