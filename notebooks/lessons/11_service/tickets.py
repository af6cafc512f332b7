"""The values of what the lesson says about cases (complaints, refunds, reviews) and repair jobs."""

import pandas as pd
from scipy import stats

from crm_lessons import data, sampling, service
from crm_lessons.customers import worklist
from crm_lessons.lacking import Lacking, is_lacking, passed_on, unless
from crm_lessons.wording import language, names

Sentences = list[tuple[str, dict[str, object]]]
HOUR = 60
# Which cases a deadline of the notes is about; None all.
ABOUT = {"refund": "refund", "review_followed": "review", "review_closed": "review"}
ABOUT |= {"out_of_stock": None, "shipped": None}
REASONS = {
    "complaint": worklist.Reason("phone", 0, "service"),
    "refund": worklist.Reason("pay_back", 0, "service"),
    "review": worklist.Reason("reply", 1, "service"),
    "chat": worklist.Reason("reply", 0, "service"),  # nobody answered
    "ticket": worklist.Reason("reply", 1, "service"),  # of any other kind, as a help desk has them
}
DAYS = 1, 2, 3


def seen(half: float) -> float:
    """What would be seen four times in five, from half the width of a 95% interval."""
    return sampling.detectable_change(half / stats.norm.ppf(0.975))


@passed_on
def complaints(cases: pd.DataFrame) -> pd.DataFrame | Lacking:
    own = cases[cases["kind"] == "complaint"] if _are_sorted(cases) else cases
    known = "reason" in own and own["reason"].notna().any()
    return unless(known, own, "no_reasons")


def _are_sorted(cases: pd.DataFrame) -> bool:
    """Whether the cases say which are complaints; a help desk has kinds of its own."""
    return "kind" in cases and bool(cases["kind"].isin(["complaint", "refund", "review"]).any())


@passed_on
def a_day(own: pd.DataFrame, *, day: pd.Timestamp, last: pd.Timestamp) -> Sentences:
    """Complaints a day before that day, and from it on."""
    if not _are_sorted(own):
        return []
    opened = own["opened_at"].dropna()
    days = (day - opened.min().normalize()).days, (last.normalize() - day).days + 1
    if min(days) < 1:
        return []
    before, after = int((opened < day).sum()), int(opened.between(day, last).sum())
    told = {"before": before / days[0], "after": after / days[1], "day": day.date()}
    return [("complaints_a_day", told | {"n": before + after})]


@passed_on
def reasons(own: pd.DataFrame) -> pd.DataFrame:
    return service.reasons(own)


@passed_on
def first_reason(table: pd.DataFrame, own: pd.DataFrame) -> Sentences:
    key = "first_reason" if _are_sorted(own) else "first_reason_tickets"
    top = table.iloc[0]
    told = {"reason": data.labels("reason").get(table.index[0], str(table.index[0]))}
    told |= {name: float(top[name]) for name in ("share", "lower", "upper")}
    told |= {"n": int(table["cases"].sum()), "a": int((table["class"] == "A").sum())}
    return [(key, told | {"reasons": len(table)})]


@passed_on
def remarks(cases: pd.DataFrame) -> Sentences:
    """What was left out of the tickets or could not be told."""
    return [(f"remarks.{key}", told) for key, told in service.ticket_remarks(cases)]


@passed_on
def deadlines(cases: pd.DataFrame, *, file: str = "") -> pd.DataFrame | Lacking:
    """Each deadline that the cases have the moments for: share in time with its interval."""
    rules = service.rules(file) if file else service.rules()
    found = {}
    for name, rule in rules.items():
        about = ABOUT.get(name)
        if about == "review" and "kind" not in cases and not file:
            continue  # nothing says which cases are reviews
        own = cases[cases["kind"] == about] if about and "kind" in cases else cases
        if not {rule.starts, rule.stops} <= set(own) or own[rule.starts].isna().all():
            continue
        if name == "out_of_stock":  # nothing says which cases are about stock
            continue
        judged = service.judge(own, rule)
        found[rule.title[language()]] = service.in_time(judged).loc["all"]
    if not found:
        return Lacking("no_deadlines")
    table = pd.DataFrame(found).T.rename_axis("deadline")
    counts = {"cases": "int64", "unanswered": "int64"}
    table = table.rename(columns={"n": "cases"})
    return table[["cases", "share", "lower", "upper", "unanswered"]].astype(counts)


@passed_on
def settled(cases: pd.DataFrame) -> pd.DataFrame | Lacking:
    """First contact, reopened and time to close by agent."""
    if not {"contacts", "reopens", "agent", "closed_at"} <= set(cases):
        return Lacking("no_agents")
    table = service.resolution(cases, by=cases["agent"])
    took = service.waits(service.lasted(cases), by=cases["agent"], levels=(0.5,))
    hours = (took["p50"] / HOUR).rename("hours_to_close")
    ends = {f"reopened_share_{end}": end for end in ("lower", "upper")}
    table = table.rename(columns={"n": "cases"} | ends)
    kept = ["cases", "first_contact_share", "reopened_share", *ends.values()]
    return table[kept].join(hours)


