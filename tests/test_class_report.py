"""Forty handed-in files, some of them spoilt, become exactly the planted statistics."""

import json
import subprocess
import time
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import test_collect as planted
from nbformat.v4 import new_code_cell, new_notebook
from test_reports import Outside

from crm_lessons import wording
from crm_lessons.cli import main
from crm_lessons.course import class_tables, class_view, exercise, guide
from crm_lessons.course._outcome import Outcome
from crm_lessons.course.collect import gather
from crm_lessons.course.results import Results
from crm_lessons.errors import CrmError
from crm_lessons.runs import _rerunning, roster

LESSON = "05_pareto"
FORTY = planted.NAMES
WRONG = Outcome("not_yet", "")
TRIED = ("cut_for_places", "customers_in_a")


@pytest.fixture(autouse=True)
def language_restored():
    yield
    wording.use("zh")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """Forty files, of which some are doubled, renamed, empty or damaged, in folders of a chat."""
    folder = tmp_path_factory.mktemp("class")
    for number in range(1, 41):
        planted.trainee(folder, number)
    (folder / "group chat").mkdir()
    copy = folder / "group chat" / "学员01 (1).jsonl"
    copy.write_bytes((folder / "学员01.jsonl").read_bytes())
    (folder / "学员09.jsonl").rename(folder / "group chat" / "homework.txt")
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "photo.png").write_bytes(b"\x89PNG\x00")
    damaged = (folder / "学员03.jsonl").read_bytes() + b'{"schema": 1, "nick\n'
    (folder / "group chat" / "学员03 (1).jsonl").write_bytes(damaged)
    (folder / "names.txt").write_text("\n".join(["姓名", *FORTY, "迟到的人"]), encoding="gb18030")
    return folder


@pytest.fixture(scope="module", params=wording.LANGUAGES)
def made(request, handed_in, tmp_path_factory):
    """The command's workbook, page and words, in each language."""
    out = tmp_path_factory.mktemp("out") / "class.xlsx"
    arguments = ["collect", str(handed_in), "--out", str(out), "--lesson", "05"]
    arguments += ["--names", str(handed_in / "names.txt"), "--language", request.param]
    with pytest.MonkeyPatch.context() as patched:
        said = []
        patched.setattr("builtins.print", lambda *told, **_: said.append(" ".join(map(str, told))))
        main_or_exit(arguments)
    sheets = pd.read_excel(out, sheet_name=None, engine="calamine")
    page = out.with_suffix(".html").read_text(encoding="utf-8")
    return request.param, sheets, page, "\n".join(said)


def main_or_exit(arguments):
    try:
        main(arguments)
    except SystemExit as stopped:
        assert not stopped.code


def sheet(made, name):
    language, sheets, _, _ = made
    return sheets[wording.template(f"teaching.sheet_{name}", language)]


def titled(made, item):
    with wording.using(made[0]):
        return guide.title(exercise.item(f"{LESSON}.{item}"))


def label(made, name):
    return wording.template(f"labels.{name}", made[0])


def test_the_workbook_has_a_row_for_each_of_forty_trainees(made):
    names = sheet(made, "trainees")[label(made, "nickname")]
    assert names.tolist() == FORTY


def test_first_try_rates_in_the_workbook_are_those_planted(made):
    items = sheet(made, "items")
    items = items.set_index(label(made, "title"))
    fifth, count = (items.loc[titled(made, name)] for name in TRIED)
    assert fifth[label(made, "first_try_rate")] == pytest.approx(24 / 40)
    assert count[label(made, "first_try_rate")] == pytest.approx(20 / 30)
    assert fifth[label(made, "trainees")] == 40
    assert count[label(made, "right_in_the_end")] == 25
    assert count[label(made, "tries")] == 65
    assert fifth[label(made, "hints")] == 6


def test_an_exercise_that_nobody_tried_is_there_without_a_rate(made):
    items = sheet(made, "items").set_index(label(made, "title"))
    untried = items.loc[titled(made, "group_buyer")]
    assert untried[label(made, "trainees")] == 0
    assert pd.isna(untried[label(made, "first_try_rate")])


