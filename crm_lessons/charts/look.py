"""How every chart looks: theme, font, colours, where titles stand, how axes write numbers."""

import functools
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import matplotlib.pyplot as plt
import seaborn as sns
from matplotlib import font_manager, patheffects
from matplotlib.axes import Axes
from matplotlib.text import Text

from crm_lessons import wording

FONT, FALLBACK = "Noto Sans SC", "DejaVu Sans"
# Inches. WIDTH is a notebook column. A phone of 360 px leaves a chart 334: at 4.2 inches a text of
# 10 points, the smallest there is, is 11 px high on it.
WIDTH, NARROW = 6.0, 4.2
SMALL, BODY, TITLE = 10, 11, 14

INK = "#1F2933"  # titles and figures
QUIET = "#5A6470"  # everything that only helps to read: 6.0 : 1 on white
GRID = "#E3E7EB"
UP, DOWN = "#0072B2", "#D55E00"  # blue and vermilion of Okabe and Ito
DOWN_TEXT = "#B04D00"  # vermilion dark enough for text on white
# Blue and orange keep their difference for every kind of colour blindness; grey stays behind.
CLASS_COLOURS = {"A": "#0072B2", "B": "#D08000", "C": "#8C96A0"}
# The same hues, dark enough for text on white (at least 4.5 : 1).
CLASS_TEXT = {"A": "#005A8C", "B": "#8A5500", "C": "#5A6470"}
SERIES = ("#0072B2", "#A85F00", "#00694D", "#9B3F78", "#1F2933")

# A white edge that keeps a line or a text readable on top of a coloured area.
HALO = (patheffects.withStroke(linewidth=3.4, foreground="white"),)

# For a text amid the Axes: to look whether it needs room at the edge takes longer than to draw it.
INSIDE = {"in_layout": False}

# The two steps of big numbers on an axis: 万 and 亿, k and M.
_STEPS = {"zh": (1e4, 1e8), "en": (1e3, 1e6)}


@dataclass
class Head:
    """Title and subtitle of a narrow chart, for whoever writes them above it."""

    title: str = ""
    subtitle: str = ""


_head: ContextVar[Head | None] = ContextVar("crm_lessons_narrow_head", default=None)


@contextmanager
def narrow() -> Iterator[Head]:
    """Draw charts for a phone: their heads are not in the picture but given back.

    There they are written as text, which breaks its lines by itself.

    >>> with narrow() as told:
    ...     ax = canvas(None, 3.0)
    ...     head(ax, "Sales rise", "n = 3")
    >>> told.title, float(ax.figure.get_figwidth()), ax.get_title(loc="left")
    ('Sales rise', 4.2, '')
    """
    token = _head.set(Head())
    try:
        yield _head.get()
    finally:
        _head.reset(token)


def is_narrow() -> bool:
    """Whether charts are drawn for a phone just now."""
    return _head.get() is not None


def width() -> float:
    """How many inches wide a chart is drawn."""
    return NARROW if is_narrow() else WIDTH


def wider(share: float) -> float:
    """A share of the width that holds a text, given for `WIDTH`: a larger one of a narrow chart.

    >>> with narrow():
    ...     round(wider(0.2), 3)
    0.286
    """
    return share * WIDTH / width()


def style() -> None:
    """Set seaborn's theme and then the Chinese font; call it once before drawing.

    The order matters: `seaborn.set_theme` puts its own font back.

    >>> style()
    >>> plt.rcParams["font.family"][0]
    'Noto Sans SC'
    """
    sns.set_theme(
        style="white",
        rc={
            "axes.edgecolor": QUIET,
            "axes.labelcolor": QUIET,
            "axes.linewidth": 0.8,
            "axes.unicode_minus": True,
            "axes.titlesize": TITLE,
            "figure.constrained_layout.h_pad": 0.1,
            "figure.constrained_layout.w_pad": 0.1,
            "figure.dpi": 100,
            "figure.facecolor": "white",
            "font.size": BODY,
            "axes.labelsize": SMALL,
            "grid.color": GRID,
            "text.color": INK,
            "text.parse_math": False,  # a dollar sign in a name begins no formula
            "xtick.color": QUIET,
            "ytick.color": QUIET,
            "xtick.labelsize": SMALL,
            "ytick.labelsize": SMALL,
        },
    )
    _add_font()
    plt.rcParams["font.family"] = [FONT, FALLBACK]


