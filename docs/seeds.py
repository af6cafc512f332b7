"""From the seed system to the lessons, as a page of the manual: ``python docs/seeds.py``.

``docs/seeds.csv`` has a row for each piece of the training notes, by the id that claims and texts
use: in which lessons it stands (numbers; ``none``: there is nothing to teach; empty: no place yet),
what computes it (``room.function``) and which exercises ask for it (``05.steps_of_abc``).
"""

import csv
import importlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from crm_lessons import wording, writing
from crm_lessons.course import exercise, guide
from crm_lessons.runs import lessons

DOCS = Path(__file__).parent
MARK = "<!-- made by python docs/seeds.py -->\n"
NOTHING = "none"  # there is nothing to teach
PARTS = "ABCDEFGHIJK"
WORDS = {
    "zh": {
        "heads": ("编号", "讲义里的内容", "课", "计算", "练习"),
        "nothing": "没有可教的",
        "open": "还没有安排",
        "left": "还没有安排的：{rows}。",
        "all": "每一条都有了安排。",
        "counted": "一共 {rows} 条：有课讲的 {taught} 条，其中 {computed} 条由函数来算，"
        "{exercised} 条有练习。没有函数的、没有练习的，表里写“没有”。",
        "nil": "没有",
        "between": "、",
        "apart": "；",
        "parts": dict(
            zip(
                PARTS,
                (
                    "客户与分类",
                    "二八与 ABC",
                    "客户价值",
                    "满意与忠诚",
                    "状态与生命周期",
                    "识别与拉新",
                )
                + ("客户信息", "服务与销售", "CRM 系统", "案例与故事", "其他"),
                strict=True,
            )
        ),
    },
    "en": {
        "heads": ("Id", "What the notes have", "Lessons", "Computed by", "Exercises"),
        "nothing": "nothing to teach",
        "open": "no place yet",
        "left": "Without a place yet: {rows}.",
        "all": "Every row has its place.",
        "counted": "Of {rows} rows {taught} are taught; of these {computed} are computed by a "
        "function and {exercised} are asked for in an exercise. Where there is none, the table "
        "says “none”.",
        "nil": "none",
        "between": ", ",
        "apart": "; ",
        "parts": dict(
            zip(
                PARTS,
                ("Customers and classes", "80/20 and ABC", "Customer value")
                + ("Satisfaction and loyalty", "States and life cycle", "Identification")
                + ("Customer information", "Service and sales", "CRM systems")
                + ("Cases and stories", "Everything else"),
                strict=True,
            )
        ),
    },
}


def rows() -> list[dict[str, str]]:
    """The table as it stands in the file."""
    with (DOCS / "seeds.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def problems() -> Iterator[str]:
    """Lessons, functions and exercises that are named and are not there; rows that say nothing."""
    known = {name[:2]: name for name in lessons.names()}
    for row in rows():
        places = row["lessons"].split()
        for number in places:
            if number != NOTHING and number not in known:
                yield f"{row['id']}: no lesson {number}"
        for told in row["computed"].split():
            room, _, function = told.partition(".")
            if not hasattr(importlib.import_module(f"crm_lessons.{room}"), function):
                yield f"{row['id']}: no function {told}"
        for told in row["exercised"].split():
            number, _, item = told.partition(".")
            if number not in places:
                yield f"{row['id']}: {told} is no exercise of its lessons"
            elif item not in exercise.load(known[number]):
                yield f"{row['id']}: no exercise {told}"


def without_place() -> list[str]:
    """The ids that no lesson has taken up yet."""
    return [row["id"] for row in rows() if not row["lessons"]]


def counted() -> dict[str, int]:
    """How many rows there are, and how many a lesson teaches; of these, how many are computed and
    how many exercised."""
    taught = [row for row in rows() if row["lessons"] not in ("", NOTHING)]
    done = {told: sum(bool(row[told]) for row in taught) for told in ("computed", "exercised")}
    return {"rows": len(rows()), "taught": len(taught), **done}


def made(language: str) -> str:
    """What stands below the mark, in one language."""
    with wording.using(language):
        return "\n".join(_page(WORDS[language], language)) + "\n"


def _page(words: dict, language: str) -> Iterator[str]:
    known = {name[:2]: name for name in lessons.names()}
    left = without_place()
    told = words["between"].join(left)
    yield words["left"].format(rows=told) if left else words["all"]
    yield "\n" + words["counted"].format_map(counted())
    for part, found in groupby(rows(), key=lambda row: row["id"][0]):
        yield f"\n## {part} {words['parts'][part]}\n"
        yield f"| {' | '.join(words['heads'])} |"
        yield "|---|---|---|---|---|"
        for row in found:
            computed = words["between"].join(f"`{one}`" for one in row["computed"].split())
            asked = words["apart"].join(_exercise(one, known) for one in row["exercised"].split())
            done = [one or words["nil"] for one in (computed, asked)]
            cells = (row["id"], row[f"title_{language}"], _lessons(row, words), *done)
            yield f"| {' | '.join(cells)} |"


def _lessons(row: dict[str, str], words: dict) -> str:
    if row["lessons"] == NOTHING:
        return words["nothing"]
    return words["between"].join(row["lessons"].split()) or words["open"]


def _exercise(told: str, known: dict[str, str]) -> str:
    number, _, item = told.partition(".")
    return f"{number} {guide.title(exercise.load(known[number])[item])}"


def main() -> None:
    for language in WORDS:
        page = DOCS / language / "seeds.md"
        before = page.read_text(encoding="utf-8").partition(MARK)[0]
        writing.text(page, f"{before}{MARK}\n{made(language)}")


if __name__ == "__main__":
    main()
