"""What a cell shows of a table."""

import pandas as pd
import pytest

from crm_lessons import course, wording
from crm_lessons.course import lesson as module


@pytest.fixture
def shown(monkeypatch):
    found = []
    monkeypatch.setattr(module, "display", found.append)
    yield found
    wording.use("zh")


def test_a_table_without_rows_is_not_shown(shown):
    lesson = course.open("05_pareto", language="zh")
    people = pd.DataFrame({"amount": [1.0]}, index=pd.Index(["00456"], name="customer_id"))
    lesson.table(people.head(0))
    assert shown == []
    lesson.table(people)
    assert len(shown) == 1
