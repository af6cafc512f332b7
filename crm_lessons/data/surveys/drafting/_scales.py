"""Sets of answers as scales with codes."""

import re
from dataclasses import dataclass

from crm_lessons.data.questionnaire import Scale as Points
from crm_lessons.data.surveys._words import as_number, plain
from crm_lessons.data.surveys.drafting import _words
from crm_lessons.data.surveys.drafting._sheet import Column

FEWEST_OF_A_KIND = 2  # columns that must share words nobody knows before they are a scale
MOST_WORDS = 11
_ANY = Points("any", -1e9, 1e9, whole=False)
_LABELLED = re.compile(r"^(\d{1,2})[-=:.、\s(]*\D.*$|^.*\D[-=:\s(]*(\d{1,2})\)?$")


@dataclass(frozen=True)
class Scale:
    """A scale of the draft: ``words`` with codes (None where a person must say), or from and to."""

    name: str
    words: tuple[tuple[str, int | None], ...] = ()
    low: float = 0
    high: float = 0
    percent: bool = False
    asks_best: bool = False


class Scales:
    """The scales met so far; columns with the same answers share one."""

    def __init__(self) -> None:
        self.found: dict[str, Scale] = {}
        self._strange: dict[frozenset[str], str] = {}

    def of(self, column: Column) -> str | None:
        """The name of the scale of a column; None where its answers are no rating."""
        answers = column.distinct
        numbers = [_number(one) for one in answers]
        if all(number is not None for number in numbers):
            return self._of_numbers(column, [n for n in numbers if n is not None])
        ladder = _words.ladder_of(answers)
        if ladder is not None:
            return self._add(_listed(*ladder))
        return self._of_strange_words(column, answers)

    def _of_numbers(self, column: Column, numbers: list[float]) -> str | None:
        low, high = min(numbers), max(numbers)
        percents = any("%" in one for one in column.answers)
        whole = all(number == int(number) for number in numbers)
        if percents or (whole and 10 < high <= 100 and _words.names("again", column.heading)):
            return self._add(Scale("percent", low=0, high=100, percent=True))
        if not whole:
            again = _words.names("again", column.heading) and low >= 0 and high <= 1
            return self._add(Scale("chance", low=0, high=1)) if again else None
        if low < 0 or high > 10:
            return None
        if low == 0 or high > 7 or (_words.names("recommends", column.heading) and high > 5):
            return self._add(Scale("ten", low=0, high=10))
        top = 7 if high > 5 else 5
        name = {5: "five", 7: "seven"}[top]
        return self._add(Scale(name, low=1, high=top, asks_best=True))

    def _of_strange_words(self, column: Column, answers: list[str]) -> str | None:
        """Words nobody knows, given again and again in a matrix, or in a column named so before."""
        key = frozenset(map(plain, answers))
        for known, name in self._strange.items():
            if len(key & known) * 2 > len(key):
                return name
        repeated = len(column.answers) >= 2 * len(answers)
        if not 2 <= len(answers) <= MOST_WORDS or not repeated or not column.stem:
            return None
        name = f"words_{len(self._strange) + 1}"
        self._strange[key] = name
        return self._add(Scale(name, tuple((one, None) for one in answers)))

    def _add(self, scale: Scale) -> str:
        """Its name; another one where the same rungs have other words."""
        base, number = scale.name, 1
        name = base
        while name in self.found and not _alike(self.found[name], scale):
            number += 1
            name = f"{base}_{number}"
        self.found.setdefault(name, Scale(**{**scale.__dict__, "name": name}))
        return name


def _alike(first: Scale, second: Scale) -> bool:
    return (first.words, first.low, first.high) == (second.words, second.low, second.high)


def _listed(name: str, rungs: list[str]) -> Scale:
    codes = range(len(rungs), 0, -1)
    return Scale(name, tuple(zip(reversed(rungs), codes, strict=True)))


def _number(answer: str) -> float | None:
    """The number that an answer is, or bears as its label: 10 (very likely)."""
    bare = plain(answer)
    number = as_number(bare, _ANY)
    if number is not None or "%" in bare:
        return float(bare.rstrip("%")) if number is None else number
    labelled = _LABELLED.match(bare) if len(re.findall(r"\d+", bare)) == 1 else None
    return float(labelled[1] or labelled[2]) if labelled else None
