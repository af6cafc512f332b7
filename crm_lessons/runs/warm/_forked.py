"""From a fresh fork of the server to a process that nobody can tell from an ordinary one."""

import atexit
import importlib
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the server imports it, in its own time
    from ipykernel.thread import BaseThread

SECONDS_TO_FINISH = 1  # less than anybody waits who has told the kernel to end
INLINE = "module://matplotlib_inline.backend_inline"


@dataclass
class Order:
    """A process that somebody asked for: a kernel, or what runs the ``main`` of a module.

    ``files`` are for its standard output, its errors and, if there is a third, its input.
    """

    arguments: list[str]
    environment: dict[str, str]
    cwd: str
    client: int
    files: list[int]
    module: str = ""


def become(order: Order) -> None:
    """Take the client's environment, working folder and output, and do what was ordered."""
    _be_as_started_by(order)
    if order.module:
        importlib.import_module(order.module).main()
    else:
        _be_a_kernel(order)


def _be_a_kernel(order: Order) -> None:
    """Run until told to end."""
    from ipykernel.kernelapp import IPKernelApp

    # The parent is the server: without it nobody would notice that the client has ended.
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(order.arguments)
    _draw_inline(app.shell)
    app.start()
    _end(app.control_thread)


def _end(control: "BaseThread | None") -> None:
    """End as Python does, but for taking every imported module apart: the system is quicker.

    The control thread, which was told to end the kernel, finishes first. ipykernel stops the thread
    that sends output meanwhile: if control waits for it just then, it does so for ten seconds.
    """
    if control:
        control.stop()
        control.join(SECONDS_TO_FINISH)
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.__stdout__, sys.__stderr__):
        stream.flush()
    os._exit(0)


def _be_as_started_by(order: Order) -> None:
    os.setsid()  # a signal to the client's terminal is not for kernels
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGPIPE"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # as Python does when it starts
    for number, standard in zip(order.files, (1, 2, 0), strict=False):
        os.dup2(number, standard)
        os.close(number)
    os.environ.clear()
    os.environ.update(order.environment, JPY_PARENT_PID=str(order.client))
    time.tzset()
    os.chdir(order.cwd)
    sys.argv = ["ipykernel_launcher", *order.arguments]
    _forget_the_servers_chance()


def _forget_the_servers_chance() -> None:
    """Else all kernels would draw the same random numbers. Python's own are seeded at a fork."""
    import numpy as np

    np.random.seed(None)


def _draw_inline(shell) -> None:
    """What happens by itself in a kernel that imports matplotlib after its start."""
    if os.environ.get("MPLBACKEND") == INLINE:
        shell.enable_matplotlib("inline")
