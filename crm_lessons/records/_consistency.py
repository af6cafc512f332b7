"""Fields that contradict one another, and values or records that are there more than once."""

from collections.abc import Iterator

import pandas as pd

from crm_lessons.records import _values
from crm_lessons.records._fields import CONSISTENCY, UNIQUENESS, VALIDITY, Fault, Held

PLACES = ("city", "occupation", "source", "branch", "salesperson")  # fields of few words
_OFTEN, _KNOWN = 0.96, 10  # so often, and at least so many times, a word stands in its own field


def faults(held: Held, shared_by: int) -> Iterator[Fault]:
    """All contradictions and repetitions of a table."""
    yield from of_one(held)
    yield from _words_elsewhere(held)
    yield from _shared(held, "phone", shared_by, "shared")
    yield from _shared(held, "id_card", 2, "twice")
    yield from _copies(held)


def of_one(held: Held) -> Iterator[Fault]:
    """Contradictions within one record: with the identity card, and between its days."""
    cards = held.sound("id_card")
    told = pd.DataFrame([_values.of_card(one) for one in cards], cards.index, ["born", "sex"])
    yield from _against(held, "birthday", told["born"].map(str), "not_as_card")
    yield from _against(held, "sex", told["sex"], "not_as_card")
    begun, contact = held.sound("created_on"), held.sound("last_contact")
    both = pd.concat([begun, contact], axis=1, join="inner", keys=["begun", "contact"])
    for record in both.index[both["contact"] < both["begun"]]:
        yield record, "last_contact", "before_record", CONSISTENCY


def _against(held: Held, name: str, told: pd.Series, fault: str) -> Iterator[Fault]:
    read = held.sound(name)
    both = pd.concat([read, told], axis=1, join="inner", keys=["read", "told"])
    for record in both.index[both["read"] != both["told"]]:
        yield record, name, fault, CONSISTENCY


def _words_elsewhere(held: Held) -> Iterator[Fault]:
    """A word that nearly always stands in another field of few words: two cells were swapped."""
    columns = [name for name in PLACES if name in held.table]
    cells = [held.table.loc[held.filled[name], name] for name in columns]
    if len(columns) < 2:
        return
    counts = pd.DataFrame({one.name: one.value_counts() for one in cells}).fillna(0)
    shares = counts.div(counts.sum(axis=1), axis=0)
    settled = (shares.max(axis=1) >= _OFTEN) & (counts.max(axis=1) >= _KNOWN)
    home = shares.idxmax(axis=1)[settled]
    for cell in cells:
        belongs = cell.map(home).dropna()
        for record, other in belongs[belongs != cell.name].items():
            yield record, cell.name, f"is_{other}", VALIDITY


def _shared(held: Held, name: str, most: int, fault: str) -> Iterator[Fault]:
    values = held.sound(name)
    times = values.map(values.value_counts())
    for record in values.index[times >= most]:
        yield record, name, fault, UNIQUENESS


def _copies(held: Held) -> Iterator[Fault]:
    """Records that say the same in every field as one before them."""
    for record in held.table.index[held.table.duplicated()]:
        yield record, "record", "copy", UNIQUENESS
