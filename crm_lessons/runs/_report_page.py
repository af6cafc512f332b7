"""The page of a report, and the same on paper."""

from collections.abc import Mapping
from dataclasses import dataclass

import nbformat

from crm_lessons import wording
from crm_lessons.runs import _arranging, _page, _printing

PAGES = 4


@dataclass(frozen=True)
class ReportPage:
    """A report that has run; ``facts`` are what is told at the end of how it was made."""

    ran: nbformat.NotebookNode
    lesson: str
    language: str
    name: str
    figures: tuple[Mapping[str, object], ...]
    facts: Mapping[str, object]

    def html(self, *, sections: int | None = None, how: str = "") -> str:
        """The page; ``sections`` and ``how`` as in `_arranging.arranged` and `_page.render`."""
        files = _arranging.Files(f"{self.name}.html", f"{self.name}.xlsx")
        with wording.using(self.language):
            told = _arranging.arranged(self.ran, lesson=self.lesson, files=files, sections=sections)
        return _page.render(
            told,
            language=self.language,
            figures=self.figures,
            facts=self.facts,
            style="report",
            how=how,
        )

    def pdf(self, chromium: str, *, whole: bool = False) -> bytes:
        """The page as PDF: `PAGES` pages at most, without what folds; ``whole`` with all of it.

        Where that is more, everything becomes smaller; where it is still more, the last sections
        of charts are left out, and the paper names them.
        """
        if whole:
            return self._printed(chromium, how="whole")
        made = self._printed(chromium)
        if _printing.pages(made) <= PAGES:
            return made
        kept = len(_arranging.titles(self.ran))
        made = self._printed(chromium, how="tight")
        while (count := _printing.pages(made)) > PAGES and kept:
            kept = min(kept - 1, kept * PAGES // count)
            made = self._printed(chromium, how="tight", sections=kept)
        return made

    def _printed(self, chromium: str, **how: object) -> bytes:
        return _printing.printed(self.html(**how), chromium, name=f"{self.name}.html")
