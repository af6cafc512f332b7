"""One job from beginning to end, in whatever process: a report, or a record why there is none."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crm_lessons import wording
from crm_lessons.errors import CrmError, visible
from crm_lessons.runs.batches import _folder
from crm_lessons.runs.batches._job import Job

if TYPE_CHECKING:
    from crm_lessons.runs import _reporting

LONGEST = 300  # signs of an error in a summary
MADE, KEPT, FAILED, OPEN = "made", "kept", "failed", "open"


@dataclass(frozen=True)
class Outcome:
    """What became of a job: `MADE`, `KEPT` (nothing had changed), `FAILED` or `OPEN` (not run)."""

    name: str
    state: str
    seconds: float = 0.0
    error: str = ""


def perform(job: Job) -> Outcome:
    """Make the report of a job. Never raises: whatever goes wrong is the outcome."""
    from crm_lessons.runs import _reporting

    begin, out = time.perf_counter(), Path(job.out)
    done = _folder.done(out, job.name)
    if done and done[_folder.RUN]["key"] == job.key:  # by a worker that died before it could tell
        return Outcome(job.name, MADE, done[_folder.RUN]["seconds"])
    made = _folder.draft(out)
    with wording.using(job.language):
        try:
            report = _reporting.report(
                job.lesson,
                parameters=job.parameters,
                out=made,
                name=job.name,
                language=job.language,
                cwd=job.cwd,
                pdf=job.pdf,
            )
            _check_data(job, report)
        except Exception as error:  # one run must not spoil another
            message = str(error.values["message"] if _of_the_run(error) else _told(error))
            outcome = Outcome(job.name, FAILED, _since(begin), one_line(message))
            _folder.keep_failed(made, out, job.name, _record(job, outcome) | {"message": message})
            return outcome
    outcome = Outcome(job.name, MADE, _since(begin))
    _folder.publish(made, out, job.name, _record(job, outcome))
    return outcome


def _check_data(job: Job, report: "_reporting.Report") -> None:
    """CrmError if the report was made from other data than the batch was planned with."""
    told = json.loads(report.json.read_text(encoding="utf-8"))["data"].get("fingerprint", "")
    read = {one for one in told.split(", ") if one}
    if job.planned and not read <= set(job.planned):
        raise CrmError("batch_data_changed", name=job.name)


def give_up(job: Job, message: str, seconds: float = 0.0) -> Outcome:
    """The outcome of a job whose process ended before it could tell."""
    outcome = Outcome(job.name, FAILED, seconds, one_line(message))
    out = Path(job.out)
    record = _record(job, outcome) | {"message": message}
    _folder.keep_failed(_folder.draft(out), out, job.name, record)
    return outcome


def one_line(message: str) -> str:
    """The first lines of a message as one, not too long.

    >>> one_line("2 faults:\\n- row 3\\n- row 4")
    '2 faults: row 3 …'
    """
    lines = [line.strip().removeprefix("- ") for line in message.splitlines() if line.strip()]
    told = visible(" ".join(lines[:2])) + (" …" if len(lines) > 2 else "")
    return told if len(told) <= LONGEST else told[: LONGEST - 1] + "…"


def _of_the_run(error: Exception) -> bool:
    return isinstance(error, CrmError) and error.key == "run_failed"


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, CrmError) else f"{type(error).__name__}: {error}"


def _record(job: Job, outcome: Outcome) -> dict[str, object]:
    told = {"key": job.key, "seconds": outcome.seconds, "parameters": job.shown}
    return told | ({"error": outcome.error} if outcome.error else {})


def _since(begin: float) -> float:
    return round(time.perf_counter() - begin, 2)
