"""The chart of how many answers make a mean how sure."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.charts._names import drawn, words_of
from crm_lessons.wording import names

said = texts(__name__)

_NAMED = 6  # branches named on the curve


def _sample_size_alt(
    curve: pd.DataFrame, *, wished: float = 0.2, branches: pd.Series | None = None
) -> str:
    """Say how many answers the wished half width takes, and how many branches have them.

    >>> from crm_lessons import wording
    >>> from crm_lessons.survey import curve
    >>> with wording.using("en"):
    ...     sample_size.alt(curve(sd=0.8, largest=100), wished=0.2)
    'Uncertainty against answers: ±0.20 takes 62 answers.'
    """
    enough = curve.loc[curve["half_width"] <= wished, "n"]
    if enough.empty:
        told = {"wished": wished, "n": int(curve["n"].max())}
        return said("alt_size_never", **told)
    n = int(enough.min())
    if branches is None:
        return said("alt_size", wished=wished, n=n)
    told = {"have": int((branches >= n).sum()), "branches": len(branches)}
    return said("alt_size_branches", wished=wished, n=n, **told)


@chart(alt=_sample_size_alt)
def sample_size(
    curve: pd.DataFrame,
    *,
    wished: float = 0.2,
    branches: pd.Series | None = None,
    codes: names.Codes | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how the uncertainty of a mean falls with the number of answers.

    ``curve`` is what `crm_lessons.survey.curve` returns. The dashed line is the half width wished
    for; ``branches`` (branch to answers there are) marks where each branch stands; those short of
    it are named.

    >>> from crm_lessons.survey import curve
    >>> len(sample_size(curve(sd=0.8, largest=100)).lines)
    3
    """
    ax = look.canvas(ax, height=3.8)
    widths = curve["half_width"]  # the curve is seen on any scale, however little is wished for
    top = min(float(widths.max()), max(4 * wished, 2 * float(widths.min())))
    last = float(curve["n"].max())
    ax.plot(curve["n"], curve["half_width"].clip(upper=top * 1.2), color=look.UP, linewidth=2)
    ax.axhline(wished, color=look.QUIET, linewidth=1, linestyle=(0, (4, 3)))
    enough = curve.loc[curve["half_width"] <= wished, "n"]
    how = {"textcoords": "offset points", "color": look.INK, "path_effects": look.HALO}
    if len(enough):
        n = int(enough.min())
        ax.plot(n, wished, "o", color=look.UP, markersize=8)
        told = said("size_enough", n=n, width=wished)
        side = "left" if n < last / 2 else "right"
        ax.annotate(told, (n, wished), (6 if side == "left" else -6, 7), ha=side, **how)
    ax.set(xlim=(0, last), ylim=(0, top))
    ax.set_yticks([tick for tick in ax.get_yticks() if 0 < tick <= top])
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    if branches is not None:
        _stand(ax, branches, wished, curve, words_of(branches.to_frame(), codes))
    ax.set_xlabel(said("size_answers"))
    look.bare(ax, keep=("bottom",), grid="y")
    look.head(ax, said("size_title"), said("size_subtitle"))
    return ax


def _stand(
    ax: Axes, branches: pd.Series, wished: float, curve: pd.DataFrame, words: names.Codes
) -> None:
    """Mark every branch on the curve, and name those that do not reach the wished half width."""
    top, last = ax.get_ylim()[1], float(curve["n"].max())
    placed = branches.sort_index().sort_values(ascending=False, kind="stable")
    widths = pd.Series(np.interp(placed, curve["n"], curve["half_width"]), index=placed.index)
    ax.plot(np.minimum(placed, last), widths.clip(upper=top * 0.97), "o", color=look.INK, ms=6)
    short = widths[widths > wished].clip(upper=top * 0.97)
    if len(short) > _NAMED:
        return
    floor = wished + 0.16 * top  # above the words at the dashed line
    heights = look.spread([y + 0.1 * top for y in short], 0.09 * top, low=floor, high=0.97 * top)
    for (name, y), height in zip(short.items(), heights, strict=True):
        x, end = placed[name], placed[name] + 0.04 * last
        ax.plot([x, end], [y, height], color=look.QUIET, linewidth=0.8, zorder=2)
        told = said("size_branch", name=drawn(name, words, most=20), n=int(placed[name]))
        how = {"va": "center", "color": look.INK, "fontsize": look.SMALL}
        ax.text(end + 0.005 * last, height, told, path_effects=look.HALO, **how)
