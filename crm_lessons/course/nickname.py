"""Who sat here last, so that a reload needs no retyping.

Kept in the results folder in a hidden file of its own for each person and machine: in a folder that
a class shares, nobody is taken for somebody else.
"""

import os
import platform
from pathlib import Path

from crm_lessons.course import results
from crm_lessons.errors import CrmError, Reason


def remember(nickname: str) -> None:
    """Keep the nickname for the next time."""
    path = _path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(nickname, encoding="utf-8")
    except OSError as error:
        raise CrmError("results_not_written", path=path, reason=Reason(error)) from error


def remembered() -> str:
    """The nickname kept here, or an empty text."""
    try:
        return _path().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _path() -> Path:
    person = os.environ.get("USER") or os.environ.get("USERNAME") or ""
    here = results.file_name(f"{person}-{platform.node()}").removesuffix(".jsonl")
    return Path(os.environ.get(results.FOLDER) or ".") / f".crm-lessons-{here}.nickname"
