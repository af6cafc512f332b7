"""Charts for comparing branches and staff fairly: intervals, sample sizes, ranks under weights."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from crm_lessons import wording
from crm_lessons.charts import look
from crm_lessons.charts._bars import words_of
from crm_lessons.charts._survey_items import wrapped
from crm_lessons.wording import names

_MOST = 24
_NAMED = 6  # branches named on the curve of sample sizes
# One colour and one sign for each verdict.
_COLOURS = {"better": look.UP, "worse": look.DOWN}
_SIGNS = {"better": "^", "worse": "v", "too_few": "x"}


def branch_ranking(
    table: pd.DataFrame, *, codes: names.Codes | None = None, ax: Axes | None = None
) -> Axes:
    """Draw every branch's mean with its interval, beside it the shrunken mean, and the verdict.

    ``table`` is what `crm_lessons.survey.ranking` returns. Filled signs are raw means (▲ truly
    better, ▼ truly worse, ● no more than noise, ✕ too few answers), rings the shrunken ones; the
    dashed line is the mean of all answers. Of more than 24 branches the first are drawn.

    >>> table = pd.DataFrame({"n": [90], "mean": [4.0], "lower": [3.9], "upper": [4.1],
    ...     "shrunken": [4.0], "verdict": ["alone"]}, index=["east"])
    >>> len(branch_ranking(table).get_yticklabels())
    1
    """
    shown = table.head(_MOST)
    words = words_of(table, codes)
    ax = look.canvas(ax, height=1.7 + 0.5 * len(shown))
    middle = float(np.average(table["mean"], weights=table["n"]))
    ax.axvline(middle, color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    ends = np.r_[shown[["lower", "upper", "mean"]].to_numpy(dtype="float64").ravel(), middle]
    low, high = np.nanmin(ends), np.nanmax(ends)
    span = max(high - low, 0.2)
    for place, row in enumerate(shown.itertuples()):
        colour = _COLOURS.get(row.verdict, look.QUIET)
        if pd.notna(row.lower):
            ax.plot([row.lower, row.upper], [place, place], color=colour, linewidth=2, zorder=2)
        sign = _SIGNS.get(row.verdict, "o")
        ax.plot(row.mean, place, sign, color=colour, markersize=8, markeredgewidth=2, zorder=4)
        if pd.notna(row.shrunken):
            ring = {"markerfacecolor": "none", "markeredgecolor": look.INK, "markersize": 12}
            ax.plot(row.shrunken, place, "o", zorder=3, **ring)
        verdict = wording.text(f"codes.verdict.{row.verdict}")
        how = {"va": "center", "color": look.INK, "fontsize": look.SMALL}
        ax.text(high + 0.06 * span, place, verdict, **how)
    titles = [
        wording.text(
            "charts_survey.branch_name", name=wrapped(names.code(name, words), 22), n=int(n)
        )
        for name, n in shown["n"].items()
    ]
    ax.set_yticks(range(len(shown)), titles, color=look.INK, linespacing=1.3)
    ax.set(xlim=(low - 0.05 * span, high + 0.55 * span), ylim=(len(shown) - 0.4, -0.6))
    ax.set_xticks([tick for tick in ax.get_xticks() if low - 0.05 * span <= tick <= high])
    look.bare(ax)
    subtitle = wording.text("charts_survey.ranking_subtitle", n=int(table["n"].sum()))
    if len(table) > len(shown):
        left = {"shown": len(shown), "total": len(table)}
        subtitle += "\n" + wording.text("charts_survey.branches_left_out", **left)
    look.head(ax, wording.text("charts_survey.ranking_title"), subtitle)
    return ax


def sample_size(
    curve: pd.DataFrame,
    *,
    wished: float = 0.2,
    branches: pd.Series | None = None,
    codes: names.Codes | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how the uncertainty of a mean falls with the number of answers.

    ``curve`` is what `crm_lessons.survey.curve` returns. The dashed line is the half width wished
    for; ``branches`` (branch to answers there are) marks where each branch stands; those short of
    it are named.

    >>> from crm_lessons.survey import curve
    >>> len(sample_size(curve(sd=0.8, largest=100)).lines)
    3
    """
    ax = look.canvas(ax, height=3.8)
    widths = curve["half_width"]  # the curve is seen on any scale, however little is wished for
    top = min(float(widths.max()), max(4 * wished, 2 * float(widths.min())))
    last = float(curve["n"].max())
    ax.plot(curve["n"], curve["half_width"].clip(upper=top * 1.2), color=look.UP, linewidth=2)
    ax.axhline(wished, color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)))
    enough = curve.loc[curve["half_width"] <= wished, "n"]
    how = {"textcoords": "offset points", "color": look.INK, "path_effects": look.HALO}
    if len(enough):
        n = int(enough.min())
        ax.plot(n, wished, "o", color=look.UP, markersize=8)
        told = wording.text("charts_survey.size_enough", n=n, width=wished)
        side = "left" if n < last / 2 else "right"
        ax.annotate(told, (n, wished), (6 if side == "left" else -6, 7), ha=side, **how)
    ax.set(xlim=(0, last), ylim=(0, top))
    ax.set_yticks([tick for tick in ax.get_yticks() if 0 < tick <= top])
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    if branches is not None:
        _stand(ax, branches, wished, curve, words_of(branches.to_frame(), codes))
    ax.set_xlabel(wording.text("charts_survey.size_answers"))
    ax.grid(axis="y", linewidth=0.8)
    ax.set_axisbelow(True)
    look.bare(ax, keep=("bottom",))
    subtitle = wording.text("charts_survey.size_subtitle")
    look.head(ax, wording.text("charts_survey.size_title"), subtitle)
    return ax


