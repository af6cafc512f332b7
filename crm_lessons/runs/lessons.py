"""Which lessons there are, and where their editions lie.

Beside the lessons carried, one's own are known: those of the folders that the environment variable
``CRM_LESSONS_LESSONS`` names (see `course.folders`), and a lesson whose folder is given in place of
its name. Their editions are made when first used, into the user's cache, and anew when their source
has changed.
"""

import difflib
import getpass
import hashlib
import tempfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import platformdirs

from crm_lessons import carried, wording, writing
from crm_lessons.course import folders
from crm_lessons.errors import CrmError

if TYPE_CHECKING:
    from crm_lessons.course.parameters import Parameter


@dataclass(frozen=True)
class Lesson:
    """A lesson as its header describes it; ``title`` and ``subject`` by language."""

    name: str
    title: dict[str, str]
    subject: dict[str, str]
    minutes: int
    bounds: dict[str, dict]

    def edition(self, language: str) -> Path:
        """The notebook people open, in one language."""
        return edition_path(self.name, language)

    def parameters(self, language: str) -> dict[str, "Parameter"]:
        """The parameters of one edition, by name."""
        from crm_lessons.course import parameters  # takes its time to import

        return parameters.read(nbformat.read(self.edition(language), as_version=4))


def edition_path(name: str, language: str) -> Path:
    """Where the edition of a lesson lies (one that is carried need not exist yet)."""
    if name in _own():
        return _made(_own()[name] / folders.SOURCE, language)
    return carried.path("notebooks", language, f"{name}.ipynb")


def names() -> list[str]:
    """All lessons, in teaching order."""
    editions = carried.path("notebooks", wording.LANGUAGES[0]).glob("*.ipynb")
    return sorted({path.stem for path in editions} | set(_own()))


def named(wanted: str) -> str:
    """What was asked for, or the name of the lesson if it is a lesson's folder."""
    folder = Path(wanted)
    return folders.add(folder) if wanted and (folder / folders.SOURCE).is_file() else wanted


def everything() -> list[Lesson]:
    """All lessons as their headers describe them, in teaching order."""
    return [find(name) for name in names()]


def copy_name(name: str, language: str) -> str:
    """What the learner's own copy of an edition is called."""
    return f"{name}_{language}.ipynb"


def find(wanted: str) -> Lesson:
    """The lesson of a name, ``20_ours``, ``20``, ``ours``, or of a folder; else CrmError."""
    wanted, known = named(wanted), names()
    for name in known:
        number, _, word = name.partition("_")
        if wanted.lower() in {name, number, number.lstrip("0") or "0", word}:
            return describe(name, nbformat.read(edition_path(name, "zh"), as_version=4))
    words = known + [name.partition("_")[2] for name in known]
    near = difflib.get_close_matches(wanted, words, n=1)
    key = "unknown_lesson_near" if near else "unknown_lesson"
    raise CrmError(key, wanted=wanted, known=", ".join(known), near="".join(near))


def taking(schema: str) -> tuple[str, str] | None:
    """The first lesson that is about tables of this schema, and the parameter that names one."""
    for lesson in everything():
        for name, one in lesson.parameters(wording.language()).items():
            if one.bounds.get("data") == schema and one.default:
                return lesson.name, name
    return None


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


def _own() -> dict[str, Path]:
    home = carried.path("notebooks", "lessons").resolve()
    return {name: path for name, path in folders.known().items() if path.resolve().parent != home}


def _made(source: Path, language: str) -> Path:
    """The edition of a lesson of one's own, from the cache or made now."""
    from crm_lessons.runs import sources  # takes its time, and most lessons are made already

    told = [metadata.version("crm-lessons").encode(), str(source).encode(), source.read_bytes()]
    key = hashlib.sha256(b"\0".join(told)).hexdigest()[:16]
    path = cache("editions") / key / language / f"{sources.name_of(source)}.ipynb"
    if not path.is_file():
        writing.text(path, nbformat.writes(sources.edition(source, language)) + "\n")
    return path


def cache(name: str) -> Path:
    """The user's cache; where it cannot be written to, a folder for temporary files."""
    wanted = platformdirs.user_cache_path("crm-lessons") / name
    try:
        wanted.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir(), f"crm-lessons-{getpass.getuser()}", name)
    return wanted
