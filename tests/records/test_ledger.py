"""The ledger: each change leaves its trace, whoever makes it and whenever the power goes."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lessons.errors import CrmError
from crm_lessons.records import ROLES, Ledger, replay
from crm_lessons.wording.names import code

FIELDS = ["name", "city"]
SECRET = "Wuxi-lakeside-17"


def book(path=":memory:", *, who="Wang", role="manager", fields=FIELDS):
    return Ledger(path, who=who, role=role, fields=fields)


def as_dict(table):
    return table.astype(object).where(table.notna(), None).to_dict("index")


def test_who_when_before_and_after_stand_in_the_log(tmp_path):
    with book(tmp_path / "a.db") as held:
        held.enter("C1", name="李雷", city="Wuxi")
    with book(tmp_path / "a.db", who="Zhao", role="clerk", fields=()) as held:
        held.update("C1", city="Suzhou")
        assert held.query(city="Suzhou").to_dict("index") == {
            "C1": {"name": "李雷", "city": "Suzhou"}
        }
    with book(tmp_path / "a.db", who="Chen", role="auditor") as held:
        log = held.log()
    assert log["who"].tolist() == ["Wang", "Zhao"]
    assert log["action"].tolist() == ["enter", "update"]
    assert log["before"].isna().tolist() == [True, False]
    assert '"city":"Wuxi"' in log["before"].iloc[1] and '"city":"Suzhou"' in log["after"].iloc[1]
    assert pd.to_datetime(log["at"]).is_monotonic_increasing


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["enter", "update", "delete"]),
            st.sampled_from(["C1", "C2", "00456"]),
            st.one_of(st.none(), st.text(max_size=8).filter(lambda one: "\x00" not in one)),
        ),
        max_size=12,
    )
)
def test_undoing_every_change_leaves_nothing_and_the_log_always_tells_what_is_held(changes):
    with book() as held:
        done = 0
        for action, record, city in changes:
            values = {} if action == "delete" else {"city": city}
            try:
                getattr(held, action)(record, **values)
                done += 1
            except CrmError:
                continue  # not there, or there already
        assert as_dict(replay(held.log())) == as_dict(held.query())
        for _ in range(done):
            held.undo()
        assert held.query().empty
        assert len(held.log()) == 2 * done
        with pytest.raises(CrmError):
            held.undo()


def test_a_change_that_was_followed_by_another_cannot_be_taken_back_first():
    with book() as held:
        held.enter("C1", city="Wuxi")
        held.update("C1", city="Suzhou")
        held.update("C1", city="Nanjing")
        with pytest.raises(CrmError, match="2"):
            held.undo(2)
        assert held.undo() == 3
        assert held.undo(2) == 2  # its later one is taken back by now
        assert held.query()["city"].item() == "Wuxi"
        with pytest.raises(CrmError):
            held.undo(2)


def test_what_is_deleted_comes_back_by_undo_and_what_is_forgotten_does_not(tmp_path):
    path = tmp_path / "a.db"
    with book(path) as held:
        held.enter("C1", name="Li", city=SECRET)
        held.enter("C2", name="Han", city="Wuxi")
        held.update("C1", name="Li Lei")
        held.delete("C1")
        held.undo()
        assert held.query(record_id="C1")["city"].item() == SECRET
        assert SECRET.encode() in path.read_bytes()
        assert held.forget("C1") == 5  # entered, updated, deleted, brought back, deleted
        log = held.log()
        assert log["record_id"].iloc[-1] == "C1" and log["action"].iloc[-1] == "forget"
        assert log.loc[log["record_id"] == "C1", ["before", "after"]].isna().all(axis=None)
        assert log.loc[log["record_id"] == "C2", "after"].notna().all()
        assert held.undo() == 2  # the last one that can be taken back is that of the other customer
        with pytest.raises(CrmError):
            held.forget("C9")
    assert SECRET.encode() not in path.read_bytes()


def test_each_role_can_do_what_its_list_says_and_nothing_else():
    acts = {
        "enter": lambda held: held.enter("C2"),
        "query": lambda held: held.query(),
        "update": lambda held: held.update("C1", city="x"),
        "delete": lambda held: held.delete("C1"),
        "undo": lambda held: held.undo(),
        "log": lambda held: held.log(),
        "forget": lambda held: held.forget("C1"),
    }
    for role, allowed in ROLES.items():
        for action, act in acts.items():
            with book() as held:
                held.enter("C1", city="Wuxi")
                held.role = role
                if action in allowed:
                    act(held)
                else:
                    with pytest.raises(CrmError, match=code(role, "codes.ledger_role.")):
                        act(held)


def test_no_other_program_changes_a_record_without_a_name_or_the_log_at_all(tmp_path):
    with book(tmp_path / "a.db") as held:
        held.enter("C1", city="Wuxi")
    raw = sqlite3.connect(tmp_path / "a.db")
    for attempt in (
        "UPDATE customers SET city = 'x'",
        "DELETE FROM customers",
        "INSERT INTO customers VALUES ('C9', 'a', 'b')",
        "UPDATE audit SET who = 'Zhao'",
        "DELETE FROM audit",
        "INSERT INTO audit (at, who, action, record_id) VALUES ('now', 'Zhao', 'enter', 'C9')",
    ):
        with pytest.raises(sqlite3.DatabaseError), raw:
            raw.execute(attempt)
    raw.close()
    with book(tmp_path / "a.db") as held:
        assert held.query()["city"].tolist() == ["Wuxi"] and len(held.log()) == 1


def test_what_cannot_be_done_is_refused_and_changes_nothing(tmp_path):
    with book() as held:
        held.enter("C1", city="Wuxi")
        for attempt in (
            lambda: held.enter("C1", city="Suzhou"),
            lambda: held.update("C2", city="x"),
            lambda: held.update("C1", town="x"),
            lambda: held.delete("C2"),
        ):
            with pytest.raises(CrmError):
                attempt()
        assert held.query()["city"].tolist() == ["Wuxi"] and len(held.log()) == 1
    for wrong in ({"who": " "}, {"role": "king"}, {"fields": []}, {"fields": ["a b"]}):
        with pytest.raises(CrmError):
            book(**wrong)
    for twice in (["city", "City"], ["record_id"]):
        with pytest.raises(CrmError):
            book(fields=twice)


def test_a_file_that_is_no_ledger_is_told_and_left_alone(tmp_path):
    (tmp_path / "text.db").write_text("no database, " * 200)
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE customers (phone TEXT)")
    other.close()
    for name in ("text.db", "other.db", "."):
        with pytest.raises(CrmError):
            book(tmp_path / name)
    with book(tmp_path / "a.db"):
        pass
    with pytest.raises(CrmError, match="name, city"):
        book(tmp_path / "a.db", fields=["phone"])


def test_while_somebody_else_writes_nothing_is_half_done(tmp_path, monkeypatch):
    monkeypatch.setattr("crm_lessons.records._ledger_tables.PATIENCE", 0.05)
    with book(tmp_path / "a.db") as held:
        other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CrmError):
            held.enter("C1", city="Wuxi")
        other.execute("ROLLBACK")
        other.close()
        assert held.query().empty and held.log().empty


WRITER = """
import os, sys
from crm_lessons.records import Ledger
with Ledger(sys.argv[1], who="Wang", role="manager", fields=["name", "city"]) as held:
    number = 0
    while True:
        record = f"C{number % 7}"
        done = held.query(record_id=record)
        held.update(record, city=str(number)) if len(done) else held.enter(record, city=str(number))
        number += 1
        os.write(1, b"%d\\n" % number)
