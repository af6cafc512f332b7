"""Every error there is, in both languages: readable, with nothing left to fill in.

`crm-lessons` raises an error by its key. A key that no line of the code names is a text that nobody
will ever read; a placeholder that the text of one language lacks is a value that its readers miss.
"""

import re
import string
from pathlib import Path

import pytest

import crm_lessons
from crm_lessons import wording

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
