"""The results of a class as tables: plain pandas frames, computed from the lines that count.

A *try* is an answer that could be read and checked: ``correct`` or ``not_yet``. Once right stays
right: whoever plays on after the right answer loses nothing. Nor does a slip that could not be
read hide a try before it. A guess stands beside its question and is nobody's right answer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm_lessons.course import _answers, exercise
from crm_lessons.course._outcome import CORRECT, NOT_YET
from crm_lessons.course.collect import Gathered, gather
from crm_lessons.course.exam import bank
from crm_lessons.course.results import ANSWER, HINT, SOLUTION, WRITTEN, Line

_KEYS = ["lesson", "item"]


@dataclass(frozen=True)
class ClassResults:
    """The tables of a class.

    outcomes
        Trainees × (lesson, item): ``correct``, ``not_yet``, ``cannot_check``, missing if not tried.
    standing
        Trainees × (lesson, item): ``first`` (right at once), ``later``, ``not_yet``, or missing.
    tries
        Trainees × (lesson, item): number of tries, 0 where there was none.
    items
        One row per (lesson, item): ``trainees`` who tried, ``right_first`` and ``first_try_rate``
        (share of those), ``right_in_the_end``, ``tries``, ``hints`` shown, ``trainees_with_hints``,
        ``solutions`` (trainees who looked at the solution before they were right).
    times
        One row per (lesson, item) with a time noted: ``trainees``, and of their minutes on the item
        ``median_minutes``, ``quarter`` and ``three_quarters`` (quartiles).
    mistakes
        One row per wrong answer, commonest first: ``lesson``, ``item``, ``mistake`` (empty where
        none was recognised), ``answer`` (the commonest as typed), ``trainees``, ``times``,
        ``advice``.
    trainees
        One row per trainee: ``items`` tried and ``right`` of the core path without its guesses,
        ``deeper`` (right off it), ``tries``, ``hints``, ``minutes`` (sum of those noted),
        ``first`` and ``last`` action (UTC), ``data`` (number of data sets).
    missing
        Names of the list handed in of whom there is no line.
    set_aside
        Files and lines that do not count, with the reason (`collect.Gathered.set_aside`).
    other_lessons
        Lines of other lessons, left out because one lesson was asked for.
    """

    outcomes: pd.DataFrame
    standing: pd.DataFrame
    tries: pd.DataFrame
    items: pd.DataFrame
    times: pd.DataFrame
    mistakes: pd.DataFrame
    trainees: pd.DataFrame
    missing: list[str]
    set_aside: pd.DataFrame
    other_lessons: int = 0


def collect(
    folder: Path | str,
    *,
    names: Iterable[str] | Mapping[str, str] = (),
    lesson: str | None = None,
    leave_out: Iterable[Path] = (),
) -> ClassResults:
    """The tables of all result files in a folder.

    ``names`` is the list of who should be there, or name to nickname; ``lesson`` (``20_ours``)
    keeps one; ``leave_out`` are files that are no results, such as the list of names itself.
    """
    return tables(gather(folder, leave_out=leave_out), names=names, lesson=lesson)


def tables(
    found: Gathered, *, names: Iterable[str] | Mapping[str, str] = (), lesson: str | None = None
) -> ClassResults:
    """The tables of what was gathered already (see `collect`)."""
    kept = [line for line in found.lines if lesson in (None, line.lesson)]
    lines = frame(kept)
    tried = lines[lines["outcome"].isin([CORRECT, NOT_YET])]
    return ClassResults(
        outcomes=_outcomes(lines),
        standing=_standing(lines, tried),
        tries=_across(tried.groupby(["nickname", *_KEYS]).size(), lines).fillna(0).astype("int64"),
        items=_items(lines, tried),
        times=_times(lines),
        mistakes=_mistakes(tried),
        trainees=_trainees(lines, tried),
        missing=_missing(names, lines["nickname"]),
        set_aside=found.set_aside(),
        other_lessons=len(found.lines) - len(kept),
    )


def frame(lines: Iterable[Line]) -> pd.DataFrame:
    """The lines as a frame, in the order given; ``time`` in UTC, ``answer`` as text."""
    lines = list(lines)
    columns = [name for name in Line.__dataclass_fields__ if name not in ("id", "schema")]
    table = pd.DataFrame([[getattr(n, c) for c in columns] for n in lines], columns=columns)
    table["time"] = pd.to_datetime([line.moment for line in lines], utc=True)
    table["answer"] = [_as_text(answer) for answer in table["answer"]]
    texts = ["nickname", *_KEYS, "action", "outcome", "mistake", "answer", "fingerprint"]
    table = table.astype(dict.fromkeys(texts, "str"))
    table["seconds"] = table["seconds"].astype("float64")
    return table


def _outcomes(lines: pd.DataFrame) -> pd.DataFrame:
    answered = lines[lines["action"] == ANSWER]
    best = pd.Categorical(answered["outcome"], categories=WRITTEN).codes
    reached = answered.assign(best=best).groupby(["nickname", *_KEYS])["best"].min()
    return _across(reached.map(dict(enumerate(WRITTEN))), lines)


def _standing(lines: pd.DataFrame, tried: pd.DataFrame) -> pd.DataFrame:
    by = tried.groupby(["nickname", *_KEYS])
    right = by["outcome"].agg(lambda outcomes: (outcomes == CORRECT).any())
    at_first = by["outcome"].first() == CORRECT
    reached = right.map({True: "later", False: NOT_YET}).mask(at_first, "first")
    return _across(reached, lines)


def _times(lines: pd.DataFrame) -> pd.DataFrame:
    """Minutes on an item, all its actions together; the median, since one went to lunch."""
    spent = lines.groupby([*_KEYS, "nickname"])["seconds"].sum(min_count=1).dropna() / 60
    by = spent.groupby(_KEYS)
    return pd.DataFrame(
        {
            "trainees": by.size(),
            "median_minutes": by.median(),
            "quarter": by.quantile(0.25),
            "three_quarters": by.quantile(0.75),
        }
    )


def _across(values: pd.Series, lines: pd.DataFrame) -> pd.DataFrame:
    """Trainees down, items across; whoever only asked for a hint has a row as well."""
    trainees, items = _trainee_index(lines), _item_index(lines)
    wide = values.unstack(_KEYS) if len(values) else pd.DataFrame(index=trainees)
    return wide.reindex(index=trainees).reindex(columns=items)


def _trainee_index(lines: pd.DataFrame) -> pd.Index:
    return pd.Index(sorted(lines["nickname"].unique()), name="nickname")


def _item_index(lines: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(lines[_KEYS].drop_duplicates().sort_values(_KEYS))


def _items(lines: pd.DataFrame, tried: pd.DataFrame) -> pd.DataFrame:
    first = tried.drop_duplicates(["nickname", *_KEYS])
    right = tried[tried["outcome"] == CORRECT]
    hints = lines[lines["action"] == HINT]
    table = pd.DataFrame(
        {
            "trainees": _people(tried),
            "right_first": _people(first[first["outcome"] == CORRECT]),
            "right_in_the_end": _people(right),
            "tries": tried.groupby(_KEYS).size(),
            "hints": hints.groupby(_KEYS).size(),
            "trainees_with_hints": _people(hints),
            "solutions": _people(_solutions_before_right(lines)),
        },
        index=_item_index(lines),
    )
    table = table.fillna(0).astype("int64")
    rate = table["right_first"] / table["trainees"].where(table["trainees"] > 0)
    table.insert(2, "first_try_rate", rate.astype("float64"))
    return table


def _people(lines: pd.DataFrame) -> pd.Series:
    return lines.groupby(_KEYS)["nickname"].nunique()


def _solutions_before_right(lines: pd.DataFrame) -> pd.DataFrame:
    by = [lines[key] for key in ("nickname", *_KEYS)]
    right_before = (lines["outcome"] == CORRECT).groupby(by).cumsum() > 0
    return lines[(lines["action"] == SOLUTION) & ~right_before]


def _mistakes(tried: pd.DataFrame) -> pd.DataFrame:
    wrong = tried[tried["outcome"] == NOT_YET].copy()
    # Unrecognised answers are counted by what was typed.
    wrong["same"] = wrong["mistake"].where(wrong["mistake"].notna(), "= " + wrong["answer"])
    by = wrong.groupby([*_KEYS, "same"])
    table = by.agg(
        mistake=("mistake", "first"),
        answer=("answer", lambda typed: typed.mode().iloc[0]),
        trainees=("nickname", "nunique"),
        times=("nickname", "size"),
    )
    table = table.reset_index().drop(columns="same")
    table["advice"] = [
        bank.advice(*row) for row in table[[*_KEYS, "mistake"]].itertuples(index=False)
    ]
    order = ["trainees", "times", *_KEYS, "answer"]
    return table.sort_values(order, ascending=[False] * 2 + [True] * 3, ignore_index=True)


def _trainees(lines: pd.DataFrame, tried: pd.DataFrame) -> pd.DataFrame:
    by = lines.groupby("nickname")
    judged = tried[~_among(tried, exercise.guesses)]
    pairs = judged.drop_duplicates(["nickname", *_KEYS])
    right = judged[judged["outcome"] == CORRECT].drop_duplicates(["nickname", *_KEYS])
    table = pd.DataFrame(
        {
            "items": pairs[~_among(pairs, exercise.deeper)].groupby("nickname").size(),
            "right": right[~_among(right, exercise.deeper)].groupby("nickname").size(),
            "deeper": right[_among(right, exercise.deeper)].groupby("nickname").size(),
            "tries": tried.groupby("nickname").size(),
            "hints": lines[lines["action"] == HINT].groupby("nickname").size(),
            "data": by["fingerprint"].nunique(),
        },
        index=_trainee_index(lines),
    )
    table = table.fillna(0).astype("int64")
    table["minutes"] = by["seconds"].sum(min_count=1) / 60
    table["first"], table["last"] = by["time"].min(), by["time"].max()
    return table


def _among(lines: pd.DataFrame, named: Callable[[str], set[str]]) -> pd.Series:
    """Whether a line is about one of the questions that ``named`` gives of its lesson."""
    found = {lesson: named(lesson) for lesson in lines["lesson"].unique()}
    keys = lines[_KEYS].itertuples(index=False, name=None)
    return pd.Series([item in found[lesson] for lesson, item in keys], lines.index, dtype="bool")


def _missing(names: Iterable[str] | Mapping[str, str], present: pd.Series) -> list[str]:
    there = {folded(name) for name in present}
    told = names if isinstance(names, Mapping) else dict.fromkeys(names, "")
    return [n for n, nick in told.items() if n.strip() and not {folded(n), folded(nick)} & there]


def folded(name: str) -> str:
    """A name as names are compared."""
    return _answers.tidy(name).casefold()


def _as_text(answer: object) -> str:
    if isinstance(answer, list):
        return "、".join(map(str, answer))
    return "" if answer is None else str(answer)
