"""Forty simulated trainees with planted mistakes give exactly the planted statistics."""

import json
import random
import shutil
import zipfile
from datetime import datetime, timedelta, timezone

import pandas as pd
import pytest

from crm_lessons import wording
from crm_lessons.course import class_tables, exercise
from crm_lessons.course._outcome import Outcome
from crm_lessons.course.results import Results
from crm_lessons.errors import CrmError

LESSON = "05_pareto"
START = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=8)))
RIGHT = Outcome("correct", "")
UNREADABLE = Outcome("cannot_check", "", "unreadable")
NAMES = [f"学员{number:02d}" for number in range(1, 41)]


def wrong(mistake=None):
    return Outcome("not_yet", "", mistake)


@pytest.fixture(autouse=True)
def in_english():
    with wording.using("en"):
        yield


def clock_of(number):
    time = [START + timedelta(minutes=number)]

    def now():
        time[0] += timedelta(seconds=20)
        return time[0]

    return now


def trainee(folder, number):
    """What trainee 1…40 does; the numbers below are counted from these rules by hand."""
    own = Results(NAMES[number - 1], LESSON, folder=folder, now=clock_of(number), fingerprint="f1")
    if number <= 16:  # keeps the standard cut, then right
        own.answered("cut_for_places", "80%", wrong("standard_kept"), seconds=30)
    elif number <= 22:  # takes a hint before the first answer
        own.hinted("cut_for_places", seconds=10)
    elif number <= 24:  # a slip of the pen is no try
        own.answered("cut_for_places", "70-80%", UNREADABLE, seconds=5)
    own.answered("cut_for_places", "81.3%", RIGHT, seconds=60)
    if number <= 10:
        own.answered("customers_in_a", "1133", wrong("share_of_people"), seconds=20)
    if number <= 5:  # twice the same, looks at the solution, gives up
        own.answered("customers_in_a", "1133", wrong("share_of_people"), seconds=20)
        own.solved("customers_in_a")
    elif number <= 30:
        own.answered("customers_in_a", "226", RIGHT, seconds=40)
        own.answered("customers_in_a", "9", wrong(), seconds=1)  # plays on
    if number == 40:
        own.hinted("net_sales")
        own.hinted("net_sales")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """The files of all forty, written once and never changed."""
    folder = tmp_path_factory.mktemp("class")
    for number in range(1, 41):
        trainee(folder, number)
    return folder


