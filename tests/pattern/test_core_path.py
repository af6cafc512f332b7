"""A lesson fits into 45 minutes, and what goes deeper stands beside it."""

from pathlib import Path

import nbformat
import pytest

from crm_lessons import wording
from crm_lessons.course import exercise
from crm_lessons.runs import depth, lessons, pace, sources

LESSONS = lessons.names()
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_core_path_takes_no_longer_than_the_lesson_says(lesson):
    found = pace.of(lesson)
    assert found.characters <= pace.MOST_CHARACTERS
    assert found.decisions <= pace.MOST_DECISIONS
    assert found.questions <= pace.MOST_QUESTIONS
    assert found.minutes <= lessons.find(lesson).minutes <= pace.MOST_MINUTES


def test_a_core_path_asks_exactly_what_is_not_deeper(source, language):
    cells = sources.edition(source, language).cells
    assert list(depth.problems(cells, sources.name_of(source))) == []


def test_a_pace_counts_what_is_read_asked_and_said(monkeypatch, tmp_path):
    """Counted by hand: 3 of the prose, 2 of the sentence; nothing of table, code or deeper part."""
    cells = [
        nbformat.v4.new_markdown_cell("三个字 abc"),
        nbformat.v4.new_code_cell(
            "甲", outputs=[shown("text/markdown", "说了"), shown("text/html", "表")]
        ),
        nbformat.v4.new_markdown_cell("## 深入", metadata={"tags": ["deeper"]}),
    ]
    edition = tmp_path / "edition.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), edition)
    monkeypatch.setattr(lessons, "edition_path", lambda lesson, language: edition)
    assert pace.of("none") == pace.Pace(5, 0, 0)
    assert pace.Pace(300, 2, 2).minutes == pytest.approx(1 + 3 + 1)


def shown(kind, text):
    return nbformat.v4.new_output("display_data", data={kind: text})


def test_a_deeper_part_is_marked_and_a_report_takes_the_mark_off():
    for language, mark in (("zh", "## 深入一步：基尼"), ("en", "## Go deeper: 基尼")):
        assert depth.marked("## 基尼", language) == mark
        assert depth.unmarked(mark) == "## 基尼"
    assert depth.marked("基尼\n## 基尼", "zh") == "基尼\n## 基尼", "goes on, and begins nothing"


def test_a_deeper_part_without_a_heading_is_named(language):
    prose, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    deeper = {"metadata": {"tags": ["deeper"]}}
    lesson = next(name for name in exercise.lessons() if exercise.deeper(name))
    off = min(exercise.deeper(lesson))
    ask = f'lesson.ask("{off}")'
    sound = [prose("## A"), prose("## B", **deeper), code(ask, **deeper), prose("### C")]
    with wording.using(language):
        assert list(depth.problems(sound, lesson)) == []
        assert "no heading" in next(depth.problems([prose("no heading", **deeper)], lesson))
        assert "and on" in list(depth.problems([*sound[:3], prose("and on")], lesson))[-1]
        assert off in next(depth.problems([code(ask)], lesson))


@pytest.mark.files
def test_the_manual_says_what_is_counted(language):
    """To the next hundred characters and the next minute, so that no comma has to be counted."""
    page = (ROOT / "docs" / language / "teaching.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    counts = {row[0]: row[1:] for row in rows if row[0] in LESSONS}
    told = {name: [int(n.replace(",", "")) for n in row] for name, row in counts.items()}
    for lesson in LESSONS:
        found, (characters, *asked, minutes, deeper) = pace.of(lesson), told[lesson]
        assert characters == pytest.approx(found.characters, abs=100), lesson
        assert minutes == pytest.approx(found.minutes, abs=1), lesson
        assert asked == [found.decisions, found.questions]
        assert deeper == len(exercise.deeper(lesson))
