"""How many agents a day takes: what came in by half-hour, the peak with 1, 2, 3 …, the roster."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from crm_lessons import service, wording
from crm_lessons.lacking import Lacking, passed_on

from .chats import Desk


class Planned(NamedTuple):
    """The shifts, who is there by half-hour, one agent less on each, and what was asked for."""

    shifts: pd.DataFrame
    cover: pd.DataFrame
    less: pd.DataFrame
    terms: dict[str, float]


Sentences = list[tuple[str, dict[str, object]]]
HALF_HOUR = 30.0  # minutes
ENOUGH = 0.999
MOST_ROWS = 8  # of the table to read the agents from


def arriving(known: Desk) -> pd.Series:
    """How many asked in each half-hour of that day, those without anybody among them."""
    began = known.judged["started"][known.on_the_day]
    return service.arrivals(began, days=[known.day])["count"]


def roster(known: Desk, *, share: float, **how: float) -> pd.DataFrame:
    """Agents needed in each half-hour of that day, and what one less would do."""
    found = service.staffing(arriving(known), share=share, limit=known.limit, **how)
    columns = ["arriving", "agents", "rostered", "in_time", "in_time_less", "mean_wait"]
    columns += ["mean_wait_less", *(["abandoned", "abandoned_less"] if how.get("patience") else [])]
    return found[columns].rename_axis("time_of_day")


@passed_on
def planned(
    roster: pd.DataFrame, *, limit: float, hours: float, rest: float, **how: float
) -> Planned | Lacking:
    """The fewest shifts that cover the need of each half-hour, and one agent less on each."""
    need, came = roster["agents"], roster["arriving"]
    if not (need > 0).any():
        return Lacking("nobody_asked")
    offered = service.patterns(need.index, hours=hours, rest=rest)
    plan = service.shifts(need, offered)
    less = service.one_less(plan, offered, came, limit=limit, **how)
    return Planned(plan.shifts, plan.cover, less, {"hours": hours, "rest": rest})


@passed_on
def cover(found: Planned) -> pd.DataFrame:
    return found.cover


@passed_on
def shift_list(found: Planned) -> pd.DataFrame:
    return found.shifts


@passed_on
def shifts_told(found: Planned) -> Sentences:
    """How many agents the shifts take, what is to spare, and the agent least missed."""
    whole, less = found.less.loc["plan"], found.less.drop("plan")
    least = less["in_time"].idxmax()
    told = found.terms | {"agents": int(found.shifts["agents"].sum()), "shift": _shift(least)}
    told |= {"in_time": whole["in_time"], "less": less.loc[least, "in_time"]}
    told |= {"short": int(less.loc[least, "short"]), "worst": less.loc[least, "worst"]}
    told |= {"worst_at": less.loc[least, "worst_at"]}
    told["spare"] = float(found.cover["spare"].sum() * HALF_HOUR / 60)
    return [("shifts", told)]


def _shift(named: str) -> str:
    """A shift of the plan, ``"09:00–17:00, 12:30"``, as people say it."""
    hours, _, pause = named.partition(", ")
    return wording.text("11_service.shift_and_break", hours=hours, pause=pause) if pause else hours


def peak(known: Desk, *, handling: float, **how: float) -> pd.DataFrame:
    """The busiest half-hour with 1, 2, 3 … agents."""
    most = arriving(known).max()
    load = most * handling / HALF_HOUR / how.get("at_once", 1)
    people = list(range(1, max(int(np.ceil(load)) + 4, MOST_ROWS) + 1))
    return service.queue(float(most), people, handling=handling, limit=known.limit, **how)


def peak_table(found: pd.DataFrame) -> pd.DataFrame:
    """The rows worth reading; a mean wait that never ends is empty."""
    enough = (found["in_time"] < ENOUGH).sum() + 2
    shown = found[["occupancy", "in_time"]].copy()
    seconds = (60 * found["mean_wait"].replace(np.inf, np.nan)).round()
    shown["mean_wait_seconds"] = seconds.astype("Int64")
    if found["abandoned"].any():
        shown["abandoned"] = found["abandoned"]
    return shown.iloc[:enough].tail(MOST_ROWS).rename_axis("agents")


def needed(roster: pd.DataFrame, *, share: float, patience: float) -> Sentences:
    """The agents of the busiest half-hour, and one less; who goes, where not all wait."""
    busiest = roster.loc[roster["arriving"].idxmax()]
    told = {"at": roster["arriving"].idxmax(), "arriving": int(busiest["arriving"])}
    told |= {"agents": int(busiest["agents"]), "in_time": busiest["in_time"], "share": share}
    told |= {"wait": busiest["mean_wait"], "less": busiest["in_time_less"]}
    told["wait_less"] = busiest["mean_wait_less"]
    if patience:
        gone = {"gone": busiest["abandoned"], "gone_less": busiest["abandoned_less"]}
        return [("needed_leaving", told | gone | {"patience": patience})]
    return [("needed" if np.isfinite(told["wait_less"]) else "needed_endless", told)]
