"""A page put together piece by piece: the template of a report without a notebook behind it."""

from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from crm_lessons import show, wording
from crm_lessons.runs import _page


class Page:
    """Pieces in the order in which they are added; texts come from one wording file."""

    def __init__(self, title: str, *, texts: str) -> None:
        self._texts = texts
        self._notebook = new_notebook(metadata={"title": title})

    def heading(self, key: str, level: int = 2, **values: object) -> None:
        """A heading; text values are escaped."""
        self.html(f"<h{level}>{escape(wording.text(self._key(key), **values))}</h{level}>")

    def say(self, key: str, **values: object) -> None:
        """A sentence or paragraph, in Markdown; text values are escaped."""
        told = show.sentence(self._key(key), **values)
        self._add({"text/markdown": told.markdown})

    def prose(self, markdown: str) -> None:
        """Markdown written by the authors of the course."""
        self._notebook.cells.append(new_markdown_cell(markdown))

    def bullets(self, texts: Iterable[object]) -> None:
        """A list of texts, escaped."""
        items = "".join(f"<li>{escape(str(text))}</li>" for text in texts)
        self.html(f"<ul>{items}</ul>")

    def table(self, frame: pd.DataFrame, **options: object) -> None:
        """All rows of a table (see `show.table`)."""
        self.html(show.table(frame, rows=max(len(frame), 1), **options).html())

    def draw(self, chart: str, result: pd.DataFrame, **options: object) -> None:
        """A chart of `crm_lessons.charts` with the sentence that says it."""
        from crm_lessons import charts  # late: most pages have none, and the import takes long

        charts.style()
        found = charts.find(chart)
        alt = found.alt(result, **options)
        picture = show.chart(found(result, **options), alt=alt)
        self.html(picture._repr_mimebundle_()[0]["text/html"])

    def html(self, text: str) -> None:
        """A piece of finished HTML."""
        self._add({"text/html": text})

    def render(
        self,
        *,
        figures: Iterable[Mapping[str, object]] = (),
        style: str = "",
    ) -> str:
        """The page, in the language in use."""
        return _page.render(
            self._notebook, language=wording.language(), figures=figures, style=style
        )

    def _add(self, data: dict[str, str]) -> None:
        output = new_output("display_data", data=data)
        self._notebook.cells.append(new_code_cell(outputs=[output]))

    def _key(self, key: str) -> str:
        return key if "." in key else f"{self._texts}.{key}"
