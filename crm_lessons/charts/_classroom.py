"""Charts of a class: who got what right, the commonest mistakes, the time it took.

The frames have one row per exercise with its ``number`` and ``title`` in the language in use.
"""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.charts._names import drawn, spoken
from crm_lessons.wording.names import width

said = texts(__name__)

_DARK, _LIGHT = "#005A8C", "#A9CCE3"
_SHORT = 8  # columns of names that leave room for a legend on one line
_ORANGE = look.CLASS_COLOURS["B"]

# Each standing has a sign as well as a colour: colour alone says nothing to some.
STANDINGS = ("first", "later", "not_yet", "none")
SIGNS = {"first": "✓", "later": "↻", "not_yet": "×", "none": ""}
_CELLS = {"first": "#5B9BC8", "later": "#CFE3F1", "not_yet": "#F0B46A", "none": "#F3F5F7"}


def _first_tries_alt(items: pd.DataFrame) -> str:
    """Say which exercise most got right at once, and which fewest.

    >>> from crm_lessons import wording
    >>> items = pd.DataFrame(
    ...     {"title": ["Cut", "Steps"], "trainees": [4, 4], "right_first": [1, 3]}
    ... )
    >>> with wording.using("en"):
    ...     first_tries.alt(items)
    'Right at the first try: most at “Steps” (75%), fewest at “Cut” (25%).'
    """
    tried = items[items["trainees"] > 0]
    if tried.empty:
        return said("alt_nothing")
    rates = tried["right_first"] / tried["trainees"]
    best, worst = tried.loc[rates.idxmax(), "title"], tried.loc[rates.idxmin(), "title"]
    told = {"best": best, "best_rate": rates.max(), "worst": worst, "worst_rate": rates.min()}
    return said("alt_first_tries", **told)


