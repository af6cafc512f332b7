"""The analyst's commands about where data come from: databases by name, files too large."""

from pathlib import Path
from typing import Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli._app import LANGUAGE, Language, command, use
from crm_lessons.errors import CrmError


def _help(name: str) -> str:
    return wording.text(f"sources.{name}")


@command("connections", "sources.connections", panel="report")
def show_connections(language: Language = LANGUAGE) -> None:
    use(language)
    from crm_lessons.data import connections

    for one in connections.known().values():
        kind = _KINDS.get(one.kind, one.kind)
        print(wording.text("sources.connection", name=one.name, kind=kind, origin=one.origin))
        if one.queries:
            print(wording.text("sources.queries", names=", ".join(one.queries)))
    print(wording.text("sources.how_to_connect", file=connections.config_file()))


@command("convert", "sources.convert", panel="report")
def convert_files(
    source: Annotated[str, typer.Argument(metavar="FILE", help=_help("convert_source"))],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help=_help("convert_out"))],
    encoding: Annotated[str, typer.Option(metavar="CODE", help=_help("encoding"))] = "",
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.data import converting, files, places

    found = places.files_of(source)
    texts = [place for place in found if files.kind_of(place.path) == "text"]
    if not texts:
        raise CrmError("nothing_to_convert", files=", ".join(place.label for place in found))
    for place, target in zip(texts, _targets([place.label for place in texts], out), strict=True):
        rows = converting.to_parquet(place.path, target, encoding=encoding or None)
        print(wording.text("sources.converted", path=target, rows=rows))


def _targets(labels: list[str], out: Path) -> list[Path]:
    """Where each file is written: ``a.parquet``, and ``a.csv.parquet`` beside an ``a.tsv``."""
    short = [(out / label).with_suffix(".parquet") for label in labels]
    return [
        out / f"{label}.parquet" if short.count(target) > 1 else target
        for label, target in zip(labels, short, strict=True)
    ]


_KINDS = {"postgresql": "PostgreSQL", "postgres": "PostgreSQL", "sqlite": "SQLite"}
