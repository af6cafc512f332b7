"""Which lessons there are, and where their editions lie.

Beside the lessons carried, those of a folder of one's own are known: the environment variable
``CRM_LESSONS_NOTEBOOKS`` names it, its folders ``zh`` and ``en`` hold the editions.
"""

import difflib
import os
from dataclasses import dataclass
from pathlib import Path

import nbformat

from crm_lessons import wording
from crm_lessons.data import carried
from crm_lessons.errors import CrmError

OWN = "CRM_LESSONS_NOTEBOOKS"


@dataclass(frozen=True)
class Lesson:
    """A lesson as its header describes it; ``title`` and ``subject`` by language."""

    name: str
    title: dict[str, str]
    subject: dict[str, str]
    minutes: int
    bounds: dict[str, dict]

    @property
    def subject_key(self) -> str:
        """The word in its name, which is also the wording file of its sentences: ``pareto``."""
        return self.name.partition("_")[2]

    def edition(self, language: str) -> Path:
        """The notebook people open, in one language."""
        return edition_path(self.name, language)


def edition_path(name: str, language: str) -> Path:
    """Where the edition of a lesson lies (it need not exist yet)."""
    own = Path(os.environ.get(OWN, ""), language, f"{name}.ipynb")
    if OWN in os.environ and own.exists():
        return own
    return carried.path("notebooks", language, f"{name}.ipynb")


def names() -> list[str]:
    """All lessons, in teaching order."""
    language = wording.LANGUAGES[0]
    folders = [carried.path("notebooks", language)]
    folders += [Path(os.environ[OWN], language)] if OWN in os.environ else []
    return sorted({path.stem for folder in folders for path in folder.glob("*.ipynb")})


def everything() -> list[Lesson]:
    """All lessons as their headers describe them, in teaching order."""
    return [find(name) for name in names()]


def copy_name(name: str, language: str) -> str:
    """What the learner's own copy of an edition is called."""
    return f"{name}_{language}.ipynb"


def find(wanted: str) -> Lesson:
    """The lesson meant by ``05_pareto``, ``05``, ``5`` or ``pareto``; CrmError if there is none."""
    known = names()
    for name in known:
        number, _, word = name.partition("_")
        if wanted.lower() in {name, number, number.lstrip("0") or "0", word}:
            return describe(name, nbformat.read(edition_path(name, "zh"), as_version=4))
    words = known + [name.partition("_")[2] for name in known]
    near = difflib.get_close_matches(wanted, words, n=1)
    key = "unknown_lesson_near" if near else "unknown_lesson"
    raise CrmError(key, wanted=wanted, known=", ".join(known), near="".join(near))


def describe(name: str, notebook: nbformat.NotebookNode) -> Lesson:
    """What the header of a lesson's notebook says of it."""
    header = notebook.metadata["crm_lessons"]
    return Lesson(
        name=name,
        title=dict(header["title"]),
        subject=dict(header["subject"]),
        minutes=header["minutes"],
        bounds={k: dict(v) for k, v in header.get("parameters", {}).items()},
    )
