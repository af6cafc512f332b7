"""Charts of drivers: how much each explains, and what to work on first."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, MaxNLocator

from crm_lessons import wording
from crm_lessons.charts import _rows, look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import drawn, spoken
from crm_lessons.survey import Drivers
from crm_lessons.wording import names

said = texts(__name__)

_MOST = 15
_COLOURS = {"improve": look.DOWN, "keep": look.UP, "later": "#5A6470", "enough": "#00694D"}


def _driver_weights_alt(found: Drivers, *, codes: names.Codes = "codes.driver.") -> str:
    """Say each driver's share with its interval.

    >>> from crm_lessons.survey import drivers
    >>> scores = pd.DataFrame({"speed": [1, 2, 3, 4, 5, 3], "price": [2, 1, 3, 3, 2, 3]})
    >>> found = drivers(scores, pd.Series([1, 2, 3, 5, 5, 3]), draws=20)
    >>> with wording.using("en"):
    ...     driver_weights.alt(found).startswith("Bars, n = 6: the factors explain")
    True
    """
    parts = [
        said(
            "alt_driver",
            name=spoken(row.Index, codes),
            share=row.share,
            lower=row.share_lower,
            upper=row.share_upper,
        )
        for row in found.table.head(_MOST).itertuples()
    ]
    told = {"n": found.n, "r_squared": found.r_squared}
    return said("alt_drivers", parts=joined(parts), **told)


@chart(alt=_driver_weights_alt)
def driver_weights(
    found: Drivers, *, codes: names.Codes = "codes.driver.", ax: Axes | None = None
) -> Axes:
    """Draw the share of the explained variance that each driver has, with its interval.

    ``found`` is what `crm_lessons.survey._drivers` returns; ``codes`` puts drivers into words. Of
    more than 15 drivers the heaviest are drawn.

    >>> from crm_lessons.survey import drivers
    >>> scores = pd.DataFrame({"speed": [1, 2, 3, 4, 5, 3], "price": [2, 1, 3, 3, 2, 3]})
    >>> len(driver_weights(drivers(scores, pd.Series([1, 2, 3, 5, 5, 3]), draws=20)).patches)
    2
    """
    shown = found.table.head(_MOST)
    ax = look.canvas(ax, height=1.5 + 0.42 * len(shown))
    for place, row in enumerate(shown.itertuples()):
        ends = (row.share_lower, row.share_upper)
        _rows.bar(ax, place, row.share, ends, f"{row.share:.0%}", cap="butt")
    titles = [drawn(name, codes) for name in shown.index]
    ax.set_yticks(range(len(shown)), titles, color=look.INK)
    highest = float(shown[["share", "share_upper"]].max().max())
    ax.set(xlim=(0, 1.18 * highest), ylim=(len(shown) - 0.45, -0.55), xticks=[])
    look.bare(ax)
    told = {"n": found.n, "r_squared": found.r_squared}
    look.head(ax, said("drivers_title"), said("drivers_subtitle", **told))
    return ax


def _importance_map_alt(
    table: pd.DataFrame,
    *,
    importance_cut: float | None = None,
    performance_cut: float | None = None,
    codes: names.Codes = "codes.driver.",
) -> str:
    """Say which drivers stand in which corner.

    >>> from crm_lessons.survey import importance_performance
    >>> table = importance_performance(pd.Series({"speed": 0.7, "price": 0.3}),
    ...                                pd.Series({"speed": 3.1, "price": 4.2}))
    >>> with wording.using("en"):
    ...     importance_map.alt(table)
    'Importance against performance: try first speed; enough done price.'
    """
    parts = []
    for quadrant in _COLOURS:
        inside = [spoken(name, codes) for name in table.index[table["quadrant"] == quadrant]]
        if inside:
            told = {
                "quadrant": said(f"map_{quadrant}"),
                "drivers": wording.text("charts.alt_between").join(inside),
            }
            parts.append(said("alt_map_part", **told))
    return said("alt_map", parts=joined(parts))


@chart(alt=_importance_map_alt)
def importance_map(
    table: pd.DataFrame,
    *,
    importance_cut: float | None = None,
    performance_cut: float | None = None,
    codes: names.Codes = "codes.driver.",
    ax: Axes | None = None,
) -> Axes:
    """Draw how much each driver matters against how well it is done, with the four corners named.

    ``table`` is what `crm_lessons.survey.importance_performance` returns for these cuts (the means
    unless given). An open dot may well lie on the other side of a cut.

    >>> from crm_lessons.survey import importance_performance
    >>> table = importance_performance(pd.Series({"speed": 0.7, "price": 0.3}),
    ...                                pd.Series({"speed": 3.1, "price": 4.2}))
    >>> len(importance_map(table).collections)
    2
    """
    ax = look.canvas(ax, height=4.6)
    x, y = table["performance"], table["importance"]
    lines = (
        x.mean() if performance_cut is None else performance_cut,
        y.mean() if importance_cut is None else importance_cut,
    )
    _frame(ax, x, y, lines)
    ax.axvline(lines[0], color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    ax.axhline(lines[1], color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    for row in table.itertuples():
        colour = _COLOURS[row.quadrant]
        face = colour if row.certain else "white"
        where = (row.performance, row.importance)
        ax.scatter(*where, s=70, color=face, edgecolor=colour, linewidth=2, zorder=3)
    _names(ax, table, codes)
    _corners(ax)
    ax.yaxis.set_major_formatter(look.percent)
    ax.set_xlabel(said("map_performance"))
    ax.set_ylabel(said("map_importance"))
    look.bare(ax, keep=("left", "bottom"))
    look.head(ax, said("map_title"), said("map_subtitle"), room=24)
    return ax


def _frame(ax: Axes, x: pd.Series, y: pd.Series, lines: tuple[float, float]) -> None:
    """Room around the points and the cuts, the same on both sides of each."""
    low, high = min(x.min(), lines[0]), max(x.max(), lines[0])
    side = 0.18 * max(high - low, 0.2)
    top = 1.2 * max(y.max(), lines[1], 0.01)
    # Below zero there is room for the names of the lower corners.
    ax.set(xlim=(low - side, high + side), ylim=(-0.14 * top, top))
    whole = MaxNLocator(nbins=6, steps=[1, 2, 5, 10])
    ax.yaxis.set_major_locator(FixedLocator([t for t in whole.tick_values(0, top) if t < top]))


def _names(ax: Axes, table: pd.DataFrame, codes: names.Codes) -> None:
    """The drivers' names in the right margin, led there from their dots."""
    ordered = table.sort_values("importance", kind="stable")
    bottom, top = ax.get_ylim()
    heights = ((ordered["importance"] - bottom) / (top - bottom)).to_list()
    gap = min(0.075, 0.9 / max(len(heights), 1))
    places = look.spread(heights, gap, low=0.06, high=0.94)
    for row, place in zip(ordered.itertuples(), places, strict=True):
        colour = _COLOURS[row.quadrant] if row.quadrant != "improve" else "#A34700"
        ax.annotate(
            drawn(row.Index, codes),
            (row.performance, row.importance),
            (1.02, place),
            textcoords="axes fraction",
            color=colour,
            va="center",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.6, "shrinkB": 5},
        )


def _corners(ax: Axes) -> None:
    for quadrant, (x, side) in {"improve": (0, "left"), "keep": (1, "right")}.items():
        text = said(f"map_{quadrant}")
        look.note(ax, text, (x, 1), (0, 5), ha=side, va="bottom")
    for quadrant, (x, side) in {"later": (0.01, "left"), "enough": (0.99, "right")}.items():
        text = said(f"map_{quadrant}")
        look.note(ax, text, (x, 0), (0, 4), ha=side, va="bottom")