@passed_on
def resolved(cases: pd.DataFrame) -> Sentences:
    if not {"contacts", "reopens", "closed_at"} <= set(cases):
        return []
    told = service.resolution(cases).loc["all"]
    if not told["n"]:
        return []
    names = [f"{name}_share{end}" for name in ("first_contact", "reopened") for end in _ENDS]
    return [("resolved", {"n": int(told["n"])} | {name: float(told[name]) for name in names})]


_ENDS = ("", "_lower", "_upper")


@passed_on
def to_close(cases: pd.DataFrame, *, last: pd.Timestamp, limit: int) -> pd.DataFrame | Lacking:
    """Cases still open, the longest first: whom to answer, how, by when and who."""
    if "closed_at" not in cases:
        return Lacking("no_closing")
    waiting = cases[cases["opened_at"].notna() & service.still_open(cases)]
    kind = waiting["kind"] if "kind" in waiting else pd.Series("ticket", waiting.index)
    kind = kind.where(kind.isin(REASONS), "ticket")
    rows = pd.DataFrame({"case_id": waiting.index, "reason": kind.array})
    rows["days_open"] = (last - waiting["opened_at"]).dt.days.array  # whole days
    rows = rows.assign(since=waiting["opened_at"].array)
    rows = rows.sort_values(["since", "case_id"]).drop(columns="since").head(limit)
    found = worklist.filled(rows, REASONS, today=last, days=DAYS)
    agent = waiting["agent"] if "agent" in waiting else pd.Series("", waiting.index, dtype="str")
    return found.assign(who=agent.reindex(found["case_id"]).fillna("").array)


def waiting(cases: pd.DataFrame | Lacking, chats: pd.DataFrame) -> pd.DataFrame:
    """What may be open: the cases; without any, chats, which are until somebody answers."""
    if not is_lacking(cases):
        return cases
    named = chats.rename(columns={"asked_at": "opened_at", "answered_at": "closed_at"})
    return named.assign(kind="chat").rename_axis("case_id")


@passed_on
def times(jobs: pd.DataFrame) -> pd.DataFrame | Lacking:
    """The stages of each job, where the shop notes every moment of them."""
    noted = {name for one in service.STAGES for name in one[1:3]} <= set(jobs)
    return service.stage_times(jobs) if noted else Lacking("no_moments")


@passed_on
def stages(times: pd.DataFrame) -> pd.DataFrame:
    table = service.stages(times)
    return table.rename_axis("job_stage")


@passed_on
def one_job(times: pd.DataFrame) -> pd.DataFrame | Lacking:
    """The stages of a job with extra work that is through, of ordinary length."""
    asked = times.loc[(times["stage"] == "extra_answer") & times["stopped"], "job"]
    whole = times[times["job"].isin(asked)].groupby("job")["minutes"].sum().sort_index()
    if whole.empty:
        return Lacking("no_extra_work")
    middle = (whole - whole.median()).abs().idxmin()
    return times[times["job"] == middle]


@passed_on
def bottleneck(times: pd.DataFrame) -> Sentences:
    found = service.bottleneck(times)
    if found is None:
        return []
    told = {"stage": _stage(found.stage), "minutes": found.minutes}
    told |= {"next": _stage(found.next), "apart": found.difference}
    told |= {"n": found.jobs, "seen": seen(found.difference - found.lower)}
    return [("bottleneck" if found.clear else "bottleneck_unclear", told)]


def _stage(name: str) -> str:
    return names.code(name, "codes.job_stage.")


@passed_on
def promises(jobs: pd.DataFrame) -> Sentences:
    told = service.in_time(service.promised(jobs)).loc["all"]
    values = {name: float(told[name]) for name in ("share", "lower", "upper")}
    return [("promised", values | {"n": int(told["n"])})] if told["n"] else []


@passed_on
def extras(jobs: pd.DataFrame) -> Sentences:
    """How often extra work was proposed, and how often customers said yes."""
    needed = {"started_at", "extra_asked_at", "extra_answered_at", "extra_accepted"}
    if not needed <= set(jobs):
        return []
    told = service.extra_work(jobs).loc["all"]
    if not told["answered"]:
        return []
    counts = {name: int(told[name]) for name in ("n", "answered")}
    counts["silent"] = int(told["asked"] - told["answered"])
    shares = (f"{name}_share{end}" for name in ("asked", "accepted") for end in _ENDS)
    return [("extra_work", counts | {name: float(told[name]) for name in shares})]
