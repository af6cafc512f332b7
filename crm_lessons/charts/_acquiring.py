"""Charts of what is not known for sure: a market, a response of none, checks of identity."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter, NullLocator

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts

said = texts(__name__)

_WAYS = ("ends", "drawn")
_SIZES = (10, 30, 100, 300, 1_000, 3_000, 10_000)


def _market_ranges_alt(table: pd.DataFrame) -> str:
    """Say the middle and both ranges.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"market": [9.0] * 3, "lower": [9.0, 1.0, 3.0],
    ...     "upper": [9.0, 90.0, 30.0]}, index=["middle", "ends", "drawn"])
    >>> with wording.using("en"):
    ...     print(market_ranges.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    Market a year: in the middle 9 yuan; simulated 3 to 30 yuan; with all three factors at their
    ends 1 to 90 yuan.
    """
    told = {f"{way}_{end}": table.loc[way, end] for way in _WAYS for end in ("lower", "upper")}
    return said("alt_market", middle=table.loc["middle", "market"], **told)


@chart(alt=_market_ranges_alt)
def market_ranges(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the range of a market, simulated and with all factors at their ends.

    ``table`` is what `crm_lessons.targeting.market_range` returns.

    >>> table = pd.DataFrame({"market": [9e5] * 3, "lower": [9e5, 1e5, 3e5],
    ...     "upper": [9e5, 9e6, 3e6]}, index=["middle", "ends", "drawn"])
    >>> len(market_ranges(table).collections)
    2
    """
    ax = look.canvas(ax, height=2.7)
    middle = float(table.loc["middle", "market"])
    for place, (way, colour) in enumerate(zip(_WAYS, (look.QUIET, look.UP), strict=True)):
        low, high = table.loc[way, ["lower", "upper"]].astype("float64")
        ax.hlines(place, low, high, color=colour, linewidth=7)
        for end, side in ((low, "right"), (high, "left")):
            how = {"ha": side, "va": "center", "textcoords": "offset points", "color": look.INK}
            ax.annotate(look.rounded(end), (end, place), (-6 if side == "right" else 6, 0), **how)
    ax.plot([middle] * 2, [-0.4, 1.4], color=look.INK, linewidth=1.2, linestyle=(0, (4, 3)))
    how = {"ha": "center", "va": "bottom", "textcoords": "offset points", "color": look.INK}
    ax.annotate(said("market_middle", market=look.rounded(middle)), (middle, -0.4), (0, 3), **how)
    low, high = float(table["lower"].min()), float(table["upper"].max())
    if low > 0:
        ax.set_xscale("log")
        ax.set_xlim(low / 3, high * 3)
    ax.set_yticks(range(len(_WAYS)), [said(f"market_{way}") for way in _WAYS])
    ax.set(ylim=(1.6, -0.95))
    ax.xaxis.set_major_formatter(look.big_number)
    ax.xaxis.set_minor_formatter(NullFormatter())
    ax.set_xlabel(said("market_axis"))
    look.head(ax, said("market_title"), said("market_subtitle"))
    look.bare(ax, grid="x")
    return ax


def _unseen_share_alt(
    curve: pd.Series, *, even: float, seen: tuple[int, float] | None = None
) -> str:
    """Say what none of 100 and of 1,000 still allows, and from where break-even is ruled out.

    >>> from crm_lessons import wording
    >>> with wording.using("en"):
    ...     curve = pd.Series([0.03, 0.003], index=[100, 1000])
    ...     print(unseen_share.alt(curve, even=0.01))  # doctest: +NORMALIZE_WHITESPACE
    No answer, n = 100: the response may still be up to 3.00%; n = 1,000: up to 0.30%. Break-even:
    1.00%.
    """
    first, last = curve.index[0], curve.index[-1]
    told = {"few": int(first), "many": int(last), "most": curve[first], "least": curve[last]}
    key = "alt_unseen" if seen is None else "alt_unseen_seen"
    more = {} if seen is None else {"n": seen[0], "share": seen[1]}
    return said(key, even=even, **told, **more)


@chart(alt=_unseen_share_alt)
def unseen_share(
    curve: pd.Series,
    *,
    even: float,
    seen: tuple[int, float] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the largest response that no answer at all still allows, by the number contacted.

    ``curve``: by number contacted that share, from `crm_lessons.sampling.most_unseen`. ``even`` is
    the break-even response (dashed), ``seen`` a real mailing: contacted, and its response.

    >>> curve = pd.Series([0.26, 0.03, 0.003], index=[10, 100, 1000])
    >>> len(unseen_share(curve, even=0.01, seen=(900, 0.004)).lines)
    3
    """
    ax = look.canvas(ax, height=3.8)
    ax.plot(curve.index, curve, color=look.UP, linewidth=2.2)
    ax.fill_between(curve.index, curve, 1.0, color="#DCEBF5", linewidth=0)
    ax.axhline(even, color=look.DOWN, linewidth=1.3, linestyle=(0, (4, 3)))
    at = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points", "va": "bottom"}
    text = said("unseen_even", share=even)
    ax.annotate(text, (0, even), (4, 3), color=look.DOWN_TEXT, path_effects=look.HALO, **at)
    if seen is not None:
        ax.plot(*seen, "o", color=look.INK, markersize=8)
        how = {"textcoords": "offset points", "ha": "right", "color": look.INK}
        text = said("unseen_seen", n=seen[0], share=seen[1])
        ax.annotate(text, seen, (-8, 7), path_effects=look.HALO, **how)
    ax.set(xscale="log", yscale="log", xlim=(curve.index[0], curve.index[-1]), ylim=(2e-4, 0.5))
    ax.xaxis.set_major_locator(FixedLocator([n for n in _SIZES if n <= curve.index[-1]]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    ax.yaxis.set_major_locator(FixedLocator([0.001, 0.01, 0.1]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.1%}"))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_minor_locator(NullLocator())
    ax.set_xlabel(said("unseen_axis"))
    look.head(ax, said("unseen_title"), said("unseen_subtitle"))
    look.bare(ax, keep=("left", "bottom"), grid="both")
    return ax


def _check_worth_alt(table: pd.DataFrame, *, even: float) -> str:
    """Say from which share of fraud the check pays, and the gain at both ends.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"prevented": [0.0, 16.0], "spent": [3.0, 3.0],
    ...     "turned_away": [1.2, 1.2], "gain": [-4.2, 11.8]}, index=[0.0, 0.01])
    >>> with wording.using("en"):
    ...     print(check_worth.alt(table, even=0.0026))  # doctest: +NORMALIZE_WHITESPACE
    A check of identity, an order: -4.20 yuan at a fraud share of 0.00%, 11.80 yuan at 1.00%. It
    pays from 0.26%.
    """
    low, high = table.index.min(), table.index.max()
    gains = {"least": table.loc[low, "gain"], "most": table.loc[high, "gain"]}
    return said("alt_check", even=even, low=low, high=high, **gains)


@chart(alt=_check_worth_alt)
def check_worth(table: pd.DataFrame, *, even: float, ax: Axes | None = None) -> Axes:
    """Draw the prevented loss against the cost of a check of identity, by the share of fraud.

    ``table`` is what `crm_lessons.value.check_gains` returns, ``even`` the share from which the
    check pays.

    >>> table = pd.DataFrame({"prevented": [0.0, 16.0], "spent": [3.0, 3.0],
    ...     "turned_away": [1.2, 1.2], "gain": [-4.2, 11.8]}, index=[0.0, 0.01])
    >>> len(check_worth(table, even=0.0026).lines)  # loss, cost, where they meet
    3
    """
    ax = look.canvas(ax, height=3.8)
    shares, cost = table.index.to_numpy(float), table["spent"] + table["turned_away"]
    ax.plot(shares, table["prevented"], color=look.UP, linewidth=2.2)
    ax.plot(shares, cost, color=look.DOWN, linewidth=2.2)
    more = {"alpha": 0.16, "linewidth": 0, "interpolate": True}
    saved = table["prevented"]
    ax.fill_between(shares, saved, cost, saved >= cost, color=look.UP, **more)
    ax.fill_between(shares, saved, cost, saved < cost, color=look.DOWN, **more)
    top = float(max(table["prevented"].max(), cost.max())) * 1.12
    inside = shares.min() <= even <= shares.max()
    height = float(np.interp(even, shares, cost))
    ax.plot(even if inside else np.nan, height, "o", color=look.INK, markersize=8)
    how = {"textcoords": "offset points", "path_effects": look.HALO}
    if inside:
        ax.annotate(
            said("check_even", share=even), (even, height), (10, -16), color=look.INK, **how
        )
    ends = {"ha": "right", "va": "bottom"} | how
    place = float(np.interp(0.82, [0, 1], [shares.min(), shares.max()]))
    lines = {"prevented": ("#005A8C", table["prevented"]), "cost": (look.DOWN_TEXT, cost)}
    for name, (colour, values) in lines.items():
        at = place, float(np.interp(place, shares, values))
        ax.annotate(said(f"check_{name}"), at, (-6, 6), color=colour, **ends)
    ax.set(xlim=(shares.min(), shares.max()), ylim=(0, top))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.1%}"))
    ax.yaxis.set_major_formatter(look.big_number)
    ax.set_xlabel(said("check_axis"))
    ax.set_ylabel(said("check_money"))
    look.head(ax, said("check_title"), said("check_subtitle"))
    look.bare(ax, keep=("left", "bottom"))
    ax.tick_params(pad=7)
    return ax
