"""Building the editions: one lesson source in, one notebook for each language out.

Only cells tagged ``nbval-check-output`` keep their outputs, so an edition is the same byte for byte
at each build. See `sources` for what an edition holds.
"""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

from crm_lessons import carried, show, wording, writing
from crm_lessons.course import in_kernel
from crm_lessons.errors import CrmError
from crm_lessons.runs import _kernels, lesson_check, lessons, plain_sight, sources

COMPARED = "nbval-check-output"
SECONDS_A_CELL = 300
TRY_ANSWERS = "from crm_lessons.course import in_kernel\nin_kernel.try_answers(lesson)"


def build(lesson: str = "") -> list[Path]:
    """Write the editions of one lesson, or of all, run to fill their compared outputs.

    ``lesson`` is the name of a lesson, its number (``05``) or its folder. Returns what was written.
    CrmError with all that is missing or wrong in a lesson (`lesson_check.problems`), or if one of
    its answers is not met as it should be.
    """
    wanted = lessons.named(lesson)  # before all are listed: a folder is known from here on
    found = {sources.name_of(source): source for source in sources.everything()}
    chosen = {name: source for name, source in found.items() if name.startswith(wanted)}
    if not chosen:
        raise CrmError("no_lesson_source", lesson=lesson, known=", ".join(found))
    for name in chosen:
        lesson_check.refuse(name)
    written = []
    for name, source in chosen.items():
        # First that of whoever builds, who then reads what is wrong in one language.
        for language in sorted(wording.LANGUAGES, key=lambda one: one != wording.language()):
            notebook = _tried(name, sources.edition(source, language))
            target = lessons.edition_path(name, language)
            writing.text(target, nbformat.writes(notebook) + "\n")
            written.append(target)
    return written


def _tried(name: str, notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The edition when it has run, its answers tried where it has bound their data."""
    from nbclient.exceptions import CellExecutionError

    notebook.cells.append(new_code_cell(TRY_ANSWERS))
    try:
        ran = _run(notebook)
    except CellExecutionError as error:
        told = _kernels.stumbled(error)
        raise CrmError("lesson_did_not_run", lesson=name, message=told) from error
    handed = show.handed_over(ran)
    del ran.cells[-1]
    found = plain_sight.leaks(ran.cells, name, handed[in_kernel.MARKS], handed[in_kernel.SOLUTIONS])
    told = "".join(f"\n- {one}" for one in dict.fromkeys(map(_leak, found)))
    if told:
        raise CrmError("lesson_incomplete", lesson=name, problems=told)
    return kept(ran)


def _leak(found: tuple[str, str, str]) -> str:
    item, said, piece = found
    return wording.text("own_lesson.in_plain_sight", item=item, said=said, piece=piece)


def stale() -> list[Path]:
    """The editions that differ from their source in anything but outputs, or have no source."""
    expected = {
        lessons.edition_path(sources.name_of(source), language): sources.edition(source, language)
        for source in sources.everything()
        for language in wording.LANGUAGES
    }
    present = {p for lang in wording.LANGUAGES for p in carried.path("notebooks", lang).glob("*")}
    present = {p for p in present if p.suffix == ".ipynb"}
    wrong = present ^ expected.keys()
    for path in present & expected.keys():
        if without_outputs(nbformat.read(path, as_version=4)) != expected[path]:
            wrong.add(path)
    return sorted(wrong)


def run(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Run a copy of an edition and keep the outputs of its compared cells only."""
    return kept(_run(notebook))


def _run(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    from nbclient import NotebookClient

    ran = nbformat.from_dict(notebook)
    how = {"timeout": SECONDS_A_CELL, "coalesce_streams": True, **_kernels.how()}
    # The state of the forms holds ids that differ at each run.
    NotebookClient(ran, store_widget_state=False, **how).execute()
    return ran


def kept(ran: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """An edition that has run with the outputs of its compared cells only."""
    for cell in ran.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            # The last digits of a fitted model differ from one processor to another, and a Parquet
            # file names the version that wrote it. What a reader sees is compared.
            output.get("data", {}).pop(show.MIME, None)
            output.get("metadata", {}).pop(show.SAID, None)
    ran.metadata.language_info = {"name": "python"}
    return without_outputs(ran, keep=COMPARED)


def without_outputs(
    notebook: nbformat.NotebookNode, keep: str | None = None
) -> nbformat.NotebookNode:
    """A copy without outputs and execution counts, but for the cells tagged ``keep``."""
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        if cell.cell_type == "code" and keep not in cell.metadata.get("tags", []):
            cell.outputs, cell.execution_count = [], None
    return copy
