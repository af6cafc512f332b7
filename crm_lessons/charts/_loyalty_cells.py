"""The 45 cells of satisfaction, repurchase and recommendation as a heat map."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.wording import names

said = texts(__name__)

# Blue, orange, green, purple and grey: apart for every kind of colour blindness, and
# each class is one block of cells with its name beside the colour below.
_COLOURS = {
    "loyal": "#0072B2",
    "captive": "#D08000",
    "wavering": "#009E73",
    "leaving": "#9B3F78",
    "ordinary": "#8C96A0",
}
_PALEST, _STRONGEST = 0.10, 0.60
_APART = 0.14  # the gap between the bands, in cells
_BANDS, _RECOMMENDATIONS = ("high", "middle", "low"), (3, 2, 1)


def _loyalty_cells_alt(table: pd.DataFrame) -> str:
    """Say how many cells are in use and how many respondents each class has.

    >>> from crm_lessons import wording
    >>> from crm_lessons.loyalty import cells, indicators
    >>> people = pd.DataFrame({"overall": [5], "repurchase_probability": [0.9], "recommends": [9]})
    >>> with wording.using("en"):
    ...     loyalty_cells.alt(cells(indicators(people))).split(":")[0]
    'Heat map of 45 cells, n = 1, of which 1 in use'
    """
    counts = table.groupby("loyalty_class")["customers"].sum()
    parts = [
        said(
            "alt_cells_part",
            name=names.code(name, "codes.loyalty_class."),
            n=int(counts.get(name, 0)),
        )
        for name in _COLOURS
    ]
    told = {"n": int(table["customers"].sum()), "used": int((table["customers"] > 0).sum())}
    return said("alt_cells", parts=joined(parts), **told)


@chart(alt=_loyalty_cells_alt)
def loyalty_cells(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many respondents stand in each of the 45 cells; the colour says the class by rule.

    ``table`` is what `crm_lessons.loyalty.cells` returns.

    >>> from crm_lessons.loyalty import cells, indicators
    >>> people = pd.DataFrame({"overall": [5], "repurchase_probability": [0.9], "recommends": [9]})
    >>> len(loyalty_cells(cells(indicators(people))).patches)  # 45 cells and five keys
    50
    """
    ax = look.canvas(ax, height=5.0)
    most = max(int(table["customers"].max()), 1)
    for row in table.itertuples():
        x, y = _place(row)
        colour = _tint(_COLOURS[row.loyalty_class], row.customers / most)
        ax.add_patch(Rectangle((x, y), 0.95, 0.93, color=colour, linewidth=0))
        if row.customers:
            how = {"ha": "center", "va": "center", "color": look.INK, **look.INSIDE}
            ax.text(x + 0.475, y + 0.465, f"{row.customers:,}", **how)
    _axes_words(ax)
    _key(ax, table)
    look.bare(ax)
    total = int(table["customers"].sum())
    used = int((table["customers"] > 0).sum())
    subtitle = said("cells_subtitle", n=total, used=used)
    look.head(ax, said("cells_title"), subtitle, room=44)
    return ax


def _place(row: tuple) -> tuple[float, float]:
    band, told = _BANDS.index(row.repurchase), _RECOMMENDATIONS.index(row.recommendation)
    return band * (3 + _APART) + told, 5 - row.satisfaction


def _tint(colour: str, part: float) -> str:
    strength = _PALEST + (_STRONGEST - _PALEST) * part
    return to_hex([1 - strength * (1 - one) for one in to_rgb(colour)])


def _axes_words(ax: Axes) -> None:
    """Levels of satisfaction on the left, recommendations above the columns, bands above them."""
    ax.set(xlim=(0, 9 + 2 * _APART), ylim=(6.3, 0))
    levels = [names.code(level, "codes.satisfaction_level.") for level in (5, 4, 3, 2, 1)]
    ax.set_yticks([place + 0.465 for place in range(5)], levels, color=look.INK)
    columns = [band * (3 + _APART) + told + 0.475 for band in range(3) for told in range(3)]
    short = [said(f"recommend_{told}") for told in _RECOMMENDATIONS]
    ax.set_xticks(columns, short * 3, fontsize=9)
    ax.xaxis.tick_top()
    for place, band in enumerate(_BANDS):
        middle = place * (3 + _APART) + 1.475
        text = said(f"band_{band}")
        how = {"ha": "center", "va": "bottom", "color": look.INK}
        where = {"xycoords": ax.get_xaxis_transform(), "textcoords": "offset points"}
        ax.annotate(text, (middle, 1), (0, 22), **how, **where)


def _key(ax: Axes, table: pd.DataFrame) -> None:
    """Below the cells, each class with its colour and its count."""
    counts = table.groupby("loyalty_class")["customers"].sum()
    width = (9 + 2 * _APART) / len(_COLOURS)
    for place, (name, colour) in enumerate(_COLOURS.items()):
        left = place * width
        swatch = _tint(colour, 1.0)
        ax.add_patch(Rectangle((left, 5.38), 0.3, 0.86, color=swatch, linewidth=0))
        told = {"name": names.code(name, "codes.loyalty_class."), "n": int(counts.get(name, 0))}
        text = said("key", **told)
        how = {"va": "center", "color": look.INK, "fontsize": look.SMALL}
        ax.text(left + 0.42, 5.81, text, linespacing=1.25, **how)
