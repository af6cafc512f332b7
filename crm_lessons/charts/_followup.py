"""Charts of following up: where deals closed beside the chance of one, and when to stop."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.charts._rows import DARK, LIGHT

said = texts(__name__)

_MOST = 15  # contacts drawn; beyond, hardly anybody is left
_MIDDLE = 0.12  # half of the strip for the numbers, where each side is 1 wide


def _hazard_and_share_alt(table: pd.DataFrame) -> str:
    """Say share and chance at the first contact and at the last that led to a deal.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"reached": [100, 40], "deals": [8, 2], "share_of_deals": [0.8, 0.2],
    ...     "hazard": [0.08, 0.05]}, index=[1, 2])
    >>> with wording.using("en"):
    ...     print(hazard_and_share.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    Deals n = 10. At contact 1 closed 80.0% of all deals; a deal with 8.0% of those contacted. At
    contact 2: 20.0% of all deals, 5.0% of those contacted.
    """
    known = table[table["deals"] > 0]
    told = {"deals": int(table["deals"].sum())}
    if known.empty:
        return said("alt_no_deals", reached=int(table["reached"].iloc[0]))
    for name, row in (("first", known.iloc[0]), ("last", known.iloc[-1])):
        told |= {name: int(row.name), f"{name}_share": float(row["share_of_deals"])}
        told[f"{name}_hazard"] = float(row["hazard"])
    return said("alt_one_contact" if len(known) == 1 else "alt_hazard_and_share", **told)


@chart(alt=_hazard_and_share_alt)
def hazard_and_share(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw for each contact its share of all deals (left) and its chance of a deal (right).

    ``table`` from `crm_lessons.followup.by_contact`. Each side has its own scale, written beside
    every bar: they are shares of two different wholes. Lines are 95 % intervals. Of more than 15
    contacts the first are drawn.

    >>> from crm_lessons import followup
    >>> told = pd.DataFrame({"contact_no": [1, 1, 2], "deal": [True, False, True],
    ...     "ended": ["deal", "", "deal"]})
    >>> len(hazard_and_share(followup.by_contact(told)).patches)
    4
    """
    shown = table.head(_MOST)
    ax = look.canvas(ax, height=1.5 + 0.33 * len(shown))
    sides = [("share_of_deals", "share_lower", "share_upper", -1)]
    sides += [("hazard", "lower", "upper", 1)]
    for value, lower, upper, side in sides:
        top = float(np.nanmax([*shown[value], *shown[upper], 1e-9]))
        for place, (_, row) in enumerate(shown.iterrows()):
            if pd.isna(row[value]):
                continue
            width, start = side * row[value] / top, side * _MIDDLE
            ax.barh(place, width, left=start, height=0.62, color=LIGHT)
            ends = [start + side * row[end] / top for end in (lower, upper)]
            ax.plot(ends, [place, place], color=DARK, linewidth=1.6)
            how = {"va": "center", "ha": "left" if side > 0 else "right", "color": look.INK}
            told = said("hazard_row", share=row[value])
            ax.annotate(told, (ends[1], place), (5 * side, 0), textcoords="offset points", **how)
    for place, number in enumerate(shown.index):
        ax.text(0, place, str(number), ha="center", va="center", color=look.QUIET)
    edge = 1 + _MIDDLE + look.wider(0.3)
    ax.set(xlim=(-edge, edge), ylim=(len(shown) - 0.45, -1.5), xticks=[], yticks=[])
    for key, at, ha in (("hazard_left", -_MIDDLE, "right"), ("hazard_right", _MIDDLE, "left")):
        ax.text(at, -1.0, said(key), ha=ha, va="center", color=look.QUIET, fontsize=look.SMALL)
    look.bare(ax)
    told = {"deals": int(table["deals"].sum()), "leads": int(table["reached"].iloc[0])}
    look.head(ax, said("hazard_title"), said("hazard_subtitle", **told))
    return ax


def _stop_rule_alt(rule: pd.DataFrame, *, contact_cost: float) -> str:
    """Say what the first contact brings, what a contact costs, and after which to stop.

    >>> from crm_lessons import wording
    >>> rule = pd.DataFrame({"brings": [182.0, 40.0]}, index=[1, 2])
    >>> rule.attrs["stop_after"] = 1
    >>> with wording.using("en"):
    ...     stop_rule.alt(rule, contact_cost=60)
    'On average contact 1: 182, contact 2: 40; one costs 60. Stop after contact 1.'
    """
    told = {"first": int(rule.index[0]), "last": int(rule.index[-1]), "cost": contact_cost}
    told |= {"brings": float(rule["brings"].iloc[0]), "later": float(rule["brings"].iloc[-1])}
    stop = int(rule.attrs["stop_after"])
    key = "alt_stop_never" if not stop else "alt_stop"
    return said(key, **told, stop=stop)


@chart(alt=_stop_rule_alt)
def stop_rule(rule: pd.DataFrame, *, contact_cost: float, ax: Axes | None = None) -> Axes:
    """Draw what each further contact brings on average against what it costs.

    ``rule`` from `crm_lessons.followup.stop_rule` and the cost given to it, in money. The last
    contact to make is marked; the band is the interval of the hazard, times the profit.

    >>> columns = {"brings": [182.0, 40.0], "brings_lower": [160.0, 20.0],
    ...     "brings_upper": [207.0, 60.0]}
    >>> rule = pd.DataFrame(columns, index=[1, 2])
    >>> rule.attrs["stop_after"] = 1
    >>> len(stop_rule(rule, contact_cost=60).lines)
    3
    """
    ax = look.canvas(ax, height=3.8)
    at = rule.index.to_numpy(dtype="float64")
    ax.fill_between(at, rule["brings_lower"], rule["brings_upper"], color=LIGHT, alpha=0.6, lw=0)
    ax.plot(at, rule["brings"], color=look.UP, linewidth=2.2, marker="o", markersize=4)
    ax.axhline(contact_cost, color=look.DOWN, linewidth=1.6, linestyle=(0, (4, 3)))
    top = 1.25 * max(float(rule["brings_upper"].max()), contact_cost)  # room for the text
    low, high = at.min(), max(at.max(), at.min() + 1)
    ax.set(xlim=(low - 0.3, high + 0.3), ylim=(0, top))
    where = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points"}
    how = {"color": look.DOWN_TEXT, "path_effects": look.HALO, "ha": "right", "va": "bottom"}
    above = contact_cost < 0.85 * top
    how["va"] = "bottom" if above else "top"
    text = said("stop_cost", cost=contact_cost)
    ax.annotate(text, (1, contact_cost), (-2, 4 if above else -4), **where, **how)
    stop = int(rule.attrs["stop_after"])
    if stop:
        last = float(rule.loc[stop, "brings"])
        ax.plot(stop, last, "o", color=look.UP, markersize=9)
        ax.vlines(stop, last, 0.9 * top, color=look.UP, linewidth=1)
        how = {"color": look.CLASS_TEXT["A"], "path_effects": look.HALO, "va": "bottom"}
        how["ha"] = (
            "left" if stop < low + (0.4 if look.is_narrow() else 0.6) * (high - low) else "right"
        )
        ax.text(stop, 0.91 * top, said("stop_here", stop=stop), **how)
    ax.xaxis.set_major_locator(MaxNLocator(12, integer=True))
    ax.yaxis.set_major_formatter(look.big_number)
    ax.set_xlabel(said("stop_axis"))
    look.head(ax, said("stop_title"), said("stop_subtitle"))
    look.bare(ax, keep=("bottom",), grid="y")
    return ax
