"""Charts for comparing branches and staff fairly: intervals, sample sizes, ranks under weights."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons import wording
from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import drawn, spoken, words_of, wrapped
from crm_lessons.wording import names

said = texts(__name__)

_MOST = 24

# One colour and one sign for each verdict.
_COLOURS = {"better": look.UP, "worse": look.DOWN}
_SIGNS = {"better": "^", "worse": "v", "too_few": "x"}


def _branch_ranking_alt(table: pd.DataFrame, *, codes: names.Codes | None = None) -> str:
    """Say of each branch its mean, its interval and the verdict.

    >>> table = pd.DataFrame({"n": [8], "mean": [4.5], "lower": [4.0], "upper": [5.0],
    ...     "verdict": ["too_few"]}, index=["east"])
    >>> with wording.using("en"):
    ...     branch_ranking.alt(table)
    'Means of 1 branch with intervals: east 4.50 (4.00 to 5.00, n = 8), too few answers.'
    """
    words = words_of(table, codes)
    parts = []
    for name, row in table.head(24).iterrows():
        told = {"name": spoken(name, words), "mean": row["mean"], "n": int(row["n"])}
        told["verdict"] = wording.text(f"codes.verdict.{row['verdict']}")
        if pd.isna(row["lower"]):
            parts.append(said("alt_ranking_bare", **told))
        else:
            ends = {"lower": row["lower"], "upper": row["upper"]}
            parts.append(said("alt_ranking_part", **told, **ends))
    return said("alt_ranking", branches=len(table), parts=joined(parts))


@chart(alt=_branch_ranking_alt)
def branch_ranking(
    table: pd.DataFrame, *, codes: names.Codes | None = None, ax: Axes | None = None
) -> Axes:
    """Draw every branch's mean with its interval, beside it the shrunken mean, and the verdict.

    ``table`` is what `crm_lessons.survey.ranking` returns. Filled signs are raw means (▲ better,
    ▼ worse beyond chance, ● no difference shown, ✕ too few answers), rings the shrunken ones; the
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
        said("branch_name", name=wrapped(drawn(name, words, most=80), 22), n=int(n))
        for name, n in shown["n"].items()
    ]
    ax.set_yticks(range(len(shown)), titles, color=look.INK, linespacing=1.3)
    ax.set(xlim=(low - 0.05 * span, high + 0.55 * span), ylim=(len(shown) - 0.4, -0.6))
    ax.set_xticks([tick for tick in ax.get_xticks() if low - 0.05 * span <= tick <= high])
    look.bare(ax)
    subtitle = said("ranking_subtitle", n=int(table["n"].sum()))
    if len(table) > len(shown):
        left = {"shown": len(shown), "total": len(table)}
        subtitle += "\n" + said("branches_left_out", **left)
    look.head(ax, said("ranking_title"), subtitle)
    return ax


def _staff_ranks_alt(ranks: pd.DataFrame, *, codes: names.Codes | None = None) -> str:
    """Say who falls and who rises as the customer's weight grows.

    >>> with wording.using("en"):
    ...     found = staff_ranks.alt(pd.DataFrame({0.2: [1, 2], 0.8: [2, 1]}, index=["L", "W"]))
    >>> print(found)  # doctest: +NORMALIZE_WHITESPACE
    Ranks of 2 members of staff: from a weight of 20% to 80%, L goes from 1 to 2, W from 2 to 1.
    """
    known = ranks.dropna().astype("int64")
    moved = movers(known)
    if len(moved) < 2:
        return said("alt_staff_still", staff=len(known))
    told: dict[str, object] = {"staff": len(known)}
    told |= {"least": known.columns[0], "most": known.columns[-1]}
    for word, name in zip(("down", "up"), moved, strict=True):
        told[word] = spoken(name, words_of(ranks, codes))
        told |= {f"{word}_from": known.loc[name].iloc[0], f"{word}_to": known.loc[name].iloc[-1]}
    return said("alt_staff", **told)


@chart(alt=_staff_ranks_alt)
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
        told = drawn(name, words, most=14)
        ax.text(-0.12, _apart(known, name, 0), told, ha="right", **how)
        ax.text(places[-1] + 0.12, _apart(known, name, -1), told, ha="left", **how)
    ax.set(xlim=(-0.9, places[-1] + 0.9), ylim=(len(known) + 0.6, 0.4), yticks=[])
    ax.set_xticks(places, [f"{weight:.0%}" for weight in known.columns])
    ax.set_xlabel(said("staff_weight"))
    look.bare(ax)
    look.head(ax, said("staff_title"), said("staff_subtitle"))
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