@pytest.fixture
def folder(handed_in, tmp_path):
    """The same files, to be changed."""
    return shutil.copytree(handed_in, tmp_path, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def tables(handed_in):
    with wording.using("en"):
        return class_tables.collect(handed_in, names=[*NAMES, "迟到的人"])


def test_first_try_rates_are_exactly_those_planted(tables):
    item = tables.items.loc[LESSON, "cut_for_places"]
    assert item.to_dict() == {
        "trainees": 40,
        "right_first": 24,
        "first_try_rate": 0.6,
        "right_in_the_end": 40,
        "tries": 56,
        "hints": 6,
        "trainees_with_hints": 6,
        "solutions": 0,
    }
    item = tables.items.loc[LESSON, "customers_in_a"]
    assert item.to_dict() == {
        "trainees": 30,
        "right_first": 20,
        "first_try_rate": 20 / 30,
        "right_in_the_end": 25,
        "tries": 65,
        "hints": 0,
        "trainees_with_hints": 0,
        "solutions": 5,
    }


def test_a_rate_without_a_try_is_empty_and_not_nought(tables):
    item = tables.items.loc[LESSON, "net_sales"]
    assert item["trainees"] == 0
    assert pd.isna(item["first_try_rate"])
    assert item["hints"] == 2


def test_the_commonest_wrong_answers_come_first_with_their_advice(tables):
    columns = ["item", "mistake", "answer", "trainees", "times"]
    assert tables.mistakes[columns].fillna("").values.tolist() == [
        ["customers_in_a", "", "9", 25, 25],
        ["cut_for_places", "standard_kept", "80%", 16, 16],
        ["customers_in_a", "share_of_people", "1133", 10, 15],
    ]
    by_mistake = tables.mistakes.set_index("mistake")
    assert by_mistake.loc["share_of_people", ["trainees", "times"]].to_list() == [10, 15]
    advice = exercise.item(f"{LESSON}.customers_in_a").mistakes["share_of_people"].en
    assert by_mistake.loc["share_of_people", "advice"] == advice
    assert "unreadable" not in by_mistake.index


def test_trainees_by_items_show_where_each_stands(tables):
    assert tables.outcomes.shape == (40, 3)
    at = tables.outcomes[LESSON]
    assert (at["cut_for_places"] == "correct").all()
    standing = at["customers_in_a"].fillna("not tried").value_counts().to_dict()
    assert standing == {"correct": 25, "not_yet": 5, "not tried": 10}
    assert tables.tries.loc["学员01", LESSON].to_dict() == {
        "customers_in_a": 2,
        "net_sales": 0,
        "cut_for_places": 2,
    }


def test_whoever_is_right_once_stays_right(tables):
    assert tables.outcomes.loc["学员30", (LESSON, "customers_in_a")] == "correct"


def test_time_and_hints_are_added_up_for_each_trainee(tables):
    first = tables.trainees.loc["学员01"]
    assert first["minutes"] == pytest.approx((30 + 60 + 20 + 20) / 60)
    assert (first["items"], first["right"], first["tries"], first["hints"]) == (2, 1, 4, 0)
    assert first["first"] == pd.Timestamp(START + timedelta(minutes=1, seconds=20))
    assert tables.trainees["hints"].sum() == 8
    assert (tables.trainees["data"] == 1).all()


def test_who_is_missing_is_named(tables, folder):
    assert tables.missing == ["迟到的人"]
    assert class_tables.collect(folder, names=[" 学员０1 ", ""]).missing == []


def test_a_clean_folder_sets_nothing_aside(tables):
    assert tables.set_aside.empty


def same(one, other):
    for name in ("outcomes", "tries", "items", "mistakes", "trainees"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def reasons(tables):
    frame = tables.set_aside
    return {
        (row.file, row.reason): None if pd.isna(row.line) else row.line
        for row in frame.itertuples()
    }


def test_rubbish_in_the_folder_is_named_and_changes_nothing(folder, tables):
    (folder / "学员01 (1).jsonl").write_bytes((folder / "学员01.jsonl").read_bytes())
    (folder / "from_chat").mkdir()
    (folder / "from_chat" / "homework.txt").write_bytes((folder / "学员02.jsonl").read_bytes())
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "blank.jsonl").write_bytes(b"\n \n")
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff" * 50)
    (folder / "other.json").write_text(json.dumps({"cells": []}), encoding="utf-8")
    (folder / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (folder / ".DS_Store").write_bytes(b"Bud1")
    with (folder / "学员04.jsonl").open("a", encoding="utf-8") as file:
        file.write((folder / "学员04.jsonl").read_text(encoding="utf-8").splitlines()[0] + "\n")
    again = class_tables.collect(folder, names=[*NAMES, "迟到的人"])
    same(again, tables)
    found = reasons(again)
    assert set(found) == {
        ("学员01 (1).jsonl", "copy"),
        ("from_chat/homework.txt", "copy"),
        ("empty.jsonl", "empty"),
        ("blank.jsonl", "empty"),
        ("photo.png", "foreign"),
        ("other.json", "foreign"),
        ("deep.json", "foreign"),
        ("学员04.jsonl", "doubled"),
    }
    assert not again.set_aside["counts"].any()
    assert all(again.set_aside["told"])


def test_an_earlier_copy_under_another_name_counts_once(folder, tables):
    lines = (folder / "学员07.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "学员07-old.jsonl").write_bytes(b"".join(lines[:2]))
    again = class_tables.collect(folder)
    same(again, tables)
    assert again.set_aside["reason"].to_list() == ["doubled", "doubled"]
    assert again.set_aside["other"].to_list() == ["学员07.jsonl"] * 2


def test_a_renamed_file_counts_under_the_nickname_in_it(folder, tables):
    (folder / "学员09.jsonl").rename(folder / "作业.txt")
    again = class_tables.collect(folder)
    same(again, tables)
    assert reasons(again) == {("作业.txt", "renamed"): None}
    assert again.set_aside["counts"].all()


def test_one_nickname_in_two_files_counts_together_and_is_named(folder, tables):
    other = folder / "laptop"
    Results("学员11", LESSON, folder=other, now=clock_of(600)).answered("net_sales", "1", RIGHT)
    again = class_tables.collect(folder)
    assert len(again.trainees) == 40
    assert again.tries.loc["学员11", (LESSON, "net_sales")] == 1
    assert reasons(again) == {("laptop/学员11.jsonl", "shared_nickname"): None}


def test_the_order_of_files_changes_nothing(folder, tables):
    """The order of lines does: a file is written from top to bottom, and clocks are set back."""
    paths = sorted(folder.iterdir())
    random.Random(1).shuffle(paths)
    for number, path in enumerate(paths):
        inner = folder / f"{number:02}"
        inner.mkdir()
        path.rename(inner / path.name)
    same(class_tables.collect(folder), tables)


def test_a_file_saved_by_notepad_with_a_mark_and_windows_line_ends_counts(folder, tables):
    path = folder / "学员12.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    again = class_tables.collect(folder)
    same(again, tables)
    assert again.set_aside.empty


def test_a_line_of_a_newer_program_or_an_unknown_lesson_stops_nothing(folder):
    path = folder / "学员13.jsonl"
    one = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**one, "schema": 9}) + "\n")
        file.write(json.dumps({**one, "lesson": "../../x", "mistake": "odd"}) + "\n")
    assert reasons(class_tables.collect(folder)) == {("学员13.jsonl", "damaged"): 5}
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"schema": 9' not in line), encoding="utf-8")
    again = class_tables.collect(folder)
    assert again.set_aside.empty
    unknown = again.mistakes[again.mistakes["lesson"] == "../../x"]
    assert unknown["advice"].to_list() == [""]


