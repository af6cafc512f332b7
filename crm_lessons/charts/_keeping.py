"""The chart of what five more points of retention do to a customer's value."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts

said = texts(__name__)

CLAIMED = (0.25, 1.00)  # the rise that the notes promise


def _retention_effect_alt(table: pd.DataFrame, *, given: float | None = None) -> str:
    """Say the rise at the given retention, or at the lowest and highest of the chart.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({0.0: [0.1, 0.2]}, index=[0.6, 0.8])
    >>> with wording.using("en"):
    ...     retention_effect.alt(table, given=0.8)
    'From a retention of 80%, five more points raise the value of a new customer by 20.0%.'
    """
    if given is not None:
        rise = risen(table, given)
        return said("alt_effect_here", retention=given, rise=rise)
    parts = []
    for cost, rises in table.items():
        known = rises.dropna()
        told = {"cost": cost, "low": known.index[0], "high": known.index[-1]}
        rise = {"first": known.iloc[0], "last": known.iloc[-1]}
        parts.append(said("alt_effect_part", **told, **rise))
    return said("alt_effect", parts=joined(parts))


@chart(alt=_retention_effect_alt)
def retention_effect(
    table: pd.DataFrame, *, given: float | None = None, ax: Axes | None = None
) -> Axes:
    """Draw by how much value rises at each retention, a line for each acquisition cost.

    ``table``: index retention before, columns acquisition cost in years' margins, values the rise
    (`crm_lessons.value.retention_uplift`); missing where nothing is left to compare with. The band
    is what the notes claim. With ``given`` the first line is read off there.

    >>> table = pd.DataFrame({0.0: [0.1, 0.2]}, index=[0.6, 0.8])
    >>> len(retention_effect(table).lines), len(retention_effect(table, given=0.7).lines)
    (1, 3)
    """
    ax = look.canvas(ax, height=4.2)
    ax.axhspan(*CLAIMED, color="#F1EFE6", zorder=0)
    at = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points"}
    claimed = said("effect_claimed", low=CLAIMED[0], high=CLAIMED[1])
    ax.annotate(claimed, (1, CLAIMED[1]), (-5, -5), ha="right", va="top", color=look.QUIET, **at)
    top = 1.25
    for name, colour in zip(table.columns, look.SERIES, strict=False):
        rises = table[name]
        shown = rises.where(rises <= top).dropna()
        ax.plot(shown.index, shown, color=colour, linewidth=2.2)
    if given is not None:
        rise = risen(table, given)
        dashed = {"color": look.DOWN, "linewidth": 1.2, "linestyle": (0, (4, 3))}
        ax.plot([given, given], [0, min(rise, top)], **dashed)
        ax.plot(given, min(rise, top), "o", color=look.DOWN, markersize=8)
        text = said("effect_here", retention=given, rise=rise)
        low = (given - table.index.min()) / np.ptp(table.index) >= 0.62
        how = {"textcoords": "offset points", "ha": "right" if low else "left"}
        ax.annotate(
            text, (given, min(rise, top)), (-8 if low else 8, 8), path_effects=look.HALO, **how
        )
    ax.set(xlim=(float(table.index.min()), float(table.index.max())), ylim=(0, top))
    ax.xaxis.set_major_formatter(look.percent)
    ax.yaxis.set_major_formatter(look.percent)
    ax.set_xlabel(said("effect_axis"))
    _name_lines(ax, table, top)
    look.head(ax, said("effect_title"), said("effect_subtitle"))
    look.bare(ax, keep=("left", "bottom"))
    ax.tick_params(pad=7)
    return ax


def risen(table: pd.DataFrame, retention: float) -> float:
    """The rise on the first line at a retention, between two points in proportion.

    >>> round(risen(pd.DataFrame({0.0: [0.1, 0.2]}, index=[0.6, 0.8]), 0.7), 6)
    0.15
    """
    line = table.iloc[:, 0].dropna()
    return float(np.interp(retention, line.index, line))


def _name_lines(ax: Axes, table: pd.DataFrame, top: float) -> None:
    """Names in the right margin, led there from where each line ends."""
    ends = {cost: rises[rises <= top].dropna() for cost, rises in table.items()}
    ordered = sorted(ends, key=lambda cost: ends[cost].iloc[-1])
    heights = [float(ends[cost].iloc[-1]) for cost in ordered]
    places = look.spread(heights, 0.17 * top, low=0.1 * top, high=top)
    right = float(table.index.max()) + 0.05 * np.ptp(table.index)
    for cost, place in zip(ordered, places, strict=True):
        colour = look.SERIES[list(table.columns).index(cost) % len(look.SERIES)]
        how = {"color": colour, "va": "center", "annotation_clip": False, "linespacing": 1.25}
        arrow = {"arrowstyle": "-", "color": colour, "linewidth": 0.7, "shrinkB": 0}
        text = said("effect_line", cost=cost)
        end = (ends[cost].index[-1], ends[cost].iloc[-1])
        ax.annotate(text, end, (right, place), arrowprops=arrow, **how)
