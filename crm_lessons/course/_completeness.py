"""What is missing or wrong in a lesson's exercises, told to whoever writes them.

`exercise.load` refuses a lesson with any of these, so a learner never meets half an exercise.
"""

from collections.abc import Iterator, Mapping

from crm_lessons.course import _registry
from crm_lessons.course.kinds import FIGURES, KINDS
from crm_lessons.wording import LANGUAGES

_REQUIRED = {"kind", "question", "hints", "solution"}
_ALLOWED = _REQUIRED | {
    "unit",
    "tolerance",
    "options",
    "rows",
    "columns",
    "mistakes",
    "answer",
    "input",
}
_CHOICES = ("choice", "choices")
_SLIDERS = ("slider", "guess")
LEAST_MISTAKES = 2

Raw = Mapping[str, Mapping[str, Mapping]]


def problems(lesson: str, raw: Raw) -> list[str]:
    """All that is wrong in ``{file: {item: entry}}``, one sentence each; empty when complete."""
    found = []
    for group, entries in raw.items():
        for item, entry in entries.items():
            told = _item_problems(f"{lesson}.{item}", entry)
            found += [f"{group}.yaml, {item}: {problem}" for problem in told]
    names = [item for entries in raw.values() for item in entries]
    found += [
        f"{n!r} stands in two files" for n in sorted({n for n in names if names.count(n) > 1})
    ]
    unknown = _registry.items_of(lesson) - {f"{lesson}.{name}" for name in names}
    found += [f"{lesson}.py computes {name!r}, which no YAML file has" for name in sorted(unknown)]
    return found


def _item_problems(name: str, entry: Mapping) -> Iterator[str]:
    yield from (f"{key!r} is missing" for key in sorted(_REQUIRED - set(entry)))
    yield from (f"{key!r} is not a known key" for key in sorted(set(entry) - _ALLOWED))
    kind = entry.get("kind")
    if kind not in KINDS:
        yield f"kind {kind!r} is none of {', '.join(KINDS)}"
        return
    for key in ("question", "solution"):
        yield from _text_problems(key, entry.get(key))
    if not entry.get("hints"):
        yield "needs at least one hint"
    for place, hint in enumerate(entry.get("hints") or [], start=1):
        yield from _text_problems(f"hint {place}", hint)
    yield from _answer_problems(name, entry)
    yield from _mistake_problems(name, entry)
    yield from _slider_problems(name, entry)
    if kind in FIGURES:
        yield from _figure_problems("", entry)
    elif kind == "table":
        yield from _table_problems(entry)
    elif kind != "customers":
        yield from _option_problems(entry)
    elif _registry.offered(name) is None:
        yield "has no @offers: a learner needs a table of customers to choose from"


def _answer_problems(name: str, entry: Mapping) -> Iterator[str]:
    fixed, computed = "answer" in entry, _registry.expected(name) is not None
    if fixed == computed:
        yield f"needs either `answer` or @expects({name!r}), not {'both' if fixed else 'neither'}"
    if not fixed:
        return
    if entry["kind"] not in (*_CHOICES, "order"):
        yield f"a {entry['kind']} is computed from data: no `answer`, but @expects"
        return
    options = set(entry.get("options") or {})
    answer = entry["answer"] if isinstance(entry["answer"], list) else [entry["answer"]]
    if unknown := [a for a in answer if a not in options]:
        yield f"answer {unknown} is not among the options"
    if entry["kind"] == "order" and sorted(answer) != sorted(options):
        yield "the answer of an order names each step once"
    if isinstance(entry["answer"], list) != (entry["kind"] != "choice"):
        yield "a choice has one answer, choices and order a list"


def _mistake_problems(name: str, entry: Mapping) -> Iterator[str]:
    told, computed = entry.get("mistakes") or {}, _registry.wrong(name)
    for mistake, text in told.items():
        yield from _text_problems(f"mistake {mistake}", text)
    for mistake in sorted(set(told) - set(computed)):
        yield f"mistake {mistake!r} has advice but no @known_wrong({name!r}, {mistake!r})"
    for mistake in sorted(set(computed) - set(told)):
        yield f"@known_wrong({name!r}, {mistake!r}) has no advice under `mistakes`"
    wrong_options = 0
    if entry["kind"] in _CHOICES:
        right = entry.get("answer")
        right = right if isinstance(right, list) else [right]
        wrong_options = len([o for o in entry.get("options") or {} if o not in right])
    if len(told) + wrong_options < LEAST_MISTAKES:
        yield f"recognises fewer than {LEAST_MISTAKES} mistakes"


def _slider_problems(name: str, entry: Mapping) -> Iterator[str]:
    has_chart = _registry.drawn(name) is not None
    if "input" not in entry:
        if has_chart:
            yield "has a chart (@draws) but no `input`"
        return
    if entry["input"] not in _SLIDERS or entry["kind"] != "share":
        yield f"`input` is one of {', '.join(_SLIDERS)}, and only for a share"
    if not has_chart:
        yield f"a slider moves a chart: needs @draws({name!r})"


def _option_problems(entry: Mapping) -> Iterator[str]:
    options = entry.get("options") or {}
    if len(options) < 2:
        yield "needs at least two options"
    for place, (key, told) in enumerate(options.items()):
        if not isinstance(key, str):
            yield f"option {key!r} is not text: put it in quotes"
            continue
        if len(key) == 1 and key.upper() != chr(ord("A") + place):
            yield f"option {key!r}: a one-letter id must be the letter of its place"
        yield from _text_problems(f"option {key}", told)
        if entry["kind"] in _CHOICES:
            yield from _text_problems(f"advice of option {key}", (told or {}).get("advice"))


def _table_problems(entry: Mapping) -> Iterator[str]:
    for key in ("rows", "columns"):
        if not entry.get(key):
            yield f"a table needs {key}"
    for row, told in (entry.get("rows") or {}).items():
        yield from _text_problems(f"row {row}", told)
    for column, told in (entry.get("columns") or {}).items():
        yield from _text_problems(f"title of column {column}", told.get("title"))
        yield from _figure_problems(f"column {column}: ", told)
        if told.get("kind") not in FIGURES:
            yield f"column {column}: kind is one of {', '.join(FIGURES)}"


def _figure_problems(where: str, entry: Mapping) -> Iterator[str]:
    yield from _text_problems(f"{where}unit", entry.get("unit"))
    tolerance = entry.get("tolerance")
    if not isinstance(tolerance, Mapping) or not tolerance.keys() <= {"absolute", "relative"}:
        yield f"{where}needs a tolerance: `absolute` or `relative`"


def _text_problems(what: str, told: object) -> Iterator[str]:
    for language in LANGUAGES:
        text = told.get(language) if isinstance(told, Mapping) else None
        if not isinstance(text, str) or not text.strip():
            yield f"{what} has no text in {language}"
