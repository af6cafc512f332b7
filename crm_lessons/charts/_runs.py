"""Main figures of many runs side by side: few by name, many by rank."""

from collections.abc import Collection

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import drawn, spoken

said = texts(__name__)

NAMED = 40  # more runs than that are not told apart by names beside the dots
ACROSS = 3  # panels beside one another
ENDS = 3  # runs named at either end
BESIDE, ABOVE = 15, 19  # columns of a name beside dots, above them


def _compare_runs_alt(figures: pd.DataFrame, *, percent: Collection[str] = ()) -> str:
    """Say the range and the median of each figure, and whose the ends are.

    >>> from crm_lessons import wording
    >>> figures = pd.DataFrame({"Gini": [0.25, 0.5]}, index=["East", "West"])
    >>> with wording.using("en"):
    ...     compare_runs.alt(figures)
    'Dots comparing 2 reports: Gini from 0.25 (East) to 0.5 (West), median 0.375.'
    """
    parts = []
    for name, values in figures.items():
        known = values.dropna()
        if len(known):
            ends = {"lowest": spoken(known.idxmin()), "highest": spoken(known.idxmax())}
            told = {"low": known.min(), "high": known.max(), "median": known.median()}
            told = {key: _written(value, name in percent) for key, value in told.items()}
            parts.append(said("alt_compare_part", figure=name, **ends, **told))
    return said("alt_compare", runs=len(figures), parts=joined(parts))


@chart(alt=_compare_runs_alt)
def compare_runs(figures: pd.DataFrame, *, percent: Collection[str] = ()) -> Figure:
    """A panel for each column, a dot for each run (the index); medians are dashed.

    Up to 40 runs stand in rows with their names, in the order of the first column. Of more, each
    panel shows all values from low to high and names those at either end. ``percent`` are columns
    that hold shares. Missing values have no dot.

    >>> figures = pd.DataFrame({"Gini": [0.61, 0.48], "N": [1500, 420]}, index=["East", "West"])
    >>> len(compare_runs(figures, percent=["Gini"]).axes)
    2
    """
    look.style()
    if len(figures) <= NAMED:
        figure = _named(figures, percent)
        subtitle = said("compare_few", runs=len(figures))
    else:
        figure = _ranked(figures, percent)
        subtitle = said("compare_many", runs=len(figures))
    how = {"x": 0.01, "ha": "left", "linespacing": 1.5}
    title = f"{said('compare_title')}\n"
    figure.suptitle(title + subtitle, fontsize=look.BODY, color=look.INK, **how)
    return figure


def _named(figures: pd.DataFrame, percent: Collection[str]) -> Figure:
    ordered = figures.sort_values(figures.columns[0], kind="stable", na_position="first")
    across = min(ACROSS, len(figures.columns))
    bands = -(-len(figures.columns) // across)
    height = bands * (0.26 * len(ordered) + 0.9) + 0.6
    figure, panels = plt.subplots(
        bands, across, figsize=(look.width(), height), layout="constrained", squeeze=False
    )
    for place, ax in enumerate(panels.flat):
        if place >= len(ordered.columns):
            ax.remove()
            continue
        name = ordered.columns[place]
        _dots_in_rows(ax, ordered[name], name in percent)
        labels = [drawn(one, most=BESIDE) for one in ordered.index] if place % across == 0 else []
        ax.set_yticks(range(len(ordered)), labels or [""] * len(ordered))
        ax.set_title(_broken(str(name)), fontsize=look.SMALL, loc="left", color=look.INK)
    return figure


def _dots_in_rows(ax: Axes, values: pd.Series, percent: bool) -> None:
    look.bare(ax)
    rows = np.arange(len(values))
    ax.hlines(rows, 0, 1, transform=ax.get_yaxis_transform(), color=look.GRID, linewidth=0.8)
    ax.axvline(values.median(), color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)))
    ax.scatter(values, rows, s=26, color=look.SERIES[0], zorder=3)
    ax.set_ylim(-0.7, len(values) - 0.3)
    ax.margins(x=0.12)
    ax.xaxis.set_major_locator(plt.MaxNLocator(2))
    ax.xaxis.set_major_formatter(_ticks(percent))


def _ranked(figures: pd.DataFrame, percent: Collection[str]) -> Figure:
    count = len(figures.columns)
    figure, panels = plt.subplots(
        count, 1, figsize=(look.width(), 1.95 * count + 0.5), layout="constrained", squeeze=False
    )
    for ax, (name, values) in zip(panels.flat, figures.items(), strict=True):
        known = values.dropna().sort_values(kind="stable")
        look.bare(ax, grid="y")
        ax.axhline(known.median(), color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)))
        ax.scatter(range(len(known)), known, s=12, color=look.SERIES[0], zorder=3)
        ax.set_xticks([])
        ax.yaxis.set_major_locator(plt.MaxNLocator(3))
        ax.yaxis.set_major_formatter(_ticks(name in percent))
        between = said("compare_between")
        ends = {
            "lowest": between.join(drawn(one, most=ABOVE) for one in known.index[:ENDS]),
            "highest": between.join(
                drawn(one, most=ABOVE) for one in known.index[: -ENDS - 1 : -1]
            ),
        }
        told = f"{name}\n{said('compare_ends', **ends)}"
        how = {"fontsize": look.SMALL, "loc": "left", "color": look.INK, "linespacing": 1.4}
        ax.set_title(told, **how)
    return figure


def _ticks(percent: bool):
    return look.percent if percent else look.big_number


def _written(value: float, percent: bool) -> str:
    return f"{value:.1%}" if percent else f"{value:,.4g}"


def _broken(title: str) -> str:
    """A title over one panel of several, in two lines where it is long."""
    if len(title.encode("gb18030", "replace")) <= 18:
        return title
    middle = len(title) // 2
    blanks = [place for place, sign in enumerate(title) if sign == " " and title.isascii()]
    at = min(blanks, key=lambda place: abs(place - middle)) if blanks else middle
    return f"{title[:at]}\n{title[at:].strip()}"
