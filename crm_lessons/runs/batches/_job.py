"""One run of a batch, and the key by which its outcome is known again."""

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import nbformat

import crm_lessons
from crm_lessons.course import folders

SCOPE = "scope"  # the parameter that keeps a part of the data


@dataclass(frozen=True)
class Job:
    """All that a process needs to make one report, wherever it runs. It travels as JSON."""

    name: str
    lesson: str
    language: str
    parameters: dict[str, Any]
    out: str
    cwd: str
    key: str = ""
    row: int = 0
    shown: dict[str, str] = field(default_factory=dict)  # what tells this run from the others
    planned: list[str] = field(default_factory=list)  # fingerprints of the tables it is to read
    pdf: str = ""  # how it is printed, see `runs.report`

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def key(
    lesson: str,
    notebook: nbformat.NotebookNode,
    parameters: Mapping[str, Any],
    fingerprints: Mapping[str, str],
    pdf: str = "",
) -> str:
    """Equal keys, equal reports: same code and texts, parameters, data, and PDF or none."""
    cells = [[cell.cell_type, cell.source] for cell in notebook.cells]
    told = [cells, version(), files_of(lesson), dict(parameters), dict(fingerprints), pdf]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def files_of(lesson: str) -> dict[str, str]:
    """The fingerprints of the files beside a lesson's source, such as its sentences."""
    folder = folders.find(lesson)
    files = sorted(folder.glob("*.*")) if folder else []
    return {
        path.name: _digest(path, path.stat().st_mtime_ns)
        for path in files
        if path.suffix in {".py", ".yaml"}
    }


@functools.cache
def _digest(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@functools.cache
def version() -> str:
    """The version of this package with the fingerprint of its files, which may be under work."""
    told = hashlib.sha256(metadata.version("crm-lessons").encode())
    package = Path(crm_lessons.__file__).parent
    for path in sorted(package.rglob("*")):
        if path.suffix in {".py", ".yaml", ".css", ".j2"}:
            told.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return told.hexdigest()
