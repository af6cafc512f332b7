"""The charts that sliders move: each gives the Axes and a sentence that says what they show.

Lessons register them with `registry.draws`; the parameters are names of bound data, ``given``
(where the slider stands) and ``revealed`` (whether the right answer may be seen).
"""

import pandas as pd
from matplotlib.axes import Axes

from crm_lessons import charts, pareto, wording

FIFTH = 0.20


def top_fifth(
    *, classes: pd.DataFrame, given: float, revealed: bool, measure: str = "amount"
) -> tuple[Axes, str]:
    """A guess of what the largest fifth of the customers holds, and how it is."""
    how = {"guess": given, "top": FIFTH, "revealed": revealed, "measure": measure}
    curve = pareto.lorenz(classes["amount"])
    return charts.top_guess(curve, **how), charts.top_guess.alt(curve, **how)


def moved_cut(
    *,
    classes: pd.DataFrame,
    places: int,
    given: float,
    b_share: float = 0.20,
    measure: str = "amount",
) -> tuple[Axes, str]:
    """The A line moved: how many are in A now, whether they fit, and how many change class."""
    shares = {"a_share": given, "b_share": min(b_share, 1 - given)}
    moved = pareto.abc(classes["amount"], **shares)
    told = pareto.told.standards(classes, moved) | {"cut": given, "places": places}
    state = "fits" if told["a_after"] <= places else "outgrows"
    told["state"] = wording.text(f"pareto.places_{state}", by=abs(places - told["a_after"]))
    return charts.pareto(moved, **shares, measure=measure), wording.text("pareto.cut_moved", **told)
