"""Charts of what is counted and what is claimed: customers by definition, statements of the notes
by what became of them, and which tables of a firm feed which module of a CRM system."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.charts._names import drawn, fitted, spoken, wrapped
from crm_lessons.wording import names
from crm_lessons.wording.names import Codes

said = texts(__name__)

_PALE = "#A9CCE3"
_WIDE = 15  # columns of a name beside its bar, on two lines
_HEAD = 11  # columns of the name of a module on a line, where it stands level


def _customers_by_definition_alt(table: pd.DataFrame, *, codes: Codes = "") -> str:
    """Say the narrowest and the widest count.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"people": [3, 8], "unknown": [0, 1]}, index=["buyer", "all"])
    >>> with wording.using("en"):
    ...     customers_by_definition.alt(table.astype("Int64"))
    'Definitions: 2. Fewest customers: buyer, 3; most: all, 8.'
    """
    known = table["people"].dropna().astype("int64")
    if known.empty:
        return said("alt_definitions_none")
    ends = {"few": known.idxmin(), "many": known.idxmax()}
    told = {name: spoken(one, codes) for name, one in ends.items()}
    told |= {f"{name}_n": int(known[one]) for name, one in ends.items()}
    return said("alt_definitions", n=len(known), **told)


@chart(alt=_customers_by_definition_alt)
def customers_by_definition(
    table: pd.DataFrame, *, codes: Codes = "", ax: Axes | None = None
) -> Axes:
    """Draw how many customers each definition counts, and how many it cannot judge.

    ``table`` from `crm_lessons.classification.definition_counts`: ``people`` and ``unknown`` by
    definition; one without a count is left out. The pale end of a bar are people of whom the data
    cannot tell.

    >>> table = pd.DataFrame({"people": [3, 8], "unknown": [0, 1]}, index=["buyer", "all"])
    >>> len(customers_by_definition(table.astype("Int64")).patches)
    4
    """
    known = table[table["people"].notna()].astype({"people": "int64", "unknown": "int64"})
    ax = look.canvas(ax, height=1.6 + 0.42 * max(len(known), 1))
    for place, (people, unknown) in enumerate(zip(known["people"], known["unknown"], strict=True)):
        ax.barh(place, people, height=0.64, color=look.UP)
        ax.barh(place, unknown, left=people, height=0.64, color=_PALE)
        key = "definition_bar_unknown" if unknown else "definition_bar"
        _beside(ax, people + unknown, place, said(key, people=people, most=people + unknown))
    ends = known["people"] + known["unknown"]
    _rows(ax, known.index, codes, float(ends.max()) if len(ends) else 1.0)
    look.head(ax, said("definitions_title"), said("definitions_subtitle"), room=8)
    return ax


def _claims_by_alt(table: pd.DataFrame, *, by: str = "status", codes: Codes = "") -> str:
    """Say which group is largest, and how many statements there are.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"claims": [3, 1]}, index=["distorted", "unsourced"])
    >>> with wording.using("en"):
    ...     claims_by.alt(table)
    'Statements: 4. Most: distorted, 3 (75%).'
    """
    total = int(table["claims"].sum())
    if not total:
        return said("alt_claims_none")
    most = table["claims"].idxmax()
    count = int(table.loc[most, "claims"])
    told = {"most": spoken(most, codes), "count": count, "share": count / total}
    return said("alt_claims", total=total, **told)


@chart(alt=_claims_by_alt)
def claims_by(
    table: pd.DataFrame, *, by: str = "status", codes: Codes = "", ax: Axes | None = None
) -> Axes:
    """Draw how many statements stand in each group, in the order given.

    ``table``: ``claims`` by group; ``by`` is ``status`` (what became of checking) or ``error``
    (where the error lies) and chooses the title.

    >>> table = pd.DataFrame({"claims": [3, 1]}, index=["distorted", "unsourced"])
    >>> len(claims_by(table, by="error").patches)
    2
    """
    total = max(int(table["claims"].sum()), 1)
    ax = look.canvas(ax, height=1.6 + 0.42 * max(len(table), 1))
    colour = look.UP if by == "status" else look.DOWN
    for place, count in enumerate(table["claims"]):
        ax.barh(place, count, height=0.64, color=colour)
        _beside(ax, count, place, said("claims_bar", count=int(count), share=count / total))
    _rows(ax, table.index, codes, float(table["claims"].max() if len(table) else 1))
    look.head(ax, said(f"claims_title_{by}"), said("claims_subtitle", total=total), room=8)
    return ax


def _modules_fed_alt(table: pd.DataFrame, *, codes: Codes = "codes.crm_module.") -> str:
    """Say how many tables each module is fed by.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"stock": [True, True]}, index=["orders", "leads"])
    >>> with wording.using("en"):
    ...     modules_fed.alt(table)
    'Tables: 2. Fed by them: stock 2.'
    """
    parts = [
        said("module_part", module=spoken(name, codes), n=int(column.sum()))
        for name, column in table.items()
    ]
    return said("alt_modules", tables=len(table), parts=said("and").join(parts))


@chart(alt=_modules_fed_alt)
def modules_fed(
    table: pd.DataFrame, *, codes: Codes = "codes.crm_module.", ax: Axes | None = None
) -> Axes:
    """Draw which table (row) feeds which module of a CRM system (column).

    ``table``: True where it does, index the tables as people call them, columns the modules.

    >>> table = pd.DataFrame({"sales": [True, False]}, index=["orders", "staff"])
    >>> len(modules_fed(table).collections)
    2
    """
    ax = look.canvas(ax, height=1.9 + 0.33 * max(len(table), 1))
    across, down = np.meshgrid(np.arange(table.shape[1]), np.arange(len(table)))
    fed = table.to_numpy(bool)
    ax.scatter(across[~fed], down[~fed], s=14, color=look.GRID)
    ax.scatter(across[fed], down[fed], s=90, color=look.UP)
    turned = look.is_narrow()
    heads = [wrapped(drawn(one, codes), 99 if turned else _HEAD, 3) for one in table.columns]
    how = {"fontsize": look.SMALL, "linespacing": 1.2, "rotation": 90 if turned else 0}
    ax.set_xticks(range(len(heads)), heads, **how)
    ax.xaxis.tick_top()
    titles = [drawn(one, most=16 if look.is_narrow() else 26) for one in table.index]
    ax.set_yticks(range(len(titles)), titles)
    ax.tick_params(labelcolor=look.INK)
    ax.set(xlim=(-0.6, table.shape[1] - 0.4), ylim=(max(len(table), 1) - 0.4, -0.6))
    look.bare(ax)
    look.head(ax, said("modules_title"), said("modules_subtitle"), room=58)
    return ax


def _rows(ax: Axes, index: pd.Index, codes: Codes, end: float) -> None:
    """The names beside the bars, and room on the right for what stands at their ends."""
    titles = [fitted(drawn(names.code(one, codes), most=2 * _WIDE), _WIDE) for one in index]
    ax.set_yticks(range(len(index)), titles, linespacing=1.1)
    ax.tick_params(labelcolor=look.INK)
    room = 1.5 + look.wider(0.4)
    ax.set(xlim=(0, room * max(end, 1.0)), ylim=(max(len(index), 1) - 0.45, -0.55), xticks=[])
    look.bare(ax)


def _beside(ax: Axes, x: float, place: int, text: str) -> None:
    how = {"va": "center", "color": look.INK, "textcoords": "offset points"}
    ax.annotate(text, (x, place), (5, 0), **how)
