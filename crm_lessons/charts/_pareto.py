"""The Pareto chart: customers from the largest down, with the cuts of the classes."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons import wording
from crm_lessons.charts import look
from crm_lessons.charts._bars import class_part
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.wording import names

said = texts(__name__)

# More customers than this are drawn as steps over neighbours; nothing is taken from the data.
_STEPS = 600
_SEPARATE = 40  # up to here every bar has a white edge


def _pareto_alt(
    classes: pd.DataFrame, *, a_share: float = 0.75, b_share: float = 0.20, measure: str = "amount"
) -> str:
    """Say of each class how many customers it has and what share of the amount they hold.

    >>> classes = pd.DataFrame({"amount": [80.0, 20], "class": ["A", "B"]})
    >>> with wording.using("en"):
    ...     print(pareto.alt(classes))  # doctest: +NORMALIZE_WHITESPACE
    Pareto chart, n = 2, cuts at 75% and 95%: class A is 50.0% of customers and 80.0% of sales;
    class B is 50.0% of customers and 20.0% of sales.
    """
    known = classes.dropna(subset=["class"])
    by_class = known.groupby(known["class"].astype(str))["amount"].agg(["size", "sum"])
    total = by_class["sum"].sum()
    parts = [
        class_part(name, row["size"] / len(known), row["sum"] / total, measure)
        for name, row in by_class.iterrows()
    ]
    told = {"customers": len(known), "a_cut": a_share, "b_cut": a_share + b_share}
    return said("alt_pareto", parts=joined(parts), **told)


@chart(alt=_pareto_alt)
def pareto(
    classes: pd.DataFrame,
    *,
    a_share: float = 0.75,
    b_share: float = 0.20,
    measure: str = "amount",
    ax: Axes | None = None,
) -> Axes:
    """Draw customers from the largest down, their cumulative share and the cuts of the classes.

    ``classes`` is what `crm_lessons.pareto.abc` returns: one row per customer with ``amount`` and
    ``class``; ``a_share`` and ``b_share`` are the shares it was made with. ``measure`` names what
    the amounts are (``amount``, ``profit``, ``orders``). Customers without a class are left out.

    >>> classes = pd.DataFrame({"amount": [50.0, 30, 20], "class": ["A", "A", "B"]})
    >>> with wording.using("en"):
    ...     pareto(classes).get_title(loc="left")
    'Customers by sales, with ABC classes'
    """
    ax = look.canvas(ax, height=4.8)
    ranked = classes.dropna(subset=["class"]).sort_values("amount", ascending=False, kind="stable")
    amounts = ranked["amount"].to_numpy(dtype=float)
    cumulative = np.append(0.0, np.cumsum(amounts)) / amounts.sum()
    zones = _zones(ranked["class"])
    edges = _thinned(len(amounts), zones)
    top = max(1.0, float(cumulative.max()))

    _bars(ax, amounts, zones, edges)
    ax.set(xlim=(0, 1), xticks=np.linspace(0, 1, 6))
    ax.xaxis.set_major_formatter(look.percent)
    ax.yaxis.set_major_formatter(look.big_number)
    # The lowest bar (a customer with negative profit) and the curve share the zero line.
    low, high = min(0.0, amounts.min()), amounts.max()
    ax.set_ylim(1.05 * low, 1.05 * high)
    curve = _curve_axes(ax, top * 1.05, low / high, [a_share, a_share + b_share])
    line = {"color": look.INK, "linewidth": 1.8, "path_effects": look.HALO}
    curve.plot(edges / len(amounts), cumulative[edges], **line)
    _cuts(curve, zones, cumulative, [a_share, a_share + b_share])
    _ribbon(ax, zones)

    told = {"measure": names.measure(measure)}
    subtitle = said("pareto_subtitle", customers=len(amounts), **told)
    look.head(ax, said("pareto_title", **told), subtitle, room=26)
    above = 23 if look.is_narrow() else 7  # both do not fit side by side on a phone
    look.note(ax, said("pareto_bars", **told), (0, 1), (0, above))
    look.note(ax, said("pareto_line"), (1, 1), (0, 7), ha="right")
    ax.set_xlabel(wording.text("charts.share_of_customers"))
    look.bare(ax)
    return ax


def _zones(classes: pd.Series) -> dict[str, tuple[int, int]]:
    """Where each class begins and ends in the ranking."""
    counts = classes.value_counts()
    zones, begin = {}, 0
    for name in look.CLASS_COLOURS:
        end = begin + int(counts.get(name, 0))
        if end > begin:
            zones[name] = (begin, end)
        begin = end
    return zones


def _thinned(customers: int, zones: dict[str, tuple[int, int]]) -> np.ndarray:
    """Places in the ranking to draw: all of a few, dense where the amounts fall fastest."""
    if customers <= _STEPS:
        return np.arange(customers + 1)
    even = np.linspace(0, customers, _STEPS // 2)
    steep = np.geomspace(1, customers, _STEPS // 2)
    ends = [end for _, end in zones.values()]
    return np.unique(np.concatenate([even, steep, ends]).round().astype(int))


def _bars(
    ax: Axes, amounts: np.ndarray, zones: dict[str, tuple[int, int]], edges: np.ndarray
) -> None:
    apart = len(amounts) <= _SEPARATE
    for name, (begin, end) in zones.items():
        own = edges[(edges >= begin) & (edges <= end)]
        heights = np.add.reduceat(amounts, own[:-1])
        heights[-1] = amounts[own[-2] : end].sum()  # reduceat would run on to the last customer
        ax.stairs(
            heights / np.diff(own),
            own / len(amounts),
            fill=True,
            color=look.CLASS_COLOURS[name],
            linewidth=0,
        )
    if apart:
        ax.vlines(edges[1:-1] / len(amounts), 0, amounts.max(), color="white", linewidth=2)


def _curve_axes(ax: Axes, top: float, below: float, cuts: list[float]) -> Axes:
    """The right-hand axis of the curve: its ticks are the cuts, and round shares between them."""
    curve = ax.twinx()
    curve.set_ylim(1.05 * below * top / 1.05, top)
    round_shares = [s for s in (0, 0.25, 0.5, 1.0) if all(abs(s - cut) > 0.045 for cut in cuts)]
    curve.set_yticks(sorted({*round_shares, *cuts}))
    curve.yaxis.set_major_formatter(look.percent)
    look.bare(curve)
    return curve


def _cuts(
    curve: Axes, zones: dict[str, tuple[int, int]], cumulative: np.ndarray, cuts: list[float]
) -> None:
    customers = len(cumulative) - 1
    for name, cut in zip("AB", cuts, strict=True):
        if name not in zones or zones[name][1] == customers:
            continue  # nobody lies beyond this cut
        place = zones[name][1] / customers
        how = {"color": look.CLASS_TEXT[name], "linewidth": 1, "linestyle": (0, (4, 3))}
        curve.hlines(cut, place, 1, **how)
        curve.vlines(place, 0, cumulative[zones[name][1]], **how)
        curve.plot(place, cumulative[zones[name][1]], "o", color=look.INK, markersize=5)


def _ribbon(ax: Axes, zones: dict[str, tuple[int, int]]) -> None:
    """Under the bars, a band of the classes with their share of the customers."""
    customers = max(end for _, end in zones.values())
    on_axis = ax.get_xaxis_transform()
    gap = look.wider(0.17)
    begins = look.spread([b / customers for b, _ in zones.values()], gap, low=0, high=1 - gap)
    for (name, (begin, end)), place in zip(zones.items(), begins, strict=True):
        ax.barh(
            -0.035,
            (end - begin) / customers,
            left=begin / customers,
            height=0.03,
            color=look.CLASS_COLOURS[name],
            transform=on_axis,
            clip_on=False,
        )
        share = (end - begin) / customers
        label = said("class_with_share", name=name, share=share)
        shift = {"xycoords": on_axis, "textcoords": "offset points", "annotation_clip": False}
        ax.annotate(label, (place, -0.05), (0, -3), color=look.CLASS_TEXT[name], va="top", **shift)
    ax.tick_params(axis="x", pad=34)
