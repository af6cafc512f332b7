"""The questions that a draft leaves, where they stand in it, and the draft with their answers."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from crm_lessons.data.surveys._words import plain
from crm_lessons.data.surveys.drafting._slugs import slug

NONE = "none"
_OPEN = re.compile(r'"\? ((?:[^"\\]|\\.)*)"')
_BARE = re.compile(r"-?\d+(\.\d+)?|true|false|none|options|codes|[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Asked:
    """A question of a draft: ``place`` in the file (``items.speed.aspect``), ``line``, ``text``.

    ``about``: what it is asked of, an item's words or an answer's.
    """

    place: str
    line: int
    text: str
    about: str = ""

    @property
    def kind(self) -> str:
        """What is asked: aspect, reverse, code, best, from, to, numbers, branch, expected …"""
        return self.place.rpartition(".")[2]


def asked(text: str) -> list[Asked]:
    """The questions of a draft in their order."""
    places = list(_open_places(yaml.safe_load(text)))
    found = [(n, m) for n, line in enumerate(text.splitlines(), 1) for m in _OPEN.finditer(line)]
    return [
        Asked(place, number, json.loads(f'"{match[1]}"'), about)
        for (place, about), (number, match) in zip(places, found, strict=True)
    ]


def _open_places(value: object, place: str = "", about: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        own = str(value.get("zh") or value.get("en") or "") or about
        for name, one in value.items():
            yield from _open_places(one, f"{place}.{name}" if place else str(name), own)
    elif isinstance(value, list):
        for number, one in enumerate(value, 1):
            yield from _open_places(one, f"{place}[{number}]", about)
    elif isinstance(value, str) and value.startswith("? "):
        yield place, about


def completed(text: str, answers: Mapping[str, str]) -> str:
    """The draft with these answers in their places; the others stay open.

    ``answers``: place → what a person says. A word with the code of another answer becomes another
    word for it. An aspect may be one of the draft or a new one, in
    words; aspects of the draft to which nothing belongs are left out once every item has its own.
    """
    text = _with_synonyms(text, answers)
    questions = asked(text)
    aspects = {str(key): str(title) for key, title in yaml.safe_load(text)["aspects"].items()}
    given = {}
    for one in questions:
        if value := answers.get(one.place, "").strip():
            given[one.place] = _aspect(value, aspects) if one.kind == "aspect" else value
    waiting = iter(questions)

    def put(match: re.Match) -> str:
        value = given.get(next(waiting).place)
        return match[0] if value is None else _written(value)

    made = _OPEN.sub(put, text)
    return _with_aspects(made, aspects)


def _with_synonyms(text: str, answers: Mapping[str, str]) -> str:
    """The draft with words that mean another answer of their scale written beside it."""
    lines, gone = text.splitlines(), []
    for one in asked(text):
        if one.kind != "code" or not (code := answers.get(one.place, "").strip()):
            continue
        first = max(n for n in range(one.line) if lines[n].strip() == "answers:") + 1
        twin = f"      - {{code: {code}, "
        same = next((n for n in range(first, one.line) if lines[n].startswith(twin)), None)
        if same is not None:
            word = json.dumps(one.about, ensure_ascii=False)
            lines[same] = re.sub(r"\}(\s*#.*)?$", rf", also: [{_escaped(word)}]}}\1", lines[same])
            gone.append(one.line - 1)
    return "\n".join(line for n, line in enumerate(lines) if n not in gone) + "\n" if gone else text


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\")


def _aspect(told: str, aspects: dict[str, str]) -> str:
    """The key of an aspect, which becomes one of the draft if it is new."""
    if told == NONE or told in aspects:
        return told
    for key, title in aspects.items():
        if plain(told) in (plain(title), plain(key)):
            return key
    key = slug(told, f"aspect_{len(aspects) + 1}")
    key = key if key not in aspects else f"{key}_{len(aspects) + 1}"
    aspects[key] = told
    return key


def _with_aspects(text: str, aspects: Mapping[str, str]) -> str:
    """The part of the aspects anew: those that items belong to, or may still belong to."""
    used = [one.get("aspect") for one in yaml.safe_load(text)["items"].values()]
    still_open = any(str(one).startswith("? ") for one in used)
    kept = {key: title for key, title in aspects.items() if still_open or key in used}
    lines = [f"  {key}: {json.dumps(title, ensure_ascii=False)}" for key, title in kept.items()]
    before, _, rest = text.partition("\naspects:\n")
    _, items, after = rest.partition("items:\n")
    return "\n".join([before, "aspects:", *lines, items + after])


def _written(value: str) -> str:
    return value if _BARE.fullmatch(value) else json.dumps(value, ensure_ascii=False)
