"""A table or a stored query of a database, read only, without a trace of its password.

SQL is never made from what a user writes: the name of a table must be one that the database itself
lists, and SQLAlchemy quotes it; a query comes from the configuration file and is one SELECT. No
error of a library leaves this module, since its text may hold the address.
"""

import difflib
import functools
import sqlite3
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crm_lessons.data import _queries, _sql_frames, connections
from crm_lessons.data._raw import Raw
from crm_lessons.data.connections import Connection
from crm_lessons.data.findings import Findings
from crm_lessons.data.places import SqlPlace
from crm_lessons.errors import CrmError

if TYPE_CHECKING:  # imported where it is needed: whoever reads files need not load it
    import sqlalchemy

BATCH = 50_000  # rows fetched at a time
SECONDS = 10  # to wait for a connection
LISTED = 30  # names of tables in a message
POSTGRES = ("postgres", "postgresql")
EXTRAS = {"psycopg": "crm-lessons[postgres]", "MySQLdb": "mysqlclient", "pymysql": "pymysql"}
NO_RIGHTS = "42501"  # SQLSTATE


def read_raw(place: SqlPlace, findings: Findings) -> Raw | None:
    """The rows of a table or query; None, and a fault in ``findings``, if there are none."""
    connection = connections.find(place.connection)
    engine = _engine(connection)
    with _clean_errors(connection, place.table), _read_only(engine) as link:
        result, keys = _rows(link, connection, place.table)
        headings = list(result.keys())
        frame = _sql_frames.frame_of(result.partitions(BATCH), len(headings))
    if frame.is_empty():
        findings.fault("no_rows", place.label)
        return None
    return Raw(
        place.label,
        headings,
        frame.lazy(),
        "sql",
        digest=functools.partial(_sql_frames.digest, headings, frame.drop("row")),
        keys=tuple(headings.index(key) for key in keys if key in headings),
    )


def _rows(
    link: "sqlalchemy.Connection", connection: Connection, table: str
) -> tuple["sqlalchemy.CursorResult", Sequence[str]]:
    """The rows, still coming, and the names of the columns that tell them apart."""
    import sqlalchemy

    streamed = {"stream_results": True}
    if table in connection.queries:
        told = {"query": table, "connection": connection.name}
        query = _queries.one_select(connection.queries[table], **told)
        as_it_is = {"no_parameters": True}  # a percent sign begins nothing
        return link.exec_driver_sql(query, execution_options=streamed | as_it_is), ()
    inspector = sqlalchemy.inspect(link)
    schema, name = _table(inspector, connection, table)
    columns = [one["name"] for one in inspector.get_columns(name, schema)]
    keys = inspector.get_pk_constraint(name, schema).get("constrained_columns", ())
    # Columns without a type: the values arrive as they are stored, dates as text included.
    source = sqlalchemy.table(name, *map(sqlalchemy.column, columns), schema=schema)
    return link.execute(sqlalchemy.select(source), execution_options=streamed), keys


def _table(
    inspector: "sqlalchemy.Inspector", connection: Connection, wanted: str
) -> tuple[str | None, str]:
    """Schema and name of a table or view that is there; CrmError if there is none like it."""
    names = _tables(inspector)
    if wanted in names:
        return None, wanted
    schema, dot, name = wanted.partition(".")
    if dot and schema in inspector.get_schema_names() and name in _tables(inspector, schema):
        return schema, name
    known = [*connection.queries, *names]
    near = difflib.get_close_matches(wanted, known, 1) or [
        one for one in known if one.casefold() == wanted.casefold()
    ]
    listed = ", ".join(known[:LISTED]) + (" …" if len(known) > LISTED else "")
    key = "table_unknown_near" if near else "table_unknown" if wanted else "table_unnamed"
    told = {"name": connection.name, "table": wanted, "known": listed or "—"}
    raise CrmError(key, near="".join(near[:1]), **told)


def _tables(inspector: "sqlalchemy.Inspector", schema: str | None = None) -> list[str]:
    names = [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]
    if inspector.dialect.name == "postgresql":
        names += inspector.get_materialized_view_names(schema)
    return sorted(names)


