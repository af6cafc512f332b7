"""Charts of service: waiting times with their limit, in time by the hour, a control chart."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import FuncFormatter

from crm_lessons import lifecycle, service
from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts

said = texts(__name__)

_FAINT, _DEEP = "#A9CCE3", "#005A8C"
# Minutes at which the axis of waiting times may have a tick.
_TICKS = (0.1, 0.5, 1, 2, 5, 10, 30, 60, 180, 720, 1440, 4320, 10080)
_MOST_POINTS = 400


def _waiting_times_alt(judged: pd.DataFrame) -> str:
    """Say how many were answered within the limit, and how long half and nine in ten waited.

    >>> from crm_lessons import wording
    >>> judged = pd.DataFrame({"minutes": [1.0, 2.0, 9.0], "stopped": [True, True, False]})
    >>> judged.attrs["limit"] = 5.0
    >>> with wording.using("en"):
    ...     waiting_times.alt(judged)
    'Answered within 5 minutes: 66.7% (n = 3). Half waited at most 2.0 minutes; open: 1.'
    """
    limit, curve = judged.attrs["limit"], _answered(judged)
    told = service.waits(judged).iloc[0]
    share = float(curve.loc[curve["minutes"] <= limit, "share"].iloc[-1])
    values = {"limit": limit, "share": share, "n": len(judged), "open": int(told["unanswered"])}
    if np.isnan(told["p50"]):
        return said("alt_waiting_half", **values)
    return said("alt_waiting", half=float(told["p50"]), **values)


@chart(alt=_waiting_times_alt)
def waiting_times(judged: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many were answered within so many minutes, with the limit; the axis is stretched.

    ``judged`` from `crm_lessons.service.judge`. Who was not answered stays in: the curve (Kaplan
    and Meier) then ends below 100 %.

    >>> judged = pd.DataFrame({"minutes": [1.0, 2.0, 9.0], "stopped": [True, True, False]})
    >>> judged.attrs["limit"] = 5.0
    >>> len(waiting_times(judged).lines)
    2
    """
    ax = look.canvas(ax, height=3.8)
    limit, curve = judged.attrs["limit"], _answered(judged)
    end = max(float(curve["minutes"].max()), 2 * limit)
    first = min(
        max(float(curve["minutes"].iloc[1:].min()), 0.05) if len(curve) > 1 else 1, limit / 4
    )
    times = np.append(np.maximum(curve["minutes"], first), end)
    shares = np.append(curve["share"], curve["share"].iloc[-1])
    ax.axvline(limit, color=look.DOWN, linewidth=1.4)
    ax.step(times, shares, where="post", color=look.UP, linewidth=2)
    ax.set_xscale("log")
    edge = first * (end / first) ** 0.05  # nearer to the corner a tick would touch the 0 %
    ticks = [one for one in _TICKS if edge <= one <= end]
    step = 1 + len(ticks) // 7
    ax.set(xlim=(first, end), ylim=(0, 1.04))
    ax.set_xticks(ticks[::step], [_minutes(one) for one in ticks[::step]], minor=False)
    ax.xaxis.set_minor_formatter(FuncFormatter(lambda *_: ""))
    ax.yaxis.set_major_formatter(look.percent)
    share = float(curve.loc[curve["minutes"] <= limit, "share"].iloc[-1])
    low = share > 0.5
    told = said("waiting_limit", share=share, limit=limit)
    right = np.log(limit / first) > 0.55 * np.log(end / first)
    how = {"ha": "right" if right else "left", "va": "center", "color": look.DOWN_TEXT}
    ax.annotate(
        told,
        (limit, 0.12 if low else 0.92),
        (-6 if right else 6, 0),
        textcoords="offset points",
        path_effects=look.HALO,
        fontsize=look.SMALL,
        **how,
    )
    look.head(ax, said("waiting_title"), said("waiting_subtitle", n=len(judged)))
    look.bare(ax, keep=("bottom",), grid="y")
    return ax


def _answered(judged: pd.DataFrame) -> pd.DataFrame:
    """Share answered within so many minutes, from 0 on, thinned to what a picture can show."""
    curve = lifecycle.survival(judged["minutes"], judged["stopped"])
    table = pd.DataFrame({"minutes": curve["time"], "share": 1 - curve["share"]})
    if table["minutes"].iloc[0] > 0:
        table = pd.concat([pd.DataFrame({"minutes": [0.0], "share": [0.0]}), table])
    if len(table) <= _MOST_POINTS:
        return table
    kept = np.unique(np.linspace(0, len(table) - 1, _MOST_POINTS).round().astype(int))
    limit = int((table["minutes"] <= judged.attrs["limit"]).sum()) - 1  # told, so it stays
    return table.iloc[np.union1d(kept, [limit])]


def _minutes(value: float) -> str:
    """A tick of waiting time: minutes, then hours, then days."""
    for unit, size in (("days", 1440), ("hours", 60)):
        if value >= size:
            return said(f"tick_{unit}", number=value / size)
    return said("tick_minutes", number=value)


