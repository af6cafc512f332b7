"""A report made within this process, in a fraction of a second: what it says and hands over."""

import base64
import io
import re
from pathlib import Path
from unittest import mock

import matplotlib.pyplot as plt
import pandas as pd
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from crm_lessons import show, wording
from crm_lessons.course import parameters
from crm_lessons.runs import _reporting, lessons

_TAGS = re.compile(r"<[^>]+>")


class Made:
    """``error``, if a cell raised one; ``said``, all text of the page; ``tables``; ``figures``."""

    def __init__(self, error: BaseException | None, bundles: list[dict]) -> None:
        self.error = error
        self.tables: dict[str, pd.DataFrame] = {}
        self.figures: dict[str, dict] = {}
        told = []
        for data in bundles:
            if show.MIME in data:
                self._take(data[show.MIME])
            else:
                told.append(data.get("text/markdown") or _TAGS.sub(" ", data.get("text/html", "")))
        self.said = "\n".join(told)

    def _take(self, handed: dict) -> None:
        if handed["kind"] == "table":
            file = io.BytesIO(base64.b64decode(handed["data"]))
            self.tables[handed["name"]] = pd.read_parquet(file)
        elif handed["name"] != "data":
            self.figures[handed["name"]] = handed["data"]

    def workbook(self, lesson: str, path: Path) -> Path:
        """The Excel file of the report, as `runs.report` writes it."""
        handed = {**self.figures, **self.tables}
        _reporting._workbook(path, handed, lessons.find(lesson).name)
        return path


def _laid_out(figure: object) -> bytes:
    """In the place of a picture: all of it is laid out, and nothing painted."""
    figure.draw_without_rendering()
    return b""


def report(lesson: str, *, language: str = "en", **given: object) -> Made:
    """The cells of a report, run one after the other; what they show is caught."""
    notebook = _reporting.report_of(lessons.find(lesson), language)
    checked = parameters.check(parameters.read(notebook), given | {"language": language})
    shell, bundles = InteractiveShell.instance(), []
    try:
        with wording.using(language), mock.patch("crm_lessons.show._pictures._png", _laid_out):
            for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
                with capture_output() as caught:
                    ran = shell.run_cell(cell.source, store_history=False)
                bundles += [out.data for out in caught.outputs]
                if ran.error_in_exec is not None:
                    return Made(ran.error_in_exec, bundles)
                if "parameters" in cell.metadata["tags"]:
                    shell.user_ns.update(checked)
        return Made(None, bundles)
    finally:
        plt.close("all")
        InteractiveShell.clear_instance()
