"""Where a page keeps things: the lines of each trainee, and documents such as who is in the class.

A store promises little, so that a folder and a database can keep the promise alike: what was added
or put is there for good when the call returns (a lost connection, a killed server, a power cut take
nothing back), lines of one submission are there once, and a document that is ``new`` is put by one
caller only.

In a folder the lines are a file for each trainee, as the lessons have always written it. Answers
that come while the disk is at work wait for each other and are put there together: one write for
each file, some files in one go, and several such goes side by side.
"""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

from crm_lessons import writing
from crm_lessons.course import results
from crm_lessons.course.results import Line
from crm_lessons.errors import CrmError, Reason

WRITERS = 8  # files that are put on the disk side by side: it makes one turn of them
DOCUMENTS = ".class.jsonl"
LOCK = ".class.lock"


class Taken(Exception):
    """A document that should be new is there already."""


class Store(Protocol):
    """What a room needs of a store."""

    async def lines(self, nickname: str) -> Sequence[Line]:
        """All lines under a name, oldest first."""

    async def lines_of(self, nicknames: Iterable[str]) -> Mapping[str, Sequence[Line]]:
        """The lines of several names."""

    async def add(self, nickname: str, lines: Sequence[Line]) -> None:
        """Put lines on the disk; returns when they are there, CrmError if they cannot be."""

    async def rename(self, before: str, after: str) -> None:
        """Let all lines of a name be those of another, which has none."""

    async def document(self, kind: str, key: str) -> dict[str, Any] | None:
        """A document, None if there is none."""

    async def documents(self, kind: str) -> Mapping[str, dict[str, Any]]:
        """All documents of a kind by key."""

    async def put(
        self, kind: str, key: str, value: Mapping[str, Any], *, new: bool = False
    ) -> None:
        """Put a document in place of the one of this key; `Taken` if it is to be ``new``."""

    def close(self) -> None:
        """Finish what is being written."""


class FolderStore:
    """Lines in ``FOLDER/<nickname>.jsonl``, documents in a hidden file; read once, then held."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._held: dict[str, list[Line]] = {}
        self._documents: dict[str, dict[str, dict]] | None = None
        self._waiting: dict[Path, list[tuple[str, asyncio.Future]]] = {}
        self._busy: set[Path] = set()
        self._work: set[asyncio.Task] = set()
        self._writers = ThreadPoolExecutor(WRITERS, thread_name_prefix="results")
        self._lock: Any = None

    def claim(self) -> None:
        """Be the only server of this folder; CrmError if another one is."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = (self.folder / LOCK).open("a")
        if not writing.locked(self._lock):
            raise CrmError("class_folder_busy", folder=self.folder)

    async def lines(self, nickname: str) -> Sequence[Line]:
        """All lines under a name, oldest first."""
        if nickname not in self._held:
            read = results.read(self._path(nickname)).values()
            mine = [line for line in read if line and line.nickname == nickname]
            self._held[nickname] = list(once(mine))
        return self._held[nickname]

    async def lines_of(self, nicknames: Iterable[str]) -> Mapping[str, Sequence[Line]]:
        """The lines of several names."""
        return {name: await self.lines(name) for name in nicknames}

    async def add(self, nickname: str, lines: Sequence[Line]) -> None:
        """Put lines on the disk; returns when they are there, CrmError if they cannot be."""
        held = await self.lines(nickname)
        await self._append(self._path(nickname), "".join(f"{one.to_json()}\n" for one in lines))
        held += lines

    async def rename(self, before: str, after: str) -> None:
        """Let all lines of a name be those of another, which has none."""
        lines = [
            dict(json.loads(one.to_json()), nickname=after) for one in await self.lines(before)
        ]
        if lines:
            text = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in lines)
            await self._append(self._path(after), text)
        self._held.pop(after, None)
        self._held.pop(before, None)
        left = [
            n
            for n in results.read(self._path(before)).values()
            if n is None or n.nickname != before
        ]
        if not left:
            self._path(before).unlink(missing_ok=True)

    async def document(self, kind: str, key: str) -> dict[str, Any] | None:
        """A document, None if there is none; an empty one is none."""
        return (await self.documents(kind)).get(key) or None

    async def documents(self, kind: str) -> Mapping[str, dict[str, Any]]:
        """All documents of a kind by key."""
        if self._documents is None:
            self._documents = _read(self.folder / DOCUMENTS)
        return self._documents.setdefault(kind, {})

    async def put(
        self, kind: str, key: str, value: Mapping[str, Any], *, new: bool = False
    ) -> None:
        """Put a document in place of the one of this key; `Taken` if it is to be ``new``."""
        held = await self.documents(kind)
        if new and held.get(key):
            raise Taken(key)
        before, held[key] = held.get(key), dict(value)  # before anybody else can come between
        told = json.dumps({"kind": kind, "key": key, "value": value}, ensure_ascii=False)
        try:
            await self._append(self.folder / DOCUMENTS, f"{told}\n")
        except CrmError:
            if before is None:
                del held[key]
            else:
                held[key] = before
            raise

    def close(self) -> None:
        """Finish what is being written."""
        self._writers.shutdown()
        if self._lock is not None:
            self._lock.close()

    async def _append(self, path: Path, text: str) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(path, []).append((text, future))
        if len(self._work) < WRITERS:
            task = asyncio.ensure_future(self._write())
            self._work.add(task)
            task.add_done_callback(self._work.discard)
        await future

    async def _write(self) -> None:
        """Put what waits on the disk, a fair part of it at a time, until nothing does."""
        loop = asyncio.get_running_loop()
        while free := [path for path in self._waiting if path not in self._busy]:
            taken = {path: self._waiting.pop(path) for path in free[: -(-len(free) // WRITERS)]}
            self._busy |= taken.keys()
            texts = {path: "".join(text for text, _ in told) for path, told in taken.items()}
            errors = await loop.run_in_executor(self._writers, _append_all, texts)
            self._busy -= taken.keys()
            for path, told in taken.items():
                for _, future in told:
                    if not future.done():
                        error = errors.get(path)
                        future.set_exception(error) if error else future.set_result(None)

    def _path(self, nickname: str) -> Path:
        return self.folder / results.file_name(nickname)


def once(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines without those whose submission came before: a full disk can keep one and deny it."""
    seen: set[tuple[str, str]] = set()
    for line in lines:
        key = (line.lesson, line.id)
        if not line.id or key not in seen:
            yield line
        seen.add(key)


def _append_all(texts: Mapping[Path, str]) -> dict[Path, CrmError]:
    """Put each text at the end of its file; what could not be written, by file."""
    errors = {}
    for path, text in texts.items():
        try:
            writing.append(path, text, private=path.name == DOCUMENTS)
        except OSError as error:
            errors[path] = CrmError("results_not_written", path=path, reason=Reason(error))
    return errors


def _read(path: Path) -> dict[str, dict[str, dict]]:
    """The documents of a file; a line that was broken off was never told to be there."""
    found: dict[str, dict[str, dict]] = {}
    for text in path.read_bytes().split(b"\n") if path.exists() else ():
        try:
            told = json.loads(text)
            found.setdefault(told["kind"], {})[told["key"]] = told["value"]
        except (ValueError, TypeError, KeyError):
            continue
    return found
