"""The application itself, and what its commands share."""

from collections.abc import Callable
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


def command(name: str, key: str, *, panel: str) -> Callable[[Callable], Callable]:
    """Declare a command: its help, the panel where it is listed, an example if wording has one."""
    example = f"{key}_example"
    return app.command(
        name,
        help=wording.text(key),
        rich_help_panel=wording.text(f"cli.panel_{panel}"),
        epilog=wording.text(example) if wording.has(example) else None,
    )


LessonName = Annotated[str, typer.Argument(metavar="LESSON", help=help_text("lesson"))]
Language = Annotated[
    str, typer.Option("--language", metavar="zh|en", help=help_text("language"), show_default=False)
]
Values = Annotated[
    list[str], typer.Option("-p", "--parameter", metavar="NAME=VALUE", help=help_text("p"))
]

Pdf = Annotated[bool, typer.Option("--pdf", help=help_text("pdf"))]
WholePdf = Annotated[bool, typer.Option("--whole-pdf", help=help_text("whole_pdf"))]


@app.callback()
def _everywhere(language: Language = LANGUAGE) -> None:
    use(language)


def use(language: str) -> None:
    if language not in wording.LANGUAGES:
        raise CrmError("unknown_language", given=language)
    wording.use(language)


def printing(pdf: bool, whole: bool) -> str:
    """Which PDF `runs.report` is asked for: ``"short"``, ``"whole"`` or none."""
    return "whole" if whole else "short" if pdf else ""


def pairs(values: list[str]) -> dict[str, str]:
    """Parameters as the command line brings them; CrmError for one without ``=``."""
    found = {}
    for given in values:
        name, equals, value = given.partition("=")
        if not equals:
            raise CrmError("parameter_without_value", given=given)
        found[name.strip()] = value
    return found
