"""Charts that sliders of the survey lesson move: a share guessed, a weight set."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.charts._names import drawn, spoken, words_of
from crm_lessons.wording import names

said = texts(__name__)


def _share_guess_alt(
    found: Mapping[str, float], *, guess: float, about: str, revealed: bool = False
) -> str:
    """Say the guess, and once revealed how it is.

    >>> from crm_lessons import wording
    >>> with wording.using("en"):
    ...     share_guess.alt({}, guess=0.5, about="eight")
    'Your guess: 50%.'
    """
    if not revealed:
        return said("alt_guess", share=guess)
    told = {name: found[name] for name in ("lower", "upper")}
    return said("alt_guess_revealed", guess=guess, **told)


@chart(alt=_share_guess_alt)
def share_guess(
    found: Mapping[str, float],
    *,
    guess: float,
    about: str,
    revealed: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw a guessed share on a line from 0 to 1; with ``revealed`` also how it is.

    ``found`` has ``share``, ``lower`` and ``upper``; ``about`` names the title, ``guess_ABOUT`` in
    ``charts_survey_guesses.yaml``.

    >>> found = {"share": 1.0, "lower": 0.68, "upper": 1.0}
    >>> len(share_guess(found, guess=0.5, about="eight", revealed=True).lines)
    4
    """
    ax = look.canvas(ax, height=2.3)
    ax.set(xlim=(-0.02, 1.02), ylim=(-1.4, 1.5), yticks=[], xticks=np.linspace(0, 1, 6))
    ax.xaxis.set_major_formatter(look.percent)
    ax.axhline(0, color=look.GRID, linewidth=8, zorder=0)
    ax.plot(guess, 0, "D", color=look.DOWN, markersize=9, zorder=3)
    _beside(ax, guess, 0.85, "guess_yours", {"share": guess}, look.DOWN_TEXT)
    if revealed:
        ends = [found["lower"], found["upper"]]
        ax.plot(ends, [0, 0], color=look.UP, linewidth=8, alpha=0.45, solid_capstyle="butt")
        ax.plot(found["share"], 0, "o", color=look.UP, markersize=9, zorder=2)
        told = {name: found[name] for name in ("share", "lower", "upper")}
        _beside(ax, found["share"], -0.9, "guess_truth", told, look.UP)
    look.bare(ax)
    title, subtitle = (said(f"guess_{about}{end}") for end in ("", "_more"))
    look.head(ax, title, subtitle)
    return ax


def _staff_bars_alt(scores: pd.DataFrame, *, codes: names.Codes | None = None) -> str:
    """Say who is first and who is last.

    >>> from crm_lessons import wording
    >>> with wording.using("en"):
    ...     staff_bars.alt(pd.DataFrame({"score": [1.0, -1.0]}, index=["Li", "Wang"]))
    'Scores of 2 members of staff: first Li (+1.00), last Wang (−1.00).'
    """
    known = scores.dropna(subset=["score"])
    if known.empty:
        return said("alt_staff_none")
    words = words_of(scores, codes)
    told: dict[str, object] = {"staff": len(known)}
    for word, place in (("first", 0), ("last", -1)):
        told[word] = spoken(known.index[place], words)
        told[f"{word}_score"] = known["score"].iloc[place]
    return said("alt_staff_bars", **told).replace("-", "−")


@chart(alt=_staff_bars_alt)
def staff_bars(
    scores: pd.DataFrame, *, codes: names.Codes | None = None, ax: Axes | None = None
) -> Axes:
    """Draw everybody's score, the best on top.

    ``scores`` is what `crm_lessons.survey.staff_scores` returns. Who has no score is left out.

    >>> scores = pd.DataFrame({"score": [1.0, -1.0]}, index=["Li", "Wang"])
    >>> len(staff_bars(scores).patches)
    2
    """
    known = scores.dropna(subset=["score"]).head(24)
    ax = look.canvas(ax, height=1.4 + 0.3 * max(len(known), 1))
    words = words_of(scores, codes)
    for place, score in enumerate(known["score"]):
        ax.barh(place, score, height=0.62, color=look.UP if score >= 0 else "#A9B2BB")
        side = {"ha": "left" if score >= 0 else "right", "va": "center", "color": look.INK}
        shift = (4 if score >= 0 else -4, 0)
        text = f"{score:+.2f}".replace("-", "−")
        ax.annotate(text, (score, place), shift, textcoords="offset points", **side)
    reach = 1.3 * max(float(known["score"].abs().max()), 0.5) if len(known) else 1.0
    ax.set(xlim=(-reach, reach), ylim=(max(len(known), 1) - 0.4, -0.6), xticks=[])
    ax.set_yticks(
        range(len(known)), [drawn(x, words, most=16) for x in known.index], color=look.INK
    )
    ax.axvline(0, color=look.QUIET, linewidth=1)
    look.bare(ax)
    look.head(ax, said("staff_bars_title"), said("staff_bars_subtitle"))
    return ax


def _beside(ax: Axes, x: float, y: float, key: str, told: Mapping[str, float], colour: str) -> None:
    side = "left" if x < 0.3 else "right" if x > 0.7 else "center"
    how = {"ha": side, "va": "center", "color": colour, "path_effects": look.HALO}
    ax.text(x, y, said(key, **told), **how)
