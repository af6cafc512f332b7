"""Every error there is, in both languages: readable, with nothing left to fill in.

`crm-lessons` raises an error by its key. A key that no line of the code names is a text that nobody
will ever read; a placeholder that the text of one language lacks is a value that its readers miss.
"""

import re
import string
import sys
from pathlib import Path

import pytest

import crm_lessons
from crm_lessons import wording

sys.path.insert(0, str(Path(__file__).parent))
import page
import raising

CODE = Path(crm_lessons.__file__).parent
FORMATTER = string.Formatter()


def fields(text):
    return {name.split(".")[0] for _, name, _, _ in FORMATTER.parse(text) if name}


@pytest.fixture(scope="module")
def code():
    """The code of the package, without its texts."""
    return "\n".join(path.read_text(encoding="utf-8") for path in CODE.rglob("*.py"))


STARTS = ("questionnaire_", "batch_", "survey_", "table_")  # that a function puts before a key
ENDS = ("_near", "_close", "_one", "_cells", "_size")  # that are chosen by a value
FRAMES = re.compile("fault_|more_faults|batch_parameter")  # what stands around another text


def is_named(key, text):
    """By itself, or without what is put before or after it."""
    parts = [key, *map(key.removeprefix, STARTS), *map(key.removesuffix, ENDS)]
    return any(re.search(rf"[\"'(]{one}(?:_?\{{[^}}]*\}})?[\"']", text) for one in parts)


@pytest.mark.parametrize("kind", ["errors", "faults"])
def test_every_key_is_named_in_the_code(kind, code):
    keys = [key for key in wording.entries(kind) if not FRAMES.match(key)]
    assert not [key for key in keys if not is_named(key, code)], "texts that nothing raises"


@pytest.mark.parametrize("kind", ["errors", "faults"])
def test_both_languages_tell_the_same_values_in_sentences_of_their_own(kind):
    for key in wording.entries(kind):
        zh, en = (wording.template(f"{kind}.{key}", language) for language in ("zh", "en"))
        assert fields(zh) == fields(en), key
        assert zh == zh.strip() and en == en.strip() and len(en) < 900, key
        if not FRAMES.match(key):
            assert re.search(r"[一-鿿]", zh), key


TESTS = Path(__file__).parents[1]
# Such words are never the name of an option, a column or a program.
PLAIN_ENGLISH = re.compile(r"\b(the|an?|is|are|was|of|and|or|not|must|with|for|that|this|there)\b")
SHOWN_IN_CHINESE = {"perceived", "expected", "day_first", "order"}  # what to write, in full
LATIN = re.compile(r"[A-Za-z][A-Za-z_]+")


def test_every_key_is_raised_by_a_test():
    """By one of `raising.RAISING`, or by another test, which then names what it expects."""
    files = [path for path in TESTS.rglob("*.py") if path.name != "examples.py"]
    named = set(re.findall(r"\w+", "\n".join(path.read_text("utf-8") for path in files)))
    for kind in raising.KINDS:
        for key in (key for key in wording.entries(kind) if not FRAMES.match(key)):
            told = {key, key.removeprefix("questionnaire_")}
            assert told & named, f"no test raises {kind}.{key}"


@pytest.mark.parametrize("key", raising.RAISING)
def test_an_error_is_raised_where_it_should_be_and_reads_well(key, tmp_path):
    error = raising.raised(key, tmp_path)
    assert key in {error.key, *(fault.key for fault in getattr(error, "faults", []))}
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert reads_well(str(error), key), str(error)


def reads_well(told, key):
    """Nothing left to fill in, nothing of the inside."""
    inside = re.search(r"[{}]|\bNone\b|\bnan\b|<class|object at 0x", told)
    return not inside and not ("_" in key and re.search(rf"\b{key}\b", told))


@pytest.mark.parametrize("kind", raising.KINDS)
def test_every_text_reads_well_with_values_in_it(kind):
    yaml_is_shown = {"answers_unreadable", "days_unsettled"}
    for key in wording.entries(kind):
        for language in wording.LANGUAGES:
            told = raising.sentence(kind, key, language)
            if key not in yaml_is_shown:
                assert reads_well(told, key), told
            assert "  " not in told and "。。" not in told and ".." not in told.replace("...", "")


@pytest.mark.parametrize("kind", raising.KINDS)
def test_a_chinese_text_holds_no_english_but_names_that_the_english_one_holds_too(kind):
    for key in wording.entries(kind):
        zh, en = (
            re.sub(r"\{[^{}]*\}", " ", wording.template(f"{kind}.{key}", language))
            for language in ("zh", "en")
        )
        assert not PLAIN_ENGLISH.search(zh), key
        options = {word for word in LATIN.findall(zh) if word.islower()}
        assert options <= set(LATIN.findall(en)) | SHOWN_IN_CHINESE, key


def test_the_page_of_all_errors_holds_each_once(tmp_path, monkeypatch):
    monkeypatch.setattr(raising, "RAISING", {})  # raised above
    page.main(str(tmp_path / "errors.html"))
    written = (tmp_path / "errors.html").read_text("utf-8")
    count = sum(len(wording.entries(kind)) for kind in raising.KINDS)
    assert written.count("<tr>") == count and not re.search(r"<td></td>", written)
