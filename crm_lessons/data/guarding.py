"""What goes wrong inside the libraries that read files, and files that change meanwhile, as faults.

A library has errors of its own for each kind of damage, and its Rust part may panic, which Python
sees as something that is not even an `Exception`. None of it leaves this place. A mistake of our
own does: nobody shall be told to export a sound file again because we asked for a column wrongly.
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

from crm_lessons.data import _panics
from crm_lessons.errors import CrmError

PANIC = "PanicException"  # each library has a class of its own of this name
OF_WORKBOOKS = (
    *(calamine.CalamineError, calamine.ZipError, calamine.XmlError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, ElementTree.ParseError),
    *(struct.error, EOFError, UnicodeDecodeError, MemoryError, NotImplementedError, OSError),
)
ERRORS = (pl.exceptions.PolarsError, pa.ArrowException, *OF_WORKBOOKS)
# What Polars says of a question put wrongly; a file that is read says it only if it has changed.
OURS = (
    *(pl.exceptions.ColumnNotFoundError, pl.exceptions.StructFieldNotFoundError),
    *(pl.exceptions.SchemaError, pl.exceptions.SchemaFieldNotFoundError),
    *(pl.exceptions.DuplicateError, pl.exceptions.InvalidOperationError),
    *(pl.exceptions.ShapeError, pl.exceptions.OutOfBoundsError),
)


@contextmanager
def guarded(instead: Callable[[BaseException], CrmError | None]) -> Iterator[None]:
    """Raise ``instead`` of any error of a reader; what a person has already been told passes.

    So does an error for which there is nothing to be told instead (None).
    """
    try:
        with _panics.unprinted():
            yield
    except CrmError:
        raise
    except ERRORS as error:
        told = instead(error)
        if told is None:
            raise
        raise told from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise instead(error) or error from None


@contextmanager
def grouping() -> Iterator[None]:
    """The same where lines are grouped that a file still holds; but not what is `OURS`."""
    with guarded(lambda error: None if isinstance(error, OURS) else _not_read_to_the_end()):
        yield


def _not_read_to_the_end() -> CrmError:
    return CrmError("lines_not_readable")


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
