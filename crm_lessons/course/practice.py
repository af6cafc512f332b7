"""A ledger to practise on: what was done by form is done again on a fresh one, as far as it goes.

A trainee's ledger is kept as the list of what was done. It is made anew from that list in memory
whenever it is looked at, by `records.Ledger` itself, so that the log is what the database writes.
A step is plain data, from a form or from code alike::

    {"as": "clerk", "do": "update", "record": "C102", "values": {"phone": "174 0651 0088"}}
    {"as": "clerk", "do": "enter", "values": {…}}      the ledger gives the number
    {"as": "manager", "do": "delete", "record": "C104"}
    {"as": "manager", "do": "undo", "number": 8}       a number of the log
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from crm_lessons.course import _answers
from crm_lessons.errors import CrmError
from crm_lessons.records import DELETE, ENTER, UPDATE, Ledger
from crm_lessons.wording import LANGUAGES

CLERK, MANAGER = ROLES = ("clerk", "manager")  # as whom a trainee may sit at the keyboard
UNDO = "undo"
DOING = (ENTER, UPDATE, DELETE, UNDO)
MOST = 60  # steps: more than anybody needs, and done again in a moment
NUMBER = "tel"  # the keyboard of a field that holds a telephone number
NEW = "new"  # whatever number a record that was entered got
_HELD_BEFORE = "import"
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@dataclass(frozen=True)
class Practised:
    """What became of a ledger: its `facts` are what answers are compared by.

    ``steps`` as they were read, ``refused`` the first that could not be done, with its number and
    reason; ``rows`` (index ``record_id``) and ``log`` as `records.Ledger` gives them.
    """

    facts: frozenset
    steps: tuple = field(compare=False)
    rows: pd.DataFrame = field(compare=False, repr=False)
    log: pd.DataFrame = field(compare=False, repr=False)
    refused: tuple[int, CrmError] | None = field(default=None, compare=False)


def practised(told: Mapping, steps: Sequence[Mapping]) -> Practised:
    """A ledger as an exercise tells of it, and these steps, up to one that is refused."""
    done, refused = [], None
    with Ledger(":memory:", who=_HELD_BEFORE, role=MANAGER, fields=[*told["fields"]]) as book:
        for record, values in told["records"].items():
            book.enter(record, **_held(told, values))
        before = [_do(book, told, one, (), who=one["who"]) for one in told.get("before", [])]
        for number, one in enumerate(steps, start=1):
            try:
                done.append(_do(book, told, one, done, who=str(one.get("as"))))
            except CrmError as error:
                refused = (number, error)
                break
        book.role = "auditor"  # who may read the log
        rows, log = book.query(), _stamped(book.log(), [*before, *done])
    return Practised(_facts(told, rows, log), tuple(done), rows, log, refused)


def next_number(told: Mapping, done: Sequence[Mapping]) -> str:
    """The number that the next record gets: one more than the highest there ever was."""
    last = max(told["records"], key=lambda one: int(one[1:]))
    entered = sum(one["do"] == ENTER for one in done)
    return f"{last[0]}{int(last[1:]) + 1 + entered:0{len(last) - 1}d}"


def started_at(told: Mapping) -> int:
    """The number of the first log entry that is none of the records held at the beginning."""
    return len(told["records"]) + 1


def can_be_undone(log: pd.DataFrame) -> pd.Series:
    """Whether a change stands: it is no undoing, and has not been undone."""
    return log["undoes"].isna() & ~log.index.isin(log["undoes"].dropna())


def _held(told: Mapping, values: Sequence) -> dict[str, str]:
    return dict(zip(told["fields"], values, strict=True))


def _do(
    book: Ledger, told: Mapping, step: Mapping, done: Sequence[Mapping], *, who: str
) -> dict[str, object]:
    """Do one step and give it as it was understood; CrmError where it cannot be done."""
    as_role, do = step.get("as", MANAGER), step.get("do")
    if as_role not in ROLES or do not in DOING:
        raise CrmError("ledger_step")
    book.who, book.role = who, as_role
    kept = {"as": as_role, "do": do}
    at = step.get("at")
    if isinstance(at, str) and _STAMP.fullmatch(at):
        kept["at"] = at
    if do == UNDO:
        number = step.get("number")
        book.undo(number if type(number) is int else 0)
        return kept | {"number": number}
    record = next_number(told, done) if do == ENTER else str(step.get("record", ""))
    kept["record"] = record
    if do == DELETE:
        book.delete(record)
        return kept
    values = _values(told, step.get("values"))
    if do == ENTER:
        book.enter(record, **values)
    else:
        _changed(book, record, values)
    return kept | {"values": values}


def _values(told: Mapping, values: object) -> dict[str, str | None]:
    if not isinstance(values, Mapping):
        raise CrmError("ledger_step")
    found = {str(name): _value(told, str(name), one) for name, one in values.items()}
    if not any(found.values()):
        raise CrmError("ledger_empty")
    return found


def _changed(book: Ledger, record: str, values: Mapping[str, str | None]) -> None:
    """Update a record; one that would stay as it is leaves no entry in the log."""
    held = book.query(record_id=record)
    now = {name: held[name].item() for name in values if len(held) and name in held}
    if now and all(one == values[n] or (one != one and not values[n]) for n, one in now.items()):
        raise CrmError("ledger_unchanged", record=record)
    book.update(record, **values)


def _value(told: Mapping, name: str, value: object) -> str | None:
    """A value as it is kept: a known word as its code in either language, a number in digits."""
    text = _answers.tidy("" if value is None else str(value))
    for code, words in told.get("words", {}).items():
        if text.lower() in (code, *(_answers.tidy(words[one]).lower() for one in LANGUAGES)):
            return code
    if told["fields"].get(name, {}).get("keyboard") == NUMBER:
        text = re.sub(r"^\+?86(?=1\d{10}$)", "", re.sub(r"[\s-]", "", text))
    return text or None


def _stamped(log: pd.DataFrame, done: Sequence[dict]) -> pd.DataFrame:
    """The log with the moments at which the database wrote each change the first time."""
    at = list(log["at"])
    for place, step in enumerate(done, start=len(log) - len(done)):
        at[place] = step.setdefault("at", at[place])
    return log.assign(at=at)


def _facts(told: Mapping, rows: pd.DataFrame, log: pd.DataFrame) -> frozenset:
    """What is held, and which changes of whom stand: how often one was made does not count.

    Numbers of new records do not count either, nor changes that were undone.
    """
    held = told["records"]
    facts = {("gone", one) for one in held if one not in rows.index}
    for record, values in rows.iterrows():
        name = record if record in held else NEW
        kept = values if name != NEW else values.dropna()
        facts |= {(name, c, one if isinstance(one, str) else None) for c, one in kept.items()}
    for _, one in log[can_be_undone(log)].iloc[len(held) :].iterrows():
        name = one["record_id"] if one["record_id"] in held else NEW
        facts.add((one["who"], one["action"], name))
    undone = log.loc[log["undoes"].isna() & ~can_be_undone(log)]
    before = undone[undone.index <= started_at(told) - 1 + len(told.get("before", []))]
    return frozenset(facts | {("undone", int(number)) for number in before.index})


def changes(one: Mapping) -> dict[str, tuple[str | None, str | None]]:
    """The fields that an entry of the log changed, with what stood there before and after."""
    before, after = ({} if pd.isna(one[n]) else json.loads(one[n]) for n in ("before", "after"))
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: (before.get(name), after.get(name)) for name in names}
