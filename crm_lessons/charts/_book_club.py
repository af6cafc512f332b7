"""Charts of winning and keeping a member: where the book club breaks even, when it is paid back."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts

said = texts(__name__)

# Loss and gain in the colours of down and up, light enough for dark text on top.
_LOSS_GAIN = LinearSegmentedColormap.from_list(
    "loss_gain", ["#E8A06A", "#FBEBDF", "#FFFFFF", "#DCEBF5", "#7DB6DB"]
)

_MARKED = (1, 2, 3, 5)  # years whose break-even margin is written beside the line


def _club_contour_alt(grid: pd.DataFrame) -> str:
    """Say the break-even margin for the shortest and the longest stay, and the best corner.

    >>> from crm_lessons import wording
    >>> grid = pd.DataFrame([[-9.0, -8.0], [1.0, 12.0]], index=[0.3, 0.5], columns=[1, 2])
    >>> with wording.using("en"):
    ...     print(club_contour.alt(grid))  # doctest: +NORMALIZE_WHITESPACE
    Gain or loss per member by margin and years of stay. Break-even margin: 48.0% (years: 1);
    38.0% (years: 2). From -9 to 12 yuan per member.
    """
    line = break_even(grid).dropna()
    parts = [
        said("alt_club_part", margin=margin, years=year)
        for year, margin in ([] if line.empty else [*line.iloc[[0, -1]].items()])
    ]
    told = joined(parts)
    told = told or said("alt_club_nowhere")
    low, high = float(grid.to_numpy().min()), float(grid.to_numpy().max())
    return said("alt_club", parts=told, low=low, high=high)


@chart(alt=_club_contour_alt)
def club_contour(grid: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw what a member leaves over by margin and years of stay; the line is the break-even.

    ``grid`` is what `crm_lessons.value.club_grid` returns: index ``margin`` (share of sales),
    columns ``years``, money per member. The break-even is where it crosses zero.

    >>> grid = pd.DataFrame([[-9.0, -8.0], [1.0, 12.0]], index=[0.3, 0.5], columns=[1, 2])
    >>> len(club_contour(grid).lines)  # the break-even
    1
    """
    ax = look.canvas(ax, height=4.6)
    years = grid.columns.to_numpy(dtype="float64")
    margins = grid.index.to_numpy(dtype="float64")
    values = grid.to_numpy()
    # Each side has its own scale, or a large gain would leave the losses white.
    norm = TwoSlopeNorm(0.0, min(float(values.min()), -1.0), max(float(values.max()), 1.0))
    ax.pcolormesh(years, margins, values, cmap=_LOSS_GAIN, norm=norm, shading="gouraud")
    line = break_even(grid)
    ax.plot(line.index, line, color=look.INK, linewidth=2, path_effects=look.HALO)
    for year in _MARKED:
        if year in line.index and pd.notna(line[year]):
            _mark(ax, year, float(line[year]))
    _zones(ax)
    ax.set(xlim=(years.min(), years.max()), ylim=(margins.min(), margins.max()))
    ax.set_xticks(np.arange(np.ceil(years.min()), years.max() + 1e-9))
    ax.yaxis.set_major_formatter(look.percent)
    ax.set_xlabel(said("club_years"))
    ax.set_ylabel(said("club_margin"))
    look.bare(ax)
    look.head(ax, said("club_title"), said("club_subtitle"))
    return ax


def break_even(grid: pd.DataFrame) -> pd.Series:
    """For each column the margin at which the value crosses zero; missing where it does not.

    >>> break_even(pd.DataFrame([[-9.0], [1.0]], index=[0.3, 0.5], columns=[1])).round(2).to_list()
    [0.48]
    """
    margins = grid.index.to_numpy(dtype="float64")
    found = {}
    for year, values in grid.items():
        inside = values.min() <= 0 <= values.max()
        # The value rises with the margin, so zero is crossed once.
        found[float(year)] = float(np.interp(0.0, values, margins)) if inside else np.nan
    return pd.Series(found, dtype="float64")


