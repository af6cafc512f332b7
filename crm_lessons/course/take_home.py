"""What one holds in hand at the end of a lesson: tables made from the data and one's own answers.

A lesson's ``take_home.py`` has a function ``take_home``. Its parameters are names of what the
lesson binds (``lesson.use``) and of exercises, which receive what this learner answered last; one
with a default may be missing. It returns tables by the names of their sheets. `workbook` makes the
file of them, on a page for one learner and in JupyterLab beside the results.
"""

import contextlib
import inspect
from pathlib import Path

import pandas as pd

from crm_lessons import show, wording
from crm_lessons.course import _checking, _registry, codes, folders, kinds, results
from crm_lessons.course._answers import Unreadable
from crm_lessons.course._session import WRITTEN, Session
from crm_lessons.course.item import Item
from crm_lessons.errors import CrmError

PROMISE = "take_home"  # the sentence at the start of a lesson that says what it will be
NAME = "sheet_take_home"  # what the file is called


def tables(session: Session) -> dict[str, pd.DataFrame]:
    """The tables of this learner; CrmError if there are none, or the data lack what they need."""
    made = getattr(folders.module(session.lesson, folders.TAKE_HOME), PROMISE, None)
    if made is None:
        raise CrmError("nothing_to_take_home", lesson=session.lesson)
    asked = inspect.signature(made).parameters
    own = {name: answered(session, session.items[name]) for name in asked if name in session.items}
    told = {name: value for name, value in own.items() if value is not None}
    try:
        found = _registry.compute(made, {**session.data, **told})
    except _registry.MissingData as error:
        missing = ", ".join(error.names)
        raise CrmError("take_home_lacks", lesson=session.lesson, names=missing) from error
    mine = decided(session)
    return {**found, "decisions": mine} if len(mine) else found


def decided(session: Session) -> pd.DataFrame:
    """What this learner answered to the decisions, in words: ``question`` and ``own_answer``."""
    rows = []
    for item in session.items.values():
        given = _read(session, item) if item.group == "decisions" else None
        if given is not None:
            offered = _checking.offered(item, session.data)
            told = kinds.of(item).show(given, item, offered)
            rows.append({"question": str(item.title or item.question), "own_answer": told})
    return pd.DataFrame(rows, columns=["question", "own_answer"], dtype="str")


def answered(session: Session, item: Item) -> object:
    """What was answered last on these data, as it was read; None if nothing could be read.

    Ticked ids are written as in the table to tick: capitals do not count in an answer.
    """
    read, offered = _read(session, item), _checking.offered(item, session.data)
    if not isinstance(read, frozenset) or offered is None:
        return read
    return frozenset(str(key) for key in offered.index if str(key).upper() in read)


def _read(session: Session, item: Item) -> object:
    kind = kinds.of(item)
    for line in reversed(session.tries(item)):
        with contextlib.suppress(Unreadable):
            if item.input:  # a slider: so many per cent
                return kind.filled(line.answer, item) / 100
            return kind.read(line.answer, item)[0]
    return None


def workbook(session: Session, path: Path) -> Path:
    """Write the tables of this learner, in the language in use."""
    lesson, made = session.lesson, tables(session)
    folders.say(lesson)
    titles = {name: sheet(lesson, name) for name in made}
    words = codes.of(lesson) | session.words
    return show.excel(path, made, titles=titles, codes=words)


def name(lesson: str) -> str:
    """What the file is called, in the language in use, without an ending."""
    folders.say(lesson)
    return wording.text(f"{lesson}.{NAME}")


def sheet(lesson: str, name: str) -> str:
    """The wording key of a sheet's name: the lesson's own, else one that all lessons share."""
    own = f"{lesson}.sheet_{name}"
    return own if wording.has(own) else f"sheets.{name}"


def place(session: Session) -> Path:
    """Where the file lies when a lesson is worked through in JupyterLab: beside the results."""
    who = results.file_name(session.nickname).removesuffix(".jsonl")
    return results.folder() / f"{who}_{session.lesson}.xlsx"


def keep(session: Session) -> Path:
    """Write the file, and anew whenever something is answered from now on; returns its place."""

    def anew() -> None:
        with contextlib.suppress(OSError):  # open in Excel: the answer counts all the same
            workbook(session, place(session))

    session.watch(WRITTEN, PROMISE, anew)
    return workbook(session, place(session))
