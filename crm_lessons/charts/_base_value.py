"""Charts of who is still active, and of what the base of customers is worth."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from crm_lessons import wording
from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import drawn, spoken, words_of
from crm_lessons.wording import names

said = texts(__name__)

_BAR = "#A9CCE3"

# The strongest colour still carries dark text.
_BLUES = LinearSegmentedColormap.from_list("alive", ["#F6EFE7", "#F3F5F7", "#8FC1E3"])
_LEVELS = (0.1, 0.5, 0.9)
_MOST_BARS = 12


def _alive_map_alt(grid: pd.DataFrame, *, unit: str = "week") -> str:
    """Say after how long a silence the chance falls below one half, for rare and frequent buyers.

    >>> grid = pd.DataFrame([[1.0, 0.4], [0.9, 0.05]], index=[1, 2], columns=[0.0, 20.0])
    >>> with wording.using("en"):
    ...     print(alive_map.alt(grid))  # doctest: +NORMALIZE_WHITESPACE
    Map of the chance of being active: repeat purchases 1, below 50% after 20 weeks;
    repeat purchases 2, below 50% after 20 weeks.
    """
    parts = []
    for frequency, row in grid.iloc[[0, -1]].iterrows():
        silent = row.index[row.to_numpy() < 0.5]
        key = f"alt_alive_{unit}" if len(silent) else "alt_alive_never"
        told = {"frequency": int(frequency), "since": float(silent[0]) if len(silent) else 0.0}
        parts.append(said(key, **told))
    return said("alt_alive", parts=joined(parts))


@chart(alt=_alive_map_alt)
def alive_map(grid: pd.DataFrame, *, unit: str = "week", ax: Axes | None = None) -> Axes:
    """Draw the chance of being active by how often and how lately somebody bought.

    ``grid`` is what `crm_lessons.buying.alive_grid` returns: rows of repeat purchases from 1,
    columns of the time since the last purchase, in ``unit``. Lines join equal chances.

    >>> grid = pd.DataFrame([[1.0, 0.4], [0.9, 0.05]], index=[1, 2], columns=[0.0, 20.0])
    >>> with wording.using("en"):
    ...     alive_map(grid).get_xlabel()
    'weeks since the last purchase'
    """
    ax = look.canvas(ax, height=4.8)
    across = grid.columns.to_numpy(dtype="float64")
    up = grid.index.to_numpy(dtype="float64")
    values = grid.to_numpy(dtype="float64")
    ax.pcolormesh(across, up, values, cmap=_BLUES, vmin=0, vmax=1, shading="gouraud")
    _lines_of_equal_chance(ax, across, up, values)
    ax.set(xlim=(across[0], across[-1]), ylim=(up[0], up[-1]))
    step = max(1, round(len(up) / 4))
    ticks = np.unique([up[0], *(n for n in up if n % step == 0)])
    ax.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    ax.set_xlabel(said(f"alive_since_{unit}"))
    ax.set_ylabel(said("alive_frequency"))
    look.bare(ax)
    look.head(ax, said("alive_title"), said(f"alive_subtitle_{unit}", age=across[-1]))
    return ax


def _base_value_alt(
    segments: pd.DataFrame,
    *,
    years: float = 3.0,
    currency: str = "CNY",
    codes: names.Codes | None = None,
) -> str:
    """Say what each segment is worth and between which bounds.

    >>> segments = pd.DataFrame({"customers": [3], "lifetime_value": [900.0], "lower": [700.0],
    ...     "upper": [1200.0], "share": [1.0]}, index=pd.Index(["A"], name="class"))
    >>> with wording.using("en"):
    ...     base_value.alt(segments)
    'Value of customers in the next 3 years, n = 3, in yuan: A 900 (700 to 1,200).'
    """
    words = words_of(segments, codes)
    parts = [
        said(
            "alt_base_part",
            name=spoken(_in_words(name, words)),
            value=float(row["lifetime_value"]),
            lower=float(row["lower"]),
            upper=float(row["upper"]),
        )
        for name, row in segments.iterrows()
    ]
    told = {"customers": int(segments["customers"].sum()), "currency": names.currency(currency)}
    return said("alt_base", parts=joined(parts), years=years, **told)


@chart(alt=_base_value_alt)
def base_value(
    segments: pd.DataFrame,
    *,
    years: float = 3.0,
    confidence: float = 0.95,
    currency: str = "CNY",
    codes: names.Codes | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw what each segment is worth, with the interval of what may really come.

    ``segments`` is ``BaseValue.segments`` of `crm_lessons.buying`: one row per segment with
    ``customers``, ``lifetime_value``, ``lower``, ``upper`` and ``share``; ``years`` and
    ``confidence`` are those it was worked out for. ``codes`` puts the names of segments into words.
    Of more than 12 segments the ones worth most are drawn.

    >>> segments = pd.DataFrame({"customers": [3, 9], "lifetime_value": [900.0, 90.0],
    ...     "lower": [700.0, 50.0], "upper": [1200.0, 150.0], "share": [0.9, 0.1]},
    ...     index=pd.Index(["A", "B"], name="class"))
    >>> len(base_value(segments).patches)
    2
    """
    shown = segments
    if len(segments) > _MOST_BARS:
        shown = segments.sort_values("lifetime_value", ascending=False).head(_MOST_BARS)
    ax = look.canvas(ax, height=1.5 + 0.5 * len(shown))
    places = np.arange(len(shown))
    value = shown["lifetime_value"].to_numpy(dtype="float64")
    low, high = (shown[name].to_numpy(dtype="float64") for name in ("lower", "upper"))
    ax.barh(places, value, height=0.56, color=_BAR)
    ax.hlines(places, low, high, color=look.INK, linewidth=1.6)
    ax.plot(value, places, "o", color=look.INK, markersize=5)
    for place, (_, row) in zip(places, shown.iterrows(), strict=True):
        # Less than a cent is nothing, and no 1.5e-09.
        rounded = look.big_number(float(f"{round(row['lifetime_value'], 2):.3g}") + 0.0)
        text = said("base_bar", value=rounded, share=row["share"])
        end = max(row["upper"], row["lifetime_value"], 0.0)
        how = {"va": "center", "color": look.INK, "textcoords": "offset points"}
        ax.annotate(text, (end, place), (7, 0), **how)
    reach = max(float(np.nanmax(high)), float(value.max()), 1e-9)
    ax.set(xlim=(min(0.0, float(low.min())), 1.42 * reach), ylim=(len(shown) - 0.5, -0.55))
    words = words_of(segments, codes)
    titles = [
        said("base_name", name=drawn(_in_words(name, words)), customers=int(count))
        for name, count in shown["customers"].items()
    ]
    ax.set_yticks(places, titles, color=look.INK, linespacing=1.35)
    ax.set_xticks([])
    look.bare(ax)
    told = {"customers": int(segments["customers"].sum()), "currency": names.currency(currency)}
    told |= {"years": years, "confidence": confidence}
    look.head(ax, said("base_title"), said("base_subtitle", **told))
    return ax


def _in_words(name: object, words: names.Codes) -> str:
    """A segment in words; everybody, and who has no segment, by this chart's own."""
    key = f"charts_base_value.segment_{name}"
    return wording.text(key) if wording.has(key) else names.code(name, words)


def _lines_of_equal_chance(
    ax: Axes, across: np.ndarray, up: np.ndarray, values: np.ndarray
) -> None:
    levels = [level for level in _LEVELS if values.min() < level < values.max()]
    if not levels or len(up) < 2:
        return
    lines = ax.contour(across, up, values, levels=levels, colors=look.INK, linewidths=1.2)
    written = ax.clabel(lines, fmt=look.percent, fontsize=look.SMALL, inline=False)
    for text in written:
        text.set(color=look.INK, path_effects=look.HALO, rotation=0)
