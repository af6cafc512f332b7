"""What is missing or wrong in a lesson's exercises, told to whoever writes them.

`exercise.load` refuses a lesson with any of these, so a learner never meets half an exercise.
"""

from collections.abc import Iterator, Mapping

from crm_lessons.course import _registry
from crm_lessons.course.kinds import KINDS, Computed, Kind
from crm_lessons.course.kinds._entry import text_problems

_REQUIRED = {"kind", "question", "hints", "solution"}
_ALLOWED = _REQUIRED | {"mistakes", "answer"}
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
    kind = KINDS.get(entry.get("kind"))
    allowed = _ALLOWED | (kind.keys if kind else set(entry))
    yield from (f"{key!r} is missing" for key in sorted(_REQUIRED - set(entry)))
    yield from (f"{key!r} is not a known key" for key in sorted(set(entry) - allowed))
    if kind is None:
        yield f"kind {entry.get('kind')!r} is none of {', '.join(KINDS)}"
        return
    for key in ("question", "solution"):
        yield from text_problems(key, entry.get(key))
    if not entry.get("hints"):
        yield "needs at least one hint"
    for place, hint in enumerate(entry.get("hints") or [], start=1):
        yield from text_problems(f"hint {place}", hint)
    computed = Computed(
        right=_registry.expected(name) is not None,
        wrong=frozenset(_registry.wrong(name)),
        offered=_registry.offered(name) is not None,
        drawn=_registry.drawn(name) is not None,
    )
    yield from _answer_problems(name, entry, kind, computed)
    yield from _mistake_problems(name, entry, kind, computed)
    if computed.drawn and "input" not in entry:
        yield "has a chart (@draws) but no `input`"
    yield from kind.problems(entry, computed)


def _answer_problems(name: str, entry: Mapping, kind: Kind, computed: Computed) -> Iterator[str]:
    fixed = "answer" in entry
    if fixed == computed.right:
        yield f"needs either `answer` or @expects({name!r}), not {'both' if fixed else 'neither'}"
    if fixed and not kind.fixed:
        yield f"a {kind.name} is computed from data: no `answer`, but @expects"


def _mistake_problems(name: str, entry: Mapping, kind: Kind, computed: Computed) -> Iterator[str]:
    told = entry.get("mistakes") or {}
    for mistake, text in told.items():
        yield from text_problems(f"mistake {mistake}", text)
    for mistake in sorted(set(told) - computed.wrong):
        yield f"mistake {mistake!r} has advice but no @known_wrong({name!r}, {mistake!r})"
    for mistake in sorted(computed.wrong - set(told)):
        yield f"@known_wrong({name!r}, {mistake!r}) has no advice under `mistakes`"
    if len(told) + kind.mistakes_known(entry) < LEAST_MISTAKES:
        yield f"recognises fewer than {LEAST_MISTAKES} mistakes"
