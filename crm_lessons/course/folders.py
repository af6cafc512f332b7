"""Where lessons lie, and what a lesson's folder holds.

======================  =====================================================================
``lesson.py``           the notebook: code once, prose in each language (see `runs.editions`)
``exercises.yaml``      all texts of the exercises, under ``decisions`` and ``quiz``
``answers.py``          for each exercise one `answers.Answers` of the same name
``sentences.yaml``      what the lesson says with figures, and the words of its tables
``facts.py``            the values of its sentences, where no analysis gives them
``guide.yaml``          for the instructor
``sheets.yaml``         check lists and cards to print, where it has any (`runs.check_sheets`)
``drawn.yaml``          the texts of exam questions whose figures are drawn (see `course.exam`)
``drawn.py``            for each of them one function of the same name that draws and computes
``take_home.py``        what one holds in hand at the end (see `course.take_home`)
======================  =====================================================================

Lessons come with the package; others lie in folders that the environment variable
``CRM_LESSONS_LESSONS`` names (several with ``os.pathsep``): folders of lessons, or a lesson's own.
One of these goes before one of the same name that came with the package.
"""

import functools
import importlib
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from crm_lessons import carried, wording

OWN = "CRM_LESSONS_LESSONS"
SOURCE, EXERCISES, ANSWERS = "lesson.py", "exercises.yaml", "answers"
SENTENCES, GUIDE, FACTS = "sentences.yaml", "guide.yaml", "facts"
TAKE_HOME = "take_home"
DRAWN_TEXTS, DRAWN = "drawn.yaml", "drawn"
T = TypeVar("T")
_PROSE = re.compile(r'^# %% \[markdown\].*\blang="(\w+)"', re.MULTILINE)


def known() -> dict[str, Path]:
    """The folders of all lessons by name, one's own first."""
    found: dict[str, Path] = {}
    for place in [*own_places(), carried.path("notebooks", "lessons")]:
        for folder in _lessons_in(place):
            found.setdefault(folder.name, folder)
    return found


def own_places() -> list[Path]:
    """The folders that the environment names."""
    return [Path(place).resolve() for place in os.environ.get(OWN, "").split(os.pathsep) if place]


def add(folder: Path) -> str:
    """Know a lesson by its folder, here and in the kernels started from here; returns its name."""
    folder = folder.resolve()
    if folder not in own_places() and folder != known().get(folder.name):
        os.environ[OWN] = os.pathsep.join(map(str, [folder, *own_places()]))
    return folder.name


def find(name: str) -> Path | None:
    """The folder of a lesson, None if there is none of this name."""
    return known().get(name)


def read(name: str, file: str) -> dict:
    """One of the YAML files of a lesson; empty where it has none.

    In a lesson of one language that text stands for the other as well.
    """
    folder = find(name)
    path = folder / file if folder else None
    return wording.read(path, only=_only(folder)) if path and path.is_file() else {}


def languages(folder: Path) -> tuple[str, ...]:
    """The languages in which the prose of a lesson is written; both if it has none."""
    written = set(_PROSE.findall((folder / SOURCE).read_text(encoding="utf-8")))
    return tuple(one for one in wording.LANGUAGES if one in written) or wording.LANGUAGES


def _only(folder: Path) -> str:
    spoken = languages(folder)
    return spoken[0] if len(spoken) == 1 else ""


def header(name: str) -> dict:
    """What the head of a lesson's source says (title, minutes, bounds); empty if there is none."""
    folder = find(name)
    text = (folder / SOURCE).read_text(encoding="utf-8") if folder else ""
    _, fence, head = text.partition("# ---\n")
    lines = head.partition("# ---\n")[0].splitlines() if fence else []
    told = wording.parse("\n".join(line.removeprefix("# ") for line in lines))
    return told.get("jupyter", {}).get("crm_lessons", {})


def module(name: str, part: str) -> ModuleType | None:
    """The lesson's ``answers`` or ``facts``, imported; None where it has none.

    What they find they put into words, so the lesson's sentences are known from here on.
    """
    folder = find(name)
    if folder is None or not (folder / f"{part}.py").is_file():
        return None
    say(name)
    return importlib.import_module(f"{_package(name, folder)}.{part}")


def say(name: str) -> None:
    """Let ``wording`` know the sentences of a lesson, under its name."""
    folder = find(name)
    if folder and (folder / SENTENCES).is_file():
        wording.add(name, folder / SENTENCES, only=_only(folder))


def remembered(load: Callable[[str], T]) -> Callable[[str], T]:
    """Read a lesson once by its name, and again only when other folders of lessons are named.

    Whoever asks for each answer must not look at the disk; the last reading alone is held, because
    what a lesson registers belongs to the one of its name that was read last.
    """
    held: dict[str, tuple[str, T]] = {}

    @functools.wraps(load)
    def loaded(lesson: str) -> T:
        places = os.environ.get(OWN, "")
        if lesson not in held or held[lesson][0] != places:
            held[lesson] = places, load(lesson)
        return held[lesson][1]

    return loaded


def _lessons_in(place: Path) -> Iterator[Path]:
    if (place / SOURCE).is_file():
        yield place
    yield from sorted(path.parent for path in place.glob(f"*/{SOURCE}"))


def _package(name: str, folder: Path) -> str:
    """A package whose modules are the files of the folder, so that they may import each other."""
    package = f"lesson_{name}"
    made = sys.modules.get(package)
    if made is None or list(made.__path__) != [str(folder)]:
        for stale in [one for one in sys.modules if one.startswith(f"{package}.")]:
            del sys.modules[stale]
        made = ModuleType(package)
        made.__path__ = [str(folder)]
        sys.modules[package] = made
    return package
