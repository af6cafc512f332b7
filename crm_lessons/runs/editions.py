"""Building the editions: one lesson source in, one notebook for each language out.

The code of a lesson is written once; the prose stands in Chinese and English side by side. An
edition takes the prose of one language and changes a single literal of the code, the parameter
``language``. It is the same byte for byte at each build: cell ids come from the position of a cell,
no version is recorded, and only cells tagged ``nbval-check-output`` keep their outputs.
"""

import hashlib
import re
from collections import Counter
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from crm_lessons import show, wording, writing
from crm_lessons.data import carried
from crm_lessons.errors import CrmError
from crm_lessons.runs import _kernels, lessons

COMPARED = "nbval-check-output"
CLAIM = re.compile(r"\[claim:(\w+)\]")
BLANK_BEFORE_CLAIM = re.compile(r"(?<=[^\s|-]) (?=\[claim:)")
CHINESE_END = re.compile("[\u2018-\u201d\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]$")
# Anything but the begin of a heading, list, quotation, table or block of code.
GOES_ON = re.compile(r"(?!\s*(?:$|[#>|]|[-*] |\d+[.] |```))")
LANGUAGE_LINE = 'language: str = "{}"'
SECONDS_A_CELL = 300


def sources() -> list[Path]:
    """The lesson sources; none in an installed wheel, which carries the editions alone."""
    return sorted(carried.path("notebooks", "source").glob("*.py"))


def build(lesson: str = "") -> list[Path]:
    """Write the editions of one lesson, or of all, run to fill their compared outputs.

    ``lesson`` is the name of a source or its number (``05``). Returns what was written.
    """
    found = _sources_or_error()
    chosen = [source for source in found if source.stem.startswith(lesson)]
    if not chosen:
        raise CrmError("no_lesson_source", lesson=lesson, known=", ".join(s.stem for s in found))
    written = []
    for source in chosen:
        for language in wording.LANGUAGES:
            notebook = run(edition(source, language))
            target = lessons.edition_path(source.stem, language)
            writing.text(target, nbformat.writes(notebook) + "\n")
            written.append(target)
    return written


def stale() -> list[Path]:
    """The editions that differ from their source in anything but outputs, or have no source."""
    expected = {
        lessons.edition_path(source.stem, language): edition(source, language)
        for source in _sources_or_error()
        for language in wording.LANGUAGES
    }
    present = {p for lang in wording.LANGUAGES for p in carried.path("notebooks", lang).glob("*")}
    present = {p for p in present if p.suffix == ".ipynb"}
    wrong = present ^ expected.keys()
    for path in present & expected.keys():
        if without_outputs(nbformat.read(path, as_version=4)) != expected[path]:
            wrong.add(path)
    return sorted(wrong)


def edition(source: Path, language: str) -> nbformat.NotebookNode:
    """The edition of one source in one language, not yet run."""
    try:
        import jupytext  # only maintainers build editions, so it is no dependency of the core
    except ImportError as error:
        raise CrmError("build_needs_jupytext") from error
    read = jupytext.read(source)
    seen: Counter[str] = Counter()
    cells = []
    for cell in read.cells:
        if cell.cell_type == "code":
            cells.append(_code(cell, language, _cell_id(source.stem, "code", seen)))
        elif cell.metadata.get("lang") == language:
            cell_id = _cell_id(source.stem, "prose", seen)
            prose = _joined(_with_claims(cell.source, language))
            cells.append(new_markdown_cell(prose, metadata=_tags(cell), id=cell_id))
    header = {**read.metadata["crm_lessons"], "language": language}
    return new_notebook(
        cells=cells,
        metadata={
            "crm_lessons": header,
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
            "title": header["title"][language],
        },
    )


def run(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Run a copy of an edition and keep the outputs of its compared cells only."""
    from nbclient import NotebookClient

    ran = nbformat.from_dict(notebook)
    how = {"timeout": SECONDS_A_CELL, "coalesce_streams": True, **_kernels.how()}
    # The state of the forms holds ids that differ at each run.
    NotebookClient(ran, store_widget_state=False, **how).execute()
    for cell in ran.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            # The last digits of a fitted model differ from one processor to another, and a Parquet
            # file names the version that wrote it. What a reader sees is compared.
            output.get("data", {}).pop(show.MIME, None)
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


def _code(cell: nbformat.NotebookNode, language: str, cell_id: str) -> nbformat.NotebookNode:
    metadata = _tags(cell) | {"jupyter": {"source_hidden": True}}
    source = cell.source
    if "parameters" in metadata.get("tags", []):
        source = source.replace(LANGUAGE_LINE.format("zh"), LANGUAGE_LINE.format(language))
    return new_code_cell(source, metadata=metadata, id=cell_id)


def _with_claims(prose: str, language: str) -> str:
    """``[claim:B7]`` as people read it; the claims stand in datasets/claims.csv by that number."""
    if language == "zh":  # a Chinese bracket needs no blank before it
        prose = BLANK_BEFORE_CLAIM.sub("", prose)
    with wording.using(language):
        return CLAIM.sub(lambda found: wording.text("course.claim", number=found[1]), prose)


def _joined(prose: str) -> str:
    """Lines wrapped inside Chinese text put together: a browser shows a blank for the break."""
    lines, in_code = [], False
    for line in prose.split("\n"):
        in_code ^= line.startswith("```")
        wrapped = bool(lines) and not in_code and CHINESE_END.search(lines[-1])
        if wrapped and not lines[-1].startswith("#") and GOES_ON.match(line):
            lines[-1] += line.lstrip()
        else:
            lines.append(line)
    return "\n".join(lines)


def _tags(cell: nbformat.NotebookNode) -> dict:
    return {"tags": list(cell.metadata["tags"])} if cell.metadata.get("tags") else {}


def _cell_id(lesson: str, kind: str, seen: Counter) -> str:
    # Numbered by kind, so that the two editions share their ids.
    seen[kind] += 1
    return hashlib.sha256(f"{lesson} {kind} {seen[kind]}".encode()).hexdigest()[:12]


def _sources_or_error() -> list[Path]:
    found = sources()
    if not found:
        raise CrmError("no_lesson_sources")
    return found
