"""Rows one below the other: a bar or a point with its interval, and its figure."""

import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import look

LIGHT, DARK = "#A9CCE3", "#005A8C"


def bar(
    ax: Axes,
    place: float,
    value: float,
    ends: tuple[float, float],
    text: str,
    *,
    height: float = 0.6,
    cap: str = "round",
) -> None:
    """A pale bar, its interval as a dark line (none where an end is unknown), the figure beside."""
    ax.barh(place, value, height=height, color=LIGHT)
    known = not pd.isna(ends[0])
    if known:
        ax.plot(ends, [place, place], color=DARK, linewidth=2, solid_capstyle=cap)
    how = {"va": "center", "color": look.INK, "textcoords": "offset points"}
    end = max(ends[1] if known else value, value, 0.0)
    ax.annotate(text, (end, place), (6, 0), **how)


def point(
    ax: Axes,
    place: float,
    value: float,
    ends: tuple[float, float],
    text: str,
    *,
    colour: str,
    above: float,
) -> None:
    """A point on its interval, both in a colour, the figure ``above`` it by so many points."""
    ax.hlines(place, *ends, color=colour, linewidth=2)
    ax.plot(value, place, "o", color=colour, markersize=8)
    how = {"ha": "center", "color": look.INK, "path_effects": look.HALO}
    how["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # no line through a figure
    ax.annotate(text, (value, place), (0, above), textcoords="offset points", **how)


def against(lower: float, upper: float, line: float = 0.0) -> int:
    """On which side of a line an interval lies: 1 above, -1 below, 0 if it holds it or is unknown.

    >>> against(0.1, 0.3), against(-0.1, 0.3), against(40, 70, 90)
    (1, 0, -1)
    """
    return int(lower > line) - int(upper < line)
