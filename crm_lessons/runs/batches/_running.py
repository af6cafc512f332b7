"""A batch from its table to its summary."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from crm_lessons import data, wording
from crm_lessons.errors import CrmError
from crm_lessons.runs import _printing, lessons
from crm_lessons.runs.batches import _checking, _folder, _local, _splitting, _summary, _table
from crm_lessons.runs.batches._job import Job
from crm_lessons.runs.batches._performing import FAILED, KEPT, MADE, OPEN, Outcome

Rows = str | os.PathLike | Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Batch:
    """What came of a batch: the table of its runs (see `summary.Summary`) and its files."""

    runs: pd.DataFrame
    html: Path
    excel: Path
    csv: Path

    @property
    def succeeded(self) -> bool:
        """Whether there is a report for every run."""
        return not self.runs["state"].isin([FAILED, OPEN]).any()


def batch(
    lesson: str,
    rows: Rows,
    *,
    out: str | os.PathLike,
    parameters: Mapping[str, Any] | None = None,
    by: str | None = None,
    jobs: int | None = None,
    dask: str | None = None,
    only_failed: bool = False,
    language: str | None = None,
    latest: date | None = None,
    progress: bool = False,
    pdf: str = "",
) -> Batch:
    """Make a report for each row of a table, into ``out/NAME/``, and a summary of all.

    rows
        A CSV, Excel or YAML file, or mappings: ``name`` names a report, the other columns are
        parameters of the lesson; an empty cell leaves the default. With ``by`` it is an order file
        or survey instead, and there is a run for each value of that column.
    parameters
        The same for all runs; what stands in a row goes before.
    jobs, dask
        How many processes of this machine, by default one for each processor; or the address of a
        Dask cluster whose machines see the same folders.
    only_failed
        Only what failed the last time; what is missing or has changed waits.
    latest, language, progress, pdf
        As for `report`; ``progress`` shows a bar. As many are printed at once as processes run.

    A batch that was interrupted, in whatever way, goes on where it stopped: a report is made anew
    only if its parameters, its data or the lesson have changed. Every row is checked before the
    first run; all faults are raised at once (`DataFaults`). What fails later does not raise: it is
    in the table that is returned. CrmError if another batch is at work in the folder.

    >>> made = batch("20_ours", "branches.csv", out="reports", jobs=2)  # doctest: +SKIP
    >>> made.runs[["name", "state", "top_share"]]  # doctest: +SKIP
    """
    chosen = lessons.find(lesson)
    language = language or wording.language()
    with wording.using(language):
        if pdf and not dask:
            _printing.chromium()  # else every run would find out by itself
        plan = _checking.Plan(
            chosen,
            language,
            Path(out),
            dict(parameters or {}),
            latest=latest.isoformat() if latest else "",
            pdf=pdf,
        )
        with data.read_once():
            wanted, file, note = _rows(plan, rows, by)
            todo = _checking.check(plan, wanted, file)
            with _folder.at_work(plan.out):
                return _run(plan, todo, _crew(jobs, dask), only_failed, progress, note)


def _rows(plan: _checking.Plan, rows: Rows, by: str | None) -> tuple[list[_table.Row], str, str]:
    """The rows, what messages call their table, and a note for the summary."""
    if by is None:
        given = rows if not isinstance(rows, os.PathLike) else Path(rows)
        file = Path(rows).name if isinstance(rows, str | os.PathLike) else "rows"
        return _table.read(given, list(plan.known)), file, ""
    source = os.fspath(rows)
    found, without = _splitting.rows(plan, source, by)
    note = wording.text("batch.lines_without", count=without, by=by) if without else ""
    return found, source, note


def _crew(jobs: int | None, dask: str | None):
    if jobs is not None and jobs < 1:
        raise CrmError("batch_jobs", given=jobs)
    if dask is None:
        return lambda todo: _local.run(todo, jobs or _local.processors())
    from crm_lessons.runs.batches import _cluster

    return lambda todo: _cluster.run(todo, dask)


def _run(plan, todo: Sequence[Job], crew, only_failed: bool, progress: bool, note: str) -> Batch:
    outcomes = {job.name: _before(job, plan.out) for job in todo}
    wanted = (FAILED,) if only_failed else (FAILED, OPEN)
    waiting = [job for job in todo if outcomes[job.name].state in wanted]
    try:
        with _bar(waiting, progress) as bar, closing(crew(waiting)) as coming:
            for outcome in coming:
                outcomes[outcome.name] = outcome
                bar.update(outcome)
                _summary.get_ready()
    finally:  # also after Ctrl-C: what is done is told, and the same command goes on
        outcomes |= _untold(waiting, outcomes, plan.out)
        told = _summary.of(todo, outcomes, plan.out)
        paths = _summary.write(told, plan.out, plan.lesson.title[plan.language], note)
    return Batch(told.table, paths["html"], paths["xlsx"], paths["csv"])


def _before(job: Job, out: Path) -> Outcome:
    """What is known of a job before it runs: a report with its key, a failure, or nothing."""
    done, failed = _folder.done(out, job.name), _folder.failure(out, job.name)
    if done and done[_folder.RUN]["key"] == job.key:
        return Outcome(job.name, KEPT, done[_folder.RUN]["seconds"])
    if failed:
        return Outcome(job.name, FAILED, failed["seconds"], failed["error"])
    return Outcome(job.name, OPEN)


def _untold(waiting: Sequence[Job], outcomes: Mapping[str, Outcome], out: Path) -> dict:
    """Reports that were just finished when the batch was interrupted."""
    left = [job for job in waiting if outcomes[job.name].state == OPEN]
    found = {job.name: _before(job, out) for job in left}
    return {n: replace(one, state=MADE) for n, one in found.items() if one.state == KEPT}


class _Bar:
    """A progress bar that also counts failures."""

    def __init__(self, bar: tqdm) -> None:
        self._bar, self._failed = bar, 0

    def update(self, outcome: Outcome) -> None:
        self._failed += outcome.state == FAILED
        if self._failed:
            self._bar.set_postfix_str(wording.text("batch.bar_failed", count=self._failed))
        self._bar.update()


@contextmanager
def _bar(waiting: Sequence[Job], progress: bool) -> Iterator[_Bar]:
    what = {"desc": wording.text("batch.bar"), "unit": wording.text("batch.bar_unit")}
    with tqdm(total=len(waiting), disable=not progress, **what) as bar:
        yield _Bar(bar)
