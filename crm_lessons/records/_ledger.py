"""A small ledger of customers in SQLite, whose audit log the database itself writes."""

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from crm_lessons.errors import CrmError, InWords
from crm_lessons.records import _ledger_tables as tables
from crm_lessons.wording import text
from crm_lessons.wording.names import code

ENTER, UPDATE, DELETE = "enter", "update", "delete"
ROLES = {
    "reader": frozenset({"query"}),
    "clerk": frozenset({"query", ENTER, UPDATE}),
    "manager": frozenset({"query", ENTER, UPDATE, DELETE, "undo", "log", "forget"}),
    "auditor": frozenset({"query", "log"}),
}


class Ledger:
    """Customers that can be entered, queried, updated and deleted, each change in an audit log.

    The log is written by triggers of the database: in the same transaction as the change, so either
    both are there or neither, also after a power cut. Whoever opens the file with another program
    cannot change a record without saying who they are, and nobody can change the log; whoever may
    write the file itself can still replace it, so keep copies where they cannot.

    ``fields`` are needed the first time only. Records have a text ``record_id``; None is empty.

    >>> with Ledger(":memory:", who="Wang", role="manager", fields=["name", "city"]) as book:
    ...     book.enter("C1", name="Li", city="Wuxi")
    ...     book.update("C1", city="Suzhou")
    ...     _ = book.undo()
    ...     book.query(record_id="C1")["city"].item(), len(book.log())
    ('Wuxi', 3)
    """

    def __init__(
        self, path: str | Path, *, who: str, role: str = "clerk", fields: Sequence[str] = ()
    ) -> None:
        if role not in ROLES:
            raise CrmError("ledger_role", role=role, known=", ".join(ROLES))
        if not who.strip():
            raise CrmError("ledger_nobody")
        self.who, self.role = who, role
        self._undoing: int | None = None
        self._forgetting: str | None = None
        self._link = tables.opened(
            path,
            acting_person=lambda: self.who,
            undone_change=lambda: self._undoing,
            forgotten_record=lambda: self._forgetting,
        )
        try:
            self.fields = tables.made(self._link, fields)
        except sqlite3.DatabaseError as error:
            self._link.close()
            raise CrmError("ledger_file", file=Path(path).name) from error
        except CrmError:
            self._link.close()
            raise

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; what was changed is in it already."""
        self._link.close()

    def enter(self, record_id: str, **values: str | None) -> None:
        """Enter a record; one that is there already is refused, never overwritten."""
        self._allowed(ENTER)
        if self._row(record_id) is not None:
            raise CrmError("ledger_there", record=record_id)
        self._change(record_id, dict.fromkeys(self.fields) | self._known(values))

    def query(self, **values: str) -> pd.DataFrame:
        """Records with these values, all where none is given; index ``record_id``, text columns."""
        self._allowed("query")
        keys = self._known(values, "record_id")
        where = " AND ".join(f'"{name}" = ?' for name in keys) or "1"
        rows = self._link.execute(
            f"SELECT * FROM customers WHERE {where} ORDER BY record_id", [*keys.values()]
        )
        columns = ["record_id", *self.fields]
        return pd.DataFrame(rows.fetchall(), columns=columns, dtype="str").set_index("record_id")

    def update(self, record_id: str, **values: str | None) -> None:
        """Change these fields of a record."""
        self._allowed(UPDATE)
        self._change(record_id, self._there(record_id) | self._known(values))

    def delete(self, record_id: str) -> None:
        """Delete a record. The log keeps what it held: for a customer's request see `forget`."""
        self._allowed(DELETE)
        self._there(record_id)
        self._change(record_id, None)

    def forget(self, record_id: str) -> int:
        """Delete a record and what the log says it held, as a customer may ask (PIPL, article 47).

        Who did what and when stays, with the number of the record; what stood in it is gone from
        the file. Nothing of it can be undone. Gives the number of log entries that were emptied.
        """
        self._allowed("forget")
        log = self._log()
        named = log["record_id"] == record_id
        if not named.any():
            raise CrmError("ledger_not_there", record=record_id)
        self._forgetting = record_id
        try:
            with self._written() as link:
                link.execute("DELETE FROM customers WHERE record_id = ?", [record_id])
                empty = "UPDATE audit SET before = NULL, after = NULL WHERE record_id = ?"
                emptied = link.execute(empty, [record_id]).rowcount
                told = f"VALUES ({tables.NOW}, ?, 'forget', ?)"
                link.execute(
                    f"INSERT INTO audit (at, who, action, record_id) {told}", [self.who, record_id]
                )
        finally:
            self._forgetting = None
        return emptied

    def undo(self, number: int | None = None) -> int:
        """Take a change back, the last one that stands where no number is given; its number.

        This is a change as well, and in the log. One that was followed by another of the same
        record is refused: taking it back would lose the later one without a word.
        """
        self._allowed("undo")
        log = self._log()
        standing = log["undoes"].isna() & ~log.index.isin(log["undoes"].dropna())
        open_ones = log[standing & log[["before", "after"]].notna().any(axis=1)]
        if number is None and len(open_ones):
            number = int(open_ones.index[-1])
        if number not in open_ones.index:
            raise CrmError("ledger_nothing_to_undo")
        record, before = open_ones.loc[number, ["record_id", "before"]]
        if (open_ones["record_id"][open_ones.index > number] == record).any():
            raise CrmError("ledger_later_change", number=number, record=record)
        self._undoing = number
        try:
            self._change(record, None if pd.isna(before) else json.loads(before))
        finally:
            self._undoing = None
        return number

    def log(self) -> pd.DataFrame:
        """All changes in their order, index ``number``.

        ``at`` (UTC, by the database), ``who``, ``action``, ``record_id``, ``before`` and ``after``
        (JSON, missing where there is none), ``undoes`` the number of a change taken back.
        """
        self._allowed("log")
        return self._log()

    def _log(self) -> pd.DataFrame:
        rows = self._link.execute(f"SELECT {', '.join(tables.LOG)} FROM audit ORDER BY number")
        found = pd.DataFrame(rows.fetchall(), columns=list(tables.LOG)).astype({"undoes": "Int64"})
        return found.set_index("number")

    def _allowed(self, action: str) -> None:
        if action not in ROLES[self.role]:
            may = [role for role, known in ROLES.items() if action in known]
            told = {"role": _words([self.role]), "may": _words(may)}
            done = _words([action], "codes.ledger_action.")
            raise CrmError("ledger_not_allowed", action=done, **told)

    def _known(self, values: dict[str, str | None], *more: str) -> dict[str, str | None]:
        for name in values:
            if name not in (*self.fields, *more):
                raise CrmError("ledger_field", field=name, known=", ".join(self.fields))
        return {name: None if value is None else str(value) for name, value in values.items()}

    def _row(self, record_id: str) -> dict[str, str | None] | None:
        names = ", ".join(f'"{name}"' for name in self.fields)
        asked = f"SELECT {names} FROM customers WHERE record_id = ?"
        row = self._link.execute(asked, [record_id]).fetchone()
        return row and dict(zip(self.fields, row, strict=True))

    def _there(self, record_id: str) -> dict[str, str | None]:
        row = self._row(record_id)
        if row is None:
            raise CrmError("ledger_not_there", record=record_id)
        return row

    @contextlib.contextmanager
    def _written(self) -> Iterator[sqlite3.Connection]:
        """All of a change with its log entry, or nothing of it."""
        try:
            with self._link as link:
                yield link
        except sqlite3.OperationalError as error:
            raise CrmError("ledger_busy") from error

    def _change(self, record_id: str, values: dict[str, str | None] | None) -> None:
        """Bring a record to these values (None: no record), with its log entry."""
        with self._written() as link:
            if values is None:
                link.execute("DELETE FROM customers WHERE record_id = ?", [record_id])
            elif self._row(record_id) is None:
                marks = ", ".join("?" for _ in (record_id, *self.fields))
                row = [record_id, *(values[name] for name in self.fields)]
                link.execute(f"INSERT INTO customers VALUES ({marks})", row)
            else:
                sets = ", ".join(f'"{name}" = ?' for name in self.fields)
                row = [*(values[name] for name in self.fields), record_id]
                link.execute(f"UPDATE customers SET {sets} WHERE record_id = ?", row)


def _words(codes: Sequence[str], under: str = "codes.ledger_role.") -> InWords:
    return InWords(lambda: text("course.between").join(code(one, under) for one in codes))


def replay(log: pd.DataFrame) -> pd.DataFrame:
    """The records as they must be after all changes of a log, index ``record_id``.

    What a ledger holds and what its log says are the same; a test of a copy, or of a doubtful file.

    >>> with Ledger(":memory:", who="Wang", role="manager", fields=["city"]) as book:
    ...     book.enter("C1", city="Wuxi")
    ...     replay(book.log()).equals(book.query())
    True
    """
    records: dict[str, dict[str, str | None]] = {}
    for record, after in zip(log["record_id"], log["after"], strict=True):
        if pd.isna(after):
            records.pop(record, None)
        else:
            records[record] = json.loads(after)
    found = pd.DataFrame.from_dict(records, orient="index", dtype="str").sort_index()
    return found.rename_axis("record_id")
