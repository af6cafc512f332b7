"""What a drawn question is drawn with, and what it consists of.

A lesson's ``drawn.py`` holds for each question of its ``drawn.yaml`` a function of that name::

    def price_up(draw):
        rival = draw.whole(40, 90, 5)
        own = rival + draw.whole(5, 30, 5)
        return Drawn(
            values={"own": own, "rival": rival},
            right=value.price_gap(own, rival),
            wrong={"wrong_base": (own - rival) / own},
        )

Right and wrong are computed by the package's analyses from what was drawn; ``values`` fill the
places in the texts.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import pandas as pd

from crm_lessons import sampling

T = TypeVar("T")


@dataclass(frozen=True)
class Drawn:
    """The figures of one question: what its texts say, the right answer, the known wrong ones.

    ``table`` is shown with the question; of a choice ``right`` is the id of an option, and what
    is wrong are the other options.
    """

    values: Mapping[str, object]
    right: object
    wrong: Mapping[str, object] = field(default_factory=dict)
    table: pd.DataFrame | None = None


class Draw:
    """Chance for one question: the same seed gives the same figures on every machine.

    >>> Draw("7", "ann").whole(1, 6) == Draw("7", "ann").whole(1, 6)
    True
    """

    def __init__(self, *seed: object) -> None:
        told = "\x1f".join(map(str, seed)).encode()
        number = int.from_bytes(hashlib.sha256(told).digest()[:4], "big")
        self._random = sampling.stream(number)

    def whole(self, low: int, high: int, step: int = 1) -> int:
        """A whole number from ``low`` to ``high``, both included, in steps."""
        return low + step * int(self._random.randint((high - low) // step + 1))

    def wholes(self, count: int, low: int, high: int, step: int = 1) -> list[int]:
        """So many of them, one may come again."""
        drawn = self._random.randint((high - low) // step + 1, size=count)
        return [low + step * int(one) for one in drawn]

    def share(self, low: int, high: int, step: int = 1) -> float:
        """So many whole per cent, as a share."""
        return self.whole(low, high, step) / 100

    def one_of(self, choices: Sequence[T]) -> T:
        """One of several things."""
        return choices[int(self._random.randint(len(choices)))]

    def some(self, count: int, choices: Sequence[T]) -> list[T]:
        """So many different ones, in the order drawn."""
        return [choices[place] for place in self._random.permutation(len(choices))[:count]]

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        """All of them in another order."""
        return self.some(len(choices), choices)
