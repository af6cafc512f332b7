"""Charts of what winning and keeping brings: profit by share contacted, cost, retention."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from crm_lessons import wording
from crm_lessons.charts import _rows, look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.charts._names import drawn, spoken
from crm_lessons.wording import names

said = texts(__name__)

_POINTS = 400  # more customers than this are drawn at every so-manieth
_DEEP = 3.0  # losses are shown down to so many times the best profit, or the top would be flat


def _profit_by_share_alt(curve: pd.DataFrame, *, given: float | None = None) -> str:
    """Say where the profit is highest, and what contacting all (or the given share) brings.

    >>> curve = pd.DataFrame({"customers": [0, 1, 2], "share_contacted": [0, 0.5, 1],
    ...     "profit": [0.0, 5.0, -9.0]})
    >>> with wording.using("en"):
    ...     print(profit_by_share.alt(curve))  # doctest: +NORMALIZE_WHITESPACE
    Expected profit by share contacted: highest with 50.0% contacted, 5 yuan; with everybody
    contacted, -9 yuan.
    """
    if given is not None:
        here = float(np.interp(given, curve["share_contacted"], curve["profit"]))
        return said("alt_profit_here", share=given, profit=here)
    best = curve.loc[curve["profit"].idxmax()]
    told = {"share": best["share_contacted"], "profit": best["profit"]}
    return said("alt_profit", everybody=curve["profit"].iloc[-1], **told)


@chart(alt=_profit_by_share_alt)
def profit_by_share(
    curve: pd.DataFrame, *, given: float | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the expected profit of contacting the first so many per cent, highest gains first.

    ``curve`` is what `crm_lessons.targeting.profit_curve` returns. The dot is the highest point;
    with ``given`` the dashed line shows what contacting that share brings.

    >>> curve = pd.DataFrame({"customers": [0, 1, 2], "share_contacted": [0, 0.5, 1],
    ...     "profit": [0.0, 5.0, -9.0]})
    >>> len(profit_by_share(curve).lines), len(profit_by_share(curve, given=1.0).lines)
    (3, 5)
    """
    ax = look.canvas(ax, height=4.0)
    thin = curve.iloc[np.unique(np.linspace(0, len(curve) - 1, _POINTS).astype(int))]
    ax.axhline(0, color=look.INK, linewidth=1)
    ax.plot(thin["share_contacted"], thin["profit"], color=look.UP, linewidth=2.2)
    low, high = float(curve["profit"].min()), float(curve["profit"].max())
    deep = high > 0 and low < -_DEEP * high
    low = -_DEEP * high if deep else low
    room = max(high - low, 1.0)
    floor = low - 0.18 * room
    # Two names one above the other need more room than one.
    top = high + (0.38 if deep else 0.24) * room
    ax.set(xlim=(0, 1), ylim=(floor, top), xticks=np.linspace(0, 1, 6))
    if deep:
        _name_the_end(ax, float(curve["profit"].iloc[-1]))
    best = curve.loc[curve["profit"].idxmax()]
    if given is None:
        ax.plot(best["share_contacted"], best["profit"], "o", color=look.UP, markersize=8)
        share, profit = float(best["share_contacted"]), float(best["profit"])
        _label(ax, "profit_best", share, profit, profit)
    else:
        here = float(np.interp(given, curve["share_contacted"], curve["profit"]))
        dashed = {"color": look.DOWN, "linewidth": 1.2, "linestyle": (0, (4, 3))}
        shown, off = max(here, low), here < low
        ax.plot([given, given], [floor, shown], **dashed)
        # A point below the chart has no height in it: an arrow down, and its name says so.
        ax.plot([0, 0 if off else given], [shown, shown], **dashed)
        ax.plot(given, shown, "v" if off else "o", color=look.DOWN, markersize=8)
        _label(ax, "profit_here_below" if off else "profit_here", given, here, shown)
    ax.xaxis.set_major_formatter(look.percent)
    ax.yaxis.set_major_formatter(look.big_number)
    ax.set_xlabel(wording.text("charts.share_contacted"))
    subtitle = said("profit_subtitle", n=int(curve["customers"].max()))
    look.head(ax, said("profit_title"), subtitle)
    look.bare(ax, grid="y")
    return ax


