"""Files that appear whole or not at all, and that a power cut does not take back.

What is written goes to a draft first. When it is complete, its content is put on the disk
(`fsync`), then it gets its name by a rename, and the folder is put on the disk as well: in another
order a power cut leaves the new name with no content. A draft holds a lock while somebody works on
it, so that the next writer in the folder clears away what a killed process has left, nothing else.
"""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from crm_lessons.errors import CrmError, Reason

DRAFT, LOCK = ".draft-", ".lock"
_ADD = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)


def text(target: Path, content: str) -> None:
    """Write UTF-8 text with ``\\n`` at the ends of lines; the folder is made if it is missing.

    >>> folder = Path(tempfile.mkdtemp())
    >>> text(folder / "page.html", "<p>80/20</p>")
    >>> [file.name for file in folder.iterdir()]
    ['page.html']
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with beside(target) as draft:
        draft.write_text(content, encoding="utf-8", newline="\n")


def append(target: Path, lines: str, *, private: bool = False) -> None:
    """Add whole lines to a file in a single write and put them on the disk.

    ``private``: only this person may read the file.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    new = not target.exists()
    opened = os.open(target, _ADD, 0o600 if private else 0o666)
    with os.fdopen(opened, "ab+", buffering=0) as file:
        # What a crash left without an end would swallow the new line.
        begin = b"" if _ends_cleanly(file) else b"\n"
        told = begin + lines.encode(errors="replace")
        if file.write(told) != len(told):  # a full disk takes a part and says nothing
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file.fileno())
    if new:
        sync(target.parent)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A path to write to; what lies there becomes ``target`` when the block ends well."""
    with _draft(target.parent) as folder:
        draft = folder / target.name
        yield draft
        move(draft, target)


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A private folder in ``folder`` for as long as the block runs; what a kill left there goes."""
    folder.mkdir(parents=True, exist_ok=True)
    with _draft(folder) as draft:
        yield draft


@contextmanager
def whole_or_nothing(folder: Path) -> Iterator[Path]:
    """A draft folder whose files move into ``folder`` when the block ends well.

    It lies inside ``folder``, so that the move is a rename on one disk; an error leaves the files
    of an earlier run as they were. CrmError if the folder cannot be made or written to.
    """
    with _usable(folder) as draft:
        yield draft
        made = sorted(file for file in draft.iterdir() if file.name != LOCK)
        for file in made:
            sync(file)
        for file in made:
            os.replace(file, folder / file.name)
        sync(folder)


def ordinary(path: Path) -> Path:
    """The same path; CrmError where what lies there is no file, so that nobody waits for a pipe."""
    if os.path.lexists(path) and not path.is_file():
        raise CrmError("not_a_file", path=path)
    return path


def ready(folder: Path) -> None:
    """Make the folder if it is missing, before work begins; CrmError if it cannot be written to."""
    with _usable(folder):
        pass


def move(draft: Path, target: Path) -> None:
    """Give a finished file or folder its name; it is on the disk when this returns."""
    for folder, _, files in os.walk(draft):
        for file in files:
            sync(Path(folder) / file)
        sync(Path(folder))
    if not draft.is_dir():
        sync(draft)
    os.replace(draft, target)
    sync(target.parent)
    if draft.parent != target.parent:
        sync(draft.parent)


def sync(path: Path) -> None:
    """Put the content of a file, or the names in a folder, on the disk.

    Windows opens no folders, and some network disks sync none; their renames are what they are.
    """
    if path.is_dir():
        with contextlib.suppress(OSError):
            _sync(os.open(path, os.O_RDONLY))
    else:
        _sync(os.open(path, os.O_RDWR))


def locked(file: IO) -> bool:
    """Lock an open file for this process; the system lets go of it when the process ends."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(1000)  # beyond what is written, which stays readable for others
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _ends_cleanly(file: IO) -> bool:
    if file.seek(0, os.SEEK_END) == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _sync(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _usable(folder: Path) -> Iterator[Path]:
    with contextlib.ExitStack() as held:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            draft = held.enter_context(_draft(folder))
        except OSError as error:
            raise CrmError("folder_not_usable", folder=folder, reason=Reason(error)) from error
        yield draft


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    _clear(folder)
    draft, lock = _new(folder)
    try:
        yield draft
    finally:
        lock.close()
        shutil.rmtree(draft, ignore_errors=True)


def _new(folder: Path) -> tuple[Path, IO]:
    while True:
        draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=folder))
        lock = (draft / LOCK).open("w")
        if locked(lock) and (draft / LOCK).exists():
            return draft, lock
        lock.close()  # whoever clears away here was quicker


def _clear(folder: Path) -> None:
    """Remove the drafts that nobody works on: each is known by a lock that nobody holds."""
    for left in folder.glob(f"{DRAFT}*"):
        with contextlib.suppress(OSError):
            with (left / LOCK).open("r+") as lock:
                free = locked(lock)
                if free:
                    shutil.rmtree(left, ignore_errors=True)
            if free:  # where an open file cannot be removed
                shutil.rmtree(left, ignore_errors=True)
