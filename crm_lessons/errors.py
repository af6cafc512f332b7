"""Errors that say what is wrong, where, and what to do, in the language in use.

An error carries a key of ``wording/errors.yaml`` and the values of its placeholders; the sentence
is made when the error is read, so the same error reads well in Chinese and in English.
"""

import errno
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from crm_lessons import wording

# Signs that a terminal obeys instead of showing: control characters, directions of writing.
_UNSEEN = re.compile(
    "[\x00-\t\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff]"
)

LONGEST = 1_500  # letters of one value in a message


def visible(text: str) -> str:
    r"""A text that does nothing to a terminal: signs that nobody would see are written out.

    >>> visible("\x1b[31mred")
    '\\x1b[31mred'
    """
    return _UNSEEN.sub(lambda sign: ascii(sign[0])[1:-1], text)


class Reason:
    """Why the system refused something: in the language in use, as the errors that hold it.

    What ``wording/reasons.yaml`` has no words for is told in the system's own.
    """

    def __init__(self, error: OSError) -> None:
        self.name = errno.errorcode.get(error.errno or 0, "")
        self.told = error.strerror or str(error)

    def __str__(self) -> str:
        key = f"reasons.{self.name}"
        return wording.text(key) if wording.has(key) else self.told


class InWords:
    """Words that are put together when they are read, in the language in use then."""

    def __init__(self, tell: Callable[[], str]) -> None:
        self.tell = tell

    def __str__(self) -> str:
        return self.tell()


def told(key: str, values: Mapping[str, object]) -> str:
    """A text with values from outside in it: of a length, and with signs, that a terminal bears."""
    return visible(wording.text(key, **{name: _cut(value) for name, value in values.items()}))


def _cut(value: object) -> object:
    """A text as a message can hold it."""
    is_long = isinstance(value, str) and len(value) > LONGEST
    return f"{value[:LONGEST]}…" if is_long else value


class CrmError(Exception):
    """Anything a person can mend: bad input, a wrong parameter, a missing file."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return told(f"errors.{self.key}", self.values)

    def _render_traceback_(self) -> list[str]:
        # IPython asks for this: a learner sees the sentence, not our stack.
        return [str(self)]


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a table: where it stands and, by key, what it is and what to do.

    ``row`` is the row a spreadsheet would show (the heading is row 1); None is the whole file.
    ``shown``: what a sentence shows of a value of the file, such as without personal data.
    """

    key: str
    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    more: dict[str, object] = field(default_factory=dict)
    shown: Callable[[str], str] = str

    @property
    def values(self) -> dict[str, object]:
        """What was found there, as a sentence shows it."""
        found = {"value": self.value, **self.more}
        return {n: self.shown(v) if isinstance(v, str) else v for n, v in found.items()}

    def __str__(self) -> str:
        told = dict(file=self.file, row=self.row, column=self.column, **self.values)
        where = "fault_at_cell" if self.row is not None else "fault_in_file"
        what = wording.text(f"faults.{self.key}", **told)
        return wording.text(f"faults.{where}", what=what, **told)


class DataFaults(CrmError):
    """All faults of a table at once. ``total`` counts them; ``faults`` may hold the first ones.

    ``parameter``: the one that named the file, where that is not the first of a report.
    """

    parameter = ""

    def __init__(
        self, faults: Iterable[Fault], total: int | None = None, *, key: str = "data_faults"
    ) -> None:
        self.faults = list(faults)
        self.total = len(self.faults) if total is None else total
        super().__init__(key, total=self.total)

    def __str__(self) -> str:
        lines = [super().__str__(), *(f"- {fault}" for fault in self.faults)]
        if self.total > len(self.faults):
            left = self.total - len(self.faults)
            lines.append(wording.text("errors.more_faults", left=left))
        if self.parameter:
            lines.append(wording.text("errors.ways_of_further", parameter=self.parameter))
        return visible("\n".join(lines))


@contextmanager
def of_parameter(name: str) -> Iterator[None]:
    """Faults say that what they advise bears the name of the parameter that named the file.

    >>> with wording.using("en"), of_parameter("cases"):
    ...     raise DataFaults([])
    Traceback (most recent call last):
    ...
    crm_lessons.errors.DataFaults: ...
    """
    try:
        yield
    except DataFaults as error:
        error.parameter = name
        raise
