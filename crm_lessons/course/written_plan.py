"""A plan somebody wrote, and whether the figures in it are those of the reports behind it.

A plan is Markdown: a heading names in brackets the lessons whose reports its section rests on,
``## Classes (05, 03)``. Each number in such a section is held against the figures of these reports
as exactly as it was written; one that agrees with none is told, with the nearest. Days, times and
small counts of things to do are no figures. A number that agrees may still be the wrong one for its
sentence: that is for whoever marks the plan.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from crm_lessons import wording

SECTIONS = ("classes", "states", "value", "satisfaction", "deadlines", "claims", "service")
MOST = {"zh": 1000, "en": 650}  # Chinese characters, words: what one printed page holds
SMALLEST = 10  # a whole number below it without a unit is a count of things to do
NEAR = 0.25  # relative distance up to which a figure is offered as what may have been meant
LONGEST_TITLE = 40  # letters of a sentence that a figure is known by
GIVEN = "parameters."
SAID = "said"  # the name of a figure that only a sentence of the report has
AGREES, DIFFERS, UNKNOWN = "agrees", "differs", "unknown"

_HEADING = re.compile(r"^##\s+(.*?)\s*(?:[（(]([\d\s,，、]+)[)）])?\s*$")
_DAY = re.compile(
    r"\d{4}-\d{1,2}(?:-\d{1,2})?|\d{1,2}:\d{2}|\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?"
    r"|\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?|\b(?:19|20)\d{2}\b(?!\s*[%％])"
    r"|\b\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b|\b(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\s+\d{1,2}\b"
)
_NUMBER = re.compile(
    r"(?P<about>约\s*|about |some |around )?"
    r"(?<![A-Za-z_.\d])(?P<figure>[-−]?\d(?:[\d,]*\d)?(?:\.\d+)?)\s*"
    r"(?P<unit>%|％|per cent|percent|万)?"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


@dataclass(frozen=True)
class Section:
    """A part of the plan; ``lessons`` are the numbers in the brackets of its heading."""

    title: str
    lessons: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Figure:
    """A figure of a report: its lesson, name, title and value."""

    lesson: str
    name: str
    title: str
    value: float


@dataclass(frozen=True)
class Found:
    """A number in a plan and what it agrees with: ``state`` (`AGREES`, `DIFFERS`, `UNKNOWN`), and
    the figure it is or may have been meant to be."""

    section: str
    written: str
    state: str
    figure: Figure | None = None


def titles() -> list[str]:
    """The headings of a plan in the language in use, with the lessons each rests on."""
    return [wording.text(f"written_plan.section_{name}") for name in SECTIONS]


def sections(text: str) -> list[Section]:
    """The sections of a plan in their order; what stands above the first heading is left out."""
    found: list[tuple[str, tuple[str, ...], list[str]]] = []
    for line in text.splitlines():
        if head := _HEADING.match(line):
            lessons = tuple(re.findall(r"\d+", head[2] or ""))
            found.append((head[1], lessons, []))
        elif found:
            found[-1][2].append(line)
    return [Section(title, lessons, "\n".join(lines).strip()) for title, lessons, lines in found]


def length(text: str) -> int:
    """Chinese characters and words of other writings, without headings.

    >>> length("# 计划\\n先看 A 类 customers")
    5
    """
    own = prose(text)
    return len(_HAN.findall(own)) + len(_WORD.findall(own))


def prose(text: str) -> str:
    """A plan without its headings."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("#")).strip()


def figures(reports: Iterable[Mapping]) -> list[Figure]:
    """All figures of reports as their JSON files have them, those that stand in their sentences
    only (``name`` is ``said``), and the parameters that they were given (``name`` begins with
    ``parameters.``)."""
    return [figure for report in reports for figure in _of(report)]


def _of(report: Mapping) -> Iterator[Figure]:
    lesson = str(report["lesson"])
    for key, one in report["figures"].items():
        if isinstance(one, Mapping):
            title, said = str(one.get("title", key)), numbers(str(one.get("sentence", "")))
            told = [(name, float(v)) for name, v in one.items() if _is_number(v)]
            told += [("sentence", _plain_value(n)) for n in said]
            yield from (Figure(lesson, f"{key}.{name}", title, value) for name, value in told)
    for sentence in report.get("said") or ():
        yield from (
            Figure(lesson, SAID, _short(sentence), _plain_value(n)) for n in numbers(sentence)
        )
    for name, value in (report.get("parameters") or {}).items():
        if _is_number(value):
            yield Figure(lesson, f"{GIVEN}{name}", name, float(value))


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST_TITLE else f"{sentence[:LONGEST_TITLE]}…"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def compare(text: str, known: Iterable[Figure]) -> list[Found]:
    """Each number of the sections that name lessons, held against the figures of these lessons."""
    known = list(known)
    found = []
    for section in sections(text):
        own = [one for one in known if one.lesson.partition("_")[0] in section.lessons]
        if section.lessons:
            found += [_judged(section.title, match, own) for match in numbers(section.text)]
    return found


def numbers(text: str) -> Iterator[re.Match]:
    """The numbers of a text that are figures: no days, times, or small counts without a unit.

    >>> [found[0] for found in numbers("3 件事，2026-03-02 前，A 类 226 位，占 15.0%")]
    ['226 ', '15.0%']
    """
    plain = text.translate(_FULL_WIDTH)
    plain = _DAY.sub(lambda day: " " * len(day[0]), plain)
    for found in _NUMBER.finditer(plain):
        whole = "." not in found["figure"] and not found["unit"]
        if not (whole and abs(_value(found)) < SMALLEST):
            yield found


def _value(found: re.Match) -> float:
    value = float(found["figure"].replace(",", "").replace("−", "-"))
    return value * 10_000 if found["unit"] == "万" else value


def _plain_value(found: re.Match) -> float:
    return _value(found) / (100 if _is_share(found) else 1)


def _rank(figure: Figure) -> int:
    """What was computed goes before what a sentence says, and that before what was only given."""
    return 2 if figure.name.startswith(GIVEN) else 1 if figure.name == SAID else 0


def _is_share(found: re.Match) -> bool:
    return bool(found["unit"]) and found["unit"] != "万"


def _precision(found: re.Match) -> float:
    """Half of the last place that was written; of a rounded "about 1,500" that of its last digit
    but noughts."""
    figure = found["figure"].replace(",", "").lstrip("-−")
    places = len(figure.partition(".")[2])
    step = 10.0**-places
    if not places and found["about"]:
        step = 10.0 ** (len(figure) - len(figure.rstrip("0")))
    return step / 2 * (10_000 if found["unit"] == "万" else 1)


def _judged(section: str, found: re.Match, own: list[Figure]) -> Found:
    value, precision = _value(found), _precision(found)
    scale = 100 if _is_share(found) else 1
    distances = [(abs(one.value * scale - value), one) for one in own]
    agreeing = [pair for pair in distances if pair[0] <= precision * (1 + 1e-9)]
    written = found[0].strip()
    if agreeing:
        _, figure = min(agreeing, key=lambda pair: (_rank(pair[1]), pair[0]))
        return Found(section, written, AGREES, figure)
    computed = [pair for pair in distances if _rank(pair[1]) == 0]
    nearest, figure = min(computed, key=lambda pair: pair[0], default=(0.0, None))
    if figure and nearest <= NEAR * max(abs(value), abs(figure.value * scale)):
        return Found(section, written, DIFFERS, figure)
    return Found(section, written, UNKNOWN)
