"""Handing in: where the trainee's file is, and a copy of it where the class collects them.

The folder of a class is open to many. So no link is followed, neither in the trainee's place nor in
the folder's: one could lead to a file of somebody else, to be read or overwritten.
"""

import os
import stat
from pathlib import Path

from crm_lessons import wording, writing
from crm_lessons.errors import CrmError, Reason

FOLDER = "CRM_LESSONS_HAND_IN"


def folder() -> Path | None:
    """The folder of the class, if ``CRM_LESSONS_HAND_IN`` names one."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else None


def hand_in(file: Path) -> Path | None:
    """Copy the file to the folder of the class; returns the copy, None without such a folder.

    A file of the same name that holds anything else (another trainee of that nickname) is left
    alone, and so is a link: the copy gets a number.
    """
    to = folder()
    if to is None:
        return None
    if not os.path.lexists(file):
        raise CrmError("nothing_to_hand_in")
    try:
        content = _content(file)
        to.mkdir(parents=True, exist_ok=True)
        target = _free(to, file, content)
        with writing.beside(target) as draft:
            draft.write_bytes(content)
    except OSError as error:
        raise CrmError("results_not_written", path=to, reason=Reason(error)) from error
    return target


def told(file: Path | None) -> list[str]:
    """Hand in and say what became of it, or where the file lies; CrmError if there is none yet."""
    if file is None or not file.exists():
        raise CrmError("nothing_to_hand_in")
    copy = hand_in(file)
    if copy is not None:
        return [wording.text("forms.handed_in", path=copy)]
    return [wording.text("forms.where", path=file.resolve()), wording.text("forms.send_it")]


def _content(file: Path) -> bytes:
    """What stands in the file; CrmError if it is a link, a pipe or anything but a file."""
    if file.is_symlink():
        raise CrmError("not_a_file", path=file)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(file, flags | getattr(os, "O_BINARY", 0)), "rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise CrmError("not_a_file", path=file)
        return opened.read()


def _free(to: Path, file: Path, content: bytes) -> Path:
    """The first name that is not taken, or taken by an earlier state of the same file."""
    target, number = to / file.name, 1
    while os.path.lexists(target) and not _is_earlier(target, content):
        number += 1
        target = to / f"{file.stem}_{number}{file.suffix}"
    return target


def _is_earlier(target: Path, content: bytes) -> bool:
    return stat.S_ISREG(target.lstat().st_mode) and content.startswith(target.read_bytes())
