"""Reports a minute: `crm-lessons batch` against papermill with nbconvert, alone and in a pool.

    python -m benchmarks.batches [--reports 60] [--repeats 3] [--lines 1000000] [--few 4]

Each makes the same reports of one order file, a branch each: a page without code and a workbook
with the class of every customer. The contenders take turns, on two processors. What ours takes
holds all of it: the start of the command, the check of the rows, the first import in the process
that kernels are forked from, the summary. The classes of all customers must agree between the
contenders, or the benchmark stops.

====== =========================================================================================
ours   ``crm-lessons batch 05 orders.csv --by branch --jobs 2``
loop   for each branch the command papermill, then ``jupyter nbconvert --to html``
pool   ``papermill.execute_notebook`` and nbconvert's HTMLExporter in a pool of two processes
====== =========================================================================================

Memory is the peak of what all processes of a contender hold, pages they share counted once (PSS),
looked at twice a second.

Seconds on the clock mean something on an idle machine only. The processor time of all processes,
the fork server and its kernels among them (on Linux), is nearly the same on a busy one.

The notebook that papermill runs is the report part of the same edition; a cell at its end writes
the same tables as a workbook.
"""

import argparse
import contextlib
import copy
import ctypes
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from importlib import metadata
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import psutil
import yaml

PROCESSES = 2
PR_SET_CHILD_SUBREAPER = 36
LESSON = "05"
LINES = 300  # of each branch if not told: 60 branches are about the sample shop
SECONDS_BETWEEN_LOOKS = 0.5
OUT = "WORKBOOKS"  # names their folder: a lesson takes no parameter that it does not know
WRITE = f"""
import os
from pathlib import Path
from crm_lessons import show
workbook = Path(os.environ["{OUT}"]) / (scope["branch"] + ".xlsx")
ranked = people.join(classes.drop(columns="amount"))
sheets = {{"classes": counted, "customers": ranked, "migration": moved, "actions": todo}}
sheets = {{name: table for name, table in sheets.items() if hasattr(table, "columns")}}
show.excel(workbook, sheets, titles={{name: "sheets." + name for name in sheets}})
"""
VERSIONS = ("papermill", "nbclient", "nbconvert", "ipykernel", "pandas", "matplotlib", "seaborn")


def main() -> None:
    chosen = _arguments()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:PROCESSES])
    _adopt_orphans()
    print(_machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="reports") as folder:
        work = Work(Path(folder), chosen.reports, chosen.lines or LINES * chosen.reports)
        turns = [
            {name: _turn(name, work, turn, chosen.few) for name in chosen.only}
            for turn in range(chosen.repeats)
        ]
    print(
        f"\n{chosen.reports} reports of lesson {LESSON}, {work.lines:,} lines, {len(turns)} turns"
    )
    print(f"{'':6}{'median s':>10}{'reports/min':>13}{'ratio':>7}{'CPU s':>9}{'ratio':>7}{'MB':>8}")
    for name in chosen.only:
        told = [
            (
                statistics.median(turn[name][what] for turn in turns),
                statistics.median(turn[name][what] / turn[chosen.only[0]][what] for turn in turns),
            )
            for what in (0, 1)
        ]
        (seconds, slower), (cpu, more) = told
        rate = 60 * chosen.reports / seconds
        peak = statistics.median(turn[name][2] for turn in turns)
        print(f"{name:6}{seconds:10.1f}{rate:13.1f}{slower:7.1f}{cpu:9.1f}{more:7.1f}{peak:8.0f}")


class Work:
    """An order file of many branches and the notebook that makes a report of one."""

    def __init__(self, folder: Path, reports: int, lines: int) -> None:
        self.folder, self.lines = folder, lines
        self.branches = [f"branch {number:02d}" for number in range(reports)]
        self.orders = folder / "orders.csv"
        _orders(self.branches, lines).to_csv(self.orders, index=False)
        self.notebook = folder / "report.ipynb"
        nbformat.write(_plain_notebook(), self.notebook)
        # Kernels as everybody has them, and a fork server of its own that starts anew for each run.
        # Modules are compiled once, as everywhere but on machines that forbid it.
        others = ("JUPYTER_DEFAULT_PROV", "PYTHONDONTWRITEBYTECODE")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(others)}
        own = {"TMPDIR": str(folder), "XDG_RUNTIME_DIR": str(folder)}
        self.environment = kept | own | {"CRM_LESSONS_WARM_IDLE": "5"}

    def parameters(self, branch: str) -> dict[str, object]:
        """What a report of one branch is given by papermill."""
        return {"orders": str(self.orders), "scope": {"branch": branch}}

    def call(self, out: Path, *command: str) -> None:
        """Run a command as a shell would."""
        told = self.environment | {OUT: str(out)}
        line = [sys.executable, "-m", *command]
        subprocess.run(line, env=told, cwd=self.folder, check=True, capture_output=True)


