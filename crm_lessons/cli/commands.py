"""The commands and their options. Help texts come from ``wording/cli.yaml``."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli import told
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


def _help(name: str) -> str:
    return wording.text(f"cli.{name}")


LessonName = Annotated[str, typer.Argument(metavar="LESSON", help=_help("lesson"))]
Language = Annotated[
    str, typer.Option("--language", metavar="zh|en", help=_help("language"), show_default=False)
]


@app.callback()
def _everywhere(language: Language = LANGUAGE) -> None:
    _use(language)


def _use(language: str) -> None:
    if language not in wording.LANGUAGES:
        raise CrmError("unknown_language", given=language)
    wording.use(language)


@app.command("lessons", help=_help("lessons"))
def show_lessons(language: Language = LANGUAGE) -> None:
    _use(language)
    from crm_lessons.runs import lessons

    for name in lessons.names():
        told.lesson(lessons.find(name))


@app.command("parameters", help=_help("parameters"))
def show_parameters(lesson: LessonName, language: Language = LANGUAGE) -> None:
    _use(language)
    from crm_lessons.runs import lessons, parameters

    for parameter in parameters.of_lesson(lessons.find(lesson), wording.language()).values():
        told.parameter(parameter)


@app.command("report", help=_help("report"))
def make_report(
    lesson: LessonName,
    values: Annotated[
        list[str], typer.Option("-p", "--parameter", metavar="NAME=VALUE", help=_help("p"))
    ] = [],  # noqa: B006 - Typer copies it
    out: Annotated[Path, typer.Option(metavar="FOLDER", help=_help("out"))] = Path("reports"),
    name: Annotated[str, typer.Option(metavar="NAME", help=_help("name"))] = "",
    language: Language = LANGUAGE,
) -> None:
    _use(language)
    from crm_lessons import runs

    made = runs.report(
        lesson,
        parameters=_pairs(values),
        out=out,
        name=name or None,
        language=language,
        latest=date.today(),
        progress=sys.stderr.isatty(),
    )
    told.report(made)


@app.command("check", help=_help("check"))
def check_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help=_help("check_file"))],
    schema: Annotated[
        str, typer.Option("--as", metavar="SCHEMA", help=_help("check_as"))
    ] = "orders",
    columns: Annotated[str, typer.Option(metavar="NAME=HEADING,…", help=_help("columns"))] = "",
    encoding: Annotated[str, typer.Option(metavar="CODE", help=_help("encoding"))] = "",
    language: Language = LANGUAGE,
) -> None:
    _use(language)
    from crm_lessons import data
    from crm_lessons.runs import parameters

    table = data.read(
        file,
        schema,
        columns=parameters.pairs(columns) or None,
        encoding=encoding or None,
        latest=date.today(),
    )
    told.table(table)


@app.command("start", help=_help("start"))
def start_lesson(
    lesson: LessonName,
    folder: Annotated[Path, typer.Option(metavar="FOLDER", help=_help("folder"))] = Path("lessons"),
    language: Language = LANGUAGE,
) -> None:
    _use(language)
    from crm_lessons.runs import desk, lessons

    copied = desk.lay_out(folder, [lessons.find(lesson)], wording.language())
    print(wording.text("cli.started", path=copied[0]))


@app.command("lab", help=_help("lab"))
def open_lab(
    folder: Annotated[Path, typer.Option(metavar="FOLDER", help=_help("folder"))] = Path("lessons"),
    language: Language = LANGUAGE,
) -> None:
    _use(language)
    from crm_lessons.runs import desk

    sys.exit(desk.open_lab(folder, wording.language()))


@app.command("build", help=_help("build"))
def build_editions(
    check: Annotated[bool, typer.Option("--check", help=_help("build_check"))] = False,
    language: Language = LANGUAGE,
) -> None:
    _use(language)
    from crm_lessons.runs import editions

    if not check:
        for path in editions.build():
            print(path)
        return
    stale = editions.stale()
    if stale:
        raise CrmError("editions_stale", paths=", ".join(map(str, stale)))
    print(wording.text("cli.editions_fresh"))


def _pairs(values: list[str]) -> dict[str, str]:
    pairs = {}
    for given in values:
        name, equals, value = given.partition("=")
        if not equals:
            raise CrmError("parameter_without_value", given=given)
        pairs[name.strip()] = value
    return pairs
