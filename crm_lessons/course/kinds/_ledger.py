"""A task on a table done by form: enter, change, delete and undo in a ledger of one's own."""

import functools
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from crm_lessons import wording
from crm_lessons.course import _answers
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Item
from crm_lessons.course.kinds import _entry
from crm_lessons.course.kinds._form import BOOK, Column, Entry, Form
from crm_lessons.course.kinds._kind import Computed, Kind
from crm_lessons.wording import names

if TYPE_CHECKING:  # takes its time, and most lessons have no ledger
    from crm_lessons.course.practice import Practised

_WORDS = ("as", "find", "found", "enter", "change", "change_row", "delete", "delete_row", "undo")
_WORDS += ("undo_row", "save", "cancel", "records", "log", "log_from", "nothing_found", "empty")
_WORDS += ("unheard", "start_again", "start_again_sure")


class LedgerTask(Kind):
    """What a ledger holds in the end, and whose changes stand in its log.

    An answer is the list of steps (`course.practice`). Two are the same when the same is held, and
    the same changes of the same people stand. A known wrong one is recognised where what it did and
    the right answer does not was done, and the records that it touched hold the same.
    """

    name = "ledger"
    keys = frozenset({"ledger"})
    fixed = True

    def read(self, raw: object, item: Item) -> tuple["Practised", ...]:
        done = _practised(raw, item)
        if done.refused:
            number, reason = done.refused
            raise Unreadable("ledger", number=number, reason=reason)
        return (done,)

    def wanted(self, value: object, item: Item) -> "Practised":
        return self.read(value, item)[0]

    def recognised(self, given: "Practised", wrong: "Practised", item: Item) -> bool:
        right, begun = self.wanted(item.answer, item).facts, _practised([], item).facts
        telling = wrong.facts - right - begun
        touched = {one for fact in telling for one in fact} & set(item.ledger["records"])
        here = [{one for one in done.facts if one[0] in touched} for done in (given, wrong)]
        return telling <= given.facts and here[0] == here[1]

    def mistake(self, given: "Practised", wanted: "Practised", item: Item) -> str | None:
        from crm_lessons.course import practice

        clerks = {
            fact for fact in given.facts if fact[0] == practice.MANAGER and fact[1] != "delete"
        }
        if clerks - wanted.facts:
            return "above_rights"
        begun = _practised([], item).facts
        doing = given.facts - begun
        return "part_done" if doing and doing < wanted.facts - begun else None

    def show(self, wanted: "Practised", item: Item, offered: pd.DataFrame | None = None) -> str:
        own = _own(wanted, item)[len(item.ledger.get("before", [])) :]
        return wording.text("kinds.and").join(_told(wanted, item, one) for one in own)

    def given(self, wanted: "Practised", item: Item) -> list[dict]:
        return [dict(step) for step in wanted.steps]

    def form(self, item: Item, offered: pd.DataFrame | None = None) -> Form:

        begun = _practised([], item)
        columns = tuple(Column(n, _word(one)) for n, one in item.ledger["fields"].items())
        rows = tuple(
            Entry(str(key), str(key), cells=tuple(_said(item, one) for one in values))
            for key, values in begun.rows.iterrows()
        )
        log = tuple(_told(begun, item, one) for one in _own(begun, item))
        note = wording.text("kinds.work_at_ledger")
        start = _screen(item) | self.tried([], item)
        return Form(BOOK, note, rows=rows, columns=columns, log=log, start=start)

    def filled(self, raw: object, item: Item) -> list[dict] | None:
        try:
            return None if raw is None else self.given(self.read(raw, item)[0], item)
        except Unreadable:
            return None

    def tried(self, raw: object, item: Item) -> dict[str, object]:
        """``rows`` and ``log`` for a screen, the ``steps`` that could be done, the ``next`` number,
        ``refused``: why the last could not be done."""
        from crm_lessons.course import practice

        done = _practised(_answers.bounded(raw), item)
        open_ones = practice.can_be_undone(done.log)
        log = [
            {
                "number": number,
                "at": done.log.loc[number, "at"],
                "told": _told(done, item, number),
                "open": bool(open_ones[number]),
            }
            for number in _own(done, item)
        ]
        rows = [
            {"id": key, "values": {name: _said(item, one) for name, one in values.items()}}
            for key, values in done.rows.iterrows()
        ]
        told = {"rows": rows, "log": log[::-1], "steps": self.given(done, item)}
        told["next"] = practice.next_number(item.ledger, done.steps)
        return told | {"refused": str(done.refused[1]) if done.refused else ""}

    def log(self, done: "Practised", item: Item) -> pd.DataFrame:
        """The log in words, index ``change_no``: when, who, what, before and after."""
        rows = {}
        for number in _own(done, item):
            entry = done.log.loc[number]
            before, after = _before_and_after(entry, item)
            rows[number] = {
                "changed_at": entry["at"],
                "changed_by": _who(entry, item),
                "change_made": names.code(entry["action"], "codes.ledger_action."),
                "record_id": entry["record_id"],
                "value_before": before,
                "value_after": after,
                "undoes": entry["undoes"],
            }
        table = pd.DataFrame.from_dict(rows, orient="index").astype({"undoes": "Int64"})
        return table.rename_axis("change_no")

    def as_typed(self, raw: object, item: Item) -> str:
        try:
            return self.show(self.read(raw, item)[0], item)
        except Unreadable as told:
            return str(told)

    def in_a_cell(self, answer: str, item: Item, between: str) -> str:
        return ""  # a list of changes does not fit into a cell

    def problems(self, entry: Mapping, computed: Computed) -> Iterator[str]:
        told = entry.get("ledger")
        if not isinstance(told, Mapping) or not {"fields", "records"} <= set(told):
            yield _entry.said("ledger_needs")
            return
        for part in ("fields", "words"):
            for name, text in (told.get(part) or {}).items():
                yield from _entry.text_problems(text, part, name=name)
        for record, values in told["records"].items():
            if len(values) != len(told["fields"]) or not str(record)[1:].isdigit():
                yield _entry.said("ledger_record", record=record)