def _orders(branches: list[str], total: int) -> pd.DataFrame:
    random = np.random.default_rng(1)
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(random.integers(0, 700, total), unit="D")
    return pd.DataFrame(
        {
            "order_id": [f"{number:07d}" for number in range(total)],
            "customer_id": [f"c{number:05d}" for number in random.integers(0, total // 7, total)],
            "order_date": days.strftime("%Y-%m-%d"),
            "branch": np.resize(branches, total),
            "amount": random.gamma(1.5, 200, total).round(2),
        }
    )


def _plain_notebook() -> nbformat.NotebookNode:
    """The report part of the edition, and a cell that writes the workbook."""
    from crm_lessons.runs import _reporting, lessons

    notebook = _reporting.report_of(lessons.find(LESSON), "en")
    notebook.cells.append(nbformat.v4.new_code_cell(WRITE.strip()))
    return notebook


def ours(work: Work, out: Path) -> None:
    code = "from crm_lessons.cli import main; main()"
    line = [sys.executable, "-c", code, "batch", LESSON, str(work.orders), "--by", "branch"]
    line += ["--out", str(out), "--jobs", str(PROCESSES), "--language", "en"]
    subprocess.run(line, env=work.environment, cwd=work.folder, check=True, capture_output=True)


def loop(work: Work, out: Path) -> None:
    for branch in work.branches:
        _commands(work, out, branch)


def pool(work: Work, out: Path) -> None:
    os.environ.pop("JUPYTER_DEFAULT_PROVISIONER_NAME", None)
    os.environ[OUT] = str(out)
    with ProcessPoolExecutor(PROCESSES) as processes:
        todo = [(work.notebook, out, b, work.parameters(b)) for b in work.branches]
        list(processes.map(_execute_and_convert, *zip(*todo, strict=True)))


def _commands(work: Work, out: Path, branch: str) -> None:
    ran, given = str(out / f"{branch}.ipynb"), yaml.safe_dump(work.parameters(branch))
    work.call(out, "papermill", str(work.notebook), ran, "-y", given, "--no-progress-bar")
    work.call(out, "jupyter", "nbconvert", "--to", "html", "--no-input", ran)


def _execute_and_convert(notebook: Path, out: Path, branch: str, given: dict) -> None:
    import papermill
    from nbconvert import HTMLExporter

    ran = out / f"{branch}.ipynb"
    papermill.execute_notebook(notebook, ran, parameters=given, progress_bar=False)
    page, _ = HTMLExporter(exclude_input=True).from_filename(str(ran))
    (out / f"{branch}.html").write_text(page, encoding="utf-8")


CONTENDERS = {"ours": ours, "loop": loop, "pool": pool}
KNOWN: dict[str, tuple[pd.Series, int]] = {}  # classes and charts of the first contender


class Memory:
    """Looks at what all processes that this one has started hold; the most of it, in MB."""

    def __init__(self) -> None:
        self.peak, self._done = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(SECONDS_BETWEEN_LOOKS):
            held = sum(_held(one) for one in psutil.Process().children(recursive=True))
            self.peak = max(self.peak, held / 1024**2)


def _held(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error):
        found = process.memory_full_info()
        return getattr(found, "pss", found.rss)
    return 0


def _turn(name: str, work: Work, turn: int, few: int) -> tuple[float, float, float]:
    """Seconds, processor seconds and MB; of ``few`` reports multiplied, unless they are ours."""
    if not few or name == "ours":
        return _timed(name, CONTENDERS[name], work, turn)
    part = copy.copy(work)
    part.branches = work.branches[:few]
    seconds, used, peak = _timed(name, CONTENDERS[name], part, turn)
    times = len(work.branches) / len(part.branches)
    return seconds * times, used * times, peak


def _timed(name: str, run, work: Work, turn: int) -> tuple[float, float, float]:
    """Seconds on the clock, of processor time, and MB, once all results have been found right."""
    out = work.folder / f"{name}{turn}"
    out.mkdir()
    begin, used = time.perf_counter(), _processor_seconds()
    with Memory() as memory:
        run(work, out)
    seconds = time.perf_counter() - begin
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()  # for the fork server, which is idle now and ends
    used = _processor_seconds() - used
    told = f"{seconds:.1f} s, {used:.1f} s of processors, {memory.peak:.0f} MB"
    print(f"turn {turn + 1}, {name}: {told}", flush=True)
    for branch in work.branches:
        _check(name, branch, out)
    shutil.rmtree(out)
    return seconds, used, memory.peak


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _adopt_orphans() -> None:
    """What outlives the process that started it becomes our child, so that its time counts."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def _check(name: str, branch: str, out: Path) -> None:
    """Stop unless there is a page with charts, and a workbook with the classes all agree on."""
    charts = next(out.rglob(f"{branch}.html")).read_text(encoding="utf-8").count("<img")
    sheets = pd.read_excel(next(out.rglob(f"{branch}.xlsx")), sheet_name=None, engine="calamine")
    sheet = next(found for title, found in sheets.items() if title.lower() == "customers")
    sheet = sheet.rename(columns=str.lower)
    classes = sheet.set_index(sheet.columns[0])["class"].sort_index()
    known = KNOWN.setdefault(branch, (classes, charts))
    if not classes.equals(known[0]) or charts != known[1] or not charts:
        raise SystemExit(f"{name}, {branch}: another result")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--lines", type=int, default=0)
    parser.add_argument("--few", type=int, default=0)
    parser.add_argument("--only", nargs="+", choices=CONTENDERS, default=list(CONTENDERS))
    return parser.parse_args()


def _machine() -> str:
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in VERSIONS)
    return f"Python {platform.python_version()}, {PROCESSES} processors; {versions}"


if __name__ == "__main__":
    main()
