"""Charts of sales talks: the steps of one chat, the order kept, and what goes with more steps."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from crm_lessons.charts import _rows, look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.charts._names import drawn, spoken, words_of
from crm_lessons.data import labels
from crm_lessons.talk import STEPS, dialogue_order, ordered_run
from crm_lessons.wording.names import Codes

said = texts(__name__)

_MOST = 12
_OPEN = {"markerfacecolor": "white", "markeredgecolor": look.QUIET, "color": look.QUIET}


def _steps_and_orders_alt(table: pd.DataFrame, *, before: pd.DataFrame | None = None) -> str:
    """Say how many ordered with the fewest and the most steps, and by steps before the decision.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"n": [40, 20], "share": [0.2, 1.0]}, index=[1, 7])
    >>> with wording.using("en"):
    ...     steps_and_orders.alt(table)
    'Share who order, chats n = 60: 20.0% with step count 1, 100.0% with 7.'
    """
    parts = []
    for key, found in (("alt_steps", table), ("alt_steps_before", before)):
        if found is not None and len(found):
            first, last = found.iloc[0], found.iloc[-1]
            told = {"few": int(found.index[0]), "many": int(found.index[-1])}
            told |= {"low": float(first["share"]), "high": float(last["share"])}
            parts.append(said(key, n=int(found["n"].sum()), **told))
    return "".join(parts)


@chart(alt=_steps_and_orders_alt)
def steps_and_orders(
    table: pd.DataFrame, *, before: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how many ordered by the number of steps taken; beside it by those before the decision.

    ``table`` and ``before`` from `crm_lessons.talk.outcome_by`, by ``done`` and ``done_before``.
    Lines are 95 % intervals.

    >>> table = pd.DataFrame({"n": [40], "share": [0.5], "lower": [0.3], "upper": [0.7]}, index=[7])
    >>> len(steps_and_orders(table).collections)
    1
    """
    ax = look.canvas(ax, height=3.8)
    series = [(table, 0.0, {"color": look.UP}, "steps_all")]
    if before is not None:
        series = [(table, -0.09, _OPEN, "steps_all"), (before, 0.09, {"color": look.UP}, "steps_b")]
    for found, shift, how, label in series:
        at = found.index.to_numpy(dtype="float64") + shift
        ax.vlines(at, found["lower"], found["upper"], color=how["color"], linewidth=1.8)
        ax.plot(at, found["share"], "o", markersize=7, label=said(label), **how)
    low, high = int(table.index.min()), int(table.index.max())
    if before is not None and len(before):
        low, high = min(low, int(before.index.min())), max(high, int(before.index.max()))
    ax.set(xlim=(low - 0.5, high + 0.5), ylim=(-0.02, 1.05))
    ax.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    ax.yaxis.set_major_formatter(look.percent)
    ax.set_xlabel(said("steps_axis"))
    if before is not None:
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=1, frameon=False)
    look.head(ax, said("steps_title"), said("steps_subtitle", chats=int(table["n"].sum())))
    look.bare(ax, keep=("bottom",), grid="y")
    return ax


def _chat_steps_alt(told: pd.DataFrame, *, label: str = "step_a") -> str:
    """Say the steps of the chat in the order they came, and how many stand in order.

    >>> from crm_lessons import wording
    >>> told = pd.DataFrame({"speaker": "agent", "step_a": ["greet", "recommend", "ask"]})
    >>> with wording.using("en"):
    ...     chat_steps.alt(told)
    'Steps of the chat: greet; recommend; ask. In the right order: 2.'
    """
    own = [step for step in told[label] if step in STEPS]
    if not own:
        return said("alt_no_steps", turns=len(told))
    parts = [spoken(step, labels("step_a")) for step in own]
    return said("alt_chat_steps", parts=joined(parts), run=dialogue_order(own))


