"""What went wrong in a cell, and the shape of a rule that recognises one kind of mistake.

A rule is an exception class, a pattern for its message and a key of ``wording/beginners.yaml``.
The text's first line says what happened, the rest what to do; code stands between backticks.
"""

import ast
import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType

from crm_lessons import wording


@dataclass(frozen=True)
class Scene:
    """What is known besides the cell: the kernel's names, and the notebook's earlier cells."""

    namespace: Mapping[str, object] = field(default_factory=dict)
    earlier: Sequence[str] = ()


@dataclass(frozen=True)
class Mistake:
    """An exception, the cell it came from, and the scene."""

    etype: type[BaseException]
    evalue: BaseException
    source: str
    scene: Scene = field(default_factory=Scene)

    @property
    def message(self) -> str:
        """The text of the exception; of a SyntaxError only its message, without the place."""
        if isinstance(self.evalue, SyntaxError):
            return str(self.evalue.msg)
        return str(self.evalue)

    @property
    def row(self) -> int | None:
        """The line of the cell, from 1; None when the error has no place in it."""
        if isinstance(self.evalue, SyntaxError):
            return self.evalue.lineno
        frames = [frame for frame in _frames(self.evalue.__traceback__) if _of_a_cell(frame)]
        return frames[-1].tb_lineno if frames else None

    @property
    def line(self) -> str:
        """The faulty line as typed; empty when it is not known."""
        lines = self.source.splitlines()
        return lines[self.row - 1] if self.row and self.row <= len(lines) else ""

    @property
    def in_the_cell(self) -> bool:
        """Whether the cell itself failed, not a function of some package that it called."""
        frames = list(_frames(self.evalue.__traceback__))
        return not frames or _of_a_cell(frames[-1])


def _frames(tb: TracebackType | None) -> Iterable[TracebackType]:
    while tb is not None:
        yield tb
        tb = tb.tb_next


def _of_a_cell(frame: TracebackType) -> bool:
    # Cells run in the module __main__; everything imported has a name of its own.
    return frame.tb_frame.f_globals.get("__name__") == "__main__"


Details = Callable[[Mistake, re.Match[str]], dict[str, object] | None]
Mend = Callable[[str], str]


def _named_groups(mistake: Mistake, found: re.Match[str]) -> dict[str, object]:
    return found.groupdict()


@dataclass(frozen=True)
class Rule:
    """One kind of mistake.

    ``details`` fills the placeholders of the text (by default the named groups of the pattern), or
    answers None when the rule does not apply after all. ``mends`` rewrite the faulty line; the
    first result that Python can read is shown.
    """

    key: str
    of: type[BaseException]
    pattern: str = ""
    details: Details = _named_groups
    mends: tuple[Mend, ...] = ()

    def advise(self, mistake: Mistake) -> str | None:
        """The advice in the language in use, or None if this is another kind of mistake."""
        found = re.search(self.pattern, mistake.message)
        if found is None or not issubclass(mistake.etype, self.of):
            return None
        values = self.details(mistake, found)
        if values is None:
            return None
        advice = wording.text(f"beginners.{self.key}", row=mistake.row, **values)
        better = _mended(mistake, self.mends)
        return f"{advice}\n{wording.text('beginners.better', line=better)}" if better else advice


def first_advice(rules: Iterable[Rule], mistake: Mistake) -> str | None:
    """What the first rule that applies has to say."""
    answers = (rule.advise(mistake) for rule in rules)
    return next((answer for answer in answers if answer is not None), None)


def _mended(mistake: Mistake, mends: Iterable[Mend]) -> str | None:
    if not mistake.line:
        return None
    for mend in mends:
        better = mend(mistake.line)
        if better != mistake.line and _readable(mistake, better):
            return better.strip()
    return None


def _readable(mistake: Mistake, better: str) -> bool:
    """Whether Python gets past the line once it is replaced; later lines may be faulty too."""
    lines = mistake.source.splitlines()
    lines[mistake.row - 1] = better
    try:
        ast.parse("\n".join(lines))
    except SyntaxError as error:
        return (error.lineno or 0) > mistake.row
    return True


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant; upper and lower case count as the same.

    >>> nearest("Amont", ["amount", "profit"])
    'amount'
    """
    by_lower = {str(candidate).lower(): str(candidate) for candidate in known}
    close = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.7)
    return by_lower[close[0]] if close else None
