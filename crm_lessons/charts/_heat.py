"""Tables of counts as coloured cells: moving between classes, and two rankings compared."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.charts._names import fitted
from crm_lessons.wording import names

said = texts(__name__)

_APART = 0.22  # the gap before those who were not there in both periods, in cells
CAME, WENT = ("new", "back"), ("gone",)
_OUTSIDE = "#EEF1F4"

# The strongest cell is still light enough for dark text.
_STRONGEST = 0.55


def _migration_alt(table: pd.DataFrame) -> str:
    """Say how many stayed, moved up, moved down, are gone, are new, and are back.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame([[8, 2], [1, 5]], index=["A", "B"], columns=["A", "B"])
    >>> with wording.using("en"):
    ...     migration.alt(table)
    'Of 16 customers 13 stayed in their class, 1 moved up, 2 moved down, 0 are gone. New: 0.'
    """
    stayed, up, down = _directions(table)
    gone = int(table["gone"].drop(list(CAME), errors="ignore").sum()) if "gone" in table else 0
    told = {"stayed": stayed, "up": up, "down": down, "gone": gone}
    for name in CAME:
        row = table.loc[name] if name in table.index else pd.Series(dtype="int64")
        told[name] = int(row.drop("gone", errors="ignore").sum())
    key = "alt_migration_back" if "back" in table.index else "alt_migration"
    return said(key, customers=stayed + up + down + gone, **told)


@chart(alt=_migration_alt)
def migration(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many customers moved from which class to which.

    ``table`` is what `crm_lessons.pareto.migration` returns: counts, rows A, B, C, ``new`` and
    perhaps ``back``, columns A, B, C and ``gone``. Colour says the direction, its strength the
    share of the row.

    >>> table = pd.DataFrame([[8, 2], [1, 5]], index=["A", "new"], columns=["A", "gone"])
    >>> len(migration(table).patches)  # a new customer cannot be gone
    3
    """
    ax = look.canvas(ax, height=4.4 + 0.7 * ("back" in table.index))
    before, after = (said("migration_before"), said("migration_after"))
    _cells(ax, table, before, after)
    look.head(ax, said("migration_title"), said("migration_subtitle"), room=26)
    return ax


def _agreement_alt(table: pd.DataFrame) -> str:
    """Say how many customers have one class by sales and by profit, and how many A are C.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame([[8, 2], [1, 5]], index=["A", "C"], columns=["A", "C"])
    >>> with wording.using("en"):
    ...     agreement.alt(table)
    'For 81.2% of 16 customers both classes agree; A by sales but C by gross profit: 2.'
    """
    same, up, down = _directions(table)
    customers = same + up + down
    share = same / customers if customers else 0.0
    far = int(table.loc["A", "C"]) if "A" in table.index and "C" in table else 0
    return said("alt_agreement", customers=customers, share=share, far=far)


@chart(alt=_agreement_alt)
def agreement(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the classes by sales (rows) against the classes by gross profit (columns).

    ``table`` is what `crm_lessons.pareto.agreement` returns: 3 × 3 counts.

    >>> table = pd.DataFrame([[8, 2], [1, 5]], index=["A", "B"], columns=["A", "B"])
    >>> len(agreement(table).patches)
    4
    """
    ax = look.canvas(ax, height=3.9)
    rows, columns = (said(f"agreement_{side}") for side in ("rows", "columns"))
    _cells(ax, table, rows, columns)
    look.head(ax, said("agreement_title"), said("agreement_subtitle"), room=26)
    return ax


def _cells(ax: Axes, table: pd.DataFrame, rows: str, columns: str) -> None:
    x, y = _places(table.columns), _places(table.index)
    for i, row in enumerate(table.index):
        total = table.iloc[i].sum()
        for j, column in enumerate(table.columns):
            if row in CAME and column in WENT:
                continue
            count = int(table.iloc[i, j])
            share = count / total if total else 0.0
            colour = _colour(row, column, share)
            ax.add_patch(Rectangle((x[j], y[i]), 0.96, 0.94, color=colour, linewidth=0))
            _write(ax, x[j] + 0.48, y[i] + 0.47, count, share)
    ax.set(xlim=(0, x[-1] + 1), ylim=(y[-1] + 1, 0))
    ax.set_xticks(
        [place + 0.48 for place in x], [fitted(_title(c, columns), 14) for c in table.columns]
    )
    ax.set_yticks([place + 0.47 for place in y], [_title(r, rows) for r in table.index])
    ax.xaxis.tick_top()
    ax.tick_params(labelcolor=look.INK)
    look.bare(ax)


def _places(names_: pd.Index) -> list[float]:
    """Where cells begin: one after the other, who came and who went set apart."""
    return [i + (_APART if name in CAME + WENT else 0) for i, name in enumerate(names_)]


def _colour(row: str, column: str, share: float) -> str:
    """Blue for a higher class than before, orange for a lower one, grey for the same."""
    if row in CAME or column in WENT:
        return _OUTSIDE
    full = look.CLASS_COLOURS["C"]
    if row != column:
        full = look.UP if column < row else look.DOWN
    strength = 0.12 + (_STRONGEST - 0.12) * share
    return to_hex([1 - strength * (1 - part) for part in to_rgb(full)])


def _write(ax: Axes, x: float, y: float, count: int, share: float) -> None:
    how = {"ha": "center", "color": look.INK, "textcoords": "offset points", **look.INSIDE}
    ax.annotate(f"{count:,}", (x, y), (0, 1), va="bottom", fontsize=look.BODY + 2, **how)
    ax.annotate(f"{share:.1%}", (x, y), (0, -2), va="top", fontsize=look.SMALL, **how)


def _title(name: str, axis: str) -> str:
    if name in CAME:
        return names.code(name, "codes.before.")
    if name in WENT:
        return names.code(name, "codes.after.")
    return said("class_on_axis", axis=axis, name=name)


def _directions(table: pd.DataFrame) -> tuple[int, int, int]:
    """Customers on the diagonal, left of it (a higher class) and right of it (a lower one)."""
    cells = [
        (row, column, int(table.loc[row, column]))
        for row in table.index.intersection(list(look.CLASS_COLOURS))
        for column in table.columns.intersection(list(look.CLASS_COLOURS))
    ]
    same = sum(count for row, column, count in cells if row == column)
    up = sum(count for row, column, count in cells if column < row)
    down = sum(count for row, column, count in cells if column > row)
    return same, up, down
