"""Charts of customer records: completeness, likely duplicates, and who can be told apart."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.charts._names import MOST, drawn, spoken, wrapped
from crm_lessons.data import labels
from crm_lessons.wording import names
from crm_lessons.wording.names import Codes

said = texts(__name__)

_FIELDS, _BRANCHES = 14, 7
_HEAD = 22  # columns of a name above its column, which may be long where it is turned
_LEVEL, _LEVEL_NARROW = 10, 6  # columns of a line of a name that stands level
_LINES = 3
_BINS = 10
SIZES = (1, 2, 3, 5, 10, 20)  # where the bars of group sizes begin
_GROUND = 0.06  # even an empty cell is to be seen


def _completeness_alt(table: pd.DataFrame, *, codes: Codes | None = None) -> str:
    """Say which field is least complete over all, and where the worst cell lies.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"A": [0.9, 0.5], "B": [1.0, 0.2]}, index=["size", "colour"])
    >>> with wording.using("en"):
    ...     completeness.alt(table)
    'Fields: 2, branches: 2. Least complete: colour in B, 20%.'
    """
    words = labels("branch") if codes is None else codes
    field, branch = table.stack().idxmin()
    told = {"field": spoken(names.column(field)), "branch": spoken(branch, words)}
    share = float(table.loc[field, branch])
    return said("alt_completeness", fields=len(table), branches=table.shape[1], share=share, **told)


def _level(heads: list[str]) -> tuple[list[str], bool]:
    """Names of columns on a few lines, or as they are and to be turned where one does not fit."""
    room = _LEVEL_NARROW if look.is_narrow() else _LEVEL
    lines = [wrapped(one, room, _LINES) for one in heads]
    words = [word for one in heads for word in one.split() if word.isascii()]  # are not broken
    fit = all(names.width(word) <= room for word in words)
    fit = fit and not any(one.endswith("…") for one in lines)
    return (lines, False) if fit else (heads, True)


@chart(alt=_completeness_alt)
def completeness(
    table: pd.DataFrame, *, codes: Codes | None = None, ax: Axes | None = None
) -> Axes:
    """Draw which share of records has a usable value, by field (rows) and branch (columns).

    ``table``: shares from 0 to 1, index the fields, columns the branches; ``codes`` the words for
    these. Least complete fields first; of more than 14 fields or 7 branches the first are drawn.

    >>> table = pd.DataFrame({"east": [0.9, 0.5], "west": [1.0, 0.2]}, index=["phone", "email"])
    >>> len(completeness(table).patches)
    4
    """
    words = labels("branch") if codes is None else codes
    ordered = table.loc[table.mean(axis=1).sort_values(kind="stable").index]
    shown = ordered.iloc[:_FIELDS, :_BRANCHES]
    ax = look.canvas(ax, height=1.9 + 0.36 * len(shown))
    full = to_rgb(look.UP)
    for (i, j), share in np.ndenumerate(shown.to_numpy(float)):
        strength = _GROUND + 0.5 * share
        colour = to_hex([1 - strength * (1 - part) for part in full])
        ax.add_patch(Rectangle((j, i), 0.96, 0.92, color=colour, linewidth=0))
        how = {"ha": "center", "va": "center", "color": look.INK, **look.INSIDE}
        ax.annotate(f"{100 * share:.0f}", (j + 0.48, i + 0.46), **how)
    heads = [drawn(one, words, most=_HEAD) for one in shown.columns]
    heads, turned = _level(heads)
    ax.set_xticks(np.arange(len(heads)) + 0.48, heads, rotation=90 if turned else 0)
    titles = [wrapped(drawn(names.column(one), most=MOST), 16, 1) for one in shown.index]
    ax.set_yticks(np.arange(len(shown)) + 0.46, titles)
    ax.set(xlim=(0, len(heads)), ylim=(len(shown), 0))
    ax.tick_params(labelcolor=look.INK)
    look.bare(ax)
    key = "completeness_subtitle" if shown.shape == table.shape else "completeness_subtitle_part"
    look.head(ax, said("completeness_title"), said(key))
    return ax


def _duplicate_scores_alt(scores: pd.Series, *, low: float = 0.5, high: float = 0.95) -> str:
    """Say how many pairs are clear either way, and how many somebody has to look at.

    >>> from crm_lessons import wording
    >>> with wording.using("en"):
    ...     duplicate_scores.alt(pd.Series([0.1, 0.7, 0.99, 1.0]))
    'Pairs of records: 4. Below 50%: 1; from 50% to 95%, to be looked at: 1; above: 2.'
    """
    below, above = int((scores < low).sum()), int((scores > high).sum())
    told = {"low": low, "high": high, "pairs": len(scores), "below": below, "above": above}
    return said("alt_scores", between=len(scores) - below - above, **told)


@chart(alt=_duplicate_scores_alt)
def duplicate_scores(
    scores: pd.Series, *, low: float = 0.5, high: float = 0.95, ax: Axes | None = None
) -> Axes:
    """Draw how many pairs of records have which probability of being one person.

    ``scores``: probabilities of candidate pairs. Pairs from ``low`` to ``high``, both included, are
    those somebody has to look at; they are marked.

    >>> len(duplicate_scores(pd.Series([0.1, 0.7, 0.99, 1.0])).patches)
    11
    """
    ax = look.canvas(ax, height=3.6)
    ax.axvspan(low, high, color=look.GRID, zorder=0, linewidth=0)
    edges = np.linspace(0, 1, _BINS + 1)
    counts, _ = np.histogram(scores, edges)
    top = max(int(counts.max()), 1)
    ax.bar(edges[:-1], counts, width=0.094, align="edge", color=look.UP)
    for left, count in zip(edges, counts, strict=False):
        if count:
            how = {"ha": "center", "textcoords": "offset points", "path_effects": look.HALO}
            ax.annotate(look.rounded(count), (left + 0.047, count), (0, 3), color=look.INK, **how)
    ax.set(xlim=(-0.01, 1.01), ylim=(0, 1.16 * top), yticks=[])
    ax.set_xticks(np.linspace(0, 1, 6))
    ax.xaxis.set_major_formatter(look.percent)
    ax.set_xlabel(said("scores_axis"))
    told = {"pairs": len(scores), "low": low, "high": high}
    look.head(ax, said("scores_title"), said("scores_subtitle", **told))
    look.bare(ax, keep=("bottom",))
    return ax


def _by_size(sizes: pd.Series) -> pd.Series:
    """Share of records in groups of these sizes, index the smallest size of each bar."""
    begin = pd.cut(sizes, [*SIZES, np.inf], right=False, labels=list(SIZES))
    return begin.value_counts(normalize=True, sort=False).rename_axis("size")


def _smallest_groups_alt(sizes: pd.Series, *, k: int = 5) -> str:
    """Say how many records are alone, and how many in a group below k.

    >>> from crm_lessons import wording
    >>> with wording.using("en"):
    ...     smallest_groups.alt(pd.Series([1, 2, 2, 7, 7, 7, 7, 7, 7, 7]))
    'Records: 10. Alone with what is known of them: 10%; in a group below 5: 30%.'
    """
    told = {"records": len(sizes), "alone": float((sizes == 1).mean()), "k": k}
    return said("alt_groups", below=float((sizes < k).mean()), **told)


@chart(alt=_smallest_groups_alt)
def smallest_groups(sizes: pd.Series, *, k: int = 5, ax: Axes | None = None) -> Axes:
    """Draw which share of the records stands in groups of which size, those below k apart.

    ``sizes``: for each record how many records, itself among them, look the same in the columns
    that single people out.

    >>> len(smallest_groups(pd.Series([1, 2, 2, 7, 7, 7, 7, 7, 7, 7])).patches)
    6
    """
    ax = look.canvas(ax, height=3.4)
    shares = _by_size(sizes)
    for place, (begin, share) in enumerate(shares.items()):
        colour = look.DOWN if int(begin) < k else look.UP
        ax.bar(place, share, width=0.74, color=colour)
        how = {"ha": "center", "textcoords": "offset points", "color": look.INK}
        ax.annotate(f"{share:.0%}", (place, share), (0, 3), **how)
    ends = [*(end - 1 for end in SIZES[1:]), None]
    titles = [_span(begin, end) for begin, end in zip(SIZES, ends, strict=True)]
    ax.set_xticks(range(len(SIZES)), titles, color=look.INK)
    ax.set(ylim=(0, 1.15 * float(shares.max())), yticks=[])
    ax.set_xlabel(said("groups_axis"))
    look.head(ax, said("groups_title"), said("groups_subtitle", k=k, records=len(sizes)))
    look.bare(ax, keep=("bottom",))
    return ax


def _span(begin: int, end: int | None) -> str:
    if end is None:
        return f"≥ {begin}"
    return str(begin) if begin == end else f"{begin}–{end}"
