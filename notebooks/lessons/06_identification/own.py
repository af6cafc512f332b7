"""The leads at hand, a company's own or the sample's: read, judged in time, scored."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from crm_lessons import data, targeting
from crm_lessons.lacking import Lacking, passed_on
from crm_lessons.wording import names

SAMPLE = "shop_group_leads"
# What a lead is known by, or what became of it: never looked at by a score.
NEVER = {"created_on", "status", "closed_on", "first_order", "customer_id"}
NEVER |= {"state", "age_days", "took_days", "bought"}
FINE = "known_then"


def tables(leads: str, *, others: Sequence[str], **how: object) -> data.Table:
    return data.read(leads, schema="leads", others=others, **how)


def held(read: data.Table, *, as_of: str, within: int) -> pd.DataFrame:
    return targeting.leads(read, as_of=as_of or None, within=within)


@passed_on
def traces(leads: pd.DataFrame) -> pd.DataFrame | Lacking:
    """What speaks for or against each column having been known when a lead came in."""
    columns = [name for name in leads if name not in NEVER]
    return targeting.leaks(leads, columns) if columns else Lacking("no_columns")


@passed_on
def usable(found: pd.DataFrame, *, known: Sequence[str], leave: Sequence[str]) -> list[str]:
    """The columns a score may look at: without a trace, or known then as somebody says."""
    fine = (found["verdict"] == FINE) | found.index.isin(list(known))
    return sorted(found.index[fine & ~found.index.isin(list(leave))])


@passed_on
def everything(found: pd.DataFrame) -> list[str]:
    """All columns there are, whatever their traces: what no score should look at."""
    return sorted(found.index[~found["verdict"].isin(["only_names", "nothing_in_it"])])


SHARES = ("filled_won", "filled_lost", "filled_open")


@passed_on
def shown(found: pd.DataFrame) -> pd.DataFrame:
    """The columns and their traces, those that give the answer away first."""
    table = found[[*SHARES, "sorts", "goes_with_age"]]
    table = table.assign(trace=found["verdict"]).reset_index()
    table["field_name"] = [names.column(name) for name in table.pop("column")]
    order = table["trace"].eq(FINE).argsort(kind="stable")
    return table.iloc[order].set_index("field_name")


@passed_on
def signs(found: pd.DataFrame) -> pd.DataFrame:
    """The columns and their traces beside the chart, which shows how many are filled."""
    return shown(found).drop(columns=list(SHARES))


@passed_on
def given_away(found: pd.DataFrame) -> list[str]:
    """The columns with a trace of afterwards."""
    return sorted(found.index[~found["verdict"].isin([FINE, "only_names", "nothing_in_it"])])


def _enough(leads: pd.DataFrame, columns: Sequence[str], *, tried: float = 0.30) -> bool:
    """Whether the earlier leads and the later ones both hold deals and others."""
    if not columns or leads["bought"].isna().all():
        return False
    part = targeting.time_split(leads, tried=tried)
    bought = leads.loc[part.index, "bought"].astype("bool")
    late = bought[part == "try"]
    return targeting.learnable(bought[part == "learn"]) and 0 < late.sum() < len(late)


@passed_on
def tested(leads: pd.DataFrame, columns: Sequence[str]) -> targeting.Backtest | Lacking:
    """The score learnt from earlier leads, tried on later ones; lacking where they are too few."""
    if not _enough(leads, columns):
        return Lacking("too_few")
    return targeting.backtest(leads, columns)


@passed_on
def curve(found: targeting.Backtest) -> pd.DataFrame:
    return targeting.gains_curve(found.tested["score"], found.tested["outcome"])


@passed_on
def tenths(found: targeting.Backtest) -> pd.DataFrame:
    """Of the leads tried, from the highest score down in tenths: how many, and how many bought."""
    table = targeting.gains(found.tested["score"], found.tested["outcome"])
    shown = table[["customers", "reached"]].round().astype("int64")
    return shown.set_axis(["leads_tried", "deals"], axis=1).rename_axis("tenth")


@passed_on
def calibration(found: targeting.Backtest) -> pd.DataFrame:
    return targeting.calibration(found.tested["score"], found.tested["outcome"])


@dataclass(frozen=True)
class Chances:
    """The chance of each open lead now, and what the same way gave ``within`` days ago."""

    now: pd.Series
    before: pd.DataFrame | Lacking


@passed_on
def chances(
    read: data.Table, leads: pd.DataFrame, columns: Sequence[str], found: targeting.Backtest
) -> Chances | Lacking:
    """Learnt from every lead whose outcome is known; lacking where a test was not possible."""
    known = leads[leads["bought"].notna()]
    score = targeting.learn(known[list(columns)], known["bought"].astype("bool"))
    now = targeting.still_to_buy(score.of(leads[list(columns)]), leads)
    if now.empty:
        return Lacking("nobody_open")
    return Chances(now, _before(read, leads, columns))


def _before(
    read: data.Table, leads: pd.DataFrame, columns: Sequence[str]
) -> pd.DataFrame | Lacking:
    day, within = leads.attrs["as_of"], leads.attrs["within"]
    then = targeting.leads(read, as_of=day - pd.Timedelta(days=within), within=within)
    bought = then["bought"].dropna().astype("bool")
    open_then = (then["state"] == "open") & (then["age_days"] < within)
    if not targeting.learnable(bought) or not open_then.any():
        return Lacking("too_short")
    return targeting.rehearse(read, columns, as_of=day, within=within)
