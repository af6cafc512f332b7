"""A notebook that has run, as one HTML page: no code, no script, nothing fetched from elsewhere."""

from importlib import resources
from pathlib import Path

import nbformat

from crm_lessons import wording

TEMPLATES = Path(str(resources.files("crm_lessons.runs"))) / "template"
HTML_LANGUAGE = {"zh": "zh-CN", "en": "en"}


def render(notebook: nbformat.NotebookNode, *, language: str, facts: dict[str, object]) -> str:
    """The page as text. ``facts`` (how it was made) stand folded away at its end."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=True,
        exclude_anchor_links=True,
    )
    with wording.using(language):
        told = {
            "lang": HTML_LANGUAGE[language],
            "title": notebook.metadata.get("title", ""),
            "style": (TEMPLATES / "report" / "style.css").read_text(encoding="utf-8"),
            "made": wording.text("report.how_made"),
            "facts": [(wording.text(f"report.fact_{k}"), v) for k, v in facts.items()],
        }
    body, _ = exporter.from_notebook_node(notebook, resources={"report": told})
    return body
