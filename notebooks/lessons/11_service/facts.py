"""The values of what the lesson says with figures about chats, read off its results."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from polars import selectors as cs
from scipy import stats

from crm_lessons import data, sampling, service
from crm_lessons.course import folders, parameters
from crm_lessons.lacking import Lacking, passed_on, unless

# Further files of the lesson, as ``lesson.facts.tickets``.
from . import after as after
from . import files as files
from . import people as people
from . import reviews as reviews
from . import tickets as tickets
from . import visits as visits
from .chats import Desk

Sentences = list[tuple[str, dict[str, object]]]
SHEETS = "sheets.yaml"
FIRST_ANSWER = "first_answer"  # the rule of that name
FEWEST_DAYS = 20  # before the peak, for limits of their own
NIGHT = frozenset((23, *range(9)))


def desk(
    table: data.Table,
    *,
    limit: float,
    peak: str,
    automatic_within: float,
    as_of: str,
    file: str = "",
) -> Desk:
    """``peak`` is the day to look at; empty takes the one on which most asked.

    ``file``: deadlines of one's own. A rule ``first_answer`` there gives the clock, and the limit
    unless another ``limit`` than the lesson's is asked for.
    """
    found = service.contacts(table, automatic_within=automatic_within or None)
    end = _end(table, as_of)
    own = _first_answer(limit, file)
    judged = service.judge(found, own, as_of=end)
    machine = service.judge(found, replace(own, automatic=True), as_of=end)
    day = pd.Timestamp(peak) if peak else judged["started"].dt.normalize().mode().iloc[0]
    return Desk(found.loc[judged.index], judged, machine, day, end)


def _first_answer(limit: float, file: str) -> service.Rule:
    """The deadline of first answers, on the moments that `service.contacts` gives."""
    declared = service.rules(file).get(FIRST_ANSWER) if file else None
    rule = declared or service.rules()[FIRST_ANSWER]
    if declared is None or parameters.changed(Path(__file__).parent.name, limit_minutes=limit):
        rule = replace(rule, limit=pd.Timedelta(limit, "min"))
    return replace(rule, starts="asked_at", stops="answered_at")


def _end(table: data.Table, as_of: str) -> pd.Timestamp:
    if as_of:
        return pd.Timestamp(as_of) + pd.Timedelta(days=1) - pd.Timedelta(seconds=1)
    told = table.lines.select(cs.datetime().max()).collect().row(0)
    return pd.Timestamp(max(one for one in told if one is not None))


def dashboard(known: Desk) -> Sentences:
    """What a dashboard shows that takes a machine's reply for an answer."""
    if known.chats["automatic_at"].isna().all():
        return []  # no machine answers: people's answers are told below
    own = known.machine[known.on_the_day.reindex(known.machine.index)]
    told = service.in_time(own).loc["all"] if len(own) else None
    if told is None or not told["n"]:
        return []
    values = {"day": known.day.date(), "n": int(told["n"]), "share": told["share"]}
    return [("dashboard", values | {"limit": known.limit})]


def opening(
    known: Desk, cases: pd.DataFrame | Lacking, complaints: pd.DataFrame | Lacking
) -> Sentences:
    """What was not counted, what the dashboard shows, and the complaints of those days."""
    told = tickets.remarks(cases) or []
    told += dashboard(known)
    return told + (tickets.a_day(complaints, day=known.day, last=known.last) or [])


def of_the_day(known: Desk) -> dict[str, int] | Lacking:
    """How many of that day got what: for the table and its question."""
    people = known.judged[known.on_the_day & known.judged["decided"]]
    machine = known.machine.reindex(people.index)
    told = {
        "n": len(people),
        "by_people": int((people["verdict"] == service.KEPT).sum()),
        "unanswered": int((~people["stopped"]).sum()),
        "with_machine": int((machine["verdict"] == service.KEPT).sum()),
    }
    return unless(told["n"], told, "nobody_asked")


@passed_on
def day_table(told: dict[str, int]) -> pd.DataFrame:
    late = told["n"] - told["by_people"] - told["unanswered"]
    counts = {"person_in_time": told["by_people"], "person_late": late}
    counts["nobody"] = told["unanswered"]
    return pd.DataFrame({"chats": pd.Series(counts)}).rename_axis("answered_by")


