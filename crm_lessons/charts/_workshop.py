"""Charts of a job through the workshop: its stages on average, and one job as a Gantt chart."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DateFormatter, DayLocator, date2num

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, texts
from crm_lessons.charts._names import fitted
from crm_lessons.wording import names

said = texts(__name__)

_WORK, _WAIT = look.UP, look.DOWN
_PALE = "#F4C9A8"
_DAY = pd.Timedelta(hours=20)
_REPAIR, _EXTRA = "repair", "extra_answer"


def stage_name(stage: str) -> str:
    """A stage of a job in words.

    >>> from crm_lessons import wording
    >>> with wording.using("en"):
    ...     stage_name("bay")
    'Wait for a bay'
    """
    return names.code(stage, "codes.job_stage.")


def _ink(waiting: bool) -> str:
    return look.DOWN_TEXT if waiting else look.CLASS_TEXT["A"]


def _job_stages_alt(table: pd.DataFrame) -> str:
    """Say the longest stage and the longest wait.

    >>> from crm_lessons import wording
    >>> table = pd.DataFrame({"waiting": [True, False], "mean": [40.0, 60.0], "share": [0.4, 0.6],
    ...     "lower": [30.0, 50.0], "upper": [50.0, 70.0], "n": 9}, index=["bay", "repair"])
    >>> with wording.using("en"):
    ...     print(job_stages.alt(table))  # doctest: +NORMALIZE_WHITESPACE
    A job takes 100 minutes on average, 40% of them waiting. Longest stage: Repair, 60 minutes;
    longest wait: Wait for a bay, 40.
    """
    known = table.dropna(subset=["mean"])
    waits = known[known["waiting"]]
    if known.empty or waits.empty:
        return said("alt_stages_none")
    longest, wait = known["mean"].idxmax(), waits["mean"].idxmax()
    told = {"whole": known["mean"].sum(), "waiting": waits["share"].sum()}
    told |= {"longest": stage_name(longest), "minutes": known.loc[longest, "mean"]}
    return said("alt_stages", wait=stage_name(wait), waited=waits.loc[wait, "mean"], **told)


@chart(alt=_job_stages_alt)
def job_stages(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many minutes a job spends in each stage, working and waiting in two colours.

    ``table`` from `crm_lessons.service.stages`. Lines are 95 % intervals of the mean; the longest
    wait has a stronger colour than the other waits.

    >>> table = pd.DataFrame({"waiting": [True, False], "mean": [40.0, 60.0], "share": [0.4, 0.6],
    ...     "lower": [30.0, 50.0], "upper": [50.0, 70.0], "n": 9}, index=["bay", "repair"])
    >>> len(job_stages(table).patches)
    2
    """
    known = table.dropna(subset=["mean"])
    ax = look.canvas(ax, height=1.7 + 0.4 * max(len(known), 1))
    waits = known.loc[known["waiting"], "mean"]
    longest = waits.idxmax() if len(waits) else None
    end = float(known[["mean", "upper"]].max().max()) if len(known) else 1.0
    for place, (stage, row) in enumerate(known.iterrows()):
        colour = _WORK if not row["waiting"] else _WAIT if stage == longest else _PALE
        ax.barh(place, row["mean"], height=0.62, color=colour)
        ax.plot([row["lower"], row["upper"]], [place, place], color=look.INK, linewidth=1.2)
        told = said("stage_bar", minutes=row["mean"], share=row["share"])
        at = (max(row["mean"], row["upper"] if row["upper"] == row["upper"] else 0), place)
        how = {"va": "center", "color": _ink(row["waiting"])}
        ax.annotate(told, at, (6, 0), textcoords="offset points", **how)
    titles = [fitted(stage_name(stage), 14) for stage in known.index]
    ax.set_yticks(range(len(known)), titles, color=look.INK, linespacing=1.15)
    room = 1 + look.wider(0.3)
    ax.set(xlim=(0, room * max(end, 1.0)), ylim=(max(len(known), 1) - 0.45, -0.55), xticks=[])
    look.bare(ax)
    look.head(ax, said("stages_title"), said("stages_subtitle"), room=26)
    _legend(ax)
    return ax


