"""The exercises of a lesson: texts from YAML, computations from Python, under the same id.

``lessons/05_pareto/decisions.yaml`` and ``quiz.yaml`` map an item's id to its texts, zh and en
together; ``lessons/05_pareto.py`` holds the computations (see `registry`). An item whose right
answer does not depend on data states it in the YAML as ``answer``.
"""

import functools
from collections.abc import Iterable, Mapping
from importlib import resources

import yaml

from crm_lessons import wording
from crm_lessons.course import _completeness, _registry
from crm_lessons.course.item import Figure, Item, Option, Text, Tolerance


def lessons() -> list[str]:
    """The lessons that have exercises: ``["05_pareto", …]``."""
    found = resources.files("crm_lessons.course.lessons").iterdir()
    return sorted(f.name for f in found if f.is_dir() and any(_yaml_files(f)))


@functools.cache
def load(lesson: str) -> dict[str, Item]:
    """All items of a lesson by id, complete in both languages; ValueError names what is missing."""
    folder = resources.files("crm_lessons.course.lessons") / lesson
    if lesson not in lessons():
        raise ValueError(f"no exercises for lesson {lesson!r}; there are: {', '.join(lessons())}")
    _registry.load(lesson)
    raw = {f.name.removesuffix(".yaml"): _read(f) for f in _yaml_files(folder)}
    problems = _completeness.problems(lesson, raw)
    if problems:
        raise ValueError(f"exercises of {lesson} are incomplete:\n- " + "\n- ".join(problems))
    return {
        name: _item(lesson, group, name, entry)
        for group, entries in raw.items()
        for name, entry in entries.items()
    }


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


def _item(lesson: str, group: str, name: str, entry: Mapping[str, object]) -> Item:
    return Item(
        lesson=lesson,
        id=name,
        group=group,
        kind=entry["kind"],
        question=Text(**entry["question"]),
        hints=tuple(Text(**hint) for hint in entry["hints"]),
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


def _yaml_files(folder) -> Iterable:
    files = (f for f in folder.iterdir() if f.name.endswith(".yaml"))
    return sorted(files, key=lambda f: f.name)


def _read(file) -> dict[str, dict]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(file.read_text(encoding="utf-8"), Loader=loader) or {}
