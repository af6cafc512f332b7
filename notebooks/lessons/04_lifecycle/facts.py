"""The values of what the lesson says with figures, read off its results."""

import pandas as pd

from crm_lessons import buying, customers, data, lifecycle, sampling
from crm_lessons.errors import CrmError
from crm_lessons.lacking import Lacking, is_lacking, passed_on, unless

# Further files of the lesson, as ``lesson.facts.lasting`` and so on.
from . import beginning as beginning
from . import lasting as lasting
from . import paying as paying
from . import winning as winning

Sentences = list[tuple[str, dict[str, object]]]
ACTIVE = ["first", "repeat", "loyal", "won_back"]
SEASON, YEAR = 90, 365  # what two of the three departments go by
THRESHOLDS = tuple(range(60, 541, 30))


def departments(known: lifecycle.Study, people: pd.DataFrame) -> dict[str, float]:
    """What three departments call lost: a season, a year, and longer than their rhythm."""
    silent = buying.activity(people) == buying.SILENT
    days = {"season": SEASON, "year": YEAR}
    counted = lifecycle.lost_definitions(known.last, days, silent=silent)["customers"]
    return {"n": len(known.last), "season_days": SEASON, "year_days": YEAR, **counted}


def enquiries(more: dict[str, data.Table]) -> pd.DataFrame | None:
    """Enquiries by the customer each became, else by their own number; None without a table."""
    if "leads" not in more:
        return None
    leads = customers.rows(more["leads"], key="lead_id")
    return leads.set_axis(leads["customer_id"].fillna(pd.Series(leads.index, leads.index)).array)


def by_threshold(known: lifecycle.Study) -> pd.DataFrame:
    """How many are lost by each limit, the one in use among them."""
    days = sorted({*THRESHOLDS, known.limits.lost_after})
    lost = [int((known.last["silent"] > day).sum()) for day in days]
    return pd.DataFrame({"lost_after": days, "customers_lost": lost})


def curve(known: lifecycle.Study) -> pd.DataFrame | Lacking:
    """The return curve, where anybody was silent for long enough to be judged."""
    return unless(known.curve["share"].notna().any(), known.curve, "nobody_watched")


def found(known: lifecycle.Study) -> lifecycle.Threshold | Lacking:
    """The threshold that the data give, for the question; lacking where they give none."""
    return known.found if known.found.days else Lacking("no_threshold")


def threshold(known: lifecycle.Study) -> Sentences:
    """From which silence on few return, where the data tell."""
    own = known.found
    told = {"within": own.within, "below": own.below, "watched": own.watched}
    if own.days is None:
        return []
    n = int(known.curve.loc[own.days, "customers"])
    told |= {"days": own.days, "n": n, "lower_days": own.earliest, "upper_days": own.latest}
    return [("threshold", told if own.latest else told | {"say": "threshold_open"})]


def no_threshold(known: lifecycle.Study) -> Sentences:
    """Why the data do not tell from which silence on few return, where they do not."""
    own = known.found
    told = {"within": own.within, "below": own.below, "watched": own.watched}
    return [] if own.days else [(f"threshold_{own.why}", told)]


def limits(known: lifecycle.Study, given: int) -> Sentences:
    """By which days the report goes, and why."""
    told = {"dormant": known.limits.dormant_after, "lost": known.limits.lost_after}
    own = known.found.days
    if given:
        return [("limits_given", told | {"own": own or 0})] if own else [("limits_only", told)]
    return [("limits_found" if own else "limits_habit", told)]


def by_rhythm(known: lifecycle.Study, times: float) -> Sentences:
    """That states go by the customers' own intervals, and for how many of the silent."""
    quiet = known.now["state"].isin(["dormant", "lost"])
    own = int((known.now["rule"] == "own_interval").sum())
    ratio = known.limits.lost_after / known.limits.dormant_after
    told = {"times": times, "lost_times": times * ratio, "own": own, "quiet": int(quiet.sum())}
    return [("by_rhythm", told)] if times else []


def lost(known: lifecycle.Study, times: float) -> Sentences:
    """How many are lost, and how many of all that is; by days, or by their own intervals."""
    n, gone = len(known.last), int((known.now["state"] == "lost").sum())
    told = {"n": n, "lost": gone, "share": gone / n, "days": known.limits.lost_after}
    return [("lost_by_rhythm" if times else "lost", told)]


