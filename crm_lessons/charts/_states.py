"""Charts of states: how many in each at every month end, and what moved from which to which."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from crm_lessons.charts import _names, look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.wording import names

said = texts(__name__)

CODES = "codes.state."
# Those who are there in blues, those who fell silent in orange and grey.
COLOURS = {
    "loyal": "#004B75", "repeat": "#3388BB", "first": "#8FC1E0", "won_back": "#00694D",
    "dormant": "#E0A458", "lost": "#C3C9CF",
}  # fmt: skip
_STRONGEST = 0.55


def _states_over_time_alt(counts: pd.DataFrame) -> str:
    """Say how many were in each state at the first and at the last month end.

    >>> from crm_lessons import wording
    >>> ends = pd.to_datetime(["2025-01-31", "2025-02-28"])
    >>> with wording.using("en"):
    ...     states_over_time.alt(pd.DataFrame({"first": [3, 1], "lost": [0, 2]}, index=ends))
    'States from 2025-01 to 2025-02: First-time 3 → 1; Lost 0 → 2.'
    """
    parts = [
        said("alt_states_part", state=names.code(name, CODES), first=own.iloc[0], last=own.iloc[-1])
        for name, own in counts.items()
    ]
    months = {"start": f"{counts.index[0]:%Y-%m}", "end": f"{counts.index[-1]:%Y-%m}"}
    return said("alt_states", parts=joined(parts), **months)


@chart(alt=_states_over_time_alt)
def states_over_time(counts: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the customers in each state at every month end, one above the other.

    ``counts`` of `crm_lessons.lifecycle.Movements`: index month end, a column for each state.

    >>> ends = pd.to_datetime(["2025-01-31", "2025-02-28"])
    >>> len(states_over_time(pd.DataFrame({"first": [3, 1], "lost": [0, 2]}, index=ends)).texts)
    3
    """
    ax = look.canvas(ax, height=4.4)
    shown = [name for name in COLOURS if name in counts and counts[name].any()]
    heights = counts[shown].to_numpy(dtype="float64").T
    ax.stackplot(counts.index, heights, colors=[COLOURS[name] for name in shown], linewidth=0)
    top = max(float(heights.sum(axis=0).max()), 1.0)
    ends = [float(heights[: i + 1, -1].sum() - heights[i, -1] / 2) for i in range(len(shown))]
    places = look.spread(ends, 0.075 * top, low=0.03 * top, high=0.97 * top)
    for name, place in zip(shown, places, strict=True):
        text = said("state_end", state=names.code(name, CODES), n=int(counts[name].iloc[-1]))
        how = {"va": "center", "color": look.INK, "annotation_clip": False}
        ax.annotate(text, (counts.index[-1], place), (8, 0), textcoords="offset points", **how)
    first = min(counts.index[0], counts.index[-1] - pd.Timedelta(days=1))
    ax.set(xlim=(first, counts.index[-1]), ylim=(0, top))
    step = -(-len(counts) // 5)
    ticks = counts.index[::-1][::step][::-1]
    ax.set_xticks(ticks, [f"{day:%Y-%m}" for day in ticks])
    ax.yaxis.set_major_formatter(look.big_number)
    look.head(ax, said("states_title"), said("states_subtitle"))
    look.bare(ax)
    ax.tick_params(pad=7)
    return ax


def _moves_alt(shares: pd.DataFrame) -> str:
    """Say of each state how many are still in it after a month, and where most others go.

    >>> from crm_lessons import wording
    >>> shares = pd.DataFrame([[0.7, 0.3], [0.1, 0.9]], ["first", "lost"], ["first", "lost"])
    >>> with wording.using("en"):
    ...     moves.alt(shares)
    'Within a month: First-time, 70.0% stay, 30.0% to Lost; Lost, 90.0% stay, 10.0% to First-time.'
    """
    parts = []
    for name, row in shares.dropna(how="all").iterrows():
        others = row.drop(name)
        told = {"state": names.code(name, CODES), "stay": row[name], "share": others.max()}
        parts.append(said("alt_moves_part", to=names.code(others.idxmax(), CODES), **told))
    return said("alt_moves", parts=joined(parts))


@chart(alt=_moves_alt)
def moves(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw what becomes of the customers of each state within a month: rows sum to 1.

    ``shares`` of `crm_lessons.lifecycle.Movements`. Blue is coming nearer, orange going away, grey
    staying; the stronger, the more of the row.

    >>> shares = pd.DataFrame([[0.7, 0.3], [0.1, 0.9]], ["first", "lost"], ["first", "lost"])
    >>> len(moves(shares).patches)
    4
    """
    known = shares.dropna(how="all")
    ax = look.canvas(ax, height=1.3 + 0.5 * len(known))
    for i, row in enumerate(known.index):
        for j, column in enumerate(known.columns):
            share = float(known.loc[row, column])
            ax.add_patch(
                Rectangle((j, i), 0.96, 0.92, color=_cell(row, column, share), linewidth=0)
            )
            if share:
                text = f"{share:.0%}" if share >= 0.005 else said("under_one")
                how = {"ha": "center", "va": "center", "color": look.INK}
                ax.annotate(text, (j + 0.48, i + 0.46), **how, **look.INSIDE)
    ax.set(xlim=(0, len(known.columns)), ylim=(len(known), 0))
    columns = [_names.fitted(names.code(one, CODES), 7) for one in known.columns]
    ax.set_xticks([j + 0.48 for j in range(len(columns))], columns)
    rows = [names.code(one, CODES) for one in known.index]
    ax.set_yticks([i + 0.46 for i in range(len(rows))], rows)
    ax.xaxis.tick_top()
    ax.tick_params(labelcolor=look.INK)
    look.head(ax, said("moves_title"), said("moves_subtitle"), room=26)
    look.bare(ax)
    return ax


def _cell(row: str, column: str, share: float) -> str:
    """Grey for staying, orange towards silence, blue for the rest."""
    full = look.CLASS_COLOURS["C"]
    if row != column:
        full = look.DOWN if column in ("dormant", "lost") else look.UP
    strength = 0.06 + (_STRONGEST - 0.06) * share
    return to_hex([1 - strength * (1 - part) for part in to_rgb(full)])
