"""Reading which of the options is meant: by id, label, or letter in the order shown."""

from collections.abc import Iterable

from crm_lessons import wording
from crm_lessons.course import _answers
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Item
from crm_lessons.course.kinds._form import Entry

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def entries(item: Item) -> tuple[Entry, ...]:
    """The options as they stand in a form."""
    lettered = zip(LETTERS, item.options.values(), strict=False)
    return tuple(Entry(one.id, str(one.label), letter) for letter, one in lettered)


def option(raw: object, item: Item) -> str:
    """The id of the option that is meant; `Unreadable` if none is."""
    found = _find(raw, item)
    if found is None:
        raise Unreadable("option", last=LETTERS[len(item.options) - 1])
    return found


def options(raw: object, item: Item) -> tuple[str, ...]:
    """The options in one answer: a list, parted text, or letters run together (ACD)."""
    parts = _parts(raw, item)
    if not parts or len(parts) > 2 * len(LETTERS):
        raise Unreadable("option", last=LETTERS[len(item.options) - 1])
    return tuple(option(part, item) for part in parts)


def listed(chosen: Iterable[str], item: Item, between: str) -> str:
    """The labels of options in one line."""
    return wording.text(between).join(str(item.options[one].label) for one in chosen)


def _find(raw: object, item: Item) -> str | None:
    given = _answers.tidy(str(raw)).rstrip(".、:)").strip().lower()
    for one in item.options.values():
        labels = (one.id, one.label.zh, one.label.en)
        if given in (_answers.tidy(label).lower() for label in labels):
            return one.id
    return dict(zip(LETTERS.lower(), item.options, strict=False)).get(given)


def _parts(raw: object, item: Item) -> list[object]:
    if not isinstance(raw, str):
        return list(raw) if isinstance(raw, Iterable) else [raw]
    if _find(raw, item):
        return [raw]
    parts = _answers.pieces(raw)
    letters = _answers.tidy(raw)
    run_together = len(parts) == 1 and letters.isascii() and letters.isalpha()
    run_together = run_together and len(letters) <= len(LETTERS)
    return list(letters) if run_together else parts
