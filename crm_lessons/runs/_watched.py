"""A server that ends when whoever started it is gone, even by ``kill -9``.

    python -m crm_lessons.runs._watched MODULE ARGUMENTS…

The starter holds the other end of the standard input and never writes to it. When the system closes
it, the server gets the signal by which it ends its kernels; if that takes too long, it ends.
"""

import os
import runpy
import signal
import sys
import threading
import time

SECONDS_TO_END = 15


def watch(descriptor: int) -> None:
    """Wait until the other end is closed, then end this process."""
    while os.read(descriptor, 1024):
        pass
    if os.name == "posix":
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(SECONDS_TO_END)
    os._exit(1)


def main() -> None:
    """Run the module as `python -m` would, watched."""
    descriptor = os.dup(0)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)  # the server itself reads nothing
    os.close(null)
    threading.Thread(target=watch, args=(descriptor,), daemon=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
