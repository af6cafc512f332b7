"""Sets of answers as scales with codes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from crm_lessons.data.questionnaire import Scale as Points
from crm_lessons.data.surveys._words import (
    MISSING,
    OUT_OF,
    as_number,
    is_no_answer,
    plain,
    without_mark,
)
from crm_lessons.data.surveys.drafting import _words
from crm_lessons.data.surveys.drafting._sheet import Column

MOST_WORDS = 11
_ANY = Points("any", -1e9, 1e9, whole=False)
MOST_STRANGE = 2  # words that a scale of ours may hold besides
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
    options: bool = False  # a number is the place of the option ticked
    asks_low: bool = False
    asks_high: bool = False
    unused: tuple[str, ...] = ()  # words that nobody chose


class Scales:
    """The scales met so far; columns with the same answers share one.

    ``columns``: all of the export. What nobody answered to one question somebody did to another.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._given = [{plain(one): one for one in _rated(column)} for column in columns]
        numbers = [[_number(word) for word in one.values()] for one in self._given]
        points = [max(one) for one in numbers if one and None not in one]
        self._top = max((one for one in points if one <= 5), default=5)
        self.found: dict[str, Scale] = {}
        self.missing: set[int] = set()  # numbers that stand for no answer
        self._strange: dict[frozenset[str], str] = {}

    def of(self, column: Column, *, in_matrix: bool = False) -> str | None:
        """The name of the scale of a column; None where its answers are no rating.

        ``in_matrix``: the column stands with others under one stem. Words that nobody knows are a
        scale only there.
        """
        answers = _rated(column)
        numbers = {one: _number(one) for one in answers}
        absent = _absent(numbers.values())
        sums = _sums(column, numbers)
        answers = [one for one in answers if numbers[one] not in absent and one not in sums]
        given = [number for one in answers if (number := numbers[one]) is not None]
        if not answers:
            return None
        in_numbers = len(given) == len(answers)
        if in_numbers:
            name = self._of_numbers(column, given)
        else:
            name = self._of_words(column, answers, in_matrix)
        if name is not None:
            self.missing |= absent
        return name

    def _of_words(self, column: Column, answers: list[str], in_matrix: bool) -> str | None:
        ladder = self._ladder(answers)
        if ladder is not None:
            return self._add(self._listed(*ladder))
        strangers = [one for one in answers if not _words.is_rung(one)]
        rest = [one for one in answers if one not in strangers]
        ladder = self._ladder(rest) if len(strangers) <= MOST_STRANGE < len(rest) else None
        if ladder is not None:
            return self._add(
                self._listed(ladder[0], [*ladder[1], *((one, None) for one in strangers)])
            )
        return self._of_strange_words(column, answers, in_matrix)

    def _listed(self, name: str, words: Sequence[tuple[str, int | None]]) -> Scale:
        given = {bare for one in self._given for bare in one}
        unused = (word for word, _ in words if plain(word) not in given)
        return Scale(name, tuple(words), unused=tuple(unused))

    def _ladder(self, answers: list[str]) -> tuple[str, list[tuple[str, int | None]]] | None:
        return _words.ladder_of(self._with_alike(answers)) or _words.ladder_of(answers)

    def _with_alike(self, answers: list[str]) -> list[str]:
        """These answers with those of every column that shares one of them."""
        own = set(map(plain, answers))
        alike = [one for one in self._given if not own.isdisjoint(one)]
        all_ = {bare: word for one in alike for bare, word in one.items()}
        return [word for bare, word in all_.items() if bare in own or _words.is_rung(word)]

    def _of_numbers(self, column: Column, numbers: list[float]) -> str | None:
        low, high = min(numbers), max(numbers)
        percents = any("%" in one for one in column.answers)
        whole = all(number == int(number) for number in numbers)
        if percents or (whole and 10 < high <= 100 and _words.names("again", column.heading)):
            return self._add(Scale("percent", low=0, high=100, percent=True))
        if not whole:
            again = _words.names("again", column.heading) and low >= 0 and high <= 1
            return self._add(Scale("chance", low=0, high=1)) if again else None
        recommends = _words.names("recommends", column.heading)
        if recommends and low >= 1 and high == 11:  # 0 is the first of eleven options
            return self._add(Scale("eleven_options", low=0, high=10, options=True))
        if low < 0 or high > 10 or {*numbers} <= {0, 1}:  # 1 and 0 are yes and no
            return None
        if low == 0 or high > 7 or (recommends and high > 5):
            from_one = low > 0 and not recommends
            name = "ten_points" if from_one else "ten_from_one" if low > 0 else "ten"
            return self._add(Scale(name, low=0, high=10, asks_low=from_one))
        top = max(5, int(high))
        name = {5: "five", 6: "six", 7: "seven"}[top]
        short = top == 5 and self._top < 5
        return self._add(Scale(name, low=1, high=top, asks_best=True, asks_high=short))

    def _of_strange_words(self, column: Column, answers: list[str], in_matrix: bool) -> str | None:
        """Words nobody knows, given again and again in a matrix, or in a column named so before."""
        key = frozenset(map(plain, answers))
        for known, name in self._strange.items():
            if len(key & known) * 2 > len(key):
                return name
        repeated = len(column.answers) >= 2 * len(answers)
        if not 2 <= len(answers) <= MOST_WORDS or not repeated or not in_matrix:
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
        self.found.setdefault(name, replace(scale, name=name))
        return name


def _rated(column: Column) -> list[str]:
    """The answers of a column that may be rungs of a scale."""
    return [without_mark(one) for one in column.distinct if not is_no_answer(one)]


def _alike(first: Scale, second: Scale) -> bool:
    return replace(first, name=second.name) == second


def _sums(column: Column, numbers: Mapping[str, float | None]) -> set[str]:
    """The last cell of a column of whole numbers, if it is a mean below them."""
    parted = {word for word, n in numbers.items() if n is not None and n != int(n)}
    last = column.answers[-1].strip()
    return {last} if parted == {last} and len(numbers) > 2 else set()


def _absent(numbers: Iterable[float | None]) -> set[int]:
    """The numbers that stand for no answer: none that the scale of the others may hold."""
    given = [number for number in numbers if number is not None]
    others = [number for number in given if number not in MISSING]
    if not others and None not in numbers:
        return set()
    beyond = max(others, default=0) > 10
    return {int(one) for one in given if one in MISSING and (one < 0 or not beyond)}


def _number(answer: str) -> float | None:
    """The number that an answer is, or bears as its label: 10 (very likely)."""
    bare = plain(answer)
    if out_of := OUT_OF.match(bare):
        return float(out_of[1])
    number = as_number(bare, _ANY)
    if number is not None or "%" in bare:
        return float(bare.rstrip("%")) if number is None else number
    labelled = _LABELLED.match(bare) if len(re.findall(r"\d+", bare)) == 1 else None
    return float(labelled[1] or labelled[2]) if labelled else None
