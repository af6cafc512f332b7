"""Whether data have changed: files, further tables, questionnaires, tables of a database."""

import contextlib
import re
import sqlite3
from functools import partial

import pytest

from crm_lessons import runs, wording
from crm_lessons.data import samples
from crm_lessons.errors import DataFaults
from crm_lessons.runs import lessons
from crm_lessons.runs.batches import _checking, _inputs, _table

# Of these the text says "file", and yet no report reads data from them.
NO_DATA = {"columns", "encoding", "answers"}
NAMES_DATA = re.compile(r"\b(files? (of|in)|a file|YAML file|order lines)\b")


@pytest.fixture
def till(tmp_path, monkeypatch):
    """A database with one order, by the name ``till``."""
    path = tmp_path / "till.db"
    monkeypatch.setenv("CRM_LESSONS_CONNECTION_TILL", f"sqlite:///{path}")
    execute(path, "CREATE TABLE orders (order_id, customer_id, order_date, amount)")
    execute(path, "INSERT INTO orders VALUES ('1', 'a', '2025-01-01', 5)")
    return path


def execute(path, statement):
    with contextlib.closing(sqlite3.connect(path)) as link, link:
        link.execute(statement)


@pytest.fixture
def plan_of(lesson, monkeypatch, tmp_path):
    """Makes the plan of a batch of one of the course's own lessons."""
    monkeypatch.delenv("CRM_LESSONS_LESSONS")
    return lambda name: _checking.Plan(lessons.find(name), "en", tmp_path / "out", {})


def test_every_parameter_that_names_data_is_found_in_every_lesson(plan_of):
    for name in ("03", "04", "05", "07", "08", "09", "10"):
        plan = plan_of(name)
        with wording.using("en"):
            told = {n for n, one in plan.known.items() if NAMES_DATA.search(one.help())}
        assert plan.sources.keys() == told - NO_DATA, name


def test_a_change_in_a_database_is_a_change(tmp_path, lesson, performed, till):
    rows = [{"name": "till", "orders": "sql:till/orders"}, {"name": "shop"}]

    def again():
        performed.clear()
        assert runs.batch(lesson, rows, out=tmp_path / "out").succeeded
        return list(performed)

    assert again() == ["till", "shop"]
    assert again() == []
    execute(till, "INSERT INTO orders VALUES ('2', 'b', '2025-01-02', 7)")
    assert again() == ["till"]
    assert again() == []


def test_a_database_is_asked_once_for_all_runs_and_told_of_for_each(
    tmp_path, lesson, till, monkeypatch
):
    asked, read_raw = [], _inputs.databases.read_raw
    monkeypatch.setattr(
        _inputs.databases, "read_raw", lambda *told: asked.append(told) or read_raw(*told)
    )
    rows = [{"name": f"run {number}", "orders": "sql:till/order"} for number in range(3)]
    with pytest.raises(DataFaults) as told:
        runs.batch(lesson, rows, out=tmp_path / "out")
    assert [fault.row for fault in told.value.faults] == [1, 2, 3]
    assert len(asked) == 1
    assert not (tmp_path / "out").exists()


def test_a_changed_questionnaire_or_further_table_is_a_change(plan_of, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked, cost = tmp_path / "asked.yaml", tmp_path / "cost.csv"
    carried = samples.questionnaire_path("shop_survey").read_text(encoding="utf-8")
    asked.write_text(carried, encoding="utf-8")
    cost.write_text("customer_id,cost\na,1\n")

    def key_of(name, **values):
        [job] = _checking.check(plan_of(name), [_table.Row(1, "x", values)], "rows")
        return job.key

    loyalty = partial(key_of, "10", questionnaire="asked.yaml")
    value = [
        partial(key_of, "07", tables="service=cost.csv"),
        partial(key_of, "07", upkeep="cost.csv"),
    ]
    before = loyalty(), [one() for one in value]
    assert before == (loyalty(), [one() for one in value])
    asked.write_text(carried + "\n# changed\n", encoding="utf-8")
    cost.write_text("customer_id,cost\na,2\n")
    assert loyalty() != before[0]
    assert not {one() for one in value} & set(before[1])


def test_what_is_no_questionnaire_is_a_fault_before_anything_runs(plan_of, tmp_path):
    (tmp_path / "asked.yaml").write_text("name: x\n")
    rows = [_table.Row(1, "x", {"questionnaire": str(tmp_path / "asked.yaml")})]
    with pytest.raises(DataFaults, match=r"asked\.yaml") as told:
        _checking.check(plan_of("10"), rows, "rows")
    assert told.value.faults[0].column == "questionnaire"


def test_any_other_value_that_names_a_file_counts_with_its_content(tmp_path):
    file = tmp_path / "jobs.csv"
    file.write_text("1")
    first = _inputs.Fingerprints().of_anything(str(file))
    file.write_text("2")
    assert first and _inputs.Fingerprints().of_anything(str(file)) != first
    for value in ("", "east", "x" * 5000, 3, 0.5, None, {"branch": "east"}, ["a"]):
        assert _inputs.Fingerprints().of_anything(value) == ""
