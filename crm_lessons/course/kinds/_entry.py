"""Checks that several kinds make of their entries in the YAML."""

from collections.abc import Iterator, Mapping

from crm_lessons.wording import LANGUAGES


def text_problems(what: str, told: object) -> Iterator[str]:
    """A text that is missing in one of the languages."""
    for language in LANGUAGES:
        text = told.get(language) if isinstance(told, Mapping) else None
        if not isinstance(text, str) or not text.strip():
            yield f"{what} has no text in {language}"


def figure_problems(where: str, entry: Mapping) -> Iterator[str]:
    """A figure without unit or tolerance."""
    yield from text_problems(f"{where}unit", entry.get("unit"))
    tolerance = entry.get("tolerance")
    if not isinstance(tolerance, Mapping) or not tolerance.keys() <= {"absolute", "relative"}:
        yield f"{where}needs a tolerance: `absolute` or `relative`"


def option_problems(entry: Mapping) -> Iterator[str]:
    """Options that are too few, have ids that mislead, or no label."""
    options = entry.get("options") or {}
    if len(options) < 2:
        yield "needs at least two options"
    for place, (key, told) in enumerate(options.items()):
        if not isinstance(key, str):
            yield f"option {key!r} is not text: put it in quotes"
            continue
        if len(key) == 1 and key.upper() != chr(ord("A") + place):
            yield f"option {key!r}: a one-letter id must be the letter of its place"
        yield from text_problems(f"option {key}", told)


def answers(entry: Mapping) -> list:
    """The fixed answer as a list, empty where it is computed."""
    told = entry.get("answer", [])
    return told if isinstance(told, list) else [told]
