"""A part of a whole, typed or set with a slider."""

from collections.abc import Iterator, Mapping

import pandas as pd

from crm_lessons import wording
from crm_lessons.course import _answers
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Figure, Item
from crm_lessons.course.kinds import _entry
from crm_lessons.course.kinds._form import SLIDER, Form
from crm_lessons.course.kinds._kind import Computed
from crm_lessons.course.kinds._number import Number

_HALF = 50
_TENTH_OF_A_PERCENT = 0.001
_SLIDERS = ("slider", "guess")


def _is_part(figure: Figure) -> bool:
    """Whether it is a part of a whole; else the difference of two, in percentage points."""
    return figure.unit.en == "%"


class Share(Number):
    """A part of a whole. Wrong by 100, the part that is left over, nearly right.

    Only a share has two readings: its box shows the unit %, so ``75`` means 75 %, and ``0.75`` most
    likely means 0.75 and hardly 0.75 %. The two lie a factor 100 apart, so whichever is right is
    accepted. With a sign (``0.75%``, ``3/4``) there is nothing to choose.
    """

    name = "share"
    keys = Number.keys | {"input"}

    def readings(self, raw: object, figure: Figure) -> tuple[float, ...]:
        try:
            found = _answers.number(raw)
        except Unreadable as told:
            key = "share" if told.key == "number" else told.key
            raise Unreadable(key, **told.values) from None
        if not found.bare:
            return (found.value,)
        both = (found.value, found.value / 100)  # a part is rarely more than the whole
        return both if abs(found.value) <= 1 else both[::-1]

    def mistake(self, given: float, wanted: float, item: Item) -> str | None:
        if self.times(given, wanted, item.figure, 100):
            return "percent_twice"
        if self.close(given, wanted, item.figure):
            return "close"
        # What is counted in points is a difference: nothing of it is left over.
        parted = _is_part(item.figure) and 0 < given < 1 and 0 < wanted < 1
        other = parted and self.nearly(1 - given, wanted, item.figure)
        return "the_other_part" if other else None

    def not_yet(self, given: float, wanted: float, item: Item) -> str:
        key = "slider" if item.input else self.name if _is_part(item.figure) else "points"
        return wording.text(f"kinds.not_yet_{key}")

    def show(self, wanted: float, item: Item, offered: pd.DataFrame | None = None) -> str:
        if item.input:  # a slider has whole per cents only
            return wording.text("kinds.figure_share_whole", value=wanted)
        return super().show(wanted, item, offered)

    def written(self, value: float, figure: Figure) -> str:
        return self.bare(value, figure) if _is_part(figure) else super().written(value, figure)

    def bare(self, value: float, figure: Figure) -> str:
        """As exact as it is asked for."""
        if not _is_part(figure):
            return wording.text("kinds.figure_points", value=value * 100)
        exact = 0 < figure.tolerance.absolute < _TENTH_OF_A_PERCENT
        return wording.text(f"kinds.figure_share{'_exact' if exact else ''}", value=value)

    def form(self, item: Item, offered: pd.DataFrame | None = None) -> Form:
        if not item.input:
            return super().form(item, offered)
        label = "your_guess" if item.is_guess else "your_answer"
        return Form(
            SLIDER,
            wording.text("kinds.move_slider"),
            label=wording.text(f"forms.{label}"),
            unit=str(item.figure.unit),
        )

    def filled(self, raw: object, item: Item) -> object:
        return _whole_percent(raw) if item.input else super().filled(raw, item)

    def tolerance(self, figure: Figure) -> str:
        points = figure.tolerance.absolute * 100
        if not points:
            return super().tolerance(figure)
        return wording.text("kinds.tolerance_share", points=points)

    def problems(self, entry: Mapping, computed: Computed) -> Iterator[str]:
        yield from super().problems(entry, computed)
        if "input" not in entry:
            return
        if entry["input"] not in _SLIDERS:
            yield _entry.said("input_one_of", known=", ".join(_SLIDERS))
        if not computed.drawn:
            yield _entry.said("slider_without_chart")


def _whole_percent(raw: object) -> int:
    """Where a slider stands for an earlier answer; in the middle if there is none."""
    try:
        found = _answers.number(raw)
    except Unreadable:
        return _HALF
    share = found.value / 100 if found.bare and found.value > 1 else found.value
    return min(max(round(share * 100), 1), 100)
