"""How many agents a day takes: what came in by half-hour, the peak with 1, 2, 3 …, the roster."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crm_lessons import service

if TYPE_CHECKING:
    from .facts import Desk

Sentences = list[tuple[str, dict[str, object]]]
HALF_HOUR = 30.0  # minutes
ENOUGH = 0.999
MOST_ROWS = 8  # of the table to read the agents from


def arriving(known: "Desk") -> pd.Series:
    """How many asked in each half-hour of that day, those without anybody among them."""
    began = known.judged["started"][known.on_the_day]
    return service.arrivals(began, days=[known.day])["count"]


def roster(known: "Desk", *, share: float, **how: float) -> pd.DataFrame:
    """Agents needed in each half-hour of that day, and what one less would do."""
    limit = known.judged.attrs["limit"]
    found = service.staffing(arriving(known), share=share, limit=limit, **how)
    columns = ["arriving", "agents", "rostered", "in_time", "in_time_less", "mean_wait"]
    return found[[*columns, "mean_wait_less"]].rename_axis("time_of_day")


def peak(known: "Desk", *, handling: float, **how: float) -> pd.DataFrame:
    """The busiest half-hour with 1, 2, 3 … agents."""
    most = arriving(known).max()
    load = most * handling / HALF_HOUR / how.get("at_once", 1)
    people = list(range(1, max(int(np.ceil(load)) + 4, MOST_ROWS) + 1))
    limit = known.judged.attrs["limit"]
    return service.queue(float(most), people, handling=handling, limit=limit, **how)


def peak_table(found: pd.DataFrame) -> pd.DataFrame:
    """The rows worth reading; a mean wait that never ends is empty."""
    enough = (found["in_time"] < ENOUGH).sum() + 2
    shown = found[["occupancy", "in_time"]].copy()
    seconds = (60 * found["mean_wait"].replace(np.inf, np.nan)).round()
    shown["mean_wait_seconds"] = seconds.astype("Int64")
    return shown.iloc[:enough].tail(MOST_ROWS).rename_axis("agents")


def needed(found: pd.DataFrame, roster: pd.DataFrame, *, share: float) -> Sentences:
    """The agents of the busiest half-hour, and one less."""
    busiest = roster.loc[roster["arriving"].idxmax()]
    told = {"at": roster["arriving"].idxmax(), "arriving": int(busiest["arriving"])}
    told |= {"agents": int(busiest["agents"]), "in_time": busiest["in_time"], "share": share}
    told |= {"wait": busiest["mean_wait"], "less": busiest["in_time_less"]}
    told["wait_less"] = busiest["mean_wait_less"]
    return [("needed" if np.isfinite(told["wait_less"]) else "needed_endless", told)]
