"""The learner's doors without a browser: progress, the contents page, messages."""

import socket
import sys
from datetime import date
from pathlib import Path

import nbformat
import pytest

from crm_lessons import wording
from crm_lessons.cli import main
from crm_lessons.course import exercise, progress, results
from crm_lessons.course._outcome import Outcome
from crm_lessons.errors import CrmError
from crm_lessons.runs import _serving, _whole_run, contents, jupyter_settings, jupyterlab, lessons

LESSON = "05_pareto"
RIGHT, WRONG = Outcome("correct", ""), Outcome("not_yet", "")


@pytest.fixture(autouse=True)
def language_restored():
    yield
    wording.use("zh")


@pytest.fixture
def items():
    known = exercise.load(LESSON).items()
    return [name for name, item in known if not item.deeper and not item.is_guess]


def answer(folder, nickname, *answers):
    mine = results.Results(nickname, LESSON, folder=folder)
    for item, outcome in answers:
        mine.answered(item, "1", outcome)


def test_an_item_answered_twice_counts_once_and_is_correct_once_it_was(tmp_path, items):
    answer(tmp_path, "小李", (items[0], RIGHT), (items[0], WRONG), (items[1], WRONG))
    [one] = progress.of_folder(tmp_path)
    assert (one.nickname, one.lesson) == ("小李", LESSON)
    assert (one.items, one.answered, one.correct) == (len(items), 2, 1)


def test_items_and_lessons_that_are_gone_and_foreign_files_do_not_count(tmp_path, items):
    answer(tmp_path, "小李", (items[0], RIGHT), ("no_such_item", RIGHT))
    results.Results("小李", "99_gone", folder=tmp_path).answered("x", "1", RIGHT)
    (tmp_path / "orders.jsonl").write_text('{"amount": 1}\nnot json\n', encoding="utf-8")
    [one] = progress.of_folder(tmp_path)
    assert (one.answered, one.correct) == (1, 1)


def test_a_guess_is_neither_right_nor_open_for_ever(tmp_path, items):
    guess = next(name for name, item in exercise.load(LESSON).items() if item.is_guess)
    answer(tmp_path, "小李", (guess, WRONG), *((name, RIGHT) for name in items))
    [one] = progress.of_folder(tmp_path)
    assert (one.items, one.answered, one.correct) == (len(items),) * 3


def test_looking_at_a_hint_is_no_answer(tmp_path, items):
    results.Results("小李", LESSON, folder=tmp_path).hinted(items[0])
    assert progress.of_folder(tmp_path) == []


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_contents_link_every_lesson_with_its_minutes_and_progress(tmp_path, items, language):
    answer(tmp_path, "小李", (items[0], RIGHT))
    text = contents.write(tmp_path, tmp_path, language).read_text(encoding="utf-8")
    for lesson in lessons.everything():
        assert f"[{lesson.title[language]}]({lesson.name}_{language}.ipynb)" in text
        assert f"| {lesson.minutes} " in text
    assert "小李" in text


def test_a_nickname_neither_breaks_the_table_nor_becomes_a_link(tmp_path, items):
    plain = contents.markdown(lessons.everything(), [], "zh")
    answer(tmp_path, "a|b ![x](http://example.org/x.png) <b>", (items[0], RIGHT))
    text = contents.markdown(lessons.everything(), progress.of_folder(tmp_path), "zh")
    assert text.count("|") == plain.count("|")
    assert "![" not in text and "<b>" not in text


def test_a_port_in_use_is_said_before_anything_starts():
    with socket.socket() as other:
        other.bind((_serving.HOST, 0))
        other.listen()
        with pytest.raises(CrmError) as told:
            _serving.place(other.getsockname()[1])
    assert told.value.key == "port_taken"


def test_without_the_extra_one_message_says_what_to_install(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SystemExit) as stopped:
        main(["lab", "--language", "en"])
    assert stopped.value.code == 2
    assert 'pip install "crm-lessons[lab]"' in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_ends_at_once_is_told_with_its_last_words(tmp_path):
    with pytest.raises(CrmError) as told:
        _serving.serve(
            ["this_module_is_not_there"],
            env={},
            at=_serving.place(),
            log=tmp_path / "server.log",
            ready=lambda: pytest.fail("it never answered"),
        )
    assert told.value.key == "server_ended"
    assert "this_module_is_not_there" in str(told.value)


def test_a_room_names_no_folder_of_the_persons_own_and_vanishes(monkeypatch, tmp_path):
    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    at = _serving.place()
    with jupyter_settings.furnished(jupyterlab.settings(at, tmp_path, "zh")) as room:
        told = jupyter_settings.environment(room, "zh")
        assert (room / "etc/jupyter/jupyter_lab_config.json").is_file()
        if sys.platform != "win32":
            assert room.stat().st_mode & 0o077 == 0
    assert not room.exists()
    assert told[results.FOLDER] == str(tmp_path)
    for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR", "CONFIG_PATH"):
        assert told[f"JUPYTER_{name}"].startswith(str(room))


def test_each_start_has_a_key_of_its_own_that_is_not_printed_by_accident():
    one, two = _serving.place(), _serving.place()
    assert one.token != two.token
    assert one.token not in repr(one) and one.token in one.address()
    told = jupyterlab.settings(one, results.folder(), "zh")
    assert told["jupyter_lab_config"]["IdentityProvider"]["token"] == one.token


def test_learn_without_a_lesson_lists_them_with_the_progress(capsys, monkeypatch, tmp_path, items):
    monkeypatch.delenv(results.FOLDER, raising=False)
    monkeypatch.chdir(tmp_path)
    answer(tmp_path, "Li", (items[0], RIGHT), (items[1], WRONG))
    with pytest.raises(SystemExit):
        main(["learn", "--language", "en"])
    out = capsys.readouterr().out
    assert LESSON in out and "45 minutes" in out
    assert f"Li: 2 of {len(items)} answered, 1 correct" in out


def test_a_lesson_on_ones_own_data_is_a_copy_with_the_values_after_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lesson = lessons.find("05")
    before = lesson.edition("en").read_bytes()
    day = date(2026, 1, 31)
    made = _whole_run.with_parameters(lesson, "en", {"orders": "mine.csv", "a_share": "0.7"}, day)
    tagged = [
        place for place, c in enumerate(made.cells) if "parameters" in c.metadata.get("tags", [])
    ]
    told = {}
    exec(made.cells[tagged[0] + 1].source, told)
    assert (told["orders"], told["a_share"]) == ("mine.csv", 0.7)
    assert (told["language"], told["latest"]) == ("en", "2026-01-31")
    assert Path.cwd() == tmp_path, "paths count from where the command was given"
    nbformat.validate(made)
    assert lesson.edition("en").read_bytes() == before


def test_a_parameter_that_does_not_fit_is_said_before_anything_starts():
    with pytest.raises(CrmError) as told:
        _whole_run.with_parameters(lessons.find("05"), "en", {"a_share": "75"})
    assert told.value.key == "parameter_does_not_fit"
