"""An open question: write freely, then compare with a model answer, point by point.

The entry's ``rubric`` holds a ``model`` answer and ``points``, each with words by which it may be
found in what was written. What is found is a proposal; whoever wrote decides on each point.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from crm_lessons import wording
from crm_lessons.course._answers import Unreadable
from crm_lessons.course._outcome import COMPARE
from crm_lessons.course.item import Item
from crm_lessons.course.kinds import _entry
from crm_lessons.course.kinds._form import WRITING, Form
from crm_lessons.course.kinds._kind import Computed, Kind

SHORTEST = 6  # letters and signs, a Chinese one counting as two letters


@dataclass(frozen=True)
class OpenAnswer:
    """What was written, the points ``found`` in it, and those ``decided`` on (None: not yet)."""

    text: str
    found: frozenset[str]
    decided: frozenset[str] | None = None


class Open(Kind):
    """Free text that its writer compares with a rubric: done once each point was decided on.

    A known wrong answer is ``{"found": [points]}``: a text in which just these are found.
    """

    name = "open"
    keys = frozenset({"rubric"})
    fixed = True

    def prose(self, text: str) -> str:
        """The part of a text that its writer wrote."""
        return text.strip()

    def read(self, raw: object, item: Item) -> tuple[OpenAnswer, ...]:
        told = raw if isinstance(raw, Mapping) else {"text": raw}
        text = told.get("text")
        if not isinstance(text, str) or _letters(self.prose(text)) < SHORTEST:
            raise Unreadable("open")
        decided = told.get("points")
        if decided is not None:
            decided = _known(decided, item)
        return (OpenAnswer(text.strip(), found(self.prose(text), item), decided),)

    def wanted(self, value: object, item: Item) -> OpenAnswer:
        if isinstance(value, Mapping):
            text = _text_of(value["found"], item)
            return OpenAnswer(text, found(text, item))
        points = _known(value, item)
        return OpenAnswer(_model(item), found(_model(item), item), points)

    def same(self, given: OpenAnswer, wanted: OpenAnswer, item: Item) -> bool:
        """Any decision on the points is as good as any other; before it, what was found counts."""
        if given.decided is None and wanted.decided is None:
            return given.found == wanted.found
        return given.decided is not None and wanted.decided is not None

    def recognised(self, given: OpenAnswer, wrong: OpenAnswer, item: Item) -> bool:
        return given.decided is None and given.found == wrong.found

    def mistake(self, given: OpenAnswer, wanted: OpenAnswer, item: Item) -> str | None:
        return COMPARE

    def praise(self, wanted: OpenAnswer, item: Item) -> str:
        return wording.text("kinds.open_praise")

    def show(self, wanted: OpenAnswer, item: Item, offered: pd.DataFrame | None = None) -> str:
        """The text, and the points that were decided on or else found."""
        ticked = wanted.found if wanted.decided is None else wanted.decided
        points = [str(told) for key, told in _points(item).items() if key in ticked]
        told = wording.text("kinds.open_between").join(points) or wording.text("kinds.nobody")
        return wording.text("kinds.open_answer", text=wanted.text, points=told)

    def given(self, wanted: OpenAnswer, item: Item) -> dict[str, object]:
        points = None if wanted.decided is None else sorted(wanted.decided)
        return {"text": wanted.text, "points": points}

    def form(self, item: Item, offered: pd.DataFrame | None = None) -> Form:
        return Form(WRITING, wording.text("kinds.write_open"))

    def filled(self, raw: object, item: Item) -> dict[str, object] | None:
        try:
            return None if raw is None else self.given(self.read(raw, item)[0], item)
        except Unreadable:
            return None

    def compared(self, raw: object, item: Item) -> dict[str, object]:
        """What to compare with once something was written: ``model``, and ``points`` with whether
        each was ``found`` and is ``ticked``."""
        try:
            given = self.read(raw, item)[0]
        except Unreadable:
            return {}
        ticked = given.found if given.decided is None else given.decided
        points = [
            {"id": key, "label": str(told), "found": key in given.found, "ticked": key in ticked}
            for key, told in _points(item).items()
        ]
        return {"model": _model(item), "points": points, "decided": given.decided is not None}

    def as_typed(self, raw: object, item: Item) -> str:
        try:
            return self.show(self.read(raw, item)[0], item)
        except Unreadable as told:
            return str(told)

    def in_a_cell(self, answer: str, item: Item, between: str) -> str:
        return ""  # a text has a table of its own, where personal data are masked

    def problems(self, entry: Mapping, computed: Computed) -> Iterator[str]:
        told = entry.get("rubric")
        if not isinstance(told, Mapping) or not {"model", "points"} <= set(told):
            yield _entry.said("rubric_needs")
            return
        yield from _entry.text_problems(told["model"], "model")
        for key, point in told["points"].items():
            yield from _entry.text_problems(point, "point", name=key)
            if not (point.get("terms") or []):
                yield _entry.said("point_without_terms", point=key)


def found(text: str, item: Item) -> frozenset[str]:
    """The points of whose words some stand in a text, in either language.

    A word in Latin letters is found at the beginning of words, so that "keep" finds "keeping".
    """
    plain = _plain(text)
    return frozenset(
        key
        for key, point in item.rubric["points"].items()
        if any(_stands(_plain(term), plain) for term in point["terms"])
    )


def _letters(text: str) -> int:
    return len(text.encode("gb18030", "replace"))


def _stands(term: str, text: str) -> bool:
    if term.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(term)}", text) is not None
    return term in text


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _known(points: object, item: Item) -> frozenset[str]:
    """Points by their ids; what is no point is passed over."""
    told = [points] if isinstance(points, str) else points
    there = told if isinstance(told, list | tuple | set | frozenset) else []
    return frozenset(set(map(str, there)) & set(item.rubric["points"]))


def _points(item: Item) -> dict[str, str]:
    language = wording.language()
    return {key: point[language] for key, point in item.rubric["points"].items()}


def _model(item: Item) -> str:
    return str(item.rubric["model"][wording.language()])


def _text_of(points: object, item: Item) -> str:
    """A text in which just these points are found: the first word of each, three times."""
    terms = [item.rubric["points"][key]["terms"][0] for key in points]
    return wording.text("kinds.open_between").join(terms * 3)
