"""Charts of what a sample can tell: differences with intervals, p against an unknown n."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import _rows, look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.wording import names

said = texts(__name__)

_GROUPS = "codes.score_group."
_DECIDED = "codes.reminded_by."


def _uplift_groups_alt(table: pd.DataFrame) -> str:
    """Say the uplift of each group in percentage points, with its interval.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"treated": [9], "control": [8], "uplift": [0.1], "lower": [-0.1],
    ...     "upper": [0.3]}, index=["sure"])
    >>> with wording.using("en"):
    ...     uplift_groups.alt(table)
    'Uplift by group in points: Sure +10.0 (-10.0 to +30.0).'
    """
    return said("alt_uplift", parts=_told_apart(table, "uplift", _GROUPS))


@chart(alt=_uplift_groups_alt)
def uplift_groups(table: pd.DataFrame, *, outcome: str = "stayed", ax: Axes | None = None) -> Axes:
    """Draw for each group by how much contact changed the share that stays, with its interval.

    ``table`` is what `crm_lessons.targeting.uplift_by_group` returns; ``outcome`` is what was
    counted, ``stayed`` or ``returned``. Blue where the interval lies above zero, orange where it
    lies below, grey where it holds zero.

    >>> table = pd.DataFrame({"treated": [9], "control": [8], "uplift": [0.1], "lower": [-0.1],
    ...     "upper": [0.3]}, index=["sure"])
    >>> len(uplift_groups(table).lines)  # zero and the point
    2
    """
    known = table.dropna(subset=["uplift"])
    titles = [
        said(
            "uplift_name",
            group=names.code(row.Index, _GROUPS),
            treated=row.treated,
            control=row.control,
        )
        for row in known.itertuples()
    ]
    ax = _differences(known, known["uplift"], titles, ax)
    ax.set_xlabel(said(f"uplift_axis_{outcome}"))
    look.head(ax, said(f"uplift_title_{outcome}"), said("uplift_subtitle"))
    return ax


def _reminded_alt(table: pd.DataFrame) -> str:
    """Say how many points more of the reminded orders were paid, by who decided about it.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"reminded": [9], "not_reminded": [8], "apart": [0.1],
    ...     "lower": [-0.1], "upper": [0.3]}, index=["by_lot"])
    >>> with wording.using("en"):
    ...     reminded.alt(table)
    'Orders paid, reminded less not reminded, in points: A lot decided +10.0 (-10.0 to +30.0).'
    """
    return said("alt_reminded", parts=_told_apart(table, "apart", _DECIDED))


@chart(alt=_reminded_alt)
def reminded(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw by how much more of the reminded orders were paid, with its interval.

    ``table`` is what `crm_lessons.lifecycle.reminders` returns, a row for each way of deciding
    whom to remind. Colours as in `uplift_groups`.

    >>> table = pd.DataFrame({"reminded": [9], "not_reminded": [8], "apart": [0.1],
    ...     "lower": [-0.1], "upper": [0.3]}, index=["by_lot"])
    >>> len(reminded(table).lines)  # zero and the point
    2
    """
    known = table.dropna(subset=["apart"])
    titles = [
        said(
            "reminded_name",
            group=names.code(row.Index, _DECIDED),
            yes=row.reminded,
            no=row.not_reminded,
        )
        for row in known.itertuples()
    ]
    ax = _differences(known, known["apart"], titles, ax)
    ax.set_xlabel(said("reminded_axis"))
    look.head(ax, said("reminded_title"), said("reminded_subtitle"))
    return ax


def _told_apart(table: pd.DataFrame, difference: str, groups: str) -> str:
    """Each row's difference in percentage points with its interval, in words."""
    known = table.dropna(subset=[difference])[[difference, "lower", "upper"]] * 100
    parts = [
        said("alt_uplift_part", group=names.code(who, groups), uplift=points, lower=low, upper=high)
        for who, points, low, high in known.itertuples(name=None)
    ]
    return joined(parts) or said("nothing")


