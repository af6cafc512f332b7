"""Charts of shares side by side: classes, people in charge, data sets."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb

from crm_lessons import wording
from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import drawn, spoken, words_of
from crm_lessons.wording import names

said = texts(__name__)

_DARK, _LIGHT = "#005A8C", "#A9CCE3"
_MOST_BARS = 20


def _class_shares_alt(table: pd.DataFrame, *, measure: str = "amount") -> str:
    """Say the two shares of each class.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame(
    ...     {"customers": [1], "customer_share": [1.0], "amount_share": [1.0]}, index=["A"]
    ... )
    >>> with wording.using("en"):
    ...     class_shares.alt(table)
    'Bars, n = 1: class A is 100.0% of customers and 100.0% of sales.'
    """
    parts = [
        class_part(name, row["customer_share"], row["amount_share"], measure)
        for name, row in table.iterrows()
    ]
    customers = int(table["customers"].sum())
    return said("alt_class_shares", customers=customers, parts=joined(parts))


@chart(alt=_class_shares_alt)
def class_shares(table: pd.DataFrame, *, measure: str = "amount", ax: Axes | None = None) -> Axes:
    """Draw each class's share of the customers beside its share of the amount.

    ``table`` is what `crm_lessons.pareto.class_table` returns: index A, B, C with ``customers``,
    ``customer_share`` and ``amount_share``.

    >>> table = pd.DataFrame(
    ...     {"customers": [3, 2], "customer_share": [0.6, 0.4], "amount_share": [0.8, 0.2]},
    ...     index=["A", "C"],
    ... )
    >>> len(class_shares(table).patches)
    4
    """
    ax = look.canvas(ax, height=3.6)
    told = {"measure": names.measure(measure)}
    for place, (name, row) in enumerate(table.iterrows()):
        full = look.CLASS_COLOURS[name]
        people = said("share_of_customers_bar", share=row["customer_share"])
        value = said("share_of_measure_bar", share=row["amount_share"], **told)
        _bar(ax, place - 0.2, row["customer_share"], _tint(full), people)
        _bar(ax, place + 0.2, row["amount_share"], full, value)
    shares = table[["customer_share", "amount_share"]].to_numpy()
    # A class can lose money: then its bar lies left of zero.
    ax.set(xlim=(min(0.0, shares.min()), 1.35 * shares.max()), ylim=(len(table) - 0.45, -0.55))
    titles = [
        said("class_with_count", name=name, customers=int(count))
        for name, count in table["customers"].items()
    ]
    ax.set_yticks(range(len(table)), titles, linespacing=1.35)
    for label, name in zip(ax.get_yticklabels(), table.index, strict=True):
        label.set_color(look.CLASS_TEXT[name])
    ax.set_xticks([])
    look.bare(ax)
    subtitle = said("class_shares_subtitle", customers=int(table["customers"].sum()))
    look.head(ax, said("class_shares_title", **told), subtitle)
    return ax


def _concentration_alt(
    table: pd.DataFrame, *, measure: str = "amount", codes: names.Codes | None = None
) -> str:
    """Say who depends most on three customers, and who least.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame(
    ...     {"customers": [9, 4], "largest_share": [0.2, 0.5], "top3_share": [0.5, 0.9]},
    ...     index=["Li", "Wang"],
    ... )
    >>> with wording.using("en"):
    ...     print(concentration.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    Bars, n = 2: the three largest customers hold most of sales with Wang (90.0%), least with
    Li (50.0%).
    """
    ordered = table["top3_share"].dropna().sort_values(ascending=False, kind="stable")
    words = words_of(table, codes)
    told = {
        "measure": names.measure(measure),
        "most": spoken(ordered.index[0], words),
        "most_share": ordered.iloc[0],
        "least": spoken(ordered.index[-1], words),
        "least_share": ordered.iloc[-1],
    }
    return said("alt_concentration", people=len(ordered), **told)


@chart(alt=_concentration_alt)
def concentration(
    table: pd.DataFrame,
    *,
    measure: str = "amount",
    codes: names.Codes | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw for each person in charge the share of the largest and of the three largest customers.

    ``table`` is what `crm_lessons.pareto.concentration_by` returns: one row per person with
    ``customers``, ``largest_share`` and ``top3_share``. ``codes`` says how the index is put into
    words (see `crm_lessons.wording.names`), else datapackage.json does. Of more than 20 people the
    most concentrated are drawn; people without a positive total are not.

    >>> table = pd.DataFrame(
    ...     {"customers": [9, 4], "largest_share": [0.2, 0.5], "top3_share": [0.5, 0.9]},
    ...     index=["agent_01", "agent_02"],
    ... )
    >>> len(concentration(table).patches)
    4
    """
    known = table.dropna(subset=["top3_share"])  # no shares where the total is not positive
    shown = known.sort_values("top3_share", ascending=False, kind="stable").head(_MOST_BARS)
    ax = look.canvas(ax, height=1.2 + 0.36 * len(shown))
    for place, row in enumerate(shown.itertuples()):
        told = said("two_shares", one=row.largest_share, three=row.top3_share)
        _bar(ax, place, row.top3_share, _LIGHT, told, height=0.62)
        ax.barh(place, row.largest_share, height=0.62, color=_DARK)
    words = words_of(table, codes)
    titles = [
        said("concentration_name", name=drawn(name, words, most=14), customers=int(n))
        for name, n in shown["customers"].items()
    ]
    ax.set(xlim=(0, 1.2 * shown["top3_share"].max()), ylim=(len(shown) - 0.5, -0.5), xticks=[])
    ax.set_yticks(range(len(shown)), titles)
    ax.tick_params(labelcolor=look.INK)
    look.bare(ax)
    title = said("concentration_title", measure=names.measure(measure))
    look.head(ax, title, _concentration_subtitle(len(shown), len(table)))
    return ax


def _top_shares_alt(table: pd.DataFrame, *, top: float = 0.20, measure: str = "amount") -> str:
    """Say what the top fifth holds in each data set.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"top_share": [0.78], "customers": [1500]}, index=["2025"])
    >>> with wording.using("en"):
    ...     top_shares.alt(table)
    'Share of sales held by the top 20% of customers: 2025 78.0%.'
    """
    parts = [
        said("alt_top_share", name=spoken(names.dataset(name)), share=share)
        for name, share in table["top_share"].items()
    ]
    told = {"top": top, "measure": names.measure(measure)}
    return said("alt_top_shares", parts=joined(parts), **told)


@chart(alt=_top_shares_alt)
def top_shares(
    table: pd.DataFrame, *, top: float = 0.20, measure: str = "amount", ax: Axes | None = None
) -> Axes:
    """Draw how much the top fifth of the customers holds in several data sets.

    ``table`` has one row per set of data (see `crm_lessons.wording.names.dataset`) with
    ``top_share`` (`crm_lessons.pareto.share_of_top`) and ``customers``.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"top_share": [0.78], "customers": [1500]}, index=["shop"])
    >>> with wording.using("en"):
    ...     top_shares(table).get_title(loc="left")
    'How much of sales the top 20% hold'
    """
    ax = look.canvas(ax, height=1.5 + 0.62 * len(table))
    if top == 0.20:
        _rule_of_80(ax)
    for place, share in enumerate(table["top_share"]):
        ax.plot([top, share], [place, place], color=_LIGHT, linewidth=5, solid_capstyle="round")
        ax.plot(top, place, "o", markersize=9, color=_DARK, markerfacecolor="white")
        ax.plot(share, place, "o", markersize=9, color=_DARK)
        _label(ax, share, place, wording.share(share), shift=10)
    titles = [
        said("top_shares_name", name=drawn(names.dataset(name)), customers=int(n))
        for name, n in table["customers"].items()
    ]
    ax.set_yticks(range(len(table)), titles, color=look.INK, linespacing=1.35)
    ax.set(xlim=(0, 1), ylim=(len(table) - 0.5, -0.6), xticks=[0, 0.2, 0.4, 0.6, 0.8, 1])
    ax.xaxis.set_major_formatter(look.percent)
    look.bare(ax, grid="x")
    told = {"top": top, "measure": names.measure(measure)}
    look.head(ax, said("top_shares_title", **told), said("top_shares_subtitle"), room=24)
    return ax


def _bar(
    ax: Axes, place: float, share: float, colour: str, label: str, *, height: float = 0.36
) -> None:
    ax.barh(place, share, height=height, color=colour)
    _label(ax, max(share, 0.0), place, label)


def _label(ax: Axes, x: float, y: float, text: str, *, shift: float = 5) -> None:
    how = {"va": "center", "color": look.INK, "path_effects": look.HALO}
    ax.annotate(text, (x, y), (shift, 0), textcoords="offset points", **how)


def _tint(colour: str) -> str:
    """The same hue, paler, for the share of the customers."""
    return to_hex([0.55 + 0.45 * part for part in to_rgb(colour)])


def _concentration_subtitle(shown: int, total: int) -> str:
    subtitle = said("concentration_subtitle")
    if shown < total:
        more = said("concentration_more", shown=shown, total=total)
        subtitle = f"{subtitle}\n{more}"
    return subtitle


def _rule_of_80(ax: Axes) -> None:
    ax.axvline(0.8, color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    rule = said("top_shares_rule", share=0.8)
    how = {"ha": "center", "color": look.QUIET, "fontsize": look.SMALL}
    place = {"xycoords": ax.get_xaxis_transform(), "textcoords": "offset points"}
    ax.annotate(rule, (0.8, 1), (0, 4), **place, **how)


def class_part(name: str, people: float, value: float, measure: str) -> str:
    told = {"name": name, "people": people, "value": value, "measure": names.measure(measure)}
    return said("alt_class", **told)
