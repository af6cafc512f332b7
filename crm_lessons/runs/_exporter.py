"""nbconvert's exporter of HTML, without the work it does for templates other than ours."""

from typing import Any

import nbformat
from nbconvert import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import List


class PageExporter(HTMLExporter):
    """Fills the template and leaves it at that.

    No preprocessor changes anything here; all the same, each would have the whole notebook
    validated. Nor is the page parsed and written once more, in order to mark what stands in
    JupyterLab's templates only.
    """

    default_preprocessors = List([])

    def from_notebook_node(
        self, nb: nbformat.NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page, and the resources of its template."""
        return TemplateExporter.from_notebook_node(self, nb, resources, **kw)