@chart(alt=_first_tries_alt)
def first_tries(items: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw for each exercise the share of those who tried and were right at once, and in the end.

    ``items`` has ``number``, ``title``, ``trainees``, ``right_first``, ``right_in_the_end``.

    >>> items = pd.DataFrame({"number": [1, 2], "title": ["Cut", "Gini"], "trainees": 24,
    ...     "right_first": [20, 9], "right_in_the_end": [24, 18]})
    >>> len(first_tries(items).patches)
    4
    """
    ax = look.canvas(ax, height=1.5 + 0.36 * len(items))
    for place, row in enumerate(items.itertuples()):
        people = max(row.trainees, 1)
        ax.barh(place, row.right_in_the_end / people, height=0.62, color=_LIGHT)
        ax.barh(place, row.right_first / people, height=0.62, color=_DARK)
        told = said("bar_first", right=row.right_first, trainees=row.trainees)
        _beside(ax, row.right_in_the_end / people, place, told)
    ax.set(xlim=(0, 1.22), xticks=[0, 0.25, 0.5, 0.75, 1])
    ax.xaxis.set_major_formatter(look.percent)
    _rows(ax, items)
    _head(ax, "first_tries", trainees=int(items["trainees"].max() if len(items) else 0))
    return ax


def _standing_alt(table: pd.DataFrame) -> str:
    """Say how many cells of the map are of each kind.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({1: ["first", None], 2: ["not_yet", "later"]})
    >>> with wording.using("en"):
    ...     print(standing.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    2 trainees × 2 exercises: right at the first try 1, right later 1, not yet right 1,
    not tried 1.
    """
    counts = pd.Series(table.to_numpy().ravel()).fillna("none").value_counts()
    told = {name: int(counts.get(name, 0)) for name in ("first", "later", "not_yet", "none")}
    told |= {"trainees": len(table), "items": len(table.columns)}
    return said("alt_standing", **told)


@chart(alt=_standing_alt)
def standing(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw trainees × exercises: right at the first try, later, not yet, not tried.

    ``table`` has one row per trainee and one column per exercise (its number), with the codes of
    `STANDINGS`; missing is ``none``.

    >>> table = pd.DataFrame({1: ["first", None], 2: ["not_yet", "later"]}, index=["Li", "Wang"])
    >>> [text.get_text() for text in standing(table).texts][:3]
    ['✓', '×', '↻']
    """
    ax = look.canvas(ax, height=1.75 + 0.235 * len(table))
    codes = table.astype(object).where(table.notna(), "none")
    numbers = codes.apply(lambda column: column.map(STANDINGS.index)).to_numpy(dtype=float)
    colours = ListedColormap([_CELLS[name] for name in STANDINGS])
    ax.pcolormesh(numbers, cmap=colours, vmin=-0.5, vmax=3.5, edgecolors="white", linewidth=1.2)
    for row, line in enumerate(codes.to_numpy()):
        for column, code in enumerate(line):
            if SIGNS[code]:
                how = {"ha": "center", "va": "center", "fontsize": look.SMALL, **look.INSIDE}
                ax.text(column + 0.5, row + 0.5, SIGNS[code], color=look.INK, **how)
    ax.set_xticks([i + 0.5 for i in range(len(table.columns))], [str(c) for c in table.columns])
    names = [drawn(name, most=16) for name in table.index]
    ax.set_yticks([i + 0.5 for i in range(len(table))], names, color=look.INK)
    ax.set(ylim=(len(table), 0))
    ax.xaxis.tick_top()
    look.bare(ax)
    _legend(ax, columns=4 if max(map(width, names), default=0) <= _SHORT else 2)
    _head(ax, "standing", room=24, trainees=len(table))
    return ax


def _mistakes_alt(table: pd.DataFrame) -> str:
    """Say which wrong answer most trainees gave.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"title": ["Cut"], "mistake_told": ["80%"], "trainees": [16]})
    >>> with wording.using("en"):
    ...     mistakes.alt(table)
    'The commonest mistake: “80%” at “Cut”, 16 trainees.'
    """
    if table.empty:
        return said("alt_nothing")
    first = table.iloc[0]
    told = {
        "title": first["title"],
        "answer": spoken(first["mistake_told"]),
        "trainees": int(first["trainees"]),
    }
    return said("alt_mistakes", **told)


@chart(alt=_mistakes_alt)
def mistakes(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many trainees made each mistake; ``table`` has ``title``, ``mistake_told`` and
    ``trainees``.

    >>> told = {"title": ["Cut", "Gini"], "mistake_told": ["80%", "3"], "trainees": [9, 2]}
    >>> len(mistakes(pd.DataFrame(told)).patches)
    2
    """
    ax = look.canvas(ax, height=1.3 + 0.36 * len(table))
    for place, row in enumerate(table.itertuples()):
        ax.barh(place, row.trainees, height=0.62, color=_ORANGE)
        _beside(ax, row.trainees, place, str(row.trainees))
    most = table["trainees"].max() if len(table) else 1
    ax.set(xlim=(0, 1.12 * most), ylim=(len(table) - 0.4, -0.6), xticks=[])
    names = [
        said("bar_mistake", title=row.title, answer=drawn(row.mistake_told))
        for row in table.itertuples()
    ]
    ax.set_yticks(range(len(table)), names, color=look.INK)
    look.bare(ax)
    _head(ax, "mistakes")
    return ax


def _minutes_alt(times: pd.DataFrame) -> str:
    """Say which exercise took longest.

    >>> from crm_lessons import wording
    >>> times = pd.DataFrame({"title": ["Cut", "Steps"], "median_minutes": [2.0, 1.0]})
    >>> with wording.using("en"):
    ...     minutes.alt(times)
    'The median trainee spent most time on “Cut”: 2.0 minutes.'
    """
    if times.empty:
        return said("alt_nothing")
    longest = times.loc[times["median_minutes"].idxmax()]
    told = {"title": longest["title"], "minutes": longest["median_minutes"]}
    return said("alt_minutes", **told)


@chart(alt=_minutes_alt)
def minutes(times: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the median of the minutes spent on each exercise and the middle half of the class.

    ``times`` has ``number``, ``title``, ``median_minutes``, ``quarter``, ``three_quarters``.

    >>> times = pd.DataFrame({"number": [1, 2], "title": ["Cut", "Gini"],
    ...     "median_minutes": [2.0, 3.5], "quarter": [1.0, 2.0], "three_quarters": [4.0, 6.0]})
    >>> len(minutes(times).lines)
    4
    """
    ax = look.canvas(ax, height=1.5 + 0.36 * len(times))
    for place, row in enumerate(times.itertuples()):
        span = [row.quarter, row.three_quarters]
        ax.plot(span, [place, place], color=_LIGHT, linewidth=7, solid_capstyle="round")
        ax.plot(row.median_minutes, place, "o", markersize=8, color=_DARK)
        told = said("minutes", minutes=row.median_minutes)
        _beside(ax, max(row.three_quarters, row.median_minutes), place, told, shift=10)
    longest = times["three_quarters"].max() if len(times) else 0
    ax.set(xlim=(0, 1.2 * longest or 1))  # a class that took no time still has an axis
    _rows(ax, times)
    _head(ax, "minutes")
    return ax


def _rows(ax: Axes, table: pd.DataFrame) -> None:
    """One row per exercise, first on top, named by number and title."""
    names = [said("row", number=row.number, title=row.title) for row in table.itertuples()]
    ax.set_yticks(range(len(table)), names, color=look.INK)
    ax.set_ylim(len(table) - 0.4, -0.6)
    look.bare(ax, grid="x")


def _beside(ax: Axes, x: float, y: float, text: str, *, shift: float = 5) -> None:
    how = {"va": "center", "color": look.INK, "fontsize": look.SMALL, "path_effects": look.HALO}
    ax.annotate(text, (x, y), (shift, 0), textcoords="offset points", **how)


def _head(ax: Axes, chart: str, *, room: float = 8, **told: object) -> None:
    title, subtitle = (said(f"{chart}_{part}", **told) for part in ("title", "subtitle"))
    look.head(ax, title, subtitle, room=room)


def _legend(ax: Axes, *, columns: int) -> None:
    told = [f"{SIGNS[name]} {said(name)}".strip() for name in STANDINGS]
    boxes = [
        Patch(color=_CELLS[name], label=text) for name, text in zip(STANDINGS, told, strict=True)
    ]
    ax.legend(
        handles=boxes, loc="upper left", bbox_to_anchor=(0, -0.002), ncols=columns, frameon=False,
        fontsize=look.SMALL, handlelength=1.2, columnspacing=1.2, borderaxespad=0.4,
    )  # fmt: skip
