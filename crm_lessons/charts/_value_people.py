"""Charts of customers by their lifetime value: how it is spread, and three kinds ranked."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.wording import names

said = texts(__name__)

_BAR = "#7DB6DB"
_BINS = 24
_LEADERS = 10
_LEAST = 0.01  # a value below a cent is nothing, and would stretch a multiplying axis


def _value_spread_alt(values: pd.Series, *, currency: str = "CNY") -> str:
    """Say the median, the mean and what the largest tenth holds.

    >>> from crm_lessons import wording
    >>> with wording.using("en"):
    ...     print(value_spread.alt(pd.Series([10.0, 20.0, 60.0])))
    Histogram of the value of 3 customers: median 20, mean 30 yuan; below 0.01: 0.
    """
    known = values.dropna()
    told = {"customers": len(known), "none": int((known < _LEAST).sum())}
    told["currency"] = names.currency(currency)
    told |= {"median": _or_zero(known.median()), "mean": _or_zero(known.mean())}
    return said("alt_spread", **told)


@chart(alt=_value_spread_alt)
def value_spread(
    values: pd.Series, *, years: float = 3.0, currency: str = "CNY", ax: Axes | None = None
) -> Axes:
    """Draw how many customers are worth how much; the axis multiplies, since few are worth most.

    ``values`` is a value per customer, in money, of the next ``years``. Unknown ones are left out;
    those below a cent have no place on such an axis and are counted in the subtitle.

    >>> ax = value_spread(pd.Series([10.0, 100.0, 1000.0, -5.0]))
    >>> round(sum(patch.get_height() for patch in ax.patches))
    3
    """
    ax = look.canvas(ax, height=3.8)
    known = values.dropna().to_numpy(dtype="float64")
    above = np.sort(known[known >= _LEAST])
    if len(above):
        _bars(ax, above)
        _centres(ax, known)
        ax.yaxis.set_major_locator(MaxNLocator("auto", integer=True))  # nobody is half a customer
    else:
        ax.set(xticks=[], yticks=[])
    ax.yaxis.set_major_formatter(look.big_number)
    unit = {"years": years, "currency": names.currency(currency)}
    ax.set_xlabel(said("spread_value", **unit))
    ax.set_ylabel(said("spread_customers"))
    look.bare(ax, keep=("bottom",))
    told = {"customers": len(known), "none": len(known) - len(above)}
    look.head(ax, said("spread_title"), said("spread_subtitle", **told), room=26)
    return ax


def _three_ranks_alt(values: pd.DataFrame, *, first: int = _LEADERS) -> str:
    """Say how many of the leaders fall behind, and the furthest place among them.

    >>> from crm_lessons import wording
    >>> values = pd.DataFrame({"all_value": [3.0, 2, 1], "long_run": [1.0, 2, 3]})
    >>> with wording.using("en"):
    ...     print(three_ranks.alt(values, first=1))
    Places of the first 1 by All value: 1 falls behind place 2; the furthest is place 3.
    """
    places = leaders(values, first)
    told = {"first": len(places), "behind": int(fallen(places, first).sum()), "limit": 2 * first}
    told["furthest"] = float(np.nanmax(places.to_numpy(), initial=1.0))
    kind = names.column(values.columns[0])
    return said("alt_ranks", kind=kind, **told)


@chart(alt=_three_ranks_alt)
def three_ranks(values: pd.DataFrame, *, first: int = _LEADERS, ax: Axes | None = None) -> Axes:
    """Draw where the leaders by the first column stand by the others, on a multiplying axis.

    ``values`` is what `crm_lessons.value.three_values` returns: a row per customer, a column per
    kind of value. Leaders who fall behind twice as many places are drawn in orange, the others in
    blue.

    >>> values = pd.DataFrame({"all_value": [3.0, 2, 1], "long_run": [1.0, 2, 3]})
    >>> len(three_ranks(values, first=2).lines)
    2
    """
    ax = look.canvas(ax, height=4.6)
    places = leaders(values, first)
    last = max(float(np.nanmax(places.to_numpy(), initial=1.0)), 2.0)
    across = np.arange(places.shape[1])
    behind = fallen(places, first)
    for customer, row in places.iterrows():
        colour = look.DOWN if behind[customer] else look.UP
        line = {"linewidth": 1.6, "alpha": 0.85, "marker": "o", "markersize": 5}
        ax.plot(across, row.to_numpy(), color=colour, **line)
    ax.set_yscale("log")
    ax.set(xlim=(-0.12, across[-1] + 0.12), ylim=(last * 1.3, 0.85))
    ticks = [tick for tick in (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 100_000) if tick <= last]
    ax.set_yticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.minorticks_off()
    titles = [names.column(name) for name in places.columns]
    ax.set_xticks(across, titles, color=look.INK)
    ax.xaxis.tick_top()
    ax.set_ylabel(said("ranks_place"))
    look.bare(ax, grid="y")
    told = {"first": len(places), "behind": int(behind.sum()), "limit": 2 * first}
    look.head(ax, said("ranks_title"), said("ranks_subtitle", **told), room=26)
    return ax


def leaders(values: pd.DataFrame, first: int) -> pd.DataFrame:
    """The places (1 is best, equal ones share the better) of those who lead by the first column.

    >>> leaders(pd.DataFrame({"a": [3.0, 2, 1], "b": [1.0, 1, 5]}), 1).iloc[0].to_list()
    [1.0, 2.0]
    """
    places = values.rank(ascending=False, method="min")
    ranked = places.sort_index().sort_values(values.columns[0], kind="stable")
    return ranked.dropna(subset=[values.columns[0]]).head(first)


def fallen(places: pd.DataFrame, first: int) -> pd.Series:
    """Which of the leaders stand behind place 2 × first in any column."""
    return places.max(axis=1) > 2 * first


def _bars(ax: Axes, above: np.ndarray) -> None:
    low, high = above[0], max(above[-1], above[0] * 10)
    edges = np.geomspace(low, high * 1.0001, min(_BINS, max(4, len(above))) + 1)
    heights, _ = np.histogram(above, edges)
    widths = np.diff(edges)
    ax.bar(edges[:-1], heights, widths, align="edge", color=_BAR, edgecolor="white", linewidth=0.8)
    ax.set_xscale("log")
    ax.set_xlim(low * 0.9, high * 1.1)
    powers = 10.0 ** np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    shown = [power for power in powers if low * 0.9 <= power <= high * 1.1]
    ax.set_xticks(shown, [look.big_number(power) for power in shown])
    ax.minorticks_off()
    ax.set_ylim(0, max(int(heights.max()), 1) * 1.08)


def _centres(ax: Axes, known: np.ndarray) -> None:
    """The median and the mean as lines, named above the bars."""
    median, mean = float(np.median(known)), float(known.mean())
    low, high = ax.get_xlim()
    lower, higher = sorted([("median", median), ("mean", mean)], key=lambda one: one[1])
    for (key, at), side in ((lower, "right"), (higher, "left")):
        if not low < at < high:
            continue
        ax.axvline(at, color=look.INK, linewidth=1.2, linestyle=(0, (4, 3)))
        label = said(f"spread_{key}", value=at)
        how = {"ha": side, "color": look.INK, "fontsize": look.SMALL}
        where = {"xycoords": ax.get_xaxis_transform(), "textcoords": "offset points"}
        ax.annotate(label, (at, 1), (-3 if side == "right" else 3, 5), **how, **where)


def _or_zero(value: float) -> float:
    return 0.0 if pd.isna(value) else float(value)
