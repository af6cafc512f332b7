"""The analyst's commands about where data come from: databases by name, files too large."""

from pathlib import Path
from typing import Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli.app import LANGUAGE, Language, app, use


def _help(name: str) -> str:
    return wording.text(f"sources.{name}")


@app.command("connections", help=_help("connections"))
def show_connections(language: Language = LANGUAGE) -> None:
    use(language)
    from crm_lessons.data import connections

    for one in connections.known().values():
        kind = _KINDS.get(one.kind, one.kind)
        print(wording.text("sources.connection", name=one.name, kind=kind, origin=one.origin))
        if one.queries:
            print(wording.text("sources.queries", names=", ".join(one.queries)))
    print(wording.text("sources.how_to_connect", file=connections.config_file()))


@app.command("convert", help=_help("convert"))
def convert_files(
    source: Annotated[str, typer.Argument(metavar="FILE", help=_help("convert_source"))],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help=_help("convert_out"))],
    encoding: Annotated[str, typer.Option(metavar="CODE", help=_help("encoding"))] = "",
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.data import converting, places

    for place in places.files_of(source):
        target = (out / place.label).with_suffix(".parquet")
        rows = converting.to_parquet(place.path, target, encoding=encoding or None)
        print(wording.text("sources.converted", path=target, rows=rows))


_KINDS = {"postgresql": "PostgreSQL", "postgres": "PostgreSQL", "sqlite": "SQLite"}
