"""A folder of result files, read with care: what counts, and what was set aside and why.

Nothing is lost without a word: each file or line that does not count is named with its reason.

====================  ====================================================================
``empty``             a file without a line
``notebook``          a notebook that was handed in beside the results
``foreign``           a file without one result line (a picture, a Word file, other JSON)
``copy``              the same content as another file, under whatever name
``archive``           a ZIP archive that is damaged or has a password; others are opened
``damaged``           a line cannot be read, or is of a newer program: the whole file is set aside
``torn``              a line whose writing was broken off; nobody was told that it was written
``doubled``           a line that already counted, in this file or an earlier copy of it
``renamed``           named otherwise than its nickname; its lines count
``shared_nickname``   a nickname in two files that are no copies; their lines count together
``recoded``           text in GB18030 or UTF-16, read as such
``nickname_folded``   a nickname that differs from another by case, width or blanks only: one person
``unreadable``        a broken link, a pipe, or what may not be opened
====================  ====================================================================
"""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from crm_lessons import data, wording
from crm_lessons.course._handed_in import HandedIn, as_utf8, opened
from crm_lessons.course.results import BOM, Line, file_name, sound_line, torn
from crm_lessons.errors import CrmError

_NAMES = (b"nickname", b"lesson", b"item", b"schema")
REASONS = (
    "empty",
    "notebook",
    "foreign",
    "copy",
    "archive",
    "damaged",
    "torn",
    "doubled",
    "renamed",
    "shared_nickname",
    "recoded",
    "nickname_folded",
    "unreadable",
)
COUNTS_ALL_THE_SAME = ("renamed", "shared_nickname", "recoded", "nickname_folded")


@dataclass
class Gathered:
    """The lines that count, in their order, and the notes on what was set aside."""

    lines: list[Line] = field(default_factory=list)
    notes: list[dict[str, object]] = field(default_factory=list)
    sent: dict[tuple[str, str, str], str] = field(default_factory=dict)

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
    for path in _files(folder, found):
        if path.resolve() in passed_over:
            continue
        try:
            handed = list(opened(path, path.relative_to(folder).as_posix()))
        except OSError:
            found.note("unreadable", path.relative_to(folder).as_posix())
            continue
        for one in handed:
            _count(_lines_of(one, contents, found), one, counted, found)
    _note_shared_nicknames(counted, found)
    found.lines = _in_order(found.lines, counted)
    _fold_nicknames(found)
    return found


def _in_order(lines: list[Line], counted: dict[str, str]) -> list[Line]:
    """The lines by time; within a file its own order counts, however its clock was set."""
    latest: dict[str, datetime] = {}
    times = []
    for line in lines:
        file = counted[line.to_json()]
        latest[file] = max(latest.get(file, line.moment), line.moment)
        times.append(latest[file])
    return [lines[place] for place in sorted(range(len(lines)), key=times.__getitem__)]


def _files(folder: Path, found: Gathered) -> list[Path]:
    """Outer folders and shorter names first: 小李.jsonl counts, and 小李 (1).jsonl is its copy.

    What is no file, or a folder that cannot be entered, is named; nothing is waited for.
    """

    def unreadable(error: OSError) -> None:
        found.note("unreadable", Path(error.filename).relative_to(folder).as_posix())

    files = []
    for root, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for path in (Path(root) / name for name in [*names, *links] if not name.startswith(".")):
            if path.is_file():
                files.append(path)
            else:
                found.note("unreadable", path.relative_to(folder).as_posix())
    return sorted(files, key=lambda p: (len(p.parts), len(p.name), p.as_posix()))


def _lines_of(one: HandedIn, contents: dict[str, str], found: Gathered) -> dict[int, Line]:
    """The lines of a file by number; none when it is set aside, which it is as a whole or not."""
    reason = _at_sight(one)
    if reason:
        found.note(reason, one.name)
        return {}
    text, encoding = as_utf8(one.content)
    first = contents.setdefault(hashlib.sha256(text).hexdigest(), one.name)
    if text.strip() and not _is_ours(text):
        found.note("foreign", one.name)
        return {}
    lines, broken_off, damaged = _sound(text)
    if lines:
        for number in broken_off:
            found.note("torn", one.name, number)
    elif broken_off:
        damaged = broken_off[0]
    if not lines and not damaged:
        found.note("empty", one.name)
    elif first != one.name:
        found.note("copy", one.name, other=first)
    elif damaged:
        found.note("damaged", one.name, damaged)
    else:
        if encoding != "utf-8":
            found.note("recoded", one.name, other=encoding.upper())
        return lines
    return {}


def _sound(text: bytes) -> tuple[dict[int, Line], list[int], int]:
    """Lines by number, the numbers of those whose writing was broken off, of the first damaged one.

    Whatever follows that one does not count either, and is not looked at; 0 where there is none.
    """
    lines, broken_off = {}, []
    for number, raw in enumerate(text.removeprefix(BOM).split(b"\n"), start=1):
        line = sound_line(raw) if raw.strip() else None
        if line is not None:
            lines[number] = line
        elif raw.strip() and torn(raw):
            broken_off.append(number)
        elif raw.strip():
            return lines, broken_off, number
    return lines, broken_off, 0


def _at_sight(one: HandedIn) -> str:
    """Why a file is set aside without a look at its lines; empty if it is not."""
    if one.broken:
        return "archive"
    if one.suffix == ".ipynb":
        return "notebook"
    return "foreign" if one.content is None else ""


def _is_ours(raw: bytes) -> bool:
    """Whether a file may hold results: every line of one has these names."""
    return all(re.search(rb'"%s"\s*:' % name, raw) for name in _NAMES)


def _count(lines: dict, one: HandedIn, counted: dict[str, str], found: Gathered) -> None:
    new = set()
    for number, line in lines.items():
        text = line.to_json()
        if line.id:  # what a page sent twice has one
            text = found.sent.setdefault((line.nickname, line.lesson, line.id), text)
        if text in counted:
            found.note("doubled", one.name, number, counted[text])
        else:
            counted[text] = one.name
            found.lines.append(line)
            new.add(file_name(line.nickname))
    if new - {one.file}:
        found.note("renamed", one.name)


def _fold_nicknames(found: Gathered) -> None:
    """One name for nicknames that differ by case, width or blanks only: the most frequent."""
    counts = Counter(line.nickname for line in found.lines)
    written: dict[str, str] = {}
    for name in sorted(counts, key=lambda one: (-counts[one], one)):
        first = written.setdefault(data.folded(name), name)
        if first != name:
            found.note("nickname_folded", name, other=first)
    found.lines = [replace(n, nickname=written[data.folded(n.nickname)]) for n in found.lines]


def _note_shared_nicknames(counted: dict[str, str], found: Gathered) -> None:
    files: dict[str, list[str]] = {}
    for text, name in counted.items():
        mine = files.setdefault(Line.from_json(text).nickname, [])
        if name not in mine:
            mine.append(name)
    for mine in files.values():
        for name in mine[1:]:
            found.note("shared_nickname", name, other=mine[0])
