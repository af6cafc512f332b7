"""Jobs in processes of this machine."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence

from crm_lessons import wording
from crm_lessons.runs.batches._job import Job
from crm_lessons.runs.batches._performing import OPEN, Outcome, give_up
from crm_lessons.runs.warm import client
from crm_lessons.runs.warm._process import WarmProcess

WORKER = "crm_lessons.runs.batches._worker"


def processors() -> int:
    """How many processors this process may use."""
    able = hasattr(os, "sched_getaffinity")
    return len(os.sched_getaffinity(0)) if able else os.cpu_count() or 1


class Worker:
    """A process that performs jobs; a new one takes its place when it dies."""

    def __init__(self) -> None:
        self._process: subprocess.Popen | WarmProcess | None = None
        self._jobs = self._answers = None  # files to and from it
        self._ended = False
        self._lock = threading.Lock()  # of both: a worker ends while a thread performs with it

    def perform(self, job: Job) -> Outcome:
        """The outcome of a job; that of a job whose process died is a failure like any other.

        A job that was cut short because the batch has ended is open, and nothing is written of it.
        """
        begin = time.monotonic()
        process = self._living()
        if process is None:
            return Outcome(job.name, OPEN)
        try:
            self._jobs.write(job.as_json().encode() + b"\n")
            self._jobs.flush()
            line = self._answers.readline()
        except OSError:
            line = b""
        if line.endswith(b"\n"):
            return Outcome(**json.loads(line))
        if self._ended:
            return Outcome(job.name, OPEN)
        with wording.using(job.language):  # threads know of no other
            message = _death(process.wait())
        return give_up(job, message, round(time.monotonic() - begin, 2))

    def end(self) -> None:
        """End the process, at once; no other takes its place."""
        with self._lock:
            self._ended, process = True, self._process
        if process is not None:
            process.kill()
            process.wait()
            self._close()

    def _living(self) -> subprocess.Popen | WarmProcess | None:
        """The process, a new one in place of a dead one; None once the batch has ended."""
        with self._lock:
            if self._ended:
                return None
            if self._process is None or self._process.poll() is not None:
                self._close()
                jobs, to_us = os.pipe(), os.pipe()
                self._process = _started(jobs[0], to_us[1])
                for of_the_worker in (jobs[0], to_us[1]):
                    os.close(of_the_worker)
                self._jobs, self._answers = os.fdopen(jobs[1], "wb"), os.fdopen(to_us[0], "rb")
            return self._process

    def _close(self) -> None:
        for file in filter(None, (self._jobs, self._answers)):
            with contextlib.suppress(OSError):  # a line that the dead one did not take
                file.close()


def _started(jobs: int, answers: int) -> subprocess.Popen | WarmProcess:
    """A worker: forked where kernels are, which spares its imports; else a process of its own."""
    with open(os.devnull, "r+b") as nothing:
        forked = client.order(
            [],
            environment=os.environ,
            cwd=None,
            stdout=answers,
            stderr=nothing.fileno(),
            stdin=jobs,
            module=WORKER,
        )
    return forked or subprocess.Popen(
        [sys.executable, "-m", WORKER],
        stdin=jobs,
        stdout=answers,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the batch, which ends them itself
    )


def run(jobs: Sequence[Job], workers: int) -> Iterator[Outcome]:
    """Outcomes as they come, from ``workers`` processes at a time, and a spare one if several.

    A report waits a fifth of its time: for its kernel to start and to end, for the disk. The spare
    one uses that time; a single worker is meant to leave the other processors alone.
    """
    workers += workers > 1
    waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
    for job in jobs:
        waiting.put(job)
    outcomes: queue.SimpleQueue[Outcome | Exception] = queue.SimpleQueue()
    crew = [Worker() for _ in range(min(workers, len(jobs)))]
    for worker in crew:
        threading.Thread(target=_work, args=[worker, waiting, outcomes], daemon=True).start()
    try:
        for _ in jobs:
            outcome = outcomes.get()
            if isinstance(outcome, Exception):
                raise outcome
            yield outcome
    finally:
        while not waiting.empty():
            waiting.get()
        for worker in crew:
            worker.end()


def _work(worker: Worker, waiting: queue.SimpleQueue, outcomes: queue.SimpleQueue) -> None:
    while True:
        try:
            job = waiting.get_nowait()
        except queue.Empty:
            return
        try:
            outcomes.put(worker.perform(job))
        except Exception as error:  # such as a full disk: a matter of the whole batch
            outcomes.put(error)
            return


def _death(code: int) -> str:
    if code >= 0:
        return wording.text("batch.process_ended", code=code)
    known = {number.value: number.name for number in signal.Signals}
    return wording.text("batch.process_killed", signal=known.get(-code, -code))
