"""What contact did in a trial: to everybody, by group, in money, to one customer at a time."""

import numpy as np
import pandas as pd

from crm_lessons import customers, data, sampling, targeting, wording
from crm_lessons.lacking import Lacking, passed_on
from crm_lessons.sampling import SEED
from crm_lessons.wording import names

Sentences = list[tuple[str, dict[str, object]]]
UNBALANCED = 0.01  # two sides of a trial so unlike by chance, or rarer: there was no fair lot
GROUPS = "codes.score_group."  # where their names in words stand

proven = passed_on(targeting.proven)


def trial_at_hand(orders: str, source: str) -> pd.DataFrame | Lacking:
    """The trial that goes with the orders, one row per customer."""
    own = data.trial_of(orders, source)
    return Lacking("no_trial") if own is None else customers.rows(own)


@passed_on
def effects(drawn: pd.DataFrame, cuts: dict[str, float]) -> pd.DataFrame:
    """`targeting.uplift_by_group` of a trial, by the score from before it."""
    return targeting.uplift_by_group(drawn, targeting.trial_groups(drawn, **cuts))


@passed_on
def effects_sheet(tried: pd.DataFrame) -> pd.DataFrame:
    """From `effects`, for the workbook: the interval is one of shares there."""
    return tried.rename(columns={"lower": "lower_share", "upper": "upper_share"})


def no_trial(tried: pd.DataFrame | Lacking, groups: pd.Series) -> Sentences:
    """That the uplift is assumed, where there is no trial."""
    if isinstance(tried, pd.DataFrame):
        return []
    return [("no_trial_unscored" if groups.isna().all() else "no_trial", {})]


@passed_on
def trial_overall(drawn: pd.DataFrame) -> dict[str, float]:
    """The effect on everybody together."""
    return trial(targeting.uplift_by_group(drawn))


@passed_on
def tried_groups(tried: pd.DataFrame) -> Sentences:
    """From `effects`: the groups by what contact did, and by money where the trial tells it."""
    told = trial_groups(tried)
    said = [("trial_groups", told)] + ([("trial_power", told)] if told["unclear"] else [])
    return said + ([("trial_money", trial_money(tried))] if "gain_per_head" in tried else [])


@passed_on
def too_small(drawn: pd.DataFrame, tried: pd.DataFrame) -> Sentences:
    """That no groups can be picked by so small a trial, with the average effect it does tell."""
    told = trial(targeting.uplift_by_group(drawn))
    found = targeting.sight(told["treated"], told["control"], groups=len(tried))
    told |= {"groups": len(tried), "seen": 100 * found.seen, "needed": found.needed}
    return [] if found.enough else [("trial_too_small", told)]


@passed_on
def unbalanced(drawn: pd.DataFrame) -> Sentences:
    """That there was no fair lot, where the two sides were unlike before."""
    unlike = targeting.unbalanced(drawn, "baseline") < UNBALANCED
    return [("trial_unbalanced", {})] if unlike else []


def trial(everybody: pd.DataFrame) -> dict[str, float]:
    """From `uplift_by_group` without groups: the effect on all, in points."""
    row = everybody.loc["all"]
    return {
        "treated": int(row["treated"]),
        "control": int(row["control"]),
        "with_contact": float(row["treated_share"]),
        "without": float(row["control_share"]),
        **{name: float(row[name]) * 100 for name in ("uplift", "lower", "upper")},
    }


def trial_groups(table: pd.DataFrame) -> dict[str, float]:
    """From `uplift_by_group`: how many groups gain, lose, cannot be told; p, rounded up."""
    gains, loses = int((table["lower"] > 0).sum()), int((table["upper"] < 0).sum())
    open_ = table[~((table["lower"] > 0) | (table["upper"] < 0))]
    errors = sum(
        open_[f"{side}_share"] * (1 - open_[f"{side}_share"]) / open_[side]
        for side in ("treated", "control")
    )
    seen = 100 * sampling.detectable_change(np.sqrt(errors), comparisons=len(table))
    return {
        "least": float(seen.min()),
        "most": float(seen.max()),
        "groups": len(table),
        "gains": gains,
        "loses": loses,
        "unclear": len(table) - gains - loses,
        "p": np.ceil(targeting.groups_differ(table) * 1e4) / 1e4 if len(table) > 1 else 1.0,
    }


def trial_money(table: pd.DataFrame) -> dict[str, float]:
    """From `uplift_by_group` with money: in how many groups contact paid, lost, cannot be told."""
    known = table.dropna(subset=["gain_per_head"])
    gains, loses = int((known["gain_lower"] > 0).sum()), int((known["gain_upper"] < 0).sum())
    everybody = wording.text("08_retention.everybody")
    each = [
        wording.text(
            "08_retention.money_of",
            group=everybody if row.Index == "all" else names.code(row.Index, GROUPS),
            gain=row.gain_per_head,
            lower=row.gain_lower,
            upper=row.gain_upper,
        )
        for row in known.itertuples()
    ]
    told = {"groups": len(known), "gains": gains, "loses": loses}
    told["each"] = wording.text("course.between").join(each)
    return told | {"unclear": len(known) - gains - loses}


def one_by_one(people: pd.DataFrame, groups: pd.Series, *, seed: int = SEED) -> dict[str, float]:
    """From a trial: how uplift estimated for each customer sorts, and whether lots do as well."""
    known = pd.DataFrame({"baseline": people["baseline"], "group": groups})
    estimated = targeting.uplift_scores(known, people, seed=seed)
    curve = targeting.qini(estimated, people)
    row = curve.iloc[(curve["share_contacted"] - 0.4).abs().idxmin()]
    return {
        "part": float(row["share_contacted"]),
        "gained": float(row["gained"]),
        "by_lot": float(row["by_lot"]),
        "p": targeting.sorts_better_than_lot(estimated, people, draws=100, seed=seed),
    }


def contacted(people: pd.DataFrame, groups: pd.Series, name: str = "wavering") -> dict[str, float]:
    """From a trial and its groups: what contacting one of the group cost on average."""
    own = people[people["treated"].astype("bool") & (groups == name)]
    cost, lower, upper = sampling.mean_of(own["cost"])
    return {"n": len(own), "cost": cost, "lower": lower, "upper": upper}


def ratio(
    people: pd.DataFrame,
    groups: pd.Series,
    table: pd.DataFrame,
    whole: pd.Series,
    name: str = "wavering",
) -> dict[str, float]:
    """The cost of keeping one more of a group, of winning one, and how many times that is."""
    reached = contacted(people, groups, name)
    cost = reached["cost"]
    uplift, lower, upper = (float(table.loc[name, part]) for part in ("uplift", "lower", "upper"))
    kept = cost / uplift
    return {
        "n": reached["n"],
        "kept": kept,
        "won": float(whole["cac"]),
        "times": float(whole["cac"]) / kept,
        "least": cost / upper,
        "most": cost / lower,
        "times_lower": float(whole["cac"]) * lower / cost,
        "times_upper": float(whole["cac"]) * upper / cost,
    }
