"""The values of what the lesson says with figures, read off its results.

Shares are shares, points are per cent points.
"""

import numpy as np
import pandas as pd

from crm_lessons import customers, data, sampling, targeting, wording
from crm_lessons.lacking import Lacking, passed_on, unless
from crm_lessons.sampling import SEED
from crm_lessons.wording import names

Sentences = list[tuple[str, dict[str, object]]]
UNBALANCED = 0.01  # two sides of a trial so unlike by chance, or rarer: there was no fair lot
FIFTH = 0.20
GROUPS = "codes.score_group."  # where their names in words stand
ENOUGH = 0.80  # a control group that shows the uplift four times out of five
PARTS = (0.5, 0.25, 0.75)  # of the managers in companies that grow fast


def campaigns(whole: pd.Series, new: targeting.FirstYear) -> dict[str, float]:
    """From `overall` and `first_year`: what all campaigns cost and won, what one brings."""
    return {
        "cost": float(whole["cost"]),
        "customers": int(whole["orders"]),
        "contacts": int(whole["contacts"]),
        "response": float(whole["response"]),
        "profit": new.profit,
        "n": new.customers,
    }


def regulars(found: dict[str, float]) -> Sentences:
    """From `targeting.regulars`: what they bring in a year, where the data tell it."""
    return [("regulars" if found["known"] else "regulars_unknown", found)]


def described(people: pd.DataFrame, more: dict[str, data.Table]) -> pd.DataFrame:
    """What is known of each customer besides the orders, where there is such a table."""
    return customers.rows(more["customers"]) if "customers" in more else people


def no_score(stand: targeting.Study) -> Sentences:
    """Why there is no score, where there is none."""
    if stand.score:
        return []
    unknown = bool(stand.groups.isna().all())
    return [("no_score" if unknown else "base_rate", too_few(stand.past))]


def too_few(past: pd.DataFrame) -> dict[str, float]:
    """From `history`: how many of each kind there are, and how many are needed."""
    stayed = int(past["stayed"].sum())
    share = stayed / len(past) if len(past) else 0.0
    told = {"n": len(past), "stayed": stayed, "left": len(past) - stayed}
    return told | {"least": targeting.LEAST, "share": share}


def stayed(stand: targeting.Study) -> Sentences:
    """How many of those known then bought again, with Wilson's interval; if there is a score."""
    count, n = int(stand.past["stayed"].sum()), len(stand.past)
    lower, upper = sampling.wilson(count, n) if n else (0.0, 1.0)
    told = {"n": n, "share": count / n if n else 0.0, "lower": lower, "upper": upper}
    return [("stayed", told)] if stand.score else []


@passed_on
def score(learnt: targeting.Score) -> Sentences:
    """From `learn`: how well the score sorts those it has not seen."""
    curve = gains_curve(learnt)
    reached = float(np.interp(FIFTH, curve["share_contacted"], curve["share_reached"]))
    told = {"fifth": FIFTH, "reached": reached, "auc": targeting.auc(*sides(learnt))}
    return [("score_sorts", {**told, "n": len(learnt.table)})]


def sides(learnt: targeting.Score) -> tuple[pd.Series, pd.Series]:
    """The scores of those the score has not seen, and who of them stayed."""
    return learnt.table["score"], learnt.table["outcome"]


@passed_on
def gains_curve(learnt: targeting.Score) -> pd.DataFrame:
    """`targeting.gains_curve` of the score."""
    return targeting.gains_curve(*sides(learnt))


@passed_on
def gains(learnt: targeting.Score) -> pd.DataFrame:
    """`targeting.gains` of the score, for the workbook."""
    return targeting.gains(*sides(learnt)).rename(columns={"rate": "stayed_rate"})


@passed_on
def calibration(learnt: targeting.Score) -> pd.DataFrame:
    """`targeting.calibration` of the score."""
    return targeting.calibration(*sides(learnt))


@passed_on
def calibrated(learnt: targeting.Score) -> Sentences:
    """From `learn`: the slope of calibration, the Brier score and that of the base rate."""
    found = sampling.brier(*sides(learnt))
    # Chances of a model come closer to 0 and 1 than what people say.
    slope = sampling.calibration_slope(*sides(learnt), clip=1e-6)["slope"]
    return [("calibrated", {"slope": slope, "brier": found["brier"], "plain": found["base"]})]


@passed_on
def groups(learnt: targeting.Score, stand: targeting.Study) -> pd.DataFrame:
    """`targeting.group_table` of the customers, if there is a score to group them by."""
    return targeting.group_table(stand.groups, stand.stay_score, stand.stay_value)


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
def trial_overall(drawn: pd.DataFrame) -> Sentences:
    """The effect on everybody together."""
    return [("trial_overall", trial(targeting.uplift_by_group(drawn)))]


