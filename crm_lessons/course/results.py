"""A trainee's results: one JSON line for each attempt, hint and look at the solution.

The file ``<nickname>.jsonl`` lies in the folder named by ``CRM_LESSONS_RESULTS``, else in the
working folder. It appears with the first real attempt; lines are only ever added. It is a plain
file on the trainee's machine and can be edited: it shows how a class is doing and proves nothing.
"""

import errno
import json
import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from crm_lessons import writing
from crm_lessons.course._checking import CANNOT_CHECK, CORRECT, NOT_ATTEMPTED, NOT_YET, Outcome
from crm_lessons.errors import CrmError

SCHEMA = 1
FOLDER = "CRM_LESSONS_RESULTS"
ANSWER, HINT, SOLUTION = ACTIONS = ("answer", "hint", "solution")
WRITTEN = (CORRECT, NOT_YET, CANNOT_CHECK)

_TAKEN_BY_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
# What a damaged line may not bring into the tables of a class.
LONGEST_TEXT, MOST_HINTS, MOST_SECONDS, YEARS = 1_000, 10_000, 10_000_000, range(1990, 2200)
_DAY_AND_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
BOM = b"\xef\xbb\xbf"
_BEGINNING = b'{"nickname": '
_LONGEST = 60  # characters: at most 240 of the 255 bytes that a file name may have


@dataclass(frozen=True)
class Line:
    """One action. ``seconds`` is the time since the question was shown or last answered, if known;
    ``hints`` counts the hints seen for this item up to now; ``time`` is ISO 8601 with its zone."""

    nickname: str
    lesson: str
    item: str
    action: str
    time: str
    outcome: str | None = None
    mistake: str | None = None
    answer: object = None
    hints: int = 0
    seconds: float | None = None
    fingerprint: str = ""
    language: str = ""
    schema: int = SCHEMA

    def __post_init__(self) -> None:
        """Refuse what `Results` never writes; a damaged or foreign line ends here."""
        texts = (self.nickname, self.lesson, self.item, self.time)
        if not all(isinstance(text, str) and text.strip() for text in texts):
            raise ValueError("nickname, lesson, item and time are texts")
        if not all(
            isinstance(t, str) for t in (self.mistake or "", self.fingerprint, self.language)
        ):
            raise ValueError("mistake, fingerprint and language are texts")
        if self.action not in ACTIONS or (self.action == ANSWER) != (self.outcome in WRITTEN):
            raise ValueError("an answer has an outcome, a hint or solution has none")
        if type(self.schema) is not int or not 1 <= self.schema <= SCHEMA:
            raise ValueError(f"schema {self.schema!r} is not known here")
        if any(len(text) > LONGEST_TEXT for text in (*texts, self.mistake or "", self.fingerprint)):
            raise ValueError("a text has no end")
        if type(self.hints) is not int or not 0 <= self.hints <= MOST_HINTS:
            raise ValueError("hints is a number of hints")
        if not _is_duration(self.seconds):
            raise ValueError("seconds is a time on an item")
        if not _DAY_AND_TIME.match(self.time) or self.moment.year not in YEARS:
            raise ValueError("time is no day and time of a course")

    @property
    def moment(self) -> datetime:
        """The time of the action in UTC; ValueError where it has no zone."""
        moment = datetime.fromisoformat(self.time)
        if moment.tzinfo is None:
            raise ValueError("time has no zone")
        return moment.astimezone(UTC)

    def to_json(self) -> str:
        """The line as it stands in the file; sets become sorted lists."""
        return json.dumps(asdict(self), ensure_ascii=False, default=_plain)

    @classmethod
    def from_json(cls, text: str) -> "Line":
        """The line read back; ValueError if it is damaged or not one of ours."""
        told = json.loads(text)
        if not isinstance(told, dict) or "schema" not in told:
            raise ValueError("not a result line")
        try:
            return cls(**told)
        except TypeError as error:
            raise ValueError(str(error)) from error


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
        append(self.path, line)
        return line


def append(path: Path, line: Line) -> None:
    """Add one line in a single write and put it on the disk, so that two windows cannot mix."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = not path.exists()
        with path.open("ab+", buffering=0) as file:
            # What a crash left without an end would swallow the new line.
            begin = b"" if _ends_cleanly(file) else b"\n"
            text = begin + line.to_json().encode(errors="replace") + b"\n"
            if file.write(text) != len(text):  # a full disk takes a part and says nothing
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file.fileno())
        if new:
            writing.sync(path.parent)
    except OSError as error:
        raise CrmError("results_not_written", path=path, reason=error.strerror) from error


def read(path: Path) -> dict[int, Line | None]:
    """The lines of a file by their number, blank ones left out, None where damaged."""
    return parsed(path.read_bytes()) if path.exists() else {}


def parsed(content: bytes) -> dict[int, Line | None]:
    """As `read`, from the bytes of a file."""
    raw = content.removeprefix(BOM).split(b"\n")
    return {number: _line(text) for number, text in enumerate(raw, start=1) if text.strip()}


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


def _ends_cleanly(file) -> bool:
    if file.seek(0, os.SEEK_END) == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _line(text: bytes) -> Line | None:
    try:
        line = Line.from_json(text.decode())
        line.to_json().encode()  # half a character (\\ud800) would stop the tables later
        return line
    except (ValueError, RecursionError, OverflowError):
        return None


def _is_duration(seconds: object) -> bool:
    """Whether these are seconds that somebody may have spent, or none are known."""
    is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    return seconds is None or (is_number and 0 <= seconds <= MOST_SECONDS)


def _plain(value: object) -> object:
    """What JSON does not know: sets, numpy's numbers, dates, frames."""
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, date):
        return value.isoformat()
    for convert in ("tolist", "to_dict"):
        if hasattr(value, convert):
            return getattr(value, convert)()
    return str(value)
