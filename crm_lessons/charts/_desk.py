"""Charts of the service desk: what one agent more or less changes, and what people complain of."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import MOST, drawn, spoken, words_of, wrapped
from crm_lessons.wording.names import Codes

said = texts(__name__)

_DASHED = (0, (4, 3))
_MOST = 12
_AT_THE_FOOT = 0.1


def _needed(table: pd.DataFrame, share: float) -> pd.Series | None:
    enough = table[table["in_time"] >= share - 1e-12].sort_values("agents")
    return None if enough.empty else enough.iloc[0]


def _staffing_curve_alt(table: pd.DataFrame, *, share: float = 0.8) -> str:
    """Say how many agents it takes, and what is in time with one less.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"agents": [13, 14], "in_time": [0.796, 0.888], "arriving": 100.0})
    >>> with wording.using("en"):
    ...     staffing_curve.alt(table)
    'Arrivals: 100. With 14 agents 88.8% in time (wanted: 80%), with 13 79.6%.'
    """
    ordered = table.sort_values("agents")
    arriving, needed = float(ordered["arriving"].iloc[0]), _needed(table, share)
    if needed is None:
        last = ordered.iloc[-1]
        told = {"most": int(last["agents"]), "reached": float(last["in_time"])}
        return said("alt_staffing_short", arriving=arriving, share=share, **told)
    told = {"arriving": arriving, "share": share, "agents": int(needed["agents"])}
    told["reached"] = float(needed["in_time"])
    fewer = ordered[ordered["agents"] == needed["agents"] - 1]
    if fewer.empty:
        return said("alt_staffing_first", **told)
    less = {"fewer": told["agents"] - 1, "less": float(fewer["in_time"].iloc[0])}
    return said("alt_staffing", **told, **less)


@chart(alt=_staffing_curve_alt)
def staffing_curve(table: pd.DataFrame, *, share: float = 0.8, ax: Axes | None = None) -> Axes:
    """Draw the share answered in time against the number of agents, for one window.

    ``table`` from `crm_lessons.service.queue` with one number of arrivals and several of agents;
    ``share`` is what is wanted. The fewest who reach it are marked, and one less.

    >>> table = pd.DataFrame({"agents": [13, 14], "in_time": [0.796, 0.888], "arriving": 100.0})
    >>> len(staffing_curve(table).lines)
    4
    """
    ax = look.canvas(ax, height=4.0)
    ordered = table.sort_values("agents")
    agents, in_time = ordered["agents"].astype("float64"), ordered["in_time"]
    ax.plot(agents, in_time, color=look.UP, linewidth=2.2, marker="o", markersize=4)
    ax.axhline(share, color=look.QUIET, linewidth=1.2, linestyle=_DASHED)
    where = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points"}
    text = said("staffing_wanted", share=share)
    ax.annotate(text, (0, share), (4, 4), va="bottom", color=look.QUIET, **where)
    needed = _needed(table, share)
    if needed is not None:
        fewer = ordered[ordered["agents"] == needed["agents"] - 1]
        marked = [(needed, look.UP, look.CLASS_TEXT["A"])]
        marked += [(row, look.DOWN, look.DOWN_TEXT) for _, row in fewer.iterrows()]
        for row, colour, ink in marked:
            at = (float(row["agents"]), float(row["in_time"]))
            ax.plot(*at, "o", color=colour, markersize=9)
            told = said("staffing_at", agents=int(row["agents"]), share=at[1])
            how = {"color": ink, "path_effects": look.HALO, "ha": "left"}
            low = at[1] < _AT_THE_FOOT  # below it stand the ticks of the axis
            how["va"], up = ("bottom", 5) if low else ("top", -5)
            ax.annotate(told, at, (9, up), textcoords="offset points", **how)
    low, high = agents.min(), max(agents.max(), agents.min() + 1)
    ax.set(xlim=(low - 0.02 * (high - low), high + look.wider(0.2) * (high - low)), ylim=(0, 1.06))
    ax.xaxis.set_major_locator(MaxNLocator(9, integer=True))
    ax.yaxis.set_major_formatter(look.percent)
    ax.set_xlabel(said("staffing_axis"))
    arriving = float(ordered["arriving"].iloc[0])
    look.head(ax, said("staffing_title"), said("staffing_subtitle", arriving=arriving))
    look.bare(ax, keep=("bottom",), grid="y")
    return ax


def _complaint_reasons_alt(table: pd.DataFrame, *, codes: Codes | None = None) -> str:
    """Say which reasons are in class A, with their shares.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"cases": [6, 4], "share": [0.6, 0.4], "lower": [0.3, 0.2],
    ...     "upper": [0.8, 0.7], "cumulative_share": [0.6, 1.0], "class": ["A", "A"]},
    ...     index=pd.Index(["late", "rude"], name="reason"))
    >>> with wording.using("en"):
    ...     complaint_reasons.alt(table)
    'Reasons (n = 10); class A: late 60.0%; rude 40.0%.'
    """
    words = words_of(table, codes)
    first = table[table["class"].astype(str) == "A"]
    parts = [
        said("alt_reason", reason=spoken(name, words), share=share)
        for name, share in first["share"].items()
    ]
    return said("alt_reasons", cases=int(table["cases"].sum()), parts=joined(parts))


@chart(alt=_complaint_reasons_alt)
def complaint_reasons(
    table: pd.DataFrame, *, codes: Codes | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the reasons from the most frequent down, in the colours of their ABC class.

    ``table`` from `crm_lessons.service.reasons`; ``codes``: the words for the reasons, else those
    of datapackage.json. Lines are 95 % intervals. Of more than 12 reasons the first are drawn.

    >>> table = pd.DataFrame({"cases": [6, 4], "share": [0.6, 0.4], "lower": [0.3, 0.2],
    ...     "upper": [0.8, 0.7], "cumulative_share": [0.6, 1.0], "class": ["A", "A"]},
    ...     index=pd.Index(["late", "rude"], name="reason"))
    >>> len(complaint_reasons(table).patches)
    2
    """
    words, shown = words_of(table, codes), table.head(_MOST)
    ax = look.canvas(ax, height=1.4 + 0.38 * len(shown))
    for place, (_, row) in enumerate(shown.iterrows()):
        colour = look.CLASS_COLOURS[str(row["class"])]
        ax.barh(place, row["share"], height=0.62, color=colour)
        ax.plot([row["lower"], row["upper"]], [place, place], color=look.INK, linewidth=1.2)
        told = said("reason_bar", share=row["share"], cases=int(row["cases"]))
        how = {"va": "center", "color": look.CLASS_TEXT[str(row["class"])]}
        at = (max(row["share"], row["upper"]), place)
        ax.annotate(told, at, (6, 0), textcoords="offset points", **how)
    wide = 14 if look.is_narrow() else MOST
    titles = [wrapped(drawn(name, words, most=2 * MOST), wide) for name in shown.index]
    ax.set_yticks(range(len(shown)), titles, color=look.INK, linespacing=1.15)
    room = 1 + look.wider(0.3)
    ax.set(xlim=(0, room * shown["upper"].max()), ylim=(len(shown) - 0.45, -0.55), xticks=[])
    look.bare(ax)
    told = {"cases": int(table["cases"].sum()), "shown": len(shown), "total": len(table)}
    key = "reasons_subtitle_more" if len(shown) < len(table) else "reasons_subtitle"
    look.head(ax, said("reasons_title"), said(key, **told))
    return ax