def moved(known: lifecycle.Study) -> Sentences:
    """What became of those who were there a year ago, and of the lost of then."""
    if is_lacking(known.before):
        return []
    before, now = known.before["state"], known.now["state"]
    there, gone = before.isin(ACTIVE), before == "lost"
    later = now.reindex(before.index)
    n, back = int(there.sum()), int((later[gone].isin(ACTIVE)).sum())
    told = {"n": n, "lost_then": int(gone.sum()), "back": back}
    told |= {name: int((later[there] == name).sum()) for name in ("dormant", "lost")}
    if not n:
        return []
    told["share"] = (told["dormant"] + told["lost"]) / n
    told["lower"], told["upper"] = sampling.wilson(told["dormant"] + told["lost"], n)
    return [("moved", told)]


def no_year(known: lifecycle.Study) -> Sentences:
    return [("no_year", {})] if is_lacking(known.before) else []


def states_table(known: lifecycle.Study) -> pd.DataFrame:
    """States now and a year ago: heads, and the share of all customers now."""
    now = known.now["state"].value_counts()
    before = pd.Series(dtype="int64")
    if not is_lacking(known.before):
        before = known.before["state"].value_counts()
    order = [state for state in lifecycle.ORDER if state in now.index or state in before.index]
    table = pd.DataFrame({"customers": now.reindex(order).fillna(0).astype("int64")})
    if len(before):
        # Who only asked a year ago was not noted then.
        table["year_ago"] = before.reindex(order).astype("Int64")
    bought = table["customers"].where(~table.index.isin(["prospect", "target", "non_customer"]))
    return table.assign(share=bought / bought.sum()).rename_axis("customer_state")


def shares(known: lifecycle.Study) -> pd.DataFrame | Lacking:
    """What becomes of each state within a month, over the last year; lacking without dormant."""
    if is_lacking(known.moved):
        return known.moved
    table = known.moved.shares(last=12)
    asleep = table.loc["dormant"]
    return Lacking("nobody_dormant") if asleep.isna().any() or asleep["dormant"] == 1 else table


@passed_on
def counts(moved: lifecycle.Movements) -> pd.DataFrame:
    return moved.counts


@passed_on
def chain(moved: lifecycle.Movements) -> Sentences:
    """How long until lost if the matrix had no memory, and that it has one."""
    months = _until_lost(moved.shares(last=12))
    said = [] if months is None else [("chain", {"months": months})]
    told = lifecycle.memory(moved.ages)
    clear = told[told["p"] < 0.05 / max(len(told), 1)]
    if "dormant" in clear.index and clear.loc["dormant", "fresh"] > clear.loc["dormant", "long"]:
        own = clear.loc["dormant"]
        values = {"fresh": own["fresh"], "long": own["long"], "n": int(own["customers"])}
        said.append(("memory", values | {"months": 6}))
    return said


def _until_lost(shares: pd.DataFrame) -> float | None:
    """Months until a loyal customer is lost, by the matrix; None where it does not tell."""
    known = shares.dropna(how="all")
    entered = shares.columns[(known.fillna(0.0) > 0).any()]
    if not {"loyal", "lost"} <= set(known.index) or not set(entered) <= set(known.index):
        return None
    try:
        return float(lifecycle.expected(known.fillna(0.0), ["lost"]).loc["loyal", "months"])
    except CrmError as error:
        if error.key != "lifecycle_no_end":
            raise
        return None


def schedule(known: lifecycle.Study) -> Sentences:
    """That customers buy by a schedule, and what then fits."""
    own = known.renews
    if own is None:
        return []
    churn, lower, upper = own.churn
    told = {"days": own.days, "n": own.customers, "churn": churn, "lower": lower, "upper": upper}
    return [("schedule", told)]


def sheet(known: lifecycle.Study, people: pd.DataFrame) -> pd.DataFrame:
    """For the workbook: each customer's state, since when, by which rule."""
    names = {"state": "customer_state", "since": "state_since", "rule": "state_rule"}
    return people.join(known.now[list(names)].rename(columns=names))