"""

CAUGHT = """
import os, signal, sys
from crm_lessons.records import Ledger
with Ledger(sys.argv[1], who="Wang", role="manager") as held:
    with held._written() as link:
        link.execute("UPDATE customers SET city = 'half'")
        assert link.execute("SELECT count(*) FROM audit").fetchone()[0] > 1
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_kill_in_the_middle_of_a_change_leaves_both_or_neither(tmp_path):
    """Killed between a change and its end, and killed anywhere while changes go on."""
    path = tmp_path / "a.db"
    with book(path) as held:
        held.enter("C0", city="whole")
    ended = subprocess.run([sys.executable, "-c", CAUGHT, path], check=False)
    assert ended.returncode == -signal.SIGKILL
    with book(path) as held:
        log = held.log()
        assert held.query()["city"].tolist() == ["whole"] and len(log) == 1
    for wait in (0.0, 0.013, 0.037):
        running = subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE)
        running.stdout.readline()
        time.sleep(wait)
        os.kill(running.pid, signal.SIGKILL)
        told = 1 + running.stdout.read().count(b"\n")
        running.wait()
        with book(path) as held:
            before, log, now = len(log), held.log(), held.query()
        assert as_dict(replay(log)) == as_dict(now)
        assert len(log) >= before + told  # whatever was told to be done is there
        assert log.index.tolist() == [*range(1, len(log) + 1)]
