"""The charts that sliders move: each gives the Axes and a sentence that says what they show.

Lessons register them with `registry.draws`; the parameters are names of bound data, ``given``
(where the slider stands) and ``revealed`` (whether the right answer may be seen).
"""

import pandas as pd
from matplotlib.axes import Axes

from crm_lessons import charts, pareto

FIFTH = 0.20


def top_fifth(
    *, classes: pd.DataFrame, given: float, revealed: bool, measure: str = "amount"
) -> tuple[Axes, str]:
    """A guess of what the largest fifth of the customers holds, and how it is."""
    how = {"guess": given, "top": FIFTH, "revealed": revealed, "measure": measure}
    curve = pareto.lorenz(classes["amount"])
    return charts.top_guess(curve, **how), charts.top_guess.alt(curve, **how)
