"""Checks that several kinds make of their entries in the YAML."""

from collections.abc import Iterator, Mapping

from crm_lessons import wording
from crm_lessons.wording import LANGUAGES


def said(key: str, **values: object) -> str:
    """What is wrong in an entry, in the language in use."""
    return wording.text(f"own_lesson.{key}", **values)


def text_problems(what: str, told: object) -> Iterator[str]:
    """A text that is missing in one of the languages."""
    for language in LANGUAGES:
        text = told.get(language) if isinstance(told, Mapping) else None
        if not isinstance(text, str) or not text.strip():
            yield said("no_text", what=what, language=language)


def figure_problems(where: str, entry: Mapping) -> Iterator[str]:
    """A figure without unit or tolerance."""
    yield from text_problems(f"{where}unit", entry.get("unit"))
    tolerance = entry.get("tolerance")
    if not isinstance(tolerance, Mapping) or not tolerance.keys() <= {"absolute", "relative"}:
        yield said("no_tolerance", where=where)


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
        yield from text_problems(f"option {key}", told)


def answers(entry: Mapping) -> list:
    """The fixed answer as a list, empty where it is computed."""
    told = entry.get("answer", [])
    return told if isinstance(told, list) else [told]
