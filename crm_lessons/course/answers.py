"""What an exercise expects, in one block: right and known wrong answers side by side.

A lesson's ``answers.py`` holds for each exercise a block of the exercise's name::

    share_of_top_fifth = Answers(
        right=lambda classes: pareto.share_of_top(classes["amount"], FIFTH),
        wrong={
            "quoted_eighty": 0.80,
            "customers_for_eighty": lambda classes: ...,
        },
        drawn=top_fifth,
    )

Parameters of a function are names of what the lesson binds (``lesson.use(classes=...)``); one with
a default may be missing. What is no function is the answer itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Computation = Callable[..., object]


@dataclass(frozen=True)
class Answers:
    """The computations of one exercise.

    right
        The right answer; None where ``exercises.yaml`` states it.
    wrong
        What each known mistake leads to, by the mistake's name in ``exercises.yaml``.
    offered
        For an exercise to tick: the table to choose from, a frame indexed by ``customer_id``.
    drawn
        For a slider: Axes and a sentence for them. Besides bound data it may ask for ``given``
        (where the slider stands) and ``revealed`` (whether the right answer may be seen).
    needs
        Names without which the exercise is not asked, beyond those that its functions ask for.
    """

    right: object = None
    wrong: Mapping[str, object] = field(default_factory=dict)
    offered: Computation | None = None
    drawn: Computation | None = None
    needs: tuple[str, ...] = ()


def computation(told: object) -> Computation:
    """A function as it is; anything else as a function that gives it.

    >>> computation(0.80)()
    0.8
    """
    return told if callable(told) else lambda: told
