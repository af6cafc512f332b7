"""The analyst's commands about where data come from: databases by name."""

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


_KINDS = {"postgresql": "PostgreSQL", "postgres": "PostgreSQL", "sqlite": "SQLite"}
