"""The fork server: the process that kernels are forked from, started by `client`.

The workers of a batch are forked from it too; all that is said here of kernels is true of them.

It imports, then waits for orders, in one thread: a fork copies one thread only, and a lock that
another thread held would stay locked for ever in the copy. For the same reason libraries are
imported here and hardly used, see `imports`.

One connection is one kernel. The order comes over it with the open files for the kernel's output;
the kernel's process id and, at its end, its exit code go back; signals come. When the connection
ends before the kernel does, the kernel is killed. Nobody connected for `IDLE_SECONDS`, and the
server ends. If it is killed itself, each kernel sees that its parent is gone and ends.
"""

import contextlib
import fcntl
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from crm_lessons.runs.warm import _imports
from crm_lessons.runs.warm._forked import Order, become
from crm_lessons.runs.warm.client import FILES_AT_MOST, LENGTH

IDLE_SECONDS = float(os.environ.get("CRM_LESSONS_WARM_IDLE", "60"))
SECONDS_TO_ORDER = 10  # a client that connects and says nothing would keep all others waiting


@dataclass
class Kernel:
    """A kernel that was forked and the connection it was ordered over, while there is one."""

    pid: int
    connection: socket.socket | None


class Server:
    """Waits for orders. `serve` returns in two ways: None at the end, an order in a fork."""

    def __init__(self, listening: socket.socket, lock: int) -> None:
        self.listening = listening
        self.lock = lock
        self.kernels: dict[int, Kernel] = {}
        self.selector = selectors.DefaultSelector()
        self.woken, self.waking = socket.socketpair()

    def serve(self) -> Order | None:
        """Fork a kernel for each order, until nobody has needed the server for a while."""
        for one in (self.woken, self.waking):
            one.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.waking.fileno(), warn_on_full_buffer=False)
        self.selector.register(self.listening, selectors.EVENT_READ)
        self.selector.register(self.woken, selectors.EVENT_READ)
        since = time.monotonic()
        while self.kernels or time.monotonic() - since < IDLE_SECONDS:
            for key, _ in self.selector.select(timeout=min(IDLE_SECONDS, 1)):
                since = time.monotonic()
                if key.fileobj is self.listening:
                    order = self._accept()
                    if order:
                        return order
                elif key.fileobj is self.woken:
                    with contextlib.suppress(BlockingIOError):
                        self.woken.recv(4096)
                else:
                    self._heard(key.data)
            self._bury()
        return None

    def _accept(self) -> Order | None:
        """Take an order and fork: the order in the fork, None in the server."""
        connection, _ = self.listening.accept()
        files: list[int] = []
        try:
            order = _read(connection, files)
            _have(order.module)
        except (OSError, ValueError, TypeError, ImportError):
            connection.close()
            order = None
        if order:
            pid = os.fork()
            if pid == 0:
                self._leave(connection)
                return order
            self._born(Kernel(pid, connection))
        for number in files:
            os.close(number)
        return None

    def _born(self, kernel: Kernel) -> None:
        self.kernels[kernel.pid] = kernel
        self._tell(kernel, pid=kernel.pid)
        kernel.connection.setblocking(False)
        self.selector.register(kernel.connection, selectors.EVENT_READ, kernel)

    def _leave(self, connection: socket.socket) -> None:
        """In the fork: let go of all that is the server's, so that an end is seen as an end."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        others = [k.connection for k in self.kernels.values() if k.connection]
        self.selector.close()
        for one in (self.listening, self.woken, self.waking, connection, *others):
            one.close()
        os.close(self.lock)

    def _heard(self, kernel: Kernel) -> None:
        """A signal for a kernel, or the end of whoever ordered it."""
        try:
            told = kernel.connection.recv(1024)
            numbers = [json.loads(line)["signal"] for line in told.splitlines()]
        except BlockingIOError:
            return
        except (OSError, ValueError, KeyError, TypeError):
            numbers = []  # gone, or not one of ours: it must not cost the others their kernels
        if not numbers:
            self._part(kernel)
        for number in numbers or [signal.SIGKILL]:
            _signal(kernel.pid, number)

    def _bury(self) -> None:
        """Tell the exit codes of the kernels that have ended."""
        for kernel in list(self.kernels.values()):
            pid, status = os.waitpid(kernel.pid, os.WNOHANG)
            if pid:
                del self.kernels[pid]
                self._tell(kernel, exit=os.waitstatus_to_exitcode(status))
                self._part(kernel)

    def _tell(self, kernel: Kernel, **what: int) -> None:
        if kernel.connection:
            with contextlib.suppress(OSError):
                kernel.connection.sendall(json.dumps(what).encode() + b"\n")

    def _part(self, kernel: Kernel) -> None:
        if kernel.connection:
            with contextlib.suppress(KeyError):
                self.selector.unregister(kernel.connection)
            kernel.connection.close()
            kernel.connection = None


def _read(connection: socket.socket, files: list[int]) -> Order:
    connection.settimeout(SECONDS_TO_ORDER)
    head, got, _, _ = socket.recv_fds(connection, LENGTH, FILES_AT_MOST)
    files += got
    told = b""
    while len(told) < int.from_bytes(head, "big"):
        part = connection.recv(65536)
        if not part:
            raise ConnectionResetError
        told += part
    return Order(**json.loads(told), files=files)


def _have(module: str) -> None:
    """Import what an order runs, once for all that ask for it; kernels alone never need it."""
    if module and module not in sys.modules:
        importlib.import_module(module)
        gc.freeze()


def _signal(pid: int, number: int) -> None:
    """To the kernel's group; a fork that has not yet made its own is reached alone."""
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        os.kill(pid, number)  # not yet waited for: its number is nobody else's


def _listen(path: Path) -> tuple[socket.socket, int] | None:
    """The socket, and the lock that keeps a second server away; None if there is one."""
    lock = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(os.fspath(path))
    listening.listen(64)
    return listening, lock


def main() -> None:
    """Serve on the socket named on the command line; do in each fork what was ordered."""
    path = Path(sys.argv[1])
    at = _listen(path)
    if at is None:
        return
    with contextlib.suppress(OSError):
        os.ftruncate(1, 0)  # the log tells of this server only
    os.chdir("/")  # be in nobody's way
    gc.disable()  # imports leave no garbage, and looking for it takes a seventh of their time
    _imports.import_everything()
    _imports.use_once()
    gc.collect()
    gc.freeze()  # memory that no fork touches stays shared
    gc.enable()
    order = Server(*at).serve()
    if order is None:
        path.unlink(missing_ok=True)  # whoever comes now starts another server
        return
    become(order)
