"""The same jobs on a Dask cluster, of which one worker is killed while they run."""

import os
import signal
import threading
import time

import pytest
from branches import records

from crm_lessons import runs
from crm_lessons.errors import CrmError

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster(notebooks):
    """Two processes of this machine, one job each at a time."""
    how = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_LESSONS_LESSONS", str(notebooks))
        with distributed.LocalCluster(processes=True, **how) as made:
            yield made


def kill_one_when_begun(out, cluster):
    """Kill a worker as soon as there is a report, so that it is in the middle of another."""

    def wait_and_kill():
        until = time.monotonic() + 60
        while not records(out) and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)

    killing = threading.Thread(target=wait_and_kill, daemon=True)
    killing.start()
    return killing


def test_a_killed_worker_costs_no_report(tmp_path, lesson, cluster):
    out = tmp_path / "out"
    rows = [{"name": f"run {number}", "a_share": 0.5 + number / 50} for number in range(4)]
    killing = kill_one_when_begun(out, cluster)
    made = runs.batch(lesson, rows, out=out, dask=cluster.scheduler_address, language="en")
    killing.join(timeout=60)
    assert not killing.is_alive()
    assert made.succeeded, made.runs["error"].tolist()
    assert len(list(out.glob("run */run *.html"))) == 4
    assert made.runs["gini"].notna().all() and not (out / ".drafts").exists()


def test_a_run_that_fails_there_is_told_as_here(tmp_path, lesson, cluster):
    rows = [{"name": "bad", "places": 13}, {"name": "good"}]
    made = runs.batch(lesson, rows, out=tmp_path, dask=cluster.scheduler_address, language="en")
    assert made.runs["state"].tolist() == ["failed", "made"]
    assert "thirteen" in made.runs["error"][0]


def test_an_address_where_nobody_answers_is_one_message(tmp_path, lesson):
    quickly = dask.config.set({"distributed.comm.timeouts.connect": "0.2s"})
    with quickly, pytest.raises(CrmError, match=r"127\.0\.0\.1:9"):
        runs.batch(lesson, [{"name": "x"}], out=tmp_path, dask="127.0.0.1:9", language="en")
