"""The maintainer's command: lessons built from their sources."""

from typing import Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli._app import LANGUAGE, Language, command, help_text, use
from crm_lessons.errors import CrmError


@command("build", "cli.build", panel="upkeep")
def build_editions(
    lesson: Annotated[str, typer.Argument(metavar="[LESSON]", help=help_text("build_lesson"))] = "",
    check: Annotated[bool, typer.Option("--check", help=help_text("build_check"))] = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.runs import editions

    if not check:
        for path in editions.build(lesson):
            print(path)
        return
    stale = editions.stale()
    if stale:
        raise CrmError("editions_stale", paths=", ".join(map(str, stale)))
    print(wording.text("cli.editions_fresh"))
