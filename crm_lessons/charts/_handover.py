"""Charts of what gets lost: in a migration, and with a salesperson who leaves."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import _rows, look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import MOST, drawn, spoken, words_of, wrapped
from crm_lessons.wording import names
from crm_lessons.wording.names import Codes

said = texts(__name__)

_MOST = 12


def _wrong(page: pd.DataFrame) -> pd.Series:
    """How many records each check that counts them found, those of none left out."""
    counted = page["is_now"].where(~page.index.str.startswith(("records", "sum:")))
    return counted[counted > 0].astype("int64").sort_values(ascending=False, kind="stable")


def _check(name: str) -> str:
    kind, _, field = str(name).partition(":")
    return said(f"move_{kind}", field=names.column(field))


def _move_checks_alt(page: pd.DataFrame) -> str:
    """Say what was found wrong, or that nothing was.

    >>> from crm_lessons import wording
    >>> page = pd.DataFrame({"is_now": [2.0, 0.0]}, index=pd.Index(["lost", "doubled"]))
    >>> with wording.using("en"):
    ...     move_checks.alt(page)
    'Lost records: 2.'
    """
    found = _wrong(page).head(_MOST)
    parts = [
        said("alt_move_part", check=spoken(_check(name)), records=n) for name, n in found.items()
    ]
    return said("alt_move", parts=joined(parts)) if parts else said("alt_move_none")


@chart(alt=_move_checks_alt)
def move_checks(page: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many records a migration lost, doubled, added, and changed by field.

    ``page`` from `crm_lessons.records.sign_off`; checks that found nothing are left out, of more
    than 12 the largest are drawn.

    >>> page = pd.DataFrame({"is_now": [2.0, 0.0]}, index=pd.Index(["lost", "doubled"]))
    >>> len(move_checks(page).patches)
    1
    """
    found = _wrong(page).head(_MOST)
    ax = look.canvas(ax, height=1.3 + 0.36 * max(len(found), 1))
    for place, (_, count) in enumerate(found.items()):
        _rows.bar(ax, place, count, (np.nan, np.nan), look.rounded(count))
    titles = [wrapped(drawn(_check(name), most=2 * MOST), MOST) for name in found.index]
    ax.set_yticks(range(len(found)), titles, color=look.INK)
    top = float(found.max()) if len(found) else 1.0
    ax.set(xlim=(0, 1.2 * top), ylim=(max(len(found), 1) - 0.45, -0.55), xticks=[])
    look.bare(ax)
    key = "move_subtitle" if len(found) else "alt_move_none"
    look.head(ax, said("move_title"), said(key))
    return ax


def _dependence_alt(table: pd.DataFrame, *, codes: Codes | None = None) -> str:
    """Say on whom most depends.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"customers": [9, 4], "alone": [6, 1], "alone_share": [0.667, 0.25]},
    ...     index=pd.Index(["Xu", "Ma"], name="salesperson"))
    >>> with wording.using("en"):
    ...     dependence.alt(table)
    'Salespeople: 2. Most depends on Xu: nobody else has spoken to 6 of 9 customers (67%).'
    """
    words, first = words_of(table, codes), table.sort_values("alone_share").iloc[-1]
    told = {"alone": int(first["alone"]), "customers": int(first["customers"])}
    who = spoken(first.name, words)
    return said("alt_dependence", n=len(table), who=who, share=float(first["alone_share"]), **told)


@chart(alt=_dependence_alt)
def dependence(table: pd.DataFrame, *, codes: Codes | None = None, ax: Axes | None = None) -> Axes:
    """Draw which share of each salesperson's customers nobody else has spoken to.

    ``table`` from `crm_lessons.records.dependence`; ``codes`` the words for the salespeople, else
    those of datapackage.json. Of more than 12 those on whom most depends are drawn.

    >>> table = pd.DataFrame({"customers": [9, 4], "alone": [6, 1], "alone_share": [0.667, 0.25]},
    ...     index=pd.Index(["Xu", "Ma"], name="salesperson"))
    >>> len(dependence(table).patches)
    2
    """
    words = words_of(table, codes)
    ordered = table.sort_index().sort_values("alone_share", ascending=False, kind="stable")
    shown = ordered.head(_MOST)
    ax = look.canvas(ax, height=1.3 + 0.36 * len(shown))
    for place, (_, row) in enumerate(shown.iterrows()):
        counts = {"alone": int(row["alone"]), "customers": int(row["customers"])}
        told = said("dependence_bar", share=row["alone_share"], **counts)
        _rows.bar(ax, place, row["alone_share"], (np.nan, np.nan), told)
    titles = [drawn(name, words, most=16) for name in shown.index]
    ax.set_yticks(range(len(shown)), titles, color=look.INK)
    ax.set(xlim=(0, 1 + look.wider(0.4)), ylim=(len(shown) - 0.45, -0.55), xticks=[])
    look.bare(ax)
    more = "dependence_subtitle" if len(shown) == len(table) else "dependence_subtitle_part"
    look.head(ax, said("dependence_title"), said(more, shown=len(shown), total=len(table)))
    return ax
