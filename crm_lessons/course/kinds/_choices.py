"""Several of the options."""

from collections.abc import Iterable

import pandas as pd

from crm_lessons import wording
from crm_lessons.course.item import Item
from crm_lessons.course.kinds import _picking
from crm_lessons.course.kinds._choice import Choice
from crm_lessons.course.kinds._form import SEVERAL, Form


class Choices(Choice):
    """Several of the options; a wrong one is met with its own advice, then what is missing."""

    name = "choices"

    def read(self, raw: object, item: Item) -> tuple[frozenset[str], ...]:
        return (frozenset(_picking.options(raw, item)),)

    def wanted(self, value: Iterable[str], item: Item) -> frozenset[str]:
        return frozenset(value)

    def mistake(self, given: frozenset, wanted: frozenset, item: Item) -> str | None:
        wrongly = [option for option in item.options if option in given - wanted]
        return wrongly[0] if wrongly else "too_few"

    def praise(self, wanted: frozenset, item: Item) -> str:
        return ""

    def show(self, wanted: Iterable[str], item: Item, offered: pd.DataFrame | None = None) -> str:
        chosen = (one for one in item.options if one in wanted)
        return _picking.listed(chosen, item, "kinds.and")

    def given(self, wanted: frozenset, item: Item) -> object:
        return [one for one in item.options if one in wanted]

    def form(self, item: Item, offered: pd.DataFrame | None = None) -> Form:
        note = wording.text("kinds.several_options")
        return Form(SEVERAL, note, options=_picking.entries(item))
