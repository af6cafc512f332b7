"""A job through a 4S shop: time in each stage, working against waiting, promises, extra work.

The stages are the duties of a service adviser (001 L55-62) in their order, each from one recorded
moment to the next, so that together they are the whole time between coming in and driving off.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from crm_lessons.customers.wanted import times as times_of
from crm_lessons.errors import CrmError
from crm_lessons.sampling import mean_interval, mean_of, moments, wilson
from crm_lessons.service._cases import lasted
from crm_lessons.service._hours import Hours
from crm_lessons.service._judged import KEPT, LATE, OPEN
from crm_lessons.service._shares import grouped, waits


class Stage(NamedTuple):
    """One stage: from which moment to which, whether the car only waits, the adviser's duty."""

    name: str
    starts: str
    stops: str
    waiting: bool
    duty: int


REPAIR, EXTRA = "repair", "extra_answer"
STAGES = (
    Stage("reception", "in_at", "received_at", False, 3),
    Stage("diagnosis", "received_at", "quoted_at", False, 4),
    Stage("approval", "quoted_at", "approved_at", True, 5),
    Stage("bay", "approved_at", "started_at", True, 6),
    Stage(REPAIR, "started_at", "finished_at", False, 7),
    Stage(EXTRA, "extra_asked_at", "extra_answered_at", True, 8),
    Stage("final_check", "finished_at", "checked_at", False, 9),
    Stage("hand_back", "checked_at", "delivered_at", True, 10),
)
WHOLE = tuple(one for one in STAGES if one.name != EXTRA)  # extra work lies within the repair


class Bottleneck(NamedTuple):
    """The stage in which cars wait longest: minutes a job, and how much more than in the next.

    ``lower`` is the lower end of the smallest of those differences, for all comparisons together;
    ``clear`` tells whether it is above 0. Else more than one stage may be the longest.
    """

    stage: str
    minutes: float
    next: str
    difference: float
    lower: float
    clear: bool
    jobs: int


def stage_times(
    jobs: pd.DataFrame, *, as_of: object = None, hours: Hours | None = None
) -> pd.DataFrame:
    """One row for each job and stage that it has begun.

    While the customer is asked about extra work the car waits: that time is taken out of the
    repair. A stage whose end was not written down, though a later moment was, is left out; one of a
    car that is still there has taken so long at least. ``hours`` as in `lasted`: without them
    nights count as waiting.

    Returns ``job`` (the index of ``jobs``), ``stage``, ``waiting`` bool, ``duty`` int64,
    ``started``, ``ended``, ``minutes`` float64, ``stopped`` bool; sorted by job and stage.

    CrmError if a column is missing or holds no times, or moments of a job lie in the wrong order.

    >>> jobs = pd.DataFrame({name: [pd.NaT] for one in STAGES for name in one[1:3]})
    >>> jobs.loc[0, ["in_at", "received_at"]] = pd.to_datetime(["2025-03-07 09:00"] * 2)
    >>> jobs["received_at"] += pd.Timedelta(minutes=12)
    >>> stage_times(jobs, as_of="2025-03-07 10:00")[["stage", "minutes", "stopped"]].values.tolist()
    [['reception', 12.0, True], ['diagnosis', 48.0, False]]
    """
    moments_of = list(dict.fromkeys(name for one in STAGES for name in (one.starts, one.stops)))
    known = pd.DataFrame({name: times_of(jobs, name) for name in moments_of})
    twice = jobs.index[jobs.index.duplicated()]
    if len(twice):
        raise CrmError("service_jobs_twice", count=twice.nunique(), job=str(twice[0]))
    now = known.max().max() if as_of is None else pd.Timestamp(as_of)
    known = known.where(known <= now)
    parts = {}
    for one in STAGES:
        later = moments_of[moments_of.index(one.stops) + 1 :]
        _in_order(known, one)
        open_end = known[one.stops].isna()
        gone = open_end & known[later].notna().any(axis=1) if later else open_end & False
        own = known[known[one.starts].notna() & ~gone]
        if len(own):
            parts[one] = lasted(own, starts=one.starts, stops=one.stops, as_of=now, hours=hours)
    if not parts:
        raise CrmError("service_nothing_started", rule="in_at–delivered_at", column="in_at")
    rows = [_named(one, table) for one, table in parts.items()]
    table = pd.concat(rows, ignore_index=True)
    extra = table[table["stage"] == EXTRA].set_index("job")["minutes"]
    resting = table["job"].map(extra).fillna(0).where(table["stage"] == REPAIR, 0)
    table["minutes"] = (table["minutes"] - resting).clip(lower=0)
    place = table["stage"].map({one.name: n for n, one in enumerate(STAGES)})
    order = np.lexsort([place, table["job"]])
    return table.iloc[order].reset_index(drop=True)


