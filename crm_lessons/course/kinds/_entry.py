"""Checks that several kinds make of their entries in the YAML."""

from collections.abc import Iterator, Mapping

from crm_lessons import wording
from crm_lessons.wording import LANGUAGES


def said(key: str, **values: object) -> str:
    """What is wrong in an entry, in the language in use."""
    return wording.text(f"own_lesson.{key}", **values)


def text_problems(told: object, part: str, **named: object) -> Iterator[str]:
    """A text that is missing in one of the languages; what it belongs to is ``part_…`` among the
    texts, with the name or place of the one that is meant."""
    for language in LANGUAGES:
        text = told.get(language) if isinstance(told, Mapping) else None
        if not isinstance(text, str) or not text.strip():
            what = said(f"part_{part}", **named)
            yield said("no_text", what=what, language=said(f"language_{language}"))


def figure_problems(entry: Mapping) -> Iterator[str]:
    """A figure without unit or tolerance."""
    yield from text_problems(entry.get("unit"), "unit")
    tolerance = entry.get("tolerance")
    if not isinstance(tolerance, Mapping) or not tolerance.keys() <= {"absolute", "relative"}:
        yield said("no_tolerance")


def option_problems(entry: Mapping) -> Iterator[str]:
    """Options that are too few, have ids that mislead, or no label."""
    options = entry.get("options") or {}
    if len(options) < 2:
        yield said("two_options")
    for place, (key, told) in enumerate(options.items()):
        if not isinstance(key, str):
            yield said("option_no_text", option=key)
            continue
        if len(key) == 1 and key.upper() != chr(ord("A") + place):
            yield said("option_letter", option=key)
        yield from text_problems(told, "option", name=key)


def answers(entry: Mapping) -> list:
    """The fixed answer as a list, empty where it is computed."""
    told = entry.get("answer", [])
    return told if isinstance(told, list) else [told]
