"""A report in the order in which it is read: what was found, whom to contact, the charts, the rest.

The header of a lesson names the sentences that are findings (``found``, a star for any ending); the
first three that the data allow stand at the top. The action list follows with its first rows. Cells
tagged ``later`` are for looking up: they go last and fold, and so do the whole action list and what
is said of the data (what was read is told in a line below the title, what makes every figure
doubtful below the findings). Whoever learns keeps the order of the lesson.
"""

import fnmatch
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from crm_lessons import show, wording
from crm_lessons.course import codes
from crm_lessons.runs import _page

FINDINGS, ROWS = 3, 5
LATER, ACTIONS = "later", "actions"
READ = {f"course.{key}" for key in ("data_read", "survey_read", "survey_read_undated", "scope")}
DOUBTS = {"course.few_customers", "course.no_shares", "data.shared_ids", "remarks.contradicting"}
ELSEWHERE = READ | DOUBTS
OF_DATA = ("data.", "remarks.")
Cells = list[nbformat.NotebookNode]


@dataclass(frozen=True)
class Files:
    """What the files of a report are called, as its page names them."""

    page: str
    workbook: str


@dataclass
class Section:
    """A heading with what stands below it; what comes before the first heading has none."""

    heading: nbformat.NotebookNode | None = None
    cells: Cells = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.heading.source.strip().removeprefix("## ") if self.heading else ""


def arranged(
    ran: nbformat.NotebookNode,
    *,
    lesson: str,
    files: Files,
    sections: int | None = None,
) -> nbformat.NotebookNode:
    """The report that has run, its cells in the order of a reader, in the language in use.

    ``sections`` keeps as many sections of charts; the others go last and fold as well. Cells say by
    their metadata how the page shows them: ``part`` (a style), ``begins`` and ``ends`` (a section),
    ``opens`` (the title of what folds) and ``closes``.
    """
    title, parts = _split(ran)
    said = {key: output for _, output, key in _outputs(parts) if key}
    todo = next((part for part in parts if _hands_over(part, ACTIONS)), None)
    rest = show.handed_over(ran, only=ACTIONS).get(ACTIONS)
    top = [_part("read", _of(said, READ))]
    top += _found(said, ran.metadata.get("crm_lessons", {}).get("found", []), lesson)
    top.append(_part("doubts", _of(said, DOUBTS)))
    if todo:
        top += _first_actions(todo, rest, lesson, files)
    bodies, folded = _bodies([part for part in parts if part is not todo], sections)
    if rest is not None and len(rest) > ROWS:
        told = wording.text("report.all_actions", title=todo.title, rows=len(rest))
        folded.insert(0, (told, todo.cells))
    first = [cell for cell in parts[0].cells if _is_later(cell)]
    folded.append((wording.text("report.data"), [*first, _part("", _of_data(parts))]))
    copy = nbformat.from_dict({**ran, "cells": []})
    cards = new_code_cell(metadata={"part": "cards"})
    copy.cells = [*title, *filter(_filled, top), cards, *bodies, *_last(folded, files)]
    return copy


def titles(ran: nbformat.NotebookNode) -> list[str]:
    """The headings of the sections of charts, which `arranged` can keep or fold."""
    _, parts = _split(ran)
    kept = [part for part in parts if part.heading and not _hands_over(part, ACTIONS)]
    return [part.title for part in kept if any(map(_page.shows, _shown(part)))]


def _split(ran: nbformat.NotebookNode) -> tuple[Cells, list[Section]]:
    """The cell of the title, and the sections."""
    title: Cells = []
    parts = [Section()]
    for cell in ran.cells:
        if not title and cell.cell_type == "markdown" and cell.source.startswith("# "):
            title.append(cell)
        elif _page.is_heading(cell):
            parts.append(Section(cell))
        else:
            parts[-1].cells.append(cell)
    return title, parts


def _outputs(parts: Iterable[Section]) -> Iterator[tuple[Section, nbformat.NotebookNode, str]]:
    for part in parts:
        for cell in part.cells:
            for output in cell.get("outputs", []):
                yield part, output, output.get("metadata", {}).get(show.SAID, "")


def _hands_over(part: Section, name: str) -> bool:
    told = [output.get("data", {}).get(show.MIME, {}) for _, output, _ in _outputs([part])]
    return any(one.get("name") == name for one in told)


def _is_later(cell: nbformat.NotebookNode) -> bool:
    return LATER in cell.metadata.get("tags", [])


def _of(said: dict[str, nbformat.NotebookNode], keys: Iterable[str]) -> Cells:
    return [output for key, output in said.items() if key in keys]


def _of_data(parts: Iterable[Section]) -> Cells:
    return [one for _, one, key in _outputs(parts) if key.startswith(OF_DATA) and key not in DOUBTS]


