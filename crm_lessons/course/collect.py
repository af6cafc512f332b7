"""A folder of result files, read with care: what counts, and what was set aside and why.

Nothing is lost without a word: each file or line that does not count is named with its reason.

====================  ====================================================================
``empty``             a file without a line
``notebook``          a notebook that was handed in beside the results
``foreign``           a file without one result line (a picture, a Word file, other JSON)
``copy``              the same content as another file, under whatever name
``damaged``           a line that cannot be read, or of a newer program; the rest of its file counts
``doubled``           a line that already counted, in this file or an earlier copy of it
``renamed``           named otherwise than its nickname; its lines count
``shared_nickname``   a nickname in two files that are no copies; their lines count together
====================  ====================================================================
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from crm_lessons import wording
from crm_lessons.course.results import Line, file_name, read
from crm_lessons.errors import CrmError

REASONS = (
    "empty",
    "notebook",
    "foreign",
    "copy",
    "damaged",
    "doubled",
    "renamed",
    "shared_nickname",
)
COUNTS_ALL_THE_SAME = ("renamed", "shared_nickname")
_LARGEST = 50_000_000  # bytes: a trainee's file has some kilobytes


@dataclass
class Gathered:
    """The lines that count, by time, and the notes on what was set aside."""

    lines: list[Line] = field(default_factory=list)
    notes: list[dict[str, object]] = field(default_factory=list)

    def note(self, reason: str, file: str, line: int | None = None, other: str = "") -> None:
        """Name a file or line with the reason it is set aside for."""
        self.notes.append({"file": file, "line": line, "reason": reason, "other": other})

    def set_aside(self) -> pd.DataFrame:
        """``file``, ``line`` (empty: the whole file), ``reason``, ``other`` (the file it repeats),
        ``counts`` (whether its lines count all the same), ``told`` (the reason in words)."""
        frame = pd.DataFrame(self.notes, columns=["file", "line", "reason", "other"])
        frame["line"] = frame["line"].astype("Int64")
        frame["counts"] = frame["reason"].isin(COUNTS_ALL_THE_SAME)
        frame["told"] = [
            wording.text(f"collect.{note['reason']}", other=note["other"]) for note in self.notes
        ]
        return frame


def gather(folder: Path | str, *, leave_out: Iterable[Path] = ()) -> Gathered:
    """Read all files of a folder and the folders in it; hidden files are left alone.

    ``leave_out`` are files that are known to be no results: the list of names, an earlier report.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise CrmError("no_such_folder", folder=folder)
    found = Gathered()
    contents: dict[str, str] = {}
    counted: dict[str, str] = {}
    passed_over = {path.resolve() for path in leave_out}
    for path in _files(folder):
        if path.resolve() in passed_over:
            continue
        name = path.relative_to(folder).as_posix()
        lines = _lines_of(path, name, contents, found)
        _count(lines, path, name, counted, found)
    _note_shared_nicknames(counted, found)
    found.lines.sort(key=lambda line: pd.Timestamp(line.time))
    return found


def _files(folder: Path) -> Iterable[Path]:
    """Outer folders and shorter names first: 小李.jsonl counts, and 小李 (1).jsonl is its copy."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    visible = (p for p in paths if not any(x.startswith(".") for x in p.relative_to(folder).parts))
    return sorted(visible, key=lambda p: (len(p.parts), len(p.name), p.as_posix()))


def _lines_of(path: Path, name: str, contents: dict[str, str], found: Gathered) -> dict:
    """The lines of a file by number, None where damaged; none when the whole file is set aside."""
    if path.suffix == ".ipynb":
        found.note("notebook", name)
        return {}
    if path.stat().st_size > _LARGEST:
        found.note("foreign", name)
        return {}
    raw = path.read_bytes()
    first = contents.setdefault(hashlib.sha256(raw).hexdigest(), name)
    lines = read(path)
    if not lines:
        found.note("empty", name)
    elif not any(lines.values()):
        found.note("foreign", name)
    elif first != name:
        found.note("copy", name, other=first)
    else:
        return lines
    return {}


def _count(lines: dict, path: Path, name: str, counted: dict[str, str], found: Gathered) -> None:
    new = set()
    for number, line in lines.items():
        if line is None:
            found.note("damaged", name, number)
        elif (text := line.to_json()) in counted:
            found.note("doubled", name, number, counted[text])
        else:
            counted[text] = name
            found.lines.append(line)
            new.add(file_name(line.nickname))
    if new - {path.name}:
        found.note("renamed", name)


def _note_shared_nicknames(counted: dict[str, str], found: Gathered) -> None:
    files: dict[str, list[str]] = {}
    for text, name in counted.items():
        mine = files.setdefault(Line.from_json(text).nickname, [])
        if name not in mine:
            mine.append(name)
    for mine in files.values():
        for name in mine[1:]:
            found.note("shared_nickname", name, other=mine[0])
