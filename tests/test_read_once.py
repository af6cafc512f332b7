"""What many processes read is read once; and never anything but what the file holds."""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from crm_lessons import data, wording
from crm_lessons.data import _line_way, _read_once
from crm_lessons.errors import DataFaults

HEADING = "order_id,order_date,customer_id,amount,branch"
ROWS = [f"{i},2024-03-{i:02},a{i % 3},{i}.5,{'east' if i % 2 else 'west'}" for i in range(1, 29)]


@pytest.fixture
def orders(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("\n".join([HEADING, *ROWS, ""]))
    return path


@pytest.fixture
def read(monkeypatch):
    """How often the lines of a file were really read."""
    count, really = [], _line_way.read

    def counted(*how):
        count.append(how)
        return really(*how)

    monkeypatch.setattr(_line_way, "read", counted)
    return count


def test_the_second_reader_gets_what_the_first_has_read(orders, read):
    alone = data.read(orders, others=["branch"])
    with data.read_once():
        first, second = (data.read(orders, others=["branch"]) for _ in range(2))
    assert len(read) == 2
    for one in (first, second):
        assert one.lines.collect().equals(alone.lines.collect())
        for name in ("set_aside", "fingerprint", "source", "schema", "set_aside_amount"):
            assert getattr(one, name) == getattr(alone, name)
        assert list(map(str, one.notes)) == list(map(str, alone.notes))
    assert _read_once.VARIABLE not in os.environ


def test_another_question_or_language_or_file_is_read_anew(orders, read, tmp_path):
    with wording.using("zh"), data.read_once():
        data.read(orders)
        for how in ({"others": ["branch"]}, {"latest": "2025-01-01"}, {"keep_repeats": True}):
            data.read(orders, **how)
        with wording.using("en"):
            data.read(orders)
        other = tmp_path / "other" / "orders.csv"
        other.parent.mkdir()
        other.write_text(orders.read_text())
        data.read(other)
        assert len(read) == 6
        data.read(orders)
        data.read(orders, others=["branch", "branch"])
        assert len(read) == 6


def test_a_file_that_has_changed_is_read_anew(orders, read):
    with data.read_once():
        before = data.read(orders)
        with orders.open("a") as file:
            file.write("99,2024-03-05,a1,1000,east\n")
        after = data.read(orders)
    assert len(read) == 2
    assert after.lines.collect()["amount"].sum() == before.lines.collect()["amount"].sum() + 1000
    assert after.fingerprint != before.fingerprint


def test_faults_are_told_to_every_reader_and_nothing_is_kept(orders, read):
    orders.write_text(orders.read_text().replace("5.5", "five"))
    with data.read_once():
        for _ in range(2):
            with pytest.raises(DataFaults):
                data.read(orders)
    assert len(read) == 2


def test_readers_at_the_same_time_wait_for_the_first(orders):
    """Two processes: the lines are put down once, and all get the same."""
    code = (
        "import sys; from crm_lessons import data\n"
        "print(data.read(sys.argv[1]).lines.collect()['amount'].sum())"
    )
    with data.read_once():
        with ThreadPoolExecutor(2) as at_once:
            said = list(at_once.map(lambda _: _output(code, orders), range(2)))
        assert len(list(Path(os.environ[_read_once.VARIABLE]).glob("*.told"))) == 1
    assert len(set(said)) == 1


def _output(code, *arguments):
    line = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout


def test_a_folder_that_vanished_is_no_hindrance(orders, monkeypatch, tmp_path):
    monkeypatch.setenv(_read_once.VARIABLE, str(tmp_path / "gone"))
    assert data.read(orders).lines.collect().height == len(ROWS)


def test_what_a_killed_process_left_is_cleared_away(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, others = (tmp_path / f"{_read_once.PREFIX}{n}-x" for n in (ended.pid, os.getppid()))
    for folder in (left, others):
        folder.mkdir()
    with data.read_once():
        assert not left.exists() and others.exists()
