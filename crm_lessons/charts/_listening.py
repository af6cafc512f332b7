"""Charts of who listens, and of two people who put words to the same turns."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.charts._names import drawn, spoken, words_of
from crm_lessons.wording.names import Codes

said = texts(__name__)

SHARES = ("talk_share", "open_share", "taken_up")
_COLOURS = (look.CLASS_COLOURS["C"], look.CLASS_COLOURS["B"], look.CLASS_COLOURS["A"])
_INKS = (look.CLASS_TEXT["C"], look.CLASS_TEXT["B"], look.CLASS_TEXT["A"])
_MOST = 8
_STRONGEST = 0.55  # the strongest cell is still light enough for dark text
_TITLE = 16  # columns of a label beside a cell


def _talk_and_listening_alt(table: pd.DataFrame, *, codes: Codes | None = None) -> str:
    """Say who takes up most of what buyers say and who least, with talk and open questions.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"chats": [80, 80], "talk_share": [0.52, 0.55],
    ...     "open_share": [0.54, 0.18], "taken_up": [0.45, 0.2]},
    ...     index=pd.Index(["Lin", "Zhou"], name="agent"))
    >>> with wording.using("en"):
    ...     print(talk_and_listening.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    Chats n = 160. Answers that take up the buyer's words: most with Lin 45.0% (own talk 52.0%, open
    questions 54.0%), fewest with Zhou 20.0% (55.0%, 18.0%).
    """
    words = words_of(table, codes)
    known = table.dropna(subset=["taken_up"])
    ordered = known.sort_values("taken_up", ascending=False, kind="stable")
    told: dict[str, object] = {"n": int(table["chats"].sum())}
    if ordered.empty:
        return said("alt_nobody", **told)
    for name, at in (("most", 0), ("least", -1)):
        row = ordered.iloc[at]
        told[name] = spoken(ordered.index[at], words)
        told |= {f"{name}_{one}": _written(row[one]) for one in SHARES}
    return said("alt_one_listener" if len(ordered) == 1 else "alt_listening", **told)


@chart(alt=_talk_and_listening_alt)
def talk_and_listening(
    table: pd.DataFrame, *, codes: Codes | None = None, ax: Axes | None = None
) -> Axes:
    """Draw for each person or team the own share of talk, the open questions, and what is taken up.

    ``table``: index the person; ``chats``; ``talk_share`` of all that is said, ``open_share`` of
    the own questions, ``taken_up`` of the own answers, as `crm_lessons.talk.listening` has them by
    chat. What is missing is left out. Of more than 8 people the first are drawn.

    >>> table = pd.DataFrame({"chats": [80], "talk_share": [0.5], "open_share": [0.5],
    ...     "taken_up": [0.4]}, index=pd.Index(["Lin"], name="agent"))
    >>> len(talk_and_listening(table).patches)
    3
    """
    words, shown = words_of(table, codes), table.head(_MOST)
    ax = look.canvas(ax, height=1.5 + 0.78 * len(shown))
    for place, (_, row) in enumerate(shown.iterrows()):
        for step, name in enumerate(SHARES):
            if pd.isna(row[name]):
                continue
            at = place + 0.26 * (step - 1)
            ax.barh(at, row[name], height=0.22, color=_COLOURS[step])
            how = {"va": "center", "color": _INKS[step], "fontsize": look.SMALL}
            told = said(f"bar_{name}", share=row[name])
            ax.annotate(told, (row[name], at), (5, 0), textcoords="offset points", **how)
    titles = [
        said("listener", name=drawn(name, words, most=14), chats=int(n))
        for name, n in shown["chats"].items()
    ]
    ax.set_yticks(range(len(shown)), titles, color=look.INK, linespacing=1.3)
    high = float(shown[list(SHARES)].max().max())
    high = high if high > 0 else 1.0
    ax.set(xlim=(0, high * (1 + look.wider(0.72))), ylim=(len(shown) - 0.45, -0.55), xticks=[])
    look.bare(ax)
    look.head(ax, said("listening_title"), said("listening_subtitle"))
    return ax


def _label_confusion_alt(table: pd.DataFrame, *, codes: Codes | None = None) -> str:
    """Say how often both put the same, and which two labels are most often confused.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame([[8, 2], [1, 5]], index=["fear", "price"], columns=["fear", "price"])
    >>> with wording.using("en"):
    ...     print(label_confusion.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    Turns n = 16; both put the same in 81.2%. Most often apart: fear by one, price by the other
    (2).
    """
    counts, words = _square(table), words_of(table, codes)
    n = int(counts.to_numpy().sum())
    same = sum(int(counts.loc[name, name]) for name in counts)
    told = {"n": n, "same": same / n if n else 0.0}
    apart = counts.stack()
    apart = apart[[one != other for one, other in apart.index]]
    if apart.empty or not apart.max():
        return said("alt_no_confusion", **told)
    one, other = apart.idxmax()
    told |= {"one": spoken(one, words), "other": spoken(other, words), "times": int(apart.max())}
    return said("alt_confusion", **told)


@chart(alt=_label_confusion_alt)
def label_confusion(
    table: pd.DataFrame, *, codes: Codes | None = None, ax: Axes | None = None
) -> Axes:
    """Draw which labels two people gave the same turns: the one in rows, the other in columns.

    ``table`` from `crm_lessons.classification.crosstab`: counts, the same kind of labels on both
    sides. Blue: both the same; orange: apart; the stronger, the larger the share of the row.

    >>> table = pd.DataFrame([[8, 2], [1, 5]], index=["fear", "price"], columns=["fear", "price"])
    >>> len(label_confusion(table).patches)
    4
    """
    counts, words = _square(table), words_of(table, codes)
    ax = look.canvas(ax, height=1.7 + 0.52 * len(counts))
    for i, row in enumerate(counts.index):
        total = int(counts.loc[row].sum())
        for j, column in enumerate(counts.columns):
            n = int(counts.loc[row, column])
            full = look.UP if row == column else look.DOWN
            strength = _STRONGEST * (n / total) ** 0.5 if total else 0.0  # few are seen as well
            colour = to_hex([1 - strength * (1 - part) for part in to_rgb(full)])
            ax.add_patch(Rectangle((j, i), 0.96, 0.92, facecolor=colour, edgecolor=look.GRID))
            if n:
                how = {"ha": "center", "va": "center", "color": look.INK}
                ax.text(j + 0.48, i + 0.46, f"{n:,}", **how)
    # Words above the columns would touch, so both sides bear the numbers of the rows.
    titles = [
        said("numbered", number=at, name=drawn(name, words, most=_TITLE))
        for at, name in enumerate(counts, 1)
    ]
    ax.set_xticks([j + 0.48 for j in range(len(counts))], range(1, len(counts) + 1))
    ax.set_yticks([i + 0.46 for i in range(len(counts))], titles)
    ax.xaxis.tick_top()
    ax.tick_params(labelcolor=look.INK)
    ax.set(xlim=(0, len(counts)), ylim=(len(counts), 0))
    look.bare(ax)
    look.head(ax, said("confusion_title"), said("confusion_subtitle"), room=26)
    return ax


def _square(table: pd.DataFrame) -> pd.DataFrame:
    """The same labels on both sides, in one order."""
    every = sorted({*table.index, *table.columns})
    counts = table.reindex(index=every, columns=every, fill_value=0)
    return counts.rename_axis(index=table.index.name)


def _written(share: float) -> str:
    return "—" if pd.isna(share) else f"{share:.1%}"
