"""The analyst's commands for one file or one lesson. Help texts come from ``wording/cli.yaml``."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli import told
from crm_lessons.cli._app import (
    LANGUAGE,
    Language,
    LessonName,
    Pdf,
    Values,
    WholePdf,
    command,
    help_text,
    pairs,
    printing,
    use,
)
from crm_lessons.errors import CrmError
from crm_lessons.runs.warm import client


@command("lessons", "cli.lessons", panel="learn")
def show_lessons(language: Language = LANGUAGE) -> None:
    use(language)
    from crm_lessons.runs import lessons

    for name in lessons.names():
        told.lesson(lessons.find(name))


@command("parameters", "cli.parameters", panel="report")
def show_parameters(lesson: LessonName, language: Language = LANGUAGE) -> None:
    use(language)
    from crm_lessons.runs import lessons

    for parameter in lessons.find(lesson).parameters(wording.language()).values():
        told.parameter(parameter)


@command("report", "cli.report", panel="report")
def make_report(
    lesson: LessonName,
    values: Values = [],  # noqa: B006 - Typer copies it
    out: Annotated[Path, typer.Option(metavar="FOLDER", help=help_text("out"))] = Path("reports"),
    name: Annotated[str, typer.Option(metavar="NAME", help=help_text("name"))] = "",
    pdf: Pdf = False,
    whole_pdf: WholePdf = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    client.prepare()
    from crm_lessons import runs

    made = runs.report(
        lesson,
        parameters=pairs(values),
        out=out,
        name=name or None,
        language=language,
        latest=date.today(),
        progress=sys.stderr.isatty(),
        pdf=printing(pdf, whole_pdf),
    )
    told.report(made)


@command("check", "cli.check", panel="report")
def check_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help=help_text("check_file"))],
    schema: Annotated[
        str, typer.Option("--as", metavar="SCHEMA", help=help_text("check_as"))
    ] = "orders",
    columns: Annotated[str, typer.Option(metavar="NAME=HEADING,…", help=help_text("columns"))] = "",
    encoding: Annotated[str, typer.Option(metavar="CODE", help=help_text("encoding"))] = "",
    scope: Annotated[str, typer.Option(metavar="NAME=VALUE,…", help=help_text("scope"))] = "",
    leave_out: Annotated[
        str, typer.Option(metavar="NAME=VALUE|…,…", help=help_text("leave_out"))
    ] = "",
    flip_returns: Annotated[
        bool, typer.Option("--flip-returns", help=help_text("flip_returns"))
    ] = False,
    values: Annotated[
        list[str],
        typer.Option("-p", "--parameter", metavar="NAME=VALUE", help=help_text("reading")),
    ] = [],  # noqa: B006 - Typer copies it
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons import data
    from crm_lessons.data import schemas

    is_survey = schema.lower().endswith((".yaml", ".yml"))
    if schema not in schemas() and not is_survey:
        raise CrmError("unknown_schema", given=schema, known=", ".join(schemas()))
    table = data.read(
        file,
        schema,
        columns=given_columns(columns),
        encoding=encoding or None,
        latest=date.today(),
        others=given_columns(scope),
        leave_out=given_columns(leave_out),
        flip_returns=flip_returns,
        reading=pairs(values),
    )
    told.table(table, given_columns(scope))


def given_columns(given: str) -> dict[str, str]:
    from crm_lessons.course import typed

    try:
        return typed.pairs(given)
    except ValueError as error:
        raise CrmError("columns_not_pairs", given=given) from error
