"""Running a whole lesson once on its sample, away from any trainee's results."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

from crm_lessons.course.results import FOLDER
from crm_lessons.errors import CrmError
from crm_lessons.runs import _kernels, lesson_check, lessons
from crm_lessons.runs.editions import SECONDS_A_CELL


def run(lesson: lessons.Lesson, language: str, *after: str) -> nbformat.NotebookNode:
    """The lesson's edition with all outputs; ``after`` are lines of code run behind its last cell.

    Result files that the lesson may write go into a folder that is thrown away.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    notebook = nbformat.read(lesson.edition(language), as_version=4)
    notebook.cells += [new_code_cell(line) for line in after]
    with tempfile.TemporaryDirectory() as folder, _results_in(folder):
        client = NotebookClient(
            notebook,
            timeout=SECONDS_A_CELL,
            coalesce_streams=True,
            resources={"metadata": {"path": folder}},
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
