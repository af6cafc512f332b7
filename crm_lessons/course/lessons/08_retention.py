"""What the exercises of lesson 08 expect, computed from the bound data.

``lesson.use(...)`` binds, under these names:

campaigns, new
    The campaigns of the sample shop, one row each, and `targeting.first_year` of its newcomers.
people
    `customers.summarise` of the orders at hand.
spring, effects
    The sample's trial, one row per customer, and `targeting.uplift_by_group` of it.
planned
    `targeting.plan` of the orders at hand.
"""

import numpy as np
import pandas as pd

from crm_lessons import charts, sampling, targeting, value
from crm_lessons.course._registry import draws, expects, known_wrong, offers

LOST = 12  # regulars who left after a dispute
STAY, DISCOUNT = 0.80, 0.10  # as the questions give them
QUARTER = 0.25
HIGH, LOW = 0.38, 0.22
MEMBERS, CATALOGUE_MONTH, ADVERTISING = 1.5e6, 3e6, 4e6


@expects("08_retention.new_customer_cost")
def _(*, campaigns):
    return targeting.overall(campaigns)["cac"]


@known_wrong("08_retention.new_customer_cost", "per_response")
def _(*, campaigns):
    return campaigns["cost"].sum() / campaigns["responses"].sum()


@known_wrong("08_retention.new_customer_cost", "per_contact")
def _(*, campaigns):
    return campaigns["cost"].sum() / campaigns["contacts"].sum()


@known_wrong("08_retention.new_customer_cost", "mean_of_channels")
def _(*, campaigns):
    return targeting.by_channel(campaigns)["cac"].mean()


def _calls(campaigns):
    return targeting.by_channel(campaigns).loc["phone"]


@expects("08_retention.breakeven_response")
def _(*, campaigns, new):
    return value.breakeven_response(float(_calls(campaigns)["contact_cost"]), new.profit)


@known_wrong("08_retention.breakeven_response", "what_it_is_now")
def _(*, campaigns):
    calls = _calls(campaigns)
    return calls["orders"] / calls["contacts"]


@known_wrong("08_retention.breakeven_response", "sales_for_profit")
def _(*, campaigns, new):
    return _calls(campaigns)["contact_cost"] / new.amount


@known_wrong("08_retention.breakeven_response", "per_response")
def _(*, campaigns, new):
    calls = _calls(campaigns)
    return calls["contact_cost"] / new.profit / calls["conversion"]


@draws("08_retention.retention_for_quarter")
def _(*, given):
    table = targeting.retention_effects((0.0,), np.round(np.arange(0.01, 0.951, 0.01), 2))
    # The slider goes to 100 per cent, the chart to 95: five points more must be possible.
    shown = float(np.clip(given, table.index.min(), table.index.max()))
    how = {"given": shown}
    return charts.retention_effect(table, **how), charts.retention_effect.alt(table, **how)


def _retention_for(rise, *, discount=DISCOUNT, relative=False):
    """The lowest whole per cent of retention at which five points raise the value by so much."""
    for percent in range(1, 95):
        how = {"discount": discount, "relative": relative}
        if value.retention_uplift(percent / 100, **how) >= rise - 1e-9:
            return percent / 100
    return 0.95


@expects("08_retention.retention_for_quarter")
def _():
    return _retention_for(QUARTER)


@known_wrong("08_retention.retention_for_quarter", "not_discounted")
def _():
    return _retention_for(QUARTER, discount=0.0)


@known_wrong("08_retention.retention_for_quarter", "per_cent_for_points")
def _():
    return _retention_for(QUARTER, relative=True)


@expects("08_retention.points_or_percent")
def _():
    return value.retention_uplift(STAY, relative=True, discount=DISCOUNT)


@known_wrong("08_retention.points_or_percent", "points_for_per_cent")
def _():
    return value.retention_uplift(STAY, discount=DISCOUNT)


@known_wrong("08_retention.points_or_percent", "five_is_five")
def _():
    return 0.05


@known_wrong("08_retention.points_or_percent", "not_discounted")
def _():
    return value.retention_uplift(STAY, relative=True, discount=0.0)


def _lost(people, what="profit", discount=DISCOUNT):
    yearly = targeting.regulars(people)[what]
    return LOST * value.clv_discounted(yearly, STAY, discount)


@expects("08_retention.dispute_costs")
def _(*, people):
    return _lost(people)


@known_wrong("08_retention.dispute_costs", "one_year_only")
def _(*, people):
    return LOST * targeting.regulars(people)["profit"]


@known_wrong("08_retention.dispute_costs", "not_discounted")
def _(*, people):
    return _lost(people, discount=0.0)


@known_wrong("08_retention.dispute_costs", "sales_for_profit")
def _(*, people):
    return _lost(people, "amount")


@expects("08_retention.uplift_of_wavering")
def _(*, effects):
    return effects.loc["wavering", "uplift"]


