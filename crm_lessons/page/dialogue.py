"""A dialogue between a program and a person, described once for the terminal and for a page.

Whoever has questions gives a `Dialogue`: what `sheet` shows for the answers so far, and what `keep`
does with them in the end. A sheet is plain data. `crm_lessons.page.form` draws it in a browser, and
`crm_lessons.cli` asks its open questions one by one; neither knows what they are about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Protocol

Answers = Mapping[str, str]  # name of a question → the value chosen or typed


@dataclass(frozen=True)
class Choice:
    """One answer that may be chosen: its value, and how it reads."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """What is asked, with what a person needs to know for it.

    ``detail`` are examples or evidence, ``reason`` why the proposal is made. ``chosen``: the answer
    that holds, "" for none. ``free``: any text may be typed, and choices are proposals for it.
    ``needed``: the dialogue is not ready without an answer. ``likely``: the first choice is
    likelier than the others, and may be taken where nobody is asked.
    """

    name: str
    text: str
    choices: Sequence[Choice] = ()
    chosen: str = ""
    detail: str = ""
    reason: str = ""
    free: bool = False
    needed: bool = True
    likely: bool = True

    @property
    def is_open(self) -> bool:
        """Whether an answer is still to be given."""
        return self.needed and not self.chosen


@dataclass(frozen=True)
class Section:
    """Questions that belong together; ``quiet`` ones can be changed and need not be asked."""

    title: str
    questions: Sequence[Question]
    quiet: bool = False


@dataclass(frozen=True)
class Sheet:
    """What a person sees after some answers; the first open question comes next.

    ``problems`` no answer settles; ``told`` is what comes of the answers. Only a ``ready`` sheet
    can be kept.
    """

    title: str
    lead: str = ""
    sections: Sequence[Section] = ()
    problems: Sequence[str] = ()
    told: Sequence[str] = field(default=())
    ready: bool = False

    def as_data(self) -> dict[str, object]:
        """The sheet as JSON holds it."""
        return asdict(self)

    def open_questions(self) -> list[Question]:
        """The questions that still need an answer, in their order."""
        return [one for part in self.sections for one in part.questions if one.is_open]


class Dialogue(Protocol):
    """What has to be given; both methods may raise CrmError, and take the time they need."""

    def sheet(self, answers: Answers) -> Sheet:
        """What is to be seen after these answers; unknown names among them are passed over."""
        ...

    def keep(self, answers: Answers) -> str:
        """Write down what a ready sheet's answers come to; where, and what to do with it."""
        ...
