"""A lesson that costs little, and order files, for the tests of batches."""

import pytest
import small_lesson
from branches import ODD_BRANCHES, orders_of


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory):
    return small_lesson.write(tmp_path_factory.mktemp("notebooks"))


@pytest.fixture(autouse=True)
def lesson(notebooks, monkeypatch):
    """The small lesson, known to this process and to those it starts."""
    monkeypatch.setenv("CRM_LESSONS_NOTEBOOKS", str(notebooks))
    return small_lesson.NAME


@pytest.fixture(scope="session")
def sixty(tmp_path_factory):
    """One order file of sixty branches."""
    branches = ODD_BRANCHES + [f"{number:02d} 号店" for number in range(60 - len(ODD_BRANCHES))]
    file = tmp_path_factory.mktemp("orders") / "orders.csv"
    orders_of(branches).to_csv(file, index=False)
    return file
