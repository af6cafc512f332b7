"""What a cell shows of a table, and what it says of the data."""

import pandas as pd
import pytest

from crm_lessons import course, customers, data, wording
from crm_lessons.course import _lesson as module


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


@pytest.mark.parametrize(("count", "warned"), [(1, True), (29, True), (30, False)])
def test_a_handful_of_customers_is_called_so(shown, tmp_path, count, warned):
    rows = [f"{i},2025-03-05,{i:05},{i}" for i in range(1, count + 1)]
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["order_id,order_date,customer_id,amount", *rows]))
    table = data.read(path)
    course.open("05_pareto", language="en").data(table, customers.summarise(table), currency="CNY")
    said = " ".join(map(str, shown))
    assert (f"only {count} customers" in said) == warned
