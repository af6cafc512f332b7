"""A table that many processes read is read and checked by the first of them only.

A batch names a private folder in the environment of its kernels. Whoever reads first puts the lines
there, in the form in which they lie in memory (Arrow); the others map that file, so that all of
them share the same memory. A table counts only while its files are, by size and time, what they
were before they were read; anything else is read as if there were no such folder.
"""

import contextlib
import dataclasses
import hashlib
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from crm_lessons import wording
from crm_lessons.data import guarding
from crm_lessons.data.places import Place, SqlPlace

VARIABLE = "CRM_LESSONS_TABLES"
PREFIX = "crm-lessons-tables-"
TIMES = 20  # the size of the files that the lines may take, with some room to spare
Told = dict[str, Any]  # what makes up a `Table`

try:
    import fcntl
except ImportError:  # where there is no way to wait for another reader, everybody reads
    fcntl = None


@contextmanager
def shared() -> Iterator[None]:
    """While this lasts, processes that start from here read each table once between them."""
    if fcntl is None or VARIABLE in os.environ:
        yield
        return
    _clear()
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-") as folder:
        os.environ[VARIABLE] = folder
        try:
            yield
        finally:
            os.environ.pop(VARIABLE, None)


def table(asked: Sequence[object], places: Sequence[Place], read: Callable[[], Told]) -> Told:
    """What ``read`` gives, or what it gave to another process that asked for the same.

    ``asked`` is all that the result depends on but the content of ``places``. A database may
    change from one moment to the next, so it is always read.
    """
    folder = os.environ.get(VARIABLE)
    if not folder or any(isinstance(place, SqlPlace) for place in places):
        return read()
    where = [(str(place.path.resolve()), place.label, plain(place.partition)) for place in places]
    told = repr((asked, where, wording.language()))
    kept = Path(folder) / hashlib.sha256(told.encode()).hexdigest()
    try:
        with kept.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # the system lets go of it when a process dies
            return _found(kept, places) or _kept(kept, places, read)
    except OSError:  # the folder is gone, or the disk is full
        return read()


def _found(kept: Path, places: Sequence[Place]) -> Told | None:
    with contextlib.suppress(OSError, EOFError):
        told, states = pickle.loads(kept.with_suffix(".told").read_bytes())
        if states == _states(places):
            mapped = pa.ipc.open_file(pa.memory_map(os.fspath(kept.with_suffix(".arrow"))))
            return told | {"lines": pl.from_arrow(mapped.read_all()).lazy()}
    return None


def _kept(kept: Path, places: Sequence[Place], read: Callable[[], Told]) -> Told:
    states = _states(places)
    told = read()
    size = sum(place.path.stat().st_size for place in places)
    if states != _states(places) or shutil.disk_usage(kept.parent).free < TIMES * size:
        return told  # somebody is writing, and nobody knows what was read; or it has no room
    lines, rest = told["lines"], {name: value for name, value in told.items() if name != "lines"}
    arrow, record = kept.with_suffix(".arrow"), kept.with_suffix(".told")
    with contextlib.suppress(OSError, pl.exceptions.PolarsError):
        kept.unlink(missing_ok=True)
        lines.sink_ipc(kept, compression="uncompressed")
        os.replace(kept, arrow)
        record.write_bytes(pickle.dumps((rest, states)))
    return told


def _states(places: Sequence[Place]) -> list[tuple[int, ...] | None]:
    """What shows that a file has changed, without reading it."""
    return [guarding.state(place.path) for place in places]


def plain(value: object) -> object:
    """Options and questionnaires as their fields, mappings in order: equal ones look equal."""
    if dataclasses.is_dataclass(value):
        return plain({f.name: getattr(value, f.name) for f in dataclasses.fields(value)})
    if isinstance(value, Mapping):
        return sorted((str(name), plain(one)) for name, one in value.items())
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def _clear() -> None:
    """Remove what processes have left that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        number = folder.name.removeprefix(PREFIX).split("-")[0]
        with contextlib.suppress(OSError):
            if number.isdigit() and folder.stat().st_uid == os.getuid() and not _lives(int(number)):
                shutil.rmtree(folder)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
