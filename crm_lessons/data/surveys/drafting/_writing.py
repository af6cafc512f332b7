"""The draft as a YAML file that a person completes: quoted texts, questions in their place."""

import json
from collections.abc import Iterable
from pathlib import Path

from crm_lessons import wording
from crm_lessons.data.surveys._words import NUMBERED, plain
from crm_lessons.data.surveys.drafting import _words
from crm_lessons.data.surveys.drafting._found import Found
from crm_lessons.data.surveys.drafting._scales import Scale, Scales
from crm_lessons.data.surveys.drafting._slugs import slug

OPEN = "?"
MOST_OFFERED = 8  # headings in a question
_GROUPS = ("service", "product", "price")


def text(file: str, found: Found, scales: Scales, command: str) -> str:
    """The whole file; ``command`` checks it once it is complete."""
    used = {scale for *_, scale in (*found.items, *found.whole.values())}
    groups = _groups(found)
    lines = [f"# {line}" for line in _told("head", file=file, command=command).splitlines()]
    title = Path(file).stem.replace("+", " ")  # as an address writes a blank
    lines += [f"name: {_quoted(slug(title, 'survey'))}", f"title: {_quoted(title)}"]
    if scales.missing:
        codes = ", ".join(map(str, sorted(scales.missing)))
        lines.append(f"missing: {{codes: [{codes}]}}  # {_told('missing')}")
    lines += [*_stems(found), "scales:"]
    for name, scale in scales.found.items():
        if name in used:
            lines += _scale(scale, not scales.missing.isdisjoint(NUMBERED))
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


def _told(key: str, **values: object) -> str:
    return wording.text(f"draft.{key}", **values)


def _question(key: str, **values: object) -> str:
    return _quoted(f"{OPEN} {_told(key, **values)}")


def _quoted(told: str) -> str:
    return json.dumps(" ".join(told.split()), ensure_ascii=False)


def _language(told: str) -> str:
    return "zh" if _words.is_chinese(told) else "en"


def twice(found: Found) -> list[str]:
    """The two stems under which the same items stand, as expected and as perceived."""
    under: dict[str, list[str]] = {}
    for told, stem, _ in found.items:
        under.setdefault(plain(told), []).append(stem)
    pairs = {tuple(stems) for stems in under.values() if len(set(stems)) == 2 == len(stems)}
    return list(pairs.pop()) if len(pairs) == 1 else []


def _stems(found: Found) -> Iterable[str]:
    both = twice(found)
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
    """Aspects by the stems of several matrices, if they name a subject; else the usual ones."""
    stems = list(dict.fromkeys(stem for _, stem, _ in found.items))
    if len(stems) > 1 and not twice(found) and all(map(_is_subject, stems)):
        return {slug(stem, f"group_{i}"): stem for i, stem in enumerate(stems, 1)}
    return {name: _told(f"group_{name}") for name in _GROUPS}


def _is_subject(stem: str) -> bool:
    """Whether a stem is the name of something, such as "Our staff", and no question or request."""
    long = len(stem) > 8 if _words.is_chinese(stem) else len(stem.split()) > 3
    return bool(stem) and not long and not stem.endswith(("?", "？"))


def _scale(scale: Scale, maybe_options: bool) -> list[str]:
    """``maybe_options``: whether the file holds the marks of an export of option numbers."""
    if scale.words:
        lines = [f"  {scale.name}:", "    answers:"]
        for word, code in scale.words:
            key = "code" if all(one is None for _, one in scale.words) else "code_or_none"
            told = _question(key, word=word) if code is None else code
            unused = f"  # {_told('unused')}" if word in scale.unused else ""
            lines.append(f"      - {{code: {told}, {_language(word)}: {_quoted(word)}}}{unused}")
        return lines
    low = _question("low", high=scale.high) if scale.asks_low else f"{scale.low:g}"
    high = _question("high", high=scale.high) if scale.asks_high else f"{scale.high:g}"
    parts = [f"from: {low}", f"to: {high}"]
    parts += ["numbers: options"] if scale.options else []
    if maybe_options and scale.name.startswith("ten_from_one"):
        parts.append(f"numbers: {_question('numbers')}")
    parts += ["unit: percent"] if scale.percent else []
    if scale.asks_best:
        parts.append(f"best: {_question('best', low=scale.low, high=scale.high)}")
    return [f"  {scale.name}: {{{', '.join(parts)}}}"]


def _items(found: Found, groups: dict[str, str], scales: Scales) -> list[str]:
    both, names, lines = twice(found), {}, []
    by_stem = {title: key for key, title in groups.items()}
    seen = set()
    for number, (told, stem, scale) in enumerate(found.items, 1):
        if both and plain(told) in seen:
            continue  # the second of two matrices with the same items
        seen.add(plain(told))
        name = slug(told, f"q{number}")
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
    lines = [
        f"  {name}: {_quoted(told)}" if told else f"  {name}:"
        for name, told in found.columns.items()
    ]
    if "branch" not in found.columns and found.perhaps_branch:
        offered = found.perhaps_branch[:MOST_OFFERED]
        known = " / ".join(f"“{' '.join(one.split())}”" for one in offered)
        lines.append(f"  branch: {_question('branch', known=known)}")
    return ["columns:", *lines] if lines else []