def in_time(known: Desk) -> Sentences:
    told = service.in_time(known.judged).loc["all"]
    if not told["n"]:
        return []
    counted = {name: int(told[name]) for name in ("n", "unanswered")}
    ends = {name: float(told[name]) for name in ("share", "lower", "upper")}
    return [("in_time", counted | ends | {"limit": known.limit})]


def nobody_due(known: Desk) -> Sentences:
    return [] if len(known.decided) else [("nobody_due", {})]


def waits(known: Desk) -> Sentences:
    """Half and nine in ten, the unanswered not forgotten."""
    told = service.waits(known.judged).loc["all"]
    values = {"n": int(told["n"]), "unanswered": int(told["unanswered"])}
    values |= {name: float(told[name]) for name in ("p50", "p90", "longest")}
    if np.isnan(values["p50"]):
        return [("waits_unknown", values)]
    return [("waits_beyond" if np.isnan(values["p90"]) else "waits", values)]


def by_hour(known: Desk) -> pd.DataFrame:
    return service.in_time(known.judged, by=service.hour(known.judged))


def control(known: Desk) -> pd.DataFrame | Lacking:
    """The p chart by day; its limits come from the days before the peak, if there are enough."""
    if not len(known.decided):
        return Lacking("nobody_asked")
    first = known.judged["started"].min().normalize()
    before = known.day - pd.Timedelta(days=1)
    enough = (before - first).days + 1 >= FEWEST_DAYS
    return service.p_chart(known.judged, baseline=(first, before) if enough else None)


@passed_on
def signals(table: pd.DataFrame) -> Sentences:
    """Which days lie beyond, else which end a run, and how often chance alone does the same."""
    beyond, runs = (table[table["signal"] == kind] for kind in ("beyond", "run"))
    told = {"days": len(table), "n": int(table["n"].sum()), "centre": table["centre"].iloc[0]}
    if beyond.empty and len(runs):
        told |= {"which": f"{runs.index[0]:%Y-%m-%d}", "run_in": round(0.5 / 0.5**service.RUN)}
        return [("signals_run", told)]
    if beyond.empty:
        return [("no_signal", told)]
    told["one_in"] = round(0.5 / stats.norm.sf(3))
    days = [f"{day:%Y-%m-%d}" for day in beyond.index[:5]]
    return [("signals", told | {"beyond": len(beyond), "which": days})]


def agents(known: Desk) -> pd.DataFrame | Lacking:
    """Each agent as they are and on like work, with the share of their chats at night."""
    if "agent" not in known.chats or known.chats["agent"].nunique() < 2:
        return Lacking("one_agent")
    if known.decided.empty:
        return Lacking("nobody_asked")
    who = known.chats["agent"]
    found = service.on_like_work(known.kept, who, known.like)
    night = service.hour(known.decided).isin(NIGHT).groupby(who.reindex(known.decided.index)).mean()
    named = {"n": "chats", "mean": "in_time_share", "adjusted": "like_share"}
    ends = {f"adjusted_{end}": end for end in ("lower", "upper")}
    kept = found.drop(columns=["lower", "upper"])
    return kept.rename(columns=named | ends).assign(night_share=night)


COMPARED = ["chats", "in_time_share", "night_share", "like_share", "lower", "upper"]


@passed_on
def compared(found: pd.DataFrame) -> pd.DataFrame:
    return found[COMPARED].sort_index()


@passed_on
def slow(found: pd.DataFrame) -> Sentences:
    """Who is slower on like work beyond chance; else how much slower would have been seen."""
    known = found[found["like_share"].notna()]
    if len(known) < 2:
        return []
    worse = known[known["verdict"] == "worse"]
    told = {"agents": len(known), "n": int(known["chats"].sum())}
    if len(worse):
        names = data.labels("agent")
        return [("slow", told | {"who": ", ".join(names.get(one, one) for one in worse.index)})]
    share, n = float(known["in_time_share"].mean()), float(known["chats"].median())
    seen = sampling.detectable(n, n, share=min(max(share, 0.05), 0.95))
    return [("nobody_slow", told | {"seen": 100 * seen})]


def cards(spoken: str) -> pd.DataFrame:
    """The cards of the lesson's sheets, in a language: the word, and what it means."""
    sets = folders.read(Path(__file__).parent.name, SHEETS)["cards"].values()
    told = [(one["front"][spoken], one["back"][spoken]) for each in sets for one in each["cards"]]
    return pd.DataFrame(told, columns=["word", "meaning"]).set_index("word")
