"""One learner in one lesson, as a page's server sees them: a session whose lines lie in a store."""

import dataclasses
import tempfile
from collections.abc import Iterable
from pathlib import Path

from crm_lessons.course import around, asking, take_home
from crm_lessons.course._session import Session
from crm_lessons.course.item import Item
from crm_lessons.course.results import Line, Results
from crm_lessons.page.checker import Checker

LONGEST_ID = 64  # letters of the number that a page gives to what it sends
LONGEST_SPENT = 86_400  # seconds: a page that was open overnight says nothing


class Recorded(Results):
    """Results whose lines are held here; what is new waits in ``fresh`` until it is stored."""

    def __init__(self, nickname: str, lesson: str, held: Iterable[Line], **told: str) -> None:
        super().__init__(nickname, lesson, folder=".", **told)
        self._held = [line for line in held if line.lesson == lesson]
        self._by_item: dict[str, list[Line]] = {}
        for line in self._held:
            self._by_item.setdefault(line.item, []).append(line)
        self.fresh: list[Line] = []
        self.submission = ""

    def lines(self) -> list[Line]:
        """All lines of this learner in this lesson."""
        return self._held

    def of(self, item: str) -> list[Line]:
        """Those of one question."""
        return self._by_item.get(item, [])

    def _keep(self, line: Line) -> Line:
        line = dataclasses.replace(line, id=self.submission)
        self._held.append(line)
        self._by_item.setdefault(line.item, []).append(line)
        self.fresh.append(line)
        return line


class Learner(Session):
    """A session on data that all share; ``recorded`` holds the learner's lines."""

    def __init__(self, checker: Checker, nickname: str, lines: Iterable[Line]) -> None:
        super().__init__(checker.lesson, language=checker.language)
        self.data, self.fingerprint = checker.data, checker.fingerprint
        self.words = checker.words
        self.nickname = nickname
        self._done: dict[tuple[str, int], bool] = {}
        self.spent: float | None = None  # seconds on the question, as the page tells it
        told = {"fingerprint": checker.fingerprint, "language": checker.language}
        self.recorded = Recorded(nickname, checker.lesson, lines, **told) if nickname else None

    @property
    def results(self) -> Results:
        """The learner's lines; CrmError while there is no name."""
        return self.recorded or super().results

    def knows(self, submission: str) -> bool:
        """Whether a submission of this number was taken already."""
        lines = self.recorded.lines() if self.recorded else []
        return bool(submission) and any(line.id == submission for line in lines)

    def lines(self, item: Item) -> list[Line]:
        """What this learner did at an item, on these data; found without reading all lines."""
        return self.on_these_data(item, self.recorded.of(item.id)) if self.recorded else []

    def is_done(self, item: str) -> bool:
        """Whether what follows a question may be seen; looked up once until there are new lines."""
        lines = len(self.recorded.of(item)) if self.recorded else 0
        if (item, lines) not in self._done:
            self._done[item, lines] = item not in self.items or self.done(self.items[item])
        return self._done[item, lines]

    def act(self, item: str, message: dict) -> dict[str, object]:
        """As `asking.act`; what was taken before is told again and not counted twice."""
        submission = str(message.get("id", ""))[:LONGEST_ID]
        if self.knows(submission):
            return self.standing(item)
        if self.recorded:
            self.recorded.submission = submission
        self.spent = _seconds(message.get("seconds"))
        told = {name: value for name, value in message.items() if name != "percent"}
        return asking.act(self, self.items[item], told)

    def _seconds(self, item: Item) -> float | None:
        return self.spent

    def standing(self, item: str) -> dict[str, object]:
        """How far this learner is at a question: as `asking.asked` tells it."""
        return asking.asked(self, self.items[item])

    def touched(self) -> set[str]:
        """The questions at which this learner did something."""
        return {line.item for line in self.recorded.lines()} if self.recorded else set()

    def revealed(self, item: str) -> bool:
        """Whether the chart of a slider may show what is asked for."""
        return asking.revealed(self, self.items[item])

    def summary(self) -> dict[str, object]:
        """What was answered, and how often; in the language in use."""
        return around.summary(self)

    def taken_along(self) -> tuple[str, bytes]:
        """The file to take along and what it is called, in the language in use."""
        with tempfile.TemporaryDirectory() as folder:
            made = take_home.workbook(self, Path(folder) / "made.xlsx")
            return take_home.name(self.lesson), made.read_bytes()


def _seconds(told: object) -> float | None:
    """What a page says of the time that somebody spent, if it can be."""
    is_number = isinstance(told, int | float) and not isinstance(told, bool)
    return float(told) if is_number and 0 <= told <= LONGEST_SPENT else None
