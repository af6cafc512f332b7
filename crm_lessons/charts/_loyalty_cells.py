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
_BELOW = 0.8  # the gap above a band that lies below another: its name stands there
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
    ax = look.canvas(ax, height=7.0 if look.is_narrow() else 5.0)
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
    look.head(ax, said("cells_title"), said("cells_subtitle", n=total, used=used), room=44)
    return ax


def _place(row: tuple) -> tuple[float, float]:
    band, told = _BANDS.index(row.repurchase), _RECOMMENDATIONS.index(row.recommendation)
    x, y = _corner(band)
    return x + told, y + 5 - row.satisfaction


def _corner(band: int) -> tuple[float, float]:
    """Where a band of five rows and three columns begins: beside the last one, on a phone below."""
    return (0.0, band * (5 + _BELOW)) if look.is_narrow() else (band * (3 + _APART), 0.0)


def _end() -> tuple[float, float]:
    """Where the cells end: the last column, the last row."""
    x, y = _corner(len(_BANDS) - 1)
    return x + 3, y + 5


def _tint(colour: str, part: float) -> str:
    strength = _PALEST + (_STRONGEST - _PALEST) * part
    return to_hex([1 - strength * (1 - one) for one in to_rgb(colour)])


def _axes_words(ax: Axes) -> None:
    """Levels of satisfaction on the left, recommendations above the columns, bands above them."""
    right, bottom = _end()
    rows_of_key = -(-len(_COLOURS) // _key_columns())
    ax.set(xlim=(0, right), ylim=(bottom + 0.3 + rows_of_key, 0))
    corners = [_corner(band) for band in range(len(_BANDS))]
    levels = [names.code(level, "codes.satisfaction_level.") for level in (5, 4, 3, 2, 1)]
    short = [said(f"recommend_{told}") for told in _RECOMMENDATIONS]
    rows = sorted({y for _, y in corners})
    columns = sorted({x for x, _ in corners})
    places = [y + row + 0.465 for y in rows for row in range(5)]
    ax.set_yticks(places, levels * len(rows), color=look.INK)
    size = look.SMALL if look.is_narrow() else 9
    ax.set_xticks([x + one + 0.475 for x in columns for one in range(3)], short * len(columns))
    ax.tick_params(axis="x", labelsize=size)
    ax.xaxis.tick_top()
    for (x, y), band in zip(corners, _BANDS, strict=True):
        how = {"ha": "center", "va": "bottom", "color": look.INK, "textcoords": "offset points"}
        above = 3 if y else 22  # the first band has the columns' words above it
        ax.annotate(said(f"band_{band}"), (x + 1.475, y), (0, above), **how)


def _key_columns() -> int:
    """How many classes of the key stand side by side."""
    return 3 if look.is_narrow() else len(_COLOURS)


def _key(ax: Axes, table: pd.DataFrame) -> None:
    """Below the cells, each class with its colour and its count."""
    counts = table.groupby("loyalty_class")["customers"].sum()
    right, bottom = _end()
    across = _key_columns()
    width = right / across
    for place, (name, colour) in enumerate(_COLOURS.items()):
        left, top = place % across * width, bottom + 0.38 + place // across
        swatch = _tint(colour, 1.0)
        ax.add_patch(Rectangle((left, top), 0.15 * width, 0.86, color=swatch, linewidth=0))
        told = {"name": names.code(name, "codes.loyalty_class."), "n": int(counts.get(name, 0))}
        text = said("key", **told)
        how = {"va": "center", "color": look.INK, "fontsize": look.SMALL}
        ax.text(left + 0.21 * width, top + 0.43, text, linespacing=1.25, **how)
