"""A trainee's file: one line for each action, never lost, safe under any nickname."""

import json
import threading
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from crm_lessons.course import results
from crm_lessons.course._outcome import Outcome
from crm_lessons.course.results import Line, Results
from crm_lessons.errors import CrmError

BEIJING = timezone(timedelta(hours=8))
RIGHT = Outcome("correct", "Correct!")
WRONG = Outcome("not_yet", "No.", "by_amount")
EMPTY = Outcome("not_attempted", "Nothing yet.")


@pytest.fixture
def clock():
    time = [datetime(2026, 11, 22, 9, 0, tzinfo=BEIJING)]

    def now():
        time[0] += timedelta(seconds=30)
        return time[0]

    return now


@pytest.fixture
def mine(tmp_path, clock):
    more = {"fingerprint": "ab12", "language": "zh"}
    return Results("小李", "05_pareto", folder=tmp_path, now=clock, **more)


def last_answers(kept):
    return {line.item: line for line in kept.lines() if line.action == results.ANSWER}


def test_a_line_tells_who_did_what_when_and_what_came_of_it(mine):
    mine.hinted("net_sales")
    mine.answered("net_sales", "１，２３４", WRONG, seconds=12.345)
    told = [json.loads(line) for line in mine.path.read_text(encoding="utf-8").splitlines()]
    time = datetime.fromisoformat(told[1].pop("time"))
    assert time == datetime(2026, 11, 22, 9, 1, tzinfo=BEIJING)
    assert time.tzinfo is not None
    assert told[1] == {
        "nickname": "小李",
        "lesson": "05_pareto",
        "item": "net_sales",
        "action": "answer",
        "outcome": "not_yet",
        "mistake": "by_amount",
        "answer": "１，２３４",
        "hints": 1,
        "seconds": 12.3,
        "fingerprint": "ab12",
        "language": "zh",
        "id": "",
        "schema": 2,
    }
    assert (told[0]["action"], told[0]["hints"], told[0]["outcome"]) == ("hint", 1, None)


def test_the_file_appears_with_the_first_real_attempt(mine):
    assert mine.answered("net_sales", "", EMPTY) is None
    assert not mine.path.exists()
    mine.answered("net_sales", "5", WRONG)
    assert mine.path.exists()


def test_reopening_finds_the_last_answer_of_each_item(mine, tmp_path):
    mine.answered("net_sales", "5", WRONG)
    mine.answered("net_sales", "6", RIGHT)
    mine.answered("customers", {"00456", "00123"}, WRONG)
    mine.solved("customers")
    again = Results("小李", "05_pareto", folder=tmp_path)
    last = last_answers(again)
    assert {item: line.answer for item, line in last.items()} == {
        "net_sales": "6",
        "customers": ["00123", "00456"],
    }
    assert last["net_sales"].outcome == "correct"


def test_another_trainee_or_lesson_in_the_same_file_is_not_mine(tmp_path):
    Results("a/b", "05_pareto", folder=tmp_path).answered("x", "1", RIGHT)
    Results("a_b", "07_value", folder=tmp_path).answered("x", "1", RIGHT)
    assert len(list(tmp_path.iterdir())) == 1
    assert Results("a_b", "05_pareto", folder=tmp_path).lines() == []


def test_hints_are_counted_for_each_item(mine):
    mine.hinted("one")
    mine.hinted("one")
    mine.hinted("two")
    assert mine.answered("one", "1", RIGHT).hints == 2
    assert mine.hints_seen("three") == 0


def test_a_damaged_line_loses_only_itself(mine):
    mine.answered("one", "1", RIGHT)
    with mine.path.open("ab") as file:
        file.write(b'{"schema": 1, "nickna')  # the power failed here
    mine.answered("two", "2", RIGHT)
    assert list(last_answers(mine)) == ["one", "two"]
    assert list(results.read(mine.path).values())[1] is None