def _job_gantt_alt(times: pd.DataFrame, *, promised: object = None) -> str:
    """Say how long one job took, how much of that the car waited, and whether it was in time.

    >>> from crm_lessons import wording
    >>> day = pd.to_datetime(["2025-03-07 09:00", "2025-03-07 09:30"])
    >>> times = pd.DataFrame({"job": "G1", "stage": ["reception", "bay"], "waiting": [False, True],
    ...     "started": day, "ended": day + pd.Timedelta(minutes=30), "minutes": 30.0,
    ...     "stopped": True})
    >>> with wording.using("en"):
    ...     print(job_gantt.alt(times, promised="2025-03-07 09:50"))
    Job G1, stages: 2; 60 minutes, 50% of them waiting. 10 minutes after the time promised.
    """
    told = {"job": str(times["job"].iloc[0]), "stages": len(times)}
    told["minutes"] = times["minutes"].sum()
    told["waiting"] = times.loc[times["waiting"], "minutes"].sum() / max(told["minutes"], 1e-9)
    sentence = said("alt_gantt", **told)
    if promised is None or pd.isna(promised):
        return sentence
    late = (times["ended"].max() - pd.Timestamp(promised)) / pd.Timedelta(minutes=1)
    key = "alt_gantt_late" if late > 0 else "alt_gantt_kept"
    return said("alt_gantt_with", sentence=sentence, promise=said(key, minutes=abs(late)))


@chart(alt=_job_gantt_alt)
def job_gantt(times: pd.DataFrame, *, promised: object = None, ax: Axes | None = None) -> Axes:
    """Draw one job as a Gantt chart: a bar for each stage, waiting in another colour.

    ``times`` are the rows of one job from `crm_lessons.service.stage_times`; ``promised`` the time
    at which it was promised. While the customer is asked about extra work the repair rests.

    >>> day = pd.to_datetime(["2025-03-07 09:00", "2025-03-07 09:30"])
    >>> times = pd.DataFrame({"job": "G1", "stage": ["reception", "bay"], "waiting": [False, True],
    ...     "started": day, "ended": day + pd.Timedelta(minutes=30), "minutes": 30.0,
    ...     "stopped": True})
    >>> len(job_gantt(times).patches)
    2
    """
    ax = look.canvas(ax, height=1.9 + 0.4 * len(times))
    extra = times[times["stage"] == _EXTRA]
    for place, row in enumerate(times.itertuples()):
        for begin, end in _parts(row, extra):
            left, right = date2num(begin), date2num(end)
            colour = _WAIT if row.waiting else _WORK
            ax.barh(place, right - left, left=left, height=0.56, color=colour)
    first, last = date2num(times["started"].min()), date2num(times["ended"].max())
    due = None if promised is None or pd.isna(promised) else date2num(pd.Timestamp(promised))
    high = last if due is None else max(last, due)
    span = max(high - first, 1 / 1440)
    if due is not None:
        ax.axvline(due, color=look.INK, linewidth=1.4, linestyle=(0, (4, 3)))
        side = "right" if due > first + 0.6 * span else "left"
        where = {"xycoords": ax.get_xaxis_transform(), "textcoords": "offset points"}
        shift = (-4 if side == "right" else 4, 3)
        ax.annotate(said("gantt_promised"), (due, 1), shift, ha=side, color=look.INK, **where)
    titles = [fitted(stage_name(stage), 14) for stage in times["stage"]]
    ax.set_yticks(range(len(times)), titles, color=look.INK, linespacing=1.15)
    ax.set(xlim=(first - 0.02 * span, high + 0.04 * span), ylim=(len(times) - 0.45, -0.65))
    several = times["ended"].max() - times["started"].min() > _DAY
    by_day = DayLocator(interval=max(1, round(span / 3)))
    ax.xaxis.set_major_locator(by_day if several else AutoDateLocator(maxticks=5))
    ax.xaxis.set_major_formatter(DateFormatter("%m-%d" if several else "%H:%M"))
    look.bare(ax, keep=("bottom",), grid="x")
    told = {"job": str(times["job"].iloc[0]), "day": f"{times['started'].min():%Y-%m-%d}"}
    look.head(ax, said("gantt_title", **told), said("gantt_subtitle", **told), room=44)
    _legend(ax, above=23)
    return ax


def _parts(row: tuple, extra: pd.DataFrame) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """The stretches of a stage; the repair without the time in which an answer is awaited."""
    if row.stage != _REPAIR or extra.empty:
        return [(row.started, row.ended)]
    asked, answered = extra["started"].iloc[0], extra["ended"].iloc[0]
    pieces = [(row.started, min(asked, row.ended)), (min(answered, row.ended), row.ended)]
    return [piece for piece in pieces if piece[1] > piece[0]]


def _legend(ax: Axes, *, above: float = 7) -> None:
    look.note(ax, said("legend_work"), (0, 1), (0, above), color=_ink(False))
    look.note(ax, said("legend_wait"), (1, 1), (0, above), ha="right", color=_ink(True))