def _payback_alt(paths: pd.DataFrame) -> str:
    """Say for each margin after how many years the member is paid back.

    >>> from crm_lessons import wording
    >>> paths = pd.DataFrame({0.2: [-25.0, -29.0], 0.6: [-25.0, 25.0]}, index=[0, 1])
    >>> with wording.using("en"):
    ...     payback.alt(paths)
    'Payback (years shown: 1): margin 20%, not paid back; margin 60%, after 0.5 years.'
    """
    parts = []
    for margin, path in paths.items():
        paid = paid_back(path)
        key = "alt_payback_never" if pd.isna(paid) else "alt_payback_part"
        parts.append(said(key, margin=float(margin), years=paid))
    told = {"parts": joined(parts), "years": paths.index.max()}
    return said("alt_payback", **told)


@chart(alt=_payback_alt)
def payback(paths: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw what one member has brought in so far, a line for each margin, and where it is repaid.

    ``paths`` is what `crm_lessons.value.payback_paths` returns: index ``years`` from 0, columns
    margins, money. At most five margins.

    >>> paths = pd.DataFrame({0.2: [-25.0, -29.0], 0.6: [-25.0, 11.0]}, index=[0, 1])
    >>> len(payback(paths).lines)  # zero, two lines, one payback
    4
    """
    ax = look.canvas(ax, height=4.2)
    years = paths.index.to_numpy(dtype="float64")
    low, high = float(paths.to_numpy().min()), float(paths.to_numpy().max())
    room = 0.06 * max(high - low, 1.0)
    ax.axhline(0, color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    ends = paths.iloc[-1].sort_values()
    places = look.spread(ends.to_list(), 0.19 * (high - low + 2 * room), low=low, high=high + room)
    for (margin, end), place, colour in zip(ends.items(), places, look.SERIES, strict=False):
        path = paths[margin]
        ax.plot(years, path, color=colour, linewidth=2)
        paid = paid_back(path)
        if pd.notna(paid):
            ax.plot(paid, 0, "o", color=colour, markersize=7)
        key = "payback_never" if pd.isna(paid) else "payback_label"
        label = said(key, margin=float(margin), years=paid)
        how = {"color": colour, "va": "center", "linespacing": 1.3, "annotation_clip": False}
        arrow = {"arrowstyle": "-", "color": colour, "linewidth": 0.7, "shrinkB": 0}
        span = years.max() - years.min()
        at = (years.max() + 0.04 * span, place)
        ax.annotate(label, (years.max(), end), at, arrowprops=arrow, **how)
    ax.set(xlim=(years.min(), years.max()), ylim=(low - room, high + room), xticks=years)
    ax.yaxis.set_major_formatter(look.big_number)
    ax.set_xlabel(said("payback_years"))
    look.bare(ax, keep=("left",), grid="y")
    subtitle = said("payback_subtitle", cost=-float(paths.iloc[0].iloc[0]))
    look.head(ax, said("payback_title"), subtitle)
    return ax


def paid_back(path: pd.Series) -> float:
    """The year in which a path reaches zero, between two points in proportion; NaN if it does not.

    >>> paid_back(pd.Series([-25.0, 25.0], index=[0, 1]))
    0.5
    """
    values = path.to_numpy()
    reached = np.flatnonzero(values >= -1e-9)
    if not len(reached):
        return float("nan")
    if reached[0] == 0:
        return float(path.index[0])
    before, after = reached[0] - 1, reached[0]
    part = -values[before] / (values[after] - values[before])
    return float(path.index[before] + part * (path.index[after] - path.index[before]))


def _mark(ax: Axes, year: float, margin: float) -> None:
    ax.scatter(year, margin, s=36, color=look.INK, clip_on=False, zorder=5)
    label = said("club_point", margin=margin)
    how = {"color": look.INK, "path_effects": look.HALO, "textcoords": "offset points"}
    ax.annotate(label, (year, margin), (8, 6), **how)


def _zones(ax: Axes) -> None:
    how = {"color": look.INK, "ha": "right", "xycoords": "axes fraction"}
    for key, height in (("gain", 0.88), ("loss", 0.06)):
        ax.annotate(said(f"club_{key}"), (0.97, height), **how)
