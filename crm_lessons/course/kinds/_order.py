"""Steps to put in order."""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from crm_lessons import wording
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Item
from crm_lessons.course.kinds import _entry, _picking
from crm_lessons.course.kinds._choice import Choice
from crm_lessons.course.kinds._form import STEPS, Form
from crm_lessons.course.kinds._kind import Computed


class Order(Choice):
    """All options in an order in which each step has what it needs, as ids, labels or letters.

    A step says in the YAML which others it ``needs``; what those need, it needs as well. Where no
    step says so, each needs all that stand before it in ``answer``. Two orders are the same when
    they leave the same needs unmet: every right order leaves none.
    """

    name = "order"

    def read(self, raw: object, item: Item) -> tuple[tuple[str, ...], ...]:
        given = _picking.options(raw, item)
        if sorted(given) != sorted(item.options):
            raise Unreadable("steps", steps=len(item.options))
        return (given,)

    def wanted(self, value: Iterable[str], item: Item) -> tuple[str, ...]:
        return tuple(value)

    def same(self, given: tuple, wanted: tuple, item: Item) -> bool:
        needs = _needs(item)
        return _unmet(given, needs) == _unmet(wanted, needs)

    def mistake(self, given: tuple, wanted: tuple, item: Item) -> str | None:
        if self.same(given[::-1], wanted, item):
            return "reversed"
        swapped = (_swapped(given, place) for place in range(len(given) - 1))
        near = any(self.same(order, wanted, item) for order in swapped)
        return "neighbours" if near else None

    def praise(self, wanted: tuple, item: Item) -> str:
        return ""

    def show(self, wanted: tuple[str, ...], item: Item, offered: pd.DataFrame | None = None) -> str:
        return _picking.listed(wanted, item, "kinds.then")

    def given(self, wanted: tuple[str, ...], item: Item) -> object:
        return list(wanted)

    def form(self, item: Item, offered: pd.DataFrame | None = None) -> Form:
        return Form(STEPS, wording.text("kinds.order_steps"), options=_picking.entries(item))

    def problems(self, entry: Mapping, computed: Computed) -> Iterator[str]:
        options, answer = entry.get("options") or {}, _entry.answers(entry)
        yield from _entry.option_problems(entry)
        yield from self.answer_problems(entry)
        if "answer" in entry and sorted(answer) != sorted(options):
            yield _entry.said("steps_once")
        for key, told in options.items():
            needs = (told or {}).get("needs", [])
            if not isinstance(needs, list) or (unknown := [n for n in needs if n not in options]):
                yield _entry.said("needs_no_list", option=key)
            elif answer and any(answer.index(n) >= answer.index(key) for n in needs + unknown):
                yield _entry.said("needs_later", option=key)

    def mistakes_known(self, entry: Mapping) -> int:
        return 0


def _needs(item: Item) -> set[tuple[str, str]]:
    """Pairs (earlier, later) of steps of which the later one needs the earlier."""
    if not any(option.needs for option in item.options.values()):
        steps = list(item.answer or item.options)
        return {(one, other) for place, other in enumerate(steps) for one in steps[:place]}
    pairs: set[tuple[str, str]] = set()
    for step in item.options:
        waiting = list(item.options[step].needs)
        while waiting:
            earlier = waiting.pop()
            if (earlier, step) not in pairs:
                pairs.add((earlier, step))
                waiting += item.options[earlier].needs
    return pairs


def _unmet(order: tuple[str, ...], needs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    place = {step: number for number, step in enumerate(order)}
    return {(earlier, later) for earlier, later in needs if place[earlier] > place[later]}


def _swapped(order: tuple[str, ...], place: int) -> tuple[str, ...]:
    return (*order[:place], order[place + 1], order[place], *order[place + 2 :])
