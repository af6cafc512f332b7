"""Answers and documents of a class in a database, so that several servers can share them.

Two tables are made where they are missing: ``crm_lines`` (one row for each line of a result file;
the number that a page gives to a submission is there once for a name and a lesson) and
``crm_documents`` (who is in the class, what the instructor has set).
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sql
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from crm_lessons import writing
from crm_lessons.course import results
from crm_lessons.course.results import Line
from crm_lessons.data import connections, databases
from crm_lessons.data.connections import Connection
from crm_lessons.errors import CrmError
from crm_lessons.page.store import Taken

T = TypeVar("T")
CONNECTIONS = 8
_TABLES = sql.MetaData()
LINES = sql.Table(
    "crm_lines",
    _TABLES,
    sql.Column("number", sql.BigInteger().with_variant(sql.Integer, "sqlite"), primary_key=True),
    sql.Column("nickname", sql.Text, nullable=False, index=True),
    sql.Column("lesson", sql.Text, nullable=False),
    sql.Column("submission", sql.Text),  # null where a page gave none
    sql.Column("line", sql.Text, nullable=False),
    sql.UniqueConstraint("nickname", "lesson", "submission"),
)
DOCUMENTS = sql.Table(
    "crm_documents",
    _TABLES,
    sql.Column("kind", sql.Text, primary_key=True),
    sql.Column("key", sql.Text, primary_key=True),
    sql.Column("value", sql.Text, nullable=False),
)
_NONE = "{}"  # a document that was taken away


class DatabaseStore:
    """A store in the database of a connection's name (see `crm_lessons.data.connections`)."""

    def __init__(self, name: str) -> None:
        self._engine = _engine(name)
        # SQLite takes one writer at a time.
        most = 1 if self._engine.dialect.name == "sqlite" else CONNECTIONS
        self._threads = ThreadPoolExecutor(most, thread_name_prefix="database")
        try:
            _TABLES.create_all(self._engine)
        except SQLAlchemyError as error:
            raise _told(error) from error

    async def lines(self, nickname: str) -> Sequence[Line]:
        """All lines under a name, oldest first."""
        return (await self.lines_of([nickname]))[nickname]

    async def lines_of(self, nicknames: Iterable[str]) -> Mapping[str, Sequence[Line]]:
        """The lines of several names."""
        names = list(nicknames)
        asked = sql.select(LINES.c.nickname, LINES.c.line).where(LINES.c.nickname.in_(names))
        rows = await self._done(lambda link: link.execute(asked.order_by(LINES.c.number)).all())
        found: dict[str, list[Line]] = {name: [] for name in names}
        for nickname, line in rows:
            found[nickname].append(Line.from_json(line))
        return found

    async def add(self, nickname: str, lines: Sequence[Line]) -> None:
        """Put lines there; one whose submission is there already stays as it is."""
        rows = [
            {"nickname": nickname, "lesson": one.lesson, "submission": one.id or None}
            | {"line": one.to_json()}
            for one in lines
        ]

        def insert(link: sql.Connection) -> None:
            for row in rows:
                try:
                    with link.begin_nested():
                        link.execute(LINES.insert().values(row))
                except IntegrityError:  # sent twice, to two servers perhaps
                    continue

        await self._done(insert)

    async def rename(self, before: str, after: str) -> None:
        """Let all lines of a name be those of another, which has none."""
        mine = LINES.c.nickname == before

        def update(link: sql.Connection) -> None:
            for number, line in link.execute(sql.select(LINES.c.number, LINES.c.line).where(mine)):
                told = json.dumps(json.loads(line) | {"nickname": after}, ensure_ascii=False)
                changed = LINES.update().where(LINES.c.number == number)
                link.execute(changed.values(nickname=after, line=told))

        await self._done(update)

    async def document(self, kind: str, key: str) -> dict[str, Any] | None:
        """A document, None if there is none; an empty one is none."""
        asked = sql.select(DOCUMENTS.c.value).where(_at(kind, key))
        value = await self._done(lambda link: link.execute(asked).scalar())
        return (json.loads(value) or None) if value else None

    async def documents(self, kind: str) -> Mapping[str, dict[str, Any]]:
        """All documents of a kind by key."""
        asked = sql.select(DOCUMENTS.c.key, DOCUMENTS.c.value).where(DOCUMENTS.c.kind == kind)
        rows = await self._done(lambda link: link.execute(asked).all())
        return {key: json.loads(value) for key, value in rows}

    async def put(
        self, kind: str, key: str, value: Mapping[str, Any], *, new: bool = False
    ) -> None:
        """Put a document in place of the one of this key; `Taken` if it is to be ``new``."""
        text = json.dumps(dict(value), ensure_ascii=False)
        free = sql.and_(_at(kind, key), DOCUMENTS.c.value == _NONE) if new else _at(kind, key)
        row = {"kind": kind, "key": key, "value": text}

        def write(link: sql.Connection) -> bool:
            for _ in range(2):  # between the two another server may have put it
                if link.execute(DOCUMENTS.update().where(free).values(value=text)).rowcount:
                    return True
                try:
                    with link.begin_nested():
                        link.execute(DOCUMENTS.insert().values(row))
                    return True
                except IntegrityError:
                    continue
            return False

        if not await self._done(write):
            raise Taken(key)

    def write_files(self, folder: Path) -> list[Path]:
        """A result file for each name, as lessons write them, for `collect` and for keeping."""
        asked = sql.select(LINES.c.nickname, LINES.c.line).order_by(LINES.c.number)
        found: dict[str, list[str]] = {}
        with self._engine.connect() as link:
            for nickname, line in link.execute(asked):
                found.setdefault(results.file_name(nickname), []).append(f"{line}\n")
        for name, lines in found.items():
            writing.text(folder / name, "".join(lines))
        return [folder / name for name in found]

    def close(self) -> None:
        """Finish what is being written."""
        self._threads.shutdown()
        self._engine.dispose()

    async def _done(self, work: Callable[[sql.Connection], T]) -> T:
        """What ``work`` returns, in a transaction of its own that is committed."""

        def run() -> T:
            with self._engine.begin() as link:
                return work(link)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, run)
        except SQLAlchemyError as error:
            raise _told(error) from error


def _engine(given: str) -> sql.Engine:
    """Of an address without a password, or of a connection's name; CrmError for anything else."""
    if "://" in given:
        if re.search(r"://[^/@]*:[^/@]*@", given):  # any user of the machine reads commands
            raise CrmError("address_instead_of_name")
        return databases.writable(Connection("store", "--store", given), CONNECTIONS)
    return databases.writable(connections.find(given.removeprefix("sql:")), CONNECTIONS)


def _at(kind: str, key: str) -> sql.ColumnElement[bool]:
    return sql.and_(DOCUMENTS.c.kind == kind, DOCUMENTS.c.key == key)


def _told(error: SQLAlchemyError) -> CrmError:
    # Only its kind: what a driver says may quote the address.
    return CrmError("class_store", reason=type(error).__name__)
