"""What goes with a long wait: orders and complaints, as they are and on like work."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crm_lessons import service
from crm_lessons.lacking import Lacking, passed_on, unless

from . import tickets
from .chats import Desk

Sentences = list[tuple[str, dict[str, object]]]


def outcome(known: Desk, name: str, *, edges: Sequence[float]) -> pd.DataFrame | Lacking:
    """What goes with a long wait, on like work; lacking where the chats do not tell."""
    if name not in known.chats or known.chats[name].notna().sum() == 0:
        return Lacking(f"no_{name}")
    found = service.follows(known.judged, known.chats[name], like=known.like, edges=edges)
    return unless(len(found) > 1, found, f"no_{name}")


@passed_on
def went_with(found: pd.DataFrame) -> Sentences:
    """The slowest against the fastest answers: as it is, and on like work."""
    last = found.iloc[-1]
    names = ["difference", "adjusted_difference"]
    ends = [f"{name}{end}" for name in names for end in ("", "_lower", "_upper")]
    told = {name: 100 * float(last[name]) for name in ends}
    told |= {"seen": tickets.seen(told["adjusted_difference_upper"] - told["adjusted_difference"])}
    told |= {"wait": found.index[-1], "fast": found.index[0], "n": int(found["n"].sum())}
    if np.isnan(told["adjusted_difference"]):
        return []
    apart = told["adjusted_difference_lower"] > 0 or told["adjusted_difference_upper"] < 0
    return [("apart" if apart else "not_apart", told)]


def orders(found: pd.DataFrame | Lacking) -> Sentences:
    return [(f"orders_{key}", told) for key, told in went_with(found) or []]


def complaints(found: pd.DataFrame | Lacking) -> Sentences:
    return [(f"complaints_{key}", told) for key, told in went_with(found) or []]
