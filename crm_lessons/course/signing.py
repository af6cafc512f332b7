"""A class's list with the digests of the result files behind it, for whoever keeps such lists.

The list says who worked through which lesson on which days: no answer, no mistake, no number of
tries. Its own digest stands at its end, to be noted elsewhere. Whoever compares list, files and
note sees whether one of them was changed since. It proves nothing about what happened before, and
is no signature of a person: anybody can make a list anew, but not with the noted digest.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crm_lessons import writing
from crm_lessons.course import record
from crm_lessons.course.collect import gather
from crm_lessons.errors import CrmError, Reason

SCHEMA = 1
_NAMES = {"schema", "by", "made", "files", "rows", "sha256"}


@dataclass(frozen=True)
class Verified:
    """What became of a signed list: whether its ``list_is_sound``; files by what is so now."""

    list_is_sound: bool
    same: tuple[str, ...]
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether list and files are what they were."""
        return self.list_is_sound and not (self.changed or self.missing or self.added)


def sign(folder: Path, out: Path, *, by: str, made: date) -> dict[str, object]:
    """Write the list of a folder of result files as JSON; returns it.

    CrmError where the folder holds no results or ``by`` is empty.
    """
    if not by.strip():
        raise CrmError("sign_nobody")
    found = gather(folder, leave_out=[out])
    if not found.lines:
        raise CrmError("sign_nothing", folder=folder)
    people: dict[str, list] = {}
    for line in found.lines:
        people.setdefault(line.nickname, []).append(line)
    rows = [
        _row(nickname, one)
        for nickname, told in sorted(people.items())
        for one in record.worked(told)
    ]
    told = {
        "schema": SCHEMA,
        "by": by.strip(),
        "made": made.isoformat(),
        "files": _digests(folder, out),
        "rows": rows,
    }
    told["sha256"] = _digest(told)
    writing.ready(out.parent)
    writing.text(out, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return told


def verify(signed: Path, folder: Path) -> Verified:
    """Compare a signed list with the files now; CrmError for a file that is no such list."""
    told = read(signed)
    then, now = told["files"], _digests(folder, signed)
    return Verified(
        list_is_sound=_digest(told) == told["sha256"],
        same=tuple(name for name in then if now.get(name) == then[name]),
        changed=tuple(name for name in then if name in now and now[name] != then[name]),
        missing=tuple(name for name in then if name not in now),
        added=tuple(name for name in now if name not in then),
    )


def read(signed: Path) -> dict:
    """A signed list as it stands in its file; CrmError if it is none."""
    try:
        told = json.loads(writing.ordinary(signed).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CrmError("file_not_readable", path=signed, reason=Reason(error)) from error
    except (ValueError, RecursionError) as error:
        raise CrmError("sign_no_list", path=signed) from error
    is_list = isinstance(told, dict) and told.keys() >= _NAMES and isinstance(told["files"], dict)
    if not is_list:
        raise CrmError("sign_no_list", path=signed)
    return told


def _row(nickname: str, one: record.Worked) -> dict[str, object]:
    return {
        "nickname": nickname,
        "lesson": one.lesson,
        "items": one.items,
        "correct": one.correct,
        "whole": one.whole,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
    }


def _digests(folder: Path, out: Path) -> dict[str, str]:
    """SHA-256 of each result file (JSON lines, or an archive of them) below a folder."""
    if not folder.is_dir():
        raise CrmError("no_such_folder", folder=folder)
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".jsonl", ".zip") and path.is_file() and path.resolve() != out.resolve()
    ]
    return {path.relative_to(folder).as_posix(): record.checksum(path) for path in files}


def _digest(told: Mapping[str, object]) -> str:
    """SHA-256 of a list without its own digest, whatever blanks its file has."""
    inside = {name: value for name, value in told.items() if name != "sha256"}
    text = json.dumps(inside, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
