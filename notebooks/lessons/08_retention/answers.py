"""What the exercises expect, computed from what the lesson binds.

campaigns, new
    The campaigns of the sample shop, one row each, and `targeting.first_year` of its newcomers.
regulars
    `targeting.regulars` of the orders at hand.
spring, effects
    The sample's trial, one row per customer, and `targeting.uplift_by_group` of it.
planned
    `targeting.plan` of the orders at hand.
gain
    The expected gain by customer, where somebody is worth contacting.
"""

import numpy as np

from crm_lessons import charts, sampling, targeting, value
from crm_lessons.course.answers import Answers

from .trials import contacted

LOST = 12  # regulars who left after a dispute
STAY, DISCOUNT = 0.80, 0.10  # as the questions give them
QUARTER = 0.25
HIGH, LOW = 0.38, 0.22
MEMBERS, CATALOGUE_MONTH, ADVERTISING = 1.5e6, 3e6, 4e6

new_customer_cost = Answers(
    right=lambda campaigns: targeting.overall(campaigns)["cac"],
    wrong={
        "per_response": lambda campaigns: campaigns["cost"].sum() / campaigns["responses"].sum(),
        "per_contact": lambda campaigns: campaigns["cost"].sum() / campaigns["contacts"].sum(),
        "mean_of_channels": lambda campaigns: targeting.by_channel(campaigns)["cac"].mean(),
    },
)


def calls(campaigns):
    return targeting.by_channel(campaigns).loc["phone"]


def cost_of_a_call(campaigns):
    return float(calls(campaigns)["contact_cost"])


def answered_calls(campaigns):
    return calls(campaigns)["orders"] / calls(campaigns)["contacts"]


breakeven_response = Answers(
    right=lambda campaigns, new: value.breakeven_response(cost_of_a_call(campaigns), new.profit),
    wrong={
        "what_it_is_now": answered_calls,
        "sales_for_profit": lambda campaigns, new: cost_of_a_call(campaigns) / new.amount,
        "per_response": lambda campaigns, new: (
            cost_of_a_call(campaigns) / new.profit / calls(campaigns)["conversion"]
        ),
    },
)


def effect_drawn(*, given):
    table = targeting.retention_effects((0.0,), np.round(np.arange(0.01, 0.951, 0.01), 2))
    # The slider goes to 100 per cent, the chart to 95: five points more must be possible.
    shown = float(np.clip(given, table.index.min(), table.index.max()))
    how = {"given": shown}
    return charts.retention_effect(table, **how), charts.retention_effect.alt(table, **how)


def retention_for(rise, *, discount=DISCOUNT, relative=False):
    """The lowest whole per cent of retention at which five points raise the value by so much."""
    for percent in range(1, 95):
        how = {"discount": discount, "relative": relative}
        if value.retention_uplift(percent / 100, **how) >= rise - 1e-9:
            return percent / 100
    return 0.95


retention_for_quarter = Answers(
    right=lambda: retention_for(QUARTER),
    wrong={
        "not_discounted": lambda: retention_for(QUARTER, discount=0.0),
        "per_cent_for_points": lambda: retention_for(QUARTER, relative=True),
    },
    drawn=effect_drawn,
)

points_or_percent = Answers(
    right=lambda: value.retention_uplift(STAY, relative=True, discount=DISCOUNT),
    wrong={
        "points_for_per_cent": lambda: value.retention_uplift(STAY, discount=DISCOUNT),
        "five_is_five": 0.05,
        "not_discounted": lambda: value.retention_uplift(STAY, relative=True, discount=0.0),
    },
)


def lost(yearly, discount=DISCOUNT):
    return LOST * value.clv_discounted(yearly, STAY, discount)


dispute_costs = Answers(
    right=lambda regulars: lost(regulars["profit"]),
    wrong={
        "one_year_only": lambda regulars: LOST * regulars["profit"],
        "not_discounted": lambda regulars: lost(regulars["profit"], discount=0.0),
        "sales_for_profit": lambda regulars: lost(regulars["amount"]),
    },
)


