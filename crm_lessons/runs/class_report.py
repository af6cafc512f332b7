"""The results of a class: a workbook and a page beside it, from a folder of result files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm_lessons import show, wording, writing
from crm_lessons.course import class_tables, class_view, observation_sheets, open_answers
from crm_lessons.course.class_tables import ClassResults
from crm_lessons.course.class_view import LessonView
from crm_lessons.course.collect import gather
from crm_lessons.course.exam import bank
from crm_lessons.runs import _class_page, _rerunning

ABOUT = 6  # sentences on what the figures cannot prove: teaching.about_1 …


@dataclass(frozen=True)
class ClassReport:
    """Where the files lie, and the tables in them."""

    excel: Path
    html: Path
    results: ClassResults
    views: list[LessonView]
    rerun: _rerunning.Rerun | None = None
    observers: pd.DataFrame | None = None
    points: pd.DataFrame | None = None
    written: pd.DataFrame | None = None


def class_report(
    folder: Path,
    *,
    out: Path,
    lesson: str | None = None,
    names: Iterable[str] | Mapping[str, str] = (),
    leave_out: Iterable[Path] = (),
    rerun: bool = False,
    marks: Path | None = None,
) -> ClassReport:
    """Read a folder of result files and write the workbook ``out`` and a page of that name.

    ``lesson`` keeps one lesson, ``names`` is who should be there (perhaps name to nickname),
    ``leave_out`` are files in the folder that are no results. With ``rerun`` recorded answers are
    checked again and handed-in notebooks are run (see `rerunning`): that is other people's code.
    ``marks``: the observation sheets of the class (see `observation_sheets.agreement`).
    """
    out = out.with_suffix(".xlsx")
    html = out.with_suffix(".html")
    agreed = observation_sheets.agreement(marks) if marks else None
    points = observation_sheets.points(marks) if marks else None
    sheets = [marks] if marks else []
    found = gather(folder, leave_out=[*leave_out, *sheets, out, html])
    results = class_tables.tables(found, names=names, lesson=lesson)
    views = [class_view.view(results, name) for name in class_view.lessons(results)]
    writing.ready(out.parent)
    again = _rerunning.rerun(folder, found.lines, lesson=lesson) if rerun else None
    written = open_answers.listed(found.lines, lesson=lesson)
    marked = {"observers": agreed, "points": points}
    made = ClassReport(out, html, results, views, rerun=again, written=written, **marked)
    text = _class_page.render(results, views, again, about(), agreed, written, points)
    _workbook(made, names)
    writing.text(html, text)
    return made


def about() -> list[str]:
    """What the figures cannot prove, said wherever they are shown."""
    return [wording.text(f"teaching.about_{number}") for number in range(1, ABOUT + 1)]


def _workbook(made: ClassReport, names: Iterable[str] | Mapping[str, str]) -> None:
    results = made.results
    tables = {
        "trainees": class_view.trainees(results, names),
        "by_lesson": class_view.by_lesson(made.views).reset_index(),
        "standing": _map(made.views),
        "items": _stacked([view.items for view in made.views], made.views),
        "mistakes": _stacked([view.mistakes for view in made.views], made.views),
        "times": _stacked([view.times for view in made.views], made.views),
        "missing": pd.DataFrame({"nickname": pd.Series(results.missing, dtype="str")}),
        "set_aside": class_view.set_aside(results),
    }
    sat = [(view, class_view.exam_view(results, view)) for view in made.views]
    sat = [(view, told) for view, told in sat if told]
    if sat:
        views, told = zip(*sat, strict=True)
        tables["statistics"] = _stacked([one.items for one in told], views)
        tables["unchosen"] = _stacked([one.unchosen for one in told], views)
    if made.written is not None and len(made.written):
        tables["open_answers"] = made.written
    if made.observers is not None:
        tables["observers"] = made.observers.reset_index()
    if made.points is not None and len(made.points):
        tables["points"] = made.points
    if made.rerun:
        tables |= {"recheck": made.rerun.mismatches, "notebooks": made.rerun.notebooks}
    tables["about"] = pd.DataFrame({"cannot_prove": about()})
    titles = {name: f"teaching.sheet_{name}" for name in tables}
    codes = {"recorded": "teaching.outcome_", "again": "teaching.outcome_"}
    show.excel(made.excel, tables, titles=titles, codes=codes)


def _map(views: list[LessonView]) -> pd.DataFrame:
    """Trainees × exercises in words, a column for each exercise of each lesson."""
    parts = []
    for view in views:
        paper = bank.is_paper(view.lesson)
        number = class_view.named(view.lesson) if paper else view.lesson.partition("_")[0]
        titles = dict(zip(view.items["number"], view.items["title"], strict=True))
        words = view.standing.astype(object).where(view.standing.notna(), "none")
        words = words.map(lambda code: wording.text(f"charts_classroom.{code}"))
        parts.append(words.rename(columns=lambda n, t=titles, k=number: f"{k} · {n}. {t[n]}"))
    return pd.concat(parts, axis=1) if parts else pd.DataFrame({"nickname": []})


def _stacked(tables: Sequence[pd.DataFrame], views: Sequence[LessonView]) -> pd.DataFrame:
    """The tables of all lessons one below the other, with the lesson in front."""
    named = [
        table.assign(lesson=view.lesson).reset_index(drop=True)
        for table, view in zip(tables, views, strict=True)
    ]
    table = pd.concat(named, ignore_index=True) if named else pd.DataFrame({"lesson": []})
    first = ["lesson", *(name for name in table.columns if name != "lesson")]
    return table[first].drop(columns=["item", "mistake"], errors="ignore")