def test_the_folder_comes_from_the_environment_else_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(results.FOLDER, raising=False)
    assert Results("A", "05_pareto").path.resolve() == tmp_path / "A.jsonl"
    monkeypatch.setenv(results.FOLDER, str(tmp_path / "class" / "one"))
    Results("A", "05_pareto").answered("x", "1", RIGHT)
    assert (tmp_path / "class" / "one" / "A.jsonl").exists()


@pytest.mark.parametrize(
    ("nickname", "name"),
    [
        ("小李", "小李.jsonl"),
        ("  小李 ", "小李.jsonl"),
        ("Li Wei", "Li_Wei.jsonl"),
        ("../../etc/passwd", "_etc_passwd.jsonl"),
        ("a\\b:c*?", "a_b_c_.jsonl"),
        ("CON", "_CON.jsonl"),
        ("com1", "_com1.jsonl"),
        (".hidden", "_hidden.jsonl"),
        ("😀", "_.jsonl"),
        ("𠮷田", "𠮷田.jsonl"),
    ],
)
def test_a_nickname_becomes_a_safe_file_name(nickname, name):
    assert results.file_name(nickname) == name


def test_a_long_chinese_nickname_still_fits_a_file_name(tmp_path):
    made = Results("龘" * 300, "05_pareto", folder=tmp_path)
    made.answered("x", "1", RIGHT)
    assert len(made.path.name.encode()) <= 255
    assert list(last_answers(made)) == ["x"]


@pytest.mark.parametrize("nickname", ["", "  ", "　"])
def test_without_a_nickname_there_is_no_file(nickname):
    with pytest.raises(CrmError, match=r"昵称|nickname"):
        Results(nickname, "05_pareto")


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    blocked = Results("A", "05_pareto", folder=tmp_path / "taken")
    with pytest.raises(CrmError) as told:
        blocked.answered("x", "1", RIGHT)
    assert told.value.key == "results_not_written"


def test_two_windows_writing_at_once_do_not_mix_their_lines(mine):
    def work(item):
        for number in range(25):
            results.append(mine.path, line(item=item, answer="长" * 500 + str(number)))

    threads = [threading.Thread(target=work, args=(item,)) for item in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = list(results.read(mine.path).values())
    assert len(found) == 100
    assert None not in found


@pytest.mark.parametrize(
    "answer",
    [
        np.float64(0.5),
        np.int64(3),
        {"b", "a"},
        {"A": {"n": np.int64(1)}},
        datetime(2026, 1, 1),
        "\ud800",
        None,
    ],
)
def test_whatever_was_answered_can_be_kept(mine, answer):
    mine.answered("x", answer, WRONG)
    assert list(last_answers(mine)) == ["x"]


def line(**changes):
    told = {
        "nickname": "小李",
        "lesson": "05_pareto",
        "item": "x",
        "action": "answer",
        "outcome": "correct",
        "time": "2026-11-22T09:00:00+08:00",
    }
    return Line(**{**told, **changes})


def test_a_line_survives_the_way_through_the_file():
    one = line(answer=["00456"], mistake=None, hints=2, seconds=3.5)
    assert Line.from_json(one.to_json()) == one


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": 3},
        {"schema": "1"},
        {"nickname": " "},
        {"nickname": 5},
        {"outcome": None},
        {"outcome": "great"},
        {"action": "hint"},
        {"action": "cheat"},
        {"time": "yesterday"},
        {"time": "2026-11-22T09:00:00"},
        {"mistake": ["a"]},
        {"hints": "2"},
        {"seconds": "3"},
    ],
)
def test_a_line_of_another_shape_is_not_one_of_ours(changes):
    with pytest.raises(ValueError):
        line(**changes)


@pytest.mark.parametrize(
    "text", ["[]", "{}", "5", '{"schema": 1}', '{"schema": 1, "more": 2}', "{"]
)
def test_other_json_is_not_a_result_line(text):
    with pytest.raises(ValueError):
        Line.from_json(text)


def test_the_time_of_the_machine_is_noted_with_its_zone(tmp_path):
    before = datetime.now(UTC)
    noted = Results("A", "05_pareto", folder=tmp_path).answered("x", "1", RIGHT)
    assert datetime.fromisoformat(noted.time) >= before - timedelta(milliseconds=1)