def staff_ranks(
    ranks: pd.DataFrame, *, codes: names.Codes | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how the ranking of staff turns with the weight of the customer's score.

    ``ranks`` is what `crm_lessons.survey.ranks_by_weight` returns: staff × weights. Who moves most
    is drawn strong; who has no rank is left out.

    >>> ranks = pd.DataFrame({0.2: [1, 2], 0.8: [2, 1]}, index=["Li", "Wang"])
    >>> len(staff_ranks(ranks).lines)
    2
    """
    known = ranks.dropna().astype("int64")
    words = words_of(ranks, codes)
    ax = look.canvas(ax, height=1.9 + 0.3 * len(known))
    places = list(range(len(known.columns)))
    moves = movers(known)
    strong = dict(zip(moves, (look.DOWN, look.UP), strict=False))
    for name, row in known.iterrows():
        colour = strong.get(name, "#A9B2BB")
        width = 2.6 if name in strong else 1.4
        ax.plot(places, row.to_list(), "o-", color=colour, linewidth=width, markersize=6)
    for name in known.index:
        how = {"va": "center", "color": look.INK, "fontsize": look.SMALL}
        told = names.code(name, words)
        ax.text(-0.12, _apart(known, name, 0), told, ha="right", **how)
        ax.text(places[-1] + 0.12, _apart(known, name, -1), told, ha="left", **how)
    ax.set(xlim=(-0.9, places[-1] + 0.9), ylim=(len(known) + 0.6, 0.4), yticks=[])
    ax.set_xticks(places, [f"{weight:.0%}" for weight in known.columns])
    ax.set_xlabel(wording.text("charts_survey.staff_weight"))
    look.bare(ax)
    subtitle = wording.text("charts_survey.staff_subtitle")
    look.head(ax, wording.text("charts_survey.staff_title"), subtitle)
    return ax


def movers(ranks: pd.DataFrame) -> list[str]:
    """The one who falls most and the one who rises most as the customer's weight grows.

    >>> movers(pd.DataFrame({0.2: [1, 2, 3], 0.8: [3, 2, 1]}, index=["Li", "Wang", "Zhao"]))
    ['Li', 'Zhao']
    """
    if ranks.empty:
        return []
    change = (ranks.iloc[:, -1] - ranks.iloc[:, 0]).sort_index()
    found = [change.idxmax(), change.idxmin()]
    return [name for name, moved in zip(found, (1, -1), strict=True) if change[name] * moved > 0]


def _apart(ranks: pd.DataFrame, name: str, column: int) -> float:
    """Where a name stands; those who share a rank stand one below the other."""
    column = ranks.iloc[:, column].sort_index()
    order = column.sort_values(kind="stable").index
    return float(order.get_loc(name) + 1) if column.duplicated().any() else float(column[name])


def _stand(
    ax: Axes, branches: pd.Series, wished: float, curve: pd.DataFrame, words: names.Codes
) -> None:
    """Mark every branch on the curve, and name those that do not reach the wished half width."""
    top, last = ax.get_ylim()[1], float(curve["n"].max())
    placed = branches.sort_index().sort_values(ascending=False, kind="stable")
    widths = pd.Series(np.interp(placed, curve["n"], curve["half_width"]), index=placed.index)
    ax.plot(np.minimum(placed, last), widths.clip(upper=top * 0.97), "o", color=look.INK, ms=6)
    short = widths[widths > wished].clip(upper=top * 0.97)
    if len(short) > _NAMED:
        return
    floor = wished + 0.16 * top  # above the words at the dashed line
    heights = look.spread([y + 0.1 * top for y in short], 0.09 * top, low=floor, high=0.97 * top)
    for (name, y), height in zip(short.items(), heights, strict=True):
        x, end = placed[name], placed[name] + 0.04 * last
        ax.plot([x, end], [y, height], color=look.QUIET, linewidth=0.8, zorder=2)
        told = wording.text(
            "charts_survey.size_branch", name=names.code(name, words), n=int(placed[name])
        )
        how = {"va": "center", "color": look.INK, "fontsize": look.SMALL}
        ax.text(end + 0.005 * last, height, told, path_effects=look.HALO, **how)
