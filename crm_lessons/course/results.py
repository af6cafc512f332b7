"""A trainee's results: one JSON line for each attempt, hint and look at the solution.

The file ``<nickname>.jsonl`` lies in the folder named by ``CRM_LESSONS_RESULTS``, else in the
working folder. It appears with the first real attempt; lines are only ever added. It is a plain
file on the trainee's machine and can be edited: it shows how a class is doing and proves nothing.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from crm_lessons import writing
from crm_lessons.course._line import ANSWER, HINT, LONGEST_TEXT, PASSED, SOLUTION, WRITTEN, Line
from crm_lessons.course._outcome import NOT_ATTEMPTED, Outcome
from crm_lessons.errors import CrmError, Reason

__all__ = ["ANSWER", "HINT", "LONGEST_TEXT", "PASSED", "SOLUTION", "WRITTEN", "Line", "Results"]

FOLDER = "CRM_LESSONS_RESULTS"

_TAKEN_BY_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
BOM = b"\xef\xbb\xbf"
_BEGINNING = b'{"nickname": '
_LONGEST = 60  # characters: at most 240 of the 255 bytes that a file name may have


def folder() -> Path:
    """Where results are kept: the folder that the environment names, else the working folder."""
    return Path(os.environ.get(FOLDER) or ".").resolve()


class Results:
    """The result file of one trainee in one lesson.

    ``now`` gives the time of an action; a test passes its own clock. ``folder`` is for callers that
    do not want the environment's.
    """

    def __init__(
        self,
        nickname: str,
        lesson: str,
        *,
        fingerprint: str = "",
        language: str = "",
        folder: Path | str | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self.nickname = nickname.strip()
        self.lesson = lesson
        self.fingerprint = fingerprint
        self.language = language
        self.path = Path(folder or os.environ.get(FOLDER) or ".") / file_name(self.nickname)
        self._now = now

    def answered(
        self, item: str, raw: object, outcome: Outcome, *, seconds: float | None = None
    ) -> Line | None:
        """Note an answer and what came of it; nothing is written while nothing was attempted."""
        if outcome.state == NOT_ATTEMPTED:
            return None
        told = {"outcome": outcome.state, "mistake": outcome.mistake, "answer": raw}
        return self._add(item, ANSWER, self.hints_seen(item), seconds, told)

    def hinted(self, item: str, *, seconds: float | None = None) -> Line:
        """Note that one more hint was shown."""
        return self._add(item, HINT, self.hints_seen(item) + 1, seconds, {})

    def solved(self, item: str, *, seconds: float | None = None) -> Line:
        """Note that the solution was shown."""
        return self._add(item, SOLUTION, self.hints_seen(item), seconds, {})

    def passed(self, item: str, *, seconds: float | None = None) -> Line:
        """Note that a question was passed over on purpose."""
        return self._add(item, PASSED, self.hints_seen(item), seconds, {})

    def lines(self) -> list[Line]:
        """The trainee's own lines of this lesson, oldest first; damaged ones are passed over."""
        mine = (self.nickname, self.lesson)
        return [n for n in read(self.path).values() if n and (n.nickname, n.lesson) == mine]

    def hints_seen(self, item: str) -> int:
        """How many hints of an item have been shown."""
        return sum(line.item == item and line.action == HINT for line in self.lines())

    def _add(
        self,
        item: str,
        action: str,
        hints: int,
        seconds: float | None,
        told: Mapping[str, object],
    ) -> Line:
        line = Line(
            nickname=self.nickname,
            lesson=self.lesson,
            item=item,
            action=action,
            time=self._now().astimezone().isoformat(timespec="milliseconds"),
            hints=hints,
            seconds=None if seconds is None else round(float(seconds), 1),
            fingerprint=self.fingerprint,
            language=self.language,
            **told,
        )
        return self._keep(line)

    def _keep(self, line: Line) -> Line:
        append(self.path, line)
        return line


def append(path: Path, *lines: Line) -> None:
    """Add lines in a single write and put them on the disk, so that two windows cannot mix."""
    try:
        writing.append(path, "".join(f"{line.to_json()}\n" for line in lines))
    except OSError as error:
        raise CrmError("results_not_written", path=path, reason=Reason(error)) from error


def read(path: Path) -> dict[int, Line | None]:
    """The lines of a file by their number, blank ones left out, None where damaged."""
    return parsed(path.read_bytes()) if writing.ordinary(path).exists() else {}


def parsed(content: bytes) -> dict[int, Line | None]:
    """As `read`, from the bytes of a file."""
    raw = content.removeprefix(BOM).split(b"\n")
    return {number: sound_line(text) for number, text in enumerate(raw, start=1) if text.strip()}


def torn(text: bytes) -> bool:
    """Whether a line is the beginning of one of ours: a write that a power cut or a full disk broke
    off. Nobody was told that it was written, so nothing is lost with it.

    >>> torn(b'{"nickname": "Ann", "les'), torn(b'{"nickname": "Ann"}'), torn(b"{}")
    (True, False, False)
    """
    text = text.strip()
    begun = text.startswith(_BEGINNING) or _BEGINNING.startswith(text)
    return begun and not text.endswith(b"}")


def file_name(nickname: str) -> str:
    """A file name that every system accepts, Chinese kept: ``小李/A组`` becomes ``小李_A组.jsonl``.

    >>> file_name("小李/A组"), file_name("con")
    ('小李_A组.jsonl', '_con.jsonl')
    """
    text = unicodedata.normalize("NFC", nickname).strip()
    if not text:
        raise CrmError("nickname_missing")
    safe = re.sub(r"[^\w-]+", "_", text)[:_LONGEST]
    return f"_{safe}.jsonl" if _TAKEN_BY_WINDOWS.match(safe) else f"{safe}.jsonl"


def sound_line(text: bytes) -> Line | None:
    """One line of a file; None where it is damaged."""
    try:
        line = Line.from_json(text.decode())
        line.to_json().encode()  # half a character (\\ud800) would stop the tables later
        return line
    except (ValueError, RecursionError, OverflowError):
        return None