def _response_cost_alt(curve: pd.DataFrame, *, gain: float) -> str:
    """Say the break-even response, and the cost at the two ends.

    >>> curve = pd.DataFrame({"cac": [500.0, 250.0, 50.0]}, index=[0.01, 0.02, 0.1])
    >>> with wording.using("en"):
    ...     print(response_cost.alt(curve, gain=250.0))  # doctest: +NORMALIZE_WHITESPACE
    Cost of a new customer by response: 500 yuan at 1.0%, 50 yuan at 10.0%. A new customer brings
    250 yuan; it pays from a response of 2.00%.
    """
    even = meeting(curve, gain)
    low, high = curve.index.min(), curve.index.max()
    told = {
        "low": low,
        "high": high,
        "most": curve["cac"].loc[low],
        "least": curve["cac"].loc[high],
    }
    key = "alt_response_never" if even is None else "alt_response"
    return said(key, gain=gain, even=even or 0.0, **told)


@chart(alt=_response_cost_alt)
def response_cost(curve: pd.DataFrame, *, gain: float, ax: Axes | None = None) -> Axes:
    """Draw what a new customer costs at each response, and from which response on that pays.

    ``curve`` is what `crm_lessons.targeting.cost_by_response` returns; ``gain`` is what one new
    customer brings (money): the dashed line. Where the two meet is the break-even response.

    >>> curve = pd.DataFrame({"cac": [500.0, 250.0, 50.0]}, index=[0.01, 0.02, 0.1])
    >>> len(response_cost(curve, gain=250.0).lines)  # the curve, the gain, where they meet
    3
    """
    ax = look.canvas(ax, height=4.0)
    top = 4 * gain
    ax.plot(curve.index, curve["cac"], color=look.INK, linewidth=2.2)
    ax.axhline(gain, color=look.UP, linewidth=1.4, linestyle=(0, (4, 3)))
    ax.set(xlim=(0, float(curve.index.max())), ylim=(0, top))
    ax.fill_between(curve.index, curve["cac"], gain, where=curve["cac"] <= gain, color="#DCEBF5")
    ax.fill_between(curve.index, curve["cac"].clip(upper=top), gain,
                    where=curve["cac"] >= gain, color="#FBEBDF")  # fmt: skip
    even = meeting(curve, gain)
    if even is not None:
        ax.plot(even, gain, "o", color=look.INK, markersize=8)
        text = said("response_even", response=even)
        how = {"textcoords": "offset points", "path_effects": look.HALO, "color": look.INK}
        ax.annotate(text, (even, gain), (10, 12), **how)
    text = said("response_gain", gain=gain)
    at = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points", "ha": "right"}
    ax.annotate(text, (1, gain), (-4, -6), va="top", color="#005A8C", **at)
    # Tenths where the axis is short, so that no two ticks read alike.
    ax.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=1))
    ax.yaxis.set_major_formatter(look.big_number)
    ax.set_xlabel(said("response_axis"))
    ax.set_ylabel(said("response_cost"))
    look.head(ax, said("response_title"), said("response_subtitle"))
    look.bare(ax, keep=("left", "bottom"))
    ax.tick_params(pad=7)
    return ax


def meeting(curve: pd.DataFrame, gain: float) -> float | None:
    """The response at which the cost falls to the gain; None if it does not within the curve.

    >>> meeting(pd.DataFrame({"cac": [500.0, 50.0]}, index=[0.01, 0.1]), 250.0)
    0.02
    """
    if not float(curve["cac"].min()) <= gain <= float(curve["cac"].max()):
        return None
    # Cost times response is the cost per contact, the same everywhere on the curve.
    return float(curve["cac"].iloc[0] * curve.index[0] / gain)


