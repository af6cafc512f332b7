"""Every error there is, in both languages: readable, with nothing left to fill in.

A key that no test raises is a text that nobody will ever read (`tests/raised.py` looks for them at
the end of a whole run); a placeholder that the text of one language lacks is a value that its
readers miss.
"""

import re
import string
import sys
from pathlib import Path

import pytest

from crm_lessons import data, wording
from crm_lessons.errors import CrmError

sys.path.insert(0, str(Path(__file__).parent))
import raised
import raising

FORMATTER = string.Formatter()


def fields(text):
    return {name.split(".")[0] for _, name, _, _ in FORMATTER.parse(text) if name}


@pytest.mark.parametrize("kind", raised.KINDS)
def test_both_languages_tell_the_same_values_in_sentences_of_their_own(kind):
    for key in wording.entries(kind):
        zh, en = (wording.template(f"{kind}.{key}", language) for language in ("zh", "en"))
        assert fields(zh) == fields(en), key
        assert zh == zh.strip() and en == en.strip() and len(en) < 900, key
        if not raised.FRAMES.match(key):
            assert re.search(r"[一-鿿]", zh), key


# Such words are never the name of an option, a column or a program.
PLAIN_ENGLISH = re.compile(r"\b(the|an?|is|are|was|of|and|or|not|must|with|for|that|this|there)\b")
SHOWN_IN_CHINESE = {"perceived", "expected", "day_first", "order"}  # what to write, in full
LATIN = re.compile(r"[A-Za-z][A-Za-z_]+")


@pytest.mark.parametrize("key", raising.RAISING)
def test_an_error_is_raised_where_it_should_be_and_reads_well(key, tmp_path):
    error = raising.raised(key, tmp_path)
    assert key in {error.key, *(fault.key for fault in getattr(error, "faults", []))}
    for language in wording.LANGUAGES:
        with wording.using(language):
            told = str(error)
        assert not raised.INSIDE.search(told) and not re.search(rf"\b{key}\b", told), told


@pytest.mark.parametrize("kind", raised.KINDS)
def test_a_chinese_text_holds_no_english_but_names_that_the_english_one_holds_too(kind):
    for key in wording.entries(kind):
        zh, en = (
            re.sub(r"\{[^{}]*\}|--[a-z-]+", " ", wording.template(f"{kind}.{key}", language))
            for language in ("zh", "en")
        )
        assert not PLAIN_ENGLISH.search(zh), key
        options = {word for word in LATIN.findall(zh) if word.islower()}
        assert options <= set(LATIN.findall(en)) | SHOWN_IN_CHINESE, key


def test_a_run_of_the_tests_tells_what_was_never_raised_or_reads_badly(monkeypatch, tmp_path):
    well = {key: ["好。", "Good."] for key in raised.every_key()}
    monkeypatch.setattr(raised, "told", well)
    assert raised.complaints() == []
    well["faults.is_pdf"] = ["{row}", "The value is None."]
    del well["errors.no_files"]
    never, zh, en = raised.complaints()
    assert "no_files" in never and "{row}" in zh and "None" in en
    raised.page(tmp_path / "errors.html")
    written = (tmp_path / "errors.html").read_text("utf-8")
    assert written.count("<tr>") == len(well) + 1 and "— 没有给出要读取的文件。" in written


def test_an_error_that_a_test_makes_by_itself_is_not_raised(monkeypatch):
    monkeypatch.setattr(raised, "told", {})
    assert str(CrmError("no_files")) and not raised.told
    with pytest.raises(CrmError):
        data.read([])
    assert list(raised.told) == ["errors.no_files"]


def test_what_somebody_typed_may_read_badly_and_the_sentence_about_it_may_not(monkeypatch):
    monkeypatch.setattr(raised, "told", {})
    with pytest.raises(CrmError) as caught:
        data.read("{row}.csv")
    (sentences,) = raised.told.values()
    assert "{row}" in str(caught.value) and all("…" in one for one in sentences)
    assert not any(map(raised.badly, raised.told))
