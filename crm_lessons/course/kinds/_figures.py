"""Kinds of answer that are one figure: a number with its unit, and a share."""

from crm_lessons import wording
from crm_lessons.course import _answers
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Figure, Item, Tolerance

_NEAR = 10  # an answer within ten tolerances is "close: check the rounding"


class Number:
    """One figure. Wrong by 100 or 10,000 (元 and 万元), wrong sign, nearly right."""

    def read(self, raw: object, item: Item) -> tuple[float, ...]:
        return self.readings(raw, item.figure)

    def readings(self, raw: object, figure: Figure) -> tuple[float, ...]:
        found = _answers.number(raw, units=(figure.unit.zh, figure.unit.en))
        if not found.bare:
            raise Unreadable("number_wanted")
        return (found.value,)

    def wanted(self, value: object, item: Item) -> float:
        return float(value)

    def same(self, given: float, wanted: float, item: Item) -> bool:
        return item.figure.tolerance.allows(given, wanted)

    def mistake(self, given: float, wanted: float, item: Item) -> str | None:
        allows = item.figure.tolerance.allows
        if wanted and allows(-given, wanted):
            return "sign"
        if wanted and any(allows(given * f, wanted) for f in (1e4, 1e-4)):
            return "ten_thousand"
        if wanted and any(allows(given * f, wanted) for f in (100, 0.01)):
            return "hundred"
        return "close" if _near(given, wanted, item.figure.tolerance) else None

    def show(self, wanted: float, item: Item) -> str:
        return self.written(wanted, item.figure)

    def written(self, value: float, figure: Figure) -> str:
        whole = abs(value - round(value)) < 1e-9
        return wording.text(
            "course.figure_whole" if whole else "course.figure", value=value, unit=figure.unit
        )


class Share(Number):
    """A part of a whole. Wrong by 100, the part that is left over, nearly right."""

    def readings(self, raw: object, figure: Figure) -> tuple[float, ...]:
        found = _answers.number(raw)
        return (found.value, found.value / 100) if found.bare else (found.value,)

    def mistake(self, given: float, wanted: float, item: Item) -> str | None:
        allows = item.figure.tolerance.allows
        if wanted and any(allows(given * f, wanted) for f in (100, 0.01)):
            return "percent_twice"
        if allows(1 - given, wanted):
            return "the_other_part"
        return "close" if _near(given, wanted, item.figure.tolerance) else None

    def written(self, value: float, figure: Figure) -> str:
        return wording.text("course.figure_share", value=value)


def _near(given: float, wanted: float, tolerance: Tolerance) -> bool:
    wider = Tolerance(tolerance.absolute * _NEAR, tolerance.relative * _NEAR)
    return wider.allows(given, wanted)