def _channel_costs_alt(
    table: pd.DataFrame, *, gain: float, codes: names.Codes | None = None
) -> str:
    """Say the cheapest and the dearest channel, and how many cost less than a customer brings.

    >>> table = pd.DataFrame({"cac": [50.0], "cac_lower": [40.0], "cac_upper": [70.0],
    ...     "orders": [9]}, index=["sms"])
    >>> with wording.using("en"):
    ...     print(channel_costs.alt(table, gain=60.0))  # doctest: +NORMALIZE_WHITESPACE
    Cost of a new customer by channel: cheapest sms, 50 yuan; dearest sms, 50 yuan. Channels below
    the 60 yuan a new customer brings: 1 of 1.
    """
    known = table.dropna(subset=["cac"]).sort_values("cac", kind="stable")
    if known.empty:
        return said("alt_channels_none")
    told = {
        "cheapest": spoken(known.index[0], codes or {}),
        "least": known["cac"].iloc[0],
        "dearest": spoken(known.index[-1], codes or {}),
        "most": known["cac"].iloc[-1],
    }
    below = int((known["cac"] < gain).sum())
    return said("alt_channels", gain=gain, below=below, n=len(known), **told)


@chart(alt=_channel_costs_alt)
def channel_costs(
    table: pd.DataFrame, *, gain: float, codes: names.Codes | None = None, ax: Axes | None = None
) -> Axes:
    """Draw what a new customer costs by channel, with intervals, against what one brings.

    ``table`` is what `crm_lessons.targeting.by_channel` returns; ``codes`` says how its index is
    put into words. Channels nobody ordered through are left out.

    >>> table = pd.DataFrame({"cac": [50.0], "cac_lower": [40.0], "cac_upper": [70.0],
    ...     "orders": [9]}, index=["sms"])
    >>> len(channel_costs(table, gain=60.0).lines)  # what one brings, the point
    2
    """
    known = table.dropna(subset=["cac"]).sort_values("cac", kind="stable")
    ax = look.canvas(ax, height=1.8 + 0.46 * max(len(known), 1))
    ax.axvline(gain, color=look.UP, linewidth=1.4, linestyle=(0, (4, 3)), zorder=1)
    top = 1.25 * max(gain, float(known["cac"].max()) * 1.3) if len(known) else 2 * gain
    for place, row in enumerate(known.itertuples()):
        dear = _rows.against(row.cac_lower, row.cac_upper, gain)
        colour = {1: look.DOWN, 0: look.QUIET, -1: look.UP}[dear]
        ends, text = (row.cac_lower, min(row.cac_upper, top)), said("channel_cost", cost=row.cac)
        _rows.point(ax, place, row.cac, ends, text, colour=colour, above=7)
    titles = [
        said("channel_name", channel=drawn(name, codes or {}, most=18), orders=int(n))
        for name, n in known["orders"].items()
    ]
    ax.set(xlim=(0, top), ylim=(len(known) - 0.5, -0.95))
    ax.set_yticks(range(len(known)), titles)
    ax.tick_params(axis="y", labelcolor=look.INK)
    ax.xaxis.set_major_formatter(look.big_number)
    ax.set_xlabel(said("channel_axis"))
    look.head(ax, said("channel_title"), said("channel_subtitle", gain=gain))
    look.bare(ax)
    return ax


def _name_the_end(ax: Axes, profit: float) -> None:
    """What contacting everybody brings, where the curve has left the picture."""
    text = said("profit_everybody", profit=profit)
    at = {"xycoords": "axes fraction", "textcoords": "offset points", "ha": "right", "va": "top"}
    ax.annotate(text, (1, 1), (-2, -4), color=look.QUIET, **at)


def _label(ax: Axes, key: str, share: float, profit: float, height: float) -> None:
    """Beside a point of the curve, above it, on the side where there is room."""
    text = said(key, share=share, profit=profit)
    left = share < 0.6
    how = {"ha": "left" if left else "right", "va": "bottom", "color": look.INK}
    how |= {"textcoords": "offset points", "path_effects": look.HALO}
    ax.annotate(text, (share, height), (8 if left else -8, 8), **how)
