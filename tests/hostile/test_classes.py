"""A class with a bad line, a clock put back, links and pipes: the rest counts, nobody waits."""

import json
import os
import shutil
import socket
from pathlib import Path

import pytest

from crm_lessons import wording
from crm_lessons.course import collect, handing_in, results
from crm_lessons.course._session import Session
from crm_lessons.course.class_tables import collect as tables_of
from crm_lessons.errors import CrmError
from crm_lessons.runs import class_report

CASES = Path(__file__).parent / "cases" / "classes"
LINE = json.loads((CASES / "class_seconds_inf" / "Bob.jsonl").read_text(encoding="utf-8"))


def test_the_classes_that_once_stopped(tmp_path):
    for name in ("class_week_date", "class_seconds_inf"):
        found = tables_of(CASES / name)
        assert list(found.trainees.index) == ["Bob"]
        assert found.set_aside["reason"].to_list() == ["damaged"]
    found = tables_of(CASES / "class_clock_backwards")
    assert found.standing.iloc[0, 0] == "later", "wrong at the first try, by the order of the file"


BAD = {
    "time": ["2024-W01-1T00:00+00:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "now"],
    "seconds": [float("inf"), float("nan"), -1, 1e300, True, "3", [3]],
    "hints": [-1, 10**30, 1.5, True, None],
    "nickname": ["", " ", 7, None, "x" * 2_000],
    "lesson": ["x" * 2_000, [], {}],
    "item": [None, "y" * 2_000],
    "schema": [0, 99, True, "1"],
    "action": ["peek", None, ["answer"]],
    "outcome": ["right", None, {}],
    "mistake": [1, "z" * 2_000],
    "extra": [1],
}


def test_one_bad_line_of_any_kind_never_stops_a_class(tmp_path):
    bad = [LINE | {name: value} for name, values in BAD.items() for value in values]
    texts = [json.dumps(one) for one in bad]
    texts += ["[" * 100_000, '{"a":' * 50_000, "9" * 5_000, "null", "{}", '"\\ud800"', "\x00"]
    good = json.dumps(LINE | {"nickname": "Ann"})
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.jsonl").write_text(f"{good}\n{text}\n", encoding="utf-8")
    (tmp_path / "Bob.jsonl").write_text(json.dumps(LINE) + "\n", encoding="utf-8")
    (tmp_path / "odd.jsonl").write_bytes(b"\xff\xfe\x00" * 50)
    found = tables_of(tmp_path)
    assert list(found.trainees.index) == ["Bob"], "a file counts as a whole or not at all"
    assert (found.set_aside["reason"] == "damaged").sum() == len(texts)


def test_answers_of_any_kind_reach_the_report_of_a_class(tmp_path):
    answers = ["=1+1", "x" * 100_000, None, [], {}, [[1]], 1e308, float("nan"), "\x1b[31m", "𠮷$x$"]
    folder = tmp_path / "handed"
    folder.mkdir()
    text = "\n".join(json.dumps(LINE | {"answer": a, "outcome": "not_yet"}) for a in answers)
    (folder / "Bob.jsonl").write_text(text, encoding="utf-8")
    made = class_report.class_report(folder, out=tmp_path / "class.xlsx")
    assert made.excel.stat().st_size and made.html.stat().st_size
    assert made.results.trainees.loc["Bob", "tries"] == len(answers)


def test_between_files_of_one_trainee_time_decides_and_within_one_its_own_order(tmp_path):
    def write(name, *lines):
        told = [json.dumps(LINE | {"time": f"2025-03-01T10:{t}:00+08:00", "outcome": o})
                for t, o in lines]  # fmt: skip
        (tmp_path / name).write_text("\n".join(told), encoding="utf-8")

    write("Bob.jsonl", ("05", "not_yet"), ("01", "correct"))
    write("Bob_2.jsonl", ("03", "correct"), ("06", "not_yet"))
    outcomes = [line.outcome for line in collect.gather(tmp_path).lines]
    # 10:03 of the second file comes first, then both lines of the first, then 10:06.
    assert outcomes == ["correct", "not_yet", "correct", "not_yet"]


@pytest.mark.skipif(os.name == "nt", reason="pipes have names on POSIX only")
def test_pipes_sockets_and_links_in_a_class_are_named_and_never_waited_for(tmp_path, monkeypatch):
    shutil.copy(CASES / "class_seconds_inf" / "Bob.jsonl", tmp_path / "Bob.jsonl")
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "broken.jsonl").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    monkeypatch.chdir(tmp_path)
    socket.socket(socket.AF_UNIX).bind("s.jsonl")
    found = tables_of(tmp_path)
    assert list(found.trainees.index) == ["Bob"]
    named = found.set_aside.loc[found.set_aside["reason"] == "unreadable", "file"]
    assert sorted(named) == ["broken.jsonl", "loop", "pipe.jsonl", "s.jsonl"]
    for language in wording.LANGUAGES:
        assert wording.template("collect.unreadable", language)


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_handing_in_follows_no_link(tmp_path, monkeypatch):
    mine, to, secret = tmp_path / "Bob.jsonl", tmp_path / "class", tmp_path / "secret"
    to.mkdir()
    monkeypatch.setenv(handing_in.FOLDER, str(to))
    secret.write_text("kept", encoding="utf-8")
    mine.symlink_to(secret)
    with pytest.raises(CrmError) as caught:
        handing_in.hand_in(mine)
    assert caught.value.key == "not_a_file" and not list(to.iterdir())
    mine.unlink()
    os.mkfifo(mine)
    with pytest.raises(CrmError):
        handing_in.hand_in(mine)
    mine.unlink()
    mine.write_text("kept and more", encoding="utf-8")
    (to / "Bob.jsonl").symlink_to(secret)  # its content is how mine begins
    (to / "Bob_2.jsonl").symlink_to(tmp_path / "made_by_following")
    assert handing_in.hand_in(mine).name == "Bob_3.jsonl"
    assert secret.read_text(encoding="utf-8") == "kept"
    assert not (tmp_path / "made_by_following").exists()
    mine.write_text("kept and more and more", encoding="utf-8")
    assert handing_in.hand_in(mine).name == "Bob_3.jsonl"
    assert sorted(p.name for p in to.iterdir()) == ["Bob.jsonl", "Bob_2.jsonl", "Bob_3.jsonl"]


def test_a_nickname_without_end_is_told_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    session = Session("05_pareto", language="zh")
    with pytest.raises(CrmError) as caught:
        session.sign_in("x" * 1_001)
    assert caught.value.key == "nickname_too_long" and not list(tmp_path.iterdir())
