"""Charts of lasting: the triangle of cohorts, and survival with the numbers at risk."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from crm_lessons import lifecycle
from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import drawn, spoken
from crm_lessons.wording.names import Codes

said = texts(__name__)

_MOST_ROWS, _MOST_COLUMNS = 14, 13
_MOST_GROUPS = 5
_RISK_AT = 5  # about so many times at which the numbers at risk stand below the curves


def _cohort_triangle_alt(triangle: pd.DataFrame) -> str:
    """Say how many of the oldest and of the youngest ripe cohort were there at the age 1.

    >>> from crm_lessons import wording
    >>> ends = pd.to_datetime(["2025-01-01", "2025-02-01"])
    >>> with wording.using("en"):
    ...     print(cohort_triangle.alt(pd.DataFrame([[9.0, 3.0], [8.0, np.nan]], index=ends)))
    Cohorts: 2; one period after the first purchase 33.3% bought (cohorts that are ripe: 1).
    """
    ripe = triangle[1].notna() if 1 in triangle else pd.Series(False, triangle.index)
    told = {"cohorts": len(triangle), "ripe": int(ripe.sum())}
    if not ripe.any():
        return said("alt_cohorts_none", **told)
    share = float(triangle.loc[ripe, 1].sum() / triangle.loc[ripe, 0].sum())
    return said("alt_cohorts", share=share, **told)


@chart(alt=_cohort_triangle_alt)
def cohort_triangle(triangle: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the share of each cohort that bought at each age; what is yet to come stays empty.

    ``triangle`` from `crm_lessons.lifecycle.cohorts`, of customers. The youngest cohorts and ages
    are drawn, at most 14 and 13.

    >>> ends = pd.to_datetime(["2025-01-01", "2025-02-01"])
    >>> len(cohort_triangle(pd.DataFrame([[9.0, 3.0], [8.0, np.nan]], index=ends)).patches)
    3
    """
    shown = triangle.iloc[-_MOST_ROWS:, :_MOST_COLUMNS]
    ax = look.canvas(ax, height=1.4 + 0.27 * len(shown))
    later = shown.iloc[:, 1:].div(shown[0], axis=0)
    strongest = float(np.nanmax(later.to_numpy())) if later.notna().any(axis=None) else 1.0
    for i, (_, row) in enumerate(shown.iterrows()):
        for j in range(shown.shape[1]):
            if np.isnan(row.iloc[j]):
                continue
            share = float(row.iloc[j] / row.iloc[0])
            colour = "#EEF1F4" if j == 0 else _blue(share / (strongest or 1.0))
            ax.add_patch(Rectangle((j, i), 0.95, 0.92, color=colour, linewidth=0))
            text = f"{row.iloc[j]:,.0f}" if j == 0 else f"{100 * share:.0f}"
            how = {"ha": "center", "va": "center", "color": look.INK, "fontsize": look.SMALL}
            ax.annotate(text, (j + 0.475, i + 0.46), **how, **look.INSIDE)
    ax.set(xlim=(0, max(shown.shape[1], 2)), ylim=(len(shown), 0))
    ages = [said("cohort_came"), *(str(age) for age in range(1, shown.shape[1]))]
    ax.set_xticks([j + 0.475 for j in range(shown.shape[1])], ages)
    ax.set_yticks([i + 0.46 for i in range(len(shown))], lifecycle.called(shown))
    ax.xaxis.tick_top()
    ax.tick_params(labelcolor=look.INK)
    months = triangle.attrs.get("months", 1)
    key = "cohorts_subtitle_quarter" if months == 3 else "cohorts_subtitle"
    look.head(ax, said("cohorts_title"), said(key), room=24)
    look.bare(ax)
    return ax


def _blue(strength: float) -> str:
    part = 0.08 + 0.5 * strength
    return to_hex([1 - part * (1 - one) for one in to_rgb(look.UP)])


