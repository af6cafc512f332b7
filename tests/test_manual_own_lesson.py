"""The lesson that the manual shows is a whole one: it reports, and its answers are checked."""

import json
import re
from pathlib import Path

import pytest

from crm_lessons import customers, data, runs
from crm_lessons.course import exercise, folders, guide
from crm_lessons.runs import new_lesson

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(params=["zh", "en"])
def own(request, tmp_path, monkeypatch):
    """The folder as the page has it, which is what `crm-lessons new` makes in one language."""
    page = (DOCS / request.param / "own-lesson.md").read_text(encoding="utf-8")
    files = re.findall(r"^## `([\w.]+)`.*?```\w+\n(.*?)```", page, re.DOTALL | re.MULTILINE)
    folder = tmp_path / "ours" / "20_ours"
    folder.mkdir(parents=True)
    for name, text in files:
        (folder / name).write_text(text, encoding="utf-8")
    made = new_lesson.make("20_ours", tmp_path / "made", languages=(request.param,))
    assert dict(files) == {one.name: one.read_text("utf-8") for one in made.iterdir()}
    monkeypatch.setenv(folders.OWN, str(tmp_path / "ours"))
    return request.param


@pytest.mark.reports
def test_the_lesson_of_the_manual_makes_a_report_and_checks_answers(own, tmp_path):
    made = runs.report("20_ours", language=own, out=tmp_path / "out")
    people = customers.summarise(data.read("shop"))
    again = (people["orders"] > 1).mean()
    assert made.figures["again"]["share"] == pytest.approx(again)
    told = json.loads((tmp_path / "out" / f"20_ours_{own}.json").read_text("utf-8"))
    assert f"{again:.0%}" in told["figures"]["again"]["sentence"]
    answers = folders.module("20_ours", "answers").share_again
    found = [answers.right(people), *(wrong(people) for wrong in answers.wrong.values())]
    assert len(set(found)) == 3 and all(0 < one < 1 for one in found)
    item = exercise.load("20_ours")["share_again"]
    assert set(item.mistakes) == set(answers.wrong)
    assert list(guide.problems(folders.read("20_ours", folders.GUIDE))) == []