@known_wrong("08_retention.uplift_of_wavering", "control_forgotten")
def _(*, effects):
    return effects.loc["wavering", "treated_share"]


@known_wrong("08_retention.uplift_of_wavering", "per_cent_for_points")
def _(*, effects):
    own = effects.loc["wavering"]
    return own["treated_share"] / own["control_share"] - 1


@known_wrong("08_retention.uplift_of_wavering", "everybody_together")
def _(*, spring):
    return targeting.uplift_by_group(spring).loc["all", "uplift"]


def _contact_of_wavering(spring):
    return targeting.told.contacted(spring, targeting.trial_groups(spring))["cost"]


@expects("08_retention.cost_of_keeping")
def _(*, spring, effects):
    return _contact_of_wavering(spring) / effects.loc["wavering", "uplift"]


@known_wrong("08_retention.cost_of_keeping", "per_contact")
def _(*, spring):
    return _contact_of_wavering(spring)


@known_wrong("08_retention.cost_of_keeping", "control_forgotten")
def _(*, spring, effects):
    return _contact_of_wavering(spring) / effects.loc["wavering", "treated_share"]


@offers("08_retention.whom_to_contact")
def _candidates(*, planned):
    """Four of each group: the one worth most if staying, the one worth least, and two between."""
    grouped = planned["score_group"].notna()
    known = planned[grouped] if grouped.any() else planned.assign(score_group="")
    ranked = known.sort_index().sort_values("stay_value", ascending=False, kind="stable")
    place = ranked.groupby("score_group").cumcount()
    size = ranked.groupby("score_group")["stay_value"].transform("size")
    taken = (place == 0) | (place == size // 4) | (place == size // 2) | (place == size - 1)
    columns = ["score_group", "stay_score", "stay_value", "uplift", "contact_cost"]
    return ranked[taken].sort_index()[columns].rename_axis("customer_id")


def _those(condition):
    def chosen(*, planned):
        table = _candidates(planned=planned)
        return set(table.index[condition(table)])

    return chosen


def _gain(table: pd.DataFrame) -> pd.Series:
    named = table["uplift"], table["stay_value"], table["contact_cost"]
    return targeting.expected_gain(*named)


expects("08_retention.whom_to_contact")(_those(lambda table: _gain(table) > 0))
for _mistake, _condition in {
    "highest_scores": lambda table: table["stay_score"] >= 0.5,
    "cost_forgotten": lambda table: table["uplift"] > 0,
    "highest_values": lambda table: table["stay_value"] >= table["stay_value"].median(),
}.items():
    known_wrong("08_retention.whom_to_contact", _mistake)(_those(_condition))


@draws("08_retention.share_to_contact")
def _(*, planned, given):
    curve = targeting.profit_curve(planned["expected_gain"])
    how = {"given": given}
    return charts.profit_by_share(curve, **how), charts.profit_by_share.alt(curve, **how)


@expects("08_retention.share_to_contact")
def _(*, planned):
    return targeting.best_share(planned["expected_gain"])


@known_wrong("08_retention.share_to_contact", "everybody")
def _():
    return 1.0


@known_wrong("08_retention.share_to_contact", "half_of_them")
def _(*, planned):
    # Where nobody is worth contacting the question is not asked (and 0.5 might be read as 0.5 %).
    return 0.5 if targeting.best_share(planned["expected_gain"]) > 0 else 0.0


@known_wrong("08_retention.share_to_contact", "cost_forgotten")
def _(*, planned):
    return float((planned["uplift"] > 0).mean())


@expects("08_retention.companies_needed")
def _():
    return 2 * sampling.least_n(HIGH, LOW)


@known_wrong("08_retention.companies_needed", "one_group_only")
def _():
    return sampling.least_n(HIGH, LOW)


@known_wrong("08_retention.companies_needed", "managers_quoted")
def _():
    return 200


@expects("08_retention.club_margin")
def _():
    return value.breakeven_margin(2)


@known_wrong("08_retention.club_margin", "catalogue_forgotten")
def _():
    return value.breakeven_margin(2, running_cost=0.0)


@known_wrong("08_retention.club_margin", "winning_forgotten")
def _():
    return value.breakeven_margin(2, acquisition_cost=0.0)


@known_wrong("08_retention.club_margin", "won_every_year")
def _():
    return value.breakeven_margin(1)


@expects("08_retention.suspicious_25")
def _():
    return value.per_head(12 * CATALOGUE_MONTH + ADVERTISING, MEMBERS)


@known_wrong("08_retention.suspicious_25", "catalogue_only")
def _():
    return value.per_head(12 * CATALOGUE_MONTH, MEMBERS)


@known_wrong("08_retention.suspicious_25", "one_month_only")
def _():
    return value.per_head(CATALOGUE_MONTH + ADVERTISING, MEMBERS)
