"""Stored queries are read-only: one SELECT and nothing else."""

import re

from crm_lessons.errors import CrmError

# What is no statement: quoted text and names, comments. A dollar quote ends as it began.
_QUOTED = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | `[^`]*` | \[[^\]]*\]
    | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$ | --[^\n]* | /\*.*?\*/""",
    re.VERBOSE | re.DOTALL,
)
# Words that write, wherever in a statement they stand. A read-only transaction stands behind this.
_WRITES = {"alter", "attach", "call", "copy", "create", "delete", "drop", "exec", "execute"}
_WRITES |= {"grant", "insert", "into", "merge", "pragma", "truncate", "update"}


def one_select(sql: str, *, query: str, connection: str) -> str:
    """The query without its last semicolon; CrmError if it is anything but one SELECT.

    >>> one_select("select 1;", query="q", connection="c")
    'select 1'
    """
    bare = _QUOTED.sub(" '' ", sql).strip().rstrip(";").strip()
    found = _in_the_way(bare)
    if found is not None:
        raise CrmError("not_one_select", query=query, name=connection, found=found)
    return sql.strip().rstrip(";").strip()


def _in_the_way(bare: str) -> str | None:
    words = re.findall(r"[^\W\d]\w*", bare.lower())
    if not words or words[0] not in ("select", "with"):
        return words[0].upper() if words else "—"
    if ";" in bare:
        return ";"
    return next((word.upper() for word in words if word in _WRITES), None)
