"""The chart on which a learner guesses what the largest customers hold, and sees how it is."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons import wording
from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.wording import names

said = texts(__name__)

_CLOSE = 0.09  # nearer than this two labels would touch


def _top_guess_alt(
    curve: pd.DataFrame,
    *,
    guess: float,
    top: float = 0.20,
    revealed: bool = False,
    measure: str = "amount",
) -> str:
    """Say the guess, and once revealed how it is.

    >>> half = pd.DataFrame({"population_share": [0, 0.5, 1], "value_share": [0, 0.25, 1.0]})
    >>> with wording.using("en"):
    ...     top_guess.alt(half, guess=0.5)
    'Your guess: the top 20% of customers hold 50% of sales.'
    """
    told = {"top": top, "guess": guess, "measure": names.measure(measure)}
    if not revealed:
        return said("alt_guess", **told)
    return said("alt_guess_revealed", truth=held_by_top(curve, top), **told)


@chart(alt=_top_guess_alt)
def top_guess(
    curve: pd.DataFrame,
    *,
    guess: float,
    top: float = 0.20,
    revealed: bool = False,
    measure: str = "amount",
    ax: Axes | None = None,
) -> Axes:
    """Draw a guess of what the largest customers hold; with ``revealed`` also the curve itself.

    ``curve`` is what `crm_lessons.pareto.lorenz` returns; ``top`` and ``guess`` are shares. Before
    it is revealed the chart shows the guess and the line on which all customers are equal.

    >>> half = pd.DataFrame({"population_share": [0, 0.5, 1], "value_share": [0, 0.25, 1.0]})
    >>> len(top_guess(half, guess=0.5).lines), len(top_guess(half, guess=0.5, revealed=True).lines)
    (3, 5)
    """
    ax = look.canvas(ax, height=3.9)
    ax.set(xlim=(0, 1), ylim=(-0.03, 1.02))
    ax.set(xticks=np.linspace(0, 1, 6), yticks=np.linspace(0, 1, 6))
    ax.xaxis.set_major_formatter(look.percent)
    ax.yaxis.set_major_formatter(look.percent)
    dashed = {"color": look.QUIET, "linewidth": 1, "linestyle": (0, (4, 3))}
    ax.plot([0, 1], [0, 1], **dashed)
    equal = said("guess_equal")
    below = {"textcoords": "offset points", "va": "top", "color": look.QUIET}
    ax.annotate(equal, (0.66, 0.66), (6, -6), **below)
    ax.plot([top, top], [0, 1.02], **dashed)

    truth = held_by_top(curve, top)
    places = [guess, truth] if revealed else [guess]
    if revealed:
        people, value = 1 - curve["population_share"], 1 - curve["value_share"]
        ax.plot(people, value, color=look.INK, linewidth=1.8, path_effects=look.HALO)
        ax.plot(top, truth, "o", color=look.UP, markersize=9)
    ax.plot(top, guess, "D", color=look.DOWN, markersize=9)
    heights = _apart(places)
    _label(ax, "guess_yours", guess, (top, heights[0]), look.DOWN_TEXT)
    if revealed:
        _label(ax, "guess_truth", truth, (top, heights[1]), look.UP)

    told = {"measure": names.measure(measure), "top": top}
    look.head(ax, said("guess_title", **told), said("guess_subtitle"))
    ax.set_xlabel(wording.text("charts.share_of_customers"))
    look.bare(ax, grid="both")
    return ax


def held_by_top(curve: pd.DataFrame, top: float) -> float:
    """What the largest ``top`` of the customers hold, read off a Lorenz curve.

    >>> half = pd.DataFrame({"population_share": [0, 0.5, 1], "value_share": [0, 0.25, 1.0]})
    >>> held_by_top(half, 0.5)
    0.75
    """
    return 1 - float(np.interp(1 - top, curve["population_share"], curve["value_share"]))


def _apart(places: list[float]) -> list[float]:
    """Heights of the labels: those of guess and truth are moved apart if they would touch."""
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = look.spread([places[i] for i in order], _CLOSE, low=0.04, high=0.98)
    return [moved[order.index(i)] for i in range(len(places))]


def _label(ax: Axes, key: str, share: float, at: tuple[float, float], colour: str) -> None:
    how = {"color": colour, "va": "center", "path_effects": look.HALO}
    text = said(key, share=share)
    ax.annotate(text, at, (12, 0), textcoords="offset points", **how)
