"""The same jobs on a Dask cluster, whose machines see the same folders."""

import concurrent.futures
from collections.abc import Iterator, Sequence

from crm_lessons import wording
from crm_lessons.errors import CrmError
from crm_lessons.runs.batches._job import Job
from crm_lessons.runs.batches._performing import Outcome, give_up, perform


def run(jobs: Sequence[Job], address: str) -> Iterator[Outcome]:
    """Outcomes as they come. A job whose worker dies is given to another one.

    CrmError if dask is not installed or nobody answers at the address.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise CrmError("batch_needs_dask") from error
    try:
        client = Client(address)
    except (OSError, ValueError) as error:
        raise CrmError("batch_no_cluster", address=address) from error
    with client, client.get_executor(pure=False) as executor:
        waiting = {executor.submit(perform, job): job for job in jobs}
        try:
            for future in concurrent.futures.as_completed(waiting):
                yield _outcome(future, waiting[future])
        finally:
            for future in waiting:
                future.cancel()


def _outcome(future: concurrent.futures.Future, job: Job) -> Outcome:
    try:
        return future.result()
    except Exception as error:  # distributed has many; a worker that died thrice is one
        with wording.using(job.language):
            message = wording.text("batch.cluster_lost", reason=type(error).__name__)
        return give_up(job, message)
