"""Checking a class's results once more: recorded answers, and notebooks that were handed in.

What it shows: that an answer in a result file deserves the outcome noted beside it, judged anew on
the sample; and that a handed-in notebook runs from top to bottom within the time limit. What it
cannot show: who typed an answer, when, or how often they tried before. Answers given on a trainee's
own data are left unjudged.

Running a handed-in notebook runs whatever code is in it. It happens only when asked for, in a
process of its own with a time limit, in a temporary folder; that is no shield against malice.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm_lessons import show, wording
from crm_lessons.course import exercise, in_kernel
from crm_lessons.course.results import ANSWER, FOLDER, Line, read
from crm_lessons.runs import _whole_run, lessons

SECONDS_A_NOTEBOOK = 300
RUNNER = "crm_lessons.runs._one_notebook"
RAN, FAILED, TIMED_OUT = "ran", "failed", "timed_out"


@dataclass(frozen=True)
class Rerun:
    """What came out.

    same, other
        Recorded answers with the same outcome again; answers on other data, left unjudged.
    mismatches
        ``nickname``, ``lesson``, ``item``, ``answer``, ``recorded``, ``again``.
    notebooks
        ``file``, ``outcome`` in words, ``answers`` it recorded while running.
    """

    same: int
    other: int
    mismatches: pd.DataFrame
    notebooks: pd.DataFrame


def rerun(
    folder: Path,
    lines: Iterable[Line],
    *,
    lesson: str | None = None,
    seconds: float = SECONDS_A_NOTEBOOK,
) -> Rerun:
    """Check recorded answers and the notebooks in ``folder``; ``seconds`` limits each notebook."""
    notebooks, written = _notebooks(folder, seconds)
    answers = [
        line for line in [*lines, *written]
        if line.action == ANSWER and lesson in (None, line.lesson)
    ]  # fmt: skip
    same, other, mismatches = 0, 0, []
    for name in sorted({line.lesson for line in answers}):
        of_lesson = [line for line in answers if line.lesson == name]
        judged, unjudged = _recheck(name, of_lesson)
        other += unjudged
        same += sum(line.outcome == again for line, again in judged)
        mismatches += [(line, again) for line, again in judged if line.outcome != again]
    return Rerun(same, other, _told(mismatches), notebooks)


def execute(notebook: Path, *, results: Path, seconds: float) -> str:
    """Run a copy of a notebook in processes of its own: ``ran``, ``failed`` or ``timed_out``.

    A kernel makes itself a process group of its own; when the time is up both groups end, with
    whatever the notebook started.
    """
    with tempfile.TemporaryDirectory() as folder:
        kernel = Path(folder) / "kernel"
        process = subprocess.Popen(
            [sys.executable, "-m", RUNNER, str(notebook.resolve()), str(kernel)],
            cwd=results,
            env=os.environ | {FOLDER: str(results)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return RAN if process.wait(timeout=seconds) == 0 else FAILED
        except subprocess.TimeoutExpired:
            return TIMED_OUT
        finally:
            if process.poll() is None:
                _end(process.pid)
                process.wait()
            if kernel.exists():
                _end(int(kernel.read_text()))


def _end(group: int) -> None:
    """End a process and all it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
    else:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(group)], capture_output=True)


def _notebooks(folder: Path, seconds: float) -> tuple[pd.DataFrame, list[Line]]:
    rows, written = [], []
    found = sorted(p for p in folder.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)
    for path in found:
        with tempfile.TemporaryDirectory() as results:
            outcome = execute(path, results=Path(results), seconds=seconds)
            lines = [n for f in Path(results).rglob("*.jsonl") for n in read(f).values() if n]
        told = wording.text(f"teaching.notebook_{outcome}", minutes=seconds / 60)
        rows.append((path.relative_to(folder).as_posix(), told, len(lines)))
        written += lines
    return pd.DataFrame(rows, columns=["file", "notebook_outcome", "answers"]), written


def _recheck(name: str, answers: list[Line]) -> tuple[list[tuple[Line, str]], int]:
    """Each answer given on the sample with its outcome now; how many were on other data."""
    if name not in exercise.lessons() or name not in lessons.names():
        return [], len(answers)
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "answers.json"
        asked.write_text(json.dumps([[n.item, n.answer] for n in answers]), encoding="utf-8")
        code = "from crm_lessons.course import in_kernel\n"
        code += f"in_kernel.hand_over_recheck(lesson, {str(asked)!r})"
        ran = _whole_run.run(lessons.find(name), wording.language(), code)
    handed = show.handed_over(ran)
    sample = handed["data"]["fingerprint"]
    outcomes = handed[in_kernel.RECHECKED]["again"]
    judged = [
        (line, again)
        for line, again in zip(answers, outcomes, strict=True)
        if line.fingerprint == sample and not pd.isna(again)
    ]
    return judged, len(answers) - len(judged)


def _told(mismatches: list[tuple[Line, str]]) -> pd.DataFrame:
    columns = ["nickname", "lesson", "item", "answer", "recorded", "again"]
    rows = [
        (n.nickname, n.lesson, n.item, json.dumps(n.answer, ensure_ascii=False), n.outcome, again)
        for n, again in mismatches
    ]
    return pd.DataFrame(rows, columns=columns)