def ratio_of_shares(effects):
    own = effects.loc["wavering"]
    return own["treated_share"] / own["control_share"] - 1


uplift_of_wavering = Answers(
    right=lambda effects: effects.loc["wavering", "uplift"],
    wrong={
        "control_forgotten": lambda effects: effects.loc["wavering", "treated_share"],
        "per_cent_for_points": ratio_of_shares,
        "everybody_together": lambda spring: targeting.uplift_by_group(spring).loc["all", "uplift"],
    },
)


def contact_of_wavering(spring):
    return contacted(spring, targeting.trial_groups(spring))["cost"]


cost_of_keeping = Answers(
    right=lambda spring, effects: contact_of_wavering(spring) / effects.loc["wavering", "uplift"],
    wrong={
        "per_contact": contact_of_wavering,
        "control_forgotten": lambda spring, effects: (
            contact_of_wavering(spring) / effects.loc["wavering", "treated_share"]
        ),
    },
)


def candidates(*, planned):
    """Four of each group: the one worth most if staying, the one worth least, and two between."""
    grouped = planned["score_group"].notna()
    known = planned[grouped] if grouped.any() else planned.assign(score_group="")
    ranked = known.sort_index().sort_values("stay_value", ascending=False, kind="stable")
    place = ranked.groupby("score_group").cumcount()
    size = ranked.groupby("score_group")["stay_value"].transform("size")
    taken = (place == 0) | (place == size // 4) | (place == size // 2) | (place == size - 1)
    columns = ["score_group", "stay_score", "stay_value", "uplift", "contact_cost"]
    return ranked[taken].sort_index()[columns].rename_axis("customer_id")


def of_candidates(condition):
    def chosen(*, planned):
        table = candidates(planned=planned)
        return set(table.index[condition(table)])

    return chosen


def expected_gain(table):
    named = table["uplift"], table["stay_value"], table["contact_cost"]
    return targeting.expected_gain(*named)


whom_to_contact = Answers(
    offered=candidates,
    right=of_candidates(lambda table: expected_gain(table) > 0),
    wrong={
        "highest_scores": of_candidates(lambda table: table["stay_score"] >= 0.5),
        "cost_forgotten": of_candidates(lambda table: table["uplift"] > 0),
        "highest_values": of_candidates(
            lambda table: table["stay_value"] >= table["stay_value"].median()
        ),
    },
)


def profit_drawn(*, gain, given):
    curve = targeting.profit_curve(gain)
    how = {"given": given}
    return charts.profit_by_share(curve, **how), charts.profit_by_share.alt(curve, **how)


share_to_contact = Answers(
    right=lambda gain: targeting.best_share(gain),
    wrong={
        "everybody": 1.0,
        # Where nobody is worth contacting the question is not asked (and 0.5 might be 0.5 %).
        "half_of_them": lambda gain: 0.5 if targeting.best_share(gain) > 0 else 0.0,
        "cost_forgotten": lambda planned: float((planned["uplift"] > 0).mean()),
    },
    drawn=profit_drawn,
)

companies_needed = Answers(
    right=lambda: 2 * sampling.least_n(HIGH, LOW),
    wrong={
        "one_group_only": lambda: sampling.least_n(HIGH, LOW),
        "managers_quoted": 200,
    },
)

club_margin = Answers(
    right=lambda: value.breakeven_margin(2),
    wrong={
        "catalogue_forgotten": lambda: value.breakeven_margin(2, running_cost=0.0),
        "winning_forgotten": lambda: value.breakeven_margin(2, acquisition_cost=0.0),
        "won_every_year": lambda: value.breakeven_margin(1),
    },
)

suspicious_25 = Answers(
    right=lambda: value.per_head(12 * CATALOGUE_MONTH + ADVERTISING, MEMBERS),
    wrong={
        "catalogue_only": lambda: value.per_head(12 * CATALOGUE_MONTH, MEMBERS),
        "one_month_only": lambda: value.per_head(CATALOGUE_MONTH + ADVERTISING, MEMBERS),
    },
)