def _in_time_by_hour_alt(table: pd.DataFrame) -> str:
    """Say in which hour the fewest and in which the most are answered in time.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"n": [50, 40], "share": [0.5, 0.9], "lower": [0.4, 0.8],
    ...     "upper": [0.6, 0.96]}, index=pd.Index([3, 15], name="hour"))
    >>> with wording.using("en"):
    ...     in_time_by_hour.alt(table)
    'In time by the hour: the lowest share 50.0% (3:00, n = 50), the highest 90.0% (15:00, n = 40).'
    """
    known = table.dropna(subset=["share"])
    if known.empty:
        return said("alt_by_hour_none")
    low, high = known["share"].idxmin(), known["share"].idxmax()
    told = {"low": low, "low_share": known.loc[low, "share"], "low_n": int(known.loc[low, "n"])}
    told |= {"high": high, "high_share": known.loc[high, "share"]}
    return said("alt_by_hour", high_n=int(known.loc[high, "n"]), **told)


@chart(alt=_in_time_by_hour_alt)
def in_time_by_hour(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the share in time of each hour of the day with its interval, and how many asked.

    ``table`` from `crm_lessons.service.in_time`, by `crm_lessons.service.hour`.

    >>> table = pd.DataFrame({"n": [50, 40], "share": [0.5, 0.9], "lower": [0.4, 0.8],
    ...     "upper": [0.6, 0.96]}, index=pd.Index([3, 15], name="hour"))
    >>> len(in_time_by_hour(table).patches)
    2
    """
    ax = look.canvas(ax, height=3.6)
    known = table.dropna(subset=["share"])
    ax.bar(known.index, known["share"], width=0.72, color=_FAINT)
    ax.vlines(known.index, known["lower"], known["upper"], color=_DEEP, linewidth=2)
    step = 4 if look.is_narrow() else 2
    ax.set(xlim=(-0.6, 23.6), ylim=(0, 1.04))
    ax.set_xticks(range(0, 24, step), [f"{one}:00" for one in range(0, 24, step)])
    ax.yaxis.set_major_formatter(look.percent)
    total = int(table["n"].sum())
    look.head(ax, said("by_hour_title"), said("by_hour_subtitle", n=total))
    look.bare(ax, keep=("bottom",), grid="y")
    return ax


def _control_chart_alt(table: pd.DataFrame, *, measure: str = "share") -> str:
    """Say how many points give a signal, and which is the first.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"value": [0.9, 0.5], "centre": 0.9, "lower": 0.8, "upper": 1.0,
    ...     "signal": ["", "beyond"]}, index=pd.to_datetime(["2024-11-10", "2024-11-11"]))
    >>> with wording.using("en"):
    ...     control_chart.alt(table)
    'Control chart: centre 90.0%, points 2, signals 1, the first on 2024-11-11.'
    """
    signals = table.index[table["signal"] != ""]
    told = {"n": len(table), "signals": len(signals), "centre": table["centre"].iloc[0]}
    first = f"{signals[0]:%Y-%m-%d}" if len(signals) else ""
    key = "alt_control" if len(signals) else "alt_control_none"
    return said(f"{key}_{measure}", first=first, **told)


@chart(alt=_control_chart_alt)
def control_chart(table: pd.DataFrame, *, measure: str = "share", ax: Axes | None = None) -> Axes:
    """Draw a control chart: each period, centre and limits, and the points that give a signal.

    ``table`` from `crm_lessons.service.p_chart` or `crm_lessons.service.xmr`, by time;
    ``measure``: ``share`` or ``minutes``. Diamonds lie beyond a limit, squares end a run of nine.

    >>> table = pd.DataFrame({"value": [0.9, 0.5], "centre": 0.9, "lower": 0.8, "upper": 1.0,
    ...     "signal": ["", "beyond"]}, index=pd.to_datetime(["2024-11-10", "2024-11-11"]))
    >>> len(control_chart(table).collections)
    2
    """
    ax = look.canvas(ax, height=3.8)
    times = table.index
    ax.fill_between(times, table["lower"], table["upper"], step="mid", color="#EDF3F8", linewidth=0)
    ax.plot(times, table["centre"], color=look.QUIET, linewidth=1.2)
    ax.plot(times, table["value"], color=look.UP, linewidth=1.2, marker="o", markersize=3.5)
    for kind, sign in (("beyond", "D"), ("run", "s")):
        own = table[table["signal"] == kind]
        if len(own):
            ax.scatter(own.index, own["value"], marker=sign, s=44, color=look.DOWN, zorder=3)
    ends = table[["value", "lower", "upper"]]
    low, high = float(ends.min().min()), float(ends.max().max())
    room = 0.08 * (high - low or 1.0)
    ax.set_ylim(max(low - room, -0.02) if measure == "share" else low - room, high + room)
    if measure == "share":
        ax.yaxis.set_major_formatter(look.percent)
    locator = AutoDateLocator(minticks=2, maxticks=4 if look.is_narrow() else 7)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False, **_DATES))
    key = "control_subtitle" if (table["signal"] != "").any() else "control_subtitle_none"
    look.head(ax, said(f"control_title_{measure}"), said(key))
    look.bare(ax, keep=("bottom",))
    return ax


_DATES = {"formats": ["%Y", "%Y-%m", "%m-%d", "%m-%d %H:%M", "%H:%M", "%H:%M"]}
_DATES["zero_formats"] = _DATES["formats"]
