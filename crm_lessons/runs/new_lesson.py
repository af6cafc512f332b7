"""A lesson begun: the skeleton of one that runs, or a copy of another one under a new name.

The skeleton stands in ``course/skeleton`` in both languages. A line that begins with ``[zh]`` or
``[en]`` is for lessons in that language, one with ``[#zh]`` or ``[#en]`` a comment for whoever
writes in it.
"""

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from crm_lessons import wording, writing
from crm_lessons.course import folders
from crm_lessons.errors import CrmError
from crm_lessons.runs import lessons

EXAMPLE = "20_ours"  # the name that the skeleton bears
_NAME = re.compile(r"\d\d_[a-z][a-z0-9_]*")
_MARKED = re.compile(r"\[(#?)(zh|en)\](.*)")
_ALONE = re.compile(r"(?m)^( *)-\n +")  # a dash whose text stands in the next line
_HEAD = re.compile(r"(?m)^#   crm_lessons:\n")
_COMMENT = re.compile(r"(?m)(?<=# )\{(\w+)\}$")  # a parameter, to be explained


def make(
    name: str,
    folder: Path | None = None,
    *,
    languages: tuple[str, ...] = wording.LANGUAGES,
    source: str = "",
) -> Path:
    """Write the folder of a new lesson; returns it.

    It is made in ``folder``, else in the first one of one's own lessons, else here. ``source`` is
    the lesson to copy (name, number or folder). CrmError if the name is none, or taken.
    """
    if not _NAME.fullmatch(name):
        raise CrmError("lesson_name", given=name)
    copied = _copied(source, name) if source else None
    target = (folder or _home()).resolve() / name
    if target.exists():
        raise CrmError("lesson_folder_exists", path=target)
    _free(name)
    texts = copied or dict(_skeleton(languages, name))
    target.parent.mkdir(parents=True, exist_ok=True)
    with writing.whole_or_nothing(target) as draft:
        for file, text in texts.items():
            (draft / file).write_text(text, encoding="utf-8")
    return target


def _home() -> Path:
    """Where one's own lessons lie: the first folder of lessons that is known, else here."""
    known = [place for place in folders.own_places() if not (place / folders.SOURCE).is_file()]
    return known[0] if known else Path()


def _free(name: str) -> None:
    """CrmError if a lesson is found by this number or word already."""
    number, _, word = name.partition("_")
    for known in lessons.names():
        if known.partition("_")[0] == number or known.partition("_")[2] == word:
            taken = {one.partition("_")[0] for one in lessons.names()}
            free = next(f"{n:02}" for n in range(20, 120) if f"{n:02}" not in taken)
            raise CrmError("lesson_name_taken", given=name, known=known, free=free)


def _skeleton(languages: tuple[str, ...], name: str) -> Iterator[tuple[str, str]]:
    teller = wording.language() if len(languages) > 1 else languages[0]
    for file in (resources.files("crm_lessons.course") / "skeleton").iterdir():
        text = "\n".join(_lines(file.read_text(encoding="utf-8"), languages, teller))
        text = _ALONE.sub(r"\1- ", text).replace(EXAMPLE, name).replace("{{spoken}}", languages[0])
        yield file.name.removesuffix(".txt"), _COMMENT.sub(_explained, text) + "\n"


def _lines(text: str, languages: tuple[str, ...], teller: str) -> Iterator[str]:
    for line in text.splitlines():
        marked = _MARKED.fullmatch(line)
        if marked is None:
            yield line
        elif marked[2] in ((teller,) if marked[1] else languages):
            yield marked[3]


def _explained(found: re.Match) -> str:
    # In English, as all code is: `crm-lessons parameters` tells it in either language.
    return wording.template(f"parameters.{found[1]}", "en")


def _copied(source: str, name: str) -> dict[str, str]:
    """The files of another lesson, by its name in them the new one."""
    old = lessons.find(source).name
    folder = folders.find(old)
    if folder is None:
        raise CrmError("unknown_lesson", wanted=source, known=", ".join(folders.known()))
    files = sorted(path for path in folder.iterdir() if path.suffix in {".py", ".yaml"})
    texts = {path.name: path.read_text(encoding="utf-8").replace(old, name) for path in files}
    of = folders.header(old).get("claims_of", old)  # what the notes claim is told of the first one
    texts[folders.SOURCE] = _HEAD.sub(
        rf"\g<0>#     claims_of: {of}\n", texts[folders.SOURCE], count=1
    )
    return texts
