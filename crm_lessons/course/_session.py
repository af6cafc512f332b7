"""One trainee at work on one lesson: who, on which data, what was answered, hinted and shown.

Forms, plain functions and answers from a file all come here, so all write the same lines.
"""

import copy
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from crm_lessons import writing
from crm_lessons.course import _answers, _checking, _registry, exercise, nickname, results
from crm_lessons.course._outcome import CORRECT, Outcome
from crm_lessons.course.item import Item
from crm_lessons.course.results import ANSWER, HINT, PASSED, SOLUTION, Line, Results
from crm_lessons.errors import CrmError, Reason
from crm_lessons.lacking import is_lacking

SIGNED_IN, WRITTEN = "signed_in", "written"


class Session:
    """``clock`` counts seconds; a test passes its own."""

    def __init__(
        self, lesson: str, *, language: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.lesson = lesson
        self.language = language
        self.nickname = ""
        self.fingerprint = ""
        self.data: dict[str, object] = {}
        self.words: dict[str, object] = {}  # of codes of the data at hand, by column
        self.supplied: dict[str, object] = {}
        self._lacking: set[str] = set()
        self._clock = clock
        self._since: dict[str, float] = {}
        self._watchers: dict[tuple[str, str], Callable[[], None]] = {}

    @property
    def items(self) -> Mapping[str, Item]:
        """The items of the lesson by id, decisions first."""
        return exercise.load(self.lesson)

    @property
    def results(self) -> Results:
        """The trainee's file; CrmError while there is no nickname."""
        told = {"fingerprint": self.fingerprint, "language": self.language}
        return Results(self.nickname, self.lesson, **told)

    def use(self, **data: object) -> None:
        """Bind copies of what the answers are computed from; what is None is not bound."""
        there = {name: value for name, value in data.items() if not is_lacking(value)}
        self._lacking = (self._lacking - there.keys()) | (data.keys() - there.keys())
        bound = {name: value for name, value in there.items() if value is not None}
        self.data |= copy.deepcopy(bound)

    def lacks(self, item: Item) -> bool:
        """Whether an exercise needs something that these data are declared to lack."""
        return not self._lacking.isdisjoint(_registry.needs(item.name))

    def sign_in(self, name: str, *, remember: bool = False) -> None:
        """Work under this nickname from now on."""
        results.file_name(name)  # refuses an empty one
        if len(name) > results.LONGEST_TEXT:
            raise CrmError("nickname_too_long", bound=results.LONGEST_TEXT)
        self.nickname = name.strip()
        if remember:
            nickname.remember(self.nickname)
        self._tell(SIGNED_IN)
        self._tell(WRITTEN)

    def supply(self, path: str) -> None:
        """Take answers from a JSON file: ``{item: answer}``."""
        try:
            told = json.loads(writing.ordinary(Path(path)).read_text(encoding="utf-8-sig"))
        except FileNotFoundError as error:
            raise CrmError("file_not_found", path=path) from error
        except OSError as error:
            raise CrmError("file_not_readable", path=path, reason=Reason(error)) from error
        except (ValueError, RecursionError) as error:
            raise CrmError("answers_unreadable", path=path) from error
        if not isinstance(told, dict):
            raise CrmError("answers_unreadable", path=path)
        unknown = sorted(set(told) - set(self.items))
        if unknown:
            known = ", ".join(self.items)
            raise CrmError("answers_unknown_item", names=", ".join(unknown), known=known)
        self.supplied = told

    def shown(self, item: Item) -> None:
        """The question is on the screen: from now on the time counts."""
        self._since[item.id] = self._clock()

    def attempt(self, item: Item, raw: object) -> Outcome:
        """Check an answer and note it; nothing is noted while nothing was attempted."""
        outcome = _checking.check(item, raw, self.data)
        if not _answers.is_empty(raw):
            self.results.answered(item.id, _answers.kept(raw), outcome, seconds=self._seconds(item))
            self.shown(item)
            self._tell(WRITTEN)
        return outcome

    def hint(self, item: Item) -> None:
        """Show one more hint."""
        if len(self.hints(item)) < len(item.hints):
            self.results.hinted(item.id, seconds=self._seconds(item))
            self._tell(WRITTEN)

    def hints(self, item: Item) -> list[str]:
        """The hints seen up to now."""
        seen = sum(line.action == HINT for line in self.lines(item))
        return [str(hint) for hint in item.hints[:seen]]

    def solve(self, item: Item) -> None:
        """Show the solution."""
        self.results.solved(item.id, seconds=self._seconds(item))
        self._tell(WRITTEN)

    def solved(self, item: Item) -> bool:
        """Whether the solution was shown."""
        return any(line.action == SOLUTION for line in self.lines(item))

    def pass_over(self, item: Item) -> None:
        """Go on without an answer."""
        self.results.passed(item.id, seconds=self._seconds(item))
        self._tell(WRITTEN)

    def done(self, item: Item) -> bool:
        """Whether what follows may be seen: answered right, guessed, solved or passed over."""
        if item.is_guess and self.tries(item):
            return True
        seen = (SOLUTION, PASSED)
        return self.correct(item) or any(line.action in seen for line in self.lines(item))

    def last(self, item: Item) -> tuple[object, Outcome] | None:
        """The last answer on these data, as given, and what comes of it now."""
        given = self.tries(item)
        return (
            (given[-1].answer, _checking.check(item, given[-1].answer, self.data))
            if given
            else None
        )

    def tries(self, item: Item) -> list[Line]:
        """The answers on these data."""
        return [line for line in self.lines(item) if line.action == ANSWER]

    def correct(self, item: Item) -> bool:
        """Whether it was ever answered right: once right stays right."""
        return any(line.outcome == CORRECT for line in self.tries(item))

    def lines(self, item: Item) -> list[Line]:
        """What the trainee did at an item. An answer computed from other data does not count."""
        if not self.nickname:
            return []
        mine = [line for line in self.results.lines() if line.item == item.id]
        return self.on_these_data(item, mine)

    def on_these_data(self, item: Item, lines: list[Line]) -> list[Line]:
        """Those of the lines that count here: an answer that is computed, on the same data."""
        if _registry.expected(item.name) is None:
            return lines
        return [line for line in lines if line.fingerprint == self.fingerprint]

    def watch(self, event: str, who: str, call: Callable[[], None]) -> None:
        """Call a form when somebody signed in, or a line was written; one call for each name."""
        self._watchers[event, who] = call

    def _tell(self, event: str) -> None:
        # The box for the name stands first and is told last: whoever is greeted by it may type,
        # for no question is drawn anew after that.
        for (wanted, _), call in reversed(self._watchers.copy().items()):
            if wanted == event:
                call()

    def _seconds(self, item: Item) -> float | None:
        since = self._since.get(item.id)
        return None if since is None else self._clock() - since