@chart(alt=_chat_steps_alt)
def chat_steps(told: pd.DataFrame, *, label: str = "step_a", ax: Axes | None = None) -> Axes:
    """Draw one chat turn by turn over the seven steps: what was in order, and what came late.

    ``told``: the turns of one chat from `crm_lessons.talk.turns`; ``label`` the column with the
    steps. The filled points are the longest run in the right order, the open ones fall out of it;
    ticks below stand for the buyer's turns.

    >>> told = pd.DataFrame({"speaker": "agent", "step_a": ["greet", "recommend", "ask"]})
    >>> len(chat_steps(told).lines)
    3
    """
    ax = look.canvas(ax, height=3.7)
    turns = list(range(1, len(told) + 1))
    steps = [(at, step) for at, step in zip(turns, told[label], strict=True) if step in STEPS]
    run, kept = ordered_run(step for _, step in steps), []
    for at, step in steps:
        if len(kept) < len(run) and step == run[len(kept)]:
            kept.append((at, STEPS.index(step)))
    places = [(at, STEPS.index(step)) for at, step in steps]
    late = [place for place in places if place not in kept]
    ax.plot(*zip(*places, strict=True) if places else ([], []), color=look.GRID, linewidth=2)
    ax.plot(*zip(*kept, strict=True) if kept else ([], []), "o", color=look.UP, markersize=9)
    at = list(zip(*late, strict=True)) if late else ([], [])
    how = {"markerfacecolor": "white", "markeredgecolor": look.DOWN, "markeredgewidth": 1.8}
    ax.plot(*at, "o", markersize=8, linestyle="none", **how)
    buyer = [at for at, who in zip(turns, told["speaker"], strict=True) if who != "agent"]
    ax.vlines(buyer, 6.6, 6.9, color=look.QUIET, linewidth=2)
    titles = labels("step_a")
    ax.set_yticks(range(len(STEPS)), [titles[step] for step in STEPS], color=look.INK)
    ax.set(xlim=(0.5, max(len(told), 2) + 0.5), ylim=(7.0, -0.6))
    ax.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    ax.set_xlabel(said("chat_axis"))
    look.head(ax, said("chat_title"), said("chat_subtitle"))
    look.bare(ax, grid="both")
    return ax


def _step_order_alt(table: pd.DataFrame, *, codes: Codes | None = None) -> str:
    """Say who keeps the order most often, and who least.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"n": [80, 80], "share": [0.95, 0.71]},
    ...     index=pd.Index(["Lin", "Zhou"], name="agent"))
    >>> with wording.using("en"):
    ...     step_order.alt(table)
    'Chats n = 160. No step too early in 95.0% with Lin, in 71.0% with Zhou.'
    """
    words = words_of(table, codes)
    ordered = table["share"].sort_values(ascending=False, kind="stable")
    told = {"n": int(table["n"].sum())}
    for name, at in (("most", 0), ("least", -1)):
        told |= {name: spoken(ordered.index[at], words), f"{name}_share": float(ordered.iloc[at])}
    return said("alt_one_order" if len(table) == 1 else "alt_step_order", **told)


@chart(alt=_step_order_alt)
def step_order(table: pd.DataFrame, *, codes: Codes | None = None, ax: Axes | None = None) -> Axes:
    """Draw for each person or team in how many chats no step came too early.

    ``table``: index the person, ``n`` chats, ``share`` with ``lower`` and ``upper``. Lines are
    95 % intervals. Of more than 12 people the first are drawn.

    >>> table = pd.DataFrame({"n": [80], "share": [0.95], "lower": [0.88], "upper": [0.98]},
    ...     index=pd.Index(["Lin"], name="agent"))
    >>> len(step_order(table).patches)
    1
    """
    words, shown = words_of(table, codes), table.head(_MOST)
    ax = look.canvas(ax, height=1.3 + 0.42 * len(shown))
    for place, (_, row) in enumerate(shown.iterrows()):
        told = said("order_bar", share=row["share"], n=int(row["n"]))
        _rows.bar(ax, place, row["share"], (row["lower"], row["upper"]), told)
    titles = [drawn(name, words) for name in shown.index]
    ax.set_yticks(range(len(shown)), titles, color=look.INK)
    ax.set(xlim=(0, 1 + look.wider(0.3)), ylim=(len(shown) - 0.45, -0.55), xticks=[])
    look.bare(ax)
    look.head(ax, said("order_title"), said("order_subtitle"))
    return ax
