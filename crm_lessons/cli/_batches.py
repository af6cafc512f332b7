"""The analyst's command for many reports at once."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli._app import (
    LANGUAGE,
    Language,
    LessonName,
    Pdf,
    WholePdf,
    command,
    pairs,
    printing,
    use,
)
from crm_lessons.runs.warm import client

if TYPE_CHECKING:  # importing this costs time that --help need not spend
    from crm_lessons.runs import Batch


def _help(name: str) -> str:
    return wording.text(f"batch.{name}")


@command("batch", "batch.command", panel="report")
def make_batch(
    lesson: LessonName,
    table: Annotated[str, typer.Argument(metavar="TABLE", help=_help("table"))],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help=_help("out"))] = Path("reports"),
    values: Annotated[
        list[str], typer.Option("-p", "--parameter", metavar="NAME=VALUE", help=_help("p"))
    ] = [],  # noqa: B006 - Typer copies it
    by: Annotated[str, typer.Option(metavar="COLUMN", help=_help("by"))] = "",
    jobs: Annotated[int | None, typer.Option(metavar="N", help=_help("jobs"))] = None,
    dask: Annotated[str, typer.Option(metavar="ADDRESS", help=_help("dask"))] = "",
    only_failed: Annotated[bool, typer.Option("--only-failed", help=_help("only_failed"))] = False,
    pdf: Pdf = False,
    whole_pdf: WholePdf = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    if not dask:
        client.prepare()
    from crm_lessons import runs

    try:
        made = runs.batch(
            lesson,
            table,
            out=out,
            parameters=pairs(values),
            by=by or None,
            jobs=jobs,
            dask=dask or None,
            only_failed=only_failed,
            language=language,
            latest=date.today(),
            progress=sys.stderr.isatty(),
            pdf=printing(pdf, whole_pdf),
        )
    except KeyboardInterrupt:
        print(wording.text("batch.interrupted"), file=sys.stderr)
        raise typer.Exit(130) from None
    _tell(made)
    if not made.succeeded:
        raise typer.Exit(1)


def _tell(made: "Batch") -> None:
    """The counts, each failure in a line, where the summary lies."""
    states = made.runs["state"].value_counts()
    counts = {state: int(states.get(state, 0)) for state in ("made", "kept", "failed", "open")}
    print(wording.text("batch.told_counts", runs=len(made.runs), **counts))
    for row in made.runs[made.runs["state"] == "failed"].itertuples():
        print(wording.text("batch.told_failed", name=row.name, error=row.error), file=sys.stderr)
    if not made.succeeded:
        print(wording.text("batch.told_again"), file=sys.stderr)
    print(wording.text("batch.told_summary", path=made.html))
