"""All runs of a batch in one table and one chart: a page, a workbook, a CSV file."""

import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd

from crm_lessons import show, wording, writing
from crm_lessons.errors import visible
from crm_lessons.runs._composing import Page
from crm_lessons.runs.batches import _folder, main_figures
from crm_lessons.runs.batches._job import SCOPE, Job
from crm_lessons.runs.batches._performing import FAILED, KEPT, MADE, OPEN, Outcome
from crm_lessons.runs.batches.main_figures import MainFigure
from crm_lessons.wording import names

NAME = "summary"
STATES = (MADE, KEPT, FAILED, OPEN)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Summary:
    """The table of all runs (a row each, in the order of the batch) and the figures in it.

    Columns: ``name``, ``state``, the parameters in which runs differ, ``customers`` where the
    reports tell them, one for each main figure, ``seconds``, ``report`` (where it lies in the
    folder), ``error``.
    """

    table: pd.DataFrame
    figures: list[MainFigure]
    parameters: list[str]

    def count(self, *states: str) -> int:
        """How many runs are in one of these states."""
        return int(self.table["state"].isin(states).sum())


def of(jobs: Sequence[Job], outcomes: Mapping[str, Outcome], out: Path) -> Summary:
    """Gather what became of every job; figures come from the reports themselves."""
    fine = [job for job in jobs if outcomes[job.name].state in (MADE, KEPT)]
    records = {job.name: _folder.done(out, job.name) or {"figures": {}} for job in fine}
    figures = main_figures.found(records.values())
    parameters = _differing(jobs)
    rows = []
    for job in jobs:
        outcome = outcomes[job.name]
        row = {"name": job.name, "state": outcome.state}
        row |= {name: job.shown.get(name, "") for name in parameters}
        record = records.get(job.name, {"figures": {}})
        told, row["customers"] = record["figures"], main_figures.customers(record)
        for figure in figures:
            value = main_figures.number(told.get(figure.key, {}))
            row[figure.key] = value
        row |= {"seconds": outcome.seconds, "report": _report(job, outcome, out)}
        rows.append(row | {"error": outcome.error})
    counted = ["customers"] if any(row["customers"] is not None for row in rows) else []
    columns = ["name", "state", *parameters, *counted, *(f.key for f in figures)]
    table = pd.DataFrame(rows, columns=[*columns, "seconds", "report", "error"])
    for key in (*counted, *(figure.key for figure in figures)):
        table[key] = _whole(table[key].astype("float64"))
    return Summary(table, figures, parameters)


def get_ready() -> None:
    """Import what draws and fills pages, while the first runs are made and nobody waits for it."""
    from crm_lessons import charts  # noqa: F401
    from crm_lessons.runs import _exporter  # noqa: F401


def write(summary: Summary, out: Path, title: str, note: str = "") -> dict[str, Path]:
    """Write ``summary.html``, ``.xlsx`` and ``.csv`` in the language in use; each appears whole."""
    paths = {ending: out / f"{NAME}.{ending}" for ending in ("html", "xlsx", "csv")}
    titles = _titles(summary)
    shown = summary.table.rename(columns=titles)
    percent = [titles[f.key] for f in summary.figures if f.percent]
    codes = {titles["state"]: "batch.state_"}
    sheets = {"runs": "batch.sheet_runs"}
    show.excel(paths["xlsx"], {"runs": shown}, titles=sheets, percent=percent, codes=codes)
    _csv(summary.table, paths["csv"])
    how = {"percent": percent, "codes": codes}
    writing.text(paths["html"], _page(summary, shown, titles, how, title, note))
    return paths


