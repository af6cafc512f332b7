"""What people wrote to each other, or noted about somebody: quoted without personal data."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from crm_lessons.data.findings import Note
from crm_lessons.data.personal import masked
from crm_lessons.errors import DataFaults, Fault

OF_TALK = ("messages", "dialogues", "followups", "leads")
_QUOTED = ("value", "above", "text", "example", "shown")  # of a note: what stands in the file


@contextmanager
def quoting(schema: str) -> Iterator[None]:
    """Faults of such a table show what they quote masked; what they hold stays, for `mapping`."""
    try:
        yield
    except DataFaults as error:
        if schema in OF_TALK:
            error.faults = [replace(one, shown=masked) for one in error.faults]
        raise


def refuse(faults: list[Fault], schema: str) -> None:
    """Raise these faults of such a table, if there are any."""
    with quoting(schema):
        if faults:
            raise DataFaults(faults)


def quoted(notes: Iterable[Note], schema: str) -> tuple[Note, ...]:
    """The notes of such a table with what they quote masked."""
    if schema not in OF_TALK:
        return tuple(notes)
    return tuple(Note(one.key, dict(_hidden(one.values.items()))) for one in notes)


def _hidden(values: Iterable[tuple[str, object]]) -> Iterator[tuple[str, object]]:
    for name, value in values:
        is_quoted = name in _QUOTED and isinstance(value, str)
        yield name, masked(value) if is_quoted else value
