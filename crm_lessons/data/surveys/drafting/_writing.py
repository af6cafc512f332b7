"""The draft as a YAML file that a person completes: quoted texts, questions in their place."""

import json
import re
from collections.abc import Iterable

from crm_lessons import wording
from crm_lessons.data.surveys._words import plain
from crm_lessons.data.surveys.drafting import _words
from crm_lessons.data.surveys.drafting._found import Found
from crm_lessons.data.surveys.drafting._scales import Scale, Scales

OPEN = "?"
_GROUPS = ("service", "product", "price")


def text(file: str, found: Found, scales: Scales) -> str:
    """The whole file."""
    used = {scale for *_, scale in (*found.items, *found.whole.values())}
    groups = _groups(found)
    lines = [f"# {line}" for line in _told("head", file=file).splitlines()]
    lines += [f"name: {_quoted(_slug(file.partition('.')[0], 'survey'))}"]
    lines += [f"title: {_quoted(file.partition('.')[0])}", *_stems(found), "scales:"]
    for name, scale in scales.found.items():
        if name in used:
            lines += _scale(scale)
    lines += [
        "aspects:",
        *(f"  {key}: {_quoted(title)}" for key, title in groups.items()),
        "items:",
    ]
    lines += _items(found, groups, scales)
    for name, (asked, scale) in found.whole.items():
        lines.append(f"{name}: {{scale: {scale}, {_language(asked)}: {_quoted(asked)}}}")
    lines += _columns(found)
    for key, headings in (("left_out", found.left_out), ("personal", found.personal)):
        if headings:
            lines += ["", f"# {_told(key)}", *(f"#   {' '.join(one.split())}" for one in headings)]
    return "\n".join(lines) + "\n"


def questions(made: str) -> list[tuple[int, str]]:
    """The questions that a draft leaves, each with the number of its line."""
    found = []
    for number, line in enumerate(made.splitlines(), 1):
        told = re.findall(r'"\? ((?:[^"\\]|\\.)*)"', line)
        found += [(number, json.loads(f'"{one}"')) for one in told]
    return found


def _told(key: str, **values: object) -> str:
    return wording.text(f"draft.{key}", **values)


def _question(key: str, **values: object) -> str:
    return _quoted(f"{OPEN} {_told(key, **values)}")


def _quoted(told: str) -> str:
    return json.dumps(" ".join(told.split()), ensure_ascii=False)


def _language(told: str) -> str:
    return "zh" if _words.is_chinese(told) else "en"


def _slug(told: str, other: str) -> str:
    """A short name in plain letters; ``other`` where the text has none."""
    words = re.findall(r"[a-z0-9]+", told.casefold())
    name = "_".join(words[:3])
    return name if name and name[0].isalpha() else other


def _twice(found: Found) -> list[str]:
    """The two stems under which the same items stand, as expected and as perceived."""
    under: dict[str, list[str]] = {}
    for told, stem, _ in found.items:
        under.setdefault(plain(told), []).append(stem)
    pairs = {tuple(stems) for stems in under.values() if len(set(stems)) == 2 == len(stems)}
    return list(pairs.pop()) if len(pairs) == 1 else []


def _stems(found: Found) -> Iterable[str]:
    both = _twice(found)
    if not both:
        return []
    wished = [stem for stem in both if _words.names("expected", stem)]
    if len(wished) == 1:
        expected = _quoted(wished[0])
        perceived = _quoted(next(stem for stem in both if stem != wished[0]))
    else:
        expected = _question("expected", first=both[0], second=both[1])
        perceived = _question("perceived", first=both[0], second=both[1])
    return ["stems:", f"  expected: {expected}", f"  perceived: {perceived}"]


def _groups(found: Found) -> dict[str, str]:
    """Aspects by the stems of several matrices; else the usual ones, to choose from."""
    stems = list(dict.fromkeys(stem for _, stem, _ in found.items if stem))
    if len(stems) > 1 and not _twice(found) and all(stem for _, stem, _ in found.items):
        return {_slug(stem, f"group_{i}"): stem for i, stem in enumerate(stems, 1)}
    return {name: _told(f"group_{name}") for name in _GROUPS}


def _scale(scale: Scale) -> list[str]:
    if scale.words:
        lines = [f"  {scale.name}:", "    answers:"]
        for word, code in scale.words:
            told = _question("code", word=word) if code is None else code
            lines.append(f"      - {{code: {told}, {_language(word)}: {_quoted(word)}}}")
        return lines
    parts = [f"from: {scale.low:g}", f"to: {scale.high:g}"]
    parts += ["unit: percent"] if scale.percent else []
    if scale.asks_best:
        parts.append(f"best: {_question('best', low=scale.low, high=scale.high)}")
    return [f"  {scale.name}: {{{', '.join(parts)}}}"]


def _items(found: Found, groups: dict[str, str], scales: Scales) -> list[str]:
    both, names, lines = _twice(found), {}, []
    by_stem = {title: key for key, title in groups.items()}
    seen = set()
    for number, (told, stem, scale) in enumerate(found.items, 1):
        if both and plain(told) in seen:
            continue  # the second of two matrices with the same items
        seen.add(plain(told))
        name = _slug(told, f"q{number}")
        names[name] = names.get(name, 0) + 1
        name = name if names[name] == 1 else f"{name}_{names[name]}"
        asked = _question("aspect", known=" / ".join(groups))
        parts = [f"aspect: {by_stem.get(stem) or asked}"]
        parts.append(f"scale: {scale}")
        if scales.found[scale].name.startswith("agree") and _words.names("negative", told):
            parts.append(f"reverse: {_question('reverse')}")
        parts.append(f"{_language(told)}: {_quoted(told)}")
        parts += ["expected: true"] if both and stem in both else []
        lines += [f"  {name}:", *(f"    {part}" for part in parts)]
    return lines or ["  {}"]


def _columns(found: Found) -> list[str]:
    if not found.columns:
        return []
    lines = ["columns:"]
    for name, heading in found.columns.items():
        told = f" {{headings: [{_quoted(heading)}]}}" if heading else ""
        lines.append(f"  {name}:{told}")
    return lines
