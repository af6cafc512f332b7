"""Charts of what a customer is worth: the fall from revenue to value, and value by retention."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons import wording
from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import drawn

said = texts(__name__)

_LEFT, _TAKEN = "#0072B2", "#F0CDB4"


def _value_fall_alt(steps: pd.DataFrame) -> str:
    """Say what is left after each step.

    >>> steps = pd.DataFrame({"value": [100.0, 20.0], "change": [100.0, -80.0]},
    ...                      index=["revenue", "margin"])
    >>> with wording.using("en"):
    ...     value_fall.alt(steps)
    'Bars from revenue to value: revenue 100 yuan; margin only 20 yuan.'
    """
    parts = [
        said("alt_fall_part", step=said(f"fall_{name}").replace("\n", ""), value=amount)
        for name, amount in steps["value"].items()
    ]
    return said("alt_fall", parts=joined(parts))


@chart(alt=_value_fall_alt)
def value_fall(steps: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the way from revenue to present value, and what each step takes away.

    ``steps`` is what `crm_lessons.value.fall` returns: index ``step``, with ``value`` left after it
    and ``change`` by it, in yuan; the first row is the revenue.

    >>> steps = pd.DataFrame({"value": [100.0, 20.0], "change": [100.0, -80.0]},
    ...                      index=["revenue", "margin"])
    >>> len(value_fall(steps).patches)  # revenue; what is left, what was taken
    3
    """
    ax = look.canvas(ax, height=1.5 + 0.72 * len(steps))
    top = max(float(steps["value"].max()), 1.0)
    how = {"va": "center", "color": look.INK, "path_effects": look.HALO}
    for place, row in enumerate(steps.itertuples()):
        guessed = row.Index == "guess"
        ax.barh(place, row.value, height=0.6, color=look.DOWN if guessed else _LEFT)
        label = said("fall_left", value=row.value)
        step = place > 0 and not guessed
        if step:
            ax.barh(place, -row.change, left=row.value, height=0.6, color=_TAKEN)
            told = {"value": row.value, "taken": -row.change}
            label = said("fall_step", **told)
        end = row.value - row.change if step else row.value
        ax.annotate(label, (end, place), (6, 0), textcoords="offset points", **how)
    ax.set(xlim=(0, 1.5 * top), ylim=(len(steps) - 0.5, -0.5), xticks=[])
    titles = [said(f"fall_{name}") for name in steps.index]
    ax.set_yticks(range(len(steps)), titles)
    ax.tick_params(labelcolor=look.INK)
    look.bare(ax)
    known = steps["value"].drop("guess", errors="ignore")
    if len(known) > 1:
        title = said("fall_title", first=known.iloc[0], last=known.iloc[-1])
    else:
        title = said("fall_title_open", first=known.iloc[0])
    subtitle = "fall_subtitle" if len(known) > 1 else "fall_subtitle_open"
    look.head(ax, title, said(subtitle))
    return ax


def _value_map_alt(grid: pd.DataFrame, *, marked: tuple[float, float] | None = None) -> str:
    """Say the value at the lowest and the highest retention for each discount rate.

    >>> grid = pd.DataFrame([[3.0], [5.0]], index=[0.7, 0.8], columns=[0.05])
    >>> with wording.using("en"):
    ...     print(value_map.alt(grid))  # doctest: +NORMALIZE_WHITESPACE
    Value in margins of one period, retention from 70% to 80%: discount 5%, from 3.0 to 5.0.
    """
    parts = [
        said("alt_map_part", discount=float(rate), low=line.iloc[0], high=line.iloc[-1])
        for rate, line in grid.items()
    ]
    told = {"low": grid.index.min(), "high": grid.index.max()}
    sentence = said("alt_map", parts=joined(parts), **told)
    if marked is None:
        return sentence
    told = {"retention": marked[0], "discount": marked[1], "value": _at(grid, *marked)}
    return sentence + said("alt_map_marked", **told)


