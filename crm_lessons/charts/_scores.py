"""Charts of a score: whom it reaches first, and whether it can be taken at its word."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons import wording
from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts

said = texts(__name__)

_READ_AT = (0.2, 0.5)  # shares contacted at which the curve is read off


def _gains_alt(curve: pd.DataFrame) -> str:
    """Say what contacting the highest fifth and half reaches.

    >>> curve = pd.DataFrame({"share_contacted": [0, 0.5, 1], "share_reached": [0, 0.8, 1.0]})
    >>> with wording.using("en"):
    ...     gains.alt(curve)
    'Gains: contacting the top 20% by score reaches 32.0%, the top 50% reaches 80.0%.'
    """
    first, second = read_off(curve).values()
    told = {"one": _READ_AT[0], "two": _READ_AT[1], "first": first, "second": second}
    return said("alt_gains", **told)


@chart(alt=_gains_alt)
def gains(curve: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the share reached against the share contacted, highest scores first.

    ``curve`` is what `crm_lessons.targeting.gains_curve` returns, from (0, 0) to (1, 1). The
    diagonal is contacting by lot.

    >>> curve = pd.DataFrame({"share_contacted": [0, 0.5, 1], "share_reached": [0, 0.8, 1.0]})
    >>> len(gains(curve).lines)  # the diagonal, the curve, two places to read
    4
    """
    ax = look.canvas(ax, height=4.2)
    ticks = np.linspace(0, 1, 6)
    ax.set(xlim=(0, 1), ylim=(0, 1.02), xticks=ticks, yticks=ticks)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(look.percent)
    ax.plot([0, 1], [0, 1], color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)))
    told = {"textcoords": "offset points", "va": "top", "color": look.QUIET}
    ax.annotate(said("by_lot"), (0.12, 0.12), (6, -6), **told)
    line = {"color": look.UP, "linewidth": 2.2, "path_effects": look.HALO}
    ax.plot(curve["share_contacted"], curve["share_reached"], **line)
    above = 0.0
    for contacted, reached in read_off(curve).items():
        ax.plot(contacted, reached, "o", color=look.UP, markersize=7)
        text = said("gains_point", contacted=contacted, reached=reached)
        # On a line with the one before it stands a line lower, or it would run into it.
        _beside_point(ax, text, contacted, reached, down=3 if reached - above > 0.08 else 19)
        above = reached
    look.head(ax, said("gains_title"), said("gains_subtitle"))
    ax.set_xlabel(wording.text("charts.share_contacted"))
    ax.set_ylabel(said("share_reached"))
    look.bare(ax, keep=("left", "bottom"), grid="both")
    ax.tick_params(pad=7)
    return ax


def read_off(curve: pd.DataFrame) -> dict[float, float]:
    """The share reached at the places where the chart is read."""
    shares = np.interp(_READ_AT, curve["share_contacted"], curve["share_reached"])
    return dict(zip(_READ_AT, map(float, shares), strict=True))


def _calibration_alt(table: pd.DataFrame) -> str:
    """Say in how many parts the interval holds what the score said, and the lowest and highest.

    >>> table = pd.DataFrame({"customers": [9], "said": [0.3], "came": [0.2], "lower": [0.1],
    ...     "upper": [0.4]})
    >>> with wording.using("en"):
    ...     print(calibration.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    Calibration, n = 9: said and came true agree within the interval in 1 of 1 part. Lowest part:
    said 30.0%, came 20.0%; highest part: said 30.0%, came 20.0%.
    """
    inside = (table["lower"] <= table["said"]) & (table["said"] <= table["upper"])
    low, high = table.iloc[0], table.iloc[-1]
    told = {"low_said": low["said"], "low_came": low["came"]}
    told |= {"high_said": high["said"], "high_came": high["came"]}
    counts = {"inside": int(inside.sum()), "parts": len(table)}
    n = int(table["customers"].sum())
    return said("alt_calibration", n=n, **counts, **told)


@chart(alt=_calibration_alt)
def calibration(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw what a score said against what came true, with intervals; the diagonal is a true score.

    ``table`` is what `crm_lessons.targeting.calibration` returns: ``customers``, ``said``,
    ``came``, ``lower`` and ``upper`` for each part.

    >>> table = pd.DataFrame({"customers": [9], "said": [0.3], "came": [0.2], "lower": [0.1],
    ...     "upper": [0.4]})
    >>> len(calibration(table).lines)  # the diagonal and the points
    2
    """
    ax = look.canvas(ax, height=4.2)
    ticks = np.linspace(0, 1, 6)
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), xticks=ticks, yticks=ticks)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(look.percent)
    ax.plot([0, 1], [0, 1], color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)))
    ax.vlines(table["said"], table["lower"], table["upper"], color=look.UP, linewidth=1.6)
    ax.plot(table["said"], table["came"], "o", color=look.UP, markersize=7)
    above = {"color": look.QUIET, "xycoords": "axes fraction"}
    ax.annotate(said("came_more"), (0.03, 0.93), va="top", **above)
    ax.annotate(said("came_less"), (0.97, 0.05), ha="right", **above)
    n = int(table["customers"].sum())
    look.head(ax, said("calibration_title"), said("calibration_subtitle", n=n))
    ax.set_xlabel(said("said"))
    ax.set_ylabel(said("came"))
    look.bare(ax, keep=("left", "bottom"), grid="both")
    ax.tick_params(pad=7)
    return ax


def _beside_point(ax: Axes, text: str, x: float, y: float, *, down: float) -> None:
    """To the right below a point of a curve that bends to the left, so that it stays clear."""
    how = {"textcoords": "offset points", "va": "top", "path_effects": look.HALO}
    ax.annotate(text, (x, y), (9, -down), color=look.INK, **how)
