"""Handing in: where the trainee's file is, and a copy of it where the class collects them."""

import os
import shutil
from pathlib import Path

from crm_lessons.errors import CrmError

FOLDER = "CRM_LESSONS_HAND_IN"


def folder() -> Path | None:
    """The folder of the class, if ``CRM_LESSONS_HAND_IN`` names one."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else None


def hand_in(file: Path) -> Path | None:
    """Copy the file to the folder of the class; returns the copy, None without such a folder.

    A file of the same name that holds anything else (another trainee of that nickname) is left
    alone: the copy gets a number.
    """
    to = folder()
    if to is None:
        return None
    if not file.exists():
        raise CrmError("nothing_to_hand_in")
    try:
        to.mkdir(parents=True, exist_ok=True)
        target = _free(to, file)
        shutil.copyfile(file, target)
    except OSError as error:
        raise CrmError("results_not_written", path=to, reason=error.strerror) from error
    return target


def _free(to: Path, file: Path) -> Path:
    """The first name that is not taken, or taken by an earlier state of the same file."""
    content = file.read_bytes()
    target, number = to / file.name, 1
    while target.exists() and not content.startswith(target.read_bytes()):
        number += 1
        target = to / f"{file.stem}_{number}{file.suffix}"
    return target
