"""The RFM map: recency across, frequency up, colour for the amount per customer."""

import itertools

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.wording import names

said = texts(__name__)

_EMPTY = "#F3F5F7"

# The strongest cell is still light enough for dark text.
_WEAKEST, _STRONGEST = 0.06, 0.55

# Between regions, as shares of the map: sideways, and the line that holds their names.
_GAP, _BAND = 0.028, 0.084
_MANY = 6  # with more scores than this a cell has room for one number only


def _rfm_map_alt(tiles: pd.DataFrame, *, measure: str = "amount") -> str:
    """Say how many customers each region has and what share of the amount.

    >>> from crm_lessons import wording
    >>> tiles = pd.DataFrame({"customers": [3], "amount": [30.0], "region": ["value"]})
    >>> with wording.using("en"):
    ...     rfm_map.alt(tiles)
    'RFM map, n = 3: Value 3 with 100.0% of sales.'
    """
    total = tiles["amount"].sum()
    sums = tiles.groupby("region", sort=False)[["customers", "amount"]].sum()
    parts = [
        said(
            "alt_rfm_map_part",
            name=_region(region),
            customers=int(row["customers"]),
            share=row["amount"] / total if total else 0.0,
            measure=names.measure(measure),
        )
        for region, row in sums.iterrows()
    ]
    customers = int(tiles["customers"].sum())
    return said("alt_rfm_map", customers=customers, parts=joined(parts))


@chart(alt=_rfm_map_alt)
def rfm_map(tiles: pd.DataFrame, *, measure: str = "amount", ax: Axes | None = None) -> Axes:
    """Draw how many customers have which recency and frequency, and what they bring.

    ``tiles`` is what `crm_lessons.classification.rfm_tiles` returns: one row for each pair of
    scores with ``customers``, ``amount``, ``amount_per_customer`` and ``region``. Regions stand
    apart and are named. The colour follows the logarithm of the amount per customer.

    >>> pairs = pd.MultiIndex.from_tuples([(1, 1), (1, 2), (2, 1), (2, 2)], names=["r", "f"])
    >>> tiles = pd.DataFrame({"customers": [5, 1, 2, 4], "amount": [50.0, 20, 40, 400],
    ...     "amount_per_customer": [10.0, 20, 20, 100],
    ...     "region": ["win_back", "keep", "develop", "value"]}, index=pairs)
    >>> len(rfm_map(tiles).patches)
    4
    """
    bins = int(tiles.index.get_level_values("r").max())
    ax = look.canvas(ax, height=5.2 if bins <= _MANY else 6.0)
    across = _places([tiles.loc[(r, 1), "region"] for r in range(1, bins + 1)], _GAP * bins)
    up = _places([tiles.loc[(1, f), "region"] for f in range(1, bins + 1)], _BAND * bins)
    strength = _strengths(tiles["amount_per_customer"])
    for (r, f), tile in tiles.iterrows():
        corner = across[r - 1], up[f - 1]
        colour = _colour(strength[(r, f)]) if tile["customers"] else _EMPTY
        ax.add_patch(Rectangle(corner, 0.96, 0.94, color=colour, linewidth=0))
        _write(ax, corner, tile, short=bins > _MANY)
    _name_regions(ax, tiles, across, up)
    ax.set(xlim=(0, across[-1] + 1), ylim=(0, up[-1] + 1 + _BAND * bins))
    ax.set_xticks([x + 0.48 for x in across], [str(r) for r in range(1, bins + 1)])
    ax.set_yticks([y + 0.47 for y in up], [str(f) for f in range(1, bins + 1)])
    ax.tick_params(labelcolor=look.INK)
    ax.set_xlabel(said("rfm_map_recency", bins=bins))
    ax.set_ylabel(said("rfm_map_frequency", bins=bins))
    look.bare(ax)
    told = {"customers": int(tiles["customers"].sum()), "measure": names.measure(measure)}
    key = "rfm_map_subtitle" if bins <= _MANY else "rfm_map_subtitle_short"
    look.head(ax, said("rfm_map_title"), said(key, **told), room=4)
    return ax


def _places(regions: list[str], gap: float) -> list[float]:
    """Where cells begin, one after the other; a new region begins after a gap."""
    places = [0.0]
    for before, now in itertools.pairwise(regions):
        places.append(places[-1] + 1 + (gap if now != before else 0.0))
    return places


def _strengths(values: pd.Series) -> pd.Series:
    """From 0 for the smallest amount per customer to 1 for the largest, by logarithm."""
    logs = np.log1p(values.astype("float64").clip(lower=0))
    width = logs.max() - logs.min()
    return (logs - logs.min()) / width if width > 0 else logs * 0.0 + 0.5


def _colour(share: float) -> str:
    strength = _WEAKEST + (_STRONGEST - _WEAKEST) * share
    return to_hex([1 - strength * (1 - part) for part in to_rgb(look.UP)])


def _write(ax: Axes, corner: tuple[float, float], tile: pd.Series, *, short: bool) -> None:
    """The number of customers and, where there is room, what one of them brings."""
    if not tile["customers"]:
        return
    place = corner[0] + 0.48, corner[1] + 0.47
    how = {"ha": "center", "color": look.INK, "textcoords": "offset points", **look.INSIDE}
    heads = int(tile["customers"])
    if short:
        text = look.rounded(heads).replace(",", "") if look.is_narrow() else look.rounded(heads)
        ax.annotate(text, place, (0, 0), va="center", fontsize=look.SMALL, **how)
        return
    ax.annotate(f"{heads:,}", place, (0, 1), va="bottom", fontsize=look.BODY + 1, **how)
    mean = look.rounded(tile["amount_per_customer"])
    ax.annotate(mean, place, (0, -2), va="top", fontsize=look.SMALL, **how)


def _name_regions(ax: Axes, tiles: pd.DataFrame, across: list[float], up: list[float]) -> None:
    """Each region's name and heads on the line above its top left cell."""
    heads = tiles.groupby("region")["customers"].sum()
    for region, cells in tiles.groupby("region"):
        left = cells.index.get_level_values("r").min()
        top = cells.index.get_level_values("f").max()
        told = {"name": _region(region), "customers": int(heads[region])}
        text = said("rfm_map_region", **told)
        place = across[left - 1], up[top - 1] + 0.94
        how = {"va": "bottom", "color": look.INK}
        ax.annotate(text, place, (1, 2), textcoords="offset points", **how)


def _region(region: str) -> str:
    return names.code(region, "schemes.region_")
