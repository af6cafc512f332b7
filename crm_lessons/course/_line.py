"""One line of a result file: what a trainee did, and what came of it."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from crm_lessons.course._outcome import CANNOT_CHECK, CORRECT, NOT_YET

SCHEMA = 2  # 1 knew neither `PASSED` nor ``id``
ANSWER, HINT, SOLUTION, PASSED = ACTIONS = ("answer", "hint", "solution", "passed")
WRITTEN = (CORRECT, NOT_YET, CANNOT_CHECK)

# What a damaged line may not bring into the tables of a class.
LONGEST_TEXT, MOST_HINTS, MOST_SECONDS, YEARS = 1_000, 10_000, 10_000_000, range(1990, 2200)
_DAY_AND_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


@dataclass(frozen=True)
class Line:
    """One action. ``seconds`` is the time since the question was shown or last answered, if known;
    ``hints`` counts the hints seen for this item up to now; ``time`` is ISO 8601 with its zone.
    ``id`` is given by the page that sent it, so that what is sent twice counts once."""

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
    id: str = ""
    schema: int = SCHEMA

    def __post_init__(self) -> None:
        """Refuse what `Results` never writes; a damaged or foreign line ends here."""
        texts = (self.nickname, self.lesson, self.item, self.time)
        if not all(isinstance(text, str) and text.strip() for text in texts):
            raise ValueError("nickname, lesson, item and time are texts")
        if not all(
            isinstance(t, str)
            for t in (self.mistake or "", self.fingerprint, self.language, self.id)
        ):
            raise ValueError("mistake, fingerprint, language and id are texts")
        if self.action not in ACTIONS or (self.action == ANSWER) != (self.outcome in WRITTEN):
            raise ValueError("an answer has an outcome, any other action has none")
        if type(self.schema) is not int or not 1 <= self.schema <= SCHEMA:
            raise ValueError(f"schema {self.schema!r} is not known here")
        if any(
            len(text) > LONGEST_TEXT
            for text in (*texts, self.mistake or "", self.fingerprint, self.id)
        ):
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
