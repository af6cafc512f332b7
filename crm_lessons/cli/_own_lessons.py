"""The commands for whoever writes lessons: one begun, editions built."""

import os
from pathlib import Path
from typing import Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli._app import LANGUAGE, command, use
from crm_lessons.errors import CrmError

BOTH = "both"


def _help(name: str) -> str:
    return wording.text(f"own_lesson.{name}")


@command("new", "own_lesson.new", panel="upkeep")
def new_lesson(
    name: Annotated[str, typer.Argument(metavar="NN_NAME", help=_help("new_name"))],
    folder: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help=_help("new_folder"), show_default=False)
    ] = None,
    source: Annotated[str, typer.Option("--from", metavar="LESSON", help=_help("new_from"))] = "",
    language: Annotated[
        str, typer.Option("--language", metavar="zh|en|both", help=_help("new_language"))
    ] = BOTH,
) -> None:
    use(LANGUAGE if language == BOTH else language)
    from crm_lessons.runs import new_lesson as beginning

    if source and language != BOTH:
        raise CrmError("lesson_copied_whole", source=source)
    languages = wording.LANGUAGES if language == BOTH else (language,)
    made = beginning.make(name, folder, languages=languages, source=source)
    files = ", ".join(sorted(path.name for path in made.iterdir()))
    print(wording.text("own_lesson.made", name=name, path=made, files=files))
    known = f'setx CRM_LESSONS_LESSONS "{made.parent}"'
    if os.name != "nt":
        known = f"export CRM_LESSONS_LESSONS='{made.parent}'"
    print(wording.text("own_lesson.next", name=name, path=made, known=known).rstrip())
