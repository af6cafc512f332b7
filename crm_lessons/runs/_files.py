"""Writing so that a file appears whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm_lessons.errors import CrmError


def write_text(target: Path, text: str) -> None:
    """Write UTF-8 text to a temporary name beside the target, then move it there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)  # half of a text, where the disk is full


@contextmanager
def whole_or_nothing(folder: Path) -> Iterator[Path]:
    """A draft folder whose files move into ``folder`` when the block ends well.

    It lies inside ``folder``, so that the move is a rename on one disk; an error leaves the files
    of an earlier run as they were. CrmError if the folder cannot be made or written to.
    """
    draft = _draft(folder)
    try:
        yield draft
        for made in sorted(draft.iterdir()):
            os.replace(made, folder / made.name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def ready(folder: Path) -> None:
    """Make the folder if it is missing, before work begins; CrmError if it cannot be written to."""
    _draft(folder).rmdir()


def _draft(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".draft-", dir=folder))
    except OSError as error:
        raise CrmError("folder_not_usable", folder=folder, reason=error.strerror) from error
