"""The assessment plan as a page of the manual: ``python docs/assessment.py``.

``docs/zh/assessment.md`` and ``docs/en/assessment.md`` below their mark are made from the guides of
the lessons: who takes which lesson, and by which exercises each aim is tested.
"""

from collections.abc import Iterator
from pathlib import Path

from crm_lessons import wording, writing
from crm_lessons.course import assessment, guide
from crm_lessons.runs import timetable

DOCS = Path(__file__).parent
MARK = "<!-- made by python docs/assessment.py -->\n"
WORDS = {
    "zh": {
        "roles": "## 谁上哪些课",
        "path": ("课", "核心", "含深入部分"),
        "plan": "## 每个目标由哪些题考查",
        "heads": ("目标", "类别", "题目（斜体是深入部分）"),
        "count": "各类目标的个数：",
        "gaps": "## 没有题目的目标，没有目标的题目",
        "none": "没有：每个目标都有题目，每道题目都属于一个目标。",
        "gap": "- {lesson}：没有题目的目标 {aims}；没有目标的题目 {items}；不存在的题目 {unknown}",
        "between": "、",
    },
    "en": {
        "roles": "## Who takes which lessons",
        "path": ("Lesson", "Core path", "With what goes deeper"),
        "plan": "## By which exercises each aim is tested",
        "heads": ("Aim", "Kind", "Exercises (deeper ones in italics)"),
        "count": "Aims of each kind: ",
        "gaps": "## Aims without an exercise, exercises without an aim",
        "none": "None: every aim has an exercise, and every exercise serves an aim.",
        "gap": "- {lesson}: aims without {aims}; exercises without {items}; unknown {unknown}",
        "between": ", ",
    },
}


def made(language: str) -> str:
    """What stands below the mark, in one language."""
    with wording.using(language):
        return "\n".join([*_paths(WORDS[language]), *_plans(WORDS[language])]) + "\n"


def _paths(words: dict) -> Iterator[str]:
    yield words["roles"]
    yield ""
    roles = timetable.roles()
    yield f"| {words['path'][0]} | {' | '.join(timetable.role_told(one) for one in roles)} |"
    yield f"|---|{'---|' * len(roles)}"
    for name in guide.guides():
        taken = guide.load(name).roles
        cells = [
            words["path"][1 + guide.DEPTHS.index(taken[r])] if r in taken else "" for r in roles
        ]
        yield f"| {timetable.told(name)} | {' | '.join(cells)} |"
    yield ""


def _plans(words: dict) -> Iterator[str]:
    yield words["plan"]
    yield ""
    aims = [aim for name in guide.guides() for aim in guide.load(name).aims]
    counts = [
        f"{wording.text(f'teaching.goal_{goal}')} {sum(aim.goal == goal for aim in aims)}"
        for goal in guide.GOALS
    ]
    yield f"{words['count']}{words['between'].join(counts)}"
    for name in guide.guides():
        yield f"\n### {timetable.told(name)}\n"
        yield f"| {' | '.join(words['heads'])} |"
        yield "|---|---|---|"
        for _, rows in assessment.plan(name).groupby("aim"):
            aim = rows.iloc[0]
            tested = [
                _exercise(name, row) for row in rows.itertuples() if isinstance(row.item, str)
            ]
            goal = wording.text(f"teaching.goal_{aim.goal}")
            yield f"| {aim.aim_told} | {goal} | {words['between'].join(tested)} |"
    yield f"\n{words['gaps']}\n"
    found = {name: assessment.gaps(name) for name in guide.guides()}
    told = [words["gap"].format(lesson=n, **vars(gap)) for n, gap in found.items() if gap]
    yield from told or [words["none"]]


def _exercise(lesson: str, row) -> str:
    title = assessment.title(lesson, row.item)
    return f"*{title}*" if row.depth == guide.DEEPER else title


def main() -> None:
    for language in WORDS:
        page = DOCS / language / "assessment.md"
        before = page.read_text(encoding="utf-8").partition(MARK)[0]
        writing.text(page, f"{before}{MARK}\n{made(language)}")


if __name__ == "__main__":
    main()