@chart(alt=_value_map_alt)
def value_map(
    grid: pd.DataFrame, *, marked: tuple[float, float] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the value of a customer over retention, one line for each discount rate.

    ``grid`` is what `crm_lessons.value.value_grid` returns for a margin of 1: index ``retention``,
    columns ``discount``, in margins of one period. ``marked`` is a pair (retention, discount) in
    the grid to point out. At most five discount rates.

    >>> grid = pd.DataFrame([[3.0, 2.5], [5.0, 3.7]], index=[0.7, 0.8], columns=[0.05, 0.1])
    >>> len(value_map(grid).lines)
    2
    """
    ax = look.canvas(ax, height=4.4)
    kept = grid.index.to_numpy(dtype="float64")
    top = 1.05 * float(grid.to_numpy().max())
    ends = grid.iloc[-1].sort_values()
    places = look.spread(ends.to_list(), 0.085 * top, low=0.0, high=top)
    for (rate, end), place, colour in zip(ends.items(), places, look.SERIES, strict=False):
        ax.plot(kept, grid[rate], color=colour, linewidth=2)
        label = said("map_line", discount=float(rate))
        at = (kept.max() + 0.03 * (kept.max() - kept.min()), place)
        arrow = {"arrowstyle": "-", "color": colour, "linewidth": 0.7, "shrinkB": 0}
        how = {"color": colour, "va": "center", "annotation_clip": False, "arrowprops": arrow}
        ax.annotate(label, (kept.max(), end), at, **how)
    if marked is not None:
        _mark(ax, grid, *marked)
    ax.set(xlim=(kept.min(), kept.max()), ylim=(0, top))
    ax.xaxis.set_major_formatter(look.percent)
    ax.yaxis.set_major_formatter(look.big_number)
    ax.tick_params(pad=6)
    ax.set_xlabel(said("map_retention"))
    ax.set_ylabel(said("map_value"))
    look.bare(ax, grid="y")
    look.head(ax, said("map_title"), said("map_subtitle"))
    return ax


def _crowd_alt(paths: Mapping[str, pd.DataFrame]) -> str:
    """Say how many customers there are at the end on each path.

    >>> path = pd.DataFrame({"customers": [0.0, 10.0]}, index=[0, 1])
    >>> with wording.using("en"):
    ...     crowd.alt({"alone": path})
    'Customers at the end: nobody follows (q = 0) 10.'
    """
    parts = [
        said(
            "alt_crowd_part",
            name=_crowd_name(name).replace("\n", " "),
            customers=float(path["customers"].iloc[-1]),
        )
        for name, path in paths.items()
    ]
    return said("alt_crowd", parts=joined(parts))


@chart(alt=_crowd_alt)
def crowd(paths: Mapping[str, pd.DataFrame], *, ax: Axes | None = None) -> Axes:
    """Draw how customers grow with and without the pull of the crowd.

    ``paths`` maps a name (``alone``, ``drawn``, or what should stand there) to what
    `crm_lessons.value.crowd_effect` returns. At most five.

    >>> path = pd.DataFrame({"customers": [0.0, 10.0]}, index=[0, 1])
    >>> len(crowd({"alone": path}).lines)
    1
    """
    ax = look.canvas(ax, height=3.9)
    top = 1.06 * max(float(path["customers"].max()) for path in paths.values())
    last = max(path.index.max() for path in paths.values())
    ordered = sorted(paths, key=lambda name: float(paths[name]["customers"].iloc[-1]))
    ends = [float(paths[name]["customers"].iloc[-1]) for name in ordered]
    places = look.spread(ends, 0.13 * top, low=0.05 * top, high=top)
    for name, end, place, colour in zip(ordered, ends, places, look.SERIES, strict=False):
        ax.plot(paths[name].index, paths[name]["customers"], color=colour, linewidth=2)
        how = {"color": colour, "va": "center", "annotation_clip": False, "linespacing": 1.3}
        arrow = {"arrowstyle": "-", "color": colour, "linewidth": 0.7, "shrinkB": 0}
        at = (last * 1.04, place)
        ax.annotate(_crowd_name(name), (last, end), at, arrowprops=arrow, **how)
    ax.set(xlim=(0, last), ylim=(0, top))
    ax.yaxis.set_major_formatter(look.big_number)
    ax.set_xlabel(said("crowd_period"))
    look.bare(ax, grid="y")
    look.head(ax, said("crowd_title"), said("crowd_subtitle"))
    return ax


def _crowd_name(name: str) -> str:
    key = f"charts_value_fall.crowd_{name}"
    return wording.text(key) if wording.has(key) else drawn(name)


def _at(grid: pd.DataFrame, retention: float, discount: float) -> float:
    kept = grid.index.to_numpy(dtype="float64")
    return float(np.interp(retention, kept, grid[discount].to_numpy()))


def _mark(ax: Axes, grid: pd.DataFrame, retention: float, discount: float) -> None:
    value = _at(grid, retention, discount)
    ax.scatter(retention, value, s=55, color=look.INK, zorder=5)
    told = {"retention": retention, "discount": discount, "value": value}
    label = said("map_mark", **told)
    how = {"ha": "center", "va": "bottom", "color": look.INK, "linespacing": 1.3}
    arrow = {"arrowstyle": "-", "color": look.INK, "linewidth": 0.7, "shrinkB": 5}
    ax.annotate(
        label, (retention, value), (0.3, 0.55), textcoords="axes fraction", arrowprops=arrow, **how
    )
