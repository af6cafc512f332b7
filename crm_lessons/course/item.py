"""What an exercise is: its texts in both languages, its options or figures, its tolerance."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from crm_lessons import wording


@dataclass(frozen=True)
class Text:
    """A text in both languages; ``str()`` gives the one in use."""

    zh: str
    en: str

    def __str__(self) -> str:
        return getattr(self, wording.language())


@dataclass(frozen=True)
class Option:
    """Something to choose, or a step to put in order, with the advice for who chooses it.

    ``needs`` are the steps that must come before it.
    """

    id: str
    label: Text
    advice: Text | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tolerance:
    """How far an answer may be off: ``absolute`` in the item's unit (shares: 0.005 is half a
    percentage point), ``relative`` as a part of the right answer. The bound itself is accepted."""

    absolute: float = 0.0
    relative: float = 0.0

    def allows(self, given: float, wanted: float) -> bool:
        """Whether ``given`` counts as ``wanted``.

        >>> Tolerance(absolute=0.005).allows(0.755, 0.75), Tolerance().allows(89, 90)
        (True, False)
        """
        # The slack is for floating point, far below anything a person could type.
        slack = 1e-9 * max(1.0, abs(wanted))
        return abs(given - wanted) <= max(self.absolute, self.relative * abs(wanted)) + slack

    def wider(self, times: float) -> "Tolerance":
        """A tolerance so many times as wide."""
        return Tolerance(self.absolute * times, self.relative * times)


@dataclass(frozen=True)
class Figure:
    """A figure to fill in: the box of a number item or a column of a table item."""

    kind: str
    unit: Text
    tolerance: Tolerance
    title: Text | None = None


@dataclass(frozen=True)
class Item:
    """One exercise or quiz question. ``name`` is ``20_ours.first_question``; ``group`` is the
    part it stands in (``decisions`` or ``quiz``). ``input`` says that a share is asked with a
    slider on a chart: ``slider``, or ``guess``, which is answered with the chart itself.
    ``deeper`` is what stands beside the core path, ``in_sight`` what is to be read off what stands
    above, ``ledger`` what a ledger to work at holds at first, ``rubric`` the model answer and the
    points of an open question. For the instructor: a short
    ``title``, how to ``respond``, the ``names`` of mistakes."""

    lesson: str
    id: str
    group: str
    kind: str
    question: Text
    hints: tuple[Text, ...]
    solution: Text
    figure: Figure | None = None
    options: Mapping[str, Option] = field(default_factory=dict)
    rows: Mapping[str, Text] = field(default_factory=dict)
    columns: Mapping[str, Figure] = field(default_factory=dict)
    mistakes: Mapping[str, Text] = field(default_factory=dict)
    answer: object = None
    input: str = ""
    deeper: bool = False
    in_sight: bool = False
    title: Text | None = None
    respond: Text | None = None
    names: Mapping[str, Text] = field(default_factory=dict)
    ledger: Mapping = field(default_factory=dict)
    rubric: Mapping = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.lesson}.{self.id}"

    @property
    def is_guess(self) -> bool:
        """Whether it is met with the solution: a guess is done once given, never right or wrong."""
        return self.input == "guess"

    @property
    def wrong_options(self) -> list[str]:
        """The options that stand for a mistake (for choices with a fixed answer)."""
        right = self.answer if isinstance(self.answer, list) else [self.answer]
        return [option for option in self.options if option not in right]