def test_the_commonest_mistakes_stand_with_the_advice_that_was_given(made):
    told = sheet(made, "mistakes")
    assert told[label(made, "trainees")].tolist() == [25, 16, 10]
    assert told[label(made, "times")].tolist() == [25, 16, 15]
    with wording.using(made[0]):
        cut = exercise.item("05_pareto.cut_for_places")
        assert told[label(made, "mistake_told")][1] == str(cut.names["standard_kept"])
        assert told[label(made, "advice")][1] == exercise.advice(cut, "standard_kept")


def test_the_map_says_where_each_trainee_stands(made):
    standing = sheet(made, "standing").set_index(label(made, "nickname"))
    words = {name: wording.template(f"charts_classroom.{name}", made[0]) for name in planted_counts}
    for name, counts in zip(TRIED, (planted_counts_of_first, planted_counts), strict=True):
        (column,) = (c for c in standing.columns if c.endswith(f". {titled(made, name)}"))
        seen = standing[column].value_counts()
        assert {code: seen.get(word, 0) for code, word in words.items()} == counts


planted_counts_of_first = {"first": 24, "later": 16, "not_yet": 0, "none": 0}
planted_counts = {"first": 20, "later": 5, "not_yet": 5, "none": 10}


def test_who_is_missing_is_named_in_workbook_page_and_terminal(made):
    _, _, page, said = made
    assert sheet(made, "missing")[label(made, "nickname")].tolist() == ["迟到的人"]
    assert "迟到的人" in page and "迟到的人" in said


def test_damaged_doubled_renamed_and_empty_files_are_named_with_their_reason(made):
    told = sheet(made, "set_aside")
    assert set(told[label(made, "file")]) == {
        "empty.jsonl",
        "photo.png",
        "group chat/学员03 (1).jsonl",
        "group chat/homework.txt",
        "group chat/学员01 (1).jsonl",
    }
    assert told[label(made, "told")].notna().all()
    for name in told[label(made, "file")]:
        assert name in made[2]


def test_the_page_and_the_workbook_say_what_they_cannot_prove(made):
    language, _, page, said = made
    for number in range(1, 7):
        assert wording.template(f"teaching.about_{number}", language) in page.replace("&#x27;", "'")
    assert len(sheet(made, "about")) == 6
    assert wording.template("teaching.collected_proves", language) in said
    assert len(said.splitlines()) <= 8


def test_the_page_asks_nobody_and_every_chart_is_told_in_words(made):
    seen = Outside()
    seen.feed(made[2])
    assert (seen.asked, seen.scripts, seen.images_without_text) == ([], 0, 0)
    assert made[2].count("<img") == 4
    assert "url(" not in made[2] and "@import" not in made[2]


def test_a_nickname_that_looks_like_markup_or_a_formula_stays_a_name(tmp_path):
    for name in ("<script>alert(1)</script>", "=1+1", "**bold**"):
        Results(name, LESSON, folder=tmp_path / "in").answered("net_sales", "1", planted.RIGHT)
    out = tmp_path / "class.xlsx"
    main_or_exit(["collect", str(tmp_path / "in"), "--out", str(out), "--language", "en"])
    page = out.with_suffix(".html").read_text(encoding="utf-8")
    assert "<script>" not in page and "&lt;script&gt;" in page
    names = pd.read_excel(out, sheet_name="Trainees", engine="calamine")["Nickname"]
    assert set(names) == {"<script>alert(1)</script>", "=1+1", "**bold**"}


def test_an_empty_folder_makes_a_report_that_says_so(tmp_path):
    (tmp_path / "in").mkdir()
    out = tmp_path / "class.xlsx"
    main_or_exit(["collect", str(tmp_path / "in"), "--out", str(out), "--language", "en"])
    assert out.exists() and out.with_suffix(".html").exists()


