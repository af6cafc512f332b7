"""What each field of a record holds, and where a value is not what the field means."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.records import _values
from crm_lessons.records._garbled import garbled

VALIDITY, UNIQUENESS, CONSISTENCY = "validity", "uniqueness", "consistency"
ID = "record_id"
TEXTS = ("name", "city", "address", "occupation", "likes", "family", "pet", "looks", "note")
FREE = ("note",)  # remarks, in which a letter may stand for a lost sign
Fault = tuple[str, str, str, str]  # record_id, field, fault, dimension
Reader = Callable[[str], tuple[str, str]]


@dataclass(repr=False)
class Held:
    """A table of records as text, index ``record_id``, and what is in its cells.

    ``filled``: something usable is in the cell; ``placeholders``: a word for nothing is.
    """

    table: pd.DataFrame
    filled: pd.DataFrame
    placeholders: pd.DataFrame
    as_of: dt.date
    region: str
    _read: dict[str, pd.DataFrame] = field(default_factory=dict)

    @classmethod
    def of(
        cls, records: pd.DataFrame, as_of: dt.date, region: str, only: Sequence[str] | None
    ) -> "Held":
        table = records.reset_index() if records.index.name == ID else records
        if ID not in table or not len(table):
            raise CrmError("records_missing", column=ID)
        table = table.set_index(ID)
        if not table.index.is_unique:
            twice = int(table.index.duplicated().sum())
            raise CrmError("records_id_twice", column=ID, count=twice)
        if only is not None:
            table = table[[name for name in table if name in only]]
        texts = table.astype("string").fillna("").apply(lambda one: one.str.strip())
        seen = {text: _values.is_nothing(text) for name in texts for text in texts[name].unique()}
        nothing = texts.apply(lambda one: one.map(seen)).astype(bool) & (texts != "").astype(bool)
        return cls(texts, (texts != "").astype(bool) & ~nothing, nothing, as_of, region)

    def read(self, name: str) -> pd.DataFrame:
        """``fault`` and ``value`` of a field's filled cells, each distinct text read once."""
        if name not in self._read:
            cells = self.table.loc[self.filled[name], name]
            read = self.readers()[name]
            known = {text: read(text) for text in cells.unique()}
            pairs = [known[text] for text in cells]
            columns = ["fault", "value"]
            self._read[name] = pd.DataFrame(pairs, cells.index, columns, dtype="str")
        return self._read[name]

    def readers(self) -> dict[str, Reader]:
        """How the fields of this table are read."""
        on = {"as_of": self.as_of}
        readers: dict[str, Reader] = {
            "phone": partial(_values.telephone, region=self.region),
            "id_card": partial(_values.identity_card, **on),
            "email": _values.email,
            "birthday": partial(_values.birthday, **on),
            "sex": _values.sex,
            "created_on": partial(_values.day, **on),
            "last_contact": partial(_values.day, **on),
        }
        readers |= {name: partial(garbled, free=name in FREE) for name in TEXTS}
        return {name: read for name, read in readers.items() if name in self.table}

    def sound(self, name: str) -> pd.Series:
        """The values of a field without a fault, index ``record_id``; none without the field."""
        if name not in self.table:
            return pd.Series(dtype="str")
        read = self.read(name)
        return read.loc[read["fault"] == "", "value"]

    def ages(self, name: str) -> pd.Series:
        """Days from each sound date of a field to the last day of the data."""
        days = pd.to_datetime(self.sound(name))
        return (pd.Timestamp(self.as_of) - days).dt.days.reindex(self.table.index)


def faults(held: Held) -> Iterator[Fault]:
    """Values that are not what their field means, and values that belong into another field."""
    for name in held.readers():
        read = held.read(name)
        wrong = read.loc[read["fault"] != "", "fault"]
        elsewhere = _of_another_field(held, name, wrong.index)
        for record, fault in wrong.items():
            yield record, name, elsewhere.get(record, fault), VALIDITY
    yield from _strange_names(held)


def _of_another_field(held: Held, name: str, records: pd.Index) -> dict[str, str]:
    """Where a faulty value would be sound in another field: a card number as a telephone."""
    if name not in ("phone", "id_card", "email"):
        return {}
    found = {}
    others = [one for one in ("phone", "id_card", "email") if one != name]
    readers = {"phone": _values.telephone, "id_card": _values.identity_card, "email": _values.email}
    for record in records:
        for other in others:
            if readers[other](held.table.at[record, name])[0] == "":
                found[record] = f"is_{other}"
    return found


def _strange_names(held: Held) -> Iterator[Fault]:
    """Names that somebody typed in as a test, and addresses in their place."""
    if "name" not in held.table:
        return
    names = held.table.loc[held.filled["name"], "name"]
    for record in names.index[names.map(_values.is_test).astype(bool)]:
        yield record, "name", "test_record", VALIDITY
    for record in names.index[names.map(_values.is_address).astype(bool)]:
        yield record, "name", "is_address", VALIDITY
