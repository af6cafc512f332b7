"""Cohorts, survival, and the rule held against the truth: their values."""

import numpy as np
import pandas as pd

from crm_lessons import buying, customers, data, lifecycle, sampling
from crm_lessons.lacking import Lacking, passed_on, unless

Sentences = list[tuple[str, dict[str, object]]]
LIMITS = tuple(range(30, 721, 15))


def cohorts(triangle: pd.DataFrame, *, age: int = 1) -> Sentences:
    """The weakest cohort at one age against the others, allowing for all that were looked at."""
    ripe = triangle.index[triangle[age].notna()] if age in triangle else []
    if len(ripe) < 3:
        return [("cohorts_young", {"cohorts": len(triangle)})]
    confidence = 1 - 0.05 / len(ripe)
    table = lifecycle.at_equal_age(triangle, age, confidence=confidence).loc[ripe]
    worst = table["share"].idxmin()
    row = table.loc[worst]
    named = dict(zip(triangle.index, lifecycle.called(triangle), strict=True))
    told = {
        "cohorts": len(ripe),
        "cohort": named[worst],
        "share": float(row["share"]),
        "n": int(row["customers"]),
        "apart": -100 * float(row["against"]),
    }
    if row["against_upper"] < 0:
        return [("cohorts_worst", told)]
    others = table["customers"].sum() - row["customers"]
    whole = table["there"].sum() / table["customers"].sum()
    seen = sampling.detectable(row["customers"], others, share=float(whole))
    return [("cohorts_alike", told | {"seen": 100 * seen})]


def triangle(known: lifecycle.Study) -> pd.DataFrame | Lacking:
    """The cohorts, where a period has ended."""
    return unless(len(known.triangle), known.triangle, "no_period")


def sheet(triangle: pd.DataFrame) -> pd.DataFrame | Lacking:
    """For the workbook: cohorts by the names that the chart gives them."""
    named = triangle.set_axis(pd.Index(lifecycle.called(triangle), name="cohort"))
    return unless(len(triangle), named.rename_axis(None, axis=1), "no_period")


def watched(known: lifecycle.Study) -> pd.DataFrame:
    return lifecycle.staying(known.last, as_of=known.end)


def channels(table: object, **period: object) -> pd.Series | Lacking:
    """The channel that carries most of a customer's amount; lacking where the lines have none."""
    if "channel" not in customers.columns(table):
        return Lacking("no_channel")
    return customers.main(table, "channel", **period)


@passed_on
def curves(own: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    return lifecycle.survival(own["days"], own["left"], groups=groups)


def survived(own: pd.DataFrame) -> Sentences:
    """How many are not yet lost after two years, and when half are."""
    table = lifecycle.survival(own["days"], own["left"])
    days = int(min(730, table["time"].max()))
    there = table[table["time"] <= days].iloc[-1]
    told = {"days": days, "n": len(own), "share": float(there["share"])}
    told |= {"lower": float(there["lower"]), "upper": float(there["upper"])}
    half = lifecycle.median(table).item()
    said = [("survived", told)] if days and np.isfinite(told["lower"]) else []
    return said + ([("survived_half", {"median": int(half)})] if np.isfinite(half) else [])


@passed_on
def by_channel(own: pd.DataFrame, groups: pd.Series) -> Sentences:
    """Whether any two channels differ in how long customers stay, of all pairs together."""
    tests = lifecycle.compare(own["days"], own["left"], groups).dropna()
    if tests.empty:
        return []
    first = tests.loc[tests["p_holm"].idxmin()]
    told = {"pairs": len(tests), "group": first["group"], "other": first["other"]}
    if first["p_holm"] < 0.05:
        return [("channels_differ", told | {"p": float(np.ceil(first["p_holm"] * 1e4) / 1e4)})]
    heads = groups.value_counts()
    share = 1 - own["left"].mean()
    seen = sampling.detectable(heads.iloc[0], heads.iloc[1], share=float(share))
    return [("channels_alike", told | {"seen": 100 * seen})]


def truth(known: lifecycle.Study, people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The sample shop only: each limit, and two other rules, against who does not come for a year.

    Returns the limits, and a table with the threshold, the rhythm and P(alive) below a half.
    """
    departures = customers.rows(data.read("shop_departures", schema="departures"))
    gone = ~(departures["next_on"] <= known.end + pd.Timedelta(days=365))
    silent = known.last["silent"]
    limits = lifecycle.judged(pd.DataFrame({day: silent > day for day in LIMITS}), gone)
    told = buying.histories(data.read("shop"), leave_out=people.index.difference(gone.index))
    rules = pd.DataFrame(
        {
            "curve": silent > known.limits.lost_after,
            "rhythm": buying.activity(people) == buying.SILENT,
            "model": buying.p_alive(buying.fit(told), told) < 0.5,
        }
    )
    return limits, lifecycle.judged(rules.fillna(False), gone)


def judged(rules: pd.DataFrame) -> pd.DataFrame:
    """Of `truth`: how many were called lost, how many of them were right, who was missed."""
    names = {"called": "called_lost", "right": "rightly_called", "missed": "missed_lost"}
    return rules.rename(columns=names)[[*names.values(), "precision", "recall"]]
