"""What a slide is: a title, and lines, a picture or a table below it; plain data, nothing drawn."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Run:
    """Words in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph; ``mark`` stands before it: a bullet, a number, a box to tick."""

    runs: tuple[Run, ...]
    mark: str = ""

    @property
    def text(self) -> str:
        """The paragraph without its weights."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Picture:
    """A PNG with the sentence that describes it, and its size in pixels."""

    png: bytes
    alt: str
    width: int
    height: int


@dataclass
class Slide:
    """``worth`` says which slides stay when there are too many: the more, the sooner."""

    title: str
    worth: int
    lines: list[Line] = field(default_factory=list)
    picture: Picture | None = None
    table: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_title: bool = False
    is_question: bool = False

    @property
    def is_said(self) -> bool:
        """Whether it holds computed sentences and nothing else yet."""
        return self.worth == SAID


# What is worth how much where room is scarce.
TITLE, KEPT, QUESTION, ANSWER, CHART, TABLE, PROSE, SAID, ASIDE, FIGURES = (
    100,  # the first slide
    95,  # what is to be remembered: a numbered list
    90,  # a question
    85,  # its chart with the answer
    80,  # a chart
    60,  # a table that was written
    50,  # what a part is about
    45,  # computed sentences alone
    40,  # the same of a part of a part
    30,  # a table that was computed
)
