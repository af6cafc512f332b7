"""A lesson that costs little, and order files, for the tests of batches."""

import json
from pathlib import Path

import pytest
import small_lesson
from branches import ODD_BRANCHES, orders_of

from crm_lessons.runs.batches import _folder, _local
from crm_lessons.runs.batches._performing import MADE, Outcome, give_up


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory):
    return small_lesson.write(tmp_path_factory.mktemp("notebooks"))


@pytest.fixture(autouse=True)
def lesson(notebooks, monkeypatch):
    """The small lesson, known to this process and to those it starts."""
    monkeypatch.setenv("CRM_LESSONS_LESSONS", str(notebooks))
    return small_lesson.NAME


@pytest.fixture(scope="session")
def sixty(tmp_path_factory):
    """One order file of sixty branches."""
    branches = ODD_BRANCHES + [f"{number:02d} 号店" for number in range(60 - len(ODD_BRANCHES))]
    file = tmp_path_factory.mktemp("orders") / "orders.csv"
    orders_of(branches).to_csv(file, index=False)
    return file


@pytest.fixture
def performed(monkeypatch):
    """A batch without kernels: what runs is noted, and a report is a word."""
    noted = []

    def run(jobs, workers):
        for job in jobs:
            noted.append(job.name)
            if job.parameters.get("places") == 13:
                yield give_up(job, "thirteen")
                continue
            made = _folder.draft(Path(job.out))
            (made / f"{job.name}.json").write_text(json.dumps({"figures": {}}))
            record = {"key": job.key, "seconds": 1.0}
            _folder.publish(made, Path(job.out), job.name, record)
            yield Outcome(job.name, MADE, 1.0)

    monkeypatch.setattr(_local, "run", run)
    return noted
