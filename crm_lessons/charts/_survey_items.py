"""Charts of a survey's items: what was expected and perceived, and how the answers spread."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from crm_lessons import wording
from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.charts._names import drawn, spoken, wrapped
from crm_lessons.wording import names

said = texts(__name__)

_MOST = 24

# From worst to best; grey is neither. Blue and vermilion differ for every kind of colour blindness.
_FIVE = ("#B84A00", "#E8A57A", "#CCD2D8", "#8DBFE0", "#0072B2")


def _gaps_alt(table: pd.DataFrame, *, codes: names.Codes = "") -> str:
    """Say which item falls short most and which least.

    >>> table = pd.DataFrame({"n": [50, 50], "perceived": [3.5, 4.4], "expected": [4.5, 4.4],
    ...     "gap": [-1.0, 0.0]}, index=["wait", "price"])
    >>> with wording.using("en"):
    ...     print(gaps.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    Expected against perceived, 2 items: the largest shortfall is wait (−1.00), the smallest price
    (+0.00).
    """
    shown = worst_first(table)
    kind = "gap" if shown["gap"].notna().any() else "perceived"
    known = shown.dropna(subset=[kind])
    worst, best = known.iloc[0], known.iloc[-1]
    told = {
        "items": len(shown),
        "worst": spoken(worst.name, codes),
        "worst_value": worst[kind],
        "best": spoken(best.name, codes),
        "best_value": best[kind],
    }
    key = "alt_gaps" if kind == "gap" else "alt_means"
    return said(key, **told).replace("-", "−")


@chart(alt=_gaps_alt)
def gaps(table: pd.DataFrame, *, codes: names.Codes = "", ax: Axes | None = None) -> Axes:
    """Draw for each item what was expected (ring) and perceived (dot), the worst gap first.

    ``table`` is what `crm_lessons.survey.by_item` returns. The gap stands at the right, with its
    interval; an item whose interval holds 0 is grey. Without expectations the dots alone are drawn,
    the lowest first. Of more than 24 items the worst are drawn; items without answers are not.

    >>> table = pd.DataFrame({"n": [50], "perceived": [3.5], "expected": [4.5], "gap": [-1.0],
    ...     "gap_lower": [-1.2], "gap_upper": [-0.8]}, index=["wait"])
    >>> [label.get_text() for label in gaps(table).get_yticklabels()]
    ['wait']
    """
    shown = worst_first(table).head(_MOST)
    compared = bool(shown["gap"].notna().any())
    ax = look.canvas(ax, height=1.6 + 0.4 * len(shown))
    points = shown[["perceived", "expected"]].to_numpy(dtype="float64")
    low, high = np.floor(np.nanmin(points)), np.ceil(np.nanmax(points))
    high = max(high, low + 1)
    span = high - low
    for place, row in enumerate(shown.itertuples()):
        colour = _colour(row.gap, row.gap_lower, row.gap_upper)
        if pd.notna(row.gap):
            ends = [row.expected, row.perceived]
            ax.plot(ends, [place, place], color=colour, linewidth=4, alpha=0.35, zorder=1)
            ring = {"markerfacecolor": "white", "color": look.QUIET, "markersize": 8}
            ax.plot(row.expected, place, "o", zorder=2, **ring)
        ax.plot(row.perceived, place, "o", color=colour, markersize=8, zorder=3)
        how = {"va": "center", "color": look.INK, "fontsize": look.SMALL}
        ax.text(high + 0.06 * span, place, _beside(row), **how)
    ax.set(xlim=(low - 0.03 * span, high + 0.62 * span), ylim=(len(shown) - 0.4, -0.6))
    ax.set_xticks(np.arange(low, high + 0.5))
    ax.set_yticks(range(len(shown)), [wrapped(drawn(x, codes, most=80)) for x in shown.index])
    ax.tick_params(axis="y", labelcolor=look.INK)
    ax.hlines(range(len(shown)), low, high, color=look.GRID, linewidth=0.8, zorder=0)
    look.bare(ax)
    kind = "gaps" if compared else "means"
    subtitle = said(f"{kind}_subtitle")
    if len(shown) < len(table):
        told = {"shown": len(shown), "total": len(table)}
        subtitle += "\n" + said("items_left_out", **told)
    look.head(ax, said(f"{kind}_title"), subtitle)
    return ax


def _answer_levels_alt(table: pd.DataFrame, *, codes: names.Codes = "") -> str:
    """Say which item has most unhappy answers and which most happy ones.

    >>> table = pd.DataFrame({1: [0.5, 0.0], 2: [0.0] * 2, 3: [0.0, 0.1], 4: [0.5, 0.0],
    ...     5: [0.0, 0.9], "n": [4, 4]}, index=["wait", "price"])
    >>> with wording.using("en"):
    ...     print(answer_levels.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    Answers to 2 items, n = 4 at most: most unhappy answers to wait (50%), most happy ones to price
    (90%).
    """
    _, below, above = sides(table)
    told = {
        "items": len(below),
        "n": int(table["n"].max()),
        "worst": spoken(below.sort_index().idxmax(), codes),
        "worst_share": below.max(),
        "best": spoken(above.sort_index().idxmax(), codes),
        "best_share": above.max(),
    }
    return said("alt_levels", **told)


@chart(alt=_answer_levels_alt)
def answer_levels(table: pd.DataFrame, *, codes: names.Codes = "", ax: Axes | None = None) -> Axes:
    """Draw the answers to each item as bars diverging from the middle of the scale.

    ``table`` is what `crm_lessons.survey.levels` returns: items × levels and ``n``. Unhappy answers
    lie left of the line, happy ones right, the middle level half on either side. The shares of
    unhappy and happy answers stand at the ends. The unhappiest item comes first.

    >>> from crm_lessons.survey import levels
    >>> table = levels(pd.DataFrame({"wait": [1.0, 3, 5, 5]}))
    >>> len(answer_levels(table).patches)
    3
    """
    shares, below, above = sides(table)
    order = (above - below).sort_index().sort_values(kind="stable").index[:_MOST]
    shares = shares.loc[order]
    ax = look.canvas(ax, height=1.9 + 0.4 * len(shares))
    colours = level_colours(len(shares.columns))
    middle = (len(shares.columns) - 1) / 2
    ends: list[float] = []
    for place, (item, row) in enumerate(shares.iterrows()):
        # Half of the middle level lies left of the line.
        left = begin = -(below[item] + (row.iloc[int(middle)] / 2 if middle % 1 == 0 else 0.0))
        for level, share in enumerate(row):
            if share > 0:
                ax.barh(place, share, left=begin, height=0.66, color=colours[level], linewidth=0)
            begin += share
        how = {"va": "center", "color": look.INK, "fontsize": look.SMALL}
        ends += [left, begin]
        ax.text(left - 0.02, place, f"{below[item]:.0%}", ha="right", **how)
        ax.text(begin + 0.02, place, f"{above[item]:.0%}", ha="left", **how)
    ax.axvline(0, color=look.QUIET, linewidth=1)
    ax.set(xlim=(min(ends) - 0.16, max(ends) + 0.16), ylim=(len(shares) - 0.4, -0.6), xticks=[])
    ax.set_yticks(range(len(shares)), [wrapped(drawn(x, codes, most=80)) for x in order])
    ax.tick_params(axis="y", labelcolor=look.INK)
    look.bare(ax)
    _legend(ax, shares.columns, colours)
    told = {"n": int(table["n"].max())}
    look.head(ax, said("levels_title"), said("levels_subtitle", **told))
    return ax


def worst_first(table: pd.DataFrame) -> pd.DataFrame:
    """Items with answers, the largest shortfall first; without expectations the lowest mean."""
    known = table[table["n"] > 0].sort_index()
    by = "gap" if known["gap"].notna().any() else "perceived"
    return known.sort_values(by, kind="stable")


def sides(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """The shares of each level, and those below and above the middle one, of items answered."""
    shares = table[table["n"] > 0].drop(columns="n").astype("float64")
    half = len(shares.columns) // 2
    return shares, shares.iloc[:, :half].sum(axis=1), shares.iloc[:, -half:].sum(axis=1)


def level_colours(count: int) -> list[str]:
    """A colour for each of ``count`` levels, from worst to best.

    >>> len(level_colours(5)), level_colours(2) == [_FIVE[0], _FIVE[-1]]
    (5, True)
    """
    half = count // 2
    worse = [_FIVE[0], _FIVE[1]] if half > 1 else [_FIVE[0]]
    better = [_FIVE[3], _FIVE[4]] if half > 1 else [_FIVE[4]]
    left = [worse[0]] * max(0, half - 2) + worse
    right = better + [better[-1]] * max(0, half - 2)
    return left + [_FIVE[2]] * (count % 2) + right


def _colour(gap: float, lower: float, upper: float) -> str:
    """Of a gap by its interval; without one it cannot be told. A mean without a gap is plain."""
    if upper < 0:
        return look.DOWN
    return look.UP if lower > 0 or pd.isna(gap) else look.QUIET


def _beside(row: object) -> str:
    if pd.isna(row.gap):
        return said("mean_beside", mean=row.perceived, n=int(row.n))
    if pd.isna(row.gap_lower):
        return f"{row.gap:+.2f}".replace("-", "−")
    told = {"gap": row.gap, "lower": row.gap_lower, "upper": row.gap_upper}
    return said("gap_beside", **told).replace("-", "−")


def _legend(ax: Axes, levels: pd.Index, colours: list[str]) -> None:
    handles = []
    for level, colour in zip(levels, colours, strict=True):
        key = f"charts_survey_items.level_{level}" if len(levels) == 5 else ""
        label = wording.text(key) if key and wording.has(key) else str(level)
        handles.append(Patch(color=colour, label=label))
    place = {"loc": "upper left", "bbox_to_anchor": (-0.02, 0.0), "ncols": 5, "frameon": False}
    if look.is_narrow():
        place |= {"loc": "upper right", "bbox_to_anchor": (1.02, 0.0), "ncols": 3}
    text = {"fontsize": look.SMALL, "labelcolor": look.INK, "handlelength": 0.9}
    ax.legend(handles=handles, columnspacing=0.9, handletextpad=0.4, **place, **text)
