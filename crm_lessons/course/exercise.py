"""The exercises of a lesson: texts from YAML, computations from Python, under the same id.

A lesson's ``exercises.yaml`` maps, in its parts ``decisions`` and ``quiz``, an item's id to its
texts, zh and en together; ``answers.py`` holds the computations (see `answers`). An item whose
right answer does not depend on data states it in the YAML as ``answer``.
"""

from collections.abc import Iterator, Mapping

from crm_lessons import wording
from crm_lessons.course import _completeness, _registry, folders, kinds
from crm_lessons.course.item import Figure, Item, Option, Text, Tolerance
from crm_lessons.errors import CrmError


def lessons() -> list[str]:
    """The lessons that have exercises: ``["20_ours", …]``."""
    known = folders.known().items()
    return sorted(name for name, folder in known if (folder / folders.EXERCISES).is_file())


@folders.remembered
def load(lesson: str) -> dict[str, Item]:
    """All items of a lesson by id, those of the core path first; CrmError names what is missing."""
    if lesson not in lessons():
        raise ValueError(f"no exercises for lesson {lesson!r}; there are: {', '.join(lessons())}")
    raw, notes, problems = _read_all(lesson)
    if problems:
        told = "".join(f"\n- {one}" for one in problems)
        raise CrmError("lesson_incomplete", lesson=lesson, problems=told)
    items = [
        made(lesson, group, name, {**entry, **notes[name]})
        for group, entries in raw.items()
        for name, entry in entries.items()
    ]
    return {item.id: item for item in sorted(items, key=lambda one: one.deeper)}


def problems(lesson: str) -> list[str]:
    """All that is missing or wrong in the exercises of a lesson: file, exercise and what it is."""
    return _read_all(lesson)[2]


def _read_all(lesson: str) -> tuple[dict, dict, list[str]]:
    """The entries, what stands in them for the instructor, and what is wrong with both."""
    _registry.load(lesson)
    raw = _parts(lesson)
    notes = {name: apart(entry) for entries in raw.values() for name, entry in entries.items()}
    found = _completeness.problems(lesson, raw)
    found += [one for name, told in notes.items() for one in _note_problems(name, told)]
    return raw, notes, found


def _parts(lesson: str) -> dict[str, dict[str, dict]]:
    """The entries of a lesson by part: ``decisions`` and ``quiz``."""
    told = folders.read(lesson, folders.EXERCISES)
    return {part: dict(entries or {}) for part, entries in told.items()}


def apart(entry: dict) -> dict:
    """Take out of an entry what is for the instructor: short name, response, names of mistakes."""
    names = {
        mistake: told.pop("name")
        for mistake, told in (entry.get("mistakes") or {}).items()
        if isinstance(told, dict) and "name" in told
    }
    return {key: entry.pop(key) for key in ("title", "respond") if key in entry} | {"names": names}


def _note_problems(name: str, told: Mapping) -> Iterator[str]:
    texts = [(told[part], part, "") for part in ("title", "respond") if part in told]
    texts += [(text, "name", mistake) for mistake, text in told["names"].items()]
    for text, part, mistake in texts:
        for problem in kinds.text_problems(text, part, name=mistake):
            yield f"{folders.EXERCISES}, {name}: {problem}"


def deeper(lesson: str) -> set[str]:
    """The items of a lesson that stand off its core path; none of a lesson that is not known."""
    items = load(lesson) if lesson in lessons() else {}
    return {name for name, one in items.items() if one.deeper}


def guesses(lesson: str) -> set[str]:
    """The items of a lesson that are guessed; none of a lesson that is not known."""
    items = load(lesson) if lesson in lessons() else {}
    return {name for name, one in items.items() if one.is_guess}


def item(name: str) -> Item:
    """The item of a full name, ``lesson.id``."""
    lesson, _, short = name.partition(".")
    items = load(lesson)
    if short not in items:
        raise ValueError(f"{lesson} has no item {short!r}; it has: {', '.join(items)}")
    return items[short]


def advice(item: Item, mistake: str) -> str:
    """The advice for a recognised mistake: the item's own, its option's, or that of the kind."""
    if mistake in item.mistakes:
        return str(item.mistakes[mistake])
    if mistake in item.options and item.options[mistake].advice:
        return str(item.options[mistake].advice)
    return wording.text(f"kinds.mistake_{mistake}")


def made(lesson: str, group: str, name: str, entry: Mapping[str, object]) -> Item:
    """The item of an entry whose names of mistakes were taken `apart`; it may have no hints."""
    return Item(
        lesson=lesson,
        id=name,
        group=group,
        kind=entry["kind"],
        question=Text(**entry["question"]),
        hints=tuple(Text(**hint) for hint in entry.get("hints", ())),
        solution=Text(**entry["solution"]),
        figure=_figure(entry["kind"], entry) if "unit" in entry else None,
        options={key: _option(key, told) for key, told in entry.get("options", {}).items()},
        rows={key: Text(**told) for key, told in entry.get("rows", {}).items()},
        columns={
            key: _figure(told["kind"], told) for key, told in entry.get("columns", {}).items()
        },
        mistakes={key: Text(**told) for key, told in entry.get("mistakes", {}).items()},
        answer=entry.get("answer"),
        input=entry.get("input", ""),
        deeper=entry.get("deeper", False),
        in_sight=entry.get("in_sight", False),
        title=Text(**entry["title"]) if "title" in entry else None,
        respond=Text(**entry["respond"]) if "respond" in entry else None,
        names={key: Text(**told) for key, told in entry["names"].items()},
        ledger=entry.get("ledger", {}),
        rubric=entry.get("rubric", {}),
    )


def _figure(kind: str, entry: Mapping[str, object]) -> Figure:
    title = entry.get("title")
    return Figure(
        kind=kind,
        unit=Text(**entry["unit"]),
        tolerance=Tolerance(**entry["tolerance"]),
        title=Text(**title) if title else None,
    )


def _option(key: str, told: Mapping[str, object]) -> Option:
    advice, needs = told.get("advice"), tuple(told.get("needs", ()))
    return Option(key, Text(told["zh"], told["en"]), Text(**advice) if advice else None, needs)
