"""Two languages, one truth: every text in both, with the same placeholders."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import crm_lessons
from crm_lessons import wording
from crm_lessons.course import folders
from crm_lessons.errors import CrmError, DataFaults, Fault

PACKAGE = Path(crm_lessons.__file__).parent
CHINESE = re.compile("[\u4e00-\u9fff]")
# Modules that read Chinese rather than write it: numerals, dates, headings people type.
READERS_OF_CHINESE = {
    "course/_answers.py",
    "course/beginners/_writing.py",
    "course/_numerals.py",
    "customers/_shared.py",
    "data/_currency_signs.py",
    "data/_headings.py",
    "data/_options.py",
    "data/_parsing.py",
    "data/_parts.py",
    "data/_suggesting.py",
    "data/surveys/_heading_rows.py",
    "data/surveys/_headings.py",
    "data/surveys/_respondents.py",
    "data/surveys/_words.py",
    "data/surveys/drafting/_words.py",
    "runs/sources.py",
}


def all_entries():
    """The texts of the package and of every lesson, without the lists of codes of a lesson."""
    for lesson in folders.known():
        folders.say(lesson)
    for subject in wording.subjects():
        for name, entry in wording.entries(subject).items():
            if subject not in folders.known() or set(entry) & set(wording.LANGUAGES):
                yield pytest.param(entry, id=f"{subject}.{name}")


def placeholders(text):
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("entry", list(all_entries()))
def test_each_text_stands_in_both_languages_with_the_same_placeholders(entry):
    # Beside the title of a column stands what its numbers are.
    assert set(entry) - {"kind"} == set(wording.LANGUAGES)
    assert entry.get("kind", "share") in {"share", "percent", "money", "p"}
    assert placeholders(entry["zh"]) == placeholders(entry["en"])
    assert not CHINESE.search(entry["en"]), "Chinese in the English text"


def test_keys_named_in_the_code_exist():
    """A key written out in a call must be in the files; a missing one would fail before a user."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            called = ast.unparse(node.func)
            key = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            if called == "wording.text" and isinstance(key, str):
                assert wording.has(key), f"{path.name}: {key}"
            if called == "CrmError" and isinstance(key, str):
                assert wording.has(f"errors.{key}"), f"{path.name}: {key}"


def test_code_holds_no_chinese_that_a_person_reads():
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).as_posix() in READERS_OF_CHINESE:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value in docs or not CHINESE.search(node.value), (path, node.value)


def test_using_a_language_ends_with_its_block():
    wording.use("zh")
    with wording.using("en"):
        assert wording.language() == "en"
    assert wording.language() == "zh"


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh_CN.UTF-8", "zh"),
        ("en_GB.UTF-8", "en"),
        ("de_DE.UTF-8", "en"),
        ("C.UTF-8", "zh"),
        ("", "zh"),
    ],
)
def test_the_locale_chooses_the_language(monkeypatch, locale, language):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert wording.from_locale() == language


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="zh, en"):
        wording.use("fr")


def test_the_same_error_reads_well_in_both_languages():
    error = CrmError("file_not_found", path="orders.csv")
    for language, words in {"zh": "找不到文件", "en": "There is no file"}.items():
        with wording.using(language):
            assert words in str(error)
            assert error._render_traceback_() == [str(error)]


def test_faults_beyond_the_first_are_counted():
    error = DataFaults([Fault("empty_file", file="a.csv")], total=3)
    with wording.using("en"):
        assert "2 more" in str(error)
