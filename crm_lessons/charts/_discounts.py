"""Charts of a price cut: what it must sell more to earn as much."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts

said = texts(__name__)

_TOP = 2.0  # of the axis: twice as much again


def _margin_after_discount_alt(table: pd.DataFrame, *, margin: float, cut: float) -> str:
    """Say what is left of the margin after the cut, and what it must sell more.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"left": [1 / 3], "more": [1 / 3]}, index=[0.1])
    >>> with wording.using("en"):
    ...     print(margin_after_discount.alt(table, margin=0.4, cut=0.1))
    With a margin of 40%, 10% off leaves 33.3% and takes 33.3% more sales to earn as much.
    """
    own = table.loc[_nearest(table, cut)]
    told = {"margin": margin, "cut": cut, "left": float(own["left"]), "more": float(own["more"])}
    return said("alt_nothing_left" if not np.isfinite(told["more"]) else "alt_more", **told)


@chart(alt=_margin_after_discount_alt)
def margin_after_discount(
    table: pd.DataFrame, *, margin: float, cut: float, ax: Axes | None = None
) -> Axes:
    """Draw how much more must be sold by the size of a price cut, with the given cut marked.

    ``table``: index the cut as a share of the old price, ``more`` from
    `crm_lessons.value.discount_breakeven`, ``left``, the margin as a share of the new price.
    ``margin`` at the old price; ``cut`` is one of the index.

    >>> table = pd.DataFrame({"left": [0.4, 1 / 3], "more": [0.0, 1 / 3]}, index=[0.0, 0.1])
    >>> len(margin_after_discount(table, margin=0.4, cut=0.1).lines)
    2
    """
    ax = look.canvas(ax, height=3.8)
    finite = table[np.isfinite(table["more"]) & (table["more"] <= 1.5 * _TOP)]
    ax.plot(finite.index, finite["more"], color=look.UP, linewidth=2.2)
    own = table.loc[_nearest(table, cut)]
    top = float(np.clip(3.0 * own["more"], 0.5, _TOP)) if np.isfinite(own["more"]) else _TOP
    right = max(float(table.index.max()), 1.05 * cut, 0.01)
    ax.set(xlim=(0, right), ylim=(0, top))
    if np.isfinite(own["more"]) and own["more"] <= top:
        more = float(own["more"])
        ax.plot(cut, more, "o", color=look.DOWN, markersize=10)
        left = cut > 0.5 * right
        how = {"color": look.DOWN_TEXT, "path_effects": look.HALO, "va": "center"}
        how |= {"ha": "right" if left else "left", "linespacing": 1.3}
        told = said("more_at", cut=cut, more=more, left=float(own["left"]))
        shift = (-12, 10) if left else (12, -10)
        ax.annotate(told, (cut, more), shift, textcoords="offset points", **how)
    ax.xaxis.set_major_formatter(look.percent)
    ax.yaxis.set_major_formatter(lambda value, _at=None: f"+{value:.0%}")
    ax.tick_params(axis="x", pad=9)  # the first would touch the 0 of the other axis
    ax.set_xlabel(said("cut_axis"))
    look.head(ax, said("more_title"), said("more_subtitle", margin=margin))
    look.bare(ax, keep=("bottom",), grid="both")
    return ax


def _nearest(table: pd.DataFrame, cut: float) -> float:
    """The cut of the table that is meant; grids of fractions are never exactly equal."""
    return float(min(table.index, key=lambda one: abs(one - cut)))
