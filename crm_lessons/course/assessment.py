"""The assessment plan: what each aim is tested by, read from the guides.

The training notes set goals of knowledge, skill and attitude and take results by them. An aim that
nothing tests, and an exercise that serves no aim, are told by `gaps`.
"""

from dataclasses import dataclass

import pandas as pd

from crm_lessons.course import exercise, guide
from crm_lessons.course.guide import CORE, DEEPER

COLUMNS = ("lesson", "aim", "goal", "aim_told", "item", "depth")


@dataclass(frozen=True)
class Gaps:
    """What does not meet in a lesson: places of ``aims`` without an exercise (from 1), ``items``
    without an aim, names under aims that are no exercises (``unknown``)."""

    aims: tuple[int, ...]
    items: tuple[str, ...]
    unknown: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.aims or self.items or self.unknown)


def plan(lesson: str) -> pd.DataFrame:
    """One row for each exercise under each aim of a lesson.

    ``lesson``, ``aim`` (its place from 1), ``goal`` (`guide.GOALS`, empty if not said),
    ``aim_told`` (in the language in use), ``item`` (missing where nothing tests the aim),
    ``depth`` (`guide.DEPTHS`).
    """
    known = _items(lesson)
    rows = []
    for place, aim in enumerate(guide.load(lesson).aims, start=1):
        for name in [one for one in aim.items if one in known] or [None]:
            depth = None if name is None else DEEPER if known[name].deeper else CORE
            rows.append((lesson, place, aim.goal, str(aim), name, depth))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({name: "str" for name in COLUMNS if name != "aim"} | {"aim": "int64"})


def gaps(lesson: str) -> Gaps:
    """Aims without an exercise, exercises without an aim, and names that are no exercise."""
    known = _items(lesson)
    aims = guide.load(lesson).aims
    tested = {name for aim in aims for name in aim.items}
    bare = tuple(n for n, aim in enumerate(aims, start=1) if not set(aim.items) & set(known))
    aimless = tuple(name for name in known if name not in tested)
    return Gaps(bare, aimless, tuple(sorted(tested - set(known))))


def title(lesson: str, name: str) -> str:
    """The short title of an exercise, in the language in use."""
    return guide.title(_items(lesson)[name])


def _items(lesson: str) -> dict:
    return exercise.load(lesson) if lesson in exercise.lessons() else {}
