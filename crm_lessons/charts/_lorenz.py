"""The Lorenz curve: how unequally an amount is spread over customers."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import drawn, spoken
from crm_lessons.wording import names

said = texts(__name__)


def _lorenz_alt(curves: Mapping[str, pd.DataFrame]) -> str:
    """Say of each curve what the largest fifth holds, and its Gini index.

    >>> from crm_lessons import wording
    >>> half = pd.DataFrame({"population_share": [0, 0.5, 1], "value_share": [0, 0.25, 1.0]})
    >>> with wording.using("en"):
    ...     lorenz.alt({"2025": half})
    'Lorenz curves: 2025, the top 20% hold 30.0%, Gini 0.25.'
    """
    parts = []
    for name, curve in curves.items():
        below = float(np.interp(0.8, curve["population_share"], curve["value_share"]))
        told = {"name": spoken(names.dataset(name)), "share": 1 - below, "gini": gini_of(curve)}
        parts.append(said("alt_lorenz_part", **told))
    return said("alt_lorenz", parts=joined(parts))


@chart(alt=_lorenz_alt)
def lorenz(curves: Mapping[str, pd.DataFrame], *, ax: Axes | None = None) -> Axes:
    """Draw Lorenz curves, the line of equality named, each curve labelled with its Gini index.

    ``curves`` maps a name (see `crm_lessons.wording.names.dataset`) to what
    `crm_lessons.pareto.lorenz` returns: ``population_share`` and ``value_share`` from (0, 0) to
    (1, 1), smallest first. At most five curves.

    >>> half = pd.DataFrame({"population_share": [0, 0.5, 1], "value_share": [0, 0.25, 1.0]})
    >>> len(lorenz({"shop": half}).lines)  # the diagonal, the curve, its dot
    3
    """
    ax = look.canvas(ax, height=4.6)
    low = min(0.0, *(float(curve["value_share"].min()) for curve in curves.values()))
    ax.set(xlim=(0, 1), ylim=(1.05 * low, 1), xticks=np.linspace(0, 1, 6))
    ax.set_yticks(np.linspace(0, 1, 6))
    ax.xaxis.set_major_formatter(look.percent)
    ax.yaxis.set_major_formatter(look.percent)
    ax.plot([0, 1], [0, 1], color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)))
    how = {"rotation": 45, "rotation_mode": "anchor", "transform_rotates_text": True, **look.INSIDE}
    equal = said("lorenz_equal")
    ax.text(0.3, 0.345, equal, color=look.QUIET, fontsize=look.SMALL, **how)
    _labelled_curves(ax, curves)
    look.head(ax, said("lorenz_title"), said("lorenz_subtitle"))
    ax.set_xlabel(said("lorenz_people"))
    ax.set_ylabel(said("lorenz_value"))
    look.bare(ax, keep=("left", "bottom"), grid="both")
    ax.tick_params(pad=7)
    return ax


def gini_of(curve: pd.DataFrame) -> float:
    """The Gini index of a Lorenz curve: twice the area between it and the diagonal.

    >>> gini_of(pd.DataFrame({"population_share": [0, 0.5, 1], "value_share": [0, 0.25, 1]}))
    0.25
    """
    area = np.trapezoid(curve["value_share"], curve["population_share"])
    return float(1 - 2 * area)


def _labelled_curves(ax: Axes, curves: Mapping[str, pd.DataFrame]) -> None:
    """Curves with their names in the right margin, led there from where the top fifth begins."""
    heights = {
        name: float(np.interp(0.8, curve["population_share"], curve["value_share"]))
        for name, curve in curves.items()
    }
    ordered = sorted(heights, key=heights.get)
    places = look.spread([heights[name] for name in ordered], 0.13, low=0.05, high=0.95)
    for name, place, colour in zip(ordered, places, look.SERIES, strict=False):
        curve = curves[name]
        ax.plot(curve["population_share"], curve["value_share"], color=colour, linewidth=2)
        ax.plot(0.8, heights[name], "o", color=colour, markersize=5)
        ax.annotate(
            said("lorenz_label", name=drawn(names.dataset(name)), gini=gini_of(curve)),
            (0.8, heights[name]),
            (1.03, place),
            color=colour,
            va="center",
            annotation_clip=False,
            linespacing=1.3,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.7, "shrinkB": 0},
        )
