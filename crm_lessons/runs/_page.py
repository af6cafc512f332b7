"""A notebook that has run, as one HTML page: no code, no script, nothing fetched from elsewhere."""

import functools
import itertools
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from crm_lessons import show, wording

if TYPE_CHECKING:  # imported by whoever makes a page
    from crm_lessons.runs._exporter import PageExporter

TEMPLATES = Path(str(resources.files("crm_lessons.runs"))) / "template"
HTML_LANGUAGE = {"zh": "zh-CN", "en": "en"}


def render(
    notebook: nbformat.NotebookNode,
    *,
    language: str,
    figures: Iterable[Mapping[str, object]] = (),
    facts: Mapping[str, object] | None = None,
    style: str = "",
    how: str = "",
) -> str:
    """The page as text.

    ``figures`` (title, value, sentence) stand as cards under the heading, ``facts`` (how it was
    made) folded away at the end. ``style`` names a second style sheet beside the report's own,
    ``how`` a class of the whole page (``tight`` or ``whole``, see report.css).
    """
    with wording.using(language):
        told = {
            "how": how,
            "lang": HTML_LANGUAGE[language],
            "title": notebook.metadata.get("title", ""),
            "style": _styles("style", style),
            "made": wording.text("report.how_made"),
            "figures": list(figures),
            "facts": [(wording.text(f"report.fact_{k}"), v) for k, v in (facts or {}).items()],
        }
    shown = _with_something_below(_untitled(notebook))
    body, _ = _exporter().from_notebook_node(shown, resources={"report": told})
    return body


@functools.cache
def _exporter() -> "PageExporter":
    """One for all pages of a process: it compiles its templates only once."""
    from crm_lessons.runs._exporter import PageExporter

    return PageExporter(
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=True,
        exclude_anchor_links=True,
    )


def _styles(*names: str) -> str:
    files = [TEMPLATES / "report" / f"{name}.css" for name in names if name]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _untitled(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A copy without the cell of the title, which the page sets above the cards."""
    copy = nbformat.from_dict(notebook)
    prose = [c for c in copy.cells if c.cell_type == "markdown" and c.source.startswith("# ")]
    copy.cells = [c for c in copy.cells if c not in prose[:1]]
    return copy


def _with_something_below(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Without the headings of sections whose code had nothing to show on these data."""
    cells = notebook.cells
    notebook.cells = [cell for i, cell in enumerate(cells) if not _is_bare(cells[i:])]
    return notebook


def _is_bare(cells: list[nbformat.NotebookNode]) -> bool:
    """Whether the first cell is a heading above code, and nothing shows before the next one."""
    first, *rest = cells
    if not is_heading(first):
        return False
    below = list(itertools.takewhile(lambda cell: not is_heading(cell), rest))
    return bool(below) and not any(shows(cell) for cell in below)


def is_heading(cell: nbformat.NotebookNode) -> bool:
    lines = cell.source.strip().splitlines()
    return cell.cell_type == "markdown" and len(lines) == 1 and lines[0].startswith("## ")


def shows(cell: nbformat.NotebookNode) -> bool:
    """Prose always does; of outputs those that are more than a result handed over."""
    if cell.cell_type != "code":
        return True
    seen = [one.get("data") or {"text": one.get("text")} for one in cell.get("outputs", [])]
    return any(value for one in seen for kind, value in one.items() if kind != show.MIME)
