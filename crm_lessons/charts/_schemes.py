"""Charts of schemes side by side: how far they agree, and how far flags overlap."""

import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import drawn, spoken, wrapped
from crm_lessons.wording import names

said = texts(__name__)

_STRONGEST = 0.55  # still light enough for dark text
_UNDEFINED = "#F3F5F7"
_MOST_FLAGS = 4

# The width of the chart, of a column of dots, and of the label beside a bar, in inches.
_ROOM, _COLUMN, _LABEL = 5.8, 0.88, 1.3
_SHORTEST = 0.6  # that the longest bar is left on a phone
_HEAD_WIDTH = 11  # columns of a flag's name on one line


def _scheme_agreement_alt(
    matrix: pd.DataFrame, *, measure: str = "cramers_v", codes: names.Codes = "codes.scheme."
) -> str:
    """Say which two schemes agree most, and which least.

    >>> from crm_lessons import wording
    >>> matrix = pd.DataFrame([[1.0, 0.4], [0.4, 1.0]], index=["a", "b"], columns=["a", "b"])
    >>> with wording.using("en"):
    ...     scheme_agreement.alt(matrix)
    'Agreement of 2 schemes: closest are a and b (0.40), furthest apart a and b (0.40).'
    """
    pairs = {
        (one, other): matrix.loc[one, other]
        for one, other in itertools.combinations(matrix.index, 2)
        if np.isfinite(matrix.loc[one, other])
    }
    if not pairs:
        return said("alt_scheme_agreement_none")
    told: dict[str, object] = {"schemes": len(matrix)}
    for word, choose in (("most", max), ("least", min)):
        told[word], told[f"{word}_value"] = _extreme(pairs, choose, codes)
    return said("alt_scheme_agreement", **told)


@chart(alt=_scheme_agreement_alt)
def scheme_agreement(
    matrix: pd.DataFrame,
    *,
    measure: str = "cramers_v",
    codes: names.Codes = "codes.scheme.",
    ax: Axes | None = None,
) -> Axes:
    """Draw each scheme against each: the stronger the colour, the closer they agree.

    ``matrix`` is what `crm_lessons.classification.agreement_matrix` returns for ``measure``
    (``cramers_v``, ``kappa`` or ``jaccard``). Each pair stands once; a scheme's name stands at the
    end of its row and on top of its column. Blue agrees, orange disagrees (kappa below zero).

    >>> matrix = pd.DataFrame([[1.0, 0.4], [0.4, 1.0]], index=["a", "b"], columns=["a", "b"])
    >>> len(scheme_agreement(matrix).patches)
    1
    """
    count = len(matrix)
    ax = look.canvas(ax, height=1.1 + 0.46 * count)
    for row, column in itertools.combinations(range(count), 2):
        value = matrix.iloc[column, row]
        corner = row, column
        ax.add_patch(Rectangle(corner, 0.96, 0.94, color=_colour(value), linewidth=0))
        text = f"{value:.2f}" if np.isfinite(value) else _undefined()
        how = {"ha": "center", "va": "center", "color": look.INK, **look.INSIDE}
        ax.text(corner[0] + 0.48, corner[1] + 0.47, text, **how)
    for place, name in enumerate(matrix.index):
        how = {"va": "center", "color": look.INK, "textcoords": "offset points"}
        ax.annotate(drawn(_name(name, codes), most=26), (place, place + 0.47), (3, 0), **how)
    # Room on the right for the last name, which begins on the diagonal.
    ax.set(xlim=(0, count + 3), ylim=(count, 0), xticks=[], yticks=[])
    look.bare(ax)
    look.head(ax, said("scheme_agreement_title"), said(f"scheme_agreement_{measure}"))
    return ax


def _flag_overlap_alt(table: pd.DataFrame, *, codes: names.Codes = "codes.scheme.") -> str:
    """Say how many customers have exactly which flags.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"buys": [True, False], "tells": [True, False], "customers": [4, 3]})
    >>> with wording.using("en"):
    ...     flag_overlap.alt(table)
    'Overlap, n = 7: buys + tells 4; none of them 3.'
    """
    flags = [name for name in table if name != "customers"]
    parts = []
    for row in table.itertuples(index=False):
        held = [_name(flag, codes) for flag, has in zip(flags, row, strict=False) if has]
        flags_held = said("flag_overlap_and").join(held)
        told = {"flags": flags_held or said("flag_overlap_none"), "customers": int(row.customers)}
        parts.append(said("alt_flag_overlap_part", **told))
    told = {"customers": int(table["customers"].sum())}
    return said("alt_flag_overlap", parts=joined(parts), **told)


