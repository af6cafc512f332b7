"""Charts of silence: how many still come back, and how a limit errs against the truth."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts

said = texts(__name__)

_DASHED = (0, (4, 3))


def _return_curve_alt(curve: pd.DataFrame, *, below: float = 0.10, at: float | None = None) -> str:
    """Say the share at both ends, and from which silence on fewer than ``below`` return.

    >>> from crm_lessons import wording
    >>> curve = pd.DataFrame({"customers": 9, "share": [0.3, 0.05], "lower": [0.1, 0.01],
    ...     "upper": [0.5, 0.2]}, index=[30, 90])
    >>> curve.attrs["within"] = 90
    >>> with wording.using("en"):
    ...     print(return_curve.alt(curve, at=90))  # doctest: +NORMALIZE_WHITESPACE
    Of those silent for 30 days 30.0% buy within the next 90, of those silent for 90 days 5.0%. From
    90 days on it is below 10%.
    """
    known = curve.dropna(subset=["share"])
    ends = {"first": int(known.index[0]), "last": int(known.index[-1])}
    told = {"within": curve.attrs.get("within", 90), "below": below, **ends}
    told |= {"high": known["share"].iloc[0], "low": known["share"].iloc[-1]}
    key = "alt_return" if at is None else "alt_return_at"
    return said(key, at=at or 0, **told)


@chart(alt=_return_curve_alt)
def return_curve(
    curve: pd.DataFrame, *, below: float = 0.10, at: float | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the share who still come back against the days of silence, with its intervals.

    ``curve`` from `crm_lessons.lifecycle.return_curve`; ``below`` is the line under which too few
    return, ``at`` the silence from which on that is so (`lifecycle.threshold`), None if there is
    none.

    >>> curve = pd.DataFrame({"customers": 9, "share": [0.3, 0.05], "lower": [0.1, 0.01],
    ...     "upper": [0.5, 0.2]}, index=[30, 90])
    >>> len(return_curve(curve).lines), len(return_curve(curve, at=90).lines)
    (2, 4)
    """
    ax = look.canvas(ax, height=4.2)
    known = curve.dropna(subset=["share"])
    days = known.index.to_numpy(dtype="float64")
    ax.fill_between(days, known["lower"], known["upper"], color="#DCEBF5", linewidth=0)
    ax.plot(days, known["share"], color=look.UP, linewidth=2.2)
    top = float(known["upper"].max()) * 1.06
    ax.axhline(below, color=look.QUIET, linewidth=1.2, linestyle=_DASHED)
    where = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points"}
    text = said("return_line", below=below)
    ax.annotate(text, (1, below), (-4, 4), ha="right", va="bottom", color=look.QUIET, **where)
    if at is not None:
        share = float(np.interp(at, days, known["share"]))
        ax.plot([at, at], [0, share], color=look.DOWN, linewidth=1.2, linestyle=_DASHED)
        ax.plot(at, share, "o", color=look.DOWN, markersize=8)
        side = "right" if at > days.mean() * 1.3 else "left"
        shift = (-9 if side == "right" else 9, 12)
        how = {"textcoords": "offset points", "ha": side, "path_effects": look.HALO}
        ax.annotate(said("return_at", days=int(at), share=share), (at, share), shift, **how)
    lowest, highest = days.min(), max(days.max(), days.min() + 1)
    ax.set(xlim=(lowest, highest), ylim=(0, max(top, 1.3 * below)))
    ax.yaxis.set_major_formatter(look.percent)
    ax.set_xlabel(said("return_axis"))
    within, n = curve.attrs.get("within", 90), int(known["customers"].max())
    look.head(ax, said("return_title"), said("return_subtitle", within=within, n=n))
    look.bare(ax, keep=("bottom",), grid="y")
    ax.tick_params(pad=7)
    return ax


def _rule_errors_alt(table: pd.DataFrame, *, at: float | None = None) -> str:
    """Say false alarms and misses at both ends of the limits, and where they are fewest together.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"called": [9, 4], "right": [5, 3], "missed": [0, 2], "wrong": [4, 3]},
    ...     index=[30, 90])
    >>> with wording.using("en"):
    ...     print(rule_errors.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    Limit of 30 days: 4 called lost who were not, 0 missed. Limit of 90 days: 1 and 2. Fewest errors
    together: 90 days, 3.
    """
    alarms = table["called"] - table["right"]
    low, high = table.index[0], table.index[-1]
    told = {"low_alarms": alarms[low], "low_missed": table.loc[low, "missed"]}
    told |= {"high_alarms": alarms[high], "high_missed": table.loc[high, "missed"]}
    best = table["wrong"].idxmin()
    fewest = {"best": int(best), "wrong": int(table["wrong"].min())}
    return said("alt_errors", low=int(low), high=int(high), **told, **fewest)


@chart(alt=_rule_errors_alt)
def rule_errors(table: pd.DataFrame, *, at: float | None = None, ax: Axes | None = None) -> Axes:
    """Draw the errors of calling customers lost after so many days, against who was really gone.

    ``table`` from `crm_lessons.lifecycle.judged`, its index the days. ``at`` marks a limit, such as
    the one that the return curve gives.

    >>> table = pd.DataFrame({"called": [9, 4], "right": [5, 3], "missed": [0, 2], "wrong": [4, 3]},
    ...     index=[30, 90])
    >>> len(rule_errors(table).lines), len(rule_errors(table, at=90).lines)
    (3, 4)
    """
    ax = look.canvas(ax, height=4.2)
    days = table.index.to_numpy(dtype="float64")
    lines = {
        "errors_wrong": (table["wrong"], look.INK),
        "errors_alarms": (table["called"] - table["right"], look.DOWN_TEXT),
        "errors_missed": (table["missed"], look.UP),
    }
    top = max(float(table["wrong"].max()), 1.0) * 1.1
    ends = sorted(lines, key=lambda key: lines[key][0].iloc[-1])
    heights = [float(lines[key][0].iloc[-1]) for key in ends]
    places = dict(zip(ends, look.spread(heights, 0.14 * top, low=0, high=top), strict=True))
    for key, (values, colour) in lines.items():
        ax.plot(days, values, color=colour, linewidth=2.2)
        how = {"va": "center", "color": colour, "annotation_clip": False, "linespacing": 1.2}
        ax.annotate(said(key), (days[-1], places[key]), (8, 0), textcoords="offset points", **how)
    if at is not None:
        ax.axvline(at, color=look.QUIET, linewidth=1.2, linestyle=_DASHED)
        where = {"xycoords": ax.get_xaxis_transform(), "textcoords": "offset points"}
        side = "right" if at > days.mean() * 1.2 else "left"
        shift = (-5 if side == "right" else 5, -4)
        where |= {"va": "top", "ha": side, "path_effects": look.HALO, "color": look.QUIET}
        ax.annotate(said("errors_at", days=int(at)), (at, 1), shift, **where)
    ax.set(xlim=(days.min(), max(days.max(), days.min() + 1)), ylim=(0, top))
    ax.yaxis.set_major_formatter(look.big_number)
    ax.set_xlabel(said("errors_axis"))
    look.head(ax, said("errors_title"), said("errors_subtitle"))
    look.bare(ax, keep=("bottom",), grid="y")
    ax.tick_params(pad=7)
    return ax
