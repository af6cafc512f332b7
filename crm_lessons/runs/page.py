"""A notebook that has run, as one HTML page: no code, no script, nothing fetched from elsewhere."""

import functools
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from crm_lessons import wording

if TYPE_CHECKING:  # imported by whoever makes a page
    from nbconvert import HTMLExporter

TEMPLATES = Path(str(resources.files("crm_lessons.runs"))) / "template"
HTML_LANGUAGE = {"zh": "zh-CN", "en": "en"}


def render(
    notebook: nbformat.NotebookNode,
    *,
    language: str,
    figures: Iterable[Mapping[str, object]] = (),
    facts: Mapping[str, object] | None = None,
    style: str = "",
) -> str:
    """The page as text.

    ``figures`` (title, value, sentence) stand as cards under the heading, ``facts`` (how it was
    made) folded away at the end. ``style`` names a second style sheet beside the report's own.
    """
    with wording.using(language):
        told = {
            "lang": HTML_LANGUAGE[language],
            "title": notebook.metadata.get("title", ""),
            "style": _styles("style", style),
            "made": wording.text("report.how_made"),
            "figures": list(figures),
            "facts": [(wording.text(f"report.fact_{k}"), v) for k, v in (facts or {}).items()],
        }
    body, _ = _exporter().from_notebook_node(_untitled(notebook), resources={"report": told})
    return body


@functools.cache
def _exporter() -> "HTMLExporter":
    """One for all pages of a process: it compiles its templates only once."""
    from nbconvert import HTMLExporter

    return HTMLExporter(
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