@pytest.mark.parametrize("left", [1, 8, 14, 60])
@pytest.mark.parametrize("place", [1, -1])
def test_a_write_that_was_broken_off_takes_no_other_line_with_it(folder, tables, left, place):
    path = folder / "学员03.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines.insert(place % (len(lines) + 1), lines[0][:left] + b"\n")
    path.write_bytes(b"".join(lines))
    again = class_tables.collect(folder)
    same(again, tables)
    assert reasons(again) == {("学员03.jsonl", "torn"): lines.index(lines[0][:left] + b"\n") + 1}


@pytest.mark.parametrize("damage", [b'{"schema": 1, "nick\n', b"\xff\xff\n", b"{}\n"])
@pytest.mark.parametrize("place", [0, 1, -1])
def test_a_file_counts_as_a_whole_or_not_at_all(folder, tables, damage, place):
    path = folder / "学员03.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines.insert(place % (len(lines) + 1), damage)
    path.write_bytes(b"".join(lines))
    again = class_tables.collect(folder, names=NAMES)
    assert again.missing == ["学员03"]
    assert reasons(again) == {("学员03.jsonl", "damaged"): place % len(lines) + 1}
    path.unlink()
    without = class_tables.collect(folder)
    same(again, without)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_file_in_any_usual_encoding_counts_as_a_whole(folder, tables, encoding):
    for number in range(1, 41, 3):
        path = folder / f"学员{number:02}.jsonl"
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    again = class_tables.collect(folder, names=[*NAMES, "迟到的人"])
    same(again, tables)
    assert again.missing == tables.missing
    assert again.set_aside["counts"].all()
    assert len(again.set_aside) == (0 if encoding == "utf-8-sig" else 14)


@pytest.mark.parametrize("name", ["小美", "美玲", "陳小姐"])
def test_a_file_in_an_encoding_that_is_not_known_counts_for_nobody_else(tmp_path, name):
    """Big5 passes for GB18030 and gives a name of characters that nobody has."""
    own = Results(name, LESSON, folder=tmp_path, now=clock_of(3))
    own.answered("net_sales", name, RIGHT)
    own.path.write_bytes(own.path.read_text(encoding="utf-8").encode("big5"))
    again = class_tables.collect(tmp_path)
    assert reasons(again) == {(own.path.name, "damaged"): 1}