def test_another_lesson_is_left_out_and_counted(tmp_path):
    Results("小李", LESSON, folder=tmp_path).answered("net_sales", "1", planted.RIGHT)
    Results("小李", "99_other", folder=tmp_path).answered("clv", "1", planted.RIGHT)
    results = class_tables.collect(tmp_path, lesson=LESSON)
    assert results.other_lessons == 1
    assert class_view.lessons(results) == [LESSON]
    everything = class_tables.collect(tmp_path)
    assert class_view.view(everything, "99_other").items["title"].tolist() == ["clv"]


def test_over_several_lessons_each_trainee_has_one_cell_for_each(tmp_path):
    lost = Results("小李", "07_value", folder=tmp_path)
    for outcome in (WRONG, planted.RIGHT):
        lost.answered("four_years_lost", "1", outcome)
    lost.answered("coupon_limit", "1", planted.RIGHT)
    Results("小李", LESSON, folder=tmp_path).answered("net_sales", "1", WRONG)
    Results("Ann", LESSON, folder=tmp_path).answered("net_sales", "1", planted.RIGHT)
    out = tmp_path / "out" / "class.xlsx"
    main_or_exit(["collect", str(tmp_path), "--out", str(out), "--language", "en"])
    table = pd.read_excel(
        out,
        sheet_name="Trainees and lessons",
        index_col=0,
        keep_default_na=False,
        engine="calamine",
    )
    assert table.to_dict("index") == {
        "Ann": {"Lesson 05": "0/12 (0), deeper 1", "Lesson 07": ""},
        "小李": {"Lesson 05": "0/12 (0), deeper 0", "Lesson 07": "1/12 (0), deeper 1"},
    }
    page = out.with_suffix(".html").read_text(encoding="utf-8")
    assert "07 Customer value: what is it worth to keep a customer" in page
    assert "1/12 (0), deeper 1" in page


def test_a_report_in_the_folder_itself_is_not_taken_for_a_result(tmp_path):
    Results("小李", LESSON, folder=tmp_path).answered("net_sales", "1", planted.RIGHT)
    arguments = ["collect", str(tmp_path), "--out", str(tmp_path / "class.xlsx")]
    for _ in range(2):
        main_or_exit([*arguments, "--language", "zh"])
    told = pd.read_excel(tmp_path / "class.xlsx", sheet_name="文件说明", engine="calamine")
    assert told.empty


# The list of names


def test_a_list_of_names_is_read_from_text_and_from_a_workbook(tmp_path):
    text, book = tmp_path / "names.txt", tmp_path / "names.xlsx"
    text.write_text("\ufeff姓名\n小李\n\n 小王 \n小李\n", encoding="utf-8")
    pd.DataFrame({"工号": ["007", "008"], "姓名": ["小李", "小王"]}).to_excel(
        book, index=False, engine="xlsxwriter"
    )
    assert roster.read(text) == roster.read(book) == {"小李": "", "小王": ""}


def test_names_and_nicknames_stand_in_one_list_of_two_columns(tmp_path):
    text, book = tmp_path / "names.csv", tmp_path / "names.xlsx"
    text.write_text("昵称,姓名\n小李,李明\n,王芳\n", encoding="gb18030")
    pd.DataFrame({"姓名": ["李明", "王芳"], "昵称": ["小李", None]}).to_excel(
        book, index=False, engine="xlsxwriter"
    )
    commas = tmp_path / "commas.txt"
    commas.write_text("Smith, John\nSmith, Anna\n", encoding="utf-8")
    assert list(roster.read(commas)) == ["Smith, John", "Smith, Anna"], "two people"
    names = roster.read(text)
    assert names == roster.read(book) == {"李明": "小李", "王芳": ""}
    for who in ("小李", "王芳", "外人"):
        told = Results(who, "05_pareto", folder=tmp_path / "in")
        told.answered("net_sales", "12", Outcome("not_yet", ""))
    done = class_tables.collect(tmp_path / "in", names={**names, "迟到": "晚"})
    assert done.missing == ["迟到"]
    shown = class_view.trainees(done, names)
    assert dict(zip(shown["nickname"], shown["full_name"], strict=True)) == {
        "外人": "",
        "小李": "李明",
        "王芳": "王芳",
    }


