"""One lesson, run as a report on one set of data: a page, a notebook, a workbook, the figures."""

import functools
import json
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from crm_lessons import show, wording, writing
from crm_lessons.course import codes, folders, take_home
from crm_lessons.course import parameters as checked
from crm_lessons.errors import CrmError
from crm_lessons.runs import _kernels, _printing, depth, lesson_check, lessons
from crm_lessons.runs._report_page import ReportPage

KEPT = {"parameters", "report"}
SHORT, WHOLE = "short", "whole"  # ways of printing
VERSIONS_OF = ("crm-lessons", "pandas", "polars", "narwhals", "numpy", "matplotlib", "papermill")


@dataclass(frozen=True)
class Report:
    """Where the files of a report lie, and its main figures."""

    name: str
    html: Path
    notebook: Path
    excel: Path
    json: Path
    figures: dict[str, Any]
    said: tuple[str, ...] = ()  # of the data: what was set aside, what is worth knowing
    pdf: Path | None = None


def report(
    lesson: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    out: str | os.PathLike = "reports",
    name: str | None = None,
    language: str | None = None,
    latest: date | None = None,
    cwd: str | os.PathLike | None = None,
    progress: bool = False,
    pdf: str = "",
) -> Report:
    """Run a lesson as a report and write ``NAME.html``, ``.ipynb``, ``.xlsx`` and ``.json``.

    With ``pdf`` there is a ``NAME.pdf`` too, printed by the Chromium of this machine: ``"short"``
    has four pages at most and leaves out what folds on the page, ``"whole"`` has everything.

    Only the cells tagged ``parameters`` and ``report`` run. The files appear together, once
    all is done. When a cell fails the half-run notebook is kept as ``NAME.failed.ipynb``, an
    earlier report of that name stays as it was, and CrmError tells why. ``latest`` is the day after
    which an order counts as a fault; this function reads no clock. Paths in parameters count from
    ``cwd``, the current folder if not given.

    >>> made = report("20_ours", out=folder, language="en")  # doctest: +SKIP
    >>> made.figures["gini"]  # doctest: +SKIP
    0.74
    """
    chosen = lessons.find(lesson)
    language = language or (parameters or {}).get("language") or wording.language()
    if language not in wording.LANGUAGES:
        raise CrmError("unknown_language", given=language)
    chromium = _printing.chromium() if pdf else ""  # before the run, which takes a while
    notebook = report_of(chosen, language)
    known = checked.read(notebook)
    given = checked.check(known, dict(parameters or {}) | {"language": language})
    if latest is not None and "latest" in known:
        given.setdefault("latest", latest.isoformat())
    name = _file_name(name or f"{chosen.name}_{language}")
    folder = Path(out)
    with writing.whole_or_nothing(folder) as draft:
        failed = folder / f"{name}.failed.ipynb"
        target = draft / f"{name}.ipynb"
        ran = _execute(notebook, given, target, failed, chosen, cwd or os.getcwd(), progress)
        handed = show.handed_over(ran)
        facts = _facts(chosen, known, given, handed) | {"said": show.said(ran)}
        shown = tuple(facts["figures"].values())
        page = ReportPage(ran, chosen.name, language, name, shown, _told(facts))
        (draft / f"{name}.html").write_text(page.html(), encoding="utf-8")
        if pdf:
            (draft / f"{name}.pdf").write_bytes(page.pdf(chromium, whole=pdf == WHOLE))
        with wording.using(language):
            _workbook(draft / f"{name}.xlsx", handed, chosen.name)
        text = json.dumps(facts, ensure_ascii=False, indent=2, default=str)
        (draft / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    (folder / f"{name}.failed.ipynb").unlink(missing_ok=True)
    made = {e: folder / f"{name}.{e}" for e in ("html", "xlsx", "json", "ipynb", "pdf")}
    return Report(
        name=name,
        html=made["html"],
        notebook=made["ipynb"],
        excel=made["xlsx"],
        json=made["json"],
        figures=facts["figures"],
        said=tuple(facts["data"].get("said", ())),
        pdf=made["pdf"] if pdf else None,
    )


def _file_name(name: str) -> str:
    """The name as given; CrmError if it is no plain name of a file on every machine."""
    if name.startswith(".") or set(name) & set('/\\:*?"<>|{}') or not name.isprintable():
        raise CrmError("name_not_usable", name=name)
    return name


def report_of(lesson: lessons.Lesson, language: str) -> nbformat.NotebookNode:
    """The part of a lesson's edition that makes the report; CrmError if it has none."""
    notebook = report_edition(nbformat.read(lesson.edition(language), as_version=4))
    if not any("report" in cell.metadata["tags"] for cell in notebook.cells):
        raise CrmError("lesson_without_report", lesson=lesson.name)
    return notebook


def report_edition(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The part of an edition that makes the report: cells tagged ``parameters`` or ``report``."""
    kept = nbformat.from_dict(notebook)
    kept.cells = [c for c in kept.cells if KEPT & set(c.metadata.get("tags", []))]
    for cell in filter(depth.is_deeper, kept.cells):
        cell.source = depth.unmarked(cell.source)
    return kept


def _execute(
    notebook: nbformat.NotebookNode,
    given: dict[str, Any],
    target: Path,
    failed: Path,
    lesson: lessons.Lesson,
    cwd: str | os.PathLike,
    progress: bool,
) -> nbformat.NotebookNode:
    import papermill
    from nbclient.exceptions import CellTimeoutError
    from papermill.exceptions import PapermillExecutionError

    from crm_lessons.runs import _engine

    _kernels.adapted()
    try:
        return papermill.execute_notebook(
            notebook,
            _unfilled(target),
            parameters=given,
            progress_bar=progress,
            cwd=os.fspath(cwd),
            engine_name=_engine.NAME,
            request_save_on_cell_execute=False,
            half_run=os.fspath(target),
            **_kernels.how(),
        )
    except (PapermillExecutionError, CellTimeoutError, RuntimeError) as error:
        # A RuntimeError: the kernel did not start, or died.
        writing.move(target, failed)
        lesson_check.refuse(lesson.name)  # says more than what the kernel stumbled over
        raise CrmError(
            "run_failed", lesson=lesson.name, message=_kernels.stumbled(error), kept=failed
        ) from error


def _unfilled(path: Path) -> str:
    """A path in which papermill fills in nothing, whatever the folder is called."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _facts(
    lesson: lessons.Lesson,
    known: dict[str, checked.Parameter],
    given: dict[str, Any],
    handed: dict[str, Any],
) -> dict[str, Any]:
    return {
        "lesson": lesson.name,
        "parameters": {n: given.get(n, one.default) for n, one in known.items() if one.used},
        "data": handed.get("data", {}),
        "figures": _figures(handed),
        "versions": _versions(),
    }


@functools.cache
def _versions() -> dict[str, str]:
    packages = {package: metadata.version(package) for package in VERSIONS_OF}
    return {"python": platform.python_version()} | packages


def _figures(handed: dict[str, Any]) -> dict[str, dict]:
    """The main figures: all values handed over that are no table and no facts of the data."""
    return {k: v for k, v in handed.items() if isinstance(v, dict) and k != "data"}


def _told(facts: dict[str, Any]) -> dict[str, object]:
    """The facts as they stand at the end of the page; empty parameters say nothing."""
    shown = {k: v for k, v in facts["parameters"].items() if v not in ("", {}, [], None)}
    return {
        "lesson": facts["lesson"],
        "parameters": ", ".join(f"{k} = {v}" for k, v in shown.items()),
        "fingerprint": facts["data"].get("fingerprint", ""),
        "versions": ", ".join(f"{k} {v}" for k, v in facts["versions"].items()),
    }


def _workbook(path: Path, handed: dict[str, Any], lesson: str) -> None:
    parts = ("title", "value", "sentence")
    told = [{k: one[k] for k in parts} for one in _figures(handed).values()]
    tables = {"figures": pd.DataFrame(told, columns=parts).rename(columns={"title": "figure"})}
    tables |= {name: thing for name, thing in handed.items() if isinstance(thing, pd.DataFrame)}
    folders.say(lesson)
    titles = {name: take_home.sheet(lesson, name) for name in tables}
    show.excel(path, tables, titles=titles, codes=codes.of(lesson))
