"""Running a whole lesson once, on its sample or one's own data, away from any trainee's results."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell

from crm_lessons.course import parameters as checked
from crm_lessons.course.results import FOLDER
from crm_lessons.errors import CrmError
from crm_lessons.runs import _kernels, lesson_check, lessons, prose
from crm_lessons.runs.editions import SECONDS_A_CELL


def with_parameters(
    lesson: lessons.Lesson,
    language: str,
    parameters: Mapping[str, Any] | None,
    latest: date | None = None,
) -> nbformat.NotebookNode:
    """An edition with these values after its own parameters; CrmError if one does not fit."""
    notebook = nbformat.read(Path(lesson.edition(language)), as_version=4)
    if not parameters:
        return notebook
    known = checked.read(notebook)
    given = checked.check(known, dict(parameters) | {"language": language})
    if latest is not None and "latest" in known:
        given.setdefault("latest", latest.isoformat())
    prose.adapt(notebook, known, given)
    lines = [f"{name} = {value!r}" for name, value in given.items()]
    place = next(
        i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])
    )
    notebook.cells.insert(place + 1, new_code_cell("\n".join(lines), id="parameters-given"))
    return notebook


def run(
    lesson: lessons.Lesson,
    language: str,
    *after: str,
    parameters: Mapping[str, Any] | None = None,
    latest: date | None = None,
) -> nbformat.NotebookNode:
    """The lesson's edition with all outputs; ``after`` are lines of code run behind its last cell.

    Paths in parameters count from the current folder. Result files that the lesson may write go
    into a folder that is thrown away.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    notebook = with_parameters(lesson, language, parameters, latest)
    notebook.cells += [new_code_cell(line) for line in after]
    _kernels.adapted()
    with tempfile.TemporaryDirectory() as folder, _results_in(folder):
        client = NotebookClient(
            notebook,
            timeout=SECONDS_A_CELL,
            coalesce_streams=True,
            resources={"metadata": {"path": os.getcwd()}},
            **_kernels.how(),
        )
        try:
            client.execute()
        # A RuntimeError: the kernel did not start, or died.
        except (CellExecutionError, CellTimeoutError, RuntimeError) as error:
            lesson_check.refuse(lesson.name)  # says more than what the kernel stumbled over
            told = {"lesson": lesson.name, "message": _kernels.stumbled(error)}
            raise CrmError("lesson_did_not_run", **told) from error
    return notebook


@contextmanager
def _results_in(folder: str) -> Iterator[Path]:
    before = os.environ.get(FOLDER)
    os.environ[FOLDER] = folder
    try:
        yield Path(folder)
    finally:
        if before is None:
            del os.environ[FOLDER]
        else:
            os.environ[FOLDER] = before
