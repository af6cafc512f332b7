"""Whom it pays to contact, what that brings, and the group that is kept aside."""

import pandas as pd

from crm_lessons import sampling, targeting, wording
from crm_lessons.lacking import Lacking, passed_on, unless

Sentences = list[tuple[str, dict[str, object]]]
ENOUGH = 0.80  # a control group that shows the uplift four times out of five


def to_contact(
    planned: pd.DataFrame, tried: pd.DataFrame | Lacking, *, assumed: float
) -> Sentences:
    """Whom it pays to contact, with what the gain rests on: a trial, or the uplift assumed."""
    told = plan(targeting.plan_table(planned))
    if not told["contact"] + told["control"]:
        nobody = told | {"condition": "", "say": "to_contact_nobody", "n": told["leave"]}
        return [("to_contact", nobody)]
    if isinstance(tried, pd.DataFrame):
        return [("to_contact", told | {"condition": ""})]
    condition = wording.text("08_retention.if_assumed", points=assumed * 100)
    told |= {"condition": condition, "points": assumed * 100, "say": "to_contact_assumed"}
    return [("to_contact", told)]


def plan(table: pd.DataFrame) -> dict[str, float]:
    """From `plan_table`: how many to contact, what it costs and should bring, who is kept aside.

    Gains rest on an assumption or a trial of some hundreds, so they stand with two figures.
    """
    contact, control, leave = (table.loc[part] for part in ("contact", "control", "leave"))
    return {
        "contact": int(contact["customers"]),
        "cost": float(contact["contact_cost"]),
        "gain": sampling.rough(float(contact["expected_gain"])),
        "control": int(control["customers"]),
        "forgone": sampling.rough(float(control["expected_gain"])),
        "leave": int(leave["customers"]),
    }


@passed_on
def gain_range(planned: pd.DataFrame, tried: pd.DataFrame, costs: dict[str, float]) -> Sentences:
    """What those to contact bring in all, with the uplift at both ends of its interval."""
    count = int((planned["arrangement"] == "contact").sum())
    least, most = sampling.carried(*targeting.gain_range(planned, tried, **costs))
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


def actions(todo: pd.DataFrame, table: pd.DataFrame) -> dict[str, float]:
    """From `actions` and `plan_table`: what those listed bring, and of how many they are."""
    contact = int(table.loc["contact", "customers"])
    return {"gain": sampling.rough(float(todo["expected_gain"].sum())), "contact": contact}
