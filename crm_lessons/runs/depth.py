"""What goes deeper than the core path of a lesson.

Cells tagged ``deeper`` are for analysts and instructors: the page folds them, slides and handouts
leave them out, a notebook marks their headings. A deeper part begins with a heading, and so does
what follows it.
"""

import re
from collections.abc import Iterator, Sequence

import nbformat

from crm_lessons import wording
from crm_lessons.course.kinds import said
from crm_lessons.runs import _questions

DEEPER = "deeper"
_HEADING = re.compile(r"\A#{2,3} ")


def is_deeper(cell: nbformat.NotebookNode) -> bool:
    """Whether a cell belongs to a deeper part."""
    return DEEPER in cell.metadata.get("tags", [])


def core(cells: Sequence[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """The cells of the core path."""
    return [cell for cell in cells if not is_deeper(cell)]


def marked(prose: str, language: str) -> str:
    """The prose of a deeper part; a heading with which it begins is marked.

    >>> marked("## Gini", "en")
    '## Go deeper: Gini'
    """
    with wording.using(language):
        mark = wording.text("course.deeper")
    return _HEADING.sub(lambda found: f"{found[0]}{mark}", prose, count=1)


def unmarked(prose: str) -> str:
    """The prose as it was before `marked`: a report has no core path."""
    for language in wording.LANGUAGES:
        prose = prose.replace(f" {wording.template('course.deeper', language)}", " ", 1)
    return prose


def problems(cells: Sequence[nbformat.NotebookNode], lesson: str) -> Iterator[str]:
    """What is wrong with the deeper parts of an edition, one sentence each."""
    was_deeper = False
    for cell in cells:
        deeper = is_deeper(cell)
        if deeper != was_deeper and not _HEADING.match(cell.source):
            yield said("deeper_without_heading", begins=cell.source.partition("\n")[0])
        was_deeper = deeper
        for item in _questions.asked(cell, lesson):
            if item.deeper != deeper:
                yield said("deeper_unlike", item=item.id)
