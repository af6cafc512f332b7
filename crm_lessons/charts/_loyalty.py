"""Charts of loyalty: what was said against what was done, rates by group, satisfaction by class."""

import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import _rows, look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import drawn, spoken
from crm_lessons.wording import names

said = texts(__name__)


def _stated_against_done_alt(curve: pd.DataFrame) -> str:
    """Say for the lowest, the middle and the highest answers what came of them.

    >>> from crm_lessons import wording
    >>> from crm_lessons.loyalty import calibration_curve
    >>> said, did = pd.Series([0.9, 0.1]), pd.Series([True, False])
    >>> with wording.using("en"):
    ...     print(stated_against_done.alt(calibration_curve(said, did)))
    Stated and done, n = 2: said 10%, bought again 0%; said 90%, bought again 100%.
    """
    shown = curve if len(curve) <= 3 else curve.iloc[[0, len(curve) // 2, -1]]
    parts = [
        said("alt_stated_part", stated=row.stated, rate=row.rate) for row in shown.itertuples()
    ]
    told = {"n": int(curve["customers"].sum())}
    return said("alt_stated", parts=joined(parts), **told)


@chart(alt=_stated_against_done_alt)
def stated_against_done(
    curve: pd.DataFrame, *, confidence: float = 0.95, ax: Axes | None = None
) -> Axes:
    """Draw how many bought again against what they had said, with intervals; the diagonal is true.

    ``curve`` is what `crm_lessons.loyalty.calibration_curve` returns for this ``confidence``.

    >>> from crm_lessons.loyalty import calibration_curve
    >>> said, did = pd.Series([0.9, 0.8, 0.1]), pd.Series([True, False, False])
    >>> len(stated_against_done(calibration_curve(said, did)).collections)
    4
    """
    ax = look.canvas(ax, height=4.8)
    ax.plot([0, 1], [0, 1], color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    most = curve["customers"].max()
    ends = {"color": _rows.DARK, "linewidth": 1.6, "zorder": 2}
    ax.vlines(curve["stated"], curve["lower"], curve["upper"], **ends)
    for row in curve.itertuples():
        size = 30 + 170 * row.customers / most
        dot = {
            "s": size,
            "color": _rows.LIGHT,
            "edgecolor": _rows.DARK,
            "linewidth": 1.5,
            "zorder": 3,
        }
        ax.scatter(row.stated, row.rate, **dot)
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    ax.set(xlim=(-0.04, 1.04), ylim=(-0.02, 1.04), xticks=ticks, yticks=ticks)
    ax.xaxis.set_major_formatter(look.percent)
    ax.yaxis.set_major_formatter(look.percent)
    ax.set_xlabel(said("stated_axis"))
    ax.set_ylabel(said("done_axis"))
    look.bare(ax, grid="both")
    told = {"n": int(curve["customers"].sum()), "confidence": confidence}
    look.head(ax, said("stated_title"), said("stated_subtitle", **told))
    return ax


def _repurchase_rates_alt(
    table: pd.DataFrame, *, codes: names.Codes = "codes.satisfaction_level."
) -> str:
    """Say the rate of each group with its interval.

    >>> from crm_lessons import wording
    >>> from crm_lessons.sampling import rates
    >>> table = rates(pd.Series([5] * 4, name="x"), pd.Series([True] * 3 + [False]))
    >>> with wording.using("en"):
    ...     repurchase_rates.alt(table)
    'Bought again within the time seen: Very satisfied 75% (30% to 95%, n = 4).'
    """
    parts = [
        said(
            "alt_rate_part",
            name=spoken(row.Index, codes),
            rate=row.rate,
            lower=row.lower,
            upper=row.upper,
            n=int(row.customers),
        )
        for row in table[table["customers"] > 0].itertuples()
    ]
    return said("alt_rates", parts=joined(parts))


@chart(alt=_repurchase_rates_alt)
def repurchase_rates(
    table: pd.DataFrame,
    *,
    confidence: float = 0.95,
    codes: names.Codes = "codes.satisfaction_level.",
    ax: Axes | None = None,
) -> Axes:
    """Draw how many of each group bought again, with intervals and n; empty groups are not drawn.

    ``table`` is what `crm_lessons.sampling.rates` returns for this ``confidence``; ``codes`` puts
    the groups (levels 1 to 5, or classes) into words.

    >>> from crm_lessons.sampling import rates
    >>> table = rates(pd.Series([5, 5, 4]), pd.Series([True, False, False]), order=[5, 4, 3])
    >>> len(repurchase_rates(table).patches)
    2
    """
    shown = table[table["customers"] > 0]
    ax = look.canvas(ax, height=1.5 + 0.46 * len(shown))
    for place, row in enumerate(shown.itertuples()):
        _rows.bar(ax, place, row.rate, (row.lower, row.upper), f"{row.rate:.0%}")
    titles = [
        said("group_with_n", name=drawn(name, codes), n=int(n))
        for name, n in shown["customers"].items()
    ]
    ax.set_yticks(range(len(shown)), titles, color=look.INK)
    ax.set(xlim=(0, 1.16), ylim=(len(shown) - 0.45, -0.55), xticks=[])
    look.bare(ax)
    look.head(ax, said("rates_title"), said("rates_subtitle", confidence=confidence))
    return ax


def _satisfaction_by_class_alt(table: pd.DataFrame) -> str:
    """Say the mean of each class.

    >>> from crm_lessons import wording
    >>> from crm_lessons.loyalty import by_abc
    >>> table = by_abc(pd.Series([5.0, 4, 2, 3]), pd.Series(["A", "A", "C", "C"]))
    >>> with wording.using("en"):
    ...     satisfaction_by_class.alt(table)
    'Mean satisfaction, 1 to 5: class A 4.50 (n = 2); class C 2.50 (n = 2).'
    """
    parts = [
        said("alt_by_class_part", name=row.Index, mean=row.mean, n=int(row.customers))
        for row in table[table["customers"] > 0].itertuples()
    ]
    return said("alt_by_class", parts=joined(parts))


@chart(alt=_satisfaction_by_class_alt)
def satisfaction_by_class(
    table: pd.DataFrame, *, confidence: float = 0.95, ax: Axes | None = None
) -> Axes:
    """Draw the mean satisfaction of each ABC class on the scale of 1 to 5, with intervals and n.

    ``table`` is what `crm_lessons.loyalty.by_abc` returns for this ``confidence``.

    >>> from crm_lessons.loyalty import by_abc
    >>> table = by_abc(pd.Series([5.0, 4, 2, 3]), pd.Series(["A", "A", "C", "C"]))
    >>> len(satisfaction_by_class(table).lines)
    4
    """
    shown = table[table["customers"] > 0]
    ax = look.canvas(ax, height=1.7 + 0.55 * len(shown))
    for place, (name, row) in enumerate(shown.iterrows()):
        colour = look.CLASS_TEXT[name]
        ends = [max(row["lower"], 1.0), min(row["upper"], 5.0)]
        ax.plot(ends, [place, place], color=colour, linewidth=2.4)
        ax.plot(row["mean"], place, "o", color=colour, markersize=9)
        how = {"va": "bottom", "ha": "center", "color": look.INK, "textcoords": "offset points"}
        ax.annotate(f"{row['mean']:.2f}", (row["mean"], place), (0, 6), **how)
    titles = [said("class_with_n", name=name, n=int(n)) for name, n in shown["customers"].items()]
    ax.set_yticks(range(len(shown)), titles, color=look.INK)
    ax.set(xlim=(0.95, 5.05), ylim=(len(shown) - 0.5, -0.75), xticks=[1, 2, 3, 4, 5])
    look.bare(ax, grid="x")
    look.head(ax, said("by_class_title"), said("by_class_subtitle", confidence=confidence))
    return ax
