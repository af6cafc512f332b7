"""Charts of a forecast against what came: by past purchases, and day by day."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts

said = texts(__name__)

# What came is ink; the model's forecast is blue and the naive one orange, as everywhere.
_COLOURS = {"actual": look.INK, "predicted": look.UP, "naive": "#A85F00"}
_STYLES = {
    "actual": {"marker": "o", "markersize": 6, "linewidth": 1.8},
    "predicted": {"marker": "s", "markersize": 5, "linewidth": 1.8},
    "naive": {"marker": "^", "markersize": 5, "linewidth": 1.2, "linestyle": (0, (4, 3))},
}

# A period of more days than this is marked by months, a shorter one by days.
_MONTHS = 180
_NARROW = 0.2


def _forecast_by_frequency_alt(table: pd.DataFrame) -> str:
    """Say what was forecast and what came for the least and the most frequent customers.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"customers": [5, 2], "actual": [0.2, 1.0],
    ...     "predicted": [0.3, 0.9], "naive": [0.0, 1.5]}, index=["0", "1+"])
    >>> with wording.using("en"):
    ...     print(forecast_by_frequency.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    Mean purchases in the second part by repeat purchases in the first, n = 7: 0 (n = 5)
    actual 0.20, model 0.30, as before 0.00; 1+ (n = 2) actual 1.00, model 0.90, as before 1.50.
    """
    ends = table.iloc[[0, -1]] if len(table) > 1 else table
    parts = [
        said(
            "alt_frequency_part",
            frequency=frequency,
            customers=int(row["customers"]),
            **{name: float(row[name]) for name in _COLOURS},
        )
        for frequency, row in ends.iterrows()
    ]
    told = {"customers": int(table["customers"].sum())}
    return said("alt_frequency", parts=joined(parts), **told)


@chart(alt=_forecast_by_frequency_alt)
def forecast_by_frequency(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw mean purchases in the second part by repeat purchases in the first.

    ``table`` is what `crm_lessons.buying.by_frequency` returns: one row per past frequency (text)
    with ``customers``, ``actual``, ``predicted`` and ``naive``.

    >>> table = pd.DataFrame({"customers": [5, 2], "actual": [0.2, 1.0],
    ...     "predicted": [0.3, 0.9], "naive": [0.0, 1.5]}, index=["0", "1+"])
    >>> len(forecast_by_frequency(table).lines)
    3
    """
    ax = look.canvas(ax, height=4.6)
    across = np.arange(len(table))
    # The forecasts first, so that what came lies on top.
    for name in ("naive", "predicted", "actual"):
        line = {"color": _COLOURS[name], "clip_on": False} | _STYLES[name]
        ax.plot(across, table[name].to_numpy(dtype="float64"), **line)
    highest = float(np.nanmax(table[list(_COLOURS)].to_numpy(dtype="float64")))
    ax.set(xlim=(-0.5, max(across[-1], 1) + 0.15), ylim=(0, 1.08 * highest if highest else 1))
    _name_at_end(ax, {name: float(table[name].iloc[-1]) for name in _COLOURS})
    titles = [
        said("frequency_tick", frequency=frequency, customers=_heads(count))
        for frequency, count in table["customers"].items()
    ]
    if look.is_narrow():  # with their brackets they do not fit beside each other
        titles = [title.translate({ord("("): None, ord(")"): None}) for title in titles]
    ax.set_xticks(across, titles, color=look.INK, linespacing=1.4)
    ax.set_xlabel(said("frequency_axis_narrow" if look.is_narrow() else "frequency_axis"))
    look.bare(ax, keep=("bottom",), grid="y")
    subtitle = said("frequency_subtitle", customers=int(table["customers"].sum()))
    look.head(ax, said("frequency_title"), subtitle)
    return ax


def _forecast_tracking_alt(table: pd.DataFrame) -> str:
    """Say where both curves end and how far apart they are there.

    >>> from crm_lessons import wording
    >>> days = pd.date_range("2026-01-01", periods=3)
    >>> table = pd.DataFrame({"actual": [0, 5, 10], "predicted": [0.0, 4.0, 9.0],
    ...     "second_part": [False, False, True]}, index=days)
    >>> with wording.using("en"):
    ...     print(forecast_tracking.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    Cumulative repeat purchases from 2026-01-01 to 2026-01-03, the test after 2026-01-02:
    in the test part actual 5, forecast 5.
    """
    second = table["second_part"].to_numpy(dtype=bool)
    known = table[~second]
    start = known.iloc[-1] if len(known) else table.iloc[0]
    told = {name: float(table[name].iloc[-1] - start[name]) for name in ("actual", "predicted")}
    days = {
        "first": f"{table.index[0]:%Y-%m-%d}",
        "last": f"{table.index[-1]:%Y-%m-%d}",
        "split": f"{known.index[-1] if len(known) else table.index[0]:%Y-%m-%d}",
    }
    return said("alt_tracking", **told, **days)


@chart(alt=_forecast_tracking_alt)
def forecast_tracking(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw cumulative repeat purchases, counted and expected, over both parts of the data.

    ``table`` is ``HoldOut.tracking`` of `crm_lessons.buying`: index of days, ``actual``,
    ``predicted``, ``second_part``.

    >>> days = pd.date_range("2026-01-01", periods=4)
    >>> table = pd.DataFrame({"actual": [0, 2, 5, 7], "predicted": [0.0, 2.5, 4.5, 6.0],
    ...     "second_part": [False, False, True, True]}, index=days)
    >>> len(forecast_tracking(table).lines)
    3
    """
    ax = look.canvas(ax, height=4.4)
    days = date2num(table.index.to_numpy())
    ax.plot(days, table["predicted"], color=_COLOURS["predicted"], linewidth=2)
    ax.plot(days, table["actual"], color=_COLOURS["actual"], linewidth=2)
    top = 1.12 * max(float(table["predicted"].max()), float(table["actual"].max()), 1.0)
    ax.set(xlim=(days[0], max(days[-1], days[0] + 1)), ylim=(0, top))
    _mark_split(ax, table)
    ends = {name: float(table[name].iloc[-1]) for name in ("actual", "predicted")}
    _name_at_end(ax, ends, totals=True)
    ticks = table.index[np.linspace(0, len(days) - 1, min(4, len(days))).astype(int)]
    written = "%Y-%m" if (table.index[-1] - table.index[0]).days > _MONTHS else "%m-%d"
    ax.set_xticks(date2num(ticks.to_numpy()), [f"{day:{written}}" for day in ticks])
    ax.tick_params(pad=7)
    ax.yaxis.set_major_formatter(look.big_number)
    look.bare(ax, keep=("bottom",), grid="y")
    look.head(ax, said("tracking_title"), said("tracking_subtitle"))
    return ax


def _heads(count: float) -> str:
    """A number of customers that fits under its mark: whole up to 9,999, then three figures, two
    on a phone."""
    if count < 10_000:
        return f"{count:,.0f}"
    return look.big_number(float(f"{count:.{2 if look.is_narrow() else 3}g}"))


def _mark_split(ax: Axes, table: pd.DataFrame) -> None:
    """The day from which the forecast is tested, and what lies on both sides of it."""
    days = table.index
    first = days[~table["second_part"].to_numpy(dtype=bool)]
    if len(first) in (0, len(days)):
        return
    split = date2num(first[-1])
    ax.axvline(split, color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    how = {"va": "top", "color": look.QUIET, "fontsize": look.SMALL}
    place = {"xycoords": ax.get_xaxis_transform(), "textcoords": "offset points"}
    test = said("tracking_test")
    known = said("tracking_fit")
    share = (split - ax.get_xlim()[0]) / np.ptp(ax.get_xlim())
    # A side too narrow for its name goes without; the subtitle tells the sides apart.
    if share > _NARROW:
        ax.annotate(known, (split, 1), (-6, -2), ha="right", **place, **how)
    if share < 1 - _NARROW:
        ax.annotate(test, (split, 1), (6, -2), ha="left", **place, **how)


def _name_at_end(ax: Axes, ends: dict[str, float], *, totals: bool = False) -> None:
    """Each line named in the right margin, at the height where it ends."""
    high = ax.get_ylim()[1]
    ordered = sorted(ends, key=ends.get)
    step = 0.13 if totals else 0.075
    heights = look.spread(
        [ends[name] / high for name in ordered], step, low=0.03, high=1.0 - step / 2
    )
    key = "total" if totals else "name"
    for name, height in zip(ordered, heights, strict=True):
        text = said(f"{key}_{name}", count=ends[name])
        ax.annotate(
            text,
            (1.0, height),
            (12, 0),
            xycoords="axes fraction",
            textcoords="offset points",
            color=_COLOURS[name],
            va="center",
            linespacing=1.25,
            annotation_clip=False,
        )