def _part(name: str, outputs: Cells) -> nbformat.NotebookNode:
    # nbformat's `new_code_cell` checks its outputs against a schema, and they come from a notebook.
    cell = {"id": secrets.token_hex(4), "cell_type": "code", "execution_count": None, "source": ""}
    metadata = nbformat.NotebookNode({"part": name} if name else {})
    return nbformat.NotebookNode(cell, metadata=metadata, outputs=outputs)


def _filled(cell: nbformat.NotebookNode) -> bool:
    return cell.cell_type != "code" or bool(cell.outputs)


def _found(said: dict, wanted: Sequence[str], lesson: str) -> Cells:
    """The findings as a numbered list, each a sentence that the report says further down too."""
    ways = [way if "." in way else f"{lesson}.{way}" for way in wanted]
    keys = [key for way in ways for key in fnmatch.filter(said, way)[:1]]
    told = [" ".join(said[key].data["text/markdown"].split()) for key in dict.fromkeys(keys)]
    if not told:
        return []
    head = f"## {wording.text('report.found')}"
    lines = [f"{place}. {one}" for place, one in enumerate(told[:FINDINGS], start=1)]
    return [new_markdown_cell("\n".join([head, "", *lines]), metadata={"part": "found"})]


def _first_actions(todo: Section, rest, lesson: str, files: Files) -> Cells:
    """The action list: what is said of it, its first rows, and where the others are."""
    shown = [one for _, one, key in _outputs([todo]) if key]
    if rest is not None and len(rest):
        words = codes.of_lesson(lesson) | codes.of(lesson)
        table = show.table(rest.head(ROWS), codes=words, rows=ROWS).html()
        shown.append(_html(table))
    if rest is not None and len(rest) > ROWS:
        told = {"rest": len(rest) - ROWS, "workbook": files.workbook}
        told["sheet"] = wording.text(f"sheets.{ACTIONS}")
        for where in ("here", "elsewhere"):
            line = escape(wording.text(f"report.rest_{where}", **told))
            shown.append(_html(f'<p class="rest {where}">{line}</p>'))
    return [*([todo.heading] if todo.heading else []), _part("todo", shown)]


def _bodies(parts: list[Section], most: int | None) -> tuple[Cells, list[tuple[str, Cells]]]:
    """What is read on, and under their titles what folds."""
    kept, folded, seen = [], [], 0
    for part in parts:
        shown = _shown(part)
        later = [cell for cell in part.cells if part.heading and _is_later(cell)]
        if part.heading and any(map(_page.shows, shown)):
            seen += 1
            if most is not None and seen > most:
                shown, later = [], part.cells
        if any(map(_page.shows, shown)):
            kept += _together([*([part.heading] if part.heading else []), *shown])
        if any(map(_page.shows, later)):
            whole = not any(map(_page.shows, shown))
            title = part.title if whole else wording.text("report.details", title=part.title)
            folded.append((title, later))
    return kept, folded


def _together(cells: Cells) -> Cells:
    """Copies of cells that paper keeps on one page, if one page holds them."""
    copies = [nbformat.from_dict(cell) for cell in cells]
    copies[0].metadata["begins"], copies[-1].metadata["ends"] = True, True
    return copies


def _shown(part: Section) -> Cells:
    """The cells of a section that are not for later, without what is said of the data."""
    cells = [cell for cell in part.cells if not _is_later(cell)]
    if not all(cell.cell_type == "code" for cell in cells):
        return cells
    told = [(output, key) for _, output, key in _outputs([Section(None, cells)])]
    kept = [output for output, key in told if key not in ELSEWHERE and not key.startswith(OF_DATA)]
    return [_part("", _beside(kept))] if kept else []


def _beside(outputs: Cells) -> Cells:
    """The first chart at the head, and after it what is said before the next one: it stands beside
    the chart, tables below."""
    charts = [place for place, one in enumerate(outputs) if "image/png" in one.get("data", {})]
    if not charts:
        return outputs
    end = charts[1] if len(charts) > 1 else len(outputs)
    said = [p for p in range(end) if outputs[p].get("metadata", {}).get(show.SAID)]
    first = [charts[0], *said]
    rest = [place for place in range(len(outputs)) if place not in first]
    return [outputs[place] for place in [*first, *rest]]


def _last(folded: list[tuple[str, Cells]], files: Files) -> Cells:
    """What folds, each under its title, and for paper a line that says where it is."""
    folded = [(title, cells) for title, cells in folded if any(map(_page.shows, cells))]
    if not folded:
        return []
    last: Cells = [
        new_markdown_cell(f"## {wording.text('report.more')}", metadata={"part": "more"})
    ]
    for title, cells in folded:
        copies = [nbformat.from_dict(cell) for cell in cells]
        copies[0].metadata["opens"], copies[-1].metadata["closes"] = title, True
        last += copies
    listed = wording.text("report.between").join(title for title, _ in folded)
    told = wording.text("report.left_out", titles=listed, page=files.page, workbook=files.workbook)
    return [*last, _part("", [_html(f'<p class="left-out">{escape(told)}</p>')])]


def _html(text: str) -> nbformat.NotebookNode:
    return new_output("display_data", data={"text/html": text})
