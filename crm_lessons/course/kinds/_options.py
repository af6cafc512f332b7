"""Kinds of answer that choose: one option, several, or all of them in order."""

from collections.abc import Iterable

from crm_lessons import wording
from crm_lessons.course import _answers
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Item


class Choice:
    """One of the options, by its id, its label, or its letter (A, B, C in the order shown)."""

    def read(self, raw: object, item: Item) -> tuple[str, ...]:
        return (_option(raw, item),)

    def wanted(self, value: object, item: Item) -> str:
        return str(value)

    def same(self, given: object, wanted: object, item: Item) -> bool:
        return given == wanted

    def mistake(self, given: str, wanted: str, item: Item) -> str | None:
        return given

    def show(self, wanted: str, item: Item) -> str:
        return str(item.options[wanted].label)


class Choices(Choice):
    """Several of the options; a wrong one is met with its own advice, then what is missing."""

    def read(self, raw: object, item: Item) -> tuple[frozenset[str], ...]:
        return (frozenset(_option(part, item) for part in _parts(raw, item)),)

    def wanted(self, value: Iterable[str], item: Item) -> frozenset[str]:
        return frozenset(value)

    def mistake(self, given: frozenset, wanted: frozenset, item: Item) -> str | None:
        wrongly = [option for option in item.options if option in given - wanted]
        return wrongly[0] if wrongly else "too_few"

    def show(self, wanted: Iterable[str], item: Item) -> str:
        chosen = [str(o.label) for o in item.options.values() if o.id in wanted]
        return wording.text("course.between").join(chosen)


class Order(Choice):
    """All options in the right order, as ids, labels or letters (``CABD``)."""

    def read(self, raw: object, item: Item) -> tuple[tuple[str, ...], ...]:
        given = tuple(_option(part, item) for part in _parts(raw, item))
        if sorted(given) != sorted(item.options):
            raise Unreadable("steps", steps=len(item.options))
        return (given,)

    def wanted(self, value: Iterable[str], item: Item) -> tuple[str, ...]:
        return tuple(value)

    def mistake(self, given: tuple, wanted: tuple, item: Item) -> str | None:
        if given == wanted[::-1]:
            return "reversed"
        wrong = [place for place, step in enumerate(wanted) if given[place] != step]
        return "neighbours" if len(wrong) == 2 and wrong[1] - wrong[0] == 1 else None

    def show(self, wanted: tuple[str, ...], item: Item) -> str:
        return wording.text("course.then").join(str(item.options[step].label) for step in wanted)


def _option(raw: object, item: Item) -> str:
    found = _find(raw, item)
    if found is None:
        raise Unreadable("option", last=chr(ord("A") + len(item.options) - 1))
    return found


def _find(raw: object, item: Item) -> str | None:
    given = _answers.tidy(str(raw)).rstrip(".、:)").strip().lower()
    for option in item.options.values():
        labels = (option.id, option.label.zh, option.label.en)
        if given in (_answers.tidy(label).lower() for label in labels):
            return option.id
    letters = dict(zip("abcdefghijklmnopqrstuvwxyz", item.options, strict=False))
    return letters.get(given)


def _parts(raw: object, item: Item) -> Iterable[object]:
    """The options in one answer: a list, parted text, or letters run together (ACD)."""
    if not isinstance(raw, str):
        return raw if isinstance(raw, Iterable) else [raw]
    if _find(raw, item):
        return [raw]
    parts = _answers.pieces(raw)
    letters = _answers.tidy(raw)
    run_together = len(parts) == 1 and letters.isascii() and letters.isalpha()
    return list(letters) if run_together else parts
