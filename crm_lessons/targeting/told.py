"""The values of the computed sentences in ``wording/retention.yaml``, read off the tables.

``lesson.say("campaigns", **targeting.told.campaigns(whole, new))``: each function returns the
placeholders of the sentences that bear its name. Shares are shares, points are per cent points.
"""

import numpy as np
import pandas as pd

from crm_lessons.sampling import (
    SEED,
    brier,
    calibration_slope,
    detectable,
    odds_ratio,
    two_prop_z,
    wilson,
)
from crm_lessons.targeting._first_year import FirstYear
from crm_lessons.targeting._gains import auc, gains_curve
from crm_lessons.targeting._planning import plan_table
from crm_lessons.targeting._scoring import LEAST, Score
from crm_lessons.targeting._trial import groups_differ
from crm_lessons.targeting._uplift import qini, sorts_better_than_lot, uplift_scores

FIFTH = 0.20


def campaigns(whole: pd.Series, new: FirstYear) -> dict[str, float]:
    """From `overall` and `first_year`: what all campaigns cost and won, what one brings."""
    return {
        "cost": float(whole["cost"]),
        "customers": int(whole["orders"]),
        "contacts": int(whole["contacts"]),
        "response": float(whole["response"]),
        "profit": new.profit,
        "n": new.customers,
    }


def too_few(past: pd.DataFrame) -> dict[str, int]:
    """From `history`: why there is no score."""
    stayed = int(past["stayed"].sum())
    share = stayed / len(past) if len(past) else 0.0
    told = {"n": len(past), "stayed": stayed, "left": len(past) - stayed, "least": LEAST}
    return told | {"share": share}


def stayed(past: pd.DataFrame) -> dict[str, float]:
    """From `history`: how many of those known then bought again, with Wilson's interval."""
    count, n = int(past["stayed"].sum()), len(past)
    lower, upper = wilson(count, n)
    return {"n": n, "share": count / n, "lower": lower, "upper": upper}


def score(learnt: Score) -> dict[str, float]:
    """From `learn`: how well the score sorts those it has not seen."""
    told = learnt.table["score"], learnt.table["outcome"]
    curve = gains_curve(*told)
    reached = float(np.interp(FIFTH, curve["share_contacted"], curve["share_reached"]))
    return {"fifth": FIFTH, "reached": reached, "auc": auc(*told), "n": len(learnt.table)}


def calibrated(learnt: Score) -> dict[str, float]:
    """From `learn`: the slope of calibration, the Brier score and that of the base rate."""
    told = learnt.table["score"], learnt.table["outcome"]
    found = brier(*told)
    # Chances of a model come closer to 0 and 1 than what people say.
    slope = calibration_slope(*told, clip=1e-6)["slope"]
    return {"slope": slope, "brier": found["brier"], "plain": found["base"]}


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
    return {
        "groups": len(table),
        "gains": gains,
        "loses": loses,
        "unclear": len(table) - gains - loses,
        "p": np.ceil(groups_differ(table) * 1e4) / 1e4 if len(table) > 1 else 1.0,
    }


def trial_money(table: pd.DataFrame) -> dict[str, float]:
    """From `uplift_by_group` with money: in how many groups contact paid, lost, cannot be told."""
    known = table.dropna(subset=["gain_per_head"])
    gains, loses = int((known["gain_lower"] > 0).sum()), int((known["gain_upper"] < 0).sum())
    width = (known["gain_upper"] - known["gain_lower"]) / 2
    told = {"groups": len(known), "gains": gains, "loses": loses}
    return told | {"unclear": len(known) - gains - loses, "width": float(width.max())}


