"""``python -m crm_lessons.runs.batches._worker``: performs jobs one after the other.

A job comes as a line of JSON on standard input, its outcome goes as a line to standard output. When
the input ends, because the batch has ended in whatever way, the process ends at once, in the middle
of a job if need be: nobody else may be at work in the folder of the next batch.

Where kernels can be forked, workers are too, from the same server: what is imported here is
imported once for all of them.
"""

import json
import os
import queue
import sys
import threading
from dataclasses import asdict

import nbconvert.exporters  # noqa: F401 - a report imports these two when it needs them
import papermill  # noqa: F401

from crm_lessons.runs import _reporting  # noqa: F401
from crm_lessons.runs.batches._job import Job
from crm_lessons.runs.batches._performing import perform


def main() -> None:
    """Perform jobs until there is nobody left to tell the outcome."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints is no answer
    jobs: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=[jobs], daemon=True).start()
    while True:
        outcome = perform(Job(**json.loads(jobs.get())))
        answers.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
        answers.flush()


def _listen(jobs: "queue.SimpleQueue[str]") -> None:
    for line in sys.stdin.buffer:
        jobs.put(line.decode())
    os._exit(0)  # kernels see the end of this process and end too


if __name__ == "__main__":
    main()