@pytest.mark.parametrize("names", ["utf-8", "gb18030"])
def test_an_archive_is_opened_and_its_files_count_as_if_they_lay_there(folder, tables, names):
    told = sorted(folder.glob("*.jsonl"))
    with zipfile.ZipFile(folder / "第一组.zip", "w") as book:
        for path in told[:25]:
            inside = f"作业/{path.name}"
            if names == "gb18030":  # as Chinese Windows writes it, without saying so
                inside = inside.encode("gb18030").decode("cp437")
            entry = zipfile.ZipInfo(inside)
            book.writestr(entry, path.read_bytes())
            path.unlink()
        book.writestr("__MACOSX/._x.jsonl", b"\0")
    if names == "gb18030":
        raw = (folder / "第一组.zip").read_bytes()
        for path in told[:25]:  # zipfile marks such names as UTF-8, which Windows does not
            told_name = f"作业/{path.name}".encode("gb18030").decode("cp437").encode()
            assert told_name in raw
    again = class_tables.collect(folder)
    same(again, tables)
    assert set(again.set_aside["reason"]) <= ({"renamed"} if names == "gb18030" else set())


def test_an_archive_that_cannot_be_opened_is_named(folder, tables):
    (folder / "kaputt.zip").write_bytes(b"PK\x03\x04" + b"x" * 200)
    again = class_tables.collect(folder)
    same(again, tables)
    assert reasons(again) == {("kaputt.zip", "archive"): None}


def test_nicknames_that_differ_by_case_width_or_blanks_are_one_person(tmp_path):
    for name in ("Anna Li", "ＡＮＮＡ　ｌｉ", "anna li ", "Bob"):
        own = Results(name, LESSON, folder=tmp_path, now=clock_of(len(name)))
        own.answered("net_sales", name, RIGHT)
        own.answered("net_sales", name, RIGHT)
    tables = class_tables.collect(tmp_path, names=["ANNA LI", "bob"])
    assert len(tables.trainees) == 2 and tables.missing == []
    assert "nickname_folded" in set(tables.set_aside["reason"])
    assert tables.set_aside["counts"].all()


def test_an_empty_folder_gives_empty_tables(tmp_path):
    tables = class_tables.collect(tmp_path, names=["甲", "乙"])
    assert tables.missing == ["甲", "乙"]
    for name in ("outcomes", "tries", "items", "mistakes", "trainees", "set_aside"):
        assert getattr(tables, name).empty


@pytest.mark.parametrize("more", [[], ["customers_in_a"]])
def test_a_guess_stands_beside_its_question_and_counts_as_neither_right_nor_wrong(tmp_path, more):
    own = Results("小李", LESSON, folder=tmp_path)
    own.answered("share_of_top_fifth", "80%", wrong("quoted_eighty"), seconds=30)
    for item in more:
        own.answered(item, "1", RIGHT)
    made = class_tables.collect(tmp_path)
    assert made.standing.loc["小李", (LESSON, "share_of_top_fifth")] == "not_yet"
    assert made.mistakes["mistake"].to_list() == ["quoted_eighty"]
    assert made.times.loc[(LESSON, "share_of_top_fifth"), "median_minutes"] == 0.5
    assert made.trainees.loc["小李", ["items", "right"]].to_list() == [len(more)] * 2
    assert made.trainees.loc["小李", "tries"] == len(more) + 1


def test_hints_alone_make_a_row_but_no_try(tmp_path):
    Results("甲", LESSON, folder=tmp_path).hinted("net_sales")
    tables = class_tables.collect(tmp_path)
    assert tables.trainees.loc["甲", ["tries", "hints"]].to_list() == [0, 1]
    assert tables.outcomes.isna().all(axis=None)
    assert tables.mistakes.empty


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CrmError, match="nowhere"):
        class_tables.collect(tmp_path / "nowhere")
