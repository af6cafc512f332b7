"""Charts of leads: which columns were filled in only after the outcome."""

import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.charts._names import drawn, spoken
from crm_lessons.wording import names

said = texts(__name__)

SIDES = {
    "filled_won": ("o", look.UP),
    "filled_lost": ("s", look.DOWN),
    "filled_open": ("D", look.INK),
}
_OFFSETS = (-0.16, 0.0, 0.16)  # where all three lie on one another each must still be seen
_ROWS = 14


def _leak_traces_alt(table: pd.DataFrame) -> str:
    """Say how many columns give the answer away, and how unlike the first is filled.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"filled_won": [0.9], "filled_lost": [0.0], "filled_open": [0.0],
    ...     "verdict": ["filled_afterwards"]}, index=["invoice"])
    >>> with wording.using("en"):
    ...     print(leak_traces.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    Columns n = 1. Filled in or changed afterwards, by their traces: 1. First: invoice, filled for
    90% of won, 0% of lost, 0% of open leads.
    """
    found = _ordered(table)
    if found.empty:
        return said("alt_no_columns")
    row = found.iloc[0]
    told = {name: _share(row[name]) for name in SIDES}
    count = int((found["verdict"] != "known_then").sum())
    first = spoken(names.column(found.index[0]))
    return said("alt_leaks", n=len(found), count=count, first=first, **told)


@chart(alt=_leak_traces_alt)
def leak_traces(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw for which share of won, lost and open leads each column is filled.

    ``table`` is what `crm_lessons.targeting.leaks` returns. Columns that were filled in or changed
    afterwards stand first; of more than 14 columns the first are drawn.

    >>> table = pd.DataFrame({"filled_won": [0.9], "filled_lost": [0.0], "filled_open": [0.0],
    ...     "verdict": ["filled_afterwards"]}, index=["invoice"])
    >>> len(leak_traces(table).lines)  # a point for each side
    3
    """
    shown = _ordered(table).head(_ROWS)
    ax = look.canvas(ax, height=1.9 + 0.42 * max(len(shown), 1))
    for place, row in enumerate(shown.itertuples()):
        values = [getattr(row, name) for name in SIDES]
        known = [value for value in values if not pd.isna(value)]
        if known:
            ax.hlines(place, min(known), max(known), color=look.GRID, linewidth=3, zorder=1)
        for offset, value, drawn_as in zip(_OFFSETS, values, SIDES.values(), strict=True):
            mark, colour = drawn_as
            ax.plot(value, place + offset, mark, color=colour, markersize=6, zorder=2)
    ax.set(xlim=(-0.04, 1.04), ylim=(len(shown) - 0.4, -0.6))
    ax.set_yticks(range(len(shown)), [drawn(names.column(name)) for name in shown.index])
    for tick, verdict in zip(ax.get_yticklabels(), shown["verdict"], strict=True):
        tick.set_color(look.INK if verdict == "known_then" else look.DOWN_TEXT)
    ax.xaxis.set_major_formatter(look.percent)
    ax.set_xlabel(said("leak_axis"))
    look.head(ax, said("leak_title"), said("leak_subtitle"))
    look.bare(ax, grid="x")
    return ax


def _share(value: float) -> str:
    return said("no_such") if pd.isna(value) else f"{value:.0%}"


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Columns with a trace first, by name within."""
    known = table.sort_index()
    return known.iloc[(known["verdict"] == "known_then").argsort(kind="stable")]