def font_file() -> Path:
    """The font that zhplot carries. Importing zhplot would change matplotlib's settings: only its
    place is asked for.

    >>> font_file().name
    'NotoSansSC-Regular.ttf'
    """
    spec = importlib.util.find_spec("zhplot")
    return Path(spec.submodule_search_locations[0]) / "fonts" / "NotoSansSC-Regular.ttf"


@functools.cache
def _add_font() -> None:
    manager = font_manager.fontManager
    manager.addfont(font_file())
    # matplotlib looks both fonts up whenever it measures a text: a sixth of the time of a chart.
    find = manager._find_fonts_by_props
    found = functools.lru_cache(find)

    def once(prop: font_manager.FontProperties, *how: object, **more: object) -> list:
        ours = not how and not more and prop.get_family() == [FONT, FALLBACK]
        return found(prop) if ours else find(prop, *how, **more)

    manager._find_fonts_by_props = once


def canvas(ax: Axes | None, height: float) -> Axes:
    """The given Axes, or those of a new styled figure ``height`` inches high."""
    if ax is None:
        style()
        _, ax = plt.subplots(figsize=(width(), height), layout="constrained")
    else:  # made by somebody who may not have called `style`
        plt.rcParams["text.parse_math"] = False
        for text in ax.findobj(Text):
            text.set_parse_math(False)
    return ax


def head(ax: Axes, title: str, subtitle: str, *, room: float = 8) -> None:
    """Title and subtitle, aligned with the left edge; ``room`` points are left below them."""
    if (told := _head.get()) is not None:
        told.title, told.subtitle = title, subtitle
        return
    lines = 1 + subtitle.count("\n")
    pad = room + SMALL * (0.7 + 1.4 * lines)
    # With no place given matplotlib looks for one at every drawing, a sixth of the time it takes.
    ax.set_title(title, loc="left", y=1.0, pad=pad, color=INK)
    note(ax, subtitle, (0, 1), (0, room), va="bottom")


def note(
    ax: Axes, text: str, at: tuple[float, float], shift: tuple[float, float], **how: object
) -> None:
    """A small quiet text at a place in shares of the Axes, shifted by points."""
    told = {"color": QUIET, "fontsize": SMALL, "linespacing": 1.35} | how
    ax.annotate(text, at, shift, xycoords="axes fraction", textcoords="offset points", **told)


def bare(ax: Axes, *, keep: tuple[str, ...] = (), grid: str = "") -> None:
    """Take away the frame but for the sides to keep, and all tick marks.

    ``grid``: the axis whose ticks have pale lines behind what is drawn, or ``both``.
    """
    for side, spine in ax.spines.items():
        spine.set_visible(side in keep)
    ax.tick_params(length=0)
    if grid:
        ax.grid(axis=grid, linewidth=0.8)
        ax.set_axisbelow(True)


def percent(value: float, _position: int | None = None) -> str:
    """A tick of an axis that runs over shares, whole per cents.

    >>> percent(0.2)
    '20%'
    """
    return f"{value:.0%}"


def big_number(value: float, _position: int | None = None) -> str:
    """A tick of an axis of amounts: 万 and 亿 in Chinese, k and M in English.

    >>> with wording.using("zh"):
    ...     big_number(25_000), big_number(900)
    ('2.5万', '900')
    >>> with wording.using("en"):
    ...     big_number(25_000), big_number(-3_000_000)
    ('25k', '-3M')
    """
    first, second = _STEPS[wording.language()]
    if abs(value) >= second:
        return wording.text("charts.second_step", number=value / second)
    if abs(value) >= first:
        return wording.text("charts.first_step", number=value / first)
    return f"{value:,g}"


def rounded(value: float) -> str:
    """A number of at most three figures, as people of the language count."""
    return big_number(float(f"{value:.3g}"))


def spread(places: list[float], gap: float, *, low: float, high: float) -> list[float]:
    """Ascending places, moved as little as needed to lie at least ``gap`` apart within bounds.

    >>> spread([0.0, 0.1, 0.9], 0.25, low=0, high=0.8)
    [0.0, 0.25, 0.8]
    """
    moved = list(places)
    for i, place in enumerate(moved):
        floor = moved[i - 1] + gap if i else low
        moved[i] = max(place, floor)
    for i in reversed(range(len(moved))):
        ceiling = moved[i + 1] - gap if i + 1 < len(moved) else high
        moved[i] = min(moved[i], ceiling)
    return moved