def test_a_list_that_cannot_be_used_is_told(tmp_path):
    broken, empty, odd = (tmp_path / name for name in ("broken.xlsx", "empty.txt", "odd.txt"))
    broken.write_bytes(b"no workbook")
    odd.write_bytes(b"\xff\xff\x81")
    empty.write_text("姓名\n", encoding="utf-8")
    for path, key in {
        broken: "data_faults",
        odd: "roster_unreadable",
        empty: "roster_empty",
        tmp_path / "gone.txt": "roster_missing",
    }.items():
        with pytest.raises(CrmError) as told:
            roster.read(path)
        assert told.value.key == key


# Checking once more


def notebook(path, *cells):
    nbformat.write(new_notebook(cells=[new_code_cell(cell) for cell in cells]), path)
    return path


@pytest.mark.reports
def test_a_notebook_that_runs_and_one_that_fails_are_told_apart(tmp_path):
    good = notebook(tmp_path / "good.ipynb", "import os; os.environ['CRM_LESSONS_RESULTS']")
    bad = notebook(tmp_path / "bad.ipynb", "1 / 0")
    (tmp_path / "rubbish.ipynb").write_text("no notebook")
    found = {
        path.name: _rerunning.execute(path, results=tmp_path, seconds=60)
        for path in (good, bad, tmp_path / "rubbish.ipynb")
    }
    assert found == {
        "good.ipynb": _rerunning.RAN,
        "bad.ipynb": _rerunning.FAILED,
        "rubbish.ipynb": _rerunning.FAILED,
    }


@pytest.mark.reports
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks into /proc")
def test_a_notebook_that_never_ends_is_ended_with_all_it_started(tmp_path, monkeypatch):
    # Its kernel and a process of its own write their ids, then neither would ever stop.
    endless = notebook(
        tmp_path / "endless.ipynb",
        "import os, pathlib, subprocess, time",
        "child = subprocess.Popen(['sleep', '600'])",
        "pathlib.Path('ids').write_text(f'{os.getpid()} {child.pid}')",
        "while True: time.sleep(1)",
    )
    ids = tmp_path / "ids"

    class Waiting(subprocess.Popen):
        """A process whose time is up as soon as the notebook has got that far."""

        def wait(self, timeout=None):
            while timeout and len(ids.read_text().split() if ids.exists() else []) < 2:
                time.sleep(0.05)
            return super().wait(timeout and 0.1)

    monkeypatch.setattr(_rerunning.subprocess, "Popen", Waiting)
    assert _rerunning.execute(endless, results=tmp_path, seconds=12) == _rerunning.TIMED_OUT
    for number in ids.read_text().split():
        assert _ends(number)


def _ends(number):
    """A killed process is gone, or waits to be reaped, a moment later."""
    stat = Path(f"/proc/{number}/stat")
    for _ in range(100):
        if not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def sample_fingerprint():
    from crm_lessons import data

    return data.read("shop").fingerprint


@pytest.mark.reports
def test_an_answer_that_does_not_deserve_its_outcome_is_listed(tmp_path, sample_fingerprint):
    own = Results("小李", LESSON, folder=tmp_path, fingerprint=sample_fingerprint)
    own.answered("what_75_counts", "money", planted.RIGHT)
    own.answered("share_of_top_fifth", "80%", planted.wrong("quoted_eighty"))
    own.answered("customers_in_a", "99999", planted.RIGHT)
    other = Results("小王", LESSON, folder=tmp_path, fingerprint="their own file")
    other.answered("customers_in_a", "12", planted.RIGHT)
    again = _rerunning.rerun(tmp_path, gather(tmp_path).lines)
    assert (again.same, again.other) == (2, 1)
    assert again.mismatches.to_dict("records") == [
        {
            "nickname": "小李",
            "lesson": LESSON,
            "item": "customers_in_a",
            "answer": json.dumps("99999"),
            "recorded": "correct",
            "again": "not_yet",
        }
    ]
