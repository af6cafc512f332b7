"""The tables of a class as people read them: exercises by number and title, answers in words.

One lesson at a time; the frames feed the charts of `crm_lessons.charts` and the sheets of
the workbook.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from crm_lessons import wording
from crm_lessons.course import exercise, guide, kinds
from crm_lessons.course.class_tables import ClassResults, folded
from crm_lessons.course.exam import bank, statistics
from crm_lessons.course.item import Item

_BETWEEN = "、"  # as `class_tables` joins the parts of an answer


@dataclass(frozen=True)
class LessonView:
    """The results of a class in one lesson; exercises in the order of the lesson.

    ``items``, ``mistakes`` and ``times`` are those of `ClassResults` with ``number`` and ``title``,
    ``items`` with ``deeper`` as well (those of the core path come first);
    ``mistakes`` has ``mistake_told`` (in words, or as typed); ``standing`` has the
    numbers as columns. Exercises that nobody tried are there as well.
    """

    lesson: str
    items: pd.DataFrame
    standing: pd.DataFrame
    mistakes: pd.DataFrame
    times: pd.DataFrame


def lessons(results: ClassResults) -> list[str]:
    """The lessons that any line is about."""
    return sorted(results.items.index.get_level_values("lesson").unique())


def by_lesson(views: list[LessonView]) -> pd.DataFrame:
    """Trainees × lessons in words: right in the end, of how many, right at the first try; deeper
    questions apart.

    A cell is empty where somebody handed in nothing on that lesson.
    """
    columns = {}
    for one in views:
        tried = one.standing[one.standing.notna().any(axis=1)]
        deeper = one.items["deeper"].to_numpy()
        columns[named(one.lesson)] = pd.Series(
            {name: _told(row[~deeper], row[deeper]) for name, row in tried.iterrows()},
            dtype="str",
        )
    return pd.DataFrame(columns).rename_axis("nickname").sort_index()


def named(lesson: str) -> str:
    """A lesson by its number; an exam by its seed, a review as such."""
    if bank.is_paper(lesson):
        kind, _, seed = lesson.partition("-")
        return wording.text(f"teaching.paper_{kind}", seed=seed)
    return wording.text("teaching.lesson_number", number=lesson.partition("_")[0])


def _told(core: pd.Series, deeper: pd.Series) -> str:
    first, right = (core == "first").sum(), core.isin(["first", "later"]).sum()
    told = wording.text("teaching.right_of", right=right, total=len(core), first=first)
    if not deeper.notna().any():
        return told
    right = deeper.isin(["first", "later"]).sum()
    return wording.text("teaching.right_of_deeper", core=told, deeper=right)


def view(results: ClassResults, lesson: str) -> LessonView:
    """The results of one lesson, exercises numbered and named in the language in use."""
    known = _known(lesson, _tried(results, lesson))
    names = [*known, *(name for name in _tried(results, lesson) if name not in known)]
    titles = pd.DataFrame(
        {
            "number": range(1, len(names) + 1),
            "title": [guide.title(known[name]) if name in known else name for name in names],
            "deeper": [name in known and known[name].deeper for name in names],
        },
        index=pd.Index(names, name="item"),
    )
    items = titles.join(_of(results.items, lesson))
    counts = [c for c in results.items.columns if c != "first_try_rate"]
    items[counts] = items[counts].fillna(0).astype("int64")
    return LessonView(
        lesson=lesson,
        items=items,
        standing=_standing(results, lesson, titles),
        mistakes=_mistakes(results, lesson, titles, known),
        times=titles[["number", "title"]].join(_of(results.times, lesson), how="inner"),
    )


@dataclass(frozen=True)
class ExamView:
    """How good the questions of an exam were, numbered and named as in its `LessonView`.

    ``items``: `statistics.ItemStatistics.items` with ``number``, ``title``, ``verdict`` in words;
    ``unchosen``: ``number``, ``title`` and ``option`` in words, wrong options nobody chose.
    """

    found: statistics.ItemStatistics
    items: pd.DataFrame
    unchosen: pd.DataFrame


def exam_view(results: ClassResults, one: LessonView) -> ExamView | None:
    """The item statistics of an exam; None of lessons and reviews, which nobody sits as one."""
    if not bank.is_exam(one.lesson) or one.items.empty:
        return None
    outcomes = _of(results.outcomes.T, one.lesson).T[list(one.items.index)]
    found = statistics.item_statistics(statistics.scores(outcomes))
    titles = one.items[["number", "title"]]
    said = found.items["verdict"].map(lambda code: wording.text(f"exam.verdict_{code}"))
    known = bank.known(one.items.index)
    wrong = results.mistakes[results.mistakes["lesson"] == one.lesson]
    asked = {name: known[name] for name in one.items.index[one.items["trainees"] > 0]}
    left = {n: i.wrong_options for n, i in asked.items() if i.kind == "choice" and i.answer}
    unchosen = statistics.unchosen(wrong, left)
    options = [str(known[n].options[o].label) for n, o in unchosen.itertuples(index=False)]
    named = titles.loc[unchosen["item"]].reset_index(drop=True)
    return ExamView(
        found=found,
        items=titles.join(found.items.assign(verdict=said)),
        unchosen=named.assign(option=pd.array(options, dtype="str")),
    )


def trainees(results: ClassResults, names: Iterable[str] | Mapping[str, str] = ()) -> pd.DataFrame:
    """The trainees' table with the last action in the time of this machine.

    Where ``names`` has nicknames to names, each trainee's name stands first.
    """
    table = results.trainees.drop(columns=["first", "last"]).reset_index()
    table["minutes"] = table["minutes"].round().astype("Int64")
    table["last_action"] = [
        f"{datetime.fromtimestamp(time.timestamp()):%Y-%m-%d %H:%M}"
        for time in results.trainees["last"]
    ]
    if isinstance(names, Mapping) and any(names.values()):
        known = {folded(nick or name): name for name, nick in names.items()}
        told = [known.get(folded(nickname), "") for nickname in table["nickname"]]
        table.insert(0, "full_name", pd.array(told, dtype="str"))
    return table


def set_aside(results: ClassResults) -> pd.DataFrame:
    """What was set aside: file, line, whether it counts all the same, why."""
    return results.set_aside[["file", "line", "counts", "told"]]


def answer_told(item: Item, answer: str) -> str:
    """An answer as a person would say it: the words of options instead of their ids."""
    return kinds.of(item).in_a_cell(answer, item, _BETWEEN)


def _known(lesson: str, tried: Iterable[str]) -> dict[str, Item]:
    """The exercises of a lesson, or the questions of an exam that were asked."""
    if bank.is_paper(lesson):
        return bank.known(tried)
    return exercise.load(lesson) if lesson in exercise.lessons() else {}


def _tried(results: ClassResults, lesson: str) -> list[str]:
    return list(_of(results.items, lesson).index)


def _of(table: pd.DataFrame, lesson: str) -> pd.DataFrame:
    """The rows of one lesson, by item."""
    here = table.index.get_level_values("lesson") == lesson
    return table[here].droplevel("lesson")


def _standing(results: ClassResults, lesson: str, titles: pd.DataFrame) -> pd.DataFrame:
    here = results.standing.columns.get_level_values("lesson") == lesson
    wide = results.standing.loc[:, here].droplevel("lesson", axis=1)
    wide = wide.reindex(columns=titles.index).astype(object)
    wide.columns = pd.Index(titles["number"].to_list(), name=None)
    return wide


def _mistakes(
    results: ClassResults, lesson: str, titles: pd.DataFrame, known: dict[str, Item]
) -> pd.DataFrame:
    found = results.mistakes[results.mistakes["lesson"] == lesson].drop(columns="lesson")
    found = found.reset_index(drop=True)
    of = [known.get(name) for name in found["item"]]
    found["answer"] = [
        answer_told(item, answer) if item else answer
        for item, answer in zip(of, found["answer"], strict=True)
    ]
    found["mistake_told"] = [
        answer if pd.isna(mistake) or item is None else guide.mistake_told(item, mistake) or answer
        for item, mistake, answer in zip(of, found["mistake"], found["answer"], strict=True)
    ]
    # What stands in words already need not be repeated as typed.
    found["answer"] = found["answer"].mask(found["answer"] == found["mistake_told"], "")
    found["advice"] = found["advice"].replace("", wording.text("teaching.not_recognised"))
    named = titles.loc[found["item"], ["number", "title"]]
    return named.reset_index(drop=True).join(found)
