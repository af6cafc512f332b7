"""Rows into jobs: every row is checked before any kernel starts, all faults are told at once."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from crm_lessons.course import parameters
from crm_lessons.errors import CrmError, DataFaults, Fault
from crm_lessons.runs import _reporting, lessons
from crm_lessons.runs.batches import _folder, _inputs, _naming
from crm_lessons.runs.batches import _job as jobs
from crm_lessons.runs.batches._job import Job
from crm_lessons.runs.batches._performing import one_line
from crm_lessons.runs.batches._table import NAME, Row, TableFaults


@dataclass
class Plan:
    """What all runs of a batch share."""

    lesson: lessons.Lesson
    language: str
    out: Path
    given: Mapping[str, Any]  # parameters for every run; those of a row go before
    latest: str = ""
    pdf: str = ""
    known: dict[str, parameters.Parameter] = field(init=False)
    sources: dict[str, str] = field(init=False)  # parameters that name data → their schema
    fingerprints: _inputs.Fingerprints = field(default_factory=_inputs.Fingerprints)

    def __post_init__(self) -> None:
        self.notebooks: dict[str, nbformat.NotebookNode] = {}
        edition = self.notebook(self.language)
        self.known = parameters.read(edition)
        self.sources = {n: s for n, s in _inputs.of(edition).items() if n in self.known}

    def notebook(self, language: str) -> nbformat.NotebookNode:
        """The part of the lesson's edition that makes a report."""
        if language not in self.notebooks:
            self.notebooks[language] = _reporting.report_of(self.lesson, language)
        return self.notebooks[language]


def check(plan: Plan, rows: Sequence[Row], file: str) -> list[Job]:
    """A job for each row; TableFaults with every fault of every row."""
    parameters.check(plan.known, dict(plan.given))  # a fault of all rows is told once
    faults, made = list(_name_faults(rows, plan, file)), []
    for row in rows:
        checked, wrong = parameters.check_each(plan.known, {**plan.given, **row.values})
        wrong |= _missing_inputs(plan, checked, wrong)
        for name, error in wrong.items():
            faults.append(_fault(file, row, name, error))
        if not wrong:
            made.append((row, checked))
    if faults:
        raise TableFaults(sorted(faults, key=lambda fault: fault.row or 0))
    return [_job(plan, row, checked) for row, checked in made]


def _fault(file: str, row: Row, column: str, error: CrmError) -> Fault:
    value = row.values.get(column)
    more = {"message": one_line(str(error)) if isinstance(error, DataFaults) else str(error)}
    return Fault("batch_parameter", file, row.number, column, str(value), more=more)


def _name_faults(rows: Sequence[Row], plan: Plan, file: str) -> Iterator[Fault]:
    out = plan.out
    seen: dict[str, int] = {}
    for row in rows:
        where = {"row": row.number, "column": NAME, "value": row.name}
        first = seen.setdefault(_naming.same(row.name), row.number)
        if not row.name:
            yield Fault("batch_name_missing", file, **where)
        elif not _naming.is_usable(row.name):
            yield Fault("batch_name_unusable", file, **where)
        elif first != row.number:
            yield Fault("batch_name_twice", file, **where, more={"first": first})
        elif _folder.is_foreign(out, row.name):
            yield Fault("batch_name_taken", file, **where, more={"folder": out})
        elif (lesson := _folder.lesson(out, row.name)) not in (None, plan.lesson.name):
            yield Fault("batch_name_other", file, **where, more={"folder": out, "lesson": lesson})


def _missing_inputs(plan: Plan, checked: dict, wrong: dict) -> dict[str, CrmError]:
    found = {}
    for name, schema in plan.sources.items():
        value = checked.get(name, plan.known[name].default)
        if value and name not in wrong:
            try:
                plan.fingerprints.of(value, schema)
            except CrmError as error:
                found[name] = error
    return found


def _job(plan: Plan, row: Row, checked: dict[str, Any]) -> Job:
    language = checked.get("language", plan.language)
    values = {name: checked.get(name, p.default) for name, p in plan.known.items()}
    values["language"] = language
    told = {
        name: plan.fingerprints.of(value, plan.sources[name])
        if value and name in plan.sources
        else plan.fingerprints.of_anything(value)
        for name, value in values.items()
    }
    planned = [
        fingerprint
        for name, schema in plan.sources.items()
        if values[name]
        for fingerprint in plan.fingerprints.of_tables(values[name], schema)
    ]
    # Today's date is no part of the key: else every report would be made anew every day.
    key = jobs.key(plan.lesson.name, plan.notebook(language), values, told, plan.pdf)
    if plan.latest and "latest" in plan.known and not values["latest"]:
        checked = {**checked, "latest": plan.latest}
    return Job(
        name=row.name,
        lesson=plan.lesson.name,
        language=language,
        parameters=checked,
        out=str(plan.out.resolve()),
        cwd=os.getcwd(),
        key=key,
        row=row.number,
        planned=planned,
        pdf=plan.pdf,
        shown={n: t for name in row.values for n, t in _shown(name, row.values[name], values)},
    )


def _shown(name: str, given: Any, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A parameter as a summary shows it: what it keeps of the data in a column for each part."""
    if name == jobs.SCOPE:
        yield from ((f"{name}.{column}", kept) for column, kept in values[name].items())
    elif isinstance(given, Mapping):
        yield name, ", ".join(f"{part} = {value}" for part, value in given.items())
    else:
        yield name, ", ".join(map(str, given)) if isinstance(given, list) else str(given)
