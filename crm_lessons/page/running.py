"""Running a lesson once in a kernel; a cell becomes a piece of its page as soon as it has run."""

import os
import pickle
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

from crm_lessons import show
from crm_lessons.course import glossary
from crm_lessons.course.results import FOLDER
from crm_lessons.errors import CrmError
from crm_lessons.page import fragments
from crm_lessons.page.sheet import PICTURES
from crm_lessons.runs import _kernels, depth, lesson_check, lessons
from crm_lessons.runs._whole_run import with_parameters
from crm_lessons.runs.editions import SECONDS_A_CELL

__all__ = ["Piece", "pieces", "told_by", "with_parameters"]

Piece = tuple[str, tuple[str, ...], bool]  # HTML, the questions asked in it, whether it is deeper


async def pieces(
    lesson: lessons.Lesson, notebook: nbformat.NotebookNode, language: str, bound: Path
) -> AsyncIterator[Piece]:
    """Each cell as a piece of the page, charts in a folder beside ``bound``; behind the last, what
    checking the answers needs is written there. CrmError where a cell fails."""
    pictures = bound.parent / PICTURES
    explained: set[str] = set()
    async for cell in _executed(lesson, notebook, bound):
        html, asks = fragments.of_cell(cell, pictures)
        if "<h2" in html:  # a word is explained anew in each part
            explained.clear()
        yield glossary.marked(html, language, explained), asks, depth.is_deeper(cell)


def told_by(bound: Path) -> tuple[str, dict[str, dict]]:
    """The fingerprint of the data, and the questions as somebody new finds them."""
    told = pickle.loads(bound.read_bytes())
    return told["fingerprint"], fragments.asked(told["asked"], bound.parent / PICTURES)


async def _executed(lesson: lessons.Lesson, notebook: nbformat.NotebookNode, bound: Path):
    """Each cell once it has run; behind the last, what checking needs is written to ``bound``."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    keep = f"from crm_lessons.course import in_kernel\nin_kernel.keep_bound(lesson, {str(bound)!r})"
    cells = list(notebook.cells)
    last = new_code_cell(keep)
    notebook.cells.append(last)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        coalesce_streams=True,
        resources={"metadata": {"path": os.getcwd()}},
        **_kernels.how(),
    )
    own = {show.ON_A_PAGE: "1", FOLDER: str(bound.parent)}
    # What a kernel says when it is ended is of no use to anybody.
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        async with client.async_setup_kernel(env=os.environ | own, **quiet):
            for place, cell in enumerate(cells):
                await client.async_execute_cell(cell, place)
                yield cell
            await client.async_execute_cell(last, len(cells))
    # A RuntimeError: the kernel did not start, or died.
    except (CellExecutionError, CellTimeoutError, RuntimeError) as error:
        lesson_check.refuse(lesson.name)  # says more than what the kernel stumbled over
        told = {"lesson": lesson.name, "message": _kernels.stumbled(error)}
        raise CrmError("lesson_did_not_run", **told) from error