@chart(alt=_flag_overlap_alt)
def flag_overlap(
    table: pd.DataFrame, *, codes: names.Codes = "codes.scheme.", ax: Axes | None = None
) -> Axes:
    """Draw how many customers have exactly which flags: dots say which, bars how many.

    ``table`` is what `crm_lessons.classification.overlap` returns for up to four flags: one
    boolean column for each and ``customers``.

    ValueError if there are more flags than can be told apart.

    >>> table = pd.DataFrame({"buys": [True, False], "tells": [True, True], "customers": [4, 3]})
    >>> len(flag_overlap(table).patches)
    2
    """
    flags = [name for name in table if name != "customers"]
    if len(flags) > _MOST_FLAGS:
        raise ValueError(f"at most {_MOST_FLAGS} flags can be drawn, not {len(flags)}")
    ax = look.canvas(ax, height=1.75 + 0.36 * len(table))
    total = max(int(table["customers"].sum()), 1)
    left = len(flags) * look.wider(_COLUMN)
    room = max(_ROOM, left + look.wider(_LABEL) + _SHORTEST)
    scale = (room - left - look.wider(_LABEL)) / max(table["customers"].max(), 1)
    for place, row in enumerate(table.itertuples(index=False)):
        _dots(ax, place, np.array(row[: len(flags)], dtype=bool))
        ax.barh(place, row.customers * scale, left=left, height=0.62, color=look.UP)
        told = {"customers": int(row.customers), "share": row.customers / total}
        text = said("flag_overlap_count", **told)
        _beside(ax, left + row.customers * scale, place, text)
    _flag_heads(ax, table, flags, codes)
    ax.set(xlim=(0, room), ylim=(len(table) - 0.4, -0.6), xticks=[], yticks=[])
    look.bare(ax)
    told = {"customers": int(table["customers"].sum())}
    subtitle = said("flag_overlap_subtitle", **told)
    look.head(ax, said("flag_overlap_title"), subtitle, room=56)
    return ax


def _name(name: str, codes: names.Codes) -> str:
    found = names.code(name, codes)
    return spoken(names.column(name) if found == name else found)


def _colour(value: float) -> str:
    if not np.isfinite(value):
        return _UNDEFINED
    full = look.UP if value >= 0 else look.DOWN
    strength = 0.04 + (_STRONGEST - 0.04) * min(abs(value), 1.0)
    return to_hex([1 - strength * (1 - part) for part in to_rgb(full)])


def _undefined() -> str:
    return said("scheme_agreement_undefined")


def _extreme(
    pairs: dict[tuple[str, str], float], choose: Callable, codes: names.Codes
) -> tuple[str, float]:
    pair = choose(pairs, key=pairs.__getitem__)
    one, other = (_name(name, codes) for name in pair)
    return said("scheme_pair", one=one, other=other), pairs[pair]


def _dots(ax: Axes, place: int, has: np.ndarray) -> None:
    """One row of dots, those of the flags it has filled and joined."""
    middle = (np.arange(len(has)) + 0.45) * look.wider(_COLUMN)
    ax.plot(middle, [place] * len(has), "o", markersize=9, color=look.GRID)
    ax.plot(middle[has], [place] * int(has.sum()), "o-", markersize=9, linewidth=2, color=look.INK)


def _flag_heads(ax: Axes, table: pd.DataFrame, flags: list[str], codes: names.Codes) -> None:
    for place, flag in enumerate(flags):
        name = wrapped(drawn(_name(flag, codes)), _HEAD_WIDTH, 3)
        heads = int(table.loc[table[flag].astype("bool"), "customers"].sum())
        text = said("flag_overlap_flag", name=name, customers=heads)
        how = {"ha": "center", "va": "bottom", "fontsize": look.SMALL, "color": look.INK}
        where = {"xycoords": ax.get_xaxis_transform(), "textcoords": "offset points"}
        ax.annotate(
            text, ((place + 0.45) * look.wider(_COLUMN), 1), (0, 2), linespacing=1.3, **how, **where
        )


def _beside(ax: Axes, x: float, y: float, text: str) -> None:
    how = {"va": "center", "color": look.INK, "textcoords": "offset points"}
    ax.annotate(text, (x, y), (5, 0), **how)
