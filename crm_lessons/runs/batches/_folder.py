"""Where the outcomes of a batch lie.

======================  =====================================================================
``NAME/``               a report: page, workbook, notebook, maybe a PDF, and ``NAME.json``, which
                        holds the key and the digests of the others
``failed/NAME.ipynb``   the half-run notebook of a run that failed, beside its ``NAME.json``
``summary.*``           all runs in one table: page, workbook, CSV
``.lock``               held by the batch at work, let go by the system when that process ends
``.drafts/``            what is being made; thrown away at the next start
======================  =====================================================================

A report appears by the renaming of a folder: it is whole or absent, whatever ends the process. The
key inside says what it was made from, so there is no list beside it that could be wrong.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crm_lessons import writing
from crm_lessons.errors import CrmError, Reason

DRAFTS, FAILED, LOCK = ".drafts", "failed", ".lock"
RUN = "run"  # the entry of NAME.json that a batch adds
FILES = "files"  # in it: the digests of the files beside NAME.json


@contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Hold the folder: CrmError if another batch does. Drafts of a killed one are removed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("a+", encoding="utf-8")
    except OSError as error:
        raise CrmError("folder_not_usable", folder=folder, reason=Reason(error)) from error
    with file:
        if not writing.locked(file):
            file.seek(0)
            raise CrmError("batch_at_work", folder=folder, process=file.read().strip() or "?")
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        shutil.rmtree(folder / DRAFTS, ignore_errors=True)
        (folder / DRAFTS).mkdir(exist_ok=True)
        try:
            yield
        finally:
            shutil.rmtree(folder / DRAFTS, ignore_errors=True)


def draft(folder: Path) -> Path:
    """A new private folder beside the reports, so that it can be renamed into its place."""
    return Path(tempfile.mkdtemp(dir=folder / DRAFTS))


def publish(made: Path, folder: Path, name: str, record: dict[str, Any]) -> None:
    """Give a finished draft its name; a report of that name goes, and so does an old failure.

    The record names the digests of the other files: without them the report does not count.
    """
    file = made / f"{name}.json"
    others = {other.name: _digest(other) for other in sorted(made.iterdir()) if other != file}
    told = json.loads(file.read_text(encoding="utf-8")) | {RUN: record | {FILES: others}}
    file.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    target = folder / name
    # A temporary folder is closed to others; a report is as open as the folder it lies in.
    os.chmod(made, folder.stat().st_mode & 0o777)
    if target.exists():
        old = draft(folder)
        os.replace(target, old / name)
    writing.move(made, target)
    for ending in ("ipynb", "json"):
        (folder / FAILED / f"{name}.{ending}").unlink(missing_ok=True)


def keep_failed(made: Path, folder: Path, name: str, record: dict[str, Any]) -> None:
    """Put the half-run notebook aside, with a record of what happened."""
    (folder / FAILED).mkdir(exist_ok=True)
    notebook = made / f"{name}.failed.ipynb"
    if notebook.exists():
        writing.move(notebook, folder / FAILED / f"{name}.ipynb")
    file = made / "record.json"
    file.write_text(json.dumps({RUN: record}, ensure_ascii=False, indent=2), encoding="utf-8")
    writing.move(file, folder / FAILED / f"{name}.json")
    shutil.rmtree(made, ignore_errors=True)


def done(folder: Path, name: str) -> dict[str, Any] | None:
    """What stands in the record of a finished report, ``run`` among it; None if there is none.

    A report whose files are not, to the byte, those that were made counts as none.
    """
    found = _record(folder / name / f"{name}.json")
    if found is None:
        return None
    files = found[RUN].get(FILES)
    if files is None or any(_digest(folder / name / n) != told for n, told in files.items()):
        return None
    return found


def lesson(folder: Path, name: str) -> str | None:
    """The lesson of a finished report; None if there is none."""
    return (done(folder, name) or {}).get("lesson")


def failure(folder: Path, name: str) -> dict[str, Any] | None:
    """The record of a failed run of that name; None if there is none."""
    found = _record(folder / FAILED / f"{name}.json")
    return found[RUN] if found else None


def _record(file: Path) -> dict[str, Any] | None:
    with contextlib.suppress(OSError, ValueError, RecursionError):
        told = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(told, dict) and RUN in told:
            return told
    return None


def is_foreign(folder: Path, name: str) -> bool:
    """Whether something of that name is there that no batch has made.

    What a power cut has left of a report is no stranger: its files have the names of a report.
    """
    place = folder / name
    if not os.path.lexists(place) or _record(place / f"{name}.json"):
        return False
    ours = {f"{name}.{ending}" for ending in ("html", "xlsx", "json", "ipynb", "pdf")}
    return place.is_symlink() or not place.is_dir() or not {f.name for f in place.iterdir()} <= ours


def _digest(file: Path) -> str:
    """SHA-256 of the content; empty where there is no such file."""
    with contextlib.suppress(OSError), file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
    return ""
