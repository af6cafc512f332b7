"""The values of what the lesson says with figures about its leads, read off its results."""

import pandas as pd

from crm_lessons import customers, data, sampling, targeting, wording
from crm_lessons.lacking import Lacking, is_lacking, passed_on
from crm_lessons.wording import names

# Further files of the lesson, as ``lesson.facts.own``.
from . import channels as channels
from . import identity as identity
from . import own as own
from . import plan as plan

Sentences = list[tuple[str, dict[str, object]]]
STATE_TITLES = {"won": "leads_won", "lost": "leads_lost", "open": "leads_open"}
ASIDE = ("later", "backwards", "unknown")


def standing(leads: pd.DataFrame) -> dict[str, int]:
    """How many leads there are, how they stand, and of how many it is known whether they bought."""
    states = leads["state"].value_counts()
    found = {name: int(states.get(name, 0)) for name in targeting.STATES}
    known = leads["bought"].dropna().astype("bool")
    return found | {"all": len(leads), "known": len(known), "bought": int(known.sum())}


def counted(leads: pd.DataFrame) -> pd.DataFrame:
    """By age, how many leads stand how: what the exercise offers."""
    old = leads["age_days"] >= leads.attrs["within"]
    age = old.map({True: "old_enough", False: "too_young"}).rename("lead_age")
    table = pd.crosstab(age, leads["state"]).reindex(columns=list(targeting.STATES), fill_value=0)
    table["bought_in_time"] = leads["bought"].fillna(False).groupby(age).sum().astype("int64")
    return table.rename(columns=STATE_TITLES).rename_axis(columns=None).sort_index()


def read(leads: pd.DataFrame) -> Sentences:
    """Until when the data go, how the leads stand, and which were set aside."""
    found = standing(leads)
    told = {"n": found["all"], "day": f"{leads.attrs['as_of']:%Y-%m-%d}", **found}
    aside = {name: leads.attrs[name] for name in ASIDE}
    said = [("standing", told)]
    said += [("leads_aside", aside)] if any(aside.values()) else []
    said += [] if leads.attrs["dated"] or not found["won"] else [("no_dates", {})]
    undated = leads.attrs["undated"]
    said += [("leads_undated", {"count": undated})] if undated else []
    young = [] if found["known"] else [("nobody_old_enough", {"within": leads.attrs["within"]})]
    return said + young


def bought(leads: pd.DataFrame) -> Sentences:
    """The share of leads that bought in their time, of those of whom it is known."""
    found = standing(leads)
    if not found["known"]:
        return []
    low, high = sampling.wilson(found["bought"], found["known"])
    told = {"share": found["bought"] / found["known"], "lower": low, "upper": high}
    young = int((leads["age_days"] < leads.attrs["within"]).sum())
    told |= {"n": found["known"], "young": young, "within": leads.attrs["within"]}
    return [("bought", told)]


@passed_on
def leaking(traces: pd.DataFrame) -> Sentences:
    """Which columns give the answer away."""
    found = own.given_away(traces)
    if not found:
        return [("no_leaks", {"n": len(traces)})]
    return [("leaks", {"n": len(traces), "count": len(found), "columns": _titles(found)})]


def _titles(columns: list[str]) -> str:
    return wording.text("course.between").join(names.column(name) for name in columns)


@passed_on
def too_good(splendid: targeting.Backtest) -> Sentences:
    """How well the score sorts that looks at everything."""
    found = splendid.tested
    low, high = targeting.auc_interval(found["score"], found["outcome"])
    told = {"auc": targeting.auc(found["score"], found["outcome"]), "lower": low, "upper": high}
    return [("too_good", told | {"n": len(found)})]


def sorts(found: targeting.Backtest | Lacking) -> Sentences:
    """How well the honest score sorts later leads, with its interval."""
    if is_lacking(found):
        return [("no_score", {"least": targeting.LEAST})]
    score, outcome = found.tested["score"], found.tested["outcome"]
    low, high = targeting.auc_interval(score, outcome)
    told = {"auc": targeting.auc(score, outcome), "lower": low, "upper": high}
    told |= {"n": len(score), "learnt": found.learnt, "between": found.between}
    told["day"] = f"{found.day:%Y-%m-%d}"
    return [("sorts" if low > 0.5 else "sorts_unclear", told)]


@passed_on
def reach(found: targeting.Backtest, *, share: float) -> Sentences:
    """Which share of the deals the top ``share`` of the leads tried holds."""
    n, deals = targeting.called_first(found.tested, share)
    whole = int(found.tested["outcome"].sum())
    low, high = sampling.wilson(deals, whole)
    told = {"share": n / len(found.tested), "reached": deals / whole, "lower": low, "upper": high}
    return [("reach", told | {"n": len(found.tested), "deals": whole})]


@passed_on
def at_its_word(found: targeting.Backtest) -> Sentences:
    """Whether the score said as many deals as came, and whether it is too bold."""
    score, outcome = found.tested["score"], found.tested["outcome"]
    low, high = sampling.wilson(int(outcome.sum()), len(outcome))
    told = {"said": float(score.mean()), "came": float(outcome.mean()), "n": len(outcome)}
    told |= {"lower": low, "upper": high}
    slope = sampling.calibration_slope(score, outcome)
    told |= {"slope": slope["slope"], "slope_lower": slope["lower"], "slope_upper": slope["upper"]}
    level = low <= told["said"] <= high
    steep = pd.isna(slope["slope"]) or slope["lower"] <= 1 <= slope["upper"]
    return [("at_its_word" if level and steep else "not_at_its_word", told)]


def missing(profit: object, campaigns: object) -> Sentences:
    """What was not given, and what to type for it."""
    found = [
        key for key, value in (("profit", profit), ("campaigns", campaigns)) if is_lacking(value)
    ]
    return [(f"no_{key}", {}) for key in found]


def growth() -> tuple[float, float]:
    """Table 6.1: managers who know their most valuable customers, by high and low growth."""
    table = customers.rows(data.read("growth_table", schema="growth"), key="indicator")
    high, low = table.loc["knows_most_valuable", ["high", "low"]] / 100
    return float(high), float(low)


def by_size(*, most: int = 400) -> dict[float, pd.DataFrame]:
    """`p_against_n` for three ways of dividing the managers."""
    high, low = growth()
    sizes = range(20, most + 1, 4)
    return {s: sampling.p_against_n(high, low, sizes, share_of_first=s) for s in (0.5, 0.25, 0.75)}


def unknown_n() -> Sentences:
    high, low = growth()
    found = {
        f"p_{n}_{m}": sampling.two_prop_z(high, low, n, m).p for n, m in ((100, 100), (25, 75))
    }
    told = {"high": high, "low": low, "least": 2 * sampling.least_n(high, low)}
    return [("unknown_n", told | {"p": found["p_100_100"], "p_small": found["p_25_75"]})]
