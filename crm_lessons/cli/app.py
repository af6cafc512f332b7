"""The application itself, and what its commands share."""

from typing import Annotated

import typer

from crm_lessons import wording
from crm_lessons.errors import CrmError

# Set by `main` before this module is imported.
LANGUAGE = wording.language()

app = typer.Typer(
    help=wording.text("cli.app"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def help_text(name: str) -> str:
    return wording.text(f"cli.{name}")


LessonName = Annotated[str, typer.Argument(metavar="LESSON", help=help_text("lesson"))]
Language = Annotated[
    str, typer.Option("--language", metavar="zh|en", help=help_text("language"), show_default=False)
]


@app.callback()
def _everywhere(language: Language = LANGUAGE) -> None:
    use(language)


def use(language: str) -> None:
    if language not in wording.LANGUAGES:
        raise CrmError("unknown_language", given=language)
    wording.use(language)
