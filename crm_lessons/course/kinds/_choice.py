"""One of several options."""

from collections.abc import Iterator, Mapping

import pandas as pd

from crm_lessons import wording
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Item
from crm_lessons.course.kinds import _entry, _picking
from crm_lessons.course.kinds._form import ONE, Form
from crm_lessons.course.kinds._kind import Computed, Kind


class Choice(Kind):
    """One of the options; a wrong one is met with its own advice."""

    name = "choice"
    keys = frozenset({"options"})
    fixed = True

    def read(self, raw: object, item: Item) -> tuple[str, ...]:
        return (_picking.option(raw, item),)

    def wanted(self, value: object, item: Item) -> str:
        return str(value)

    def mistake(self, given: str, wanted: str, item: Item) -> str | None:
        return given

    def praise(self, wanted: str, item: Item) -> str:
        option = item.options.get(wanted)
        return str(option.advice) if option and option.advice else ""

    def show(self, wanted: str, item: Item, offered: pd.DataFrame | None = None) -> str:
        return str(item.options[wanted].label)

    def given(self, wanted: str, item: Item) -> str:
        return wanted

    def form(self, item: Item, offered: pd.DataFrame | None = None) -> Form:
        note = wording.text("kinds.one_option")
        return Form(ONE, note, options=_picking.entries(item))

    def filled(self, raw: object, item: Item) -> object:
        try:
            return None if raw is None else _plain(self.read(raw, item)[0], item)
        except Unreadable:
            return None

    def problems(self, entry: Mapping, computed: Computed) -> Iterator[str]:
        yield from _entry.option_problems(entry)
        yield from self.answer_problems(entry)
        for key, told in (entry.get("options") or {}).items():
            advice = told.get("advice") if isinstance(told, Mapping) else None
            yield from _entry.text_problems(advice, "advice", name=key)

    def answer_problems(self, entry: Mapping) -> Iterator[str]:
        """A fixed answer that is none of the options, or not as many as are asked for."""
        if "answer" not in entry:
            return
        options = set(entry.get("options") or {})
        if unknown := [one for one in _entry.answers(entry) if one not in options]:
            yield _entry.said("answer_no_option", answer=unknown)
        if isinstance(entry["answer"], list) != (self.name != Choice.name):
            yield _entry.said("answer_or_list")

    def mistakes_known(self, entry: Mapping) -> int:
        return len(set(entry.get("options") or {}) - set(_entry.answers(entry)))


def _plain(chosen: object, item: Item) -> object:
    """An option or several as JSON has them, several in the order shown."""
    if isinstance(chosen, frozenset):
        return [one for one in item.options if one in chosen]
    return list(chosen) if isinstance(chosen, tuple) else chosen
