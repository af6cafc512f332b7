"""The instructor's guide to a lesson: written texts from YAML, mistakes from the exercises.

A lesson's ``guide.yaml`` holds what an experienced trainer would say, zh and en together. What
trainees get wrong is not written down twice: it comes from the exercises, as do the short title of
each and how to respond.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from crm_lessons import wording
from crm_lessons.course import exercise, folders
from crm_lessons.course.item import Item, Text
from crm_lessons.course.kinds import said, text_problems
from crm_lessons.errors import CrmError

LONGEST_TITLE = 16  # characters of a question that stand for it where it has no title
_LISTS = ("aims", "prepare", "ethics")
_NEEDED = ("aims", "timing")
GOALS = KNOWLEDGE, SKILL, ATTITUDE = ("knowledge", "skill", "attitude")
DEPTHS = CORE, DEEPER = ("core", "deeper")
_RECORDS = {"timing": ("part", "how"), "discussion": ("question", "listen")}


@dataclass(frozen=True)
class Aim(Text):
    """What a trainee can do at the end: its kind (`GOALS`), and the exercises that test it."""

    goal: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One part of the lesson: how long, what, and how to go about it."""

    minutes: int
    part: Text
    how: Text


@dataclass(frozen=True)
class Question:
    """A question for discussion, and what to listen for."""

    question: Text
    listen: Text


@dataclass(frozen=True)
class Note:
    """What the guide adds to an exercise: a short title, and how to respond to mistakes."""

    title: Text
    respond: Text | None = None


@dataclass(frozen=True)
class Guide:
    """The guide to one lesson; ``roles`` maps who takes it to how deep (`DEPTHS`)."""

    lesson: str
    aims: tuple[Aim, ...]
    prepare: tuple[Text, ...]
    timing: tuple[Part, ...]
    discussion: tuple[Question, ...]
    ethics: tuple[Text, ...]
    items: Mapping[str, Note] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        """The minutes of all parts together."""
        return sum(part.minutes for part in self.timing)


def guides() -> list[str]:
    """The lessons that have a guide."""
    known = folders.known().items()
    return sorted(name for name, folder in known if (folder / folders.GUIDE).is_file())


@folders.remembered
def load(lesson: str) -> Guide:
    """The guide to a lesson; ValueError names what is missing in it."""
    if lesson not in guides():
        raise ValueError(f"no guide for lesson {lesson!r}; there are: {', '.join(guides())}")
    raw = folders.read(lesson, folders.GUIDE)
    if found := list(problems(raw)):
        told = "".join(f"\n- {folders.GUIDE}: {one}" for one in found)
        raise CrmError("lesson_incomplete", lesson=lesson, problems=told)
    return Guide(
        lesson=lesson,
        aims=tuple(_aim(told) for told in raw["aims"]),
        **{
            key: tuple(Text(**told) for told in raw.get(key) or ()) for key in ("prepare", "ethics")
        },
        timing=tuple(
            Part(one["minutes"], Text(**one["part"]), Text(**one["how"])) for one in raw["timing"]
        ),
        discussion=tuple(
            Question(Text(**one["question"]), Text(**one["listen"]))
            for one in raw.get("discussion") or ()
        ),
        items=_notes(lesson),
        roles=dict(raw.get("roles") or {}),
    )


def _aim(told: Mapping) -> Aim:
    items = tuple(str(one) for one in told.get("items") or ())
    return Aim(told["zh"], told["en"], goal=told.get("goal", ""), items=items)


def _notes(lesson: str) -> dict[str, Note]:
    items = exercise.load(lesson) if lesson in exercise.lessons() else {}
    return {name: Note(one.title, one.respond) for name, one in items.items() if one.title}


def problems(raw: Mapping) -> Iterator[str]:
    """What is missing or has no text in one of the languages, one sentence each."""
    for key, inside in {**dict.fromkeys(_LISTS, ()), **_RECORDS}.items():
        if key in _NEEDED and not raw.get(key):
            yield said("missing", entry=key)
        for place, told in enumerate(raw.get(key) or [], start=1):
            record = told if isinstance(told, Mapping) else {}
            for part in inside:
                yield from text_problems(record.get(part), key, name=place, inside=part)
            yield from () if inside else text_problems(told, key, name=place)
    yield from _unknown_words(raw)
    for place, told in enumerate(raw.get("timing") or [], start=1):
        minutes = told.get("minutes") if isinstance(told, Mapping) else None
        if not isinstance(minutes, int) or minutes < 1:
            yield said("no_minutes", place=place)


def _unknown_words(raw: Mapping) -> Iterator[str]:
    """Kinds of aims and depths of roles that there are not."""
    for place, told in enumerate(raw.get("aims") or [], start=1):
        goal = told.get("goal", SKILL) if isinstance(told, Mapping) else SKILL
        if goal not in GOALS:
            yield said("unknown_goal", place=place, goal=goal, known=", ".join(GOALS))
    for role, depth in (raw.get("roles") or {}).items():
        if depth not in DEPTHS:
            yield said("unknown_depth", role=role, depth=depth, known=", ".join(DEPTHS))


def title(item: Item) -> str:
    """A short title for an exercise: its own, else the beginning of its question."""
    if item.title:
        return str(item.title)
    question = str(item.question)
    cut = f"{question[: LONGEST_TITLE - 1]}…"
    return question if len(question) <= LONGEST_TITLE else cut


def mistakes(item: Item) -> dict[str, str]:
    """What trainees get wrong here, and the advice they are given: known mistakes, wrong options.

    The keys are the ids of mistakes and options (see `mistake_told`).
    """
    found = {name: str(text) for name, text in item.mistakes.items()}
    for option in item.wrong_options:
        if item.options[option].advice:
            found[option] = exercise.advice(item, option)
    return found


def mistake_told(item: Item, mistake: str) -> str:
    """A mistake in a few words: its name, the label of the option chosen, else ``mistakes.yaml``
    for mistakes that a kind of question knows, else ""."""
    if mistake in item.names:
        return str(item.names[mistake])
    if mistake in item.options:
        return str(item.options[mistake].label)
    key = f"mistakes.{mistake}"
    return wording.text(key) if wording.has(key) else ""
