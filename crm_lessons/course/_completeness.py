"""What is missing or wrong in a lesson's exercises, told to whoever writes them.

`exercise.load` refuses a lesson with any of these, so a learner never meets half an exercise.
"""

from collections.abc import Iterator, Mapping

from crm_lessons.course import _registry
from crm_lessons.course.folders import ANSWERS, EXERCISES
from crm_lessons.course.kinds import KINDS, Computed, Kind, said, text_problems

_REQUIRED = {"kind", "question", "hints", "solution"}
_FLAGS = ("deeper", "in_sight")
_ALLOWED = _REQUIRED | {"mistakes", "answer", *_FLAGS}
LEAST_MISTAKES = 2

Raw = Mapping[str, Mapping[str, Mapping]]


def problems(lesson: str, raw: Raw) -> list[str]:
    """All that is wrong in ``{file: {item: entry}}``, one sentence each; empty when complete."""
    found = []
    for group, entries in raw.items():
        for item, entry in entries.items():
            told = _item_problems(f"{lesson}.{item}", entry)
            found += [f"{EXERCISES}, {group}, {item}: {problem}" for problem in told]
    names = [item for entries in raw.values() for item in entries]
    twice = sorted({name for name in names if names.count(name) > 1})
    found += [f"{EXERCISES}: {said('twice', item=name)}" for name in twice]
    unknown = _registry.items_of(lesson) - {f"{lesson}.{name}" for name in names}
    told = [name.removeprefix(f"{lesson}.") for name in sorted(unknown)]
    found += [f"{ANSWERS}.py: {said('no_exercise', item=name)}" for name in told]
    return found


def _item_problems(name: str, entry: Mapping) -> Iterator[str]:
    kind = KINDS.get(entry.get("kind"))
    allowed = _ALLOWED | (kind.keys if kind else set(entry))
    yield from (said("missing", entry=key) for key in sorted(_REQUIRED - set(entry)))
    yield from (said("unknown_key", entry=key) for key in sorted(set(entry) - allowed))
    if kind is None:
        yield said("unknown_kind", kind=entry.get("kind"), known=", ".join(KINDS))
        return
    for key in ("question", "solution"):
        yield from text_problems(entry.get(key), key)
    for key in _FLAGS:
        if not isinstance(entry.get(key, False), bool):
            yield said("not_yes_or_no", entry=key)
    if not entry.get("hints"):
        yield said("no_hint")
    for place, hint in enumerate(entry.get("hints") or [], start=1):
        yield from text_problems(hint, "hint", name=place)
    computed = Computed(
        right=_registry.expected(name) is not None,
        wrong=frozenset(_registry.wrong(name)),
        offered=_registry.offered(name) is not None,
        drawn=_registry.drawn(name) is not None,
    )
    yield from _answer_problems(name, entry, kind, computed)
    yield from _mistake_problems(name, entry, kind, computed)
    if computed.drawn and "input" not in entry:
        yield said("chart_without_input")
    yield from kind.problems(entry, computed)


def _answer_problems(name: str, entry: Mapping, kind: Kind, computed: Computed) -> Iterator[str]:
    fixed = "answer" in entry
    if fixed == computed.right:
        yield said("answer_twice" if fixed else "answer_missing", item=name.partition(".")[2])
    if fixed and not kind.fixed:
        yield said("answer_computed", kind=kind.name)


def _mistake_problems(name: str, entry: Mapping, kind: Kind, computed: Computed) -> Iterator[str]:
    told = entry.get("mistakes") or {}
    for mistake, text in told.items():
        yield from text_problems(text, "mistake", name=mistake)
    for mistake in sorted(set(told) - computed.wrong):
        yield said("mistake_not_computed", mistake=mistake, item=name.partition(".")[2])
    for mistake in sorted(computed.wrong - set(told)):
        yield said("mistake_no_advice", mistake=mistake)
    if len(told) + kind.mistakes_known(entry) < LEAST_MISTAKES:
        yield said("few_mistakes", least=LEAST_MISTAKES)
