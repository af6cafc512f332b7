"""A lesson is a folder, and the package knows none."""

import re
from pathlib import Path

import pytest
import yaml

import crm_lessons
from crm_lessons.course import folders
from crm_lessons.runs import lessons, sources

pytestmark = pytest.mark.files

PACKAGE = Path(crm_lessons.__file__).parent
NAME = re.compile(r"\b\d\d_[a-z]\w*")
EXAMPLES = {"20_ours", "00_contents_"}  # an invented lesson, and the page of contents
# What users are shown to type has to work as it stands.
TYPED = re.compile(r"crm-lessons \w[\w-]* 05|lesson 05|第 05 课|05_pareto[、,] ?05")


def texts():
    kinds = {".py", ".yaml", ".css", ".j2"}
    return {
        path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*")
        if path.suffix in kinds and "_carried" not in path.parts
    }


def test_every_lesson_is_a_folder():
    assert {*folders.known()} == {*lessons.names()}
    assert {source.name for source in sources.everything()} == {folders.SOURCE}


def test_nothing_that_only_a_lesson_says_stands_in_the_package():
    named = {name for name in texts() if NAME.search(name)}
    told = {name for name in texts() if name.endswith("/told.py") and not name.startswith("cli/")}
    assert not named | told
    subjects = {name.partition("_")[2] for name in folders.known()}
    assert not [name for name in subjects if (PACKAGE / "wording" / f"{name}.yaml").is_file()]


def test_no_file_names_a_lesson():
    for name, text in texts().items():
        if re.match(r"wording/.*\.yaml", name):
            text = TYPED.sub("", text)
        named = set(NAME.findall(text)) - EXAMPLES
        known = {one for one in named if one.split(".")[0] in lessons.names()}
        assert not known, f"{name} names {known}"
        assert not re.search(r"\blesson \d\d\b", text), name


def test_no_sentence_of_a_lesson_stands_in_the_package_too():
    carried = {}
    for path in PACKAGE.glob("wording/*.yaml"):
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        carried |= {one.get("zh"): path.name for one in entries.values()}
    assert len(carried) > 1000
    for lesson in folders.known():
        for text in folders.read(lesson, folders.SENTENCES).values():
            zh = text.get("zh")
            if isinstance(zh, str) and "{" in zh and len(zh) > 15:
                assert zh not in carried, (lesson, carried[zh])