@passed_on
def tried_groups(tried: pd.DataFrame) -> Sentences:
    """From `effects`: the groups by what contact did, and by money where the trial tells it."""
    said = [("trial_groups", trial_groups(tried))]
    return said + ([("trial_money", trial_money(tried))] if "gain_per_head" in tried else [])


@passed_on
def unbalanced(drawn: pd.DataFrame) -> Sentences:
    """That there was no fair lot, where the two sides were unlike before."""
    unlike = targeting.unbalanced(drawn, "baseline") < UNBALANCED
    return [("trial_unbalanced", {})] if unlike else []


@passed_on
def proven(tried: pd.DataFrame) -> pd.Series:
    """`targeting.proven` of a trial: the uplift to count on."""
    return targeting.proven(tried)


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


def to_contact(
    planned: pd.DataFrame, tried: pd.DataFrame | Lacking, *, assumed: float
) -> Sentences:
    """Whom it pays to contact, with what the gain rests on: a trial, or the uplift assumed."""
    told = plan(targeting.plan_table(planned))
    if isinstance(tried, pd.DataFrame):
        return [("to_contact", told | {"condition": ""})]
    condition = wording.text("08_retention.if_assumed", points=assumed * 100)
    told |= {"condition": condition, "points": assumed * 100, "say": "to_contact_assumed"}
    return [("to_contact", told)]


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


@passed_on
def gain_range(planned: pd.DataFrame, tried: pd.DataFrame, costs: dict[str, float]) -> Sentences:
    """What those to contact bring in all, with the uplift at both ends of its interval."""
    count = int((planned["arrangement"] == "contact").sum())
    least, most = targeting.gain_range(planned, tried, **costs)
    told = {"contact": count, "least": least, "most": most}
    return [("gain_range", told)] if count else []


def worthwhile(planned: pd.DataFrame) -> pd.Series | Lacking:
    """The expected gain by customer, if anybody is worth contacting."""
    gain = planned["expected_gain"]
    return unless((gain > 0).any(), gain, "nobody_worth_contacting")


def control(planned: pd.DataFrame, past: pd.DataFrame) -> Sentences:
    """What the control group can show and what it would need, then its price; or nothing."""
    told = control_group(planned, past)
    return [("control", told)] if told["control"] else []


def control_power(planned: pd.DataFrame, past: pd.DataFrame) -> Sentences:
    """How often the control group would show the uplift in use, and the size it would take."""
    told = control_group(planned, past)
    enough = told["power"] >= ENOUGH
    there = told["control"] and told["contact"]
    return [("control_enough" if enough else "control_power", told)] if there else []


def no_control(planned: pd.DataFrame) -> Sentences:
    """That nobody is kept aside, where it is so."""
    return [] if (planned["arrangement"] == "control").any() else [("no_control", {})]


def control_group(planned: pd.DataFrame, past: pd.DataFrame) -> dict[str, float]:
    """From `plan` and `history`, for ``control``.

    ``points`` is the difference that would show four times out of five, at the chance to stay of
    those planned for (their mean score), or of all where there is no score; ``uplift`` the mean
    uplift counted on in points, ``power`` how often that would show, ``needed`` how many on either
    side would show it four times out of five.
    """
    told = plan(targeting.plan_table(planned))
    tried = planned[planned["arrangement"] != "leave"]
    chance, lift = tried["stay_score"].mean(), float(tried["uplift"].mean())
    if pd.isna(chance):
        chance = past["stayed"].mean() if len(past) else 0.5
    sizes = told["contact"], told["control"]
    share = min(max(float(chance), 0.05), 0.95)
    return {
        "contact": sizes[0],
        "control": sizes[1],
        "forgone": told["forgone"],
        "points": sampling.detectable(*sizes, share=share) * 100,
        "uplift": lift * 100,
        "power": sampling.power(lift, *sizes, share=share),
        "needed": sampling.size_for(lift, share=share) if lift > 0 else 0,
    }


def budget(
    table: pd.DataFrame, channels: pd.DataFrame, new: targeting.FirstYear, *, total: float
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
    p = sampling.two_prop_z(high, low, 100, 100).p
    return {"odds": sampling.odds_ratio(high, low), "p": p}


def p_by_size(high: float, low: float) -> dict[float, pd.Series]:
    """Table 6.1: p by the number of managers, for three shares of them in the first group."""
    how_many = range(20, 401, 4)
    return {part: sampling.p_against_n(high, low, how_many, share_of_first=part) for part in PARTS}


def actions(todo: pd.DataFrame, table: pd.DataFrame) -> dict[str, float]:
    """From `actions` and `plan_table`: what those listed bring, and of how many they are."""
    contact = int(table.loc["contact", "customers"])
    return {"gain": float(todo["expected_gain"].sum()), "contact": contact}