def _differences(
    known: pd.DataFrame, values: pd.Series, titles: list[str], ax: Axes | None
) -> Axes:
    """A point with its interval for each row, coloured by the side of zero it lies on."""
    ax = look.canvas(ax, height=1.6 + 0.62 * max(len(known), 1))
    ax.axvline(0, color=look.INK, linewidth=1, zorder=1)
    for place, (middle, row) in enumerate(zip(values, known.itertuples(), strict=True)):
        side = _rows.against(row.lower, row.upper)
        colour = {1: look.UP, 0: look.QUIET, -1: look.DOWN}[side]
        points = {"uplift": middle * 100, "lower": row.lower * 100, "upper": row.upper * 100}
        ends, text = (row.lower, row.upper), said("uplift_point", **points)
        _rows.point(ax, place, middle, ends, text, colour=colour, above=8)
    widest = float(np.nanmax(np.abs(known[["lower", "upper"]].to_numpy()), initial=0.1))
    reach = look.wider(1.25) * widest  # room for what is written above a point
    ax.set(xlim=(-reach, reach), ylim=(len(known) - 0.4, -0.75))
    ax.set_yticks(range(len(known)), titles, linespacing=1.3)
    ax.tick_params(axis="y", labelcolor=look.INK)
    ax.xaxis.set_major_formatter(_points)
    look.bare(ax, grid="x")
    return ax


def _p_by_size_alt(tables: Mapping[float, pd.DataFrame]) -> str:
    """Say for each division from how many on p is below 5 %.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"p": [0.2, 0.01]}, index=pd.Index([100, 200], name="n"))
    >>> with wording.using("en"):
    ...     p_by_size.alt({0.5: table})
    'p by the number of companies: with 50%/50% in the two groups, p falls below 5% from n = 200.'
    """
    parts = []
    for share, table in tables.items():
        enough = significant_from(table)
        key = "alt_p_never" if enough is None else "alt_p_part"
        told = {"first": share, "second": 1 - share, "n": enough or 0}
        parts.append(said(key, **told))
    return said("alt_p", parts=joined(parts))


@chart(alt=_p_by_size_alt)
def p_by_size(tables: Mapping[float, pd.DataFrame], *, ax: Axes | None = None) -> Axes:
    """Draw p against the unknown number behind two published shares.

    ``tables`` maps the part that the first group makes of all to what
    `crm_lessons.sampling.p_against_n` returns; at most five. The dashed line is 5 %; a dot marks
    where p falls below it.

    >>> table = pd.DataFrame({"p": [0.2, 0.01]}, index=pd.Index([100, 200], name="n"))
    >>> len(p_by_size({0.5: table}).lines)  # 5 %, the curve, its dot
    3
    """
    ax = look.canvas(ax, height=4.0)
    first = next(iter(tables.values()))
    ax.axhline(0.05, color=look.DOWN, linewidth=1.2, linestyle=(0, (4, 3)))
    ends = {share: float(table["p"].iloc[len(table) // 4]) for share, table in tables.items()}
    ordered = sorted(ends, key=ends.get)
    styles = ("-", (0, (5, 2)), (0, (1, 1.5)), "-.", ":")
    for place, (share, colour) in enumerate(zip(ordered, look.SERIES, strict=False)):
        table = tables[share]
        how = {"color": colour, "linewidth": 2, "linestyle": styles[place]}
        label = said("p_line", first=share, second=1 - share)
        ax.plot(table.index, table["p"], label=label, **how)
        enough = significant_from(table)
        if enough is not None:
            ax.plot(enough, 0.05, "o", color=colour, markersize=7)
    ax.set(xlim=(first.index.min(), first.index.max()), ylim=(0, 0.5))
    ax.yaxis.set_major_formatter(look.percent)
    ax.annotate(
        said("p_five"),
        (1, 0.05),
        (-2, 5),
        xycoords=ax.get_yaxis_transform(),
        textcoords="offset points",
        ha="right",
        color="#A84300",
        path_effects=look.HALO,
    )
    ax.legend(frameon=False, loc="upper right", labelcolor=look.INK)
    ax.set_xlabel(said("p_axis"))
    ax.set_ylabel(said("p_value"))
    look.head(ax, said("p_title"), said("p_subtitle"))
    look.bare(ax, keep=("left", "bottom"), grid="y")
    ax.tick_params(pad=7)
    return ax


def significant_from(table: pd.DataFrame, *, alpha: float = 0.05) -> int | None:
    """The smallest n in the table at which p is below alpha; None if there is none.

    >>> significant_from(pd.DataFrame({"p": [0.2, 0.01]}, index=[100, 200]))
    200
    """
    found = table.index[table["p"] < alpha]
    return int(found.min()) if len(found) else None


def _points(value: float, _position: int | None = None) -> str:
    return f"{value * 100:+.0f}" if abs(value) > 1e-9 else "0"
