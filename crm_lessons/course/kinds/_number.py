"""One figure with its unit."""

from collections.abc import Iterator, Mapping

import pandas as pd

from crm_lessons import wording
from crm_lessons.course import _answers
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Figure, Item
from crm_lessons.course.kinds import _entry
from crm_lessons.course.kinds._form import BOX, Form
from crm_lessons.course.kinds._kind import Computed, Kind

_ROUNDED = 0.005  # of the figure: what rounding on the way, or when typing, may change
_NEAR = 10  # an answer within ten tolerances, and within twice the rounding, is close


class Number(Kind):
    """One figure. Wrong by 100 or 10,000 (yuan and ten thousands), wrong sign, nearly right."""

    name = "number"
    keys = frozenset({"unit", "tolerance"})

    def read(self, raw: object, item: Item) -> tuple[float, ...]:
        return self.readings(raw, item.figure)

    def readings(self, raw: object, figure: Figure) -> tuple[float, ...]:
        """What was typed into a box of this figure; a table has several of them."""
        found = _answers.number(raw, units=(figure.unit.zh, figure.unit.en))
        if not found.bare:
            raise Unreadable("number_wanted")
        return (found.value,)

    def wanted(self, value: object, item: Item) -> float:
        return float(value)

    def same(self, given: float, wanted: float, item: Item) -> bool:
        return item.figure.tolerance.allows(given, wanted)

    def recognised(self, given: float, wrong: float, item: Item) -> bool:
        return self.nearly(given, wrong, item.figure)

    def nearly(self, given: float, value: float, figure: Figure) -> bool:
        """Whether a figure is this one but for rounding, and within the tolerance.

        A tolerance of 8 hours makes 8 right where 0 is; it does not make it "all to one class".
        """
        rounding = _ROUNDED * abs(value) + 1e-9 * max(1.0, abs(value))
        return figure.tolerance.allows(given, value) and abs(given - value) <= rounding

    def mistake(self, given: float, wanted: float, item: Item) -> str | None:
        if wanted and self.nearly(-given, wanted, item.figure):
            return "sign"
        for name, factor in (("ten_thousand", 1e4), ("hundred", 100)):
            if self.times(given, wanted, item.figure, factor):
                return name
        return "close" if self.close(given, wanted, item.figure) else None

    def times(self, given: float, wanted: float, figure: Figure, factor: float) -> bool:
        """Whether a figure is the factor too large or too small."""
        scaled = (given * factor, given / factor)
        return bool(wanted) and any(self.nearly(one, wanted, figure) for one in scaled)

    def close(self, given: float, wanted: float, figure: Figure) -> bool:
        """Whether rounding on the way may be why a figure is not exact enough.

        Counts must be exact, and no rounding makes them one more or less.
        """
        wider = figure.tolerance.wider(_NEAR)
        return wider.allows(given, wanted) and abs(given - wanted) <= 2 * _ROUNDED * abs(wanted)

    def not_yet(self, given: float, wanted: float, item: Item) -> str:
        return wording.text(f"kinds.not_yet_{self.name}", unit=item.figure.unit)

    def show(self, wanted: float, item: Item, offered: pd.DataFrame | None = None) -> str:
        return self.written(wanted, item.figure)

    def written(self, value: float, figure: Figure) -> str:
        """A figure with its unit."""
        return wording.text(
            "kinds.figure_with_unit", figure=self.bare(value, figure), unit=figure.unit
        )

    def bare(self, value: float, figure: Figure) -> str:
        """A figure where its unit stands elsewhere."""
        whole = abs(value - round(value)) < 1e-9
        return wording.text("kinds.figure_whole" if whole else "kinds.figure", value=value)

    def given(self, wanted: float, item: Item) -> str:
        return repr(float(wanted))

    def form(self, item: Item, offered: pd.DataFrame | None = None) -> Form:
        return Form(
            BOX,
            self.tolerance(item.figure),
            label=wording.text("forms.your_answer"),
            example=wording.text(f"kinds.{self.name}_example"),
            unit=str(item.figure.unit),
            keyboard="decimal",
        )

    def filled(self, raw: object, item: Item) -> str | None:
        return None if raw is None else str(raw)

    def tolerance(self, figure: Figure) -> str:
        """How exact an answer must be."""
        allowed = figure.tolerance
        if allowed.relative:
            return wording.text("kinds.tolerance_relative", percent=allowed.relative * 100)
        if allowed.absolute:
            told = {"value": allowed.absolute, "unit": figure.unit}
            return wording.text("kinds.tolerance_absolute", **told)
        return wording.text("kinds.tolerance_exact")

    def figures(self, wanted: float) -> list[float]:
        return [wanted]

    def problems(self, entry: Mapping, computed: Computed) -> Iterator[str]:
        yield from _entry.figure_problems(entry)
