"""Charts of what goes with a wait, and of shifts over the agents needed."""

import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts

said = texts(__name__)

_OPEN = {"markerfacecolor": "white", "markeredgecolor": look.QUIET}
OUTCOMES = ("ordered", "complained", "satisfaction")


def _kind(outcome: str) -> str:
    """How the outcome is measured: a rating, else the share of all."""
    return "rating" if outcome == "satisfaction" else "share"


def _after_waiting_alt(table: pd.DataFrame, *, outcome: str = "ordered") -> str:
    """Say the outcome after the shortest and the longest wait, as it is and on like work.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"n": [40, 40], "mean": [0.5, 0.25], "adjusted": [0.45, 0.3]},
    ...     index=pd.Index(["≤ 5", "> 5"], name="wait"))
    >>> with wording.using("en"):
    ...     after_waiting.alt(table)
    'Share who order, by minutes waited. ≤ 5: 50.0%, > 5: 25.0% (n = 80). Alike: 45.0%, 30.0%.'
    """
    first, last = table.iloc[0], table.iloc[-1]
    told = {"what": said(f"what_{outcome}"), "n": int(table["n"].sum())}
    told |= {"fast": table.index[0], "slow": table.index[-1]}
    told |= {"first": float(first["mean"]), "last": float(last["mean"])}
    known = table["adjusted"].dropna()
    text = said(f"alt_after_{_kind(outcome)}", **told)
    if len(known) < 2:
        return text
    ends = {"first": float(known.iloc[0]), "last": float(known.iloc[-1])}
    return f"{text}{said(f'alt_alike_{_kind(outcome)}', **ends)}"


@chart(alt=_after_waiting_alt)
def after_waiting(table: pd.DataFrame, *, outcome: str = "ordered", ax: Axes | None = None) -> Axes:
    """Draw an outcome by how long the answer took: as it is, and with hour and kind made alike.

    ``table`` from `crm_lessons.service.follows`; ``outcome``: ``ordered``, ``complained`` or
    ``satisfaction``. Lines are 95 % intervals.

    >>> table = pd.DataFrame({"n": [40, 40], "mean": [0.5, 0.25], "lower": [0.35, 0.14],
    ...     "upper": [0.65, 0.4], "adjusted": [0.45, 0.3], "adjusted_lower": [0.3, 0.2],
    ...     "adjusted_upper": [0.6, 0.4]}, index=pd.Index(["≤ 5", "> 5"], name="wait"))
    >>> len(after_waiting(table).lines)
    2
    """
    ax = look.canvas(ax, height=3.8)
    places = pd.Series(range(len(table)), table.index, dtype="float64")
    series = [("mean", "", -0.09, {"color": look.QUIET, **_OPEN})]
    series += [("adjusted", "adjusted_", 0.09, {"color": look.UP})]
    for name, prefix, shift, how in series:
        known = table.dropna(subset=[name])
        at = places[known.index] + shift
        ends = known[f"{prefix}lower"], known[f"{prefix}upper"]
        ax.vlines(at, *ends, color=how["color"], linewidth=1.8)
        label = said("as_they_are" if name == "mean" else "on_like_work")
        ax.plot(at, known[name], "o", markersize=7, label=label, **how)
    ax.set(xlim=(-0.5, len(table) - 0.5))
    columns = [f"{prefix}{end}" for prefix in ("", "adjusted_") for end in ("lower", "upper")]
    low, high = table[columns].min().min(), table[columns].max().max()
    room = 0.12 * (high - low or 1.0)
    if _kind(outcome) == "share":
        ax.yaxis.set_major_formatter(look.percent)
        ax.set_ylim(max(low - room, 0.0), min(high + room, 1.0))
    else:
        ax.set_ylim(low - room, high + room)
    counts = [said("wait_bin", wait=wait, n=int(n)) for wait, n in table["n"].items()]
    ax.set_xticks(places.to_list(), counts)
    ax.set_xlabel(said("wait_axis"))
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.24), ncols=2, frameon=False)
    look.head(ax, said(f"after_title_{outcome}"), said("after_subtitle"))
    ax.grid(axis="y", linewidth=0.8)
    ax.set_axisbelow(True)
    look.bare(ax, keep=("bottom",))
    return ax


def _shift_cover_alt(table: pd.DataFrame) -> str:
    """Say how many are needed and there at most, and the time to spare.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"needed": [1, 3], "there": [2, 3], "spare": [1, 0]},
    ...     index=["09:00", "09:30"])
    >>> with wording.using("en"):
    ...     shift_cover.alt(table)
    'Agents needed at most: 3 (09:30), there at most: 3. Of those there, not needed: 20.0%.'
    """
    told = {"most": int(table["needed"].max()), "at": str(table["needed"].idxmax())}
    told |= {"there": int(table["there"].max())}
    return said("alt_shifts", spare=float(table["spare"].sum() / table["there"].sum()), **told)


@chart(alt=_shift_cover_alt)
def shift_cover(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw who is there in each window by the shifts, and how many are needed.

    ``table``: the ``cover`` of `crm_lessons.service.shifts`.

    >>> table = pd.DataFrame({"needed": [1, 3], "there": [2, 3], "spare": [1, 0]},
    ...     index=["09:00", "09:30"])
    >>> len(shift_cover(table).lines)
    1
    """
    ax = look.canvas(ax, height=3.6)
    places = range(len(table))
    ax.bar(places, table["there"], width=1.0, color="#A9CCE3", label=said("shifts_there"))
    edges = [-0.5, *(place + 0.5 for place in places)]
    needed = [*table["needed"], table["needed"].iloc[-1]]
    ax.step(edges, needed, where="post", color=look.DOWN, linewidth=2, label=said("shifts_needed"))
    step = max(1, len(table) // (4 if look.is_narrow() else 8))
    ax.set_xticks(list(places)[::step], [str(one) for one in table.index[::step]])
    ax.tick_params(axis="x", pad=9)  # the first would touch the 0
    ax.set(xlim=(-0.6, len(table) - 0.4), ylim=(0, 1.12 * max(table["there"].max(), 1)))
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=2, frameon=False)
    look.head(ax, said("shifts_title"), said("shifts_subtitle"))
    ax.grid(axis="y", linewidth=0.8)
    ax.set_axisbelow(True)
    look.bare(ax, keep=("bottom",))
    return ax
