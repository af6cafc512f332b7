"""What Rust prints of a panic is kept back, for whoever reads a file is told a fault instead.

Rust writes "thread '<unnamed>' panicked at ..." before Python hears of it, and cannot be asked not
to. So the standard error leads to a file while a reader works; all else that was written there
follows when it has finished.
"""

import contextlib
import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

STDERR = 2
_PANIC = re.compile(rb"\s*thread '[^'\n]*'[^\n]* panicked at ")


class _Diverted:
    """Where the standard error leads; readers in several threads share it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.readers = 0
        self.real = -1
        self.kept: BinaryIO | None = None

    def begin(self) -> None:
        with self.lock:
            self.readers += 1
            if self.readers == 1:
                with contextlib.suppress(OSError):  # there is none, as under pythonw
                    self._divert()

    def end(self) -> None:
        with self.lock:
            self.readers -= 1
            if not self.readers and self.kept is not None:
                self._restore(self.kept)
                self.kept = None

    def _divert(self) -> None:
        _flush()
        real, kept = os.dup(STDERR), tempfile.TemporaryFile()  # noqa: SIM115 - closed by `_restore`
        os.dup2(kept.fileno(), STDERR)
        self.real, self.kept = real, kept

    def _restore(self, kept: BinaryIO) -> None:
        _flush()
        os.dup2(self.real, STDERR)
        os.close(self.real)
        with kept:
            kept.seek(0)
            written = _PANIC.split(kept.read(), maxsplit=1)[0]
        while written:
            written = written[os.write(STDERR, written) :]


def _flush() -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()


_DIVERTED = _Diverted()


@contextmanager
def unprinted() -> Iterator[None]:
    """The block prints nothing of a panic."""
    _DIVERTED.begin()
    try:
        yield
    finally:
        _DIVERTED.end()
