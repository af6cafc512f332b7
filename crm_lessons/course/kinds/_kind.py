"""What every kind of question can do; a kind is one class in a module of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from crm_lessons import wording
from crm_lessons.course.item import Item
from crm_lessons.course.kinds._form import Form

KINDS: dict[str, "Kind"] = {}
NOBODY = "none"


@dataclass(frozen=True)
class Computed:
    """What the lesson's Python computes for an exercise, for its completeness."""

    right: bool = False
    wrong: frozenset[str] = frozenset()
    offered: bool = False
    drawn: bool = False


class Kind:
    """A kind of question. A class with a ``name`` is known from then on (`KINDS`).

    ``keys`` are the keys its entry in the YAML may have besides those of every exercise; ``fixed``
    says whether the right answer may stand there. A *reading* is an answer in the form in which it
    is compared. Texts of kinds are in ``wording/kinds.yaml``.
    """

    name = ""
    keys: frozenset[str] = frozenset()
    fixed = False

    def __init_subclass__(cls) -> None:
        if "name" in cls.__dict__:
            KINDS[cls.name] = cls()

    def read(self, raw: object, item: Item) -> tuple:
        """The possible readings of what was typed, the likeliest first; `Unreadable` if none."""
        raise NotImplementedError

    def wanted(self, value: object, item: Item) -> object:
        """A computed value as a reading."""
        raise NotImplementedError

    def same(self, given: object, wanted: object, item: Item) -> bool:
        """Whether an answer counts as the right one: equal within the item's tolerance."""
        return given == wanted

    def recognised(self, given: object, wrong: object, item: Item) -> bool:
        """Whether an answer is so near a known wrong one that its advice is true of it."""
        return self.same(given, wrong, item)

    def mistake(self, given: object, wanted: object, item: Item) -> str | None:
        """A mistake that belongs to the kind (``kinds.mistake_…``), or the wrong option chosen.

        It is named only where its advice is true of the answer.
        """
        return None

    def not_yet(self, given: object, wanted: object, item: Item) -> str:
        """Where to look again if no mistake was recognised."""
        return wording.text(f"kinds.not_yet_{self.name}")

    def praise(self, wanted: object, item: Item) -> str:
        """What is said of the right answer besides that it is right."""
        return ""

    def show(self, wanted: object, item: Item, offered: pd.DataFrame | None = None) -> str:
        """The right answer in words, for the solution."""
        raise NotImplementedError

    def given(self, wanted: object, item: Item) -> object:
        """A reading as a person would hand it in: the reverse of `read`."""
        raise NotImplementedError

    def form(self, item: Item, offered: pd.DataFrame | None = None) -> Form:
        """What there is to answer; ``offered`` is the table to choose from, if any."""
        raise NotImplementedError

    def filled(self, raw: object, item: Item) -> object:
        """An earlier answer as the form's control shows it; None where it cannot."""
        raise NotImplementedError

    def tried(self, raw: object, item: Item) -> dict[str, object]:
        """What a control of several acts shows after them, as plain data; nothing is noted."""
        return {}

    def compared(self, raw: object, item: Item) -> dict[str, object]:
        """What its writer is to hold an answer against, as plain data; mostly nothing."""
        return {}

    def as_typed(self, raw: object, item: Item) -> str:
        """An answer as a person reads it, where what was handed in is no text or list of texts."""
        return ""

    def in_a_cell(self, answer: str, item: Item, between: str) -> str:
        """An answer of the result files in a cell of the class's table, options in words."""
        parts = [part for part in answer.split(between) if part]
        known = item.options
        return between.join(str(known[part].label) if part in known else part for part in parts)

    def figures(self, wanted: object) -> list[float]:
        """The figures of the right answer, which a handout must not show."""
        return []

    def ids(self, wanted: object) -> list[str]:
        """The ids of the right answer, which a handout must not show."""
        return []

    def problems(self, entry: Mapping, computed: Computed) -> Iterator[str]:
        """What is missing or wrong in the part of an entry that belongs to the kind."""
        yield from ()

    def mistakes_known(self, entry: Mapping) -> int:
        """How many mistakes are recognised besides those under ``mistakes``."""
        return 0
