"""How a class is doing just now: where people are, first tries, the commonest mistakes.

Without names it says nothing of anybody: counts only, and of mistakes those that a lesson knows,
not what was typed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from crm_lessons.course import exercise, guide
from crm_lessons.course._line import ANSWER, PASSED, SOLUTION
from crm_lessons.course.item import Item
from crm_lessons.course.results import Line
from crm_lessons.page.sheet import Sheet

COMMONEST = 5
JUDGED = ("correct", "not_yet")

Lines = Mapping[str, Sequence[Line]]  # by member


def of_lesson(sheet: Sheet, lines: Lines) -> dict[str, object]:
    """Counts of a lesson in the language in use; ``lines`` are those of this lesson by member."""
    items = exercise.load(sheet.lesson)
    core, deeper = ([i for i in sheet.asks(deeper=d) if i in items] for d in (False, True))
    standing = {who: progress(sheet, items, told) for who, told in lines.items()}
    at = Counter(int(str(one["part"])) for one in standing.values())
    parts = [
        {"title": part["title"], "people": at[place]} for place, part in enumerate(sheet.parts())
    ]
    return {
        "lesson": sheet.lesson,
        "title": sheet.title,
        "people": len(standing),
        "finished": sum(one["done"] == len(core) for one in standing.values()),
        "parts": parts,
        "questions": [_question(items[name], _of(name, lines)) for name in [*core, *deeper]],
        "mistakes": _mistakes(items, lines),
    }


def progress(sheet: Sheet, items: Mapping[str, Item], lines: Iterable[Line]) -> dict[str, object]:
    """How far one member is: questions of the core path done and right, deeper ones done, the part
    they are at."""
    lines = list(lines)
    right = {line.item for line in lines if line.outcome == "correct"}
    seen = {line.item for line in lines if line.action in (SOLUTION, PASSED)}
    guesses = {name for name, item in items.items() if item.is_guess}
    guessed = {line.item for line in lines if line.action == ANSWER} & guesses
    over, core = right | seen | guessed, set(sheet.asks(deeper=False))
    done = over & core
    block = sheet.visible(lambda item: item in over or item not in items) - 1
    parts = sheet.parts()
    part = max((n for n, one in enumerate(parts) if int(str(one["block"])) <= block), default=0)
    last = max((line.moment for line in lines), default=None)
    return {
        "done": len(done),
        "right": len((right - guesses) & core),
        "judged": len(core - guesses),
        "asked": len(core),
        "deeper": len(over & set(sheet.asks(deeper=True))),
        "part": part,
        "last": last.timestamp() if last else None,
    }


def _of(item: str, lines: Lines) -> list[list[Line]]:
    """What each member did at an item, of those who did anything."""
    found = ([line for line in told if line.item == item] for told in lines.values())
    return [told for told in found if told]


def _question(item: Item, told: list[list[Line]]) -> dict[str, object]:
    tries = [[n for n in one if n.action == ANSWER and n.outcome in JUDGED] for one in told]
    tries = [one for one in tries if one]
    guess = item.is_guess
    return {
        "item": item.id,
        "title": guide.title(item),
        "guess": guess,
        "tried": len(tries),
        "first": None if guess else sum(one[0].outcome == "correct" for one in tries),
        "right": None if guess else sum(any(n.outcome == "correct" for n in one) for one in tries),
        "passed": sum(any(n.action == PASSED for n in one) for one in told),
    }


def _mistakes(items: Mapping[str, Item], lines: Lines) -> list[dict[str, object]]:
    """The mistakes that most people made, each person counted once."""
    made: Counter[tuple[str, str]] = Counter()
    for told in lines.values():
        made.update({(n.item, n.mistake) for n in told if n.outcome == "not_yet" and n.mistake})
    known = [(pair, n) for pair, n in made.most_common() if pair[0] in items]
    return [
        {
            "title": guide.title(items[item]),
            "mistake": guide.mistake_told(items[item], what),
            "people": n,
        }
        for (item, what), n in known[:COMMONEST]
    ]
