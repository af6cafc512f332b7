"""Databases known by a name, so that no password stands in a notebook or a report.

A name comes from an environment variable (``CRM_LESSONS_CONNECTION_SALES`` is ``sales``) or from a
configuration file::

    [sales]
    url = "postgresql://reader@db.example.com/shop"
    password_from = "SHOP_PASSWORD"     # an environment variable
    [sales.queries]
    orders_2025 = "SELECT * FROM orders WHERE order_date >= '2025-01-01'"
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crm_lessons.errors import CrmError, Reason

PREFIX = "sql:"
VARIABLE = "CRM_LESSONS_CONNECTION_"
FILE_VARIABLE = "CRM_LESSONS_CONNECTIONS"  # the path of the configuration file
FILE_NAME = "connections.toml"
_ADDRESS = re.compile(r"^\s*(?!https?:)[a-z][a-z0-9+_]+://|://[^\s]*:[^\s]*@", re.IGNORECASE)


@dataclass(frozen=True)
class Connection:
    """A database by name. The address holds the password and is never shown."""

    name: str
    origin: str  # the variable or the file that names it
    url: str = field(repr=False)
    password_from: str | None = None
    queries: Mapping[str, str] = field(default_factory=dict, repr=False)
    folder: Path = Path()  # from where a relative path of an SQLite file counts

    @property
    def kind(self) -> str:
        """``sqlite``, ``postgresql`` …; a question mark if the address does not begin with one."""
        scheme = re.match(r"\s*([a-z][a-z0-9]*)(?:\+\w+)?://", self.url, re.IGNORECASE)
        return scheme[1].lower() if scheme else "?"

    def password(self) -> str | None:
        """The password of the variable that ``password_from`` names; None if it names none."""
        if self.password_from is None:
            return None
        found = os.environ.get(self.password_from)
        if not found:
            told = {"variable": self.password_from, "file": self.origin}
            raise CrmError("password_not_set", name=self.name, **told)
        return found


def known() -> dict[str, Connection]:
    """All connections by name; one from the environment goes before one from the file."""
    found = {one.name: one for one in _from_file(config_file())}
    for variable, url in sorted(os.environ.items()):
        name = variable.removeprefix(VARIABLE).lower()
        if variable.startswith(VARIABLE) and name and url.strip():
            queries = found[name].queries if name in found else {}
            found[name] = Connection(name, variable, url, queries=queries)
    return dict(sorted(found.items()))


def find(name: str) -> Connection:
    """The connection of this name; CrmError, which tells the names there are, if there is none."""
    there = known()
    wanted = name.strip().lower()
    if wanted in there:
        return there[wanted]
    near = difflib.get_close_matches(wanted, there, 1)
    key = "connection_unknown_near" if near else "connection_unknown"
    key = key if there else "no_connections"
    told = {"variable": VARIABLE + (name.upper() or "NAME"), "file": config_file()}
    raise CrmError(key, name=name, known=", ".join(there), near="".join(near), **told)


def config_file() -> Path:
    """The configuration file: where the environment says, else in the user's config folder."""
    named = os.environ.get(FILE_VARIABLE)
    if named:
        return Path(named).expanduser()
    if os.name == "nt":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "crm_lessons" / FILE_NAME


def refuse_address(text: object) -> None:
    """Refuse an address of a database where only a name belongs: it would show its password.

    >>> refuse_address("sql:sales/orders"), refuse_address("https.csv")
    (None, None)
    """
    if isinstance(text, str) and _ADDRESS.search(text):
        raise CrmError("address_instead_of_name")


def _from_file(path: Path) -> list[Connection]:
    if not path.is_file():
        if os.environ.get(FILE_VARIABLE):
            raise CrmError("file_not_found", path=path)
        return []
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CrmError("file_not_readable", path=path, reason=Reason(error)) from None
    try:
        told = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CrmError("connections_file_broken", file=path, line=line) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        # Only the place: the rest of the message may quote the file.
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else content.rstrip().count(b"\n") + 1
        raise CrmError("connections_file_broken", file=path, line=line) from None
    return [_connection(name.lower(), one, path) for name, one in told.items()]


def _connection(name: str, told: object, path: Path) -> Connection:
    fields = told if isinstance(told, dict) else {}
    url, variable, queries = (fields.get(k) for k in ("url", "password_from", "queries"))
    queries = {} if queries is None else queries
    sound = isinstance(url, str) and isinstance(variable, str | None) and _are_texts(queries)
    if not sound or set(fields) - {"url", "password_from", "queries"}:
        raise CrmError("connection_incomplete", name=name, file=path)
    return Connection(name, str(path), url, variable, queries, path.parent)


def _are_texts(queries: object) -> bool:
    return isinstance(queries, dict) and all(isinstance(q, str) for q in queries.values())
