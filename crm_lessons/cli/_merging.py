"""The analyst's command that carries out decisions about pairs of customer records."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli._app import LANGUAGE, Language, command, help_text, use


def _help(name: str) -> str:
    return wording.text(f"merging.{name}")


@command("merge", "merging.merge", panel="report")
def merge_records(
    sheet: Annotated[Path, typer.Argument(metavar="FILE", help=_help("sheet"))],
    customers: Annotated[str, typer.Option(metavar="FILE", help=_help("customers"))],
    out: Annotated[Path, typer.Option(metavar="FILE.csv", help=_help("out"))],
    columns: Annotated[str, typer.Option(metavar="NAME=HEADING,…", help=help_text("columns"))] = "",
    undo: Annotated[bool, typer.Option("--undo", help=_help("undo"))] = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.cli._commands import given_columns
    from crm_lessons.runs import merging

    told = dict(out=out, columns=given_columns(columns))
    if undo:
        back = merging.undo(sheet, customers, **told)
        counts = dict(back=back.back, records=back.records, path=back.path)
        print(wording.text("merging.restored", **counts))
        if back.overwritten:
            listed = wording.text("cli.comma").join(back.overwritten)
            count = len(back.overwritten)
            print(wording.text("merging.overwritten", count=count, listed=listed))
        return
    made = merging.merge(sheet, customers, **told)
    counts = {one: getattr(made, one) for one in ("before", "after", *merging.DECISIONS)}
    print(wording.text("merging.made", **counts))
    if made.differing:
        told = (
            wording.text("merging.differs", heading=h, count=n) for h, n in made.differing.items()
        )
        print(wording.text("merging.differing", listed=wording.text("cli.comma").join(told)))
    merged, back = str(made.merged), str(made.way_back)
    given = ["--undo", "--customers", merged, "--out", _help("restored_file")]
    way = shlex.join(["crm-lessons", "merge", back, *given])
    print(wording.text("merging.written", path=merged, back=back, command=way))