def one_by_one(people: pd.DataFrame, groups: pd.Series, *, seed: int = SEED) -> dict[str, float]:
    """From a trial: how uplift estimated for each customer sorts, and whether lots do as well."""
    known = pd.DataFrame({"baseline": people["baseline"], "group": groups})
    estimated = uplift_scores(known, people, seed=seed)
    curve = qini(estimated, people)
    row = curve.iloc[(curve["share_contacted"] - 0.4).abs().idxmin()]
    return {
        "part": float(row["share_contacted"]),
        "gained": float(row["gained"]),
        "by_lot": float(row["by_lot"]),
        "p": sorts_better_than_lot(estimated, people, draws=100, seed=seed),
    }


def contacted(people: pd.DataFrame, groups: pd.Series, name: str = "wavering") -> dict[str, float]:
    """From a trial and its groups: what contacting one of the group cost on average."""
    own = people[people["treated"].astype("bool") & (groups == name)]
    return {"n": len(own), "cost": float(own["cost"].mean())}


def ratio(
    people: pd.DataFrame,
    groups: pd.Series,
    table: pd.DataFrame,
    whole: pd.Series,
    name: str = "wavering",
) -> dict[str, float]:
    """The cost of keeping one more of a group, of winning one, and how many times that is."""
    cost = contacted(people, groups, name)["cost"]
    uplift, lower, upper = (float(table.loc[name, part]) for part in ("uplift", "lower", "upper"))
    kept = cost / uplift
    return {
        "kept": kept,
        "won": float(whole["cac"]),
        "times": float(whole["cac"]) / kept,
        "least": cost / upper,
        "most": cost / lower,
    }


def plan(table: pd.DataFrame) -> dict[str, float]:
    """From `plan_table`: how many to contact, what it costs and should bring, who is kept aside."""
    contact, control, leave = (table.loc[part] for part in ("contact", "control", "leave"))
    return {
        "contact": int(contact["customers"]),
        "cost": float(contact["contact_cost"]),
        "gain": float(contact["expected_gain"]),
        "control": int(control["customers"]),
        "forgone": float(control["expected_gain"]),
        "leave": int(leave["customers"]),
    }


def control(planned: pd.DataFrame, past: pd.DataFrame) -> dict[str, float]:
    """From `plan` and `history`: the control group, its price, and what it will be able to show.

    ``points`` is the smallest difference that will show, at the chance to stay of those planned
    for (their mean score), or of all where there is no score.
    """
    told = plan(plan_table(planned))
    chance = planned.loc[planned["arrangement"] != "leave", "stay_score"].mean()
    if pd.isna(chance):
        chance = past["stayed"].mean() if len(past) else 0.5
    sizes = told["contact"], told["control"]
    return {
        "contact": sizes[0],
        "control": sizes[1],
        "forgone": told["forgone"],
        "points": detectable(*sizes, share=min(max(float(chance), 0.05), 0.95)) * 100,
    }


def budget(
    table: pd.DataFrame, channels: pd.DataFrame, new: FirstYear, *, total: float
) -> dict[str, float]:
    """From `plan_table` and `by_channel`: what the list takes of a budget, and where to win.

    ``sure`` channels: the whole interval of their cost lies below a newcomer's first year.
    """
    told = plan(table)
    known = channels.dropna(subset=["cac"])
    sure = known[known["cac_upper"] < new.profit]
    cost = min(told["cost"], total)
    return {
        "total": total,
        "contact": told["contact"],
        "cost": cost,
        "left": total - cost,
        "channels": len(known),
        "sure": len(sure),
        "dear": int((known["cac_lower"] > new.profit).sum()),
    }


def growth(high: float, low: float) -> dict[str, float]:
    """Table 6.1: the odds ratio, and p for a hundred in each group."""
    return {"odds": odds_ratio(high, low), "p": two_prop_z(high, low, 100, 100).p}


def actions(todo: pd.DataFrame, table: pd.DataFrame) -> dict[str, float]:
    """From `actions` and `plan_table`: how many are listed, of how many, and what they bring."""
    told = {"n": len(todo), "gain": float(todo["expected_gain"].sum())}
    return told | {"contact": int(table.loc["contact", "customers"])}
