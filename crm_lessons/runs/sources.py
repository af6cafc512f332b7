"""The source of a lesson, and the edition of one language that it makes.

The code of a lesson is written once; the prose stands in Chinese and English side by side. An
edition takes the prose of one language and changes a single literal of the code, the parameter
``language``. It is the same byte for byte each time: cell ids come from the position of a cell, no
version is recorded. A lesson whose prose is in one language shows it in both editions.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from crm_lessons import wording
from crm_lessons.course import folders
from crm_lessons.course.parameters import declared
from crm_lessons.runs import depth, prose

CLAIM = re.compile(r" ?\[claim:(\w+)\]")
CHINESE_END = re.compile("[\u2018-\u201d\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]$")
# Anything but the begin of a heading, list, quotation, table or block of code.
GOES_ON = re.compile(r"(?!\s*(?:$|[#>|]|[-*] |\d+[.] |```))")
LANGUAGE_LINE = 'language: str = "{}"'


def everything() -> list[Path]:
    """The sources of all lessons, in teaching order."""
    return sorted((folder / folders.SOURCE for folder in folders.known().values()), key=name_of)


def name_of(source: Path) -> str:
    """The name of the lesson that a source makes."""
    return source.parent.name


def edition(source: Path, language: str) -> nbformat.NotebookNode:
    """The edition of one source in one language, not yet run."""
    import jupytext  # editions that are carried need it not, and it takes its time to import

    read = jupytext.read(source)
    name = name_of(source)
    header = _in_both(read.metadata["crm_lessons"])
    written = {cell.metadata.get("lang") for cell in read.cells} & set(wording.LANGUAGES)
    spoken = language if language in written or not written else min(written)
    seen: Counter[str] = Counter()
    cells: list[nbformat.NotebookNode] = []
    defaults = _defaults(read.cells)
    for cell in read.cells:
        if cell.cell_type == "code":
            cells.append(_code(cell, language, _cell_id(name, "code", seen)))
        elif cell.metadata.get("lang") == spoken:
            cell_id = _cell_id(name, "prose", seen)
            cells.append(_prose(cell, language, defaults, cell_id))
    header = {**header, "language": language}
    return new_notebook(
        cells=cells,
        metadata={
            "crm_lessons": header,
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
            "title": header["title"][language],
        },
    )


def _in_both(header: Mapping) -> dict:
    """The header of a lesson of one language with its title and subject in both."""
    found = dict(header)
    for key in ("title", "subject"):
        only = found[key] if isinstance(found[key], Mapping) else dict(zh=found[key])
        first = next(iter(only.values()))
        found[key] = dict.fromkeys(wording.LANGUAGES, first) | dict(only)
    return found


def _code(cell: nbformat.NotebookNode, language: str, cell_id: str) -> nbformat.NotebookNode:
    metadata = _tags(cell) | {"jupyter": {"source_hidden": True}}
    source = cell.source
    if "parameters" in metadata.get("tags", []):
        for other in wording.LANGUAGES:
            source = source.replace(LANGUAGE_LINE.format(other), LANGUAGE_LINE.format(language))
    return new_code_cell(source, metadata=metadata, id=cell_id)


def _defaults(cells: list[nbformat.NotebookNode]) -> dict[str, object]:
    """The parameters with their defaults."""
    code = [c.source for c in cells if "parameters" in c.metadata.get("tags", [])]
    return {name: one.default for text in code for name, one in declared(text, {}).items()}


def _prose(
    cell: nbformat.NotebookNode, language: str, defaults: Mapping[str, object], cell_id: str
) -> nbformat.NotebookNode:
    """Prose as people read it. References to claims are for whoever tests them: readers find the
    statements in the table of claims."""
    text = _joined(CLAIM.sub("", cell.source))
    text = depth.marked(text, language) if depth.is_deeper(cell) else text
    told = prose.filled(text, defaults)
    kept = {prose.TEMPLATE: text} if told != text else {}
    return new_markdown_cell(told, metadata=_tags(cell) | kept, id=cell_id)


def _joined(text: str) -> str:
    """Lines wrapped inside Chinese text put together: a browser shows a blank for the break."""
    lines, in_code = [], False
    for line in text.split("\n"):
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
