"""The tables and triggers of a ledger: the database writes the audit log, and no program."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from crm_lessons.errors import CrmError

LOG = ("number", "at", "who", "action", "record_id", "before", "after", "undoes")
PATIENCE = 10.0  # seconds that one waits for another who is writing

_AUDIT = """
CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, record_id TEXT NOT NULL,
    before TEXT, after TEXT, undoes INTEGER
);
CREATE TRIGGER audit_is_signed BEFORE INSERT ON audit WHEN NEW.who IS NOT acting_person()
    BEGIN SELECT RAISE(ABORT, 'nobody writes for another'); END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit WHEN NOT (
    OLD.record_id IS forgotten_record() AND NEW.before IS NULL AND NEW.after IS NULL
    AND (NEW.number, NEW.at, NEW.who, NEW.action, NEW.record_id, NEW.undoes)
        IS (OLD.number, OLD.at, OLD.who, OLD.action, OLD.record_id, OLD.undoes))
    BEGIN SELECT RAISE(ABORT, 'the log is not changed'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the log is not changed'); END;
"""
NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
# acting_person() is known to `opened` only: without it a trigger fails, and the change with it.
_TRIGGER = """
CREATE TRIGGER {action}_logged AFTER {event} ON customers BEGIN
    INSERT INTO audit (at, who, action, record_id, before, after, undoes)
    VALUES ({now}, acting_person(), '{action}', {row}.record_id,
            {before}, {after}, undone_change());
END;
"""


def opened(path: str | Path, **told: Callable[[], object]) -> sqlite3.Connection:
    """A connection whose triggers know who acts, what is being taken back, whom to forget.

    What was deleted is overwritten in the file, so that it cannot be read there.
    """
    try:
        link = sqlite3.connect(path, timeout=PATIENCE)
    except sqlite3.Error as error:
        raise CrmError("ledger_file", file=Path(path).name) from error
    for name in ("acting_person", "undone_change", "forgotten_record"):
        link.create_function(name, 0, told[name])
    link.execute("PRAGMA secure_delete = ON")
    return link


def made(link: sqlite3.Connection, fields: Sequence[str]) -> tuple[str, ...]:
    """The fields of the ledger, whose tables are made where there are none yet."""
    known, logged = (_columns(link, table) for table in ("customers", "audit"))
    if known or logged:
        if known[:1] != ("record_id",) or logged != LOG:
            raise sqlite3.DatabaseError("no ledger")
        if fields and known[1:] != tuple(fields):
            raise CrmError("ledger_other_fields", known=", ".join(known[1:]))
        return known[1:]
    lowered = ["record_id", *(name.lower() for name in fields)]  # as SQLite compares names
    for name in fields:
        if not name.isidentifier() or lowered.count(name.lower()) > 1:
            raise CrmError("ledger_field_name", field=name)
    if not fields:
        raise CrmError("ledger_no_fields")
    columns = ", ".join(f'"{name}" TEXT' for name in fields)
    script = f"CREATE TABLE customers (record_id TEXT PRIMARY KEY NOT NULL, {columns});{_AUDIT}"
    old, new = (_as_json(row, fields) for row in ("OLD", "NEW"))
    for action, event, row, before, after in (
        ("enter", "INSERT", "NEW", "NULL", new),
        ("update", "UPDATE", "NEW", old, new),
        ("delete", "DELETE", "OLD", old, "NULL"),
    ):
        script += _TRIGGER.format(
            now=NOW, action=action, event=event, row=row, before=before, after=after
        )
    link.executescript(f"BEGIN IMMEDIATE;{script}COMMIT;")
    return tuple(fields)


def _columns(link: sqlite3.Connection, table: str) -> tuple[str, ...]:
    return tuple(row[1] for row in link.execute(f"PRAGMA table_info({table})"))


def _as_json(row: str, fields: Sequence[str]) -> str:
    return "json_object(" + ", ".join(f"'{name}', {row}.\"{name}\"" for name in fields) + ")"
