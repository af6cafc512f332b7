"""A lesson as slides: reveal.js by nbconvert, everything in one file.

nbconvert's own template fetches reveal.js from another machine; ours carries it (version 5.2.1, MIT
license beside it).
"""

import re

import nbformat
from nbformat.v4 import new_markdown_cell

from crm_lessons.runs import _page

FOLDER = _page.TEMPLATES / "slides"
_HEADING = re.compile(r"^(?=#{1,3} )", re.MULTILINE)
_LONG = 420  # characters, a Chinese one counts double: more needs a smaller type
_FEW_ROWS = 6


def render(notebook: nbformat.NotebookNode, *, language: str) -> str:
    """The slides as HTML: a heading begins a slide, charts, tables and questions go below it."""
    from nbconvert import SlidesExporter

    exporter = SlidesExporter(
        template_name="slides",
        extra_template_basedirs=[str(_page.TEMPLATES)],
        extra_template_paths=[str(_page.TEMPLATES)],
        exclude_input=True,
        exclude_anchor_links=True,
    )
    told = {
        "lang": _page.HTML_LANGUAGE[language],
        "title": notebook.metadata.get("title", ""),
        "style": _carried("reveal.css") + (FOLDER / "slides.css").read_text(encoding="utf-8"),
        "script": _carried("reveal.js"),
        "start": (FOLDER / "start.js").read_text(encoding="utf-8"),
    }
    body, _ = exporter.from_notebook_node(split(notebook), resources={"report": told})
    return body


def split(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A copy with a cell for each heading, and marks where slides begin."""
    copy = nbformat.from_dict(notebook)
    cells = []
    for cell in copy.cells:
        if cell.cell_type == "markdown":
            parts = [part for part in _HEADING.split(cell.source) if part.strip()]
            cells += [_marked(new_markdown_cell(part), _prose_type(part)) for part in parts]
        else:
            kind = "-" if cells and _only_heading(cells[-1]) else _output_type(cell)
            cells.append(_marked(cell, kind))
    copy.cells = cells
    return copy


def _prose_type(part: str) -> str:
    if part.startswith("### "):
        return "subslide"
    return "slide" if part.startswith("#") else "subslide"


def _only_heading(cell: nbformat.NotebookNode) -> bool:
    text = cell.source.strip()
    return text.startswith("##") and "\n" not in text


def _output_type(cell: nbformat.NotebookNode) -> str:
    """Sentences and small tables stay with what stands above them; what is large goes below."""
    data = cell.outputs[0].data
    small_table = 0 < data.get("text/html", "").count("<tr") <= _FEW_ROWS
    asked = 'class="question"' in data.get("text/html", "")
    return "-" if "text/markdown" in data or (small_table and not asked) else "subslide"


def _marked(cell: nbformat.NotebookNode, kind: str) -> nbformat.NotebookNode:
    size = len(cell.source.encode("gb18030", "replace"))
    cell.metadata = {
        "slideshow": {"slide_type": kind},
        "tags": ["long"] if size > _LONG else [],
    }
    return cell


def _carried(name: str) -> str:
    return (FOLDER / "reveal.js" / name).read_text(encoding="utf-8")