def _engine(connection: Connection) -> "sqlalchemy.Engine":
    import sqlalchemy
    from sqlalchemy import pool

    url = _url(connection)
    options = {"poolclass": pool.NullPool, "hide_parameters": True}
    if url.get_backend_name() == "sqlite":
        return sqlalchemy.create_engine("sqlite://", creator=_sqlite(connection, url), **options)
    return _made(connection, url, options)


def writable(connection: Connection, connections: int) -> "sqlalchemy.Engine":
    """An engine for tables of our own, which keeps so many connections open."""
    options = {"pool_size": connections, "pool_pre_ping": True, "hide_parameters": True}
    return _made(connection, _url(connection), options)


def _made(connection: Connection, url: "sqlalchemy.URL", options: dict) -> "sqlalchemy.Engine":
    import sqlalchemy
    from sqlalchemy import exc

    if url.get_backend_name() == "postgresql":
        options["connect_args"] = {"connect_timeout": SECONDS}
    try:
        return sqlalchemy.create_engine(url, **options)
    except exc.NoSuchModuleError:
        told = {"name": connection.name, "kind": connection.kind}
        raise CrmError("database_kind_unknown", **told) from None
    except ImportError as error:
        module = error.name or "psycopg"
        told = {"module": module, "package": EXTRAS.get(module, module)}
        raise CrmError("driver_missing", name=connection.name, **told) from None


def _url(connection: Connection) -> "sqlalchemy.URL":
    import sqlalchemy
    from sqlalchemy import exc

    try:
        url = sqlalchemy.make_url(connection.url.strip())
    except (exc.ArgumentError, ValueError):  # a port that is no number, and the like
        raise CrmError("connection_url_wrong", name=connection.name) from None
    if url.drivername in POSTGRES:
        url = url.set(drivername="postgresql+psycopg")
    password = connection.password()
    return url.set(password=password) if password else url


def _sqlite(connection: Connection, url: "sqlalchemy.URL"):
    """What opens an SQLite file read-only; CrmError if it is not there."""
    path = connection.folder / (url.database or "")
    if not path.is_file():
        raise CrmError("database_file_missing", name=connection.name, path=path)
    address = f"file:{urllib.parse.quote(path.resolve().as_posix())}?mode=ro"
    return lambda: sqlite3.connect(address, uri=True, timeout=SECONDS)


@contextmanager
def _read_only(engine: "sqlalchemy.Engine") -> Iterator["sqlalchemy.Connection"]:
    """A connection that cannot write; whatever happens in it is taken back at the end."""
    with engine.connect() as link:
        if engine.dialect.name == "postgresql":
            how = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            link = link.execution_options(**how)
        yield link
        link.rollback()


@contextmanager
def _clean_errors(connection: Connection, table: str) -> Iterator[None]:
    """Errors of the database as our own, with nothing in them that should stay secret."""
    from sqlalchemy import exc

    try:
        yield
    except exc.SQLAlchemyError as error:
        cause = getattr(error, "orig", None)
        state = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorcode", None)
        if state == NO_RIGHTS:
            raise CrmError("no_rights", name=connection.name, table=table) from None
        told = {"name": connection.name, "reason": _reason(error, connection)}
        if isinstance(error, exc.OperationalError) and not state:
            raise CrmError("cannot_connect", **told) from None
        raise CrmError("query_failed", table=table, **told) from None


def _reason(error: Exception, connection: Connection) -> str:
    """What the database said, in one line, without the password in any spelling."""
    said = " ".join(str(getattr(error, "orig", None) or error).split())
    for secret in sorted(_secrets(connection), key=len, reverse=True):
        said = said.replace(secret, "***")
    return said[:300]


def _secrets(connection: Connection) -> Iterable[str]:
    password = _url(connection).password
    bare = [connection.url, str(password)] if password else [connection.url]
    return {text for one in bare for text in (one, urllib.parse.quote(one, safe="")) if text}
