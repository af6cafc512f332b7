"""Headings, charts, titles and aims speak of cause only where there is a design.

Sentences are held to the same in test_sentences; here stands what a reader sees before them.
"""

import re
import sys
from pathlib import Path

import pytest
from causal import WORDS

from crm_lessons import wording
from crm_lessons.course import folders
from crm_lessons.runs import lessons

sys.path.insert(0, str(Path(__file__).parents[1] / "docs"))
import sentences

pytestmark = pytest.mark.files

# What may use a word of cause, each read by a person, with the reason.
ALLOWED = {
    "08_retention.trial_overall_title": "a trial by lot",
    "10_loyalty.aims.3": "it denies that association is effect",
    "charts_value_fall.crowd_title": "the name of a model, whose formula is the chart",
}
HEADING = re.compile(r"^# #+ (.+)$")
CELL = re.compile(r"^# %%.*\[markdown\] lang=\"(\w+)\"")


def headings(name):
    """Every heading of a lesson with its language."""
    language = ""
    for line in (folders.find(name) / folders.SOURCE).read_text(encoding="utf-8").splitlines():
        if found := CELL.match(line):
            language = found[1]
        elif language and (found := HEADING.match(line)):
            yield language, found[1]


def told(name):
    """Title, subject, aims, titles of cards and names of sheets of a lesson, in both languages."""
    header = folders.header(name)
    yield from ((f"{name}.{part}", header[part]) for part in ("title", "subject"))
    for number, aim in enumerate(folders.read(name, folders.GUIDE).get("aims", [])):
        yield f"{name}.aims.{number}", aim
    for key, text in folders.read(name, folders.SENTENCES).items():
        if key.endswith("_title") or key.startswith("sheet_"):
            yield f"{name}.{key}", text


def titles():
    """The texts of charts, and the headings of tables."""
    for subject in wording.subjects():
        if subject.startswith("charts") or subject == "labels":
            yield from (
                (f"{subject}.{key}", text) for key, text in wording.entries(subject).items()
            )


def texts():
    """Where it stands, language, and what a reader sees."""
    both = [pair for name in lessons.names() for pair in told(name)] + list(titles())
    for place, text in both:
        yield from ((place, one, text[one]) for one in wording.LANGUAGES if one in text)
    for name in lessons.names():
        for number, (language, text) in enumerate(headings(name)):
            yield f"{name}.heading.{number}", language, text


@pytest.fixture(scope="module")
def causal():
    """What uses a word of cause or effect, with the word."""
    found = {}
    for place, language, text in texts():
        if word := WORDS[language].search(sentences.PLACE.sub("", text)):
            found[place] = word[0]
    return found


def test_words_of_cause_stand_in_no_heading_chart_or_title_without_a_design(causal):
    assert {place: word for place, word in causal.items() if place not in ALLOWED} == {}


def test_what_is_allowed_is_still_there(causal):
    assert set(ALLOWED) - set(causal) == set()


def test_every_kind_of_place_is_read():
    places = [place for place, _, _ in texts()]
    for part in (".heading.", ".aims.", "_title", ".sheet_", "charts_", "labels.", ".subject"):
        assert sum(part in place for place in places) >= 6, part


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "What drives satisfaction"), ("zh", "满意度的驱动因素"), ("en", "Better because")],
)
def test_a_causal_heading_would_be_found(language, text):
    assert WORDS[language].search(text)