def _practised(raw: object, item: Item) -> "Practised":
    from crm_lessons.course import practice

    if not isinstance(raw, list) or not all(isinstance(one, Mapping) for one in raw):
        raise Unreadable("ledger_steps")
    if len(raw) > practice.MOST:
        raise Unreadable("ledger_many", most=practice.MOST)
    return _remembered(json.dumps(item.ledger), json.dumps(raw, default=str))


@functools.lru_cache(maxsize=64)
def _remembered(told: str, steps: str) -> "Practised":
    """What right and known wrong steps lead to is asked for with each answer."""
    from crm_lessons.course import practice

    return practice.practised(json.loads(told), json.loads(steps))


def _own(done: "Practised", item: Item) -> list[int]:
    """The numbers of the log's entries after the records that were there at the beginning."""
    from crm_lessons.course import practice

    return [int(one) for one in done.log.index if one >= practice.started_at(item.ledger)]


def _told(done: "Practised", item: Item, number: int) -> str:
    """An entry of the log in words: who, what, before and after."""
    from crm_lessons.course import practice

    entry = done.log.loc[number]
    fields, between = item.ledger["fields"], wording.text("course.between")
    values = []
    for name, (before, after) in practice.changes(entry).items():
        told = {"field": _word(fields[name])}
        told |= {"before": _said(item, before), "after": _said(item, after)}
        key = "entry_field" if entry["action"] == "update" else "entry_value"
        told["value"] = _said(item, after if before is None else before)
        values.append(wording.text(f"kinds.ledger_{key}", **told))
    action = names.code(entry["action"], "codes.ledger_action.")
    if not pd.isna(entry["undoes"]):
        action = wording.text("kinds.ledger_undone", number=int(entry["undoes"]))
    told = {"number": number, "who": _who(entry, item), "action": action}
    told |= {"record": entry["record_id"], "values": between.join(values)}
    return wording.text("kinds.ledger_entry", **told)


def _who(entry: Mapping, item: Item) -> str:
    return names.code(_said(item, entry["who"]), "codes.ledger_role.")


def _before_and_after(entry: Mapping, item: Item) -> Iterator[str]:
    """What stood in the changed fields before, and what after."""
    from crm_lessons.course import practice

    between, changed = wording.text("course.between"), practice.changes(entry).items()
    for place in (0, 1):
        told = {_word(item.ledger["fields"][n]): _said(item, pair[place]) for n, pair in changed}
        values = [(n, one) for n, one in told.items() if one]
        yield between.join(
            wording.text("kinds.ledger_entry_value", field=n, value=one) for n, one in values
        )


def _said(item: Item, value: object) -> str:
    """A value in words, empty where there is none."""
    if not isinstance(value, str):
        return ""
    return _word(item.ledger.get("words", {}).get(value, {"zh": value, "en": value}))


def _word(told: Mapping) -> str:
    return str(told[wording.language()])


def _screen(item: Item) -> dict[str, object]:
    """What a screen shows besides what is held: fields, roles, words."""
    from crm_lessons.course import practice

    fields = []
    for name, told in item.ledger["fields"].items():
        choices = [_said(item, one) for one in told.get("choices", [])]
        keyboard = told.get("keyboard", "")
        fields.append({"id": name, "title": _word(told), "choices": choices, "keyboard": keyboard})
    roles = [{"id": one, "label": names.code(one, "codes.ledger_role.")} for one in practice.ROLES]
    words = {n: wording.template(f"kinds.ledger_{n}", wording.language()) for n in _WORDS}
    began = practice.started_at(item.ledger) - 1
    return {"fields": fields, "roles": roles, "words": words, "began": began}
