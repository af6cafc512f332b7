"""A lesson begun outside the project is whole: all commands take it, and what is spoilt is told."""

import importlib
import re
from pathlib import Path

import pandas as pd
import pytest
import yaml

from crm_lessons import runs, wording
from crm_lessons.cli import main
from crm_lessons.course import _claims, exercise, folders, results
from crm_lessons.course._outcome import Outcome
from crm_lessons.course._telling import Telling
from crm_lessons.errors import CrmError
from crm_lessons.runs import class_report, guide_page, handouts, lesson_check, lessons, new_lesson

NAME = "20_ours"
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    """The folders known and the language are as before."""
    monkeypatch.setenv(folders.OWN, "")
    yield
    wording.use("zh")


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
        assert not any(CHINESE.search(one.read_text("utf-8")) for one in folder.glob("*.*"))


@pytest.mark.reports
def test_every_tool_takes_a_lesson_of_one_language_from_outside(tmp_path):
    folder, out = begun(tmp_path / "ours", "zh"), tmp_path / "out"
    built = runs.editions.build(str(folder))
    assert [path.name for path in built] == [f"{NAME}.ipynb"] * 2
    assert not any(str(path).startswith(str(lessons.carried.path("notebooks"))) for path in built)
    made = runs.report(str(folder), language="en", out=out)  # the other language: the same text
    assert CHINESE.search(made.figures["again"]["sentence"])
    with wording.using("zh"):
        written = [
            guide_page.guide_page(NAME, out=out),
            *handouts.slide_show(handouts.Wanted(NAME), out=out),
        ]
        written += handouts.handout(handouts.Wanted(NAME), out=out)
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
    assert f'course.open("{NAME}"' in texts
    assert re.findall(".*05_pareto.*", texts) == ["#     claims_of: 05_pareto"]
    folders.add(made)
    assert lesson_check.problems(NAME) == []
    told = _claims.folded(NAME, "zh", Telling(NAME))._line
    assert told == _claims.folded("05_pareto", "zh", Telling("05_pareto"))._line


@pytest.mark.reports
def test_a_copy_that_is_edited_reports_in_its_own_words_and_makes_its_list(tmp_path):
    made = new_lesson.make(NAME, tmp_path / "ours", source="05")
    file = made / "lesson.py"
    file.write_text(file.read_text("utf-8").replace("80/20 and ABC", "Our ABC"), "utf-8")
    report = runs.report(str(made), parameters={"places": 50}, language="en", out=tmp_path)
    assert "Our ABC" in report.html.read_text("utf-8")
    listed = pd.read_excel(report.excel, sheet_name="One-to-one list", engine="calamine")
    assert len(listed) == 50 and listed["Who"].notna().all()


def test_all_that_is_wrong_is_told_at_once_with_its_file(tmp_path):
    folder = begun(tmp_path)
    for file, old, new in (
        ("exercises.yaml", "en: Who came back", ""),
        ("exercises.yaml", "two_left_out:", "two_left:"),
        ("exercises.yaml", "three_things_at_once:", "three_things:"),
        ("guide.yaml", "minutes: 10", "minutes: 12"),
        ("sentences.yaml", "again_title:", "title_of_again:"),
        ("lesson.py", "#       orders: {data: orders}", "#       orders: {}"),
        ("lesson.py", "again = ", 'told = "What people read."\nagain = '),
    ):
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), "utf-8")
    with wording.using("en"):
        found = lesson_check.problems(NAME)
    for file, told in (
        ("exercises.yaml", "title has no text in English"),
        ("exercises.yaml", "two_left has advice but is not computed"),
        ("exercises.yaml", "two_left_out, which has no advice"),
        ("exercises.yaml", "three_things is never asked"),
        ("lesson.py", "three_things_at_once, which exercises.yaml has not"),
        ("lesson.py", "What people read."),
        ("lesson.py", "data are read from parameter orders"),
        ("guide.yaml", "17 minutes, lesson.py says 15"),
        ("sentences.yaml", "no sentence again_title"),
    ):
        assert any(one.startswith(file) and told in one for one in found), (told, found)
    assert len(found) == 9


def without_english(told, lost):
    """The same without any English text; each is counted in ``lost``."""
    if isinstance(told, list):
        return [without_english(one, lost) for one in told]
    if not isinstance(told, dict):
        return told
    lost += ["en"] * ("en" in told)
    return {key: without_english(one, lost) for key, one in told.items() if key != "en"}


def test_every_text_that_is_missing_is_told_in_the_language_of_its_writer(tmp_path):
    folder, lost, keys = begun(tmp_path), [], set()
    for file in (folders.EXERCISES, folders.GUIDE, folders.SENTENCES):
        told = yaml.safe_load((folder / file).read_text("utf-8"))
        spoilt = yaml.safe_dump(without_english(told, lost), allow_unicode=True)
        (folder / file).write_text(spoilt, "utf-8")
        keys |= {file, *re.findall(r"(\w+):", spoilt)}
    for language, others in (("zh", re.compile(r"[A-Za-z_.]+")), ("en", CHINESE)):
        with wording.using(language):
            found = lesson_check.problems(NAME)
        assert len(set(found)) == len(found) == len(lost) > 30
        assert not {word for one in found for word in others.findall(one)} - keys - {"en"}


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


@pytest.mark.reports
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


def test_the_rules_for_our_own_lessons_can_be_tried_on_one_from_elsewhere(tmp_path, monkeypatch):
    """What its exercises are answered from is what its cells bind, on the sample and other data."""
    monkeypatch.syspath_prepend(Path(__file__).parent / "pattern")
    bound = importlib.import_module("bound")
    begun(tmp_path, "zh")
    for orders, customers in ((bound.the_shop(), 1000), (bound.one_customer(), 1)):
        assert len(bound.of(NAME, orders)["people"]) >= customers


def test_the_lessons_that_come_with_the_package_have_no_problem():
    assert {name: lesson_check.problems(name) for name in folders.known()} == {
        name: [] for name in folders.known()
    }
