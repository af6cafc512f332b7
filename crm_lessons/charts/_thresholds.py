"""Charts of thresholds and groups: what moves with a threshold, what a group is worth."""

import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import _rows, look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import drawn, spoken, words_of
from crm_lessons.wording import names

said = texts(__name__)

_CHANGES = ("changed", "changed_share")
_MARKERS = "osD^v"
_MOST_TICKS = 7


def _threshold_sensitivity_alt(
    table: pd.DataFrame, *, default: float, codes: names.Codes = "codes.class."
) -> str:
    """Say how far each class swings, and how many customers change class at most.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"active": [5, 9], "changed": [4, 0], "changed_share": [0.4, 0.0]},
    ...                      index=[90, 180])
    >>> with wording.using("en"):
    ...     print(threshold_sensitivity.alt(table, default=180))
    Lines, threshold 90 to 180, in use 180: active 5 to 9. At most 4 customers (40.0%) change class.
    """
    parts = [
        said(
            "alt_threshold_part",
            name=spoken(name, codes),
            low=int(table[name].min()),
            high=int(table[name].max()),
        )
        for name in _classes(table)
    ]
    return said(
        "alt_threshold",
        first=table.index.min(),
        last=table.index.max(),
        threshold=default,
        parts=joined(parts),
        changed=int(table["changed"].max()),
        share=float(table["changed_share"].max()),
    )


@chart(alt=_threshold_sensitivity_alt)
def threshold_sensitivity(
    table: pd.DataFrame,
    *,
    default: float,
    unit: str = "",
    codes: names.Codes = "codes.class.",
    ax: Axes | None = None,
) -> Axes:
    """Draw how many customers each class has as the threshold moves; the one in use is marked.

    ``table`` is what `crm_lessons.classification.sensitivity` returns; ``unit`` is what the
    threshold counts, ``days`` or another word for the axis. ``codes`` puts the classes into words,
    such as ``classification.class_names("behaviour")``. At most five classes.

    ValueError if there are more classes than colours.

    >>> table = pd.DataFrame({"active": [5, 9], "dormant": [5, 1], "changed": [4, 0],
    ...                       "changed_share": [0.4, 0.0]}, index=[90, 180])
    >>> len(threshold_sensitivity(table, default=180).lines)
    3
    """
    classes = _classes(table)
    if len(classes) > len(look.SERIES):
        raise ValueError(f"at most {len(look.SERIES)} classes can be drawn, not {len(classes)}")
    ax = look.canvas(ax, height=3.9)
    places = table.index.to_numpy(dtype="float64")
    highest = max(int(table[classes].to_numpy().max()), 1) * 1.08
    ax.axvline(default, color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    for name, colour, marker in zip(classes, look.SERIES, _MARKERS, strict=False):
        ax.plot(places, table[name], marker=marker, markersize=6, color=colour, linewidth=2)
    _line_ends(ax, table, classes, codes, highest)
    how = {"ha": "center", "color": look.QUIET, "fontsize": look.SMALL}
    where = {"xycoords": ax.get_xaxis_transform(), "textcoords": "offset points"}
    in_use = said("threshold_default", threshold=default)
    ax.annotate(in_use, (default, 1), (0, 4), **how, **where)
    ax.set(ylim=(0, highest))
    _threshold_axis(ax, places, unit)
    ax.yaxis.set_major_formatter(look.big_number)
    ax.set_ylabel(said("threshold_customers"))
    look.bare(ax, grid="y")
    told = {"customers": int(table[classes].sum(axis=1).max())}
    look.head(ax, said("threshold_title"), said("threshold_subtitle", **told), room=24)
    return ax


def _group_value_alt(
    table: pd.DataFrame, *, measure: str = "amount", codes: names.Codes | None = None
) -> str:
    """Say the mean and the number of customers of each group.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"customers": [9], "amount_per_customer": [20.0]}, index=["ad"])
    >>> with wording.using("en"):
    ...     group_value.alt(table)
    'Bars, sales per customer: ad 20 (n = 9).'
    """
    words = words_of(table, codes)
    parts = [
        said(
            "alt_group_value_part",
            name=spoken(row.Index, words),
            mean=row.amount_per_customer,
            customers=int(row.customers),
        )
        for row in table.itertuples()
    ]
    told = {"measure": names.measure(measure), "parts": joined(parts)}
    return said("alt_group_value", **told)


@chart(alt=_group_value_alt)
def group_value(
    table: pd.DataFrame,
    *,
    measure: str = "amount",
    confidence: float = 0.95,
    codes: names.Codes | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw what a customer of each group brings on average, with its interval and n.

    ``table`` is what `crm_lessons.classification.value_by_group` returns for this ``confidence``.
    ``codes`` puts the groups into words, else datapackage.json does by the name of the index.

    >>> table = pd.DataFrame({"customers": [9], "amount_per_customer": [20.0], "lower": [15.0],
    ...                       "upper": [25.0]}, index=["ad"])
    >>> len(group_value(table).patches)
    1
    """
    ax = look.canvas(ax, height=1.4 + 0.4 * len(table))
    for place, row in enumerate(table.itertuples()):
        mean = row.amount_per_customer
        _rows.bar(ax, place, mean, (row.lower, row.upper), look.rounded(mean), height=0.62)
    ends = table[["amount_per_customer", "lower", "upper"]].fillna(0.0).to_numpy()
    ax.set(xlim=(min(0.0, ends.min()), 1.2 * max(ends.max(), 1e-9)), xticks=[])
    words = words_of(table, codes)
    titles = [
        said("group_value_name", name=drawn(name, words), customers=int(n))
        for name, n in table["customers"].items()
    ]
    ax.set_yticks(range(len(table)), titles, color=look.INK)
    ax.set_ylim(len(table) - 0.45, -0.55)
    look.bare(ax)
    title = said("group_value_title", measure=names.measure(measure))
    look.head(ax, title, said("group_value_subtitle", confidence=confidence))
    return ax


def _classes(table: pd.DataFrame) -> list[str]:
    return [name for name in table if name not in _CHANGES]


def _line_ends(
    ax: Axes, table: pd.DataFrame, classes: list[str], codes: names.Codes, highest: float
) -> None:
    """Each class's name at the end of its line, moved apart where lines end close together."""
    order = sorted(classes, key=lambda name: table[name].iloc[-1])
    ends = [float(table[name].iloc[-1]) for name in order]
    heights = look.spread(ends, 0.08 * highest, low=0.03 * highest, high=0.97 * highest)
    for name, height in zip(order, heights, strict=True):
        colour = look.SERIES[classes.index(name)]
        place = table.index[-1], height
        how = {"va": "center", "color": colour, "annotation_clip": False}
        ax.annotate(drawn(name, codes, most=20), place, (9, 0), textcoords="offset points", **how)


def _threshold_axis(ax: Axes, places: object, unit: str) -> None:
    if len(places) <= _MOST_TICKS:
        ax.set_xticks(places, [f"{place:,g}" for place in places])
    key = "threshold_axis" if unit else "threshold_axis_plain"
    ax.set_xlabel(said(key, unit=names.code(unit, "charts_thresholds.unit_")))