def _lasting_alt(table: pd.DataFrame, *, codes: Codes = "", most: int = _MOST_GROUPS) -> str:
    """Say of each group how many are still there at the end of its curve.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"group": "all", "time": [0.0, 9.0], "at_risk": [4, 3],
    ...     "share": [1.0, 0.75], "lower": [1.0, 0.4], "upper": [1.0, 0.9]})
    >>> with wording.using("en"):
    ...     lasting.alt(table, codes={"all": "All"})
    'Still there: All, 75.0% after 9 days (n = 4).'
    """
    parts = []
    for name in _groups(table, most):
        own = table[table["group"] == name]
        told = {"group": spoken(name, codes), "n": int(own["at_risk"].iloc[0])}
        told |= {"time": float(own["time"].iloc[-1]), "share": float(own["share"].iloc[-1])}
        parts.append(said("alt_lasting_part", **told))
    return said("alt_lasting", parts=joined(parts))


@chart(alt=_lasting_alt)
def lasting(
    table: pd.DataFrame, *, codes: Codes = "", most: int = _MOST_GROUPS, ax: Axes | None = None
) -> Axes:
    """Draw the share still there after so many days, by group, with how many are still watched.

    ``table`` from `crm_lessons.lifecycle.survival`, times in days. Of many groups the ``most``
    largest are drawn; a single one has its interval. ``codes``: the words for the groups.

    >>> table = pd.DataFrame({"group": "all", "time": [0.0, 9.0], "at_risk": [4, 3],
    ...     "share": [1.0, 0.75], "lower": [1.0, 0.4], "upper": [1.0, 0.9]})
    >>> len(lasting(table).lines)
    1
    """
    groups = _groups(table, most)
    ax = look.canvas(ax, height=4.0 + 0.22 * len(groups))
    end = max(float(table["time"].max()), 1.0)
    ticks = MaxNLocator(_RISK_AT, integer=True).tick_values(0, end)
    ticks = ticks[(ticks >= 0) & (ticks <= end)]
    ends = []
    for name, colour in zip(groups, look.SERIES, strict=False):
        own = table[table["group"] == name]
        times, shares = np.append(own["time"], end), np.append(own["share"], own["share"].iloc[-1])
        ax.step(times, shares, where="post", color=colour, linewidth=2.0)
        ends.append(float(shares[-1]))
        if len(groups) == 1:
            low, high = (np.append(own[one], own[one].iloc[-1]) for one in ("lower", "upper"))
            ax.fill_between(times, low, high, step="post", color="#DCEBF5", linewidth=0)
    ax.set(xlim=(0, end), ylim=(0, 1.02), xticks=ticks)
    _at_risk(ax, table, groups, ticks, codes)
    ax.yaxis.set_major_formatter(look.percent)
    ax.set_xticks(ticks, [f"{one:,.0f}" for one in ticks])
    look.head(ax, said("lasting_title"), said("lasting_subtitle"))
    look.bare(ax, keep=("bottom",), grid="y")
    return ax


def _groups(table: pd.DataFrame, most: int) -> list[object]:
    """The largest groups, the largest first."""
    heads = table.groupby("group", sort=True)["at_risk"].max()
    return heads.sort_values(ascending=False, kind="stable").index[:most].to_list()


def _at_risk(ax: Axes, table: pd.DataFrame, groups: list, ticks: np.ndarray, codes: Codes) -> None:
    """Below the axis a line for each group in its colour: how many are still watched then."""
    below = {"xycoords": ax.get_xaxis_transform(), "textcoords": "offset points"}
    quiet = {"color": look.QUIET, "fontsize": look.SMALL, "annotation_clip": False, **below}
    ax.annotate(said("lasting_risk"), (0, 0), (0, -34), va="center", ha="left", **quiet)
    for line, (name, colour) in enumerate(zip(groups, look.SERIES, strict=False)):
        own = table[table["group"] == name].set_index("time")["at_risk"]
        low = -52 - 16 * line
        how = quiet | {"color": colour, "va": "center"}
        ax.annotate(drawn(name, codes, most=16), (0, 0), (-24, low), ha="right", **how)
        for tick in ticks:
            later = own[own.index >= tick - 1e-9]
            n = int(later.iloc[0]) if len(later) else 0
            ax.annotate(f"{n:,}", (tick, 0), (0, low), ha="center", **how)
