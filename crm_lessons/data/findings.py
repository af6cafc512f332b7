"""What reading finds out about a file: faults to mend, and notes worth knowing."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crm_lessons import errors, wording
from crm_lessons.errors import DataFaults, Fault

LISTED = 50  # more than fifty faults teach nothing new; the total stays exact
SHOWN = 40  # characters of a faulty value that are shown
NAMED = 3  # files that are named one by one; more are counted


class RowFault(Fault):
    """A fault of a whole row: there is no column to name."""

    def __str__(self) -> str:
        told = dict(file=self.file, row=self.row, **self.values)
        what = wording.text(f"faults.{self.key}", **told)
        return wording.text("faults.fault_in_row", what=what, **told)


class RecordFault(Fault):
    """A fault of a cell in a database, where ``record`` tells the row: records have no numbers."""

    def __str__(self) -> str:
        told = dict(file=self.file, column=self.column, **self.values)
        what = wording.text(f"faults.{self.key}", row=self.row, **told)
        return wording.text("faults.fault_at_record", what=what, **told)


class CountedFault(Fault):
    """A fault that stands in several rows of a column; ``row`` is the first of them."""

    def __str__(self) -> str:
        told = super().__str__()
        count = self.more["count"]
        return told if count == 1 else wording.text("faults.fault_so_often", what=told, count=count)


@dataclass(frozen=True)
class Spot:
    """A row of a file, or, where rows have no numbers, the table, in the language in use."""

    file: str
    row: int | None

    def __str__(self) -> str:
        if self.row is None:
            return wording.text("faults.fault_spot_whole", file=self.file)
        return wording.text("faults.fault_spot", file=self.file, row=self.row)


@dataclass(frozen=True)
class Note:
    """Something a reader of the results should know, though nothing needs mending."""

    key: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return errors.told(f"data.{self.key}", self.values)


@dataclass
class Findings:
    """Faults and notes as they come up while a table is read."""

    faults: list[Fault] = field(default_factory=list)
    total: int = 0
    notes: list[Note] = field(default_factory=list)
    signs: dict[str, str] = field(default_factory=dict)  # file → the currency its amounts bear

    def add(self, faults: Iterable[Fault], total: int | None = None) -> None:
        """Take these faults; ``total`` when there are more of them than are given."""
        given = list(faults)
        self.faults += given[:LISTED]
        self.total += len(given) if total is None else total

    def fault(self, key: str, file: str, **more: object) -> None:
        """One fault of the whole file."""
        self.add([Fault(key, file, more=more)])

    def row_fault(self, key: str, file: str, row: int, value: str | None = None, **more) -> None:
        """One fault of a whole row."""
        self.add([RowFault(key, file, row=row, value=shorten(value), more=more)])

    def note(self, key: str, **values: object) -> None:
        """A note worth knowing; its text stands in wording/data.yaml."""
        self.notes.append(Note(key, values))

    def stop(self) -> None:
        """Raise all faults at once, if there are any, from the top of the first file down."""
        if self.total:
            folded = _folded(sorted(self.faults, key=_place))
            less = len(self.faults) - len(folded)
            raise DataFaults(sorted(_fair(folded), key=_place), self.total - less)


def told_once(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes, with those that say the same of several files as one that names them all."""
    found: dict[tuple, list[Note]] = {}
    for note in notes:
        values = {name: value for name, value in note.values.items() if name != "file"}
        found.setdefault((note.key, repr(values)), []).append(note)
    return tuple(
        same[0]
        if len(same) == 1
        else Note(same[0].key, {**same[0].values, "file": joined([n.values["file"] for n in same])})
        for same in found.values()
    )


def joined(labels: Sequence[str]) -> str:
    """Labels of files in one: all of a few, else the first, the last and their number.

    >>> joined(["b", "a"]), joined(["5", "1", "3", "2"])
    ('a, b', '1 … 5 (4)')
    """
    ordered = sorted(labels)
    if len(ordered) <= NAMED:
        return ", ".join(ordered)
    return f"{ordered[0]} … {ordered[-1]} ({len(ordered)})"


def _folded(faults: Sequence[Fault]) -> list[Fault]:
    """The faults, with those of whole files that differ by the file only as one."""
    found: dict[tuple, list[Fault]] = {}
    for number, fault in enumerate(faults):
        alone = None if fault.row is None else number
        found.setdefault((fault.key, alone, repr(fault.more)), []).append(fault)
    return [
        same[0]
        if len(same) == 1
        else dataclasses.replace(same[0], file=joined([f.file for f in same]))
        for same in found.values()
    ]


def _fair(faults: Iterable[Fault]) -> list[Fault]:
    """As many as are listed, in turn of every kind, so that a common one hides no rare one."""
    turns: Counter[tuple] = Counter()
    ranked = []
    for fault in faults:
        kind = (fault.key, fault.column)
        ranked.append((turns[kind], fault))
        turns[kind] += 1
    return [fault for _, fault in sorted(ranked, key=lambda one: one[0])[:LISTED]]


def shorten(value: object) -> str | None:
    """A value as a message shows it: one line, at most 40 characters.

    >>> shorten("a" * 50)[-3:], len(shorten("a" * 50)), shorten(None)
    ('aa…', 40, None)
    """
    if value is None:
        return None
    line = " ".join(str(value).split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def _place(fault: Fault) -> tuple:
    return (fault.file, fault.row or 0, fault.column or "", fault.key)