def stages(times: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Each stage over all jobs: minutes a job, its share of the whole, P50 and P90.

    ``times`` from `stage_times`. Means and shares are of jobs that are through (a stage that a job
    does not have counts 0 minutes), quantiles of all, the unfinished not forgotten (`waits`).

    Returns by ``stage`` ``waiting`` bool, ``duty``, ``n`` int64, ``mean`` with ``lower``,
    ``upper``, ``share``, ``p50``, ``p90``; stages that no job has reached are missing.
    """
    through = _through(times)
    table = waits(times, by=times["stage"], levels=(0.5, 0.9), confidence=confidence)
    known = [one for one in STAGES if one.name in table.index]
    table = table.loc[[one.name for one in known], ["n", "p50", "p90"]].rename_axis("stage")
    table.insert(0, "waiting", [one.waiting for one in known])
    table.insert(1, "duty", [one.duty for one in known])
    means = [mean_of(through[name], confidence=confidence) for name in table.index]
    table[["mean", "lower", "upper"]] = np.array(means, dtype="float64")
    table["share"] = table["mean"] / table["mean"].sum()
    return table[["waiting", "duty", "n", "mean", "lower", "upper", "share", "p50", "p90"]]


def bottleneck(times: pd.DataFrame, *, confidence: float = 0.95) -> Bottleneck | None:
    """Where cars wait longest, and whether that is more than chance; None before a job is through.

    The same jobs are compared stage with stage: differences of the minutes of each job, with
    Student's intervals that hold for all comparisons together (Bonferroni).
    """
    through = _through(times)
    waiting = through[[one.name for one in STAGES if one.waiting]]
    if waiting.empty:
        return None
    means = waiting.mean().sort_values(ascending=False, kind="stable")
    first, others = means.index[0], means.index[1:]
    sure = 1 - (1 - confidence) / len(others)
    lows = []
    for other in others:
        apart = (waiting[first] - waiting[other]).to_numpy()
        lows.append(mean_interval(*moments(apart, np.ones(len(apart))), confidence=sure)[0])
    lower = float(np.min(lows))
    gap = float(means.iloc[0] - means.iloc[1])
    return Bottleneck(
        first, float(means.iloc[0]), others[0], gap, lower, bool(lower > 0), len(waiting)
    )


def promised(jobs: pd.DataFrame, *, as_of: object = None) -> pd.DataFrame:
    """Promised against delivered: for `in_time`. On the minute is kept; no promise is left out.

    A car that is still there past its promise is late; before it, it is neither.

    Returns by job ``started`` (came in), ``due``, ``minutes`` later than promised (so far),
    ``stopped``, ``verdict`` (``kept``, ``late``, ``open``), ``decided`` bool.

    CrmError if a column is missing or holds no times, or no job has a promise.

    >>> jobs = pd.DataFrame({name: pd.to_datetime([f"2025-03-07 {at}"] * 2) for name, at in
    ...     [("in_at", "09:00"), ("promised_at", "12:00"), ("delivered_at", "12:00")]})
    >>> jobs.loc[1, "delivered_at"] += pd.Timedelta(minutes=1)
    >>> promised(jobs)["verdict"].to_list()
    ['kept', 'late']
    """
    came, due, left = (times_of(jobs, n) for n in ("in_at", "promised_at", "delivered_at"))
    now = max(came.max(), left.max()) if as_of is None else pd.Timestamp(as_of)
    counts = came.notna() & (came <= now) & due.notna()
    if not counts.any():
        raise CrmError("service_nothing_started", rule="promised_at", column="promised_at")
    came, due, left = came[counts], due[counts], left[counts]
    stopped = left.notna() & (left <= now)
    late = left.where(stopped, now) > due
    table = pd.DataFrame({"started": came, "due": due})
    table["minutes"] = (left.where(stopped, now) - due) / pd.Timedelta(minutes=1)
    table["stopped"] = stopped
    verdict = np.where(late, LATE, np.where(stopped, KEPT, OPEN))
    table["verdict"] = pd.Series(verdict, table.index, dtype="str")
    return table.assign(decided=due < now)


def extra_work(
    jobs: pd.DataFrame, *, by: pd.Series | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """How often extra work was proposed, how often customers said yes, and who never answered.

    Needs ``started_at``, ``extra_asked_at``, ``extra_answered_at``, ``extra_accepted`` (boolean).
    Returns by group ``n`` (jobs begun), ``asked``, ``answered``, ``accepted`` int64,
    ``asked_share`` (of jobs) and ``accepted_share`` (of answers), each with ``_lower``, ``_upper``.
    How long answers take: `lasted` from ``extra_asked_at`` to ``extra_answered_at``, then `waits`.
    """
    begun, asked = times_of(jobs, "started_at").notna(), times_of(jobs, "extra_asked_at").notna()
    answered = asked & times_of(jobs, "extra_answered_at").notna()
    yes = jobs["extra_accepted"].astype("boolean").fillna(False).astype(bool)
    counted = {"n": begun, "asked": asked, "answered": answered, "accepted": answered & yes}
    table = pd.DataFrame(counted).groupby(grouped(jobs, by)).sum().astype("int64")
    for part, whole in {"asked": "n", "accepted": "answered"}.items():
        n = table[whole]
        table[f"{part}_share"] = table[part] / n.where(n > 0)
        ends = wilson(table[part], n, confidence=confidence)
        table[f"{part}_share_lower"], table[f"{part}_share_upper"] = ends
    return table


def _in_order(known: pd.DataFrame, one: Stage) -> None:
    wrong = known.index[(known[one.stops] < known[one.starts]).to_numpy()]
    if len(wrong):
        told = {"case": str(wrong[0]), "count": len(wrong)}
        raise CrmError("service_stops_first", starts=one.starts, stops=one.stops, **told)


def _named(one: Stage, table: pd.DataFrame) -> pd.DataFrame:
    told = {"stage": one.name, "waiting": one.waiting, "duty": one.duty}
    return (
        table.rename_axis("job")
        .reset_index()
        .assign(**told)[
            ["job", "stage", "waiting", "duty", "started", "ended", "minutes", "stopped"]
        ]
    )


def _through(times: pd.DataFrame) -> pd.DataFrame:
    """Minutes by job and stage of the jobs handed back, 0 where a job has no such stage."""
    wide = times.pivot(index="job", columns="stage", values="minutes")
    back = times[(times["stage"] == STAGES[-1].name) & times["stopped"]]
    wide = wide.reindex(index=back["job"], columns=[one.name for one in STAGES])
    needed = [one.name for one in WHOLE]
    return wide[wide[needed].notna().all(axis=1)].fillna(0.0)
