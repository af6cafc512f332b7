"""A lesson begun outside the project is whole: all commands take it, and what is spoilt is told."""

import re

import pytest

from crm_lessons import runs, wording
from crm_lessons.cli import main
from crm_lessons.course import exercise, folders, guide, results
from crm_lessons.course._checking import Outcome
from crm_lessons.course._telling import Telling
from crm_lessons.errors import CrmError
from crm_lessons.runs import class_report, guide_page, handouts, lesson_check, lessons, new_lesson

NAME = "20_ours"
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    """The folders known and the language are as before; no lesson of this name stays read."""
    monkeypatch.setenv(folders.OWN, "")
    yield
    wording.use("zh")
    exercise.load.cache_clear()
    guide.load.cache_clear()


def begun(folder, *languages):
    made = new_lesson.make(NAME, folder, languages=languages or wording.LANGUAGES)
    folders.add(made)
    return made


@pytest.mark.parametrize("languages", [("zh",), ("en",), ("zh", "en")])
def test_a_new_lesson_has_no_problem_and_speaks_its_languages(tmp_path, languages):
    folder = begun(tmp_path, *languages)
    assert lesson_check.problems(NAME) == []
    assert folders.languages(folder) == languages
    for language in wording.LANGUAGES:
        with wording.using(language):
            told = str(exercise.item(f"{NAME}.share_again").question)
            spoken = language if language in languages else languages[0]
            assert bool(CHINESE.search(told)) == (spoken == "zh")
    if len(languages) == 1 and languages[0] == "en":
        assert not any(CHINESE.search(one.read_text("utf-8")) for one in folder.iterdir())


def test_every_tool_takes_a_lesson_of_one_language_from_outside(tmp_path):
    folder, out = begun(tmp_path / "ours", "zh"), tmp_path / "out"
    built = runs.editions.build(str(folder))
    assert [path.name for path in built] == [f"{NAME}.ipynb"] * 2
    assert not any(str(path).startswith(str(lessons.carried.path("notebooks"))) for path in built)
    made = runs.report(str(folder), language="en", out=out)  # the other language: the same text
    assert CHINESE.search(made.figures["again"]["sentence"])
    with wording.using("zh"):
        written = [guide_page.guide_page(NAME, out=out), handouts.slide_show(NAME, out=out)]
        written += handouts.handout(NAME, out=out)
    for path in written:
        assert "谁会再来" in path.read_text("utf-8")
    right = Outcome("correct", "")
    results.Results("小李", NAME, folder=tmp_path / "in").answered("share_again", "63%", right)
    done = class_report.class_report(tmp_path / "in", out=out / "class.xlsx", lesson=NAME)
    assert done.results.items["right_first"].sum() == 1


def test_names_that_are_none_taken_or_there_already_are_refused(tmp_path):
    for name, folder, key in (
        ("ours", tmp_path, "lesson_name"),
        ("../20_ours", tmp_path, "lesson_name"),
        ("20_Ours", tmp_path, "lesson_name"),
        ("05_other", tmp_path, "lesson_name_taken"),
        ("21_pareto", tmp_path, "lesson_name_taken"),
    ):
        with pytest.raises(CrmError) as told:
            new_lesson.make(name, folder)
        assert told.value.key == key, name
    assert list(tmp_path.iterdir()) == []
    (tmp_path / NAME).mkdir()
    with pytest.raises(CrmError) as told:
        new_lesson.make(NAME, tmp_path)
    assert told.value.key == "lesson_folder_exists"


def test_a_copy_of_a_lesson_bears_the_new_name_everywhere(tmp_path):
    made = new_lesson.make(NAME, tmp_path, source="05")
    original = folders.find("05_pareto")
    assert {p.name for p in made.iterdir()} == {p.name for p in original.glob("*.*")}
    texts = " ".join(path.read_text("utf-8") for path in made.iterdir())
    assert "05_pareto" not in texts and f'course.open("{NAME}"' in texts
    folders.add(made)
    assert lesson_check.problems(NAME) == []


def test_all_that_is_wrong_is_told_at_once_with_its_file(tmp_path):
    folder = begun(tmp_path)
    for file, old, new in (
        ("exercises.yaml", "en: Who came back", ""),
        ("exercises.yaml", "two_left_out:", "two_left:"),
        ("exercises.yaml", "three_things_at_once:", "three_things:"),
        ("guide.yaml", "minutes: 10", "minutes: 12"),
        ("sentences.yaml", "again_title:", "title_of_again:"),
        ("lesson.py", "again = ", 'told = "What people read."\nagain = '),
    ):
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), "utf-8")
    with wording.using("en"):
        found = lesson_check.problems(NAME)
    for file, told in (
        ("exercises.yaml", "title has no text in en"),
        ("exercises.yaml", "two_left has advice but is not computed"),
        ("exercises.yaml", "two_left_out, which has no advice"),
        ("exercises.yaml", "three_things is never asked"),
        ("lesson.py", "three_things_at_once, which exercises.yaml has not"),
        ("lesson.py", "What people read."),
        ("guide.yaml", "17 minutes, lesson.py says 15"),
        ("sentences.yaml", "no sentence again_title"),
    ):
        assert any(one.startswith(file) and told in one for one in found), (told, found)
    assert len(found) == 8


def test_a_sentence_that_lacks_a_figure_names_it_and_what_there_is(tmp_path):
    folder = begun(tmp_path)
    text = (folder / "sentences.yaml").read_text("utf-8")
    (folder / "sentences.yaml").write_text(
        text.replace("more than once.", "{once:,} not."), "utf-8"
    )
    folders.say(NAME)
    said = Telling(NAME).sentence
    with wording.using("en"):
        with pytest.raises(CrmError, match=r'"again" .* asks for once, .*given: share, n\)'):
            said("again", {"share": 0.6, "n": 9})
        with pytest.raises(CrmError, match='"agein" is to be said'):
            said("agein", {})
        assert "60%" in str(said("again", {"share": 0.6, "n": 9, "once": 4}))


def test_a_lesson_that_stumbles_says_at_which_line(tmp_path):
    folder = begun(tmp_path, "en")
    text = (folder / "lesson.py").read_text("utf-8")
    (folder / "lesson.py").write_text(
        text.replace('(people["orders"]', '(people["order"]'), "utf-8"
    )
    with pytest.raises(CrmError, match=r"KeyError: 'order' ← again = \(people\[\"order\"\] > 1"):
        runs.editions.build(str(folder))


def test_files_that_cannot_be_read_are_told_beside_the_rest(tmp_path):
    folder = begun(tmp_path)
    (folder / "sentences.yaml").write_text("again: [", "utf-8")
    (folder / "answers.py").write_text("share_again = 1 +", "utf-8")
    found = " ".join(lesson_check.problems(NAME))
    assert "sentences.yaml" in found and "SyntaxError" in found


def test_the_command_says_where_it_is_and_what_to_do_next(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["new", NAME, "--folder", str(tmp_path), "--language", "en"])
    assert stopped.value.code == 0
    told = capsys.readouterr().out
    assert str(tmp_path / NAME) in told
    for command in ("crm-lessons learn", "crm-lessons build", "CRM_LESSONS_LESSONS"):
        assert command in told
    with pytest.raises(SystemExit) as stopped:
        main(["new", NAME, "--folder", str(tmp_path), "--language", "en"])
    assert stopped.value.code == 2
    assert "is there already" in capsys.readouterr().err


def test_the_lessons_that_come_with_the_package_have_no_problem():
    assert {name: lesson_check.problems(name) for name in folders.known()} == {
        name: [] for name in folders.known()
    }
