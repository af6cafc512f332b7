"""The drawn questions of the lessons: texts from ``drawn.yaml``, figures from ``drawn.py``.

An entry of ``drawn.yaml`` has what an exercise has (kind, title, question, unit, tolerance,
mistakes, solution), and besides

``level``
    1 to recall or read off, 2 to compute in one step, 3 in several steps.
``aim``
    Which of the aims in ``guide.yaml`` it tests, counted from 1.
``rehearses``
    Exercises of the lesson that ask for the same: whoever missed them is asked this in a review.

Texts have places in braces for what was drawn, formatted there: ``{price:,.0f}``.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from crm_lessons import wording
from crm_lessons.course import _registry, exercise, folders, guide, kinds
from crm_lessons.course.answers import Answers
from crm_lessons.course.exam.drawing import Draw, Drawn
from crm_lessons.course.item import Item, Text
from crm_lessons.course.kinds import said, text_problems
from crm_lessons.errors import CrmError

LEVELS = (1, 2, 3)
EXAM = "exam"  # what stands for the lesson in the full name of an item
GROUP = "quiz"
TRIES = 200  # draws until all known wrong answers can be told from the right one
_OWN = ("level", "aim", "rehearses")
_TEXTS = ("title", "question", "solution")


@dataclass(frozen=True)
class Template:
    """A drawn question: ``item`` has the places of its texts unfilled."""

    lesson: str
    item: Item
    level: int
    aim: int
    rehearses: tuple[str, ...]
    drawing: Callable[[Draw], Drawn]

    @property
    def name(self) -> str:
        """How result files call it: ``lesson.question``."""
        return self.item.id

    def draw(self, *seed: object) -> tuple[Item, Drawn]:
        """The question for a seed, its texts filled."""
        drawn = self.figures(*seed)
        return filled(self.item, drawn), drawn

    def figures(self, *seed: object) -> Drawn:
        """What is drawn for a seed, again while a wrong answer cannot be told from another one.

        RuntimeError if that never comes to an end: a mistake that always gives the right answer.
        """
        for again in range(TRIES):
            drawn = self.drawing(Draw(self.name, again, *seed))
            if told_apart(self.item, drawn):
                return drawn
        raise RuntimeError(f"{self.name}: no draw tells its mistakes from the right answer")


def lessons() -> list[str]:
    """The lessons that have drawn questions."""
    known = folders.known().items()
    return sorted(name for name, folder in known if (folder / folders.DRAWN_TEXTS).is_file())


@folders.remembered
def load(lesson: str) -> dict[str, Template]:
    """The drawn questions of a lesson by name; CrmError tells what is wrong with them."""
    raw = folders.read(lesson, folders.DRAWN_TEXTS)
    functions = vars(folders.module(lesson, folders.DRAWN) or object)
    if found := list(problems(lesson, raw, functions)):
        told = "".join(f"\n- {folders.DRAWN_TEXTS}, {one}" for one in found)
        raise CrmError("lesson_incomplete", lesson=lesson, problems=told)
    made = [_template(lesson, name, entry, functions[name]) for name, entry in raw.items()]
    return {one.name: one for one in made}


def problems(lesson: str, raw: Mapping, functions: Mapping) -> Iterator[str]:
    """What is missing or wrong in ``drawn.yaml``, and what in ``drawn.py`` it has no text for."""
    aims = len(guide.load(lesson).aims) if lesson in guide.guides() else 0
    exercises = exercise.load(lesson) if lesson in exercise.lessons() else {}
    for name, entry in raw.items():
        told = _entry_problems(name, entry, functions)
        yield from (f"{name}: {one}" for one in told)
        for key, known in (("level", LEVELS), ("aim", range(1, aims + 1))):
            if entry.get(key) not in known:
                yield f"{name}: {said('number_of', entry=key, last=max(known, default=0))}"
        for one in entry.get("rehearses", ()):
            if one not in exercises:
                yield f"{name}: {said('no_exercise', item=one)}"


def _entry_problems(name: str, entry: Mapping, functions: Mapping) -> Iterator[str]:
    kind = kinds.KINDS.get(entry.get("kind"))
    if kind is None:
        yield said("unknown_kind", kind=entry.get("kind"), known=", ".join(kinds.KINDS))
        return
    allowed = {"kind", "mistakes", *_OWN, *_TEXTS, *kind.keys}
    yield from (said("unknown_key", entry=key) for key in sorted(set(entry) - allowed))
    for key in _TEXTS:
        yield from text_problems(entry.get(key), key)
    for mistake, told in (entry.get("mistakes") or {}).items():
        texts = {key: text for key, text in told.items() if key != "name"}
        yield from text_problems(texts, "mistake", name=mistake)
        yield from text_problems(told.get("name"), "name", name=mistake)
    if not callable(functions.get(name)):
        yield said("not_drawn", item=name)


def _template(lesson: str, name: str, entry: Mapping, drawing: Callable) -> Template:
    entry = {key: told for key, told in entry.items() if key not in _OWN} | {
        "mistakes": {key: dict(told) for key, told in (entry.get("mistakes") or {}).items()}
    }
    told = folders.read(lesson, folders.DRAWN_TEXTS)[name]
    item = exercise.made(EXAM, GROUP, f"{lesson}.{name}", entry | exercise.apart(entry))
    # What a trainee's figures make of a mistake stands with them, see `papers.Paper.data`.
    _registry.keep(item.name, Answers(wrong={one: _wrong(item.id, one) for one in item.mistakes}))
    rehearses = tuple(told.get("rehearses", ()))
    return Template(lesson, item, told["level"], told["aim"], rehearses, drawing)


def _wrong(name: str, mistake: str) -> Callable:
    return lambda drawn: drawn[name].wrong[mistake]


def filled(item: Item, drawn: Drawn) -> Item:
    """The question with the figures in its texts, and its right answer."""
    options = {
        key: dataclasses.replace(one, label=_text(one.label, drawn))
        for key, one in item.options.items()
    }
    return dataclasses.replace(
        item,
        question=_text(item.question, drawn),
        solution=_text(item.solution, drawn),
        mistakes={key: _text(one, drawn) for key, one in item.mistakes.items()},
        options=options,
        answer=drawn.right,
    )


def _text(text: Text, drawn: Drawn) -> Text:
    parts = {}
    for language in wording.LANGUAGES:
        with wording.using(language):
            told = {
                key: getattr(one, language) if isinstance(one, Text) else one
                for key, one in drawn.values.items()
            }
            parts[language] = wording.fill(getattr(text, language), told)
    return Text(**parts)


def told_apart(item: Item, drawn: Drawn) -> bool:
    """Whether no known wrong answer counts as right or is taken for another one."""
    kind = kinds.of(item)
    wanted = kind.wanted(drawn.right, item)
    wrong = [kind.wanted(told, item) for told in drawn.wrong.values()]
    for place, value in enumerate(wrong):
        readings = kind.read(kind.given(value, item), item)
        if any(kind.same(one, wanted, item) for one in readings):
            return False
        # What is met first is named: only those before it can take its place.
        before = wrong[:place]
        if any(kind.recognised(one, other, item) for one in readings for other in before):
            return False
    return True
