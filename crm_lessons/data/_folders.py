"""Walking folders: unreadable ones are said, and by a link none is walked twice or for ever."""

import glob
import os
import re
from collections.abc import Iterator
from pathlib import Path

from crm_lessons.errors import CrmError, Reason

_ANY_DEPTH = re.compile(r"(?:^|(?<=/))\*\*(?:/|$)")


def listed(folder: Path) -> list[Path]:
    """What lies in a folder, by name; CrmError if it cannot be read."""
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise CrmError("file_not_readable", path=folder, reason=Reason(error)) from error


def identity(path: Path) -> object:
    """The same for all names of one file or folder."""
    try:
        found = path.stat()
    except OSError:
        return str(path)
    return (found.st_dev, found.st_ino) if found.st_ino else str(path.resolve())


def expanded(pattern: str) -> Iterator[str]:
    """The names that a pattern means, as `glob` finds them; ``**`` walks no folder twice."""
    first, *rest = _ANY_DEPTH.split(pattern.replace(os.sep, "/"))
    if not rest:
        return iter(glob.glob(pattern))
    found = [Path(one) for one in (glob.glob(first) if first else ["."])]
    for part in rest:
        inside = [folder for one in found for folder in _tree(one)]
        found = [Path(one) for folder in inside for one in _within(folder, part)]
    return iter(dict.fromkeys(map(str, found)))


def _within(folder: Path, pattern: str) -> list[str]:
    return glob.glob(os.path.join(glob.escape(str(folder)), pattern)) if pattern else [str(folder)]


def _tree(folder: Path, seen: set | None = None) -> Iterator[Path]:
    """The folder and all folders in it but hidden ones, each once."""
    seen = set() if seen is None else seen
    if not folder.is_dir() or identity(folder) in seen:
        return
    seen.add(identity(folder))
    yield folder
    for path in listed(folder):
        if not path.name.startswith("."):
            yield from _tree(path, seen)
