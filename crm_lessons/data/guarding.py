"""What goes wrong inside the libraries that read files, and files that change meanwhile, as faults.

A library has errors of its own for each kind of damage, and its Rust part may panic, which Python
sees as something that is not even an `Exception`. None of it leaves this place.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pyarrow as pa
import python_calamine as calamine

from crm_lessons.errors import CrmError

PANIC = "PanicException"  # each library has a class of its own of this name
ERRORS = (
    *(pl.exceptions.PolarsError, pa.ArrowException),
    *(calamine.CalamineError, calamine.ZipError, calamine.XmlError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, ElementTree.ParseError),
    *(struct.error, EOFError, UnicodeDecodeError, MemoryError, NotImplementedError, OSError),
)


@contextmanager
def guarded(instead: Callable[[BaseException], CrmError]) -> Iterator[None]:
    """Raise ``instead`` of any error of a reader; what a person has already been told passes."""
    try:
        yield
    except CrmError:
        raise
    except ERRORS as error:
        raise instead(error) from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise instead(error) from None


@contextmanager
def grouping() -> Iterator[None]:
    """The same where lines are grouped that a file still holds."""
    with guarded(lambda _: CrmError("lines_not_readable")):
        yield


@dataclass(frozen=True)
class Seen:
    """Files as they were when they were read."""

    states: tuple[tuple[Path, str, tuple[int, ...] | None], ...] = ()

    def check(self) -> None:
        """CrmError if one of them is another file by now, or holds something else."""
        for path, label, before in self.states:
            if state(path) != before:
                raise CrmError("file_changed", file=label)


def seen(files: Iterable[tuple[Path, str]]) -> Seen:
    """The state of these files, each with its label, now."""
    return Seen(tuple((path, label, state(path)) for path, label in files))


def state(path: Path) -> tuple[int, ...] | None:
    """What changes when a file is replaced or written to; None if it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