def _page(summary: Summary, shown: pd.DataFrame, titles, how: dict, title: str, note: str) -> str:
    page = Page(wording.text("batch.page_title", lesson=title), texts="batch")
    page.say("page_counts", runs=len(shown), fine=summary.count(MADE, KEPT),
             failed=summary.count(FAILED), open=summary.count(OPEN))  # fmt: skip
    if note:
        page.html(f"<p>{escape(note)}</p>")
    failed = summary.table["state"] == FAILED
    if failed.any():
        page.heading("failed_heading")
        some = shown[failed].reset_index(drop=True)
        links = _links(some, titles)
        page.table(some[[titles["name"], titles["error"]]], links=links)
    compared = _compared(summary)
    if len(compared) > 1 and len(compared.columns):
        page.heading("chart_heading")
        percent = [f.title for f in summary.figures if f.percent]
        page.draw("compare_runs", compared, percent=percent)
        page.say("chart_note")
    page.heading("table_heading")
    plain = shown.drop(columns=[titles["error"], titles["report"]])
    page.table(plain, links=_links(shown, titles), **how)
    return page.render(figures=_cards(summary))


def _cards(summary: Summary) -> list[dict[str, str]]:
    return [
        {"title": wording.text(f"batch.state_{state}"), "value": str(summary.count(state))}
        for state in STATES
        if summary.count(state) or state in (MADE, FAILED)
    ]


def _compared(summary: Summary) -> pd.DataFrame:
    """The figures that differ between runs, runs as index."""
    fine = summary.table[summary.table["state"].isin([MADE, KEPT])].set_index("name")
    keys = [f.key for f in summary.figures if fine[f.key].nunique() > 1]
    return fine[keys].astype("float64").rename(columns={f.key: f.title for f in summary.figures})


def _titles(summary: Summary) -> dict[str, str]:
    """A title for each column, none twice."""
    titles = {name: wording.text(f"batch.column_{name}") for name in main_figures.OWN}
    wanted = {name: _parameter_title(name) for name in summary.parameters}
    wanted |= {figure.key: figure.title for figure in summary.figures}
    for key, title in wanted.items():
        titles[key] = f"{title} ({key})" if title in titles.values() else title
    return titles


def _parameter_title(name: str) -> str:
    """A parameter by its name; a column by which the data were kept as readers know it."""
    parameter, _, column = name.partition(".")
    return names.column(column) if parameter == SCOPE else name


def _links(shown: pd.DataFrame, titles: Mapping[str, str]) -> dict[str, list[str]]:
    """The names lead to the reports."""
    return {titles["name"]: [urllib.parse.quote(path) for path in shown[titles["report"]]]}


def _report(job: Job, outcome: Outcome, out: Path) -> str:
    """Where the page of a report lies, or the notebook of a failed run; empty if there is none."""
    if outcome.state in (MADE, KEPT):
        return f"{job.name}/{job.name}.html"
    notebook = f"{_folder.FAILED}/{job.name}.ipynb"
    return notebook if outcome.state == FAILED and (out / notebook).exists() else ""


def _differing(jobs: Sequence[Job]) -> list[str]:
    """The parameters that tell the runs apart, but for one that all runs are called by."""
    found = dict.fromkeys(name for job in jobs for name in job.shown)
    values = {name: [job.shown.get(name, "") for job in jobs] for name in found}
    called = [job.name for job in jobs]
    return [name for name in found if len(set(values[name])) > 1 and values[name] != called]


def _whole(values: pd.Series) -> pd.Series:
    """Counts as whole numbers, also where one is missing."""
    is_whole = (values.dropna() % 1 == 0).all() and (values.dropna().abs() < 2**53).all()
    return values.astype("Int64") if is_whole and values.notna().any() else values


def _csv(table: pd.DataFrame, path: Path) -> None:
    """For programs: English names, full digits. Text that a spreadsheet would run is quoted."""
    safe = table.copy()
    for name in safe.columns[safe.dtypes.map(pd.api.types.is_string_dtype)]:
        risky = safe[name].str.startswith(_FORMULA)
        safe[name] = safe[name].mask(risky, "'" + safe[name]).map(visible)
    with writing.beside(path) as draft:
        safe.to_csv(draft, index=False, encoding="utf-8-sig", lineterminator="\n")
