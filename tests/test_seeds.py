"""Every piece of the training notes has a row, and what its row names is there."""

import re
import sys
from pathlib import Path

import pytest

from crm_lessons import wording

sys.path.insert(0, str(Path(__file__).parents[1] / "docs"))
import seeds

DOCS = seeds.DOCS
pytestmark = pytest.mark.files
PLAIN = {"A": 28, "B": 14, "D": 19, "F": 12, "G": 11, "H": 15, "I": 9, "J": 16, "K": 10}


def test_every_piece_of_the_notes_has_one_row():
    ids = [row["id"] for row in seeds.rows()]
    assert len(ids) == len(set(ids))
    wanted = {f"{part}{n}" for part, most in PLAIN.items() for n in range(1, most + 1)}
    wanted |= {f"E{n}" for n in range(10)} | {"C2"}
    for part, numbers in {"C1": range(1, 7), "C2": (7, 8), "C3": range(1, 6)}.items():
        wanted |= {f"{part}.{n}" for n in numbers}
    wanted |= {f"C4.{n}" for n in range(1, 13)}
    assert set(ids) == wanted


def test_each_lesson_function_and_exercise_named_is_there():
    assert list(seeds.problems()) == []


def test_a_row_that_names_what_is_not_there_is_told(monkeypatch):
    row = {"id": "X1", "lessons": "05 99", "computed": "pareto.nothing"}
    monkeypatch.setattr(seeds, "rows", lambda: [row | {"exercised": "05.nothing 07.mirror"}])
    told = " ".join(seeds.problems())
    for part in ("lesson 99", "pareto.nothing", "exercise 05.nothing", "07.mirror"):
        assert part in told


def test_rows_have_titles_in_both_languages_and_say_where_they_stand():
    for row in seeds.rows():
        assert row["title_zh"] and row["title_en"], row["id"]
    # What is asked for in A, F, I and K is taught, or said to be nothing to teach.
    left = [one for one in seeds.without_place() if one[0] in "AIK"]
    assert left == []


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_page_is_made_from_the_table(language):
    page = (DOCS / language / "seeds.md").read_text(encoding="utf-8")
    assert page.partition(seeds.MARK)[2].strip() == seeds.made(language).strip()


@pytest.mark.parametrize(
    ("language", "nil", "untaught"),
    [("zh", "没有", "没有可教的"), ("en", "none", "nothing to teach")],
)
def test_the_counts_above_the_tables_are_those_of_the_tables(language, nil, untaught):
    page = (DOCS / language / "seeds.md").read_text(encoding="utf-8").partition(seeds.MARK)[2]
    cells = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    rows = [one for one in cells if re.fullmatch(r"[A-K]\d+(\.\d+)?", one[0])]
    taught = [one for one in rows if one[2] not in (untaught, seeds.WORDS[language]["open"])]
    computed, exercised = (sum(one[place] != nil for one in taught) for place in (3, 4))
    told = [int(n) for n in re.findall(r"\d+", page.partition("\n## ")[0])]
    assert told == [len(rows), len(taught), computed, exercised]
    assert all(all(one) and len(one) == 5 for one in rows), "a cell is empty"
